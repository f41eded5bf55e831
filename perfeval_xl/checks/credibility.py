"""F 可信度: values a reviewing office will ask about."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SURVEY_WORDS = ("问卷", "调查", "测评", "回访", "评议")


def perfect_satisfaction_proved(assessment: Assessment) -> Iterator[Mismatch]:
    """F01 满意度满分须有调查: 99.9 % and above without a word of a survey. Blanks are A02's."""
    for number, result in numbered(assessment):
        indicator, actual = result.indicator, result.actual
        texts = f"{indicator.evidence.text} {indicator.reason.text} {indicator.actual.text}"
        if "满意" not in row_item(result) or actual.dimension != "ratio" or actual.op != "plain" or actual.low is None:
            continue
        if actual.low * (actual.factor_to_base or 0.01) >= 0.999 and not any(word in texts for word in _SURVEY_WORDS):
            yield Mismatch(
                indicator.actual, row_item(result), f"满意度 {shown(indicator.actual)} 接近满分, 没有写明调查依据", "请写明问卷份数或调查方式",
                shown(indicator.actual), "有调查依据", cells(indicator.actual, indicator.target), row=number,
            )  # fmt: skip


def satisfaction_is_a_number(assessment: Assessment) -> Iterator[Mismatch]:
    """F02 满意度应为实际数: «95%以上» is not a survey result. Blanks are A02's."""
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        if "满意" in row_item(result) and result.actual.kind == "numeric" and result.actual.op in (">=", ">", "<=", "<"):
            yield Mismatch(
                actual, row_item(result), f"满意度 {shown(actual)} 不是调查得出的实际数", "请填写调查结果的实际数值, 如 95.6%",
                shown(actual), "一个确定的数", cells(actual, result.indicator.target), row=number,
            )  # fmt: skip
