"""竖排式资金块: 预算数, 执行数, 执行率 one below the other, the sources of the money in columns beside them."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Value
from perfeval_xl.workbook.layout.funds_block import fund_of
from perfeval_xl.workbook.layout.header_words import (
    AMOUNT_COLUMNS,
    FUND_TITLES,
    MONEY_COLUMNS,
    fund_role,
    head_role,
)
from perfeval_xl.workbook.layout.heading import money_unit_in
from perfeval_xl.workbook.layout.rate_scale import settled_rates
from perfeval_xl.workbook.layout.value import amount, figure, points, rate, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_MOST_BETWEEN = 2       # rows between the names of the sources and the first amounts: a row 单位 | 万元


class TransposedFunds(Record):
    """竖排的资金: its funds, the rows it takes, the money unit and the cell that states it."""

    funds: list[Fund]
    rows: range
    money_unit: str
    money_cell: Place | None


def transposed_funds(geometry: Geometry, rows: Iterable[int], head: Iterable[int]) -> TransposedFunds | None:
    """竖排的资金块 in some rows; None where there is none."""
    rows = [*rows]
    for start in rows:
        for column in geometry.own(start):
            lines = _lines(geometry, start, column, rows)
            if _is_block(geometry, lines):
                return _block(geometry, lines, head)
    return None


def _lines(geometry: Geometry, start: int, column: int, rows: list[int]) -> dict[str, Place]:
    """The labels from a cell down in its column, by use; they end where a row names no use or one a second time."""
    lines: dict[str, Place] = {}
    for row in rows[rows.index(start) :]:
        role = fund_role(geometry.words((row, column)))
        if role == "other" and lines:
            continue
        if role in lines or role not in FUND_TITLES or _names_more(geometry, row, column):
            break
        lines[role] = (row, column)
    return lines


def _names_more(geometry: Geometry, row: int, column: int) -> bool:
    """Further labels in a row: a header or pairs, which are read elsewhere."""
    return any(at > column and fund_role(geometry.words((row, at))) for at in geometry.own(row))


def _is_block(geometry: Geometry, lines: dict[str, Place]) -> bool:
    amounts = [role for role in lines if role in AMOUNT_COLUMNS]
    return len(amounts) > 1 and "executed" in amounts and bool(_value_columns(geometry, lines))


def _value_columns(geometry: Geometry, lines: dict[str, Place]) -> list[int]:
    """Columns of the cells beside the labels that hold an amount in some row."""
    columns = {
        at
        for role, (row, column) in lines.items()
        if role in AMOUNT_COLUMNS
        for at in geometry.own(row)
        if at > column and _is_amount(geometry, (row, at))
    }
    return sorted(columns)


def _is_amount(geometry: Geometry, place: Place) -> bool:
    text = geometry.words(place)
    return not text or figure(text) is not None


def _block(geometry: Geometry, lines: dict[str, Place], head: Iterable[int]) -> TransposedFunds:
    taken = [row for row, _ in lines.values()]
    columns = _value_columns(geometry, lines)
    top = _names_row(geometry, min(taken), columns)
    first = min(taken) if top is None else min(_over(geometry, top, column)[0] for column in columns)
    stated = range(first, max(taken) + 1)
    unit, unit_cell = money_unit_in(geometry, stated, [row for row in head if row not in stated])
    funds: list[Fund] = []
    for column in columns:
        label = _label(geometry, lines, top, column, is_only=len(columns) == 1)
        if label is None:
            geometry.note((min(taken), column), "这一列金额上面没有资金来源的名称, 没有读入")
            continue
        funds.append(fund_of(worded(geometry, label), {role: _field(geometry, role, row, column, unit) for role, (row, _) in lines.items()}))
    percent = "rate" in lines and "%" in geometry.words(lines["rate"])
    return TransposedFunds(settled_rates(geometry, funds, is_percent=percent), range(stated.start, stated.stop), unit, unit_cell)


def _names_row(geometry: Geometry, first: int, columns: list[int]) -> int | None:
    """The row above the amounts that names a source over each of them."""
    for row in range(first - 1, first - 2 - _MOST_BETWEEN, -1):
        names = [geometry.words(_over(geometry, row, column)) for column in columns]
        is_line = any(head_role(geometry.words((row, column))) for column in geometry.own(row) if column < columns[0])
        if not is_line and all(name and figure(name) is None and not name.endswith("元") for name in names) and len(set(names)) == len(names):
            return row
    return None


def _over(geometry: Geometry, row: int, column: int) -> Place:
    """The name in a row over a column, also one merged down into the row; not one merged over several columns."""
    place = geometry.anchor(row, column)
    return place if place[1] == column else (row, column)


def _label(geometry: Geometry, lines: dict[str, Place], top: int | None, column: int, *, is_only: bool) -> Place | None:
    """The name over a column of amounts; for a single column without one the label of the block, or of its first line."""
    if top is not None:
        return _over(geometry, top, column)
    if not is_only:
        return None
    row, at = min(lines.values())
    left = geometry.anchor(row, at - 1) if at > 1 else (row, at)
    return left if geometry.words(left) else (row, at)


def _field(geometry: Geometry, role: str, row: int, column: int, money_unit: str) -> Value:
    place = geometry.anchor(row, column)
    if place != (row, column):
        return ABSENT
    if role == "reason":
        return worded(geometry, place)
    if role in MONEY_COLUMNS:
        return amount(geometry, place, money_unit)
    return rate(geometry, place) if role == "rate" else points(geometry, place)
