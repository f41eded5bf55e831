"""D 定性表述: targets that nobody can measure, because they name no measure."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Taken out one after the other, longest first: a target of which nothing is left says nothing that can be measured.
_CHANGES = (
    "提高", "提升", "改善", "增强", "增加", "增长", "优化", "好转", "下降", "降低", "减少", "加强", "缓解", "完善", "改进", "扩大", "加快",
    "上升", "缩短", "减轻", "推动", "促进",
)  # fmt: skip
_LEVELS = ("明显", "显著", "较好", "较高", "较大", "较强", "突出", "良好", "较为明显")
_DEGREES = (
    "不同程度", "较为", "进一步", "有所", "稳步", "逐步", "持续", "不断", "大幅", "有效", "稳健", "逐年", "稳定", "得到", "切实", "一定", "有力",
    "更加", "日益", "全面", "比较", "大力", "程度", "效果", "成效", "作用", "影响", "水平", "幅度", "地", "的", "了", "较",
)  # fmt: skip
_LONGEST = 12
_ALONE = frozenset({"良好", "突出", "促进", "推动"})    # 良好 is a grade of a printed list
_YARDSTICKS = ("利率", "同期", "平均", "上年", "去年", "上一年", "往年", "同比", "均值", "社平", "基期", "前三年")
_BENCHMARKS = ("benchmark comparison, no number", "above last year", "not below last year", "below last year", "not above last year", "level with last year")
_CHINESE_NUMBERS = ("百分之", "千分之")


def target_is_measurable(assessment: Assessment) -> Iterator[Mismatch]:
    """D11 指标值须可衡量: 有所提升, 稳步提高, 效果明显 and the like, with nothing else in the cell.

    One finding per form, at the first of them. An actual value with a number has found a measure. Blanks are A02's.
    """
    vague = [
        (number, result)
        for number, result in numbered(assessment)
        if _is_vague(result.indicator.target.text) and not has_digit(result.indicator.actual.text)
    ]
    for number, result in vague[:1]:
        target = result.indicator.target
        places = [other.indicator.target.cell for _, other in vague[1:]]
        more = f", {'、'.join(places[:5])}{' 等' if len(places) > 5 else ''}也是如此" if places else ""
        yield Mismatch(
            target, row_item(result), f"指标值「{shown(target)}」只有程度, 没有可以衡量的内容{more}",
            "请写成能核对的数或事, 如「较上年提高 5%」「建立定期随访制度」; 本年已批复不能改的, 请写明按什么判断", shown(target), "可衡量的指标值",
            cells(target), row=number,
        )  # fmt: skip


@lru_cache(maxsize=512)
def _is_vague(text: str) -> bool:
    rest = "".join(text.split()).strip("。.;；,，、")
    if not rest or len(rest) > _LONGEST or rest in _ALONE:
        return False
    found = [word for word in (*_LEVELS, *_CHANGES) if word in rest]
    for word in (*sorted(found, key=len, reverse=True), *_DEGREES):
        rest = rest.replace(word, "")
    return bool(found) and not rest.strip("、,，和及并且与")


def benchmark_has_value(assessment: Assessment) -> Iterator[Mismatch]:
    """D16 比较基准须写明数值: a target held against an interest rate, an average or last year, and no number anywhere in the row.

    Where 评分依据 names its source the number can be looked up: a hint. Blanks are A02's.
    """
    for number, result in numbered(assessment):
        indicator, target = result.indicator, result.target
        if target.qualitative not in _BENCHMARKS or not any(word in indicator.target.text for word in _YARDSTICKS):
            continue
        texts = (indicator.target, indicator.actual, indicator.evidence, indicator.reason)
        if any(has_digit(value.text) or any(word in value.text for word in _CHINESE_NUMBERS) for value in texts):
            continue
        yield Mismatch(
            indicator.target, row_item(result), f"指标值「{shown(indicator.target)}」要与基准比较, 这一行没有写出基准和实际的数值",
            "请在完成值或评分依据里写明实际数和基准数, 如「1.40%, 同期三个月利率 1.10%」", shown(indicator.target), "写明基准数值",
            cells(indicator.target, indicator.actual), HINT if not indicator.evidence.is_blank else "", number,
        )  # fmt: skip
