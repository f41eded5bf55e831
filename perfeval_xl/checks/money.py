"""C 资金: amounts that add up, rates that follow from amounts, execution points that follow from rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, shown
from perfeval_xl.checks.scores import habits_of
from perfeval_xl.core.assessment import Assessment, FundResult, is_total_row
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.number import Interval, percent, plain, rounded
from perfeval_xl.core.scoring import execution_function
from perfeval_xl.core.table import Fund, Value

_COLUMNS = (("initial_budget", "年初预算数"), ("budget", "全年预算数"), ("executed", "全年执行数"))
_REST_WORDS = ("其他", "单位资金", "自有资金")
_MOST_PARTS = 10


def totals_are_sums(assessment: Assessment) -> Iterator[Mismatch]:
    """C01 资金合计: the total row equals the sum of its parts, each column.

    A part never exceeds its total. A smaller sum is judged only where the block lists 其他资金, that is, everything;
    a reading in which some parts are sub-items of others is allowed. Blank parts count nothing.
    """
    for total, parts in _blocks(assessment.table.funds):
        for field, label in _COLUMNS:
            value: Value = getattr(total, field)
            filled = [part for part in (getattr(row, field) for row in parts) if part.number is not None]
            if value.number is None or not filled or _can_add_up(value, filled, parts):
                continue
            added = plain(sum(part.number or 0.0 for part in filled))
            yield Mismatch(
                value, fund_item(total), f"{label} {shown(value)} 不等于各分项合计 {added}", f"请核对, 分项合计为 {added}",
                shown(value), added, cells(value, *filled),
            )  # fmt: skip


def _blocks(funds: Sequence[Fund]) -> Iterator[tuple[Fund, list[Fund]]]:
    """Each total row with the rows up to the next total row."""
    starts = [number for number, fund in enumerate(funds) if is_total_row(fund)]
    for start, end in zip(starts, [*starts[1:], len(funds)], strict=False):
        if end - start > 1:
            yield funds[start], list(funds[start + 1 : end])


def _can_add_up(total: Value, filled: list[Value], parts: list[Fund]) -> bool:
    whole = total.interval or Interval(0.0, 0.0)
    spans = [part.interval or Interval(0.0, 0.0) for part in filled]
    if len(spans) > _MOST_PARTS or _sum(spans).meets(whole):
        return True
    if any(_sum(group).meets(whole) for size in range(1, len(spans)) for group in combinations(spans, size)):
        return bool(total.number) or all(not part.number for part in filled)
    complete = any(word in part.label.text for part in parts for word in _REST_WORDS)
    too_much = any(span.low > whole.high and (part.number or 0) > 0 for span, part in zip(spans, filled, strict=True))
    return not (too_much or complete or _sum(spans).low > whole.high)


def _sum(spans: Sequence[Interval]) -> Interval:
    result = Interval(0.0, 0.0)
    for span in spans:
        result = result.plus(span)
    return result


def effective(assessment: Assessment, result: FundResult) -> tuple[Interval | None, Interval | None]:
    """Executed and budget of a row; of its parts where the total row was left at zero and they were not."""
    fund = result.fund
    executed, budget = fund.executed.interval, fund.budget.interval
    if fund.budget.number == 0 and not fund.executed.number and is_total_row(fund):
        parts = next((parts for total, parts in _blocks(assessment.table.funds) if total == fund), [])
        filled = [part for part in parts if part.budget.number and part.executed.number is not None]
        if filled:
            return (_sum([f.executed.interval or Interval(0.0, 0.0) for f in filled]),
                    _sum([f.budget.interval or Interval(0.0, 0.0) for f in filled]))  # fmt: skip
    return executed, budget


def rate_is_quotient(assessment: Assessment) -> Iterator[Mismatch]:
    """C02 执行率 = 执行数 ÷ 预算数, rounded or cut; the opening budget as divisor is C05's matter. Blanks are not judged."""
    for result in assessment.funds:
        fund = result.fund
        rate = fund.written_rate
        if not rate.typed or rate.number is None:
            continue
        quotients = [q for q in _quotients(assessment, result) if q is not None]
        if not quotients or any(q.meets(rate.interval or q) for q in quotients):
            continue
        expected = percent(_middle(quotients[0]))
        yield Mismatch(
            rate, fund_item(fund), f"执行率 {shown(rate)} 与执行数 {shown(fund.executed)} ÷ 预算数 {shown(fund.budget)} = {expected} 不符",
            f"请改为 {expected}", shown(rate), expected, cells(rate, fund.budget, fund.executed, fund.initial_budget),
        )  # fmt: skip


def _quotients(assessment: Assessment, result: FundResult) -> list[Interval | None]:
    executed, budget = effective(assessment, result)
    if executed is None:
        return []
    opening = result.fund.initial_budget.interval
    return [executed.over(divisor) for divisor in (budget, opening) if divisor is not None and divisor.high > 0]


def _middle(interval: Interval) -> float:
    return interval.low + (interval.high - interval.low) / 3


