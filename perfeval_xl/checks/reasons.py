"""E 原因: what was not reached is explained, and the explanation fits the numbers."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shortened, shown
from perfeval_xl.checks.no_reasons import FAR_OVER, FIX_WHERE, WHERE, gives_no_reasons
from perfeval_xl.core.assessment import Assessment, IndicatorResult, main_fund
from perfeval_xl.core.execution_row import names_execution
from perfeval_xl.core.finding import EXPLAIN, HINT
from perfeval_xl.core.measure import NO_COMMON_SCALE, Measure
from perfeval_xl.core.memory import latest
from perfeval_xl.core.number import percent, plain
from perfeval_xl.core.rate import is_over_completed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER
from perfeval_xl.core.table import ABSENT, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLAIMS = {
    **dict.fromkeys(("超额完成",), "met"),
    **dict.fromkeys(("未完成目标", "未达到目标", "未达到指标", "未完成指标"), "missed"),
    **dict.fromkeys(("超过目标值", "高于目标值", "高于指标值", "超过指标值"), "above"),
    **dict.fromkeys(("低于目标值", "低于指标值"), "below"),
}
_RIGHT_WORDS = {"met": "没有达到指标值", "missed": "达到了指标值", "above": "低于指标值", "below": "高于指标值"}
_NEGATIONS = ("无", "没有", "不存在", "并非")
LEAST_CHARACTERS = 10
_EXECUTION_FLOOR, _ONE_POINT = 0.9, 0.01     # below it a reason is asked for, as in Sichuan
OFF = "off"
_MEASURE_WORDS = (
    "下一步", "下步", "下年", "下一年", "明年", "次年", "今后", "以后", "后续", "将", "拟", "争取", "力争", "确保", "加强", "加大", "加快", "加紧",
    "改进", "改善", "完善", "优化", "推进", "推动", "整改", "措施", "督促", "督导", "提高", "提升", "强化", "严格", "规范", "建立", "健全", "落实",
    "增加", "扩大", "开展", "继续", "持续", "尽快", "及时", "调整", "纳入", "安排", "细化", "跟踪", "协调", "催", "做好",
    "抓好", "抓紧", "组织", "引导", "合理", "科学", "精准", "避免", "防止", "压减", "控制", "降低", "计划于", "计划在", "深入", "进一步", "制定", "采取",
    "已解决", "已完成", "已办", "已补", "已于", "已拨", "已支付", "已处理", "已整改",
)  # fmt: skip
_NOT_DONE = ("未", "没", "没有", "不", "不够", "未能", "难以", "无法", "缺乏", "未按", "尚未", "未得到")
_OUTSIDE_WORDS = (
    "死亡", "去世", "人口", "迁出", "外出", "疫情", "汛", "灾", "天气", "气候", "不可抗力", "政策", "上级", "市场", "价格", "涨价", "物价", "客观",
    "自然", "出生", "机构改革", "国家", "财政", "历年", "历史", "以前年度", "往年", "一次性",
)  # fmt: skip


def shortfall_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """E01 未完成须写原因: points were lost or the target is certainly missed, and the reason cell is empty.

    预算执行率 as an indicator is asked as in the funding block: below 90 %, or what the ruleset says, or for more points than the rate takes.

    Judged where the form has the column, or one cell for the reasons of the whole table. A form without either is asked
    once, at the first row that lost points, where no text of the table explains anything. A target without a sign that may
    be meant as a ceiling is asked, not refused. Rows without target and actual are A02's.
    """
    yield from _whole_table_explained(assessment)
    if gives_no_reasons(assessment):
        yield from _nowhere_explained(assessment)
    for number, result in numbered(assessment):
        indicator, weight = result.indicator, result.indicator.weight.number
        if not indicator.reason.exists or not indicator.reason.is_blank:
            continue
        lost, missed = shortfalls(assessment)[number]
        if lost or missed:
            level = EXPLAIN if not lost and isinstance(result.measure, Measure) and not result.measure.is_evident else ""
            said = f"得分 {plain(result.score or 0.0)} 低于分值 {plain(weight or 0.0)}" if lost else f"完成值 {shown(indicator.actual)} 没有达到指标值 {shown(indicator.target)}"
            yield Mismatch(
                indicator.reason, row_item(result), f"{said}, 但没有写未完成原因和改进措施", "请写明原因和改进措施",
                "空", "原因和改进措施",
                _row_cells(result) if missed or indicator.written_score.computed else _point_cells(result), level, number,
            )  # fmt: skip


def _whole_table_explained(assessment: Assessment) -> Iterator[Mismatch]:
    place, short = _reason_of_table(assessment)
    if place.is_blank and short:
        level = "" if any(isinstance(r.measure, Measure) and r.measure.is_evident for r in short) else EXPLAIN
        yield Mismatch(
            place, "未完成原因", f"{_named(short)}, 但没有写未完成原因", "请写明原因和改进措施", "空", "原因和改进措施", _all_cells(place, short), level,
        )  # fmt: skip


def _nowhere_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """One question for the table: several rows rest on no cell in common, a single one on its own cells."""
    short = [(number, result) for number, result in numbered(assessment) if any(shortfalls(assessment)[number]) and _is_short(result) and result.indicator.evidence.is_blank]
    if not short:
        return
    number, first = short[0]
    indicator, many = first.indicator, f"等 {len(short)} 项" if len(short) > 1 else ""
    lost = _falls_short(first)[0]
    said = (
        f"得分低于分值 (如 {plain(first.score or 0.0)} 对 {plain(indicator.weight.number or 0.0)})" if lost
        else f"没有达到指标值 (如 {shown(indicator.actual)} 对 {shown(indicator.target)})"
    )  # fmt: skip
    place = indicator.written_score if lost else indicator.actual
    yield Mismatch(
        place, row_item(first), f"「{row_item(first)}」{many}{said}, {WHERE}", f"请{FIX_WHERE}逐项写明原因和改进措施, 自评报告已写明的注明即可", "没有原因", "原因和改进措施",
        () if many else _row_cells(first), EXPLAIN, number,
    )  # fmt: skip


def _is_short(result: IndicatorResult) -> bool:
    lost, missed = _falls_short(result)
    score = result.indicator.written_score
    return (lost and score.typed) or (missed and not score.exists and isinstance(result.measure, Measure) and result.measure.is_evident)


def _reason_of_table(assessment: Assessment) -> tuple[Value, list[IndicatorResult]]:
    """The one cell for reasons of a form that has no column for them, and the rows that need one."""
    places = [passage.text for passage in assessment.table.passages if passage.block == "reason" and passage.text.exists]
    if len(places) != 1 or any(result.indicator.reason.exists for result in assessment.indicators):
        return ABSENT, []
    return places[0], [result for number, result in numbered(assessment) if any(shortfalls(assessment)[number])]


def _named(short: list[IndicatorResult]) -> str:
    first = short[0]
    many = f"等 {len(short)} 项" if len(short) > 1 else ""
    return f"「{row_item(first)}」{many}没有达到指标值 (如 {shown(first.indicator.actual)} 对 {shown(first.indicator.target)})"


def _all_cells(place: Value, short: list[IndicatorResult]) -> tuple[str, ...]:
    return cells(place, *(value for result in short for value in (result.indicator.actual, result.indicator.target, result.indicator.written_score)))


@latest
def shortfalls(assessment: Assessment) -> list[tuple[bool, bool]]:
    return [
        (False, False) if names_execution(result.indicator.name) and _is_within_rate(assessment, result) else _falls_short(result)
        for result in assessment.indicators
    ]


def _is_within_rate(assessment: Assessment, result: IndicatorResult) -> bool:
    """预算执行率 among the indicators: like the row of the funding block it needs no reason above the floor, if no more points
    were taken than the rate says.
    """
    fund = main_fund(assessment.table.funds)
    score, weight, stated = result.score, result.indicator.weight.number, result.actual
    rate = next((funds.execution_rate for funds in assessment.funds if funds.fund is fund), None)
    rate = rate if stated.low is None else stated.low * (stated.factor_to_base or 0.01)
    floor = assessment.rules.number("threshold.execution_floor", _EXECUTION_FLOOR)
    if rate is None or rate < floor or score is None or not weight or result.measure == NO_COMMON_SCALE:
        return False
    return score >= weight * (rate - _ONE_POINT)


def _falls_short(result: IndicatorResult) -> tuple[bool, bool]:
    """Whether points were lost, and whether the target is certainly missed so that points would be."""
    weight, measure = result.indicator.weight.number, result.measure
    is_scored = result.indicator.written_score.exists and result.weight_rows == result.score_rows
    lost = is_scored and result.score is not None and weight is not None and result.score < weight
    missed = isinstance(measure, Measure) and measure.is_certain and not measure.may_be_met
    return lost, missed and (result.computed_score is None or weight is None or result.computed_score < weight)


def excess_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """E02 大幅超额须写原因, on forms without scores (with scores it is B10). Blanks are A02's.

    On a form without a place for reasons it is a hint from twice the target on, where no text of the table explains anything.
    """
    threshold, is_nowhere = assessment.rules.number("threshold.over_completion", 1.3), gives_no_reasons(assessment)
    for number, result in numbered(assessment):
        indicator, measure = result.indicator, result.measure
        if indicator.written_score.exists or not isinstance(measure, Measure) or not measure.is_certain:
            continue
        said = f"完成值 {shown(indicator.actual)} 是指标值 {shown(indicator.target)} 的 {percent(result.completion_rate or 0.0)}"
        if indicator.reason.exists and indicator.reason.is_blank and is_over_completed(measure, threshold):
            yield Mismatch(indicator.reason, row_item(result), f"{said}, 没有说明原因", "请写明大幅超额的原因", "空", "原因", _row_cells(result), row=number)
        if is_nowhere and indicator.evidence.is_blank and is_over_completed(measure, max(threshold, FAR_OVER)):
            yield Mismatch(
                indicator.actual, row_item(result), f"{said}, {WHERE}", f"请核对指标值和完成值, 无误的请{FIX_WHERE}写明大幅超额的原因", shown(indicator.actual),
                "写明原因", _row_cells(result), HINT, number,
            )  # fmt: skip


def reason_says_something(assessment: Assessment) -> Iterator[Mismatch]:
    """E03 原因不是空话: where a reason is required, it is no set phrase such as 无 or 已完成 and has ``text.reason_min`` characters.

    Required where points were lost or the target is missed; where it is exceeded so far that B10 or E02 asks why, any
    word of sense will do. A blank is theirs and E01's. Basis: 审核惯例; the number of characters is the ruleset's, else 10.
    """
    least = int(assessment.rules.number("text.reason_min", LEAST_CHARACTERS))
    yield from _whole_table_says_something(assessment, least)
    for number, result in numbered(assessment):
        reason = result.indicator.reason
        if not reason.typed:
            continue
        occasion, level = _occasion(result, shortfalls(assessment)[number], assessment)
        is_short = any(shortfalls(assessment)[number])
        fault = _fault_of(reason.text, least if is_short else 0) if occasion and level != OFF else ""
        if fault:
            fix = f"请写明具体原因和改进措施, 不少于 {least} 个字" if is_short else "请写明大幅超额的具体原因"
            yield Mismatch(
                reason, row_item(result), f"{occasion}, 原因「{shortened(shown(reason))}」{fault}", fix, shown(reason),
                f"不少于 {least} 个字的具体原因" if is_short else "具体原因", _row_cells(result), level, number,
            )  # fmt: skip


def _whole_table_says_something(assessment: Assessment, least: int) -> Iterator[Mismatch]:
    place, short = _reason_of_table(assessment)
    fault = _fault_of(place.text, least) if short and place.typed else ""
    if fault:
        yield Mismatch(
            place, "未完成原因", f"{_named(short)}, 原因「{shortened(shown(place))}」{fault}",
            f"请写明具体原因和改进措施, 不少于 {least} 个字", shown(place), f"不少于 {least} 个字的具体原因", _all_cells(place, short),
        )  # fmt: skip


def _occasion(result: IndicatorResult, shortfall: tuple[bool, bool], assessment: Assessment) -> tuple[str, str]:
    """Why the row needs a reason, "" where it does not, and the level at which it is asked for."""
    indicator, measure = result.indicator, result.measure
    lost, missed = shortfall
    if lost:
        return f"得分 {plain(result.score or 0.0)} 低于分值 {plain(indicator.weight.number or 0.0)}", ""
    if missed:
        return f"完成值 {shown(indicator.actual)} 没有达到指标值 {shown(indicator.target)}", ""
    threshold = assessment.rules.number("threshold.over_completion", 1.3)
    if isinstance(measure, Measure) and measure.is_certain and is_over_completed(measure, threshold):
        said = f"完成值 {shown(indicator.actual)} 是指标值 {shown(indicator.target)} 的 {percent(result.completion_rate or 0.0)}"
        return said, assessment.rules.level("B10" if indicator.written_score.exists else "E02", EXPLAIN)
    return "", ""


def _fault_of(text: str, least: int) -> str:
    from perfeval_xl.checks.empty_talk import is_mere_repetition, length, says_nothing  # noqa: PLC0415 - most rows need no reason

    if says_nothing(text) or is_mere_repetition(text):
        return "没有说明为什么"
    count = length(text)
    return f"只有 {count} 个字, 看不出具体原因" if count < least else ""


def measure_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """E04 原因之外写改进措施: where the title of the column asks for both, a row that fell short says what will be done.

    Not where the cause lies outside the office (deaths, weather, prices, a decision from above) or in the past, nor where the form has a
    filled 改进措施 of its own; a blank is E01's, empty talk E03's. Basis: the title of the column.
    """
    table = assessment.table
    if "措施" not in table.reason_title or any(passage.block == "measures" and passage.text.typed for passage in table.passages):
        return
    least = int(assessment.rules.number("text.reason_min", LEAST_CHARACTERS))
    for number, result in numbered(assessment):
        reason = result.indicator.reason
        if not reason.typed or not any(shortfalls(assessment)[number]) or _names_measure(reason.text):
            continue
        if not _fault_of(reason.text, least) and not any(word in reason.text for word in _OUTSIDE_WORDS):
            yield Mismatch(
                reason, row_item(result), f"「{shortened(shown(reason))}」只写了原因, 本栏还要求写改进措施",
                "请补写改进措施, 如「下一步…」", shown(reason), "原因和改进措施", _row_cells(result), row=number,
            )  # fmt: skip


def _names_measure(text: str) -> bool:
    """加强宣传 is a measure, 未加强宣传 is none."""
    parts = (text.split(word) for word in _MEASURE_WORDS if word in text)
    return any(not before.endswith(_NOT_DONE) for split in parts for before in split[:-1])


def amounts_fit_gap(assessment: Assessment) -> Iterator[Mismatch]:
    """E06 原因里的数量与差额相符: what the reason states as the gap is the gap; a cause in money is not smaller than it.

    Judged only where the target is certainly missed and the units agree. Blanks and reasons in words are not judged.
    Basis: 审核惯例.
    """
    for number, result in numbered(assessment):
        reason = result.indicator.reason
        if not reason.typed or not shortfalls(assessment)[number][1] or not _may_state_gap(reason.text, result):
            continue
        from perfeval_xl.checks.reason_amounts import unfitting  # noqa: PLC0415 - few reasons hold numbers

        found = unfitting(result)
        if found:
            numbers = f"完成值 {shown(result.indicator.actual)} 与指标值 {shown(result.indicator.target)} 相差 {found.gap}"
            problem = f"原因只说明了 {found.said}, 而{numbers}" if found.is_part else f"原因里的 {found.said} 与差额不符: {numbers}"
            fix = "请补写其余部分的原因, 或改正金额" if found.is_part else f"请改为 {found.gap}, 或核对完成值"
            yield Mismatch(reason, row_item(result), problem, fix, found.said, found.gap, _row_cells(result), row=number)


def _may_state_gap(text: str, result: IndicatorResult) -> bool:
    """A gap between rates is told in points or %, any other in its unit."""
    if isinstance(result.measure, Measure) and result.measure.is_ratio:
        return any(mark in text for mark in ("百分点", "%", "％", "﹪"))
    return any(map(str.isdigit, text))


def words_fit_numbers(assessment: Assessment) -> Iterator[Mismatch]:
    """E05 文字与数字方向一致: the reason does not claim the opposite of the numbers. A blank is E01's."""
    for number, result in numbered(assessment):
        text, measure = result.indicator.reason.text, result.measure
        if not text or not isinstance(measure, Measure) or not measure.is_certain:
            continue
        claims = [word for word in _CLAIMS if _is_claimed(text, word)]
        wrong = next((word for word in claims if _is_refuted(word, measure)), "")
        if wrong and len({_CLAIMS[word] for word in claims}) == 1:
            right = _RIGHT_WORDS[_CLAIMS[wrong]]
            yield Mismatch(
                result.indicator.reason, row_item(result),
                f"原因写「{wrong}」, 而完成值 {shown(result.indicator.actual)} {right} {shown(result.indicator.target)}",
                f"请把「{wrong}」改为「{right}」, 或核对完成值", wrong, right, _row_cells(result), row=number,
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
    return cells(indicator.reason, indicator.written_score, indicator.weight, indicator.target, indicator.actual, indicator.sign)
