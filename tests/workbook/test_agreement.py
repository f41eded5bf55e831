"""Our reader against openpyxl's on workbooks that openpyxl and XlsxWriter made: every cell, every format, every merge."""

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from perfeval_xl.workbook.address import area_text
from perfeval_xl.workbook.reading.shared_formula import SharedFormula
from perfeval_xl.workbook.reading.xlsx import read_xlsx

FORMATS = ["General", "0", "0.00", "0.00%", "#,##0.00", '0.00"万元"', "@", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ']
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(
    lambda text: not text.startswith(("=", "{")) and "_x" not in text and text.strip() == text
)
VALUE = st.one_of(st.floats(-1e12, 1e12), st.integers(-10**9, 10**9), st.booleans(), TEXT, st.sampled_from(["#N/A", "#DIV/0!"]))
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 60), st.integers(1, 30)), st.tuples(VALUE, st.sampled_from(FORMATS)), max_size=40
)


def openpyxl_view(data):
    """Every filled cell as openpyxl sees it: value, formula, number format."""
    values, formulas = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    view = {}
    for sheet in values.worksheets:
        filled = {}
        for row in sheet.iter_rows():
            for cell in row:
                formula = formulas[sheet.title].cell(cell.row, cell.column)
                text = formula.value.text if isinstance(formula.value, ArrayFormula) else formula.value
                text = text[1:] if formula.data_type == "f" else ""
                value = to_excel(cell.value) if isinstance(cell.value, dt.datetime | dt.date) else cell.value
                if value not in (None, "") or text:
                    filled[cell.row, cell.column] = (value, text, cell.number_format)
        merges = {str(merge) for merge in sheet.merged_cells.ranges}
        hidden = {row for row, look in sheet.row_dimensions.items() if look.hidden}
        view[sheet.title] = (sheet.sheet_state, filled, merges, hidden)
    return view


def our_view(data):
    return {
        sheet.name: (
            sheet.state,
            {place: (cell.value, cell.formula, cell.number_format) for place, cell in sheet.cells.items()},
            {area_text(merge) for merge in sheet.merges},
            set(sheet.hidden_rows),
        )
        for sheet in read_xlsx("表.xlsx", data).sheets
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, st.integers(1, 40))
def test_what_openpyxl_writes_is_read_as_openpyxl_reads_it(filled, row):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for place, (value, number_format) in filled.items():
        cell = sheet.cell(*place, value)
        cell.number_format = number_format
    sheet.cell(row, 40, "=SUM(A1:B2)")
    sheet.merge_cells(start_row=row, start_column=50, end_row=row + 2, end_column=52)
    sheet.row_dimensions[row].hidden = True
    book.create_sheet("基础数据").sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert our_view(buffer.getvalue()) == openpyxl_view(buffer.getvalue())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
def test_what_xlsxwriter_writes_is_read_as_openpyxl_reads_it(filled):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("自评表")
        looks = {number_format: book.add_format({"num_format": number_format}) for number_format in FORMATS}
        for (row, column), (value, number_format) in filled.items():
            sheet.write(row - 1, column - 1, value, looks[number_format])
        sheet.write_formula(70, 1, "=ROUND(A1*B1,2)", looks["0.00"], 4.9)
        sheet.write_array_formula(71, 1, 71, 1, "{=SUM(A1:A3*B1:B3)}", None, 12)
        sheet.write_rich_string(72, 1, "执行", looks["0"], "率", looks["0.00"], "较低")
        sheet.write_datetime(73, 1, dt.datetime(2023, 12, 31, 6), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.merge_range(74, 1, 76, 3, "合并", looks["@"])
        sheet.set_row(77, None, None, {"hidden": True})
        book.add_worksheet("隐藏").hide()
    assert our_view(buffer.getvalue()) == openpyxl_view(buffer.getvalue())


@pytest.mark.parametrize(
    "formula",
    [
        "A1+B$2-$C3*$D$4",
        "SUM(A1:B2,Sheet1!C3,'附件 1-2'!D4)",
        'IF(A1="B2 ""C3""",D4,"E5")',
        "LOG10(A10)+ATAN2(B1,C1)",
        "SUM(A:B)+SUM(3:4)+SUM($A:B)+SUM(3:$4)",
        "VLOOKUP(A1,表1!$A$1:$C$9,2,FALSE)",
        "_xlfn.IFS(A1>1,B1)&合计A1&RATE_2",
    ],
)
def test_a_shared_formula_moves_as_openpyxl_moves_it(formula):
    theirs = Translator("=" + formula, origin="F6").translate_formula("H9")
    assert "=" + SharedFormula(formula, 6, 6).at(9, 8) == theirs


def test_a_range_that_ends_in_a_function_moves_at_both_ends():
    assert SharedFormula("A1:INDEX(B:B,ROW(C7))", 6, 6).at(9, 8) == "C4:INDEX(D:D,ROW(E10))"


def test_a_shared_formula_that_leaves_the_sheet_is_a_lost_reference():
    assert SharedFormula("A1+$A$1", 2, 2).at(1, 2) == "#REF!+$A$1"
    assert SharedFormula("SUM(XFD:XFD)+1:1048576", 1, 1).at(2, 2) == "SUM(#REF!)+#REF!"
