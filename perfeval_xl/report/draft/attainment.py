"""完成情况: one sentence for an indicator: target, result, difference with its direction word, points."""

from __future__ import annotations

from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import percent, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN
from perfeval_xl.report.draft.piece import FACT, Part, Run, gap, one_line, points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import IndicatorResult
    from perfeval_xl.core.reading.target import Reading
    from perfeval_xl.core.table import Value

_MEASURED = ("numeric", "interval")
_LONGEST_NUMBER = 16
_MOST_DIGITS = 6
_EXACT = ("plain", "=", None)
_TIMES = 3      # a result many times the target says more in itself than as a percentage


def indicator_name(result: IndicatorResult) -> Run:
    """The indicator's own name on one line."""
    indicator = result.indicator
    value = next((cell for cell in (indicator.level3, indicator.level2, indicator.level1) if one_line(cell.text)), None)
    return gap("指标名称") if value is None else Run(FACT, one_line(value.text).rstrip("。.；;，,：:"), value.cell)


def attainment(result: IndicatorResult) -> Iterator[Part]:
    """The parts of the sentence, without its full stop."""
    target, actual = result.indicator.target, result.indicator.actual
    yield indicator_name(result)
    if one_line(target.text):
        yield from ("指标值为", _value(target, result.target, result), "，")
    elif target.exists:
        yield from ("指标值为", gap("指标值"), "，")
    verb = "实际完成" if result.actual.kind in (*_MEASURED, "missing") else "完成情况为"
    yield from (verb, _value(actual, result.actual, result))
    if isinstance(result.measure, Measure):
        yield from compared(result.measure, is_exact=result.actual.op in _EXACT)
    yield from pointed(result)


def _value(value: Value, reading: Reading, result: IndicatorResult) -> Run:
    """A number as displayed with its unit, other texts in quotation marks."""
    text = one_line(value.text).rstrip("。；;")
    if not text:
        return gap("完成值" if value is result.indicator.actual else "指标值")
    if reading.kind not in _MEASURED or len(text) > _LONGEST_NUMBER or any(mark in text for mark in "，,、；; "):
        return Run(FACT, f"“{text}”", value.cell)
    unit = one_line(result.indicator.unit.text)
    bare = reading.unit in (None, "1") and reading.dimension == "none"
    return Run(FACT, f"{text}{unit}" if bare and unit and not text.endswith(unit) else text, value.cell)


def compared(measure: Measure, *, is_exact: bool) -> Iterator[Part]:
    """，高于指标值0.84个百分点，完成年度目标 — nothing where the printed numbers leave it open.

    ``is_exact``: the result is a plain number; 超过90% gives no difference.
    """
    if measure.may_be_met and measure.may_be_missed and not measure.is_met:
        return
    verdict = "完成年度目标" if measure.is_met else "未完成年度目标"
    gap_of = measure.actual - measure.bound
    if measure.direction == WITHIN and measure.is_met:
        yield "，在指标值区间内"
    elif is_exact:
        yield from _difference(measure, gap_of) if gap_of else ("，与指标值持平",)
    if measure.is_certain:
        yield f"，{verdict}"


def _difference(measure: Measure, difference: float) -> Iterator[Part]:
    word = "高于" if difference > 0 else "低于"
    end = "" if measure.direction in (HIGHER, LOWER) else "下限" if difference < 0 else "上限"
    if measure.is_ratio:
        size = plain(rounded(abs(difference) * 100, _MOST_DIGITS), _MOST_DIGITS)
        yield from (f"，{word}指标值{end}", Run(FACT, f"{size}个百分点"))
        return
    yield f"，{word}指标值{end}"
    rate = measure.actual / measure.bound if measure.bound > 0 else None
    if rate is not None and 0 < rate <= _TIMES:
        yield from (f"，相当于指标值{end}的", Run(FACT, percent(rate)))


def pointed(result: IndicatorResult) -> Iterator[Part]:
    """，满分5分，得5分 — for points merged over several rows, over how many."""
    indicator = result.indicator
    if not result.score_rows:
        return
    if result.weight_rows > 1 or result.score_rows > 1:
        yield f"，与以下各项合并计分（共{max(result.weight_rows, result.score_rows)}项）"
    if indicator.weight.number is not None:
        yield from ("，满分", points(indicator.weight.number, indicator.weight.cell, ""))
    if result.score is not None:
        yield from ("，得", points(result.score, indicator.written_score.cell, ""))
    elif indicator.weight.number is not None or indicator.written_score.exists:
        yield from ("，得", gap("得分"))
