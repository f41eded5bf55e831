"""执行率的刻度: whether a plain number in the rate column is a ratio (0.99) or a percentage (99)."""

from __future__ import annotations

from math import log

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.layout.value import scaled

if TYPE_CHECKING:
    from perfeval_xl.core.table import Fund, Value
    from perfeval_xl.workbook.layout.geometry import Geometry

_RATIO, _PERCENTAGE = 1.0, 0.01
_COARSEST = 0.01        # a ratio written as 1 means 100 %
_SAME = log(1.02)       # written with two digits: 0.99 for 0.985
_HIGHEST_RATIO, _LOWEST_PERCENTAGE = 1.5, 3.0   # execution of 150 % and more, or of less than 3 %, is not assumed


def settled_rates(geometry: Geometry, funds: list[Fund], *, is_percent: bool) -> list[Fund]:
    """各行执行率化为比率: a percent sign settles it, then the header's (%), then amounts, rows beside, plain size.

    Under a header with (%) a number that is the very quotient of its row's amounts is still a ratio.
    Where nothing settles it the number is left out and noted.
    """
    scales = [_scale(fund, is_percent=is_percent) for fund in funds]
    known = {scale for fund, scale in zip(funds, scales, strict=True) if scale and fund.written_rate.number}
    column = known.pop() if len(known) == 1 else None
    return [_settled(geometry, fund, scale, column) for fund, scale in zip(funds, scales, strict=True)]


def _scale(fund: Fund, *, is_percent: bool) -> float | None:
    """The scale that the row itself settles; None for a row without a plain rate or without a hint."""
    rate = fund.written_rate.number
    if rate is None or _is_signed(fund.written_rate):
        return None
    off = _off_the_quotient(fund, rate)
    if is_percent:
        return _RATIO if off is not None and abs(off) < _SAME else _PERCENTAGE
    if off is None:
        return None
    return _RATIO if off < log(100) / 2 else _PERCENTAGE


def _off_the_quotient(fund: Fund, rate: float) -> float | None:
    """How far the number is from 执行数 ÷ 预算数, as a logarithm: 0 for a ratio, log 100 for a percentage."""
    budget, executed = fund.budget.number or fund.initial_budget.number, fund.executed.number
    if not budget or not executed or rate <= 0 or executed / budget <= 0:
        return None
    return log(rate) - log(executed) + log(budget)


def _settled(geometry: Geometry, fund: Fund, scale: float | None, column: float | None) -> Fund:
    rate = fund.written_rate
    if not rate.number or _is_signed(rate):
        return fund
    settled = scale or (column if abs(rate.number) < _LOWEST_PERCENTAGE else None) or _by_size(rate.number)
    if settled is None:
        geometry.note(place(rate.cell) or (1, 1), f"执行率“{rate.text}”没有百分号, 无法确定是 {rate.text} 倍还是 {rate.text}%, 请写成百分数")
        return fund._replace(written_rate=rate._replace(number=None, ulp=0.0))
    ratio = scaled(rate, settled)
    return fund._replace(written_rate=ratio._replace(ulp=min(ratio.ulp, _COARSEST) if ratio.ulp >= 1 else ratio.ulp))


def _by_size(rate: float) -> float | None:
    if abs(rate) <= _HIGHEST_RATIO:
        return _RATIO
    return _PERCENTAGE if abs(rate) >= _LOWEST_PERCENTAGE else None


def _is_signed(rate: Value) -> bool:
    return rate.text.endswith(("%", "％"))
