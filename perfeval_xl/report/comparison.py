"""对照: the facts of the text against amounts stated elsewhere in the report, and against the table."""

from __future__ import annotations

import re

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import Interval, exact_sum, percent, plain, printed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.budget_change import FULL, INITIAL, additions, tail
from perfeval_xl.report.fact import (
    CHANGE,
    EARLIER,
    PLANNED,
    REACHED,
    TARGET,
    Fact,
    core_of,
    funds_in,
    same_population,
)
from perfeval_xl.report.mention import COUNT, MONEY, MONTHS, RATIO, Mention
from perfeval_xl.report.statement import (
    Statement,
    holds,
    percent_of,
    quotient_fits,
    said,
    shown,
)
from perfeval_xl.report.statement_count import counts_of_table
from perfeval_xl.report.statement_score import groups, stated_total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult
    from perfeval_xl.core.reading.target import Reading
    from perfeval_xl.core.table import Value
    from perfeval_xl.report.sentence import Sentence

_MONEY_UNITS = {"元": 1.0, "万元": 1e4, "亿元": 1e8}
_OF_BUDGET = re.compile(r"(?P<amount>M)[，,]完成(?:全年|年初|年度|当年|总|收入|支出|调整后?|的)*预算的?(?P<rate>P)")
_OF_TOTAL = re.compile(
    r"(?P<amount>M)[，,]占(?:全部)?基金总?(?P<side>收入|支出)(?:合计数?|总额|总量|总数)?的?(?:比重|比例)?(?:为|是|达到?)?(?P<rate>P)"
)
_RATE_NAME = re.compile(r"(?P<side>收入|支出)预算(?:完成|执行)率(?:为|是|达到?|：|:)?$")
_EXECUTED = re.compile(r"^(?:全年)?(?:执行数?|实际执行数?|预算执行数?)$")
_DIMENSIONS = {"ratio": RATIO, "money": MONEY, "count": COUNT, "duration_month": MONTHS}
_CLASSES = ("决策", "过程", "产出", "效益", "满意度", "成本")


def against_report(items: Sequence[Sentence], found: Sequence[Fact]) -> Iterator[Statement]:
    """Rates whose budget stands in another sentence, and additions against the change of the budget."""
    yield from _rates_of_budget(items, found)
    yield from _shares_of_totals(items, found)
    yield from _balance(found)
    yield from additions(found)


def _rates_of_budget(items: Sequence[Sentence], found: Sequence[Fact]) -> Iterator[Statement]:
    by_mention = {(id(fact.sentence), fact.mention.at): fact for fact in found}
    budgets = _not_too_often([fact for fact in found if fact.core.endswith("预算") and fact.mention.kind == MONEY and fact.role == REACHED])
    for sentence in items:
        for match in _OF_BUDGET.finditer(sentence.mask):
            amount, rate = sentence.by_place[match.start("amount")], sentence.by_place[match.start("rate")]
            fact = by_mention.get((id(sentence), amount.at))
            if fact is None or fact.core.endswith("预算"):
                continue
            same = [b for b in budgets if b.core == f"{fact.core}预算" and b.sentence.scope == sentence.scope and _one_year(b, fact)]
            same = [b for b in same if same_population(b.name, fact.name) and b.sentence is not sentence]
            if not same or rate.hedged:
                continue
            if any(quotient_fits(amount.interval, b.mention.interval, rate.interval) for b in same):
                yield holds("rate", sentence, rate)
                continue
            base = same[0]
            right = percent_of(amount.base, base.mention.base)
            yield Statement(
                "rate", "E08", EXPLAIN, sentence, rate, (amount, rate),
                f"第 {base.sentence.quoted([base.mention])[0]} 段写的预算是 {base.sentence.printed(base.mention)}, "
                f"{shown((amount,))}÷{shown((base.mention,))}={right}, 这里写的是 {sentence.printed(rate)}",
                right, "请核对预算数和完成率",
            )  # fmt: skip


