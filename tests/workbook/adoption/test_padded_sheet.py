"""Sheets padded with styled blank rows to the very end: adopted in the rows that matter, the padding carried byte for byte."""

import time

import pytest

from perfeval_xl.workbook.adoption.adopt import adopt
from perfeval_xl.workbook.adoption.far_rows import PackageReadOnce, parted
from perfeval_xl.workbook.adoption.form_sheet import Entry, FormSheet, code_name
from perfeval_xl.workbook.adoption.undo import restored
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.results.cell_patch import set_cells
from tests.workbook.adoption.office_files import SHEET, packed, parts_of, plain_form
from tests.workbook.hostile import book, worksheet, zipped

PART = "xl/worksheets/sheet1.xml"
PADDING = "".join(f'<row r="{row}" spans="1:2"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(19, 1_048_577)).encode()
SMALL = b'<row r="30"><c r="A30"/></row>' * 40_000


@pytest.fixture(scope="module")
def padded(tmp_path_factory):
    """A form padded to row 1,048,576, and the living workbook made of it with the seconds it took."""
    folder = tmp_path_factory.mktemp("padded")
    parts = parts_of(plain_form(folder / "表.xlsx"))
    parts[PART] = parts[PART].replace(b"</sheetData>", PADDING + b"</sheetData>")
    (folder / "官方.xlsx").write_bytes(packed(parts))
    start = time.process_time()
    adoption = adopt(str(folder / "官方.xlsx"), str(folder / "活.xlsm"))
    return folder, adoption, time.process_time() - start


def test_a_sheet_padded_to_its_last_row_is_adopted_within_seconds(padded, tmp_path):
    _, adoption, seconds = padded
    plain = adopt(str(plain_form(tmp_path / "官方.xlsx")), str(tmp_path / "活.xlsm"))
    assert adoption.touched == plain.touched
    assert seconds < 4      # 1.3 on a core of its own


def test_the_padding_is_carried_byte_for_byte(padded, tmp_path):
    folder, _, _ = padded
    adopt(str(plain_form(tmp_path / "官方.xlsx")), str(tmp_path / "活.xlsm"))
    plain = parts_of(tmp_path / "活.xlsm")[PART]
    assert parts_of(folder / "活.xlsm")[PART] == plain.replace(b"</sheetData>", PADDING + b"</sheetData>")
    assert (folder / "活.xlsm").stat().st_size < 4 * (folder / "官方.xlsx").stat().st_size


def test_it_is_checked_and_comes_back_byte_for_byte(padded):
    folder, adoption, _ = padded
    assert examined(str(folder / "活.xlsm")).assessments[0].computed_total == 99.29
    assert adoption.ruleset
    assert restored(str(folder / "活.xlsm")).data == (folder / "官方.xlsx").read_bytes()


def test_what_was_typed_comes_back_into_a_padded_sheet(tmp_path):
    parts = parts_of(plain_form(tmp_path / "表.xlsx"))
    parts[PART] = parts[PART].replace(b"</sheetData>", SMALL + b"</sheetData>")
    (tmp_path / "官方.xlsx").write_bytes(packed(parts))
    adopt(str(tmp_path / "官方.xlsx"), str(tmp_path / "活.xlsm"))
    set_cells(str(tmp_path / "活.xlsm"), str(tmp_path / "填.xlsm"), {SHEET: {(12, 5): "8700人"}})
    (tmp_path / "回.xlsx").write_bytes(restored(str(tmp_path / "填.xlsm")).data)
    back = parts_of(tmp_path / "回.xlsx")[PART]
    assert back.count(SMALL + b"</sheetData>") == 1
    assert len(back) - len(parts[PART]) < 200
    assert examined(str(tmp_path / "回.xlsx")).assessments[0].table.indicators[0].actual.text == "8700人"


def sheet_with(rows, after=""):
    return worksheet(rows, after=after).encode()


def in_pieces(data, size):
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("size", [256 << 10, 7000, 2 << 20])
def test_a_row_put_in_stands_above_the_rows_that_were_not_taken_apart(size):
    data = sheet_with('<row r="1"><c r="A1"/></row>' + SMALL.decode(), '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    pieces = b"".join(FormSheet(in_pieces(data, size), 5).changed({(5, 2): Entry(1.0), (1, 1): Entry(2.0)}, '<conditionalFormatting sqref="A1"/>'))
    assert pieces == data.replace(b'<c r="A1"/>', b'<c r="A1"><v>2.0</v></c>').replace(SMALL, b'<row r="5"><c r="B5"><v>1.0</v></c></row>' + SMALL).replace(
        b"</mergeCells>", b'</mergeCells><conditionalFormatting sqref="A1"/>'
    )


@pytest.mark.parametrize("size", [256 << 10, 7000, 2 << 20])
@pytest.mark.parametrize(("rows", "cut"), [("", False), ("<row r='2'><!-- <row r='40'> --></row>", False), ("<row r='2'/><row><c/></row>", True)])
def test_a_part_is_cut_only_where_rows_are_certain(rows, cut, size):
    data = sheet_with(rows + SMALL.decode() if cut or rows else "<row r='1'/>" + " " * (2 << 20))
    found = parted(in_pieces(data, size), 20)
    assert (found is not None) == cut
    if found:
        assert b"".join(found.rows) == SMALL
        assert found.head + SMALL + found.tail == data


def test_a_table_that_reaches_far_into_its_part_is_cut_below_its_last_row():
    rows = [f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 60_001)]
    data = sheet_with("".join(rows), "<mergeCells/>")
    found = parted(in_pieces(data, 50_000), 40_000)
    assert b"".join(found.rows) == "".join(rows[40_000:]).encode()
    assert found.head + b"".join(found.rows) + found.tail == data


def test_a_large_part_is_inflated_once_and_only_those_wanted_are_kept(monkeypatch):
    sheets = [sheet_with(SMALL.decode()), sheet_with("<row r='1'/>" + SMALL.decode())]
    package = PackageReadOnce(zipped(book(*(sheet.decode() for sheet in sheets))))
    names = [f"xl/worksheets/sheet{number}.xml" for number in (1, 2)]
    read = [b"".join(package.stream(name)) for name in names]
    package.keep_only([names[1].upper()])
    monkeypatch.setattr("perfeval_xl.workbook.adoption.far_rows.Package", None)
    assert b"".join(package.pieces(names[1])) == read[1] == sheets[1]
    with pytest.raises(TypeError):
        package.pieces(names[0])


def test_a_part_of_absurd_size_without_rows_is_refused(monkeypatch):
    monkeypatch.setattr("perfeval_xl.workbook.adoption.far_rows.MOST_PART_BYTES", 1 << 20)
    with pytest.raises(UnusableFile, match="展开后大得不正常"):
        parted([sheet_with("<row r='1'/>" + " " * (2 << 20))], 20)


@pytest.mark.parametrize(
    ("head", "name"),
    [(b'<worksheet><sheetPr codeName="Sheet1"><pageSetUpPr/>', "Sheet1"), (b"<x:sheetPr filterMode='1' codeName='b'/>", "b"), (b"<worksheet><sheetPr/>", "")],
)
def test_the_code_name_is_read_from_the_head_of_a_part(head, name):
    assert code_name(head) == name
