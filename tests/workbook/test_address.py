"""Addresses against openpyxl's and against Excel's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from perfeval_xl.workbook.address import (
    address,
    area,
    area_text,
    column_letters,
    column_number,
    location,
    place,
    quoted_sheet,
)
from perfeval_xl.workbook.grid import Area


@given(st.integers(1, 16384))
def test_columns_are_written_as_openpyxl_writes_them(column):
    assert column_letters(column) == get_column_letter(column)
    assert column_number(column_letters(column)) == column == column_index_from_string(column_letters(column))


@given(st.integers(1, 1_048_576), st.integers(1, 16384))
def test_an_address_leads_back_to_its_place(row, column):
    assert place(address(row, column)) == (row, column)


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A１", "Ａ1", "A1.5", "1A", "A 1"])
def test_what_is_no_cell_has_no_place(text):
    assert place(text) is None


def test_an_area_is_the_same_from_any_of_its_corners():
    assert area("$C$5:B2") == area("C2:B5") == Area(2, 2, 5, 3)
    assert area("B2") == Area(2, 2, 2, 2)
    assert area("A:B") is None
    assert area("B2:") == Area(2, 2, 2, 2)
    assert area_text(Area(2, 2, 5, 3)) == "B2:C5"
    assert area_text(Area(2, 2, 2, 2)) == "B2"


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("自评表", "自评表"),
        ("Sheet1x", "Sheet1x"),
        ("A1", "'A1'"),
        ("XFD1", "'XFD1'"),
        ("R1", "'R1'"),
        ("rc", "'rc'"),
        ("TRUE", "'TRUE'"),
        ("2023年", "'2023年'"),
        ("附件1-2", "'附件1-2'"),
        ("it's", "'it''s'"),
        ("a b", "'a b'"),
    ],
)
def test_a_sheet_name_is_quoted_wherever_a_formula_could_misread_it(name, quoted):
    assert quoted_sheet(name) == quoted


def test_a_location_is_what_an_internal_link_holds():
    assert location("附件1-2", 12, 6) == "'附件1-2'!F12"
