"""评分结果: a table computed under the rules in force, row by row; what is judged by people stays theirs."""

from __future__ import annotations

from itertools import repeat, takewhile

from perfeval_xl.core.deviation import deviation_points, deviation_rate
from perfeval_xl.core.evaluation import measured_score
from perfeval_xl.core.execution_row import names_execution
from perfeval_xl.core.measure import COST_LEVEL, NO_NUMBER, Measure, measured
from perfeval_xl.core.number import exact_sum, rounded
from perfeval_xl.core.rate import completion_rate, execution_rate
from perfeval_xl.core.reading.target import Reading, read_text
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import Rule, parse_rule
from perfeval_xl.core.scoring import execution_function

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Rules
    from perfeval_xl.core.table import Fund, Indicator, Table, Value

_QUALITATIVE = Rule("qualitative")
_FULL_MARKS = 100.0
_TOTAL_WORDS = ("总额", "合计", "总计", "总金额", "资金总", "整体支出")
_SIDES = ("收入", "支出")


class FundResult(Record):
    """一行资金的执行率; ``score`` is None where the row carries no execution points."""

    fund: Fund
    execution_rate: float | None
    score: float | None


class IndicatorResult(Record):
    """一项指标的计算结果. ``measure`` is a Measure, or the reason why target and actual cannot be compared.

    ``weight_rows`` and ``score_rows``: over how many rows the cell of 分值 or 得分 is merged, 0 for a lower row.
    """

    indicator: Indicator
    target: Reading
    actual: Reading
    rule: Rule
    rule_error: str
    measure: Measure | str
    computed_score: float | None
    weight_rows: int = 1
    score_rows: int = 1

    @property
    def stands_alone(self) -> bool:
        """Weight and score are this row's own; merged with a neighbour's they say nothing about one target."""
        return self.weight_rows == self.score_rows == 1

    @property
    def completion_rate(self) -> float | None:
        return completion_rate(self.measure) if isinstance(self.measure, Measure) else None

    @property
    def deviation_rate(self) -> float | None:
        return deviation_rate(self.measure) if isinstance(self.measure, Measure) else None

    @property
    def deviation_points(self) -> float | None:
        return deviation_points(self.measure) if isinstance(self.measure, Measure) else None

    @property
    def score(self) -> float | None:
        """得分 as it stands: what was typed, else what is computed."""
        written = self.indicator.written_score
        return written.number if written.typed and written.number is not None else self.computed_score


