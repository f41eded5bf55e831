"""读基础数据: the named amounts that a clerk typed on our own sheet 基础数据."""

from __future__ import annotations

from perfeval_xl.core.figure_amounts import MONEY_UNIT, amounts_by_name
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import FIGURE_SHEET
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.header_words import bare
from perfeval_xl.workbook.layout.value import MONEY, amount, scaled

if TYPE_CHECKING:
    from perfeval_xl.core.table import Table, Unread, Value
    from perfeval_xl.workbook.grid import Sheet, Workbook

AMOUNT_HEADINGS = ("项目", "单位", "数额")     # 基础数据 begins with them, side by side
RESULT_HEADING = "指标"                        # what is computed from the amounts follows below

_NAME, _UNIT, _AMOUNT = 1, 2, 3
_OTHER_COUNTS = {"人": 1.0, "万人": 10000.0}


def with_figures(table: Table, workbook: Workbook) -> Table:
    """基础数据 of a fund's table as ``figures``; a table of another kind and a workbook without the sheet stay as they are."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == FIGURE_SHEET), None)
    if sheet is None or table.kind != "fund":
        return table
    found, notes = figures(sheet)
    read = table._replace(figures=found, unread=(*table.unread, *notes))
    if not any(row.actual.computed and row.actual.is_blank for row in read.indicators):
        return read
    from perfeval_xl.workbook.layout.figure_results import with_results  # noqa: PLC0415 - only where results were not saved

    return with_results(read, sheet)


def figures(sheet: Sheet) -> tuple[tuple[tuple[str, Value], ...], list[Unread]]:
    """Every known amount by its name, blank ones too, in the unit of its definition; a name that stands twice counts once.

    The second list holds formulas saved without their results. A sheet with other headings gives nothing.
    """
    typed = {place: cell for place, cell in sheet.cells.items() if place[1] <= _AMOUNT}
    geometry = Geometry(sheet._replace(cells=typed, merges=()))
    known = amounts_by_name()
    found: dict[str, Value] = {}
    for row in _rows(geometry):
        name, unit = _text(geometry, row, _NAME), _text(geometry, row, _UNIT)
        if name in known and name not in found:
            value = amount(geometry, (row, _AMOUNT), unit)
            factor = _factor(unit, known[name].unit)
            converted = value if factor == 1.0 else scaled(value, factor)
            found[name] = converted._replace(cell=f"{FIGURE_SHEET}!{value.cell}")
    return tuple(found.items()), geometry.take_notes()


def _rows(geometry: Geometry) -> list[int]:
    """The rows between the headings of the amounts and those of the results."""
    columns = (_NAME, _UNIT, _AMOUNT)
    head = next((row for row in geometry.rows if tuple(_text(geometry, row, column) for column in columns) == AMOUNT_HEADINGS), None)
    if head is None:
        return []
    below = [row for row in geometry.rows if row > head]
    end = next((row for row in below if _text(geometry, row, _NAME) == RESULT_HEADING), None)
    return below if end is None else [row for row in below if row < end]


def _text(geometry: Geometry, row: int, column: int) -> str:
    cell = geometry.cell((row, column))
    return bare(cell.value) if cell is not None and type(cell.value) is str else ""


def _factor(unit: str, wanted: str) -> float:
    """From the unit that stands beside the amount to the one of its definition; 1 where none or another stands there."""
    scales = MONEY if wanted == MONEY_UNIT else _OTHER_COUNTS
    return scales[unit] / scales[wanted] if unit in scales and wanted in scales else 1.0
