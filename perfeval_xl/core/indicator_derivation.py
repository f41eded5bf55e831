"""指标的来历: how score, completion and deviation of one indicator came about."""

from __future__ import annotations

from perfeval_xl.core.arithmetic import Work, approximate
from perfeval_xl.core.derivation import (
    COMPUTED,
    JUDGED,
    Derivation,
    Input,
    input_of,
    rule_named,
    shown,
    stands_for,
    with_score,
    written_text,
)
from perfeval_xl.core.evaluation import measured_score
from perfeval_xl.core.labels import DIRECTIONS
from perfeval_xl.core.measure import AMBIGUOUS_SCALE, NO_COMMON_SCALE, Measure
from perfeval_xl.core.number import Interval, percent, plain
from perfeval_xl.core.reading.reading_text import reading_text
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN
from perfeval_xl.core.scoring import score_expression

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.reading.target import Reading
    from perfeval_xl.core.table import Value

_BASE_UNITS = {"money": "元", "duration_month": "个月", "duration_day": "天", "duration_wday": "个工作日", "duration_min": "分钟", "area": "平方米", "length": "米", "weight": "公斤"}
_SIGNED = (">=", ">", "<=", "<", "between")
_NOT_MEASURED = {
    NO_COMMON_SCALE: "指标值与完成值的单位不同, 不能比较, 请先核对单位",
    AMBIGUOUS_SCALE: "一个带 % 一个不带, 数又在 0 与 1 之间, 分不清是 1 还是 100%, 请补上单位",
}
_NO_NUMBER = "指标值或完成值不是数量, 没有可算的数"


class Scale:
    """换算与写法 of one measure: both values in one printed unit where they share it, else in the base unit."""

    def __init__(self, result: IndicatorResult, measure: Measure) -> None:
        self._target, self._actual, self._measure = result.target, result.actual, measure
        factors = {reading.factor_to_base or 1.0 for reading in (result.target, result.actual) if reading.unit}
        self._factor = factors.pop() if len(factors) == 1 else 1.0

    def text(self, value: float) -> str:
        """A value of the measure as a person writes it in the arithmetic."""
        return f"{plain(value * 100, 6)}%" if self._measure.is_ratio else plain(value / self._factor)

    def steps(self) -> list[str]:
        """What had to be converted; nothing where both are written in one unit."""
        target, actual, measure = self._target, self._actual, self._measure
        said = []
        for name, bare, full in (("完成值", actual, target), ("指标值", target, actual)):
            if bare.unit in (None, "1") and full.unit not in (None, "1"):
                said.append(f"{name}没有写单位, 按另一栏的「{full.unit}」计")
        if measure.is_ratio or self._factor != 1.0 or (target.factor_to_base or 1.0) == (actual.factor_to_base or 1.0) == 1.0:
            return said
        unit = _BASE_UNITS.get(target.dimension or "", "")
        for name, reading, value in (("指标值", target, measure.bound), ("完成值", actual, measure.actual)):
            said.append(f"{name} {reading.raw} 换算为 {plain(value)}{unit}")
        return said


def score_derivation(result: IndicatorResult, assessment: Assessment) -> Derivation:
    """得分的来历."""
    indicator = result.indicator
    weight = input_of("分值", indicator.weight)
    text, meaning = rule_named(result.rule)
    about = Derivation(
        indicator.written_score.cell, "得分", indicator.name.strip(), COMPUTED, "得分由分值、指标值和完成值按评分规则计算",
        (weight, *inputs_of(result)), text, meaning, _basis(result, assessment), written=written_text(indicator.written_score),
    )  # fmt: skip
    judged = _judged(result)
    if judged:
        return about._replace(kind=JUDGED, sentence=judged)
    measure, points = result.measure, indicator.weight.number
    if result.computed_score is None or not isinstance(measure, Measure) or points is None:
        return about._replace(steps=(_obstacle(result),))
    steps = [*comparison_steps(result, measure), *_arithmetic(result, measure, points)]
    possible = _possible(result, measure, points)
    return with_score(about._replace(steps=tuple(steps)), result.computed_score, indicator.written_score, possible)


