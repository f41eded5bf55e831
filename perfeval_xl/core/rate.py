"""完成率与执行率: ratios 0…1, unrounded."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import LOWER, WITHIN

if TYPE_CHECKING:
    from perfeval_xl.core.measure import Measure


def execution_rate(executed: float | None, budget: float | None) -> float | None:
    """预算执行率 = 全年执行数 ÷ 全年预算数, a ratio, unrounded.

    A blank on either side gives None; a budget of zero has no rate (None).
    Source: 财预〔2020〕10号 附件自评表表头 (条款待核).

    >>> execution_rate(1707.31, 1711.75)
    0.9974061632831897
    """
    if executed is None or not budget:
        return None
    return executed / budget


def completion_rate(measure: Measure) -> float | None:
    """完成率 = 完成值 ÷ 指标值, a ratio, unrounded; 1 inside an interval, None for a target of zero.

    For lower-is-better indicators it is the same quotient: above 1 is unfavourable.
    """
    if measure.direction == WITHIN and measure.is_met:
        return 1.0
    return measure.actual / measure.bound if measure.bound else None


def is_over_completed(measure: Measure, threshold: float) -> bool:
    """超额完成: certainly at or above ``threshold`` × target; only where more is better and the target is above 0."""
    if measure.direction in (LOWER, WITHIN) or measure.low <= 0:
        return False
    return measure.actual_range.low >= measure.low * threshold


def share(part: float | None, whole: float | None) -> float | None:
    """占比 = 部分 ÷ 总额, a ratio; a blank or a whole of zero gives None.

    >>> f"{share(92586, 103384):.4f}"
    '0.8956'
    """
    return None if part is None or not whole else part / whole


def payable_months(balance: float | None, monthly_expenditure: float | None) -> float | None:
    """静态可支付月数 = 累计结余 ÷ 月均支出, in months; a blank or no expenditure gives None.

    Whether 月均支出 is of the budget or of the accounts differs by office; the caller states it.

    >>> f"{payable_months(85139, 8478):.2f}"
    '10.04'
    """
    return None if balance is None or not monthly_expenditure else balance / monthly_expenditure
