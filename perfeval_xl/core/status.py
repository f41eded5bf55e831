"""填报状态: one word per row on what is still to do."""

from __future__ import annotations

from perfeval_xl.core.evaluation import compared, is_blank
from perfeval_xl.core.rule import Rule, parse_rule


def status(weight: float | None, target: object, actual: object, score: float | None, reason: str, rule: str = "") -> str:
    """填报状态 of an indicator row; "" for an untouched row.

    ``rule`` matters where it states a direction. A blank actual value beside a target is 未填写 whatever the score; a
    blank target, weight or score is not judged.

    >>> status(5, "≥33%", "33.84%", 5, ""), status(2, "=0%", "0.11%", 0, ""), status(5, "≥1家", "3%", 5, "")
    ('达标', '请写原因', '请核对单位')
    >>> status(5, "5天", "7天", 5, "", "proportional(direction=lower)")
    '请写原因'
    """
    if is_blank(actual) and score is None:
        return "" if is_blank(target) else "未填写"
    if weight is not None and score is not None and score > weight:
        return "得分大于分值"
    if is_blank(actual) and not is_blank(target):
        return "未填写"
    lost = weight is not None and score is not None and score < weight
    try:
        measure = compared(target, actual, _direction(rule))
    except ValueError as error:
        return "请核对单位" if "比较" in str(error) else _worded(lost=lost, reason=reason)
    missed = measure is not None and not measure.may_be_met
    if (lost or missed) and not reason.strip():
        return "请写原因"
    return "未达标" if missed else _worded(lost=lost, reason=reason)


def _direction(rule: str) -> str:
    parsed = parse_rule(rule) if rule else None
    return parsed.direction if isinstance(parsed, Rule) else ""


def _worded(*, lost: bool, reason: str) -> str:
    return ("已说明" if reason.strip() else "请写原因") if lost else "达标"