def _possible(result: IndicatorResult, measure: Measure, weight: float) -> Interval:
    ends = [measured_score(result.rule, weight, measure._replace(actual=end)) for end in (*measure.actual_range, measure.actual)]
    return Interval(min(ends), max(ends))


def _judged(result: IndicatorResult) -> str:
    if result.rule_error:
        return f"评分规则读不懂 ({result.rule_error}), 得分以填报的为准"
    if not result.stands_alone:
        return "分值或得分与相邻的行合并, 不属于一个指标值, 得分由人填写"
    return f"得分由人评定: {rule_named(result.rule)[1]}" if result.rule.is_judged else ""


def _obstacle(result: IndicatorResult) -> str:
    weight = result.indicator.weight.number
    if weight is None or weight < 0:
        return "没有可用的分值, 还不能计算"
    return "指标值或完成值还是空的, 还不能计算" if "missing" in (result.target.kind, result.actual.kind) else why_not_measured(result)


def why_not_measured(result: IndicatorResult) -> str:
    """Why target and actual cannot be compared."""
    return _NOT_MEASURED.get(str(result.measure), _NO_NUMBER)


def _basis(result: IndicatorResult, assessment: Assessment) -> str:
    if result.indicator.rule and result.indicator.rule != assessment.rules.default_rule_text:
        return "评分规则表上为本项写明的规则"
    return assessment.rules.basis("rule.default")


def inputs_of(result: IndicatorResult) -> tuple[Input, Input]:
    """指标值与完成值 as they were read."""
    indicator, target, actual = result.indicator, result.target, result.actual
    number = actual.low if actual.low is not None else actual.high
    is_measured = isinstance(result.measure, Measure) and result.measure.actual_range.low < result.measure.actual_range.high
    meant = stands_for(number, actual.ulp, actual.unit or "") if is_measured else ""
    return (
        Input("指标值", indicator.target.cell, shown(indicator.target), _read(indicator.target, target)),
        Input("完成值", indicator.actual.cell, shown(indicator.actual), _read(indicator.actual, actual), meant),
    )


def _read(value: Value, reading: Reading) -> str:
    return "" if value.is_blank else reading_text(reading._replace(raw="", qualitative=None)).partition("」: ")[2]


def comparison_steps(result: IndicatorResult, measure: Measure) -> list[str]:
    """方向和换算."""
    if result.rule.direction:
        source = "评分规则写明"
    elif result.target.op in _SIGNED:
        source = "由指标值的符号看出"
    else:
        source = "指标值没有写方向, 由数值和指标名称判断" + ("" if measure.is_certain else ", 把握不大")
    return [f"方向: {DIRECTIONS[measure.direction]} ({source})", *Scale(result, measure).steps()]


def _arithmetic(result: IndicatorResult, measure: Measure, weight: float) -> list[str]:
    scale = Scale(result, measure)
    low, high = ("指标值", "指标值") if measure.direction != WITHIN else ("下限", "上限")
    values = {"weight": weight, "low": measure.low, "high": measure.high, "actual": measure.actual, "scale": 100.0 if measure.is_ratio else 0.0}
    work = Work(values, lambda name, value: plain(value) if name in ("weight", "scale") else scale.text(value), {"low": low, "high": high, "actual": "完成值"})
    direction = measure.direction if measure.direction in (HIGHER, LOWER) else WITHIN
    score = work.out(score_expression(result.rule, direction)).value
    steps = [*work.steps, _said_of(score, weight, measure)]
    possible = _possible(result, measure, weight)
    if possible.low != possible.high:
        steps.append(f"按印出的完成值, 得分在 {plain(possible.low)} 与 {plain(possible.high)} 之间都有可能")
    return [step for step in steps if step]


def _said_of(score: float, weight: float, measure: Measure) -> str:
    if measure.is_met:
        return f"达到指标值, 得满分 {plain(weight)}"
    return "没有达到指标值, 按规则得 0 分" if score == 0 else ""


