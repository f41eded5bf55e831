"""并列式资金块: 计划安排资金 | n | 实际支出 | n, with the sources of the money below each label."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Value
from perfeval_xl.workbook.layout.funds_block import fund_of
from perfeval_xl.workbook.layout.header_words import (
    AMOUNT_COLUMNS,
    BLOCKS_AFTER_FUNDS,
    FUND_TITLES,
    MONEY_COLUMNS,
    MONEY_WORDS,
    fund_role,
    head_role,
    header_key,
    is_filler,
)
from perfeval_xl.workbook.layout.rate_scale import settled_rates
from perfeval_xl.workbook.layout.value import MONEY, amount, figure, points, rate, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.geometry import Geometry, Place


_LONGEST_AMOUNT = 20


class Pair(Record):
    """并列的一栏: a column of labels and the columns of the values to its right."""

    role: str
    label: int
    first: int
    last: int


def fund_pairs(geometry: Geometry, row: int) -> dict[str, Pair]:
    """并列的资金栏 of a row by use; empty where values stand below their headers instead."""
    named = [column for column in geometry.own(row) if fund_role(geometry.words((row, column)))]
    pairs = _pairs(geometry, row, named)
    amounts = [pair for pair in pairs.values() if pair.role in AMOUNT_COLUMNS]
    if len(amounts) < 2 or not _values_beside(geometry, row, named, amounts):
        return {}
    _note_further(geometry, row, named, pairs)
    return pairs


def _note_further(geometry: Geometry, row: int, named: list[int], pairs: dict[str, Pair]) -> None:
    """A second pair of a use of money: which of them is meant nobody says."""
    for column in named:
        role = fund_role(geometry.words((row, column)))
        if role in AMOUNT_COLUMNS and pairs[role].label != column:
            geometry.note((row, column), f"有两栏都像“{FUND_TITLES[role]}”, 只读了前一栏")


def _pairs(geometry: Geometry, row: int, named: list[int]) -> dict[str, Pair]:
    ends = [*(column - 1 for column in named[1:]), geometry.last_column][: len(named)]
    pairs: dict[str, Pair] = {}
    for column, end in zip(named, ends, strict=True):
        first = geometry.end_column((row, column)) + 1
        role = fund_role(geometry.words((row, column)))
        if first > end:
            return {}
        pairs.setdefault(role, Pair(role, column, first, end))
    return pairs


def _values_beside(geometry: Geometry, row: int, named: list[int], amounts: list[Pair]) -> bool:
    """A number right beside a label, or the same labels again below each of them."""
    numbers = any(_is_amount(geometry, place) for place in _amount_places(geometry, row, amounts))
    below = [geometry.words((row + 1, column)) for column in named]
    return numbers or (below[0] != "" and len(set(below)) == 1)


def _amount_places(geometry: Geometry, row: int, amounts: list[Pair]) -> list[Place]:
    return [(row, column) for pair in amounts for column in geometry.own(row) if pair.first <= column <= pair.last]


def _is_amount(geometry: Geometry, place: Place) -> bool:
    """A number, also one typed as 86.4万元."""
    text = geometry.words(place)
    found = figure(text) if text else None
    return not text or (found is not None and found.suffix in ("", *MONEY))


def money_unit_beside(geometry: Geometry, row: int, pairs: dict[str, Pair]) -> tuple[str, Place | None]:
    """金额里写的单位 of the pairs of a row, and the first cell that states it; "" where none does or they differ."""
    amounts = [pair for pair in pairs.values() if pair.role in AMOUNT_COLUMNS]
    found = {place: stated.suffix for place in _amount_places(geometry, row, amounts) if (stated := figure(geometry.words(place)))}
    units = {unit for unit in found.values() if unit in MONEY}
    return (units.pop(), next(place for place, unit in found.items() if unit in MONEY)) if len(units) == 1 else ("", None)


def paired_rows(geometry: Geometry, pairs: dict[str, Pair], row: int, limit: int, money_unit: str) -> tuple[list[Fund], int]:
    """资金各行 from the row of the pairs down, and the last row of the block."""
    leading = min((pair for pair in pairs.values() if pair.role in AMOUNT_COLUMNS), key=lambda pair: pair.label)
    funds: list[Fund] = []
    further = _further(geometry, pairs, leading, row + 1) if row < limit else {}
    at = row
    while at <= limit and geometry.words((at, leading.label)):
        if at > row and _leaves(geometry, at, leading):
            break
        fields = {role: _field(geometry, pair, leading, at, row, money_unit) for role, pair in pairs.items()}
        if at == row:
            fields |= {role: _field(geometry, pair, pair, at + 1, at + 1, money_unit) for role, pair in further.items()}
        funds.append(fund_of(worded(geometry, (at, leading.label)), fields))
        at += 2 if further and at == row else 1
    percent = "rate" in pairs and "%" in geometry.words((row, pairs["rate"].label))
    percent = percent or ("rate" in further and "%" in geometry.words((row + 1, further["rate"].label)))
    return settled_rates(geometry, funds, is_percent=percent), at - 1


def _leaves(geometry: Geometry, row: int, leading: Pair) -> bool:
    """The label of another block, or a sentence where an amount should stand."""
    label = header_key(geometry.words((row, leading.label)))
    if label.endswith("目标") or any(word in label for word in BLOCKS_AFTER_FUNDS):
        return True
    text = geometry.words(geometry.anchor(row, leading.first))
    if figure(text) is not None or is_filler(text):
        return False
    return len(text) > _LONGEST_AMOUNT or (head_role(label) == "other" and not any(word in label for word in MONEY_WORDS))


def _further(geometry: Geometry, pairs: dict[str, Pair], leading: Pair, row: int) -> dict[str, Pair]:
    """预算执行率 | 96% | 结余 | 55 right below the amounts: more about the same money, none of it named above."""
    if fund_role(geometry.words((row, leading.label))) not in FUND_TITLES:
        return {}
    named = [column for column in geometry.own(row) if fund_role(geometry.words((row, column)))]
    below = _pairs(geometry, row, named)
    return below if not below.keys() & pairs.keys() and not below.keys() & {*AMOUNT_COLUMNS} else {}


def _field(geometry: Geometry, pair: Pair, leading: Pair, at: int, row: int, money_unit: str) -> Value:
    same = at == row or geometry.words((at, pair.label)) == geometry.words((at, leading.label))
    spot = geometry.spot(at, pair.first, pair.last)
    if spot is None or spot.is_lower:
        return ABSENT
    if not same:
        if not geometry.is_blank(spot.place) and pair.role != "other":
            geometry.note(spot.place, "这一格左边的资金来源与首列不同, 没有读入")
        return ABSENT
    if pair.role in MONEY_COLUMNS:
        return amount(geometry, spot.place, money_unit)
    return rate(geometry, spot.place) if pair.role == "rate" else points(geometry, spot.place)
