"""按钮「生成报送件」: Excel is asked for a copy with values only; what the office put into its form stays."""

import json
import os

import pytest
from openpyxl import load_workbook

from tests.windows.session import told

TABLE, RESULT = "自评表", "校验结果"
DONE = "已生成: 巴州2023_报送.xlsx, 在原工作簿旁边, 没有宏和公式, 可以报送。"


@pytest.fixture
def sent(living):
    """The workbook sent as it is."""
    outcome = told(living, ("click", "make_submission"))
    assert not outcome.raised
    return outcome


def saved(outcome):
    (file,) = outcome.saved
    return file


def test_an_open_error_is_refused_and_no_file_is_made(living):
    outcome = told(living, ("fill", TABLE, "H11", 99.0), ("click", "make_submission"))
    assert not outcome.raised
    assert outcome.said[-1].startswith("还有没处理的问题, 没有生成报送件。✗错误 1 条")
    assert outcome.saved == []
    assert os.listdir(living.parent) == [living.name]
    assert [place for (place,) in outcome.results("D")] == ["自评表 H11", "自评表 G28"]


def test_a_question_is_refused_until_it_is_explained(living):
    wrong = [("fill", TABLE, "G20", "20%"), ("fill", TABLE, "J20", "年中政策调整, 个人缴费减少")]
    refused = told(living, *wrong, ("click", "make_submission"))
    assert refused.said[-1].startswith("还有没处理的问题, 没有生成报送件。✗错误 0 条 · ▲核实 1 条")
    assert refused.saved == []
    assert refused.results("BD")[0] == ["▲核实", "自评表 G20"]
    outcome = told(living, *wrong, ("click", "validate"), ("type", RESULT, "K5", "分母口径与本表不同, 已附说明"), ("click", "make_submission"))
    assert outcome.said[-1] == DONE


def test_the_copy_is_saved_beside_the_workbook_under_its_name(living, sent):
    assert sent.said == ["正在生成报送件……", DONE]
    assert saved(sent)["path"] == str(living.parent / "巴州2023_报送.xlsx")
    assert saved(sent)["format"] == 51
    assert sorted(os.listdir(living.parent)) == ["巴州2023.xlsm", "巴州2023_报送.xlsx"]


def test_it_holds_the_tables_sheet_alone_with_every_value_and_no_formula(sent):
    page = saved(sent)["sheets"][TABLE]
    original = {cell: content for cell, content in sent.opened[TABLE].items() if content["value"] != "看校验结果"}
    assert list(saved(sent)["sheets"]) == [TABLE]
    assert {cell: content["value"] for cell, content in page.items() if cell in original} == {cell: content["value"] for cell, content in original.items()}
    assert {cell: content["number_format"] for cell, content in page.items()} == {cell: content["number_format"] for cell, content in sent.opened[TABLE].items()}
    assert {content["formula"] for content in page.values()} == {""}
    assert sum(bool(content["formula"]) for content in original.values()) > 8


def test_buttons_marks_and_our_link_stay_behind_but_the_print_area_goes_along(sent):
    file = saved(sent)
    assert (file["shapes"], file["conditions"], file["links"], file["links_out"]) == ([], [], [], None)
    assert file["names"] == ["自评表!Print_Area"]
    assert "看校验结果" not in [content["value"] for content in file["sheets"][TABLE].values()]
    assert "看校验结果" in [content["value"] for content in sent.opened[TABLE].values()]


def test_excel_asks_no_question_and_is_left_as_it_was(sent):
    assert saved(sent)["alerts"] is False
    assert (sent.alerts, sent.copying, sent.books, sent.front) == (True, False, ["巴州2023.xlsm"], TABLE)
    assert len(sent.shapes[TABLE]) == 5
    assert {name: cells for name, cells in sent.sheets.items() if name != RESULT} == {name: cells for name, cells in sent.opened.items() if name != RESULT}


def test_the_copy_is_found_as_good_as_the_workbook(living, sent, perfeval):
    findings = [json.loads(perfeval("check", path, "--json").out)["files"][0]["findings"] for path in (living, saved(sent)["path"])]
    assert findings[0] == findings[1]
    assert findings[0]


