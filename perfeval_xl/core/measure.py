"""对比: a target and an actual value brought to one scale, with the direction in which more is better."""

from __future__ import annotations

from perfeval_xl.core.number import Interval, printed
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN

if TYPE_CHECKING:
    from perfeval_xl.core.reading.target import Reading

LOWER_WORDS = (
    "成本", "费用", "支出", "投诉", "差错", "错误率", "误差", "故障", "事故", "响应时间", "响应时限", "等候", "等待时间",
    "偏差率", "结余率", "重复参保", "死亡率", "发病率", "违规", "负债", "拖欠", "逾期", "能耗", "超支", "变动率", "控制率",
    "上访", "信访", "周期", "时长", "耗时", "工期", "排放", "流失", "损失", "浪费", "超标", "自付", "负担", "死亡", "三公", "在职人员", "供养人员",
    "住院率", "住院日", "次均", "例均", "药占比", "耗占比", "空置", "闲置",
)  # fmt: skip
LOWER_THOUGH_HIGHER = ("不满意", "不合格", "不及时", "药占比", "耗占比")   # they hold one of the words below
HIGHER_WORDS = (
    "占", "完成率", "执行率", "及时率", "准确率", "合规", "节约", "下降率", "降低率", "减少率", "拨付", "处理率", "办结率",
    "处置率", "保障", "支出进度", "支出率", "支付率", "满意", "减少", "降低", "压减", "节省", "压缩", "报销", "救助比例", "救助率",
)  # fmt: skip
_WANTED_RATES = (
    "完成", "执行", "及时", "准确", "合格", "合规", "覆盖", "参保", "到位", "拨付", "支付", "处理", "办结", "处置", "满意", "达标", "普及", "知晓",
    "通过", "发放", "救助", "保障", "签约", "利用", "使用", "归集", "征收", "征缴", "收缴", "就业", "入学", "成活", "验收", "好评", "接种",
)  # fmt: skip

COST_LEVEL = " 成本"     # behind the name of an indicator that stands under 成本指标
_PLAIN_ONE = "1"            # the unit the reader gives a number that may be a share as well
_HAIR = 1e-5        # of the last printed digit
NO_COMMON_SCALE, NO_NUMBER, AMBIGUOUS_SCALE = "no common scale", "no number", "ambiguous scale"


class Measure(Record):
    """完成值与指标值, in the base unit (元, ratio, 人 …).

    ``low``/``high``: the target's bounds as stated, exact. ``actual_range``: every true value that may stand
    behind the printed actual value, up to a hair below what would be printed otherwise: 97% is never 98%; a whole
    number of persons or pieces is exact. ``is_ratio``: gaps can be said in percentage points.
    """

    direction: str
    low: float
    high: float
    actual: float
    actual_range: Interval
    is_ratio: bool
    is_certain: bool = True     # the direction was stated, or follows from the indicator's words
    is_evident: bool = True     # it was stated, or nobody could mean the other: a count served, a pass rate, 100 %

    @property
    def bound(self) -> float:
        """The bound the actual value is held against: the nearer one of an interval."""
        if self.direction == WITHIN:
            return self.low if abs(self.actual - self.low) <= abs(self.actual - self.high) else self.high
        return self.low if self.direction == HIGHER else self.high

    @property
    def is_met(self) -> bool:
        """The numbers as printed reach the target; strict and inclusive signs count alike."""
        above = self.direction == LOWER or self.actual >= self.low
        below = self.direction == HIGHER or self.actual <= self.high
        return above and below

    @property
    def may_be_met(self) -> bool:
        """Some true values behind the printed ones reach the target."""
        above = self.direction == LOWER or self.actual_range.high >= self.low
        below = self.direction == HIGHER or self.actual_range.low <= self.high
        return above and below

    @property
    def may_be_missed(self) -> bool:
        """Some true values behind the printed ones miss the target."""
        below = self.direction != LOWER and self.actual_range.low < self.low
        above = self.direction != HIGHER and self.actual_range.high > self.high
        return below or above


def direction_of(target: Reading, indicator: str = "") -> str:
    """方向: higher, lower or within, from the sign; without a sign from the indicator's words.

    "=" counts as higher is better above zero, as the production systems do, and as lower is better at zero
    and for costs.
    """
    if target.op == "between":
        return WITHIN
    if target.op in (">=", ">"):
        return HIGHER
    if target.op in ("<=", "<"):
        return LOWER
    if target.op in ("=", "plain", "≈") and not target.low:
        return LOWER
    if any(word in indicator for word in LOWER_THOUGH_HIGHER):
        return LOWER
    if any(word in indicator for word in HIGHER_WORDS):
        return HIGHER
    return LOWER if any(word in indicator for word in LOWER_WORDS) else HIGHER