class Assessment(Record):
    """整表结果: rows, totals and grade under ``rules``."""

    table: Table
    rules: Rules
    funds: tuple[FundResult, ...]
    indicators: tuple[IndicatorResult, ...]

    @property
    def execution_score(self) -> float | None:
        """预算执行率得分 of the scored funding row; None where the form has none."""
        return next((result.score for result in self.funds if result.score is not None), None)

    @property
    def written_scores(self) -> list[float]:
        cells = [result.fund.written_score for result in self.scored_funds]
        cells += [result.indicator.written_score for result in self.indicators]
        return [cell.number for cell in cells if cell.number is not None]

    @property
    def scored_funds(self) -> tuple[FundResult, ...]:
        """The funding rows whose points count in the total; none where the indicators hold these points already.

        Points printed both for income and for expenditure count once where only so all points make 100.
        """
        found = self.funds_with_points
        if found and self._holds_all_points(found):
            return ()
        return found[:1] if self._are_the_same_points(found) else found

    def _are_the_same_points(self, scored: tuple[FundResult, ...]) -> bool:
        points, *others = [result.fund.full_marks.number for result in scored] or [None]
        return points is not None and others == [points] and exact_sum([self._points_of_indicators(), points]) == _FULL_MARKS

    def _points_of_indicators(self) -> float:
        """A weight merged over several rows counts once."""
        weights = {result.indicator.weight.cell: result.indicator.weight.number or 0.0 for result in self.indicators}
        return exact_sum(list(weights.values()))

    def _holds_all_points(self, scored: tuple[FundResult, ...]) -> bool:
        """An indicator repeats the points of the funding block, or this states no full marks and those of the indicators make 100."""
        points, alone = execution_points(scored), self._points_of_indicators()
        if self._repeats(scored):
            return exact_sum([alone, points]) != _FULL_MARKS or any(result.indicator.weight.exists and result.indicator.weight.is_blank for result in self.indicators)
        is_nearer = abs(alone - _FULL_MARKS) < abs(exact_sum([alone, points]) - _FULL_MARKS)
        return is_nearer and not any(result.fund.full_marks.number for result in scored)

    def _repeats(self, scored: tuple[FundResult, ...]) -> bool:
        """An indicator 预算执行率 has the points of the funding block."""
        points = {value.number for result in scored for value in (result.fund.full_marks, result.fund.written_score)} - {None}
        rows = [result.indicator for result in self.indicators if names_execution(result.indicator.name)]
        return any(value.number in points for row in rows for value in (row.weight, row.written_score))

    @property
    def funds_with_points(self) -> tuple[FundResult, ...]:
        """The funding rows that show points of the whole: the total row, of a fund that of each side; else the rows above the first 其中."""
        carrying = [r for r in self.funds if r.fund.weight.number or r.fund.written_score.number is not None]
        totals = [result for result in carrying if is_total_row(result.fund)]
        parts = next((place for place, r in enumerate(carrying) if r.fund.words.startswith("其中")), len(carrying))
        return tuple(_of_both_sides(totals) or totals[:1] or carrying[: max(parts, 1)])

    @property
    def sum_of_written_scores(self) -> float | None:
        return exact_sum(self.written_scores) if self.written_scores else None

    @property
    def computed_total(self) -> float | None:
        """总分 from computed scores (judged rows as typed); None while a row has neither, or where no indicator is there."""
        scores = [result.computed_score for result in self.indicators if result.score_rows]
        scores += [result.score if result.score is not None else result.fund.written_score.number for result in self.scored_funds]
        known = [score for score in scores if score is not None]
        return exact_sum(known) if self.indicators and len(known) == len(scores) else None

    @property
    def grade(self) -> str:
        total = self.computed_total
        return "" if total is None else self.rules.grade(total)


def assessed(table: Table, rules: Rules) -> Assessment:
    """计算一张表: rates, scores and the parts of the total; blanks stay blank."""
    return Assessment(
        table,
        rules,
        tuple(_fund(fund, whole_amounts(table.funds, place), rules) for place, fund in enumerate(table.funds)),
        tuple(map(_indicator, table.indicators, repeat(rules), *_merged_rows(table.indicators))),
    )


def reassessed(before: Assessment, table: Table) -> Assessment:
    """改动后重算: as ``assessed`` of a table in which other numbers stand in the same cells; rows that are the same are kept."""
    pairs = zip(table.indicators, before.indicators, strict=True)
    return Assessment(
        table,
        before.rules,
        tuple(_fund(fund, whole_amounts(table.funds, place), before.rules) for place, fund in enumerate(table.funds)),
        tuple(old if row is old.indicator else _indicator(row, before.rules, old.weight_rows, old.score_rows) for row, old in pairs),
    )


def execution_points(scored: tuple[FundResult, ...]) -> float:
    """资金各行的分值之和; a row without full marks counts with the points it was given."""
    return exact_sum([result.fund.full_marks.number or result.fund.written_score.number or 0.0 for result in scored])


def _of_both_sides(totals: list[FundResult]) -> list[FundResult]:
    """收入合计 and 支出合计, where the points of the execution are shared between the two; else none."""
    sides = [[r for r in totals if side in r.fund.words and other not in r.fund.words] for side, other in (_SIDES, _SIDES[::-1])]
    return [rows[0] for rows in sides] if all(sides) else []


def main_fund(funds: tuple[Fund, ...]) -> Fund | None:
    """总额一行: the row called a total, else the only row or the first above 其中; None where no row stands for the whole."""
    named = next(filter(is_total_row, funds), None)
    if named is not None or not funds:
        return named
    return funds[0] if len(funds) == 1 or funds[1].words.startswith("其中") else None