def completion_derivation(result: IndicatorResult) -> Derivation:
    """完成率的来历."""
    about, measure = _about(result, "完成率", "完成率 = 完成值 ÷ 指标值"), result.measure
    if not isinstance(measure, Measure):
        return about._replace(steps=(_obstacle(result),))
    rate, steps = result.completion_rate, comparison_steps(result, measure)
    if rate is None:
        return about._replace(steps=(*steps, "指标值为 0, 没有完成率"))
    if measure.direction == WITHIN and measure.is_met:
        return about._replace(steps=(*steps, "完成值在区间内, 完成率按 100% 计"), result=percent(rate))
    scale = Scale(result, measure)
    line = f"{scale.text(measure.actual)} ÷ {scale.text(measure.bound)} = {approximate(rate)} → {percent(rate)}"
    return about._replace(steps=(*steps, line, *_range_of_rate(measure)), result=percent(rate))


def _range_of_rate(measure: Measure) -> list[str]:
    ends = [end / measure.bound for end in measure.actual_range]
    if ends[0] == ends[1]:
        return []
    return [f"按印出的完成值, 完成率在 {percent(min(ends), 4)} 与 {percent(max(ends), 4)} 之间都有可能"]


def deviation_derivation(result: IndicatorResult) -> Derivation:
    """偏差率的来历."""
    about, measure = _about(result, "偏差率", "偏差率 = (完成值 − 指标值) ÷ 指标值"), result.measure
    if not isinstance(measure, Measure):
        return about._replace(steps=(_obstacle(result),))
    rate, steps = result.deviation_rate, comparison_steps(result, measure)
    if rate is None:
        return about._replace(steps=(*steps, "指标值为 0, 没有偏差率"))
    if measure.direction == WITHIN and measure.is_met:
        return about._replace(steps=(*steps, "完成值在区间内, 没有偏差"), result=percent(rate))
    scale = Scale(result, measure)
    actual, bound, divisor = (scale.text(value) for value in (measure.actual, measure.bound, abs(measure.bound)))
    return about._replace(steps=(*steps, f"({actual} − {_guarded(bound)}) ÷ {divisor} = {approximate(rate)} → {percent(rate)}"), result=percent(rate))


def points_derivation(result: IndicatorResult) -> Derivation:
    """偏差百分点的来历."""
    about, measure = _about(result, "偏差 (百分点)", "偏差 = 完成值 − 指标值, 按百分点计"), result.measure
    if not isinstance(measure, Measure):
        return about._replace(steps=(_obstacle(result),))
    points, steps = result.deviation_points, comparison_steps(result, measure)
    if points is None:
        return about._replace(steps=(*steps, "指标值不是百分比, 没有百分点可说"))
    if measure.direction == WITHIN and measure.is_met:
        return about._replace(steps=(*steps, "完成值在区间内, 没有偏差"), result="0")
    scale = Scale(result, measure)
    line = f"{scale.text(measure.actual)} − {_guarded(scale.text(measure.bound))} = {plain(points, 6)} 个百分点"
    return about._replace(steps=(*steps, line), result=plain(points, 6))


def bound_derivation(result: IndicatorResult, what: str) -> Derivation:
    """方向、指标值上下限和完成值 as 评分规则 shows them, in the base unit."""
    about, measure = _about(result, what, f"{what}由指标值和完成值的读法得出, 金额按元、比率按 1 = 100% 换算"), result.measure
    if not isinstance(measure, Measure):
        return about._replace(steps=(_obstacle(result),))
    values = {"方向": DIRECTIONS[measure.direction], "指标值下限": plain(measure.low), "指标值上限": plain(measure.high), "完成值": plain(measure.actual)}
    return about._replace(steps=tuple(comparison_steps(result, measure)), result=values[what])


def _about(result: IndicatorResult, what: str, sentence: str) -> Derivation:
    return Derivation("", what, result.indicator.name.strip(), COMPUTED, sentence, inputs_of(result))


def _guarded(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