def _not_too_often(found: Sequence[Fact]) -> list[Fact]:
    """Two places that say the same are as good as a thousand: a long text stays quick."""
    seen: dict[tuple[Any, ...], int] = {}
    kept = []
    for fact in found:
        key = (fact.name, fact.year, fact.month, fact.sentence.scope, fact.mention.interval)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= 2:
            kept.append(fact)
    return kept


def _shares_of_totals(items: Sequence[Sentence], found: Sequence[Fact]) -> Iterator[Statement]:
    """占基金支出的 P where the expenditure itself stands in another sentence."""
    for sentence in items:
        for match in _OF_TOTAL.finditer(sentence.mask):
            part, rate = sentence.by_place[match.start("amount")], sentence.by_place[match.start("rate")]
            side = match["side"]
            bases = [fact for fact in found if fact.core == side and fact.role == REACHED and fact.sentence.scope == sentence.scope]
            bases = [fact for fact in bases if fact.mention.kind == MONEY and fact.sentence is not sentence]
            if not bases or rate.hedged or part.hedged or len({fact.mention.base for fact in bases}) > 1:
                continue
            if quotient_fits(part.interval, bases[0].mention.interval, rate.interval):
                yield holds("share", sentence, rate)
                continue
            base = bases[0]
            right = percent_of(part.base, base.mention.base)
            yield Statement(
                "share", "E08", EXPLAIN, sentence, rate, (part, rate),
                f"第 {base.sentence.quoted([base.mention])[0]} 段的{side}是 {base.sentence.printed(base.mention)}, "
                f"{shown((part,))}÷{shown((base.mention,))}={right}, 这里写的是 {sentence.printed(rate)}",
                right, "请核对金额和占比, 或说明占比的分母",
            )  # fmt: skip


def _balance(found: Sequence[Fact]) -> Iterator[Statement]:
    """C11: 当期结余 against income and expenditure stated in other sentences of the report."""
    for fact in found:
        if fact.core != "当期结余" or fact.mention.kind != MONEY or fact.role != REACHED or fact.mention.hedged or "统筹" in fact.name:
            continue
        own = [f for f in found if f.sentence.scope == fact.sentence.scope and f.mention.kind == MONEY and f.role == REACHED and _one_year(f, fact)]
        own = [f for f in own if same_population(f.name, fact.name)]
        income, spent = ([f for f in own if f.core == side] for side in ("收入", "支出"))
        if any(fact.sentence is f.sentence for f in (*income, *spent)) or len({f.mention.base for f in income}) != 1 or len({f.mention.base for f in spent}) != 1:
            continue
        one, other = income[0].mention, spent[0].mention
        if one.interval.minus(other.interval).meets(fact.mention.interval):
            yield holds("balance", fact.sentence, fact.mention)
            continue
        right = said(one.base - other.base, fact.mention)
        yield Statement(
            "balance", "C11", EXPLAIN, fact.sentence, fact.mention, (fact.mention,),
            f"收入 {shown((one,))}-支出 {shown((other,))}={right}, 这里写的当期结余是 {fact.sentence.printed(fact.mention)}", right,
            "请核对收入、支出和当期结余, 或说明口径",
        )  # fmt: skip


def _one_year(one: Fact, other: Fact) -> bool:
    return not one.year or not other.year or one.year == other.year


def against_table(items: Sequence[Sentence], found: Sequence[Fact], assessment: Assessment) -> Iterator[Statement]:
    """E07: rates, amounts, targets, results and points the text says against the table's, of the table's year only."""
    main = [fact for fact in found if fact.sentence.scope == 0]
    year = assessment.table.heading.year
    own = [fact for fact in main if not fact.year or not year or fact.year == year]
    yield from _fund_rates(items, own, assessment)
    yield from _fund_amounts(own, assessment)
    yield from _indicators(own, assessment)
    yield from _points([sentence for sentence in items if sentence.scope == 0], assessment)
    yield from counts_of_table([sentence for sentence in items if sentence.scope == 0], assessment.table)


def _sides(assessment: Assessment) -> dict[str, FundResult]:
    """The rows of income and expenditure of a fund table."""
    rows = {side: [r for r in assessment.funds if side in r.fund.words] for side in ("收入", "支出")}
    return {side: found[0] for side, found in rows.items() if len(found) == 1 and assessment.table.kind == "fund"}


