"""What the button reads: the open workbook as it stands in Excel now, not as the file was saved."""

import pytest
from openpyxl import Workbook, load_workbook

from perfeval_xl.workbook.reading.reader import read_workbook
from tests.windows.session import live_cells, told
from tests.workbook.drawn_form import drawn_form

TABLE, RESULT, RULES, FIGURES, MANUAL = "自评表", "校验结果", "评分规则", "基础数据", "使用手册"


def saved_cells(path):
    return {
        sheet.name: {place: (cell.value, bool(cell.formula), cell.number_format) for place, cell in sheet.cells.items() if cell.value is not None or cell.formula}
        for sheet in read_workbook(str(path)).sheets
    }


def read_live(path):
    return {name: {(row, column): tuple(rest) for row, column, *rest in cells} for name, cells in live_cells(path)}


def test_a_workbook_just_opened_reads_as_its_file(built):
    """Of our own sheets of rules and amounts the file's reader takes only the columns it needs."""
    live, saved = read_live(built), saved_cells(built)
    assert saved[MANUAL] == {}
    assert live | {RULES: saved[RULES], FIGURES: saved[FIGURES]} == saved
    for sheet in (RULES, FIGURES):
        assert {place: live[sheet][place] for place in saved[sheet]} == saved[sheet]
        assert len(saved[sheet]) > 20


@pytest.mark.parametrize("seed", range(12))
def test_any_offices_form_just_opened_reads_as_its_file(seed, tmp_path):
    sheet, _ = drawn_form(seed)
    book = Workbook()
    page = book.active
    page.title = sheet.name
    for (row, column), cell in sheet.cells.items():
        page.cell(row, column).value, page.cell(row, column).number_format = cell.value, cell.number_format
        if isinstance(cell.value, str):
            page.cell(row, column).data_type = "s"
    for area in sheet.merges:
        page.merge_cells(start_row=area.first_row, start_column=area.first_column, end_row=area.last_row, end_column=area.last_column)
    book.save(tmp_path / "表.xlsx")
    read = read_live(tmp_path / "表.xlsx")
    assert read == saved_cells(tmp_path / "表.xlsx")
    assert len(read[sheet.name]) > 30


def finding_places(outcome):
    assert not outcome.raised
    return outcome.results("CD")


def test_what_was_typed_and_not_saved_is_what_is_checked(built):
    outcome = told(built, ("type", TABLE, "H11", "11"), ("click", "validate"))
    assert ["B04", "自评表 H11"] in finding_places(outcome)
    assert ["B04", "自评表 H11"] not in finding_places(told(built, ("click", "validate")))


def test_a_text_that_begins_with_an_equals_sign_is_a_text_and_not_a_formula(built):
    assert read_live(built)[TABLE][22, 6][:2] == ("=0%", False)


@pytest.mark.parametrize(("prepared", "shown"), [("General", "20%"), ("0.00%", "20.00%")])
def test_a_percentage_typed_since_the_file_was_saved_is_a_percentage(built, prepared, shown, tmp_path):
    """Excel turns the cell's format into a percentage, or it had been one from the start while the cell was blank."""
    book = load_workbook(built)
    for cell in ("F20", "G20"):
        book[TABLE][cell].value, book[TABLE][cell].number_format = None, prepared
    book.save(tmp_path / "表.xlsx")
    outcome = told(tmp_path / "表.xlsx", ("type", TABLE, "F20", "33%"), ("type", TABLE, "G20", "20%"), ("click", "validate"))
    assert outcome.value(TABLE, "G20") == 0.2
    assert [text for place, text in outcome.results("DG") if place == "自评表 G20"] == [shown]


def test_formats_are_asked_for_only_where_a_number_was_typed(built):
    outcome = told(built, ("type", TABLE, "H11", "9"), ("type", TABLE, "H12", "2"), ("type", TABLE, "J12", "原因"), ("click", "validate"))
    assert [note["area"] for note in outcome.notes if note["member"] == "NumberFormat"] == ["$H$11", "$H$12"]


def test_a_number_keeps_all_its_digits_whatever_the_format(built, tmp_path):
    """Asked for their «Value» Excel would give a day and four decimals."""
    book = load_workbook(built)
    formats = {"E6": (45291.5, "yyyy/m/d"), "E7": (1234.567891, '"¥"#,##0.00')}
    for cell, (value, shown) in formats.items():
        book[TABLE][cell].value, book[TABLE][cell].number_format = value, shown
    book.save(tmp_path / "表.xlsx")
    read = read_live(tmp_path / "表.xlsx")[TABLE]
    assert [read[6, 5], read[7, 5]] == [(45291.5, False, "yyyy/m/d"), (1234.567891, False, '"¥"#,##0.00')]


KNOWN, NEWER = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"], ["#CALC!", "#SPILL!", "#FIELD!", "#GETTING_DATA"]


def test_an_error_in_a_cell_is_read_by_its_name_and_a_newer_one_is_at_least_no_number(built, tmp_path):
    book = load_workbook(built)
    for row, error in enumerate(KNOWN + NEWER, 40):
        book[TABLE][f"N{row}"].value, book[TABLE][f"N{row}"].data_type = error, "e"
    book.save(tmp_path / "表.xlsx")
    read = read_live(tmp_path / "表.xlsx")[TABLE]
    assert [read[row, 14] for row in range(40, 51)] == [(error, False, "General") for error in [*KNOWN, *["#UNKNOWN!"] * 4]]


def test_a_sheet_of_one_cell_or_none_is_no_hindrance(built, tmp_path):
    book = load_workbook(built, keep_vba=True)
    book.create_sheet("空表")
    book.create_sheet("一格")["C3"] = "备注"
    book.save(tmp_path / "表.xlsm")
    assert finding_places(told(tmp_path / "表.xlsm", ("click", "validate"))) == [["D16", "自评表 F25"], ["B10", "自评表 G28"]]
    assert read_live(tmp_path / "表.xlsm")["一格"] == {(3, 3): ("备注", False, "General")}


def test_a_stray_cell_at_the_far_end_does_not_make_excel_hand_over_the_whole_sheet(built):
    outcome = told(built, ("fill", TABLE, "XFD1048576", None), ("fill", TABLE, "H11", 11.0), ("click", "validate"))
    assert ["B04", "自评表 H11"] in finding_places(outcome)
    assert max(note["cells"] for note in outcome.notes if note["act"] == "read") < 100_000


def test_what_was_added_far_below_the_saved_table_is_still_read(built):
    outcome = told(built, ("fill", TABLE, "A1048576", None), ("fill", TABLE, "A200", "补充"), ("click", "validate"))
    assert not outcome.raised
    read = [note["area"] for note in outcome.notes if (note["sheet"], note["member"]) == (TABLE, "Value2")]
    assert read == ["$A$1:$L$532"]


def test_a_sheet_added_since_is_named_as_not_checked(built):
    outcome = told(built, ("add", "汇总"), ("click", "validate"))
    assert "另有 1 处没有读懂" in outcome.said[-1]
    assert outcome.results("BDFL")[-1] == ["?未读懂", "汇总", "新加的工作表还没有保存, 没有校验; 请保存后再校验", "没有校验"]
