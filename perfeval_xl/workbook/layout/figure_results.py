"""基础数据的结果: a 完成值 that our formula takes from 基础数据, where a program saved the workbook without results."""

from __future__ import annotations

from perfeval_xl.core.figure import FORMATS
from perfeval_xl.core.figure_amounts import amounts_by_key
from perfeval_xl.core.figure_ratios import figure_named
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.grid import Cell
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.header_words import bare
from perfeval_xl.workbook.layout.value import worded

if TYPE_CHECKING:
    from perfeval_xl.core.figure import Figure, Variant
    from perfeval_xl.core.table import Indicator, Table
    from perfeval_xl.workbook.grid import Sheet

_NAME, _CHOICE = 1, 2


def with_results(table: Table, sheet: Sheet) -> Table:
    """填上没有存下结果的完成值, computed from ``table.figures`` by the 口径 chosen on ``sheet``.

    Only blank cells that hold a formula of ours; a typed value, a saved result and a row whose amounts are blank stay.
    """
    numbers = {name: value.number for name, value in table.figures}
    amounts = {key: numbers.get(amount.name) for key, amount in amounts_by_key().items()}
    rows = tuple(_filled(row, amounts, sheet) for row in table.indicators)
    return table._replace(indicators=rows)


def _filled(row: Indicator, amounts: dict[str, float | None], sheet: Sheet) -> Indicator:
    actual = row.actual
    figure = figure_named(row.name) if actual.computed and actual.is_blank else None
    at = place(actual.cell)
    result = chosen_variant(figure, sheet).value(amounts) if figure and at else None
    if figure is None or at is None or result is None:
        return row
    alone = Geometry(sheet._replace(cells={at: Cell(result, "", FORMATS[figure.unit])}, merges=()))
    return row._replace(actual=worded(alone, at)._replace(cell=actual.cell, computed=True))


def chosen_variant(figure: Figure, sheet: Sheet) -> Variant:
    """选定的口径, which stands beside the figure's name, else the first."""
    choices = {str(cell.value).strip() for row in rows_named(figure.name, sheet) if (cell := sheet.cells.get((row, _CHOICE)))}
    return next((variant for variant in figure.variants if variant.name in choices), figure.variants[0])


def rows_named(name: str, sheet: Sheet) -> list[int]:
    """基础数据中以此为名的行: amounts and results may share a name."""
    return [row for (row, column), cell in sheet.cells.items() if column == _NAME and bare(str(cell.value)) == name]
