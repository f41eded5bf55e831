"""标在格里的资金: 年初预算：120万元 | 执行数：112.7万元 | 执行率：98%, each amount behind its label in one cell."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import TEXT, Fund, Value
from perfeval_xl.workbook.layout.funds_block import fund_of
from perfeval_xl.workbook.layout.header_words import AMOUNT_COLUMNS, FUND_TITLES, MONEY_COLUMNS, fund_role
from perfeval_xl.workbook.layout.rate_scale import settled_rates
from perfeval_xl.workbook.layout.value import MONEY, Figure, figure, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place


class LabelledFund(Record):
    """一行标在格里的资金, its row, the money unit and the cell that states it."""

    fund: Fund
    row: int
    money_unit: str
    money_cell: Place


def labelled_fund(geometry: Geometry, rows: Iterable[int]) -> LabelledFund | None:
    """标在格里的资金 of the first row that has it; None where no row has, or where its amounts differ in unit."""
    for row in rows:
        named = _named(geometry, [(row, column) for column in geometry.own(row)])
        amounts = [found for role, (_, found) in named.items() if role in AMOUNT_COLUMNS]
        if len(named) > 1 and amounts and "executed" in named:
            return _read(geometry, row, named, {found.suffix for found in amounts})
    return None


def _named(geometry: Geometry, places: list[Place]) -> dict[str, tuple[Place, Figure]]:
    """Cells of a label and a figure by use."""
    named: dict[str, tuple[Place, Figure]] = {}
    for place in places:
        role, found = _role(geometry, place), _figure(geometry, place)
        if role and found is not None:
            named.setdefault(role, (place, found))
    return named


def _role(geometry: Geometry, place: Place) -> str:
    label, colon, _ = geometry.words(place).partition(":")
    role = fund_role(label) if colon else ""
    return role if role in FUND_TITLES else ""


def _figure(geometry: Geometry, place: Place) -> Figure | None:
    return figure(geometry.words(place).partition(":")[2])


def _read(geometry: Geometry, row: int, named: dict[str, tuple[Place, Figure]], units: set[str]) -> LabelledFund | None:
    if len(units) > 1 or not units <= {"", *MONEY}:
        return None
    own = geometry.own(row)
    first = min(place for place, _ in named.values())
    label = worded(geometry, (row, own[0]) if own[0] < first[1] else first)
    fields = {role: _value(geometry, place, found, is_money=role in MONEY_COLUMNS) for role, (place, found) in named.items()}
    (fund,) = settled_rates(geometry, [fund_of(label, fields)], is_percent=False)
    return LabelledFund(fund, row, units.pop(), first)


def _value(geometry: Geometry, place: Place, found: Figure, *, is_money: bool) -> Value:
    whole = worded(geometry, place)
    scale = 0.01 if found.suffix == "%" else 1.0
    text = whole.text.replace("：", ":").partition(":")[2].strip()
    number = found.number if is_money else float(f"{found.number * scale:.15g}")
    return Value(whole.cell, text, number, found.ulp * (1.0 if is_money else scale), TEXT, whole.computed)
