"""按钮「校验」: run as Buttons.bas runs it, against the project's own workbook opened in the workbook of cells."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.windows import clerk
from tests.windows.session import told

BUTTONS = (Path(__file__).parents[2] / "workbooks" / "vba" / "Buttons.bas").read_text("ascii")
MISTAKES = {"H11": 11, "E12": 4, "G18": "2.9亿元", "G22": "1%", "J22": None, "G24": None, "E6": None, "G29": "95%以上"}
TABLE, RESULT = "自评表", "校验结果"
CLEAN = "✗错误 0 条 · ▲核实 0 条 · ●提示 2 条 · ✓已说明 0 条"
UNTOUCHED = [["●提示", "D16", "自评表 F25"], ["●提示", "B10", "自评表 G28"]]      # tests/test_acceptance.py says why


def typed(edits, sheet=TABLE):
    return [("fill", sheet, cell, float(value) if isinstance(value, int) else value) for cell, value in edits.items()]


def others(sheets):
    return {name: cells for name, cells in sheets.items() if name != RESULT}


def transfers(outcome, act):
    return [(note["sheet"], note["member"]) for note in outcome.notes if note["act"] == act]


@pytest.fixture(scope="module")
def mistaken(built):
    """The workbook with mistakes typed, not saved, and validated."""
    outcome = told(built, *typed(MISTAKES), ("click", "validate"))
    assert not outcome.raised
    return outcome


@pytest.fixture(scope="module")
def mended(mistaken):
    """The steps that put right again what was mistyped."""
    cells = mistaken.opened[TABLE]
    return [("fill", TABLE, cell, *(cells[cell][name] for name in ("value", "formula", "number_format"))) for cell in MISTAKES]


def test_the_command_played_here_is_the_one_the_buttons_hand_to_python():
    assert 'RunPython "import perfeval_xl.excel; perfeval_xl.excel." & action & "()"' in BUTTONS
    assert clerk.COMMAND.format("validate") == "import perfeval_xl.excel; perfeval_xl.excel.validate()"
    assert re.findall(r'AskPython "(\w+)"', BUTTONS) == ["validate", "make_submission", "go_to_first_error"]


def test_a_clean_workbook_is_said_to_be_clean(living):
    outcome = told(living, ("click", "validate"))
    assert outcome.said == ["正在校验……", f"{CLEAN} 可以报送。"]
    assert outcome.value(RESULT, "A2") == CLEAN
    assert outcome.results("ABCDLM") == [
        [1, "●提示", "D16", "自评表 F25", "供参考", "hint:F25"],
        [2, "●提示", "B10", "自评表 G28", "供参考", "hint:G28"],
    ]


def test_the_findings_are_those_of_the_command_line_for_the_same_content(built, mistaken, tmp_path, perfeval):
    book = load_workbook(built)
    for cell, value in MISTAKES.items():
        book[TABLE][cell] = value
    book.save(tmp_path / "同样内容.xlsx")
    found = json.loads(perfeval("check", tmp_path / "同样内容.xlsx", "--json").out)["files"][0]["findings"]
    names = {"error": "✗错误", "explain": "▲核实", "hint": "●提示"}
    told_there = [
        [names[each["level"]], each["check"], f"{each['sheet']} {each['cell']}", each["item"], each["message"], each["written"], each["expected"], each["basis"]]
        for each in found
    ]
    assert [["" if cell is None else cell for cell in row] for row in mistaken.results("BCDEFGHJ")] == told_there
    assert len({each["check"] for each in found}) > 4
    assert [row[0] for row in mistaken.results("A")] == list(range(1, len(found) + 1))


def test_the_status_bar_ends_with_the_counts_and_the_way_to_the_first_error(mistaken):
    counts = mistaken.value(RESULT, "A2")
    assert re.fullmatch(r"✗错误 [1-9] 条 · ▲核实 [1-9] 条 · ●提示 \d 条 · ✓已说明 0 条", counts)
    assert mistaken.said == ["正在校验……", f"{counts} 请看「校验结果」; 按「转到第一个错误」到第一处。"]


def test_no_cell_but_those_of_the_results_is_changed(mistaken):
    as_typed = {cell: {"value": value, "formula": "", "number_format": "General"} for cell, value in MISTAKES.items()}
    expected = others(mistaken.opened)
    assert others(mistaken.sheets) == expected | {TABLE: expected[TABLE] | as_typed}
    assert {name for name, _ in transfers(mistaken, "write")} == {RESULT}
    assert {sheet for sheet, looks in mistaken.looks.items() if looks} == {RESULT}


def test_nothing_is_saved_and_the_sheet_in_front_stays(built, living):
    outcome = told(living, *typed(MISTAKES), ("click", "validate"))
    assert living.read_bytes() == built.read_bytes()
    assert outcome.saved == []
    assert (outcome.front, outcome.selected) == (TABLE, None)


def test_each_sheet_is_read_in_two_transfers_and_the_results_are_written_in_one(mistaken):
    """Of our own, neither the manual nor the helper formulas are read at all."""
    bulk = [(note["sheet"], note["member"]) for note in mistaken.notes if note["act"] == "read" and note["cells"] > 1]
    assert not {"使用手册", "_pe_calc"} & {sheet for sheet, _ in transfers(mistaken, "read")}
    assert bulk == [(sheet, member) for sheet in (TABLE, "基础数据", "评分规则", RESULT) for member in ("Value2", "Formula")]
    assert transfers(mistaken, "write") == [(RESULT, "Value"), (RESULT, "ClearContents")]


def test_the_results_lead_to_their_cells_by_formulas_and_back_to_the_table(mistaken):
    for row, (place,) in enumerate(mistaken.results("D"), 5):
        sheet, cell = place.split(" ")
        assert mistaken.formula(RESULT, f"D{row}") == f'=HYPERLINK("#{sheet}!{cell}","{place}")'
    first = mistaken.value(RESULT, "D5").replace(" ", "!")
    assert mistaken.formula(RESULT, "A3") == f'=HYPERLINK("#{first}","转到第一个错误: {mistaken.value(RESULT, "D5")}")'
    assert mistaken.formula(RESULT, "E3") == '=HYPERLINK("#自评表!A1","返回自评表")'


def test_the_marks_the_table_looks_up_name_level_and_cell(mistaken):
    levels = {"✗错误": "error", "▲核实": "explain", "●提示": "hint"}
    rows = mistaken.results("BDM")
    assert [mark for _, _, mark in rows] == [f"{levels[level]}:{place.split(' ')[1]}" for level, place, _ in rows]


def test_texts_wrap_below_the_heading_only(mistaken):
    last = 4 + len(mistaken.results())
    assert mistaken.looks[RESULT] == [[f"$A$4:$L${last}", "WrapText", True]]


def test_what_was_mended_is_gone_at_the_next_click_together_with_its_row(built, mended):
    outcome = told(built, *typed(MISTAKES), ("click", "validate"), *mended, ("click", "validate"))
    assert outcome.results() == UNTOUCHED
    assert outcome.said[-1] == f"{CLEAN} 可以报送。"
    assert outcome.sheets[TABLE] == outcome.opened[TABLE]


def explain_row(outcome):
    """The row of 校验结果 that asks about the result 95%以上."""
    return next(row for row, (level, place) in enumerate(outcome.results("BD"), 5) if (level, place) == ("▲核实", f"{TABLE} G29"))


def test_an_explanation_is_kept_from_click_to_click_and_settles_the_question(built, mistaken):
    row = explain_row(mistaken)
    said = "年中追加参保补助, 已报财政批复"
    outcome = told(built, *typed(MISTAKES), ("click", "validate"), ("type", RESULT, f"K{row}", said), ("click", "validate"), ("click", "validate"))
    assert [outcome.value(RESULT, f"{column}{row}") for column in "BDKLM"] == ["▲核实", mistaken.value(RESULT, f"D{row}"), said, "已说明", None]
    assert "✓已说明 1 条" in outcome.said[-1]


def test_an_explanation_is_stale_once_the_value_has_changed(built, mistaken):
    row = explain_row(mistaken)
    said = "年中追加参保补助, 已报财政批复"
    story = [*typed(MISTAKES), ("click", "validate"), ("type", RESULT, f"K{row}", said), ("click", "validate")]
    outcome = told(built, *story, ("fill", TABLE, "G29", "94%以上"), ("click", "validate"))
    rows = {place: (text, status) for place, text, status in outcome.results("DKL")}
    assert rows[f"{TABLE} G29"] == (said, "数值已变, 请重新说明")


def test_an_explanation_outlives_its_problem(built, mended, mistaken):
    row = explain_row(mistaken)
    story = [*typed(MISTAKES), ("click", "validate"), ("type", RESULT, f"K{row}", "年中追加参保补助"), ("click", "validate")]
    outcome = told(built, *story, *mended, ("click", "validate"))
    assert [(text, status) for _, text, status in outcome.results("DKL") if text] == [("年中追加参保补助", "问题已消除")]


def test_explanations_count_too_where_the_results_were_never_saved(without_results):
    story = [("fill", TABLE, "G29", "95%以上"), ("click", "validate")]
    first = told(without_results, *story)
    row = explain_row(first)
    outcome = told(without_results, *story, ("type", RESULT, f"K{row}", "年中追加参保补助"), ("click", "validate"))
    assert outcome.value(RESULT, f"K{row}") == "年中追加参保补助"
    assert outcome.value(RESULT, f"L{row}") == "已说明"


NASTY = ["=0%", "=1+1", "+1", "-1", "-x", "@x", "＝1", "98%", "98.5%", "1-2", "2023-1", "1/2", "001", "1,234", "1e5", "TRUE", "#N/A", "'引号", '=HYPERLINK("http://x","x")', "\t=1", "5月1日", "12"]


@pytest.fixture(scope="module")
def nasty(built):
    """Such texts as explanations, each beside an error that was not mended, after two more clicks."""
    rows = range(11, 11 + len(NASTY))
    wrong = [("fill", TABLE, f"H{row}", 99.0) for row in rows if row <= 29]
    wrong += [("fill", TABLE, f"E{row}", None) for row in rows if row <= 29]
    noted = [("fill", RESULT, f"K{row}", text) for row, text in enumerate(NASTY, 5)]
    outcome = told(built, *wrong, ("click", "validate"), *noted, ("click", "validate"), ("click", "validate"))
    assert not outcome.raised
    return outcome


def test_an_explanation_stays_the_text_it_is_whatever_it_looks_like(nasty):
    rows = nasty.results("K")
    assert len(rows) >= len(NASTY)
    assert [text for (text,) in rows[: len(NASTY)]] == [text.strip() for text in NASTY]
    held = [nasty.sheets[RESULT][f"K{row}"] for row in range(5, 5 + len(NASTY))]
    assert {(content["formula"], content["number_format"]) for content in held} == {("", "General")}


@pytest.mark.parametrize("text", [text for text in NASTY if text != "#N/A"])
def test_a_cells_own_text_is_quoted_as_it_stands_there(built, text):
    outcome = told(built, ("fill", TABLE, "H20", text), ("click", "validate"))
    assert not outcome.raised
    for row in range(5, 5 + len(outcome.results())):
        contents = {column: outcome.sheets[RESULT][f"{column}{row}"] for column in "BCEFGHIJL"}
        assert {content["formula"] for content in contents.values()} == {""}
        assert {type(content["value"]) for content in contents.values()} <= {str, type(None)}
        assert {content["number_format"] for content in contents.values()} == {"General"}


def test_old_results_give_way_to_fewer_new_ones(built, mended, mistaken):
    outcome = told(built, *typed(MISTAKES), ("click", "validate"), *mended, ("click", "validate"))
    assert len(mistaken.results()) > len(outcome.results()) == 2


def test_a_result_sheet_is_added_behind_the_others_where_there_was_none(without_results):
    outcome = told(without_results, ("click", "validate"))
    assert not outcome.raised
    assert list(outcome.sheets) == [TABLE, "基础数据", "评分规则", "使用手册", RESULT, "_pe_calc"]
    assert outcome.front == TABLE
    widths = {area: value for area, name, value in outcome.looks[RESULT] if name == "ColumnWidth"}
    assert list(widths.values()) == [6, 9, 7, 14, 17, 42, 13, 15, 26, 20, 28, 13]
    assert ["$M$1", "Hidden", True] in outcome.looks[RESULT]


def test_a_result_sheet_made_anew_gets_its_heading_filter_and_colours(without_results):
    outcome = told(without_results, ("click", "validate"))
    assert not outcome.raised
    looks = {(area, name): value for area, name, value in outcome.looks[RESULT]}
    assert looks["$A$4:$L$4", "Font.Bold"] is True
    assert looks["$A$4:$L$4", "Interior.Color"] == 0xF3E2D9
    assert looks["$A$4:$L$3000", "AutoFilter"] is True


def test_a_very_hidden_last_sheet_need_not_be_moved_for_it(without_results):
    outcome = told(without_results, ("hide_well", "使用手册"), ("click", "validate"))
    assert not outcome.raised
    assert list(outcome.sheets) == [TABLE, "基础数据", "评分规则", RESULT, "使用手册", "_pe_calc"]


def test_results_the_command_line_wrote_are_replaced_links_and_all(built, tmp_path, perfeval):
    path = tmp_path / "查过.xlsm"
    assert perfeval("check", built, "--write", "-o", path).code == 0
    outcome = told(path, ("click", "validate"))
    assert len(told(path).links[RESULT]) > 2
    assert outcome.links[RESULT] == []
    assert outcome.results() == UNTOUCHED


def test_a_sheet_name_with_quotes_is_linked_to(without_results, tmp_path):
    book = load_workbook(without_results)
    book[TABLE].title = "甲'乙\"丙 (2)"
    book.save(tmp_path / "引号.xlsx")
    outcome = told(tmp_path / "引号.xlsx", ("click", "validate"))
    assert not outcome.raised
    assert outcome.formula(RESULT, "E3") == "=HYPERLINK(\"#'甲''乙\"\"丙 (2)'!A1\",\"返回甲'乙\"\"丙 (2)\")"
    assert outcome.value(RESULT, "E3") == "返回甲'乙\"丙 (2)"
