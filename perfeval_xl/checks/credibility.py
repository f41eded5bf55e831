"""F 可信度: values a reviewing office will ask about."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, numbered, row_item, shortened, shown
from perfeval_xl.checks.money import effective, nominal
from perfeval_xl.checks.weights import class_of
from perfeval_xl.core.assessment import Assessment, IndicatorResult, is_total_row
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import Interval, percent
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER
from perfeval_xl.core.table import Fund, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.table import Passage

_SURVEY_WORDS = ("问卷", "调查", "测评", "回访", "评议")
_FEWEST_EQUAL = 5           # rows that would have left room for another number
_POSTPONED = ("为准", "待统计", "待公布", "未公布", "待核定", "待审定", "待决算", "待审计", "暂无数据", "尚无数据", "数据未出", "尚未统计", "未统计")
_ELSEWHERE, _SOURCES = ("见", "详见", "参见"), ("平台", "系统", "附件", "附表", "报告", "报表", "决算", "台账", "材料", "年报", "公报", "佐证")
_HOW_TO_FILL, _HAPPENED = ("填报", "填列", "包括", "口径", "请在", "请填", "是指", "统一", "="), ("未", "因")
_HALF, _WHOLE, _FEWEST_OUTPUTS = 0.5, 0.995, 2
_COUNTED = ("count", "area", "length", "weight", "volume")     # what an indicator and a goal text may both state
_ABOUT_MONEY = ("资金", "预算", "支付", "付款", "预付", "拨付", "结算", "结转", "质保金", "执行率", "支出")


def perfect_satisfaction_proved(assessment: Assessment) -> Iterator[Mismatch]:
    """F01 满意度满分须有调查: 99.9 % and above without a word of a survey. Blanks are A02's."""
    for number, result in numbered(assessment):
        indicator, actual = result.indicator, result.actual
        if actual.dimension != "ratio" or actual.op != "plain" or actual.low is None or "满意" not in row_item(result):
            continue
        texts = f"{indicator.evidence.text} {indicator.reason.text} {indicator.actual.text}"
        if actual.low * (actual.factor_to_base or 0.01) >= 0.999 and not any(word in texts for word in _SURVEY_WORDS):
            yield Mismatch(
                indicator.actual, row_item(result), f"满意度 {shown(indicator.actual)} 接近满分, 没有写明调查依据", f"请在{_beside(indicator)}写明问卷份数或调查方式",
                shown(indicator.actual), "有调查依据", cells(indicator.actual, indicator.target), row=number,
            )  # fmt: skip


def _beside(indicator: Indicator) -> str:
    """Where on this form a basis can be written."""
    if indicator.evidence.exists:
        return "评分依据栏"
    return "原因栏" if indicator.reason.exists else "完成值后面的括号里"


def satisfaction_is_a_number(assessment: Assessment) -> Iterator[Mismatch]:
    """F02 满意度应为实际数: «95%以上» is not a survey result. Blanks are A02's."""
    for number, result in numbered(assessment):
        if result.actual.kind == "numeric" and result.actual.op in (">=", ">", "<=", "<") and "满意" in row_item(result):
            actual = result.indicator.actual
            yield Mismatch(
                actual, row_item(result), f"满意度 {shown(actual)} 不是调查得出的实际数", "请填写调查结果的实际数值, 如 95.6%",
                shown(actual), "一个确定的数", cells(actual, result.indicator.target), row=number,
            )  # fmt: skip


def results_are_measured(assessment: Assessment) -> Iterator[Mismatch]:
    """F03 完成值不是照抄指标值: every quantitative row reaches exactly its target, five of them or more.

    Rows that leave no room do not count among the five: targets of 100 % or 0, «=» and numbers without any unit.
    Blanks are A02's. Basis: 审核惯例.
    """
    measured = [(number, r, r.measure) for number, r in numbered(assessment) if isinstance(r.measure, Measure)]
    if any(measure.actual != measure.bound for _, _, measure in measured):
        return
    telling = [(number, result) for number, result, measure in measured if _has_room(result, measure)]
    if len(telling) >= _FEWEST_EQUAL:
        number, first = telling[0]
        places = [value for _, result in telling for value in (result.indicator.actual, result.indicator.target)]
        yield Mismatch(
            first.indicator.actual, "全年完成值",
            f"起 {len(measured)} 项定量指标的完成值与指标值全部相等 (如「{row_item(first)}」都是 {shown(first.indicator.actual)})",
            "请核对各项完成值是不是实际完成的数, 不是照抄的请写明依据", shown(first.indicator.actual), "实际完成的数", cells(*places), row=number,
        )  # fmt: skip


def _has_room(result: IndicatorResult, measure: Measure) -> bool:
    if result.target.op in ("=", "between") or not measure.bound or (measure.is_ratio and measure.bound >= 1):
        return False
    name = row_item(result)
    return bool(result.target.unit or result.actual.unit) or "(" in name or "（" in name or name.endswith(("数", "数量"))


