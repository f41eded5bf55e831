"""活表: a case whose computed cells are formulas with what they show."""

from __future__ import annotations

from perfeval_xl.core.assessment import Assessment, assessed, direction_words
from perfeval_xl.core.measure import Measure, measured
from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import rule_text
from perfeval_xl.core.table import NUMBER
from perfeval_xl.workbook.building.case import Case, Formula, Row
from perfeval_xl.workbook.building.computed_actual import actual_formula, computed_figure
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS
from perfeval_xl.workbook.building.formulas import execution_formula, rate_formula, score_formula, sum_formula
from perfeval_xl.workbook.building.placed import placed_table
from perfeval_xl.workbook.building.placement import Placement
from perfeval_xl.workbook.reading.number_format import display

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import FundResult, IndicatorResult
    from perfeval_xl.core.ruleset import Rules
    from perfeval_xl.core.table import Indicator, Table, Value
    from perfeval_xl.workbook.building.case import Entry
    from perfeval_xl.workbook.building.form import Form

TABLE_SHEET = "自评表"
_SUMMED = ("initial_budget", "in_place", "budget", "executed")


class Living(Record):
    """A case with its formulas, where they stand, and the table they make."""

    case: Case
    placement: Placement
    assessment: Assessment


def living(form: Form, case: Case, rules: Rules) -> Living:
    """Place and compute: a score cell becomes a formula where the rule gives it, else it stays what people typed."""
    placement = Placement(form, len(case.funds), len(case.indicators))
    blank = placed_table(case, placement, TABLE_SHEET)
    summed = case._replace(funds=_summed(case.funds, placement), indicators=_followed(case, blank))
    ruled = _ruled(summed, assessed(placed_table(summed, placement, TABLE_SHEET), rules))
    first = assessed(placed_table(ruled, placement, TABLE_SHEET), rules)
    whole = _with_formulas(ruled, placement, first)
    assessment = assessed(placed_table(whole, placement, TABLE_SHEET), rules)
    table = assessment.table
    table = table._replace(
        total_weight=_shown(table.total_weight, total_weight(assessment)),
        total_score=_shown(table.total_score, total_score(assessment)),
    )
    return Living(whole, placement, assessment._replace(table=table))


def _followed(case: Case, table: Table) -> tuple[Row, ...]:
    """Rows whose 完成值 nobody typed take it from 基础数据, where that computes it."""
    return tuple(_follow(row, case, table, indicator) for row, indicator in zip(case.indicators, table.indicators, strict=True))


def _follow(row: Row, case: Case, table: Table, indicator: Indicator) -> Row:
    figure = computed_figure(table, indicator)
    if figure is None or not indicator.actual.is_blank:
        return row
    formula = Formula(actual_formula(figure), _cache(case.figures.value(figure)), f"figure_{figure.unit}")
    return Row({**row.values, "actual": formula})


def total_weight(assessment: Assessment) -> float | None:
    """分值合计 as the form shows it, the execution's among them."""
    cells = [result.indicator.weight for result in assessment.indicators] + [result.fund.weight for result in assessment.funds]
    return _sum([cell.number for cell in cells])


def total_score(assessment: Assessment) -> float | None:
    """得分合计 as the form shows it: the sum of what is there."""
    return _sum([*(result.score for result in assessment.indicators), *(fund_score(result) for result in assessment.funds)])


def fund_score(result: FundResult) -> float | None:
    """预算执行率得分 as it stands: what was typed, else what is computed."""
    cell = result.fund.written_score
    return cell.number if cell.typed else result.score if cell.exists else None


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return exact_sum(known) if known else None


def _shown(value: Value, number: float | None) -> Value:
    if not value.exists or number is None:
        return value
    return value._replace(text=display(number), number=number, state=NUMBER)


def _summed(funds: tuple[Row, ...], placement: Placement) -> tuple[Row, ...]:
    """The first row marked as sum of the others adds up its parts, unless it was typed and differs."""
    if not funds or not funds[0].get("sum"):
        return funds
    parts = tuple(number for number, row in enumerate(funds) if row.get("part"))
    fields = [field for field in _SUMMED if placement.form.block(FUNDS).has(field)]
    sums = {field: _sum_entry(funds, parts, field, placement) for field in fields}
    return (Row({**funds[0].values, **sums}), *funds[1:])


def _sum_entry(funds: tuple[Row, ...], parts: tuple[int, ...], field: str, placement: Placement) -> Entry:
    typed = funds[0].get(field)
    amounts = [entry for number in parts if isinstance(entry := funds[number].get(field), (int, float))]
    total = exact_sum([float(amount) for amount in amounts]) if amounts else None
    if not parts or (typed is not None and typed != total):
        return typed
    return Formula(sum_formula(placement, field, parts), "" if total is None else total)


def _ruled(case: Case, assessment: Assessment) -> Case:
    """A target that is a quantity is scored by the default rule, also while nothing is reached yet."""
    default = rule_text(assessment.rules.rule())
    rows = zip(case.indicators, assessment.indicators, strict=True)
    return case._replace(indicators=tuple(Row({**row.values, "rule": default}) if _waits(result) else row for row, result in rows))


def _waits(result: IndicatorResult) -> bool:
    indicator = result.indicator
    is_quantity = isinstance(measured(result.target, result.target, direction_words(indicator)), Measure)
    return is_quantity and indicator.actual.is_blank and not indicator.rule


def _with_formulas(case: Case, placement: Placement, first: Assessment) -> Case:
    has_scores = placement.form.block(INDICATORS).has("written_score")
    funds = tuple(
        _fund(row, number, placement, result, first.rules)
        for number, (row, result) in enumerate(zip(case.funds, first.funds, strict=True))
    )
    indicators = tuple(
        _indicator(row, number, placement, result) if has_scores else row
        for number, (row, result) in enumerate(zip(case.indicators, first.indicators, strict=True))
    )
    return case._replace(funds=funds, indicators=indicators)


def _fund(row: Row, number: int, placement: Placement, result: FundResult, rules: Rules) -> Row:
    block = placement.form.block(FUNDS)
    values = dict(row.values)
    if block.has("written_rate"):
        values["written_rate"] = Formula(rate_formula(placement, number), _cache(result.execution_rate))
    if block.has("written_score") and isinstance(row.get("weight"), (int, float)) and _agrees(row.get("written_score"), result.score):
        values["written_score"] = Formula(execution_formula(placement, number, rules), _cache(result.score))
    return Row(values)


def _indicator(row: Row, number: int, placement: Placement, result: IndicatorResult) -> Row:
    is_judged = result.rule.is_judged and bool(result.indicator.actual.text or result.indicator.rule)
    computed = result.computed_score
    if is_judged or not _agrees(row.get("written_score"), computed):
        return row
    formula = score_formula(placement, number, result.indicator)
    return Row({**row.values, "written_score": Formula(formula, _cache(computed))})


def _agrees(typed: Entry, computed: float | None) -> bool:
    """Whether a formula may stand where that was typed: nothing, or just what it gives."""
    return typed is None or typed == "" or (computed is not None and typed == computed)


def _cache(value: float | None) -> str | float:
    return "" if value is None else value