def test_texts_that_look_like_numbers_or_formulas_and_errors_stay_what_they_are(living):
    looks = ["98%", "=0%", "2023-1", "001", "+1", "@x", "1,234", "#N/A"]
    story = [("fill", TABLE, f"N{row}", text) for row, text in enumerate(looks, 40)]
    file = saved(told(living, *story, ("type", TABLE, "N50", "#N/A"), ("click", "make_submission")))
    assert [file["sheets"][TABLE][f"N{row}"]["value"] for row in range(40, 48)] == looks
    assert file["sheets"][TABLE]["N50"]["value"] == "#N/A"
    page = load_workbook(file["path"])[TABLE]
    assert [page["N41"].data_type, page["N50"].data_type] == ["s", "e"]


def test_what_the_office_put_into_its_form_stays(living):
    names = [("put_name", "经办人", "=自评表!$B$32"), ("put_name", "别处", "=评分规则!$B$4")]
    story = [("put_picture", TABLE), ("put_condition", TABLE, "=$H11>$E11"), *names, ("click", "make_submission")]
    file = saved(told(living, *story))
    assert (file["shapes"], file["conditions"]) == (["公章"], ["=$H11>$E11"])
    assert file["names"] == ["自评表!Print_Area", "经办人"]


def test_an_existing_file_is_never_overwritten(living):
    first = living.parent / "巴州2023_报送.xlsx"
    first.write_bytes(b"sent last week")
    outcome = told(living, ("click", "make_submission"), ("click", "make_submission"))
    assert [os.path.basename(file["path"]) for file in outcome.saved] == ["巴州2023_报送(2).xlsx", "巴州2023_报送(3).xlsx"]
    assert first.read_bytes() == b"sent last week"
    assert outcome.said[-1] == DONE.replace("报送.xlsx", "报送(3).xlsx")


def test_rows_under_a_filter_are_sent_too(living):
    file = saved(told(living, ("filter_out", TABLE, 12, 13, 14), ("click", "make_submission")))
    assert file["sheets"][TABLE]["H13"] == {"value": 4.0, "formula": "", "number_format": "General"}
    assert file["sheets"][TABLE]["D30"] == file["sheets"][TABLE]["C30"] | {"value": None}


def test_a_table_protected_against_slips_is_sent(living):
    outcome = told(living, ("protect", TABLE), ("click", "make_submission"))
    assert outcome.said[-1] == DONE
    assert {content["formula"] for content in saved(outcome)["sheets"][TABLE].values()} == {""}


CANNOT = "没有生成报送件: 请看表是否有密码保护 (先撤销), 文件夹能否写入, 同名文件是否开着"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([("protect", TABLE, "口令")], CANNOT),
        ([("open_another", "D:\\巴州2023_报送.xlsx")], CANNOT),
        ([("protect_structure",)], "工作簿结构被保护, Excel 不让复制工作表, 请撤销保护后再生成报送件"),
        ([("hide", TABLE)], "工作表「自评表」是隐藏的, 请先取消隐藏再生成报送件"),
        ([("call_it", "工作簿1")], "请先把工作簿保存到本机再校验 (云端打开的请另存一份)"),
        ([("insert_row", TABLE, 15)], "工作表「自评表」增删过行或列还没有保存, 请先保存再校验"),
    ],
)
def test_where_no_copy_can_be_made_a_sentence_says_why_and_nothing_stays_open(living, steps, sentence):
    before = told(living, *steps)
    outcome = told(living, *steps, ("click", "make_submission"))
    assert not outcome.raised
    assert outcome.said[-1] == sentence
    assert (outcome.saved, outcome.alerts, outcome.books, outcome.front) == ([], True, before.books, before.front)
    assert os.listdir(living.parent) == [living.name]


def test_a_folder_one_may_not_write_to_is_said_to_be_one(living):
    outcome = told(living, ("lock_folder",), ("click", "make_submission"))
    assert not outcome.raised
    assert outcome.said[-1] == CANNOT
    assert (outcome.alerts, outcome.books) == (True, ["巴州2023.xlsm"])


def test_several_tables_are_sent_together_and_not_as_a_group(two_tables):
    file = saved(told(two_tables, ("click", "make_submission")))
    assert list(file["sheets"]) == [TABLE, "自评表 (2)"]
    assert file["grouped"] == 1
    assert {content["formula"] for cells in file["sheets"].values() for content in cells.values()} == {""}
