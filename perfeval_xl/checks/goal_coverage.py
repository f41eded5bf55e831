"""年度目标与指标: quantities of the goal text that an indicator about the same thing states otherwise."""

from __future__ import annotations

from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.reading.quantity import quantities
from perfeval_xl.core.reading.spelling import spelled
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import IndicatorResult
    from perfeval_xl.core.reading.quantity import Quantity

_PARTS = ("其中", "每", "各", "人均", "户均", "亩均", "平均", "第", "前", "上年", "去年", "现有", "原有", "已有", "累计", "约", "近", "包括", "含", "分别", "涉及")
_GENERIC = frozenset("完成开展项目建设工作指标数量新建实施达到计划年度目标全县全市全区任务")
_LEAST_COMMON = 3
_MARKS = ",。;，；、:("
_MOST_ROWS = 12


def uncovered(goal: str, indicators: Sequence[IndicatorResult], dimensions: Sequence[str]) -> Iterator[tuple[str, IndicatorResult]]:
    """目标里有而指标里没有的数量, as printed, with the indicator about the same thing.

    ``dimensions``: which kinds of quantities are looked at. The number must stand in no target, result or name, and be no
    sum of targets in its unit.
    """
    text = spelled(goal)
    rows = [result for result in indicators if result.target.kind == "numeric"][: _MOST_ROWS * 4]
    for quantity in quantities(text):
        unit = quantity.unit
        if unit is None or unit.dimension not in dimensions or quantity.per or quantity.value <= 1 or not quantity.sure:
            continue
        clause = _clause(text, quantity)
        alike = [row for row in rows if (row.target.unit or "").lstrip("千万亿") == unit.printed.lstrip("千万亿")]
        if not alike or any(word in clause for word in _PARTS) or _is_known(quantity, alike, indicators):
            continue
        same = next((row for row in alike if _common(clause, _subject(row)) >= _LEAST_COMMON), None)
        if same is not None:
            yield plain(quantity.value) + unit.printed, same


def _is_known(quantity: Quantity, alike: Sequence[IndicatorResult], indicators: Sequence[IndicatorResult]) -> bool:
    value = quantity.value * (quantity.unit.factor if quantity.unit else 1.0)
    numbers = [_in_base(row.target.low if row.target.low is not None else row.target.high, row) for row in alike]
    if any(_is_close(number, value) for number in numbers) or _is_close(exact_sum(numbers), value) or _is_sum(numbers[:_MOST_ROWS], value):
        return True
    results = [_in_base(row.actual.low, row) for row in alike if row.actual.unit == row.target.unit]
    return any(_is_close(number, value) for number in results) or any(plain(quantity.value) in spelled(row.indicator.name) for row in indicators)


def _in_base(number: float | None, row: IndicatorResult) -> float:
    return (number or 0.0) * (row.target.factor_to_base or 1.0)


def _is_close(number: float, value: float) -> bool:
    return abs(number - value) <= 1e-9 * max(abs(value), 1.0)


def _is_sum(numbers: Sequence[float], value: float) -> bool:
    sums = {0.0}
    for number in numbers:
        sums |= {total + number for total in sums}
    return any(_is_close(total, value) for total in sums)


def _clause(text: str, quantity: Quantity) -> str:
    """What stands before the quantity in its clause, and the word right behind it."""
    start = max((text.rfind(mark, 0, quantity.start) for mark in _MARKS), default=-1) + 1
    behind = text[quantity.end : quantity.end + 8]
    for mark in _MARKS:
        behind = behind.partition(mark)[0]
    return text[start : quantity.start] + "|" + behind


def _subject(row: IndicatorResult) -> str:
    return spelled(row.indicator.name).partition("(")[0]


def _common(first: str, second: str) -> int:
    """Length of the longest run of characters in both that is not made of general words alone."""
    best = 0
    for start in range(len(second)):
        end = start + best + 1
        while end <= len(second) and second[start:end] in first:
            if not set(second[start:end]) <= _GENERIC and not any(c.isdigit() for c in second[start:end]):
                best = end - start
            end += 1
    return best
