"""偏差: relative deviation and difference in percentage points; the two are never mixed."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import WITHIN

if TYPE_CHECKING:
    from perfeval_xl.core.measure import Measure


def deviation_rate(measure: Measure) -> float | None:
    """偏差率 = (完成值 − 指标值) ÷ 指标值 = 完成率 − 1, a ratio; 0 inside an interval, None for a target of zero.

    The sign is that of the number: for lower-is-better indicators a positive deviation is unfavourable.
    """
    if measure.direction == WITHIN and measure.is_met:
        return 0.0
    if not measure.bound:
        return None
    return float(f"{(measure.actual - measure.bound) / abs(measure.bound):.15g}")


def deviation_points(measure: Measure) -> float | None:
    """偏差百分点 = 完成值 − 指标值 in percentage points; 0 inside an interval, None unless the target is in %."""
    if not measure.is_ratio:
        return None
    if measure.direction == WITHIN and measure.is_met:
        return 0.0
    return float(f"{(measure.actual - measure.bound) * 100:.12g}")
