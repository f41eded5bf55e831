"""校验结果 as it is put into a copy: sorted, filtered, linked, printed, and coloured by what its rows say."""

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from perfeval_xl.core.finding import Finding
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.results.explanations import Explained
from perfeval_xl.workbook.results.result_looks import COLUMN_STYLES, CONDITIONS
from perfeval_xl.workbook.results.result_rows import HEADINGS, MARK_COLUMN, WIDTHS, result_rows
from perfeval_xl.workbook.results.result_sheet import result_sheet, write_results
from tests.workbook.libreoffice import convert

MISTAKES = {"H11": 11, "E12": 4, "G20": "20%", "G29": "95%以上"}


@pytest.fixture(scope="module")
def written(case_workbook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    book = openpyxl.load_workbook(case_workbook)
    for cell, value in MISTAKES.items():
        book["自评表"][cell] = value
    book.save(folder / "有错.xlsx")
    result = examined(str(folder / "有错.xlsx"))
    write_results(result._replace(unread=(Unread("汇总", "B3", "看不懂"),)), str(folder / "结果.xlsx"))
    return result, folder / "结果.xlsx"


def finding(level, cell, sheet="自评表"):
    return Explained(Finding("B04", level, sheet, cell, "甲", f"{sheet} {cell} 问题", "6", "不超过 5", "依据", "改为不超过 5"), "", "须修改")


def test_findings_of_all_tables_stand_errors_first_and_then_in_their_order():
    items = [finding("explain", "A1"), finding("error", "B2", "自评表 (2)"), Explained(None, "旧说明", "问题已消除", "B05", "自评表 A9"), finding("error", "C3")]
    rows = result_rows(items, ["自评表", "自评表 (2)"])[4:]
    assert [(row[0].text, row[1].text, row[3].text, row[3].link) for row in rows] == [
        (1, "✗错误", "自评表 (2) B2", "'自评表 (2)'!B2"),
        (2, "✗错误", "自评表 C3", "自评表!C3"),
        (3, "▲核实", "自评表 A1", "自评表!A1"),
        (4, "", "自评表 A9", ""),
    ]
    assert (rows[3][10].text, rows[3][11].text) == ("旧说明", "问题已消除")


def test_the_way_back_leads_to_every_table():
    third = result_rows([finding("error", "B2")], ["自评表", "自评表 (2)", "自评表"])[2]
    assert [(cell.text, cell.link) for cell in third if cell.link] == [
        ("转到第一个错误: 自评表 B2", "自评表!B2"),
        ("返回自评表", "自评表!A1"),
        ("返回自评表 (2)", "'自评表 (2)'!A1"),
    ]


def test_places_not_read_are_counted_and_listed_behind_the_findings():
    rows = result_rows([finding("error", "B2")], ["自评表"], [Unread("汇总", "B3", "看不懂"), Unread("图表", "", "图表页没有读")])
    assert rows[1][0].text == "✗错误 1 条 · ▲核实 0 条 · ●提示 0 条 · ✓已说明 0 条 · ?未读懂 2 处"
    assert [[row[place].text for place in (0, 1, 3, 5, 11)] for row in rows[5:]] == [
        [2, "?未读懂", "汇总 B3", "看不懂", "没有校验"],
        [3, "?未读懂", "图表", "图表页没有读", "没有校验"],
    ]
    assert [row[3].link for row in rows[5:]] == ["汇总!B3", ""]


def test_how_to_mend_it_begins_with_the_cell_to_type_into(written):
    result, path = written
    sheet = openpyxl.load_workbook(path)["校验结果"]
    mends = [row[8].value for row in sheet.iter_rows(min_row=5) if row[2].value]
    assert [text.partition(": ")[0] for text in mends] == [found.cell for found in result.all_findings]
    assert "H11: 改为不超过 10" in mends


def test_every_finding_links_to_its_cell_and_the_top_links_back(written):
    _, path = written
    sheet = openpyxl.load_workbook(path)["校验结果"]
    for row in range(5, 5 + len(written[0].all_findings)):
        name, cell = sheet.cell(row, 4).value.split(" ")
        assert sheet.cell(row, 4).hyperlink.location == f"{name}!{cell}"
    assert sheet["E3"].hyperlink.location == "自评表!A1"


def test_the_sheet_is_filtered_frozen_and_ready_to_print(written):
    sheet = openpyxl.load_workbook(written[1])["校验结果"]
    assert sheet.auto_filter.ref == "A4:L3000"
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.column_dimensions["M"].hidden
    assert not sheet.column_dimensions["L"].hidden
    assert [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKL"] == list(WIDTHS)


def test_no_colour_sticks_to_a_cell_so_that_none_is_left_when_the_button_writes_again(written):
    sheet = openpyxl.load_workbook(written[1])["校验结果"]
    cells = [cell for row in sheet.iter_rows(min_row=5, max_col=12) for cell in row]
    assert {cell.fill.patternType for cell in cells} == {None}
    assert {cell.border.left.style for cell in cells} == {None}
    assert {cell.font.b for cell in cells} == {False}
    rules = [(area.sqref, rule) for area, more in sheet.conditional_formatting._cf_rules.items() for rule in more]
    assert [(str(area), rule.formula[0]) for area, rule in sorted(rules, key=lambda pair: pair[1].priority)] == [
        (condition.area, condition.formula) for condition in CONDITIONS
    ]
    looks = {rule.formula[0]: rule.dxf for _, rule in rules}
    error = looks['LEFT(INDEX($B:$B,ROW()),1)="✗"']
    assert (error.fill.bgColor.rgb, error.font.color.rgb, error.font.b, error.border.left.style) == ("FFF8CBAD", "FF9C0006", True, "thin")


def test_no_condition_moves_with_the_active_cell():
    for condition in CONDITIONS:
        assert "$" in condition.formula
        assert "ROW()" in condition.formula
        assert range_boundaries(condition.area)[1::2] == (5, 3000)


def test_rows_the_button_adds_look_like_those_written_here():
    sheet = result_sheet(result_rows([finding("error", "B2")], ["自评表"]))
    assert [cell[1] for cell in sheet.rows[4]] == list(COLUMN_STYLES)
    assert len(COLUMN_STYLES) == MARK_COLUMN == len(HEADINGS) + 1


def test_written_twice_the_sheet_stays_the_same(written, tmp_path):
    result, path = written
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    write_results(result._replace(path=str(path)), str(first))
    write_results(result._replace(path=str(first)), str(second))
    assert first.read_bytes() == second.read_bytes()


def test_libreoffice_reads_filter_conditions_and_print_titles(soffice, written, tmp_path):
    made = convert(soffice, written[1], "xlsx", tmp_path)["结果.xlsx"]
    sheet = openpyxl.load_workbook(made)["校验结果"]
    assert sheet.auto_filter.ref == "A4:L3000"
    assert sum(len(rules) for rules in sheet.conditional_formatting._cf_rules.values()) == len(CONDITIONS)
    assert sheet.print_title_rows == "$4:$4"
    assert [sheet.cell(4, column).value for column in range(1, 13)] == list(HEADINGS)
