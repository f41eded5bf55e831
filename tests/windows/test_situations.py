"""What a person may have done before clicking: each ends with one sentence in the status bar, and nothing is lost."""

import re

import pytest
from openpyxl import Workbook, load_workbook

from tests.windows.session import told

TABLE, RESULT, RULES = "自评表", "校验结果", "评分规则"
UNTOUCHED = [["●提示", "D16", "自评表 F25"], ["●提示", "B10", "自评表 G28"]]      # tests/test_acceptance.py says why
CLEAN = re.compile("✗错误 0 条 · ▲核实 0 条 · ●提示 2 条 · ✓已说明 0 条 可以报送。")
MOVED = "工作表「自评表」增删过行或列还没有保存, 请先保存再校验"
REFUSED = {
    "never saved": ([("call_it", "工作簿1")], "请先把工作簿保存到本机再校验 (云端打开的请另存一份)"),
    "in the cloud": ([("call_it", "https://d.docs.live.net/1/自评表.xlsm")], "请先把工作簿保存到本机再校验 (云端打开的请另存一份)"),
    "sheet renamed": ([("rename", TABLE, "自评")], "工作表「自评表」改名或删除后还没有保存, 请先保存再校验"),
    "sheet deleted": ([("delete", RULES)], "工作表「评分规则」改名或删除后还没有保存, 请先保存再校验"),
    "row inserted on top": ([("insert_row", TABLE, 1)], MOVED),
    "row inserted among the funds": ([("insert_row", TABLE, 7)], MOVED),
    "row inserted among the indicators": ([("insert_row", TABLE, 15)], MOVED),
    "row inserted before the total": ([("insert_row", TABLE, 30)], MOVED),
    "column inserted": ([("insert_column", TABLE, 5)], MOVED),
    "results protected": ([("protect", RESULT)], "「校验结果」被保护了, 请撤销保护后再校验"),
    "own sheet of that name": (
        [("delete", RESULT), ("add", RESULT), ("type", RESULT, "A1", "去年的校验")],
        "已有一张自己的「校验结果」表, 不能覆盖, 请把它改名并保存后再校验",
    ),
}
ALLOWED = {
    "the table's sheet is protected": [("protect", TABLE, "口令")],
    "every other sheet is protected": [("protect", TABLE), ("protect", RULES)],
    "the structure is protected": [("protect_structure",)],
    "the table is hidden": [("hide", TABLE)],
    "the rules are very hidden": [("hide_well", RULES)],
    "the results are hidden": [("hide", RESULT)],
    "the table is filtered": [("filter_out", TABLE, 12, 13, 20)],
    "the results are filtered": [("filter_out", RESULT, 5, 6, 7)],
    "another sheet is in front": [("go_to", RULES)],
    "the results were deleted": [("delete", RESULT)],
    "another workbook is open": [("open_another", "C:\\另一个.xlsx")],
}


@pytest.mark.parametrize("situation", REFUSED)
def test_what_cannot_be_checked_is_said_in_one_sentence_and_nothing_is_touched(living, situation):
    steps, sentence = REFUSED[situation]
    before = told(living, *steps)
    outcome = told(living, *steps, ("click", "validate"))
    assert not outcome.raised
    assert outcome.said == ["正在校验……", sentence]
    assert outcome.sheets == before.sheets


@pytest.mark.parametrize("situation", ALLOWED)
def test_what_does_not_matter_does_not_matter(living, situation):
    before = told(living, *ALLOWED[situation])
    outcome = told(living, *ALLOWED[situation], ("click", "validate"))
    assert not outcome.raised
    assert CLEAN.fullmatch(outcome.said[-1])
    assert outcome.results() == UNTOUCHED
    assert outcome.front == before.front


