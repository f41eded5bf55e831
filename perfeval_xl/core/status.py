"""填报状态: one word per row on what is still to do."""

from __future__ import annotations

from perfeval_xl.core.evaluation import compared, is_blank


def status(weight: float | None, target: object, actual: object, score: float | None, reason: str, rule: str = "") -> str:
    """填报状态 of an indicator row; "" for an untouched row.

    ``rule`` is accepted for symmetry with the score; the status looks at numbers only.

    >>> status(5, "≥33%", "33.84%", 5, ""), status(2, "=0%", "0.11%", 0, ""), status(5, "≥1家", "3%", 5, "")
    ('达标', '请写原因', '请核对单位')
    """
    del rule
    if is_blank(actual) and score is None:
        return "" if is_blank(target) else "未填写"
    if weight is not None and score is not None and score > weight:
        return "得分大于分值"
    lost = weight is not None and score is not None and score < weight
    try:
        measure = compared(target, actual)
    except ValueError as error:
        return "请核对单位" if "比较" in str(error) else _worded(lost=lost, reason=reason)
    missed = measure is not None and not measure.may_be_met
    if (lost or missed) and not reason.strip():
        return "请写原因"
    return "未达标" if missed else _worded(lost=lost, reason=reason)


def _worded(*, lost: bool, reason: str) -> str:
    return ("已说明" if reason.strip() else "请写原因") if lost else "达标"