def measured(target: Reading, actual: Reading, indicator: str = "", direction: str = "") -> Measure | str:
    """Bring both readings to the base unit; a reason where that cannot be done with certainty.

    A value without a unit takes the other's unit; an interval or inequality as actual value counts with its
    less favourable end.
    """
    if target.kind not in ("numeric", "interval") or actual.kind not in ("numeric", "interval"):
        return NO_NUMBER
    way = direction or direction_of(target, indicator)
    factors = _factors(target, actual)
    if isinstance(factors, str):
        return factors
    value = _point(actual, way)
    low, high = _bound(target.low, target.high), _bound(target.high, target.low)
    if value is None or low is None or high is None:
        return NO_NUMBER
    target_factor, actual_factor = factors
    return Measure(
        way,
        _scaled(low, target_factor), _scaled(high, target_factor), _scaled(value, actual_factor),
        _true_values(value, _last_place(target, actual)).times(actual_factor),
        target.dimension == "ratio" or (target.unit is None and actual.dimension == "ratio"),
        bool(direction) or _is_certain(target, indicator),
        bool(direction) or _is_evident(target, indicator, way),
    )


def _true_values(value: float, unit_in_last_place: float) -> Interval:
    """印出的完成值所代表的区间: as ``printed``, the end that truncation never reaches drawn in by a hair."""
    low, high = printed(value, unit_in_last_place)
    hair = _HAIR * unit_in_last_place
    return Interval(low + (hair if value <= 0 else 0.0), high - (hair if value >= 0 else 0.0))


def _last_place(target: Reading, actual: Reading) -> float:
    """Of the actual value; 0 for a count in whole persons or pieces, which nobody rounds: 9人, but not 3.5万人, 约9人 or 9次/月."""
    counted = target if actual.unit is None else actual
    is_plain = actual.op == "plain" and actual.ulp >= 1 and "/" not in (counted.unit or "")
    is_whole = is_plain and counted.dimension == "count" and counted.factor_to_base == 1
    return 0.0 if is_whole else actual.ulp


_SIGNS = (">=", ">", "<=", "<", "=", "between")


def _is_evident(target: Reading, indicator: str, way: str) -> bool:
    """Without a sign a cost, an amount or a mere rate may be meant as a ceiling; what is served or passed may not."""
    if target.op in _SIGNS:
        return True
    if target.dimension == "ratio":
        return way == HIGHER and (target.low == 100 or any(word in indicator for word in _WANTED_RATES))
    return way == HIGHER and target.dimension == "count"


def _is_certain(target: Reading, indicator: str) -> bool:
    """A bare duration or price may be meant either way, and so may a bare 0亿元; a bare rate, count or amount means "at least"."""
    if target.op in _SIGNS:
        return True
    if any(word in indicator for word in (*LOWER_WORDS, *HIGHER_WORDS)):
        return True
    dimension = target.dimension or ""
    is_zero_money = dimension == "money" and not target.low
    return not (dimension.startswith("duration") or dimension == "unit_price" or is_zero_money)


def _factors(target: Reading, actual: Reading) -> tuple[float, float] | str:
    without_unit = [reading for reading in (target, actual) if reading.unit in (None, _PLAIN_ONE)]
    if len(without_unit) == 2:
        return 1.0, 1.0
    if without_unit:
        bare, full = (actual, target) if without_unit[0] is actual else (target, actual)
        return _one_unit(bare, full)
    if not _is_same_kind(target, actual):
        return NO_COMMON_SCALE
    return target.factor_to_base or 1.0, actual.factor_to_base or 1.0


def _is_same_kind(target: Reading, actual: Reading) -> bool:
    """One dimension; a bare 万 fits every unit, 640元/人 fits 640元 but no 万元, 元/人/年 the shorter 元/人."""
    kinds = {target.dimension, actual.dimension}
    if "none" in kinds:
        return True
    if kinds == {"money", "unit_price"}:
        return target.factor_to_base == actual.factor_to_base
    if kinds != {"unit_price"} or target.unit == actual.unit:
        return len(kinds) == 1
    longer, shorter = sorted(((target.unit or "") + "/", (actual.unit or "") + "/"), key=len, reverse=True)
    return longer.startswith(shorter)


def _one_unit(bare: Reading, full: Reading) -> tuple[float, float] | str:
    """One of the two has no unit: it takes the other's, unless 1 might mean 100 %."""
    if full.dimension == "ratio":
        ends = [abs(end) for end in (bare.low, bare.high) if end is not None]
        if ends and 0 < max(ends) <= 1 and max(abs(full.low or 0), abs(full.high or 0)) > 1:
            return AMBIGUOUS_SCALE
    factor = full.factor_to_base or 1.0
    return factor, factor


def _point(actual: Reading, way: str) -> float | None:
    first, second = (actual.high, actual.low) if way == LOWER else (actual.low, actual.high)
    return second if first is None else first


def _bound(first: float | None, second: float | None) -> float | None:
    return second if first is None else first


def _scaled(value: float, factor: float) -> float:
    """Converted, at 15 significant digits, so that 3.34亿元 is exactly 33400万元."""
    return float(f"{value * factor:.15g}")
