"""Values put into single cells: formulas stay, neighbours stay, other parts keep their bytes."""

import csv
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.cell_patch import set_cells
from tests.workbook.hostile import MAIN, RELATIONSHIPS, book, cells, worksheet, zipped
from tests.workbook.libreoffice import SHEETS_AS_CSV, convert

ROWS = (
    '<row r="2" ht="20"><c r="B2" s="1" t="s"><v>0</v></c><c r="D2" s="2"><f>B2*2</f><v>4</v></c></row>'
    '<row r="5"/><row r="7" spans="1:3"><c r="A7"/></row>'
)


def written(tmp_path, values, rows=ROWS, more=""):
    source, target = tmp_path / "表.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(zipped(book(worksheet(rows), workbook=more)))
    set_cells(str(source), str(target), {"表1": values})
    with zipfile.ZipFile(target) as package:
        return package.read("xl/worksheets/sheet1.xml").decode(), package.read("xl/workbook.xml").decode()


def test_a_new_value_keeps_the_style_and_everything_around_it(tmp_path):
    sheet, _ = written(tmp_path, {(2, 2): 98.5})
    assert sheet == worksheet(ROWS.replace('<c r="B2" s="1" t="s"><v>0</v></c>', '<c r="B2" s="1"><v>98.5</v></c>'))


def test_a_formula_stays_and_shows_the_new_value(tmp_path):
    sheet, workbook = written(tmp_path, {(2, 4): 5.0})
    assert sheet == worksheet(ROWS.replace("<v>4</v>", "<v>5.0</v>"))
    assert "calcPr" not in workbook
    sheet, _ = written(tmp_path, {(2, 4): '优"'})
    assert '<c r="D2" s="2" t="str"><f>B2*2</f><v>优&quot;</v></c>' in sheet
    sheet, _ = written(tmp_path, {(2, 4): True})
    assert '<c r="D2" s="2" t="b"><f>B2*2</f><v>1</v></c>' in sheet
    sheet, _ = written(tmp_path, {(2, 4): None})
    assert '<c r="D2" s="2"><f>B2*2</f></c>' in sheet


def test_new_cells_and_rows_stand_in_their_order(tmp_path):
    sheet, _ = written(tmp_path, {(2, 3): 3, (2, 1): 1, (2, 5): 5, (1, 1): "上", (5, 2): False, (6, 1): 6, (9, 1): 9, (7, 1): "=1"})
    text = '<is><t xml:space="preserve">{}</t></is>'
    assert sheet == worksheet(
        f'<row r="1"><c r="A1" t="inlineStr">{text.format("上")}</c></row>'
        '<row r="2" ht="20"><c r="A2"><v>1</v></c><c r="B2" s="1" t="s"><v>0</v></c><c r="C2"><v>3</v></c>'
        '<c r="D2" s="2"><f>B2*2</f><v>4</v></c><c r="E2"><v>5</v></c></row>'
        '<row r="5"><c r="B5" t="b"><v>0</v></c></row><row r="6"><c r="A6"><v>6</v></c></row>'
        f'<row r="7" spans="1:3"><c r="A7" t="inlineStr">{text.format("=1")}</c></row><row r="9"><c r="A9"><v>9</v></c></row>'
    )


def test_a_cell_can_be_emptied(tmp_path):
    sheet, _ = written(tmp_path, {(2, 2): None})
    assert '<c r="B2" s="1"/>' in sheet


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="5"></calcPr>', '<calcPr calcId="5" fullCalcOnLoad="1"></calcPr>'),
        ('<calcPr fullCalcOnLoad="1"/>', '<calcPr fullCalcOnLoad="1"/>'),
        ('<definedNames/><oleSize ref="A1"/>', '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize ref="A1"/>'),
    ],
)
def test_a_new_input_makes_excel_recalculate(tmp_path, before, after):
    _, workbook = written(tmp_path, {(2, 2): 1.0}, more=before)
    assert workbook.endswith(f"</sheets>{after}</workbook>")


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    source = tmp_path / "表.xlsx"
    source.write_bytes(zipped(book(worksheet(cells(1)))))
    with pytest.raises(UnusableFile, match="文件里没有名为“别的表”的工作表，不能写入。"):
        set_cells(str(source), str(tmp_path / "新.xlsx"), {"别的表": {(1, 1): 1}})
    with pytest.raises(UnusableFile, match="不能覆盖原来的文件"):
        set_cells(str(source), str(source), {"表1": {(1, 1): 1}})
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]


def test_a_number_no_cell_can_hold_is_our_mistake(tmp_path):
    with pytest.raises(ValueError, match="no cell can hold nan"):
        written(tmp_path, {(2, 2): float("nan")})


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 12), st.integers(1, 8)),
        st.one_of(st.floats(-1e9, 1e9), st.booleans(), st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)),
        max_size=12,
    )
)
def test_what_is_written_is_read_back_and_nothing_else_changes(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("cells")
    source, target = folder / "表.xlsx", folder / "新.xlsx"
    source.write_bytes(zipped(book(worksheet(cells(1, 2, 3, row=2) + cells(4, 5, row=4)))))
    set_cells(str(source), str(target), {"表1": values})
    before, after = (read_workbook(str(path)).sheets[0].cells for path in (source, target))
    wanted = before | {place: Cell(value) for place, value in values.items()}
    assert after == {place: cell for place, cell in wanted.items() if cell.value != ""}


def test_libreoffice_recalculates_from_a_new_input(soffice, tmp_path):
    source, target = tmp_path / "表.xlsx", tmp_path / "新.xlsx"
    with xlsxwriter.Workbook(source) as made:
        sheet = made.add_worksheet("自评表")
        sheet.write_row("A1", [1, 2])
        sheet.write_formula("C1", "=A1+B1", None, 3)
    set_cells(str(source), str(target), {"自评表": {(1, 1): 10, (1, 3): 12}})
    assert openpyxl.load_workbook(target)["自评表"]["C1"].value == "=A1+B1"
    files = convert(soffice, target, SHEETS_AS_CSV, tmp_path)
    with files["新-自评表.csv"].open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["10", "2", "12"]


def test_prefixed_parts_are_written_with_their_prefix(tmp_path):
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>1</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    workbook = f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{RELATIONSHIPS}"><x:sheets><x:sheet name="表" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>'
    source, target = tmp_path / "表.xlsx", tmp_path / "新.xlsx"
    source.write_bytes(zipped(book(sheet) | {"xl/workbook.xml": workbook}))
    set_cells(str(source), str(target), {"表": {(1, 1): 1.5, (1, 2): "文", (3, 1): 2}})
    found = read_workbook(str(target))
    assert found.sheets[0].cells == {(1, 1): Cell(1.5, "1"), (1, 2): Cell("文"), (3, 1): Cell(2.0)}
