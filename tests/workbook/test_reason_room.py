"""写原因的地方: which forms have none, so that a missing reason is asked for once."""

import pytest

from perfeval_xl.workbook.grid import Cell
from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.layout_file import layout

WITHOUT = "national_hidden_column"


def rooms(name, cells=None):
    workbook, _ = layout(name)
    (sheet,) = workbook.sheets
    changed = {**sheet.cells, **{place: Cell(text) for place, text in (cells or {}).items()}}
    tables, _ = find_tables(workbook._replace(sheets=(sheet._replace(cells=changed),)))
    return [table.has_reason_room for table in tables]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("national_project", [True]), ("hubei_20_80", [True]), ("transfer_with_management", [True]), (WITHOUT, [False]), ("hunan_pairs", [False])],
)
def test_a_column_a_cell_or_a_passage_for_reasons_is_room(name, expected):
    assert rooms(name) == expected


@pytest.mark.parametrize("header", ["备注", "得分说明", "扣分理由", "情况分析"])
def test_a_column_that_is_not_read_may_hold_reasons(header):
    assert rooms(WITHOUT, {(13, 18): header}) == [True]


def test_a_line_below_the_table_may_hold_reasons():
    assert rooms(WITHOUT, {(38, 1): "未达标项目的原因见附件"}) == [True]
    assert rooms(WITHOUT, {(38, 1): "填报说明:1.其他资金包括自有资金"}) == [False]