def _rate_interval(result: FundResult) -> Interval | None:
    executed, budget = result.fund.executed.interval, result.fund.budget.interval
    return executed.over(budget) if executed is not None and budget is not None else None


def _fund_rates(items: Sequence[Sentence], own: Sequence[Fact], assessment: Assessment) -> Iterator[Statement]:
    sides = _sides(assessment)
    stated = [(fact.sentence, fact.mention, match["side"], fact.name) for fact in own if (match := _RATE_NAME.search(fact.sentence.name(fact.mention)))]
    by_mention = {(id(fact.sentence), fact.mention.at): fact for fact in own}
    for sentence in items:
        for match in re.finditer(r"(?P<amount>M)[，,]完成[^，,；;。：:PDCOSURNX]{0,20}预算M?的?(?P<rate>P)", sentence.mask):
            fact = by_mention.get((id(sentence), match.start("amount")))
            if fact is not None and fact.core in ("收入", "支出") and sentence.scope == 0:
                stated.append((sentence, sentence.by_place[match.start("rate")], fact.core, fact.name))
    for sentence, rate, side, name in stated:
        row = sides.get(side)
        interval = _rate_interval(row) if row else None
        if row is None or interval is None or rate.hedged or not same_population(name, assessment.table.heading.name.text):
            continue
        written = row.fund.written_rate.interval
        if interval.meets(rate.interval) or (written is not None and written.meets(rate.interval)):
            yield holds("table", sentence, rate)
            continue
        right = percent(row.execution_rate) if row.execution_rate is not None else ""
        label = row.fund.label.text.rstrip(":：")
        yield _unlike(sentence, rate, f"自评表「{label}」{row.fund.executed.text}÷{row.fund.budget.text}={right}", right, EXPLAIN)


def _fund_amounts(own: Sequence[Fact], assessment: Assessment) -> Iterator[Statement]:
    factor = _MONEY_UNITS.get(assessment.table.money_unit, 0.0)
    sides = _sides(assessment)
    totals = [r for r in assessment.funds if is_total_row(r.fund)] or list(assessment.funds)[:1]
    for fact in own if factor else ():
        if fact.mention.kind != MONEY or fact.mention.hedged or fact.role in (EARLIER, CHANGE, PLANNED) or fact.month % 12:
            continue
        value, label = _cell_of(fact, sides, totals[0] if totals and not sides else None, assessment)
        if value is None or value.interval is None:
            continue
        if value.interval.times(factor).meets(fact.mention.interval):
            yield holds("table", fact.sentence, fact.mention)
        else:
            unit = assessment.table.money_unit
            text = f"自评表「{label}」是 {value.text}{unit if unit not in value.text else ''}"
            yield _unlike(fact.sentence, fact.mention, text, f"{value.text}{unit}", EXPLAIN)


def _cell_of(fact: Fact, sides: dict[str, FundResult], row: FundResult | None, assessment: Assessment) -> tuple[Value | None, str]:
    if sides:
        name = assessment.table.heading.name.text
        side = fact.core.removesuffix("预算")
        if side not in sides or not same_population(fact.name, name) or "统筹" in fact.name:
            return None, ""
        cells = sides[side].fund
        return (cells.budget, f"{side}预算") if fact.core.endswith("预算") else (cells.executed, f"{side}执行数")
    if row is None or assessment.table.kind == "fund":
        return None, ""
    for pattern, value, label in ((INITIAL, row.fund.initial_budget, "年初预算数"), (FULL, row.fund.budget, "全年预算数"), (_EXECUTED, row.fund.executed, "全年执行数")):
        if pattern.search(tail(fact)):
            return value, label
    return None, ""


