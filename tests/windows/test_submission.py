"""按钮「生成报送件」: Excel is asked for a copy of the workbook as it stands, and the copy becomes the submission the command line makes too."""

import json
import os
import re
import zipfile

import pytest
from openpyxl import load_workbook

from perfeval_xl.submission.making import Request, make_submission
from perfeval_xl.submission.verification import verified
from tests.windows.session import told

TABLE, RESULT = "自评表", "校验结果"
NAME = "巴州2023_2023_城乡居民医疗保险基金预算绩效目标自评表_v1"
DONE = re.compile(rf"已生成: {NAME}\.xlsx和同名 PDF, 在原工作簿旁边, 没有宏和公式, 可以报送。校验码 [0-9A-F]{{4}}(-[0-9A-F]{{4}}){{3}}")


@pytest.fixture
def sent(living):
    """The workbook sent as it is."""
    outcome = told(living, ("click", "make_submission"))
    assert not outcome.raised
    return outcome


def submission(living, version=1):
    return living.parent / f"{NAME[:-1]}{version}.xlsx"


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def fifteen_digits(value):
    return float(f"{value:.15g}") if isinstance(value, float) else value


def test_an_open_error_is_refused_and_no_file_is_made(living):
    outcome = told(living, ("fill", TABLE, "H11", 99.0), ("click", "make_submission"))
    assert not outcome.raised
    assert outcome.said[-1].startswith("还有没处理的问题, 没有生成报送件。✗错误 1 条")
    assert outcome.saved == []
    assert os.listdir(living.parent) == [living.name]
    first, *others = outcome.results("BD")
    assert first == ["✗错误", "自评表 H11"]
    assert {level for level, _ in others} == {"●提示"}


def test_a_question_is_refused_until_it_is_explained(living):
    wrong = [("fill", TABLE, "G20", "20%"), ("fill", TABLE, "J20", "年中政策调整, 个人缴费减少")]
    refused = told(living, *wrong, ("click", "make_submission"))
    assert refused.said[-1].startswith("还有没处理的问题, 没有生成报送件。✗错误 0 条 · ▲核实 1 条")
    assert refused.saved == []
    assert refused.results("BD")[0] == ["▲核实", "自评表 G20"]
    said = "分母口径与本表不同, 已附说明"
    outcome = told(living, *wrong, ("click", "validate"), ("type", RESULT, "K5", said), ("click", "make_submission"))
    assert DONE.fullmatch(outcome.said[-1])
    received = verified(str(submission(living)))
    assert received.is_unchanged
    assert [(f.cell, f.explanation) for f in received.findings if f.level == "explain"] == [("G20", said)]


def test_it_lies_beside_the_workbook_with_its_pdf_and_what_was_said_names_it(living, sent):
    assert sent.said[0] == "正在生成报送件……"
    assert DONE.fullmatch(sent.said[-1])
    assert sorted(os.listdir(living.parent)) == ["巴州2023.xlsm", f"{NAME}.pdf", f"{NAME}.xlsx"]
    assert sent.said[-1].endswith(verified(str(submission(living))).record.digest[:4].upper() + sent.said[-1][-15:])


def test_button_and_command_line_make_the_same_file(living, sent, tmp_path):
    (tmp_path / "命令行").mkdir()
    other = make_submission(str(living), str(tmp_path / "命令行"), Request()).path
    ours, theirs = parts(submission(living)), parts(other)
    differing = {name for name in ours if ours[name] != theirs.get(name)}
    assert ours.keys() == theirs.keys()
    assert [b"perfeval_xl \xe6\x8a\xa5" in ours[name] for name in differing] in ([], [True])    # the record says when it was made
    assert verified(other).record.digest == verified(str(submission(living))).record.digest


def test_it_holds_every_value_of_the_table_and_no_formula_macro_button_or_link_to_elsewhere(living, sent):
    page = load_workbook(submission(living))[TABLE]
    values = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
    original = {cell: content for cell, content in sent.opened[TABLE].items() if content["value"] not in (None, "")}
    assert values == {cell: fifteen_digits(content["value"]) for cell, content in original.items()}
    assert sum(bool(content["formula"]) for content in original.values()) > 8
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"n", "s"}
    found = parts(submission(living))
    assert not [name for name in found if "vba" in name.lower() or name.endswith((".vml", ".bin"))]
    assert not [name for name, data in found.items() if b"<f>" in data or b"TargetMode" in data]