def test_filtered_results_are_shown_whole_again_so_that_none_is_left_from_before(living):
    story = [("fill", TABLE, f"H{row}", 99.0) for row in range(11, 18)]
    outcome = told(living, *story, ("click", "validate"), ("filter_out", RESULT, 6, 8), ("click", "validate"))
    assert outcome.results("A") == [[number] for number in range(1, len(outcome.results()) + 1)]
    assert len(outcome.results()) > 7


def test_a_file_opened_read_only_is_checked_and_the_clerk_told_to_save_elsewhere(living):
    outcome = told(living, ("open_read_only",), ("click", "validate"))
    assert outcome.said[-1].endswith("可以报送。 文件是只读打开的, 要保留结果请另存。")
    assert outcome.results() == UNTOUCHED


def test_a_protected_structure_without_results_is_said(without_results):
    outcome = told(without_results, ("protect_structure",), ("click", "validate"))
    assert not outcome.raised
    assert outcome.said[-1] == "工作簿结构被保护, 不能加「校验结果」表, 请撤销保护后再校验"
    assert RESULT not in outcome.sheets


def test_a_file_that_is_gone_since_it_was_opened_is_like_one_never_saved(living):
    outcome = told(living, ("remove_file",), ("click", "validate"))
    assert outcome.said[-1] == "请先把工作簿保存到本机再校验 (云端打开的请另存一份)"


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_file_that_was_spoilt_since_it_was_opened_is_said_to_be(living, content):
    outcome = told(living, ("spoil_file", content.decode("latin-1")), ("click", "validate"))
    assert not outcome.raised
    assert re.search("[一-鿿]{4}", outcome.said[-1])
    assert outcome.sheets == outcome.opened


def test_a_workbook_without_a_table_is_said_to_have_none(tmp_path):
    book = Workbook()
    book.active["A1"] = "通讯录"
    book.save(tmp_path / "别的.xlsx")
    outcome = told(tmp_path / "别的.xlsx", ("click", "validate"))
    assert not outcome.raised
    assert outcome.said[-1].startswith("没有找到绩效自评表")
    assert outcome.sheets == outcome.opened


@pytest.mark.parametrize(("emptied", "inserted"), [((30, 31, 32), 27), ((31, 32), 30)], ids=["by the texts below it", "by the total"])
def test_a_row_inserted_near_the_end_is_noticed(living, tmp_path, emptied, inserted):
    book = load_workbook(living, keep_vba=True)
    for row in emptied:
        for cell in book[TABLE][row]:
            if type(cell).__name__ == "Cell":
                cell.value = None
    book.save(tmp_path / "表.xlsm")
    outcome = told(tmp_path / "表.xlsm", ("insert_row", TABLE, inserted), ("click", "validate"))
    assert outcome.said[-1] == MOVED


def test_words_retyped_in_many_rows_are_no_moved_rows(living):
    story = [("type", TABLE, f"D{row}", f"换了名称的指标{row}") for row in range(11, 30)]
    story += [("type", TABLE, "I11", "决算报表"), ("type", TABLE, "I12", "原始凭证"), ("type", TABLE, "G13", "达成")]
    outcome = told(living, *story, ("click", "validate"))
    assert not outcome.raised
    assert outcome.said[-1].startswith("✗错误")


def test_a_long_path_leaves_room_for_the_reason(tmp_path):
    book = Workbook()
    book.active["A1"] = "通讯录"
    folder = tmp_path / ("很长的文件夹名" * 8) / ("很长的文件夹名" * 8)
    folder.mkdir(parents=True)
    book.save(folder / "别的.xlsx")
    outcome = told(folder / "别的.xlsx", ("click", "validate"))
    assert not outcome.raised
    assert outcome.said[-1].startswith("没有找到绩效自评表")


def test_a_mistake_of_ours_reaches_the_button_as_an_error_and_the_old_results_stay(living):
    story = [("click", "validate"), ("type", RESULT, "K5", "已分析原因并整改"), ("break_writing",), ("click", "validate")]
    outcome = told(living, *story)
    assert "ComError" in outcome.raised
    assert outcome.value(RESULT, "K5") == "已分析原因并整改"