def _indicators(own: Sequence[Fact], assessment: Assessment) -> Iterator[Statement]:
    rows: dict[str, list[IndicatorResult]] = {}
    for result in assessment.indicators:
        rows.setdefault(core_of(result.indicator.name), []).append(result)
    populations = {fund for fact in own for fund in funds_in(fact.name)} & {"职工", "居民"}
    for fact in own:
        same = rows.get(fact.core, [])
        if len(same) != 1 or len(fact.core) < 3 or fact.mention.hedged or fact.role in (EARLIER, CHANGE, PLANNED) or fact.month % 12:
            continue
        if not same_population(fact.name, same[0].indicator.name) or (len(populations) > 1 and not funds_in(fact.name)):
            continue
        yield from _indicator(fact, same[0])


def _indicator(fact: Fact, result: IndicatorResult) -> Iterator[Statement]:
    target, actual = _range(result.target, fact.mention, exact=True), _range(result.actual, fact.mention, exact=False)
    stated = fact.mention.interval
    name = result.indicator.name
    if fact.role == TARGET:
        if target is None:
            return
        point = Interval(fact.mention.base, fact.mention.base)
        if target.meets(point) or (actual is not None and actual.meets(stated)):
            yield holds("table", fact.sentence, fact.mention)
        else:
            text = f"自评表「{name}」的指标值是 {result.indicator.target.text.strip()}"
            yield _unlike(fact.sentence, fact.mention, text, result.indicator.target.text.strip(), EXPLAIN)
        return
    if actual is None:
        return
    if actual.meets(stated) or (target is not None and target.meets(stated)):
        yield holds("table", fact.sentence, fact.mention)
        return
    is_sure = fact.is_whole and len(fact.core) >= 6
    text = f"自评表「{name}」的完成值是 {result.indicator.actual.text.strip()}"
    yield _unlike(fact.sentence, fact.mention, text, result.indicator.actual.text.strip(), ERROR if is_sure else EXPLAIN)


def _range(reading: Reading, mention: Mention, *, exact: bool) -> Interval | None:
    """A cell's value in the base unit; None where it measures something else or is no single number."""
    if reading.kind not in ("numeric", "interval") or _DIMENSIONS.get(reading.dimension or "") != mention.kind:
        return None
    ends = [end for end in (reading.low, reading.high) if end is not None]
    if not ends or (mention.kind == COUNT and (reading.unit or "").lstrip("千万亿") != mention.unit.lstrip("千万亿")):
        return None
    factor = reading.factor_to_base or 1.0
    if len(ends) == 2 and ends[0] != ends[1]:
        return Interval(min(ends) * factor, max(ends) * factor)
    if exact:
        point = float(f"{ends[0] * factor:.15g}")
        return Interval(point, point)
    return printed(ends[0], reading.ulp).times(factor)


def _points(items: Sequence[Sentence], assessment: Assessment) -> Iterator[Statement]:
    """The total and the points of the level-1 groups; points are exact."""
    written = assessment.table.total_score.number
    table_total = written if written is not None else assessment.computed_total
    stated = stated_total(items)
    if stated is not None and table_total is not None:
        sentence, mention = stated
        if mention.value == table_total:
            yield holds("table", sentence, mention)
        else:
            yield _unlike(sentence, mention, f"自评表总分是 {plain(table_total)} 分", f"{plain(table_total)}分", ERROR)
    for group in groups(items):
        name = next((word for word in _CLASSES if word in group.name), "")
        rows = [r for r in assessment.indicators if name and name in r.indicator.level1.text]
        scores = [r.score for r in rows]
        weights = [r.indicator.weight.number for r in rows]
        if not rows or None in scores or None in weights or exact_sum([w for w in weights if w is not None]) != group.weight.value:
            continue
        summed = exact_sum([s for s in scores if s is not None])
        if summed == group.score.value:
            yield holds("table", group.sentence, group.score)
        else:
            yield _unlike(group.sentence, group.score, f"自评表里{name}类指标得分合计 {plain(summed)} 分", f"{plain(summed)}分", ERROR)


def _unlike(sentence: Sentence, mention: Mention, table_says: str, expected: str, level: str) -> Statement:
    return Statement(
        "table", "E07", level, sentence, mention, (mention,), f"{table_says}, 报告写的是 {sentence.printed(mention)}", expected,
        "请核对报告和自评表, 改成同一个数",
    )  # fmt: skip
