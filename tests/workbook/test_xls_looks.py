"""Number formats, errors and hidden rows of an .xls, against the .xlsx it was made from."""

import struct

import olefile
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import ErrorValue
from perfeval_xl.workbook.opc.compound import CompoundFile
from perfeval_xl.workbook.reading.number_format import display
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.reading.xls_looks import xls_looks
from tests.workbook.hostile import compound
from tests.workbook.libreoffice import convert

FORMATS = ["General", "0.00", "0.00%", "#,##0.00", '0.00"万元"', "0.0000_ ", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "@"]


def record(kind, *fields):
    body = b"".join(fields)
    return struct.pack("<2H", kind, len(body)) + body


def short(*numbers):
    return struct.pack(f"<{len(numbers)}H", *numbers)


BOF, EOF = record(0x809, short(0x600, 5)), record(0x0A)
SHEET = (
    BOF
    + record(0x7D, short(2, 3, 0, 0, 1, 0))
    + record(0x208, short(4, 0, 1, 0, 0, 0), b"\x20\0\0\0")
    + record(0x203, short(0, 0, 1), struct.pack("<d", 0.5))
    + record(0xBD, short(1, 1), short(0), b"\0" * 4, short(1), b"\0" * 4, short(2))
    + record(0x205, short(2, 0, 0), b"\x2a\x01")
    + record(0x205, short(2, 1, 0), b"\x01\x00")
    + record(0x06, short(3, 0, 1), b"\x02\0\x07\0\0\0\xff\xff", b"\0" * 8)
    + record(0x203, short(40_000, 0, 1), b"\0" * 8)
    + EOF
)


def stream(*extra, sheet=SHEET):
    name = "表".encode("utf-16-le")
    styles = record(0x41E, short(164), short(5), b"\0", b"0.000") + record(0xE0, short(0, 0)) + record(0xE0, short(0, 164))
    bound_length = len(record(0x85, b"\0" * 6, b"\x01\x01", name))
    start = len(BOF) + sum(map(len, extra)) + len(styles) + bound_length + len(EOF)
    return BOF + b"".join(extra) + styles + record(0x85, struct.pack("<IH", start, 0), b"\x01\x01", name) + EOF + sheet


def test_records_say_formats_errors_and_what_is_hidden():
    look = xls_looks(compound({"Workbook": stream()}))["表"]
    assert look.formats == {
        (1, 1): "0.000", (2, 2): "General", (2, 3): "0.000", (3, 1): "General", (3, 2): "General", (4, 1): "0.000",
    }  # fmt: skip
    assert look.errors == {(3, 1): "#N/A", (4, 1): "#DIV/0!"}
    assert all(isinstance(error, ErrorValue) for error in look.errors.values())
    assert look.hidden_rows == {5}
    assert look.hidden_columns == {3, 4}


def test_encrypted_and_older_workbooks_have_no_looks():
    assert xls_looks(compound({"Workbook": stream(record(0x2F, b"\0" * 6))})) == {}
    assert xls_looks(compound({"Workbook": record(0x809, short(0x500, 5)) + stream()})) == {}
    assert xls_looks(compound({"Other": b""})) == {}
    assert xls_looks(b"") == {}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_broken_file_never_raises(data):
    whole = bytearray(compound({"Workbook": stream()}))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, 2200))
        whole[place] = data.draw(st.integers(0, 255))
    cut = bytes(whole[:data.draw(st.integers(0, len(whole)))])
    for content in (bytes(whole), cut):
        looks = xls_looks(content)
        assert all(place[0] <= 20_000 for look in looks.values() for place in look.formats)


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, 4095, 4096, 50_000])
def test_a_stream_is_read_up_to_the_limit(size):
    whole = bytes(range(256)) * 200
    assert CompoundFile(compound({"Workbook": whole, "Book": b"x"})).stream("Workbook", size) == whole[:size]


@pytest.mark.parametrize("size", [5000, 60_000, 7_100_000, 16_000_000])
def test_streams_of_every_size_are_read_as_olefile_reads_them(size):
    whole = (bytes(range(251)) * (size // 251 + 1))[:size]
    data = compound({"Workbook": whole, "Book": b"x"})
    with olefile.OleFileIO(data) as theirs:
        assert theirs.openstream("Workbook").read()[:size] == whole
    assert CompoundFile(data).stream("Workbook", size) == whole


def test_an_xls_shows_what_the_xlsx_showed(soffice, tmp_path):
    source = tmp_path / "自评表.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("自评表")
        for row, code in enumerate(FORMATS):
            look = book.add_format({"num_format": code})
            for column, value in enumerate((0.98437, 45291, 12)):
                sheet.write_number(row, column, value, look)
        sheet.write_formula("E1", "=1/0", book.add_format({"num_format": "0.00"}), "#DIV/0!")
        sheet.write_formula("E2", "=NA()", None, "#N/A")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("G:H", None, None, {"hidden": True})
    converted = convert(soffice, source, "xls", tmp_path)["自评表.xls"]
    ours, theirs = (read_workbook(str(path)).sheets[0] for path in (source, converted))
    data = converted.read_bytes()
    with olefile.OleFileIO(data) as file:
        small = [name for (name,) in file.listdir() if file.get_size(name) < 4096]
        assert [CompoundFile(data).stream(name, 4096) for name in small] == [file.openstream(name).read() for name in small] != []
    shown = [{place: display(cell.value, cell.number_format) for place, cell in sheet.cells.items()} for sheet in (ours, theirs)]
    assert shown[0] == shown[1]
    assert {place: cell.value for place, cell in ours.cells.items()} == {place: cell.value for place, cell in theirs.cells.items()}
    assert (theirs.hidden_rows, theirs.hidden_columns) == (ours.hidden_rows, ours.hidden_columns) == ({4}, {7, 8})
