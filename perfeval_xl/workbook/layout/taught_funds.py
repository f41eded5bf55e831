"""教会的资金块: rows by the columns or the very cells that an office wrote down, and what its own labels mean."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, TEXT, Fund, Value
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.layout.funds_block import FundsHeader, fund_of, fund_rows
from perfeval_xl.workbook.layout.header_words import MONEY_COLUMNS, bare
from perfeval_xl.workbook.layout.rate_scale import settled_rates
from perfeval_xl.workbook.layout.value import amount, points, rate, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry


def funds_by_column(
    geometry: Geometry, columns: dict[str, Column], rows: tuple[int, int], money_unit: str, *, is_bounded: bool
) -> list[Fund]:
    """资金各行 in some rows, first and last; unless ``is_bounded`` they end where another block begins."""
    amounts = {role: column for role, column in columns.items() if role != "label"}
    if not amounts:
        return []
    above = rows[0] - 1
    header = FundsHeader(above, above, amounts, None, rows[1], labels=columns.get("label"), is_bounded=is_bounded)
    return fund_rows(geometry, header, money_unit)[0]


def funds_by_cell(geometry: Geometry, rows: tuple[dict[str, str], ...], money_unit: str) -> list[Fund]:
    """资金各行 of which every cell was named."""
    return settled_rates(geometry, [_fund(geometry, row, money_unit) for row in rows], is_percent=False)


def _fund(geometry: Geometry, cells: dict[str, str], money_unit: str) -> Fund:
    fields = {role: _value(geometry, role, cell, money_unit) for role, cell in cells.items()}
    return fund_of(fields.pop("label", ABSENT), fields)


def _value(geometry: Geometry, role: str, cell: str, money_unit: str) -> Value:
    spot = geometry.anchor(*(place(cell) or (1, 1)))
    if role in ("label", "reason"):
        return worded(geometry, spot)
    if role in MONEY_COLUMNS:
        return amount(geometry, spot, money_unit)
    return rate(geometry, spot) if role == "rate" else points(geometry, spot)


def with_meanings(funds: list[Fund], labels: dict[str, str]) -> list[Fund]:
    """资金行 with the official words for what an office calls otherwise; ``labels`` from its words to the official ones."""
    meanings = {bare(own): Value(text=meaning, state=TEXT) for own, meaning in labels.items() if bare(own) != bare(meaning)}
    return [fund._replace(meaning=meanings.get(bare(fund.label.text), ABSENT)) for fund in funds]