def is_total_row(fund: Fund) -> bool:
    """Whether the label names the total of the funding block."""
    label = "".join(fund.words.split())
    return any(word in label for word in _TOTAL_WORDS)


def _merged_rows(indicators: tuple[Indicator, ...]) -> tuple[list[int], list[int]]:
    """Over how many rows each weight and each score is merged; a weight printed in a label is merged with nothing."""
    weights = [item.weight for item in indicators]
    if any(item.weight.exists and item.weight.cell in (item.level2.cell, item.group.cell, item.level3.cell) for item in indicators):
        weights = []
    return _extents(weights, len(indicators)), _extents([item.written_score for item in indicators], len(indicators))


def _extents(values: list[Value], rows: int) -> list[int]:
    found = [1] * rows
    if not any(value.exists for value in values):
        return found
    owner = 0
    for row, value in enumerate(values):
        if value.exists:
            owner = row
        elif row:
            found[row] = 0
            found[owner] += 1
    return found


def whole_amounts(funds: tuple[Fund, ...], place: int) -> tuple[float | None, float | None]:
    """预算数和执行数 of a row; of the rows below it where a total row was left at zero and they were not."""
    parts = standing_in(funds, place)
    if not parts:
        return funds[place].budget.number, funds[place].executed.number
    return exact_sum([part.budget.number or 0.0 for part in parts]), exact_sum([part.executed.number or 0.0 for part in parts])


def standing_in(funds: tuple[Fund, ...], place: int) -> list[Fund]:
    """代替总额的各行: the filled rows below a total row that was left at zero; none where the row counts itself."""
    fund = funds[place]
    if fund.budget.number != 0 or fund.executed.number or not is_total_row(fund):
        return []
    parts = takewhile(lambda row: not is_total_row(row), funds[place + 1 :])
    return [part for part in parts if part.budget.number and part.executed.number is not None]


def _fund(fund: Fund, whole: tuple[float | None, float | None], rules: Rules) -> FundResult:
    weight, (budget, executed) = fund.full_marks.number, whole
    score = None
    if weight and budget is not None and executed is not None:
        digits = rules.rate_digits
        ratio = (rounded(executed / budget, digits), 1.0) if digits is not None and budget else (executed, budget)
        score = execution_function(rules.rule("rule.execution"))(weight, *ratio)
    return FundResult(fund, execution_rate(fund.executed.number, fund.budget.number), score)


def _indicator(indicator: Indicator, rules: Rules, weight_rows: int, score_rows: int) -> IndicatorResult:
    target = read_value(indicator.target, role="target", name=indicator.name)
    actual = read_value(indicator.actual, role="actual", name=indicator.name)
    parsed = parse_rule(indicator.rule) if indicator.rule else rules.rule()
    rule, error = (parsed, "") if isinstance(parsed, Rule) else (_QUALITATIVE, parsed)
    measure = measured(target, actual, direction_words(indicator), rule.direction)
    if isinstance(measure, str) and not indicator.rule:
        rule = _QUALITATIVE if measure == NO_NUMBER and target.kind != "missing" else rule
    is_own = weight_rows == score_rows == 1
    score = _score(indicator, rule, measure) if is_own else indicator.written_score.number
    return IndicatorResult(indicator, target, actual, rule, error, measure, score, weight_rows, score_rows)


def direction_words(indicator: Indicator) -> str:
    """判断方向的文字: the name, and 成本 where the row stands under 成本指标, whatever its own name."""
    levels = indicator.level1.text + indicator.level2.text
    return indicator.name + COST_LEVEL if "成本" in levels else indicator.name


def read_value(value: Value, *, role: str, name: str = "") -> Reading:
    """Read a cell as displayed, so that 0.99 under a percent format is 99 %."""
    return read_text(value.text, role=role, indicator=name)


def _score(indicator: Indicator, rule: Rule, measure: Measure | str) -> float | None:
    weight, written = indicator.weight.number, indicator.written_score
    if weight is None or weight < 0:
        return None
    if rule.is_judged:
        return written.number
    return None if isinstance(measure, str) else measured_score(rule, weight, measure)
