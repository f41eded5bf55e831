"""C 资金: amounts that add up, rates that follow from amounts, execution points that follow from rates."""

from __future__ import annotations

from itertools import combinations

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, fund_item, shown
from perfeval_xl.checks.completeness import is_wording
from perfeval_xl.checks.fund_parts import additions, blocks_of, runs_of
from perfeval_xl.checks.scores import habits_of
from perfeval_xl.core.assessment import Assessment, FundResult, is_total_row, standing_in
from perfeval_xl.core.execution_row import names_execution
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.number import Interval, exact_sum, percent, plain, printed, rounded
from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.scoring import execution_function
from perfeval_xl.core.table import Fund, Table, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_COLUMNS = (("initial_budget", "年初预算数"), ("budget", "全年预算数"), ("in_place", "到位数"), ("executed", "全年执行数"))
_RATE_DIGITS = 4     # of a ratio, where the ruleset states no other: percent with two decimals
FACTORS = {"元": 1.0, "万元": 1e4, "亿元": 1e8}     # from the money unit of a form to 元
_REST_WORDS = ("其他", "其它", "单位资金", "自有资金")
_WHOLE_WORDS, _USE_WORDS = ("合计", "总计", "总额"), ("使用", "支出", "用途", "运用")
_NOT_SPENT = ("收入", "结余", "结存")     # of a fund: more than was planned is no overspending
_MOST_PARTS = 10


def totals_are_sums(assessment: Assessment) -> Iterator[Mismatch]:
    """C01 资金合计: the total row equals the sum of its parts, each column.

    A part never exceeds its total. A smaller sum is judged only where the block lists 其他资金, that is, everything;
    a reading in which some parts are sub-items of others is allowed, but for a lone 其他. Blank parts count nothing.
    A part that is no number leaves its column to A02 and D13. A total row left at zero in several columns is one finding, at 全年预算数. In a text a total and the parts behind 其中
    are held together likewise: asked where they are too much, or too little though the other goal text lists the same parts
    in full; a hint where a few percent lack.
    """
    told: set[str] = set()
    for total, parts in additions(assessment.table.funds):
        found = [_total_mismatch(total, parts, field, label) for field, label in _COLUMNS]
        off = [mismatch for mismatch in found if mismatch is not None and mismatch.place.cell not in told]
        told |= {mismatch.place.cell for mismatch in off}
        if len(off) > 1 and all(not mismatch.place.number for mismatch in off):
            yield _left_at_zero(total, off)
        else:
            yield from off
    texts = [(item, value) for item, value in _texts(assessment.table) if "其中" in value.text]
    if texts:
        from perfeval_xl.checks.stated_parts import texts_add_up  # noqa: PLC0415 - few texts list amounts

        yield from texts_add_up(texts)


def _texts(table: Table) -> list[tuple[str, Value]]:
    goals = [("年度总体目标", table.goal_planned), ("目标实际完成情况", table.goal_done)]
    return goals + [(passage.label.text.strip() or "说明", passage.text) for passage in table.passages]


def _total_mismatch(total: Fund, parts: list[Fund], field: str, label: str) -> Mismatch | None:
    value: Value = getattr(total, field)
    rows = [row for row in parts if getattr(row, field).number is not None]
    if any(_is_unread(getattr(row, field)) for row in parts):
        return None
    filled: list[Value] = [getattr(row, field) for row in rows]
    if value.number is None or not filled or _can_add_up(value, filled, rows, parts):
        return None
    number = exact_sum([part.number or 0.0 for part in filled])
    added, gap = plain(number), value.number - number
    return Mismatch(
        value, fund_item(total), f"{label} {shown(value)} 不等于各分项合计 {added}", f"请把合计改为 {added}, 或改正写错的分项",
        shown(value), added, cells(value, *filled),
        mends=(cells_mended(value, number), *(cells_mended(part, (part.number or 0.0) + gap) for part in filled)),
    )  # fmt: skip


def _is_unread(value: Value) -> bool:
    """An amount is there, but not as a number: nothing can be added up; A02 or D13 asks for it."""
    return value.number is None and value.typed and (has_digit(value.text) or is_wording(value))