def result_is_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """F04 完成值写明数值: not put off («以平台数据为准», «待统计») and, for a quantity, not left to another paper («详见附件»).

    Words that judge are D04's, blanks A02's. Basis: 审核惯例.
    """
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        if result.actual.kind not in ("missing", "text") or not actual.typed:
            continue
        text = "".join(actual.text.split()).strip("。.;；,，")
        is_elsewhere = text.startswith(_ELSEWHERE) and any(word in text for word in _SOURCES)
        if any(word in text for word in _POSTPONED) or (is_elsewhere and result.target.kind in ("numeric", "interval")):
            yield Mismatch(
                actual, row_item(result), f"完成值写的是「{shortened(shown(actual))}」, 没有填写数值", f"请填写实际完成的数值, 并在{_beside(result.indicator)}注明数据来源",
                shown(actual), "实际完成的数值", cells(actual, result.indicator.target), row=number,
            )  # fmt: skip


def output_fits_spending(assessment: Assessment) -> Iterator[Mismatch]:
    """F06 产出与支出相称: all output reached with less than half of the money spent, or all money spent for less than half.

    Judged for at least two output quantities, never for social insurance funds; not where a text beside the money or the
    rows already speaks of it. Blank amounts are not judged. Basis: 审核惯例.
    """
    money = next((result for result in assessment.funds if is_total_row(result.fund)), next(iter(assessment.funds), None))
    if money is None or assessment.table.kind == "fund":
        return
    executed, budget = effective(assessment, money)
    rate = executed.over(budget) if executed and budget else None
    if rate is None or (rate.high >= _HALF and rate.low < _WHOLE):
        return
    outputs = [result for result in assessment.indicators if _is_output(result)]
    if len(outputs) < _FEWEST_OUTPUTS or _is_explained(assessment, money.fund, outputs):
        return
    said = _disproportion(rate, percent(nominal(executed) / nominal(budget)) if executed and budget else "", outputs)
    if said:
        fund = money.fund
        yield Mismatch(
            fund.executed, fund_item(fund), f"执行数 {shown(fund.executed)} ÷ 预算数 {shown(fund.budget)}: {said}",
            "请核对执行数和各项产出的完成值, 无误的请说明资金与产出不一致的原因", shown(fund.executed), "与产出相称的执行数",
            cells(fund.executed, fund.budget, fund.written_rate, fund.reason, *(r.indicator.actual for r in outputs), *(r.indicator.target for r in outputs)),
        )  # fmt: skip


def _is_output(result: IndicatorResult) -> bool:
    """A measured output that more money buys more of: no cost, no rate of spending."""
    indicator, measure = result.indicator, result.measure
    if not isinstance(measure, Measure) or measure.direction != HIGHER or not measure.is_certain or measure.bound <= 0:
        return False
    words = indicator.level2.text + row_item(result)
    return class_of(indicator) == "output" and not any(word in words for word in ("成本", *_ABOUT_MONEY))


def _disproportion(rate: Interval, spent: str, outputs: list[IndicatorResult]) -> str:
    reached = [min(result.completion_rate or 0.0, 1.0) for result in outputs]
    if rate.high < _HALF and min(reached) >= 1:
        return f"资金只用了 {spent}, 而 {len(outputs)} 项产出全部完成"
    average = sum(reached) / len(reached)
    if rate.low >= _WHOLE and average < _HALF:
        return f"资金用了 {spent}, 而 {len(outputs)} 项产出平均只完成 {percent(average)}"
    return ""


def _is_explained(assessment: Assessment, fund: Fund, outputs: list[IndicatorResult]) -> bool:
    told = [passage for passage in assessment.table.passages if passage.block in ("reason", "problems", "adjustment", "note")]
    texts = [passage.text.text for passage in told if not _is_printed(passage)]
    texts += [result.indicator.reason.text for result in outputs]
    return fund.reason.typed or any(word in text.replace("结算率", "") for text in texts for word in _ABOUT_MONEY)


def _is_printed(passage: Passage) -> bool:
    """A footnote of the form (注: 其他资金包括…) says how to fill it in, not what happened."""
    is_footnote = passage.block == "note" and passage.text.cell == passage.label.cell and passage.label.text.lstrip().startswith(("注", "备注"))
    text = passage.text.text
    return is_footnote and any(word in text for word in _HOW_TO_FILL) and not any(word in text for word in _HAPPENED)


def goal_is_covered(assessment: Assessment) -> Iterator[Mismatch]:
    """F07 指标覆盖年度目标: a quantity of the planned goals about the very thing of an indicator is found in that indicator.

    Asked only where an indicator speaks of the same thing in the same unit with other numbers; amounts of money, rates
    and dates are not judged. A blank goal is not judged. Basis: 审核惯例.
    """
    goal = assessment.table.goal_planned
    if not goal.typed or not any(map(str.isdigit, goal.text)):
        return
    if not any(result.target.dimension in _COUNTED for result in assessment.indicators):
        return
    from perfeval_xl.checks.goal_coverage import uncovered  # noqa: PLC0415 - most goals hold no numbers

    for quantity, result in uncovered(goal.text, assessment.indicators, _COUNTED):
        indicator = result.indicator
        yield Mismatch(
            goal, "年度总体目标", f"年度目标里的 {quantity} 在各项指标值里都没有, 指标「{row_item(result)}」的指标值是 {shown(indicator.target)}",
            "请核对年度目标与指标值, 使两处一致", quantity, shown(indicator.target), cells(goal, indicator.target),
        )  # fmt: skip
