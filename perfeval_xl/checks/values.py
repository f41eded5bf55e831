"""D 指标值与完成值: units, signs and words of the cells a rate is computed from."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment, IndicatorResult, direction_words
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.measure import NO_COMMON_SCALE, Measure, direction_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER
from perfeval_xl.core.table import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = ("numeric", "interval")
_SHARE_WORDS = ("合格率", "覆盖率", "满意", "及时率", "准确率", "参保率", "比重", "占比", "报销比例", "达标率", "普及率", "知晓率", "好评率")
_NOT_SHARES = ("完成率", "坐实", "增长", "控制率", "执行率")
_COST_WORDS = ("成本", "投诉", "差错率", "故障率", "事故")
_COST_GUARD = ("节约", "降低", "下降", "减少", "处理", "处置", "办结", "控制", "渠道", "电话", "平台")
_ABSURD = 1000.0
_RELATED = ({"money", "unit_price", "density"}, {"count", "density"}, {"points", "ratio"})


def same_dimension(assessment: Assessment) -> Iterator[Mismatch]:
    """D01 单位一致: target and actual can be compared, and are not a thousandfold apart after conversion.

    天 against 工作日, a price against an amount, and what was read with little confidence are asked, not refused.
    Blanks and values without any unit are not judged; 百分点 against % is D08's.
    """
    for number, result in numbered(assessment):
        if result.measure == NO_COMMON_SCALE and not _is_points_against_percent(result):
            level = EXPLAIN if _is_related(result) or "low" in (result.target.confidence, result.actual.confidence) else ""
            yield _unit_mismatch(result, _odd_one(assessment, result), number, "单位不同, 无法直接比较" if level else "不是同一种量", level)
        elif isinstance(result.measure, Measure) and _is_absurd(result):
            yield _unit_mismatch(result, _odd_one(assessment, result), number, "换算后相差一千倍以上")


def _is_related(result: IndicatorResult) -> bool:
    kinds = {result.target.dimension or "", result.actual.dimension or ""}
    return all(kind.startswith("duration") for kind in kinds) or any(kinds <= family for family in _RELATED)


def _unit_mismatch(result: IndicatorResult, place: Value, row: int, why: str, level: str = "") -> Mismatch:
    target, actual = shown(result.indicator.target), shown(result.indicator.actual)
    return Mismatch(
        place, row_item(result), f"指标值 {target} 与完成值 {actual} {why}", "请核对计量单位", shown(place), "同一计量单位",
        cells(result.indicator.actual, result.indicator.target), level, row,
    )  # fmt: skip


def _is_absurd(result: IndicatorResult) -> bool:
    measure = result.measure
    if not isinstance(measure, Measure) or result.target.unit is None or result.actual.unit is None:
        return False
    if result.target.factor_to_base == result.actual.factor_to_base:
        return False
    low, high = sorted((abs(measure.actual), abs(measure.bound)))
    return low > 0 and high / low >= _ABSURD


def _odd_one(assessment: Assessment, result: IndicatorResult) -> Value:
    """The cell whose unit is the odd one: the target where only the actual fits the name or the money of the table."""
    indicator = result.indicator
    ratio_name = any(word in row_item(result) for word in ("率", "比重", "比例", "占比", "满意"))
    if ratio_name and result.actual.dimension == "ratio" and result.target.dimension != "ratio":
        return indicator.target
    if result.actual.dimension == result.target.dimension == "money":
        unit = assessment.table.money_unit
        if unit and result.actual.unit == unit and result.target.unit != unit:
            return indicator.target
    return indicator.actual


def unit_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """D02 计量单位: a quantitative target names its unit, in the cell or in the indicator's name; 人数 or 数量 count pieces.

    Zero is zero in any unit. Blanks are A02's.
    """
    for number, result in numbered(assessment):
        name = row_item(result)
        is_named = name.endswith(("数", "数量")) or "（" in name or "(" in name
        is_bare = result.target.unit is None and result.actual.unit is None and bool(result.target.low or result.target.high)
        if result.target.kind in _NUMBERS and is_bare and not is_named:
            yield Mismatch(
                result.indicator.target, name, f"指标值 {shown(result.indicator.target)} 没有计量单位", "请补上计量单位, 如 %、个、万元",
                shown(result.indicator.target), "带计量单位", cells(result.indicator.target), row=number,
            )  # fmt: skip


def numbers_where_due(assessment: Assessment) -> Iterator[Mismatch]:
    """D04 定量指标须填数: words as actual value of a signed numeric target. A bare target is asked, not refused.

    全覆盖 says 100 % and 未发生 says 0. Blanks are A02's, references to another system F04's.
    """
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        in_words = result.actual.kind in ("text", "qualitative", "enum") and not _is_number_in_words(result)
        if result.target.kind in _NUMBERS and in_words and actual.typed:
            is_signed = result.target.op in (">=", ">", "<=", "<", "=", "between") and result.target.confidence != "low"
            level = "" if is_signed and not any(c.isdigit() for c in actual.text) else EXPLAIN
            yield Mismatch(
                actual, row_item(result), f"指标值 {shown(result.indicator.target)} 是数量, 完成值却是文字「{shown(actual)}」",
                "请填写实际完成的数值和单位", shown(actual), "数值", cells(actual, result.indicator.target), level, number,
            )  # fmt: skip


def _is_number_in_words(result: IndicatorResult) -> bool:
    target, said = result.target, result.actual.qualitative
    whole = target.dimension == "ratio" and target.low == 100
    return (said == "full coverage" and whole) or (said == "zero occurrence" and not target.low and not target.high)


def sign_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """D05 符号: a quantitative target says ≥, ≤ or =; without it the direction is a guess. Blanks are A02's."""
    for number, result in numbered(assessment):
        if result.target.kind == "numeric" and result.target.op in ("plain", "≈"):
            sign = "≤" if direction_of(result.target, direction_words(result.indicator)) == LOWER else "≥"
            yield Mismatch(
                result.indicator.target, row_item(result), f"指标值 {shown(result.indicator.target)} 没有写 ≥、≤ 或 =, 按 {sign} 理解",
                f"请写明符号, 例如 {sign}{shown(result.indicator.target)}", shown(result.indicator.target), f"{sign}{shown(result.indicator.target)}",
                cells(result.indicator.target), row=number,
            )  # fmt: skip