def _left_at_zero(total: Fund, off: list[Mismatch]) -> Mismatch:
    named = next((mismatch for mismatch in off if mismatch.place == total.budget), off[0])
    sums = "、".join(mismatch.expected for mismatch in off)
    return named._replace(
        problem=f"各栏都是 0, 而分项合计为 {sums}",
        fix=f"请在各栏填写分项合计 {sums}",
        inputs=tuple(dict.fromkeys(cell for mismatch in off for cell in mismatch.inputs)),
        mends=(),
    )


def _can_add_up(total: Value, filled: list[Value], rows: list[Fund], parts: list[Fund]) -> bool:
    finest = min(value.ulp for value in (total, *filled))
    whole, *spans = (_span(value, finest) for value in (total, *filled))
    if len(spans) > _MOST_PARTS or _sum(spans).meets(whole):
        return True
    places = range(len(spans))
    if any(
        _sum([spans[at] for at in group]).meets(whole)
        and all(spans[at].low <= whole.high for at in places if at not in group)
        and not _is_lone_rest([rows[at] for at in places if at not in group and filled[at].number])
        for size in range(1, len(spans))
        for group in combinations(places, size)
    ):
        return bool(total.number) or all(not part.number for part in filled)
    complete = any(word in part.words for part in parts for word in _REST_WORDS)
    too_much = any(span.low > whole.high and (part.number or 0) > 0 for span, part in zip(spans, filled, strict=True))
    return not (too_much or complete or _sum(spans).low > whole.high)


def _is_lone_rest(left_out: list[Fund]) -> bool:
    """其他 alone is nobody's sub-item."""
    return len(left_out) == 1 and any(word in left_out[0].words for word in _REST_WORDS)


def _span(value: Value, finest: float) -> Interval:
    """A zero among amounts with decimals is no rounded amount: it is as exact as the finest of its column."""
    return printed(value.number or 0.0, value.ulp if value.number else finest)


def _sum(spans: Sequence[Interval]) -> Interval:
    result = Interval(0.0, 0.0)
    for span in spans:
        result = result.plus(span)
    return result


def effective(assessment: Assessment, result: FundResult) -> tuple[Interval | None, Interval | None]:
    """Executed and budget of a row; of its parts where the total row was left at zero and they were not."""
    fund = result.fund
    executed, budget = fund.executed.interval, fund.budget.interval
    filled = standing_in(assessment.table.funds, assessment.funds.index(result))
    if not filled:
        return executed, budget
    zero = Interval(0.0, 0.0)
    return _sum([part.executed.interval or zero for part in filled]), _sum([part.budget.interval or zero for part in filled])


def rate_is_quotient(assessment: Assessment) -> Iterator[Mismatch]:
    """C02 执行率 = 执行数 ÷ 预算数, rounded or cut; the opening budget as divisor is C05's matter.

    Where the form has 到位数, some offices divide by it: a rate that fits is left alone. 预算执行率 among the indicators is
    asked for the same rate. Blanks and amounts that are no numbers are not judged.
    """
    if any(names_execution(result.indicator.name) for result in assessment.indicators):
        from perfeval_xl.checks.row_rates import rates_in_rows  # noqa: PLC0415 - few forms list the rate among the indicators

        yield from rates_in_rows(assessment)
    for result in assessment.funds:
        fund = result.fund
        rate = fund.written_rate
        executed, budget = effective(assessment, result)
        if not rate.typed or rate.number is None or (budget is None and fund.budget.exists):
            continue
        found = quotients(assessment, result)
        if not found or any(q is None or q.meets(_printed_rate(rate)) for q in found):
            continue
        whole = next(value for value in (fund.budget, fund.initial_budget, fund.in_place) if value.exists)
        expected = expected_rate(executed, budget or whole.interval)
        yield Mismatch(
            rate, fund_item(fund), f"执行率 {shown(rate)} 与执行数 {shown(fund.executed)} ÷ 预算数 {shown(whole)} = {expected} 不符",
            f"请改为 {expected}", shown(rate), expected, cells(rate, fund.budget, fund.executed, fund.initial_budget),
        )  # fmt: skip