def not_overspent(assessment: Assessment) -> Iterator[Mismatch]:
    """C03 执行数不超过预算数. Income of a fund may exceed its budget; fund expenditure is asked, not refused.

    With a written reason in the row it is left alone. Blanks are not judged.
    """
    for result in assessment.funds:
        fund = result.fund
        executed, budget = fund.executed.interval, fund.budget.interval
        if executed is None or budget is None or not fund.budget.number or executed.low <= budget.high:
            continue
        is_fund = assessment.table.kind == "fund"
        if (is_fund and "收入" in fund.label.text) or not fund.reason.is_blank:
            continue
        yield Mismatch(
            fund.executed, fund_item(fund), f"执行数 {shown(fund.executed)} 大于预算数 {shown(fund.budget)}",
            f"请核对执行数与调整后预算数, 执行数应不超过 {shown(fund.budget)}", shown(fund.executed), f"不超过 {shown(fund.budget)}",
            cells(fund.executed, fund.budget), EXPLAIN if is_fund else "",
        )  # fmt: skip


def budget_not_zero(assessment: Assessment) -> Iterator[Mismatch]:
    """C04 预算数为 0: a total of zero has no rate. Judged on total rows only; a blank is A02's."""
    for result in assessment.funds:
        fund = result.fund
        if fund.budget.number == 0 and is_total_row(fund) and effective(assessment, result)[1] == fund.budget.interval:
            yield Mismatch(
                fund.budget, fund_item(fund), "全年预算数为 0, 无法计算执行率", "请填写调整后预算数, 确无预算的请说明",
                shown(fund.budget), "大于 0", cells(fund.budget),
            )  # fmt: skip


def rate_uses_adjusted_budget(assessment: Assessment) -> Iterator[Mismatch]:
    """C05 执行率按调整后预算计算: asked where only the opening budget explains the written rate. Blanks are not judged."""
    for result in assessment.funds:
        fund, rate = result.fund, result.fund.written_rate
        executed, budget, opening = fund.executed.interval, fund.budget.interval, fund.initial_budget.interval
        if not rate.typed or rate.interval is None or executed is None or budget is None or opening is None:
            continue
        adjusted, unadjusted = executed.over(budget), executed.over(opening)
        if adjusted and unadjusted and not adjusted.meets(rate.interval) and unadjusted.meets(rate.interval):
            expected = percent(_middle(adjusted))
            yield Mismatch(
                rate, fund_item(fund), f"执行率 {shown(rate)} 是按年初预算 {shown(fund.initial_budget)} 计算的, 按调整后预算应为 {expected}",
                f"请改为 {expected}", shown(rate), expected, cells(rate, fund.budget, fund.executed, fund.initial_budget),
            )  # fmt: skip


def execution_score_follows(assessment: Assessment) -> Iterator[Mismatch]:
    """C06 执行率得分 = 执行率 × 分值 (or the ruleset's bands), at most the weight. Blanks are A02's."""
    function = execution_function(assessment.rules.rule("rule.execution"))
    for result in assessment.scored_funds:
        fund = result.fund
        score, weight = fund.written_score, fund.weight.number
        executed, budget = effective(assessment, result)
        if not score.typed or score.number is None or not weight or executed is None or budget is None or budget.high <= 0:
            continue
        if budget.low <= 0 or (not fund.budget.number and budget == fund.budget.interval):
            continue
        possible = Interval(function(weight, executed.low, budget.high), function(weight, executed.high, budget.low))
        if score.number > weight or habits_of(score.number, possible):
            continue
        computed = plain(rounded(function(weight, _middle(executed), _middle(budget))))
        yield Mismatch(
            score, fund_item(fund), f"执行率得分 {shown(score)} 与按执行率计算的 {computed} 不符", f"请改为 {computed}",
            shown(score), computed, cells(score, fund.weight, fund.budget, fund.executed, fund.written_rate),
        )  # fmt: skip


def low_execution_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """C07 执行率偏低须说明: below the floor the ruleset states, if it states one, with an empty reason cell, where the form has one."""
    floor = assessment.rules.number("threshold.execution_floor", 0.0)
    for result in assessment.funds[:1]:
        fund, (executed, budget) = result.fund, effective(assessment, result)
        if not fund.reason.exists or not fund.reason.is_blank or executed is None or budget is None:
            continue
        rate = executed.over(budget)
        if rate is not None and rate.high < floor:
            yield Mismatch(
                fund.reason, fund_item(fund), f"执行率低于 {percent(floor, 0)} 而没有说明原因", "请在原因栏写明执行率低的原因",
                "空", "原因", cells(fund.reason, fund.budget, fund.executed),
            )  # fmt: skip


def balance_follows(assessment: Assessment) -> Iterator[Mismatch]:
    """C10 结余 = 预算数 − 执行数, where the form has the column. Blanks are not judged."""
    for result in assessment.funds:
        fund = result.fund
        balance, budget, executed = fund.balance.interval, fund.budget.interval, fund.executed.interval
        if not fund.balance.typed or balance is None or budget is None or executed is None:
            continue
        if not budget.minus(executed).meets(balance):
            expected = plain((fund.budget.number or 0.0) - (fund.executed.number or 0.0))
            yield Mismatch(
                fund.balance, fund_item(fund), f"结余 {shown(fund.balance)} 不等于预算数减执行数 {expected}", f"请改为 {expected}",
                shown(fund.balance), expected, cells(fund.balance, fund.budget, fund.executed),
            )  # fmt: skip
