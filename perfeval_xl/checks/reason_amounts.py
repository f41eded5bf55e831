"""原因里的数量: what a reason says the gap is, or was caused by, held against the gap between target and result."""

from __future__ import annotations

from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import Interval, plain, printed
from perfeval_xl.core.reading.quantity import quantities
from perfeval_xl.core.reading.spelling import spelled
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import HIGHER, LOWER

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import IndicatorResult
    from perfeval_xl.core.reading.quantity import Quantity

_TARGET_WORDS = ("目标", "指标值", "计划", "任务")
_COMPARED = ("比", "较", "对比", "距", "与", "同", "按")
_GAPS = ("差额", "缺口", "差距", "相差", "短缺", "尚差", "还差", "仅差", "少完成", "未完成", "超支")      # they speak of the target by themselves
_APART = ("少", "低", "高", "多", "差", "超", "超出", "超过", "低于目标值", "高于目标值", "超过目标值", "少于目标值")
_FILLERS = ("了", "为", "是", "达", ":", " ", "额", "出")
_CAUSES = ("因", "由于", "受", "导致", "造成", "影响")
_NOT_PAID = ("未到位", "未拨付", "未下达", "未支付", "未收", "减收", "少收", "缓缴", "欠缴", "退回", "退费", "收回", "扣减", "核减")
_HEDGES = ("约", "近", "左右", "上下", "余", "多", "其中", "主要", "部分", "等", "每", "平均", "另", "分别", "以及", "至少", "最多", "累计", "上年", "去年", "同期")
_MARKS = ",。;；，!?！？"


class Unfitting(Record):
    """不符的数量 and the gap, both as a person would write them; ``is_part``: it is named as a cause and explains only a part."""

    said: str
    gap: str
    is_part: bool


def unfitting(result: IndicatorResult) -> Unfitting | None:
    """原因里第一个与差额不符的数量; None where nothing is certain.

    A gap stated against the target must be the gap. An amount of money named as the only cause may be larger than the
    gap, because other things went better, but not smaller. Units must agree; 百分点 and % speak of a rate.
    """
    measure, text = result.measure, spelled(result.indicator.reason.text)
    if not isinstance(measure, Measure):
        return None
    gap, found = _gap(measure, result), quantities(text, "actual")
    comparable = [(quantity, said) for quantity in found if (said := _in_base(quantity, result)) is not None]
    for quantity, said in comparable:
        clause = _clause(text, quantity)
        if any(word in clause for word in _HEDGES):
            continue
        if _states_gap(text, quantity) and not _may_be(quantity, said, gap, measure):
            return Unfitting(_shown(quantity), _gap_text(measure, quantity, result), is_part=False)
        is_only = len(comparable) == 1 and quantity.unit is not None and quantity.unit.dimension == "money"
        if is_only and _is_cause(clause) and said.high < gap.low:
            return Unfitting(_shown(quantity), _gap_text(measure, quantity, result), is_part=True)
    return None


def _gap(measure: Measure, result: IndicatorResult) -> Interval:
    """By how much the target is missed, in the base unit; never negative. Persons and pieces are counted, not rounded."""
    is_counted = result.actual.dimension == "count" and result.actual.factor_to_base == 1
    actual, bound = Interval(measure.actual, measure.actual) if is_counted else measure.actual_range, measure.bound
    is_below = measure.direction == HIGHER or (measure.direction != LOWER and measure.actual < measure.low)
    return Interval(bound - actual.high, bound - actual.low) if is_below else Interval(actual.low - bound, actual.high - bound)


def _in_base(quantity: Quantity, result: IndicatorResult) -> Interval | None:
    """The quantity in the unit of the measure; None where it measures something else or is the target or result itself."""
    unit, measure = quantity.unit, result.measure
    if unit is None or quantity.per or not isinstance(measure, Measure):
        return None
    if measure.is_ratio:
        factor = 0.01 if unit.dimension == "pp" and unit.factor == 1 else unit.factor if unit.printed == "%" else 0.0
    else:
        factor = unit.factor if _is_same_unit(unit.printed, unit.dimension, result) else 0.0
    if not factor:
        return None
    is_counted = unit.dimension == "count" and unit.factor == 1
    said = printed(quantity.value, 0.0 if is_counted else quantity.ulp).times(factor)
    stands = any(end == quantity.value * factor for end in (measure.low, measure.high, measure.actual))
    return None if stands else said


def _is_same_unit(name: str, dimension: str, result: IndicatorResult) -> bool:
    """Amounts of money convert; things counted must bear the same name."""
    sides = [side for side in (result.target, result.actual) if side.unit]
    if dimension == "money":
        return any(side.dimension == "money" for side in sides)
    return any((side.unit or "").lstrip("千万亿") == name.lstrip("千万亿") for side in sides)


def _clause(text: str, quantity: Quantity) -> str:
    start = max((text.rfind(mark, 0, quantity.start) for mark in _MARKS), default=-1) + 1
    ends = [place for mark in _MARKS if (place := text.find(mark, quantity.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _states_gap(text: str, quantity: Quantity) -> bool:
    """比目标值低 2.7 个百分点, 差额 12 人次; not 比上年少 12 人次."""
    start = max((text.rfind(mark, 0, quantity.start) for mark in _MARKS), default=-1) + 1
    # the reader takes comparing words such as 低于 into the quantity itself
    digits = next((place for place in range(quantity.start, quantity.end) if text[place].isdigit()), quantity.start)
    before = text[start:digits]
    while before.endswith(_FILLERS):
        before = before[:-1]
    if before.endswith(_GAPS):
        return not any(word in before for word in _COMPARED) or any(word in before for word in _TARGET_WORDS)
    names_target = any(word in before for word in _TARGET_WORDS)
    return names_target and before.endswith(_APART) and (any(word in before for word in _COMPARED) or "于目标" in before)


def _is_cause(clause: str) -> bool:
    return any(word in clause for word in _CAUSES) or any(word in clause for word in _NOT_PAID)


def _may_be(quantity: Quantity, said: Interval, gap: Interval, measure: Measure) -> bool:
    """低 3% may mean three points, or three in a hundred of the target."""
    if said.meets(gap):
        return True
    is_percent = quantity.unit is not None and quantity.unit.printed == "%"
    bound = measure.bound
    return is_percent and bool(bound) and said.times(abs(bound)).meets(gap)


def _shown(quantity: Quantity) -> str:
    unit = quantity.unit.printed if quantity.unit else ""
    return plain(quantity.value) + ("个百分点" if unit == "百分点" else unit)


def _gap_text(measure: Measure, quantity: Quantity, result: IndicatorResult) -> str:
    missed = abs(measure.actual - measure.bound)
    if measure.is_ratio:
        return plain(missed * 100, 4) + "个百分点"
    unit = quantity.unit
    return plain(missed / (unit.factor if unit else 1.0), 6) + (unit.printed if unit else result.target.unit or "")