def direction_plausible(assessment: Assessment) -> Iterator[Mismatch]:
    """D06 方向: a cost, complaint or fault is not wanted high, satisfaction not low. Judged only on a written sign."""
    for number, result in numbered(assessment):
        name = row_item(result)
        if result.target.op not in (">=", ">", "<=", "<"):
            continue
        direction = direction_of(result.target)
        cost = any(word in name for word in _COST_WORDS) and not any(word in name for word in _COST_GUARD) and "率" not in name.replace("差错率", "").replace("故障率", "")
        wrong = (direction == HIGHER and cost) or (direction == LOWER and "满意" in name and "不满意" not in name)
        if wrong:
            sign = "≤" if direction == HIGHER else "≥"
            yield Mismatch(
                result.indicator.target, name, f"「{name}」的指标值 {shown(result.indicator.target)} 方向可能反了", f"请核对, 一般应写 {sign}",
                shown(result.indicator.target), f"{sign}…", cells(result.indicator.target), row=number,
            )  # fmt: skip


def share_at_most_whole(assessment: Assessment) -> Iterator[Mismatch]:
    """D07 比例不超过 100%: for shares by name; ratios such as 完成率 or 坐实率 may exceed it. Blanks are not judged."""
    for number, result in numbered(assessment):
        name, actual = row_item(result), result.actual
        is_share = any(word in name for word in _SHARE_WORDS) and not any(word in name for word in _NOT_SHARES)
        if is_share and actual.dimension == "ratio" and actual.low is not None and actual.low * (actual.factor_to_base or 0.01) > 1 + 1e-9:
            yield Mismatch(
                result.indicator.actual, name, f"「{name}」完成值 {shown(result.indicator.actual)} 超过 100%", "请核对分子与分母",
                shown(result.indicator.actual), "不超过 100%", cells(result.indicator.actual), row=number,
            )  # fmt: skip


def _is_points_against_percent(result: IndicatorResult) -> bool:
    return {result.target.dimension, result.actual.dimension} == {"pp", "ratio"}


def points_or_percent(assessment: Assessment) -> Iterator[Mismatch]:
    """D08 百分点与百分比: one cell speaks of 百分点, the other of %; or an amount "falls by 百分点". Blanks are not judged."""
    for number, result in numbered(assessment):
        name = row_item(result)
        is_amount = any(word in name for word in ("费用", "成本", "金额")) and not any(word in name for word in ("率", "比", "幅"))
        money_in_points = result.actual.dimension == "pp" and is_amount
        if _is_points_against_percent(result) or money_in_points:
            yield Mismatch(
                result.indicator.actual, row_item(result),
                f"指标值 {shown(result.indicator.target)} 与完成值 {shown(result.indicator.actual)} 混用了百分点和百分比",
                "请统一写成 % 或百分点", shown(result.indicator.actual), "统一的单位",
                cells(result.indicator.actual, result.indicator.target), row=number,
            )  # fmt: skip


def actual_is_measured(assessment: Assessment) -> Iterator[Mismatch]:
    """D14 完成值应为实际数: an inequality is a target, not a result. Satisfaction is F02's; blanks are A02's."""
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        if result.actual.kind == "numeric" and result.actual.op in (">=", ">", "<=", "<") and "满意" not in row_item(result):
            yield Mismatch(
                actual, row_item(result), f"完成值 {shown(actual)} 是一个范围, 不是实际完成的数", "请填写实际完成的数值",
                shown(actual), "一个确定的数", cells(actual, result.indicator.target), row=number,
            )  # fmt: skip