def test_excel_asks_no_question_and_is_left_as_it_was(living, sent):
    assert sent.saved == ["巴州2023.xlsm"]
    assert sent.printed == [{"of": f"{NAME}.xlsx", "read_only": True, "alerts": False, "path": str(living.parent / f"{NAME}.pdf")}]
    assert (sent.alerts, sent.books, sent.front) == (True, ["巴州2023.xlsm"], TABLE)
    assert len(sent.shapes[TABLE]) == 5
    assert {name: cells for name, cells in sent.sheets.items() if name != RESULT} == {name: cells for name, cells in sent.opened.items() if name != RESULT}


def test_the_submission_is_found_as_good_as_the_workbook(living, sent, perfeval):
    findings = [json.loads(perfeval("check", path, "--json").out)["files"][0]["findings"] for path in (living, submission(living))]
    assert findings[0] == findings[1]
    assert findings[0]


def test_what_was_typed_and_not_saved_is_sent(living):
    looks = ["98%", "=0%", "2023-1", "001", "+1", "@x", "1,234", "#N/A"]
    told(living, *[("fill", TABLE, f"N{row}", text) for row, text in enumerate(looks, 40)], ("click", "make_submission"))
    page = load_workbook(submission(living))[TABLE]
    cells = [page[f"N{row}"] for row in range(40, 48)]
    assert [cell.value for cell in cells] == looks
    assert {cell.data_type for cell in cells} == {"s"}
    assert load_workbook(living)[TABLE]["N40"].value is None


def test_an_existing_file_is_never_overwritten(living):
    submission(living).write_bytes(b"sent last week")
    outcome = told(living, ("click", "make_submission"), ("click", "make_submission"))
    assert submission(living).read_bytes() == b"sent last week"
    assert [verified(str(submission(living, version))).is_unchanged for version in (2, 3)] == [True, True]
    assert f"{NAME[:-1]}3.xlsx" in outcome.said[-1]


def test_rows_under_a_filter_are_sent_too(living):
    told(living, ("filter_out", TABLE, 12, 13, 14), ("click", "make_submission"))
    assert load_workbook(submission(living))[TABLE]["H13"].value == 4


@pytest.mark.parametrize(
    "steps",
    [[("protect", TABLE)], [("protect", TABLE, "口令")], [("hide", TABLE)], [("open_another", "D:\\另一份.xlsx")], [("lose_printer",)]],
    ids=["protected", "with a password", "hidden", "another workbook open", "no printer"],
)
def test_what_hindered_copying_sheets_does_not_hinder_a_copy_of_the_file(living, steps):
    before = told(living, *steps)
    outcome = told(living, *steps, ("click", "make_submission"))
    assert not outcome.raised
    assert outcome.said[-1].startswith(f"已生成: {NAME}.xlsx")
    assert ("和同名 PDF" in outcome.said[-1]) == (steps != [("lose_printer",)])
    assert verified(str(submission(living))).is_unchanged
    assert (outcome.books, outcome.front, outcome.alerts) == (before.books, before.front, True)


def test_a_workbook_with_a_protected_structure_is_sent(living):
    outcome = told(living, ("click", "validate"), ("protect_structure",), ("click", "make_submission"))
    assert DONE.fullmatch(outcome.said[-1])
    assert verified(str(submission(living))).is_unchanged


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([("refuse_copies",)], "没有生成报送件: Excel 没能保存副本, 请看磁盘是否已满, 文件是否被加密软件管理"),
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


def test_several_tables_are_sent_together(two_tables):
    outcome = told(two_tables, ("click", "make_submission"))
    (made,) = [name for name in os.listdir(two_tables.parent) if name.endswith("_v1.xlsx")]
    book = load_workbook(two_tables.parent / made)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == ["自评表", "基础数据", "评分规则", "校验结果", "自评表 (2)"]
    assert book["_pe_record"].sheet_state == "veryHidden"
    assert verified(str(two_tables.parent / made)).is_unchanged
    assert made in outcome.said[-1]