def _printed_rate(rate: Value) -> Interval:
    """A rate of 0 stands for less than one percent, however few decimals are shown."""
    number = rate.number or 0.0
    return printed(number, rate.ulp if number else min(rate.ulp, 0.01))


def quotients(assessment: Assessment, result: FundResult) -> list[Interval | None]:
    """By the adjusted and the opening budget and by what is in place; None where a divisor is too small to tell."""
    executed, budget = effective(assessment, result)
    if executed is None:
        return []
    opening = result.fund.initial_budget.interval if result.fund.initial_budget.number else None
    divisors = (budget, opening, result.fund.in_place.interval)
    return [executed.over(divisor) for divisor in divisors if divisor is not None and divisor.high > 0]


def expected_rate(executed: Interval | None, budget: Interval | None) -> str:
    return percent(nominal(executed) / nominal(budget)) if executed and budget and nominal(budget) else "(无法计算)"


def nominal(interval: Interval) -> float:
    """The number as printed, of the interval it stands for."""
    return interval.low + (interval.high - interval.low) / 3


def not_overspent(assessment: Assessment) -> Iterator[Mismatch]:
    """C03 执行数不超过预算数. Income and balance of a fund may exceed their budget; fund expenditure is asked, not refused.

    Not looked for where the ruleset says that more may be spent (``execution.may_exceed``).
    With a written reason in the row it is left alone; under an overspent total, or an income, its parts are. Blanks are not judged.
    """
    is_fund = assessment.table.kind == "fund"
    if assessment.rules.number("execution.may_exceed", 0.0):
        return
    blocks = [block for run in runs_of(assessment.table.funds) for block in blocks_of(run)]
    under = {part.executed.cell for total, parts in blocks if _is_overspent(total) or (is_fund and _is_not_spent(total)) for part in parts}
    for result in assessment.funds:
        fund = result.fund
        if not _is_overspent(fund) or fund.executed.cell in under:
            continue
        if (is_fund and _is_not_spent(fund)) or not fund.reason.is_blank:
            continue
        yield Mismatch(
            fund.executed, fund_item(fund), f"执行数 {shown(fund.executed)} 大于预算数 {shown(fund.budget)}",
            f"请核对执行数与调整后预算数, 执行数应不超过 {shown(fund.budget)}", shown(fund.executed), f"不超过 {shown(fund.budget)}",
            cells(fund.executed, fund.budget), EXPLAIN if is_fund else "",
        )  # fmt: skip


def _is_not_spent(fund: Fund) -> bool:
    return any(word in fund.words for word in _NOT_SPENT)


def _is_overspent(fund: Fund) -> bool:
    executed, budget = fund.executed.interval, fund.budget.interval
    return executed is not None and budget is not None and bool(fund.budget.number) and executed.low > budget.high


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
            expected = expected_rate(executed, budget)
            yield Mismatch(
                rate, fund_item(fund), f"执行率 {shown(rate)} 是按年初预算 {shown(fund.initial_budget)} 计算的, 按调整后预算应为 {expected}",
                f"请改为 {expected}", shown(rate), expected, cells(rate, fund.budget, fund.executed, fund.initial_budget),
            )  # fmt: skip


def execution_score_follows(assessment: Assessment) -> Iterator[Mismatch]:
    """C06 执行率得分 = 执行率 × 分值 (or the ruleset's bands), at most the weight; by 到位数 too where the form has it.

    On a form without a column of weights the full marks are those the header states, 得分(20分*执行率). Blanks are A02's.
    """
    function = execution_function(assessment.rules.rule("rule.execution"))
    digits = assessment.rules.rate_digits or _RATE_DIGITS
    for result in assessment.funds_with_points:
        fund = result.fund
        score, weight = fund.written_score, fund.full_marks.number
        executed, budget = effective(assessment, result)
        if not score.typed or score.number is None or not weight or executed is None or budget is None or budget.high <= 0:
            continue
        if budget.low <= 0 or (not fund.budget.number and budget == fund.budget.interval):
            continue
        bases = [base for base in (budget, fund.in_place.interval) if base is not None and base.low > 0]
        possible = [Interval(function(weight, executed.low, base.high), function(weight, executed.high, base.low)) for base in bases]
        possible += [_by_rounded_rate(function, weight, executed, base, digits) for base in bases]
        if (fund.weight.exists and score.number > weight) or any(habits_of(score.number, span) for span in possible):
            continue
        computed = plain(rounded(function(weight, nominal(executed), nominal(budget))))
        yield Mismatch(
            score, fund_item(fund), f"执行率得分 {shown(score)} 与按执行率计算的 {computed} 不符", f"请改为 {computed}",
            shown(score), computed, cells(score, fund.full_marks, fund.budget, fund.executed, *_rate_behind(score, weight, fund, function)),
        )  # fmt: skip


