"""单项计算: score, completion and deviation of one indicator from what stands in its cells."""

from __future__ import annotations

from perfeval_xl.core.deviation import deviation_points, deviation_rate
from perfeval_xl.core.measure import COST_LEVEL, NO_NUMBER, Measure, measured
from perfeval_xl.core.rate import completion_rate
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.record import Record
from perfeval_xl.core.rule import Rule, parse_rule
from perfeval_xl.core.scoring import bounded_score


class Evaluation(Record):
    """单项结果; None where a value is blank or there is nothing to compute."""

    score: float | None = None
    completion_rate: float | None = None
    deviation_rate: float | None = None
    deviation_points: float | None = None


def measured_score(rule: Rule, weight: float, measure: Measure) -> float:
    """得分 of a measured indicator under a computing rule, 0…weight."""
    return bounded_score(rule, measure.direction, weight, measure.low, measure.high, measure.actual, points=measure.is_ratio)


def compared(target: object, actual: object, direction: str = "", indicator: str = "") -> Measure | None:
    """Both cells on one scale; None when one is blank; ValueError when they cannot be compared.

    ``indicator``: its name, which says what a target without sign or unit means.

    >>> compared("≥3.34亿元", "35407万元").actual
    354070000.0
    """
    if is_blank(target) or is_blank(actual):
        return None
    name = indicator.removesuffix(COST_LEVEL)
    asked, done = read_text(target, role="target", indicator=name), read_text(actual, role="actual", indicator=name)
    measure = measured(asked, done, indicator, direction)
    if isinstance(measure, str):
        raise ValueError("指标值与完成值不能比较" if measure != NO_NUMBER else "指标值或完成值不是数量")
    return measure


def is_blank(value: object) -> bool:
    """空白: nothing typed, or only spaces; zero is not blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def evaluated(weight: float | None, target: object, actual: object, rule: str = "", indicator: str = "") -> Evaluation:
    """Score and deviations of one indicator. Blanks give None; what cannot be compared raises ValueError.

    >>> evaluated(15, "8755", "8676").score
    14.86
    >>> evaluated(2, "=0%", "0.11%", "pass_fail")
    Evaluation(score=0.0, completion_rate=None, deviation_rate=None, deviation_points=0.11)
    """
    parsed = parse_rule(rule or "proportional")
    if isinstance(parsed, str):
        raise ValueError(parsed)
    if weight is not None and weight < 0:
        raise ValueError("分值不能小于 0")
    if parsed.is_judged:
        return Evaluation()
    measure = compared(target, actual, parsed.direction, indicator)
    if measure is None:
        return Evaluation()
    score = None if weight is None else measured_score(parsed, weight, measure)
    return Evaluation(score, completion_rate(measure), deviation_rate(measure), deviation_points(measure))
