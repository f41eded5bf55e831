"""E 原因: what was not reached is explained, and the explanation fits the numbers."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import percent, plain
from perfeval_xl.core.rate import is_over_completed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLAIMS = {
    **dict.fromkeys(("超额完成",), "met"),
    **dict.fromkeys(("未完成目标", "未达到目标", "未达到指标", "未完成指标"), "missed"),
    **dict.fromkeys(("超过目标值", "高于目标值", "高于指标值", "超过指标值"), "above"),
    **dict.fromkeys(("低于目标值", "低于指标值"), "below"),
}
_NEGATIONS = ("无", "没有", "不存在", "并非")


def shortfall_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """E01 未完成须写原因: points were lost or the target is certainly missed, and the reason cell is empty.

    Judged only where the form has the column. A target without a sign that may be meant as a ceiling is asked,
    not refused. Rows without target and actual are A02's.
    """
    for number, result in numbered(assessment):
        indicator, weight = result.indicator, result.indicator.weight.number
        if not indicator.reason.exists or not indicator.reason.is_blank:
            continue
        is_scored = indicator.written_score.exists and result.weight_rows == result.score_rows
        lost = is_scored and result.score is not None and weight is not None and result.score < weight
        measure = result.measure
        missed = isinstance(measure, Measure) and measure.is_certain and not measure.may_be_met
        missed = missed and (result.computed_score is None or weight is None or result.computed_score < weight)
        if lost or missed:
            level = EXPLAIN if not lost and isinstance(measure, Measure) and not measure.is_evident else ""
            said = f"得分 {plain(result.score or 0.0)} 低于分值 {plain(weight or 0.0)}" if lost else f"完成值 {shown(indicator.actual)} 没有达到指标值 {shown(indicator.target)}"
            yield Mismatch(
                indicator.reason, row_item(result), f"{said}, 但没有写未完成原因和改进措施", "请写明原因和改进措施",
                "空", "原因和改进措施",
                _row_cells(result) if missed or indicator.written_score.computed else _point_cells(result), level, number,
            )  # fmt: skip


def excess_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """E02 大幅超额须写原因, on forms without scores (with scores it is B10). Blanks are A02's."""
    threshold = assessment.rules.number("threshold.over_completion", 1.3)
    for number, result in numbered(assessment):
        indicator, measure = result.indicator, result.measure
        if indicator.written_score.exists or not indicator.reason.exists or not indicator.reason.is_blank:
            continue
        if isinstance(measure, Measure) and measure.is_certain and is_over_completed(measure, threshold):
            yield Mismatch(
                indicator.reason, row_item(result),
                f"完成值 {shown(indicator.actual)} 是指标值 {shown(indicator.target)} 的 {percent(result.completion_rate or 0.0)}, 没有说明原因",
                "请写明大幅超额的原因", "空", "原因", _row_cells(result), row=number,
            )  # fmt: skip


def words_fit_numbers(assessment: Assessment) -> Iterator[Mismatch]:
    """E05 文字与数字方向一致: the reason does not claim the opposite of the numbers. A blank is E01's."""
    for number, result in numbered(assessment):
        text, measure = result.indicator.reason.text, result.measure
        if not text or not isinstance(measure, Measure) or not measure.is_certain:
            continue
        claims = [word for word in _CLAIMS if _is_claimed(text, word)]
        wrong = next((word for word in claims if _is_refuted(word, measure)), "")
        if wrong and len({_CLAIMS[word] for word in claims}) == 1:
            yield Mismatch(
                result.indicator.reason, row_item(result),
                f"原因写「{wrong}」, 而完成值 {shown(result.indicator.actual)} 对指标值 {shown(result.indicator.target)} 正好相反",
                "请改正文字或数值", wrong, "与数值一致的说法", _row_cells(result), row=number,
            )  # fmt: skip


def _is_refuted(word: str, measure: Measure) -> bool:
    """Whether no true values behind the printed ones agree with the claim; above and below speak of the numbers alone."""
    claim = _CLAIMS[word]
    if claim == "met":
        return not measure.may_be_met
    if claim == "missed":
        return not measure.may_be_missed
    if claim == "above":
        return measure.actual_range.high < (measure.low if measure.direction == HIGHER else measure.high)
    return measure.actual_range.low > (measure.high if measure.direction == LOWER else measure.low)


def _is_claimed(text: str, word: str) -> bool:
    place = text.find(word)
    return place >= 0 and not any(text[max(0, place - 3) : place].endswith(negation) for negation in _NEGATIONS)


def _point_cells(result: IndicatorResult) -> tuple[str, ...]:
    indicator = result.indicator
    return cells(indicator.reason, indicator.written_score, indicator.weight)


def _row_cells(result: IndicatorResult) -> tuple[str, ...]:
    indicator = result.indicator
    return cells(indicator.reason, indicator.written_score, indicator.weight, indicator.target, indicator.actual)