def _by_rounded_rate(
    function: Callable[[float, float, float], float], weight: float, executed: Interval, base: Interval, digits: int
) -> Interval:
    """The points of a rate that was rounded first, as reporting systems keep it."""
    low, high = rounded(executed.low / base.high, digits), rounded(executed.high / base.low, digits)
    return Interval(function(weight, low, 1.0), function(weight, high, 1.0))


def _rate_behind(score: Value, weight: float, fund: Fund, function: Callable[[float, float, float], float]) -> tuple[Value, ...]:
    """The written rate, where the score was taken from it."""
    if fund.written_rate.number is None or score.number is None or fund.written_rate.computed:
        return ()
    rate = _printed_rate(fund.written_rate)
    possible = Interval(function(weight, rate.low, 1.0), function(weight, rate.high, 1.0))
    return (fund.written_rate,) if habits_of(score.number, possible) else ()


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
                fund.reason, fund_item(fund), f"执行率 {expected_rate(executed, budget)} 低于 {percent(floor, 0)} 而没有说明原因",
                "请在原因栏写明哪些支出没有执行、为什么, 如「设备验收推迟到次年, 尾款未付」",
                "空", "原因", cells(fund.reason, fund.budget, fund.executed),
            )  # fmt: skip


def balance_follows(assessment: Assessment) -> Iterator[Mismatch]:
    """C10 结余 = 预算数 − 执行数, where the form has the column; 到位数 − 执行数 is as right where money in place is listed.

    Blanks are not judged.
    """
    for result in assessment.funds:
        fund = result.fund
        balance, budget, executed = fund.balance.interval, fund.budget.interval, fund.executed.interval
        if not fund.balance.typed or balance is None or budget is None or executed is None:
            continue
        bases = [base for base in (budget, fund.in_place.interval) if base is not None]
        if not any(base.minus(executed).meets(balance) for base in bases):
            expected = plain((fund.budget.number or 0.0) - (fund.executed.number or 0.0))
            yield Mismatch(
                fund.balance, fund_item(fund), f"结余 {shown(fund.balance)} 不等于预算数减执行数 {expected}", f"请改为 {expected}",
                shown(fund.balance), expected, cells(fund.balance, fund.budget, fund.executed),
            )  # fmt: skip


def sources_equal_uses(assessment: Assessment) -> Iterator[Mismatch]:
    """C14 来源合计等于使用合计: where the block lists both, in 年初预算 and 全年预算. Blanks are not judged."""
    totals = [fund for fund in assessment.table.funds if "率" not in fund.words and any(word in fund.words for word in _WHOLE_WORDS)]
    sources = [fund for fund in totals if "来源" in fund.words]
    uses = [fund for fund in totals if any(word in fund.words for word in _USE_WORDS) and "来源" not in fund.words]
    if len(sources) != 1 or len(uses) != 1:
        return
    for field, label in _COLUMNS[:2]:
        source: Value = getattr(sources[0], field)
        use: Value = getattr(uses[0], field)
        if source.interval is not None and use.interval is not None and not source.interval.meets(use.interval):
            yield Mismatch(
                use, fund_item(uses[0]), f"{label} {shown(use)} 与{fund_item(sources[0])} {shown(source)} 不相等", f"请核对, 使用合计应为 {shown(source)}",
                shown(use), shown(source), cells(use, source),
            )  # fmt: skip
