"""A built workbook and what Python says its computed cells must show."""

from typing import NamedTuple

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.labels import DIRECTIONS
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import exact_sum
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.builder import TABLE_SHEET, build
from perfeval_xl.workbook.building.case import Case, Row
from perfeval_xl.workbook.building.form import Form
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.placed import placed_table
from perfeval_xl.workbook.building.placement import Placement
from perfeval_xl.workbook.building.rule_sheet import rule_row
from perfeval_xl.workbook.grid import RULE_SHEET

RATES_AND_POINTS = ("low", "high", "actual", "completion", "deviation", "points")


class Living(NamedTuple):
    """A workbook on disk with the case it was built from."""

    form: Form
    case: Case
    placement: Placement
    path: str
    formulas: frozenset[int]     # the indicators whose score is a formula

    def assessment(self, case):
        """The case as the command line computes it."""
        return assessed(placed_table(case, self.placement, TABLE_SHEET), rules_of(load(case.ruleset), case.year))

    def expected(self, case):
        """Every computed cell by its address; "" for a blank."""
        assessment = self.assessment(case)
        cells = {f"{TABLE_SHEET}!{address}": value for address, value in self._table(assessment).items()}
        for number, result in enumerate(assessment.indicators):
            for name, value in rule_values(result).items():
                cells[f"{RULE_SHEET}!{COLUMNS[name]}{rule_row(number)}"] = value
        return {**cells, **self._totals(assessment)}

    def cell(self, number, field):
        """The address of an indicator's cell."""
        return f"{TABLE_SHEET}!{self.placement.indicator(number, field).cell}"

    def rows(self, first, last, fields):
        """The area of some columns over some indicators, ends included; the columns must lie side by side."""
        start, end = self.placement.indicator(first, fields[0]).cell, self.placement.indicator(last, fields[-1]).cell
        return f"{TABLE_SHEET}!{start}:{end}"

    def _table(self, assessment):
        rates = {self.placement.fund(n, "written_rate").cell: each.execution_rate for n, each in enumerate(assessment.funds)}
        scores = {self.placement.indicator(n, "written_score").cell: assessment.indicators[n].computed_score for n in self.formulas}
        return {address: "" if value is None else value for address, value in {**rates, **scores}.items()}

    def _totals(self, assessment):
        weights = [each.indicator.weight.number for each in assessment.indicators]
        scores = [each.computed_score if n in self.formulas else each.score for n, each in enumerate(assessment.indicators)]
        weight, score = _sum(weights), _sum(scores)
        grade = "" if score == "" else assessment.rules.grade(score)
        return {
            f"{RULE_SHEET}!B4": weight, f"{RULE_SHEET}!B5": score, f"{RULE_SHEET}!B6": grade,
            f"{TABLE_SHEET}!{self.placement.total('weight').cell}": weight,
            f"{TABLE_SHEET}!{self.placement.total('written_score').cell}": score,
        }  # fmt: skip


def _sum(values):
    known = [value for value in values if value is not None]
    return exact_sum(known) if known else ""


def rule_values(result):
    """What a row of 评分规则 shows for an indicator, by column name."""
    measure = result.measure
    if not isinstance(measure, Measure):
        return dict.fromkeys(("direction", *RATES_AND_POINTS, "score"), "")
    score = None if result.rule.is_judged else result.computed_score
    values = {
        "direction": DIRECTIONS[measure.direction], "low": measure.low, "high": measure.high, "actual": measure.actual,
        "completion": result.completion_rate, "deviation": result.deviation_rate, "points": result.deviation_points, "score": score,
    }  # fmt: skip
    return {name: "" if value is None else value for name, value in values.items()}


def built(form, case, path):
    """Build the workbook and remember which scores are formulas."""
    table = build(form, case, str(path))
    placement = Placement(form, len(case.funds), len(case.indicators))
    formulas = frozenset(n for n, indicator in enumerate(table.indicators) if indicator.written_score.computed)
    return Living(form, case, placement, str(path), formulas)


def with_indicator(case, number, **values):
    """The case with some cells of one indicator typed anew."""
    rows = list(case.indicators)
    rows[number] = Row({**rows[number].values, **values})
    return case._replace(indicators=tuple(rows))


def with_fund(case, number, **values):
    """The case with some cells of one funding row typed anew."""
    rows = list(case.funds)
    rows[number] = Row({**rows[number].values, **values})
    return case._replace(funds=tuple(rows))


def differences(document, expected, digits=9):
    """Cells of an open workbook that do not show what is expected; numbers agree to ``digits`` decimals or digits."""
    shown = document.values(expected)
    return {address: (want, shown[address]) for address, want in expected.items() if not agrees(want, shown[address], digits)}


def agrees(want, got, digits=9):
    """The same text, or the same number but for binary residue."""
    if isinstance(want, str) or isinstance(got, str) or got is None:
        return want == got
    return abs(want - got) <= 10.0**-digits * max(1.0, abs(want))
