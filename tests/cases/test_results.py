"""What the published reports state and their tables must give: rates, scores, totals."""

import json
import re

import pytest

from perfeval_xl.checks.deductions import deducted
from perfeval_xl.core.figure import agrees
from perfeval_xl.core.figure_ratios import FIGURES, figure_named
from perfeval_xl.core.number import exact_sum, percent
from perfeval_xl.core.rule import parse_rule
from perfeval_xl.core.scoring import bounded_score
from tests.cases.conftest import CASES

BAZHOU, HEFEI, CENTER = "bazhou-2023-resident-fund", "hefei-2024-district-department", "panzhihua-2023-center-department"
EMPLOYEES, TRANSFER = "panzhihua-2024-employee-fund", "panzhihua-2024-transfer-capability"
PROJECTS = tuple(f"panzhihua-2023-center-project-{name}" for name in ("drg", "rent", "supervision"))
FIGURE_OF = {figure.key: figure for figure in FIGURES}


def note(assessment):
    return next(passage.text.text for passage in assessment.table.passages if passage.block == "note")


def rates(assessment):
    return [percent(result.execution_rate) for result in assessment.funds if result.execution_rate is not None]


def named(assessment, name):
    return next(result for result in assessment.indicators if result.indicator.name == name)


def figures(assessment):
    """The amounts of 基础数据 as read back, by key."""
    from perfeval_xl.core.figure_amounts import amounts_by_name

    return {amounts_by_name()[name].key: value.number for name, value in assessment.table.figures}


@pytest.mark.parametrize("name", CASES)
def test_the_kind_year_and_ruleset_of_a_case_are_read_back(name, results):
    from perfeval_xl.workbook.building.builder import case_named

    form, case = case_named(name)
    result = results[name]
    (assessment,) = result.assessments
    assert (assessment.table.kind, assessment.table.heading.year) == (form.kind, case.year)
    assert assessment.rules.ruleset.id == case.ruleset
    named_rows = [row for row in case.indicators if row.get("level3")]      # rows of the form that nobody named are no indicators
    assert (len(assessment.funds), len(assessment.indicators)) == (len(case.funds), len(named_rows))
    assert result.unread == ()


def test_bazhou_scores_98(assessments):
    bazhou = assessments[BAZHOU]
    assert (bazhou.computed_total, bazhou.sum_of_written_scores, bazhou.grade) == (98.0, 98.0, "优")
    assert rates(bazhou) == ["102.95%", "97.36%"]


def test_hefei_scores_97_97_of_which_execution_9_97_and_output_48(assessments):
    hefei = assessments[HEFEI]
    output = [result.score for result in hefei.indicators if result.indicator.level1.text.startswith("产出")]
    assert (hefei.computed_total, hefei.execution_score, hefei.grade) == (97.97, 9.97, "优")
    assert rates(hefei) == ["99.74%"]
    assert (output, exact_sum(output)) == ([9.0, 10.0, 15.0, 14.0], 48.0)


def test_hefei_would_get_14_32_for_cost_by_the_common_formula(assessments):
    cost = named(assessments[HEFEI], "项目总成本")
    assert (cost.rule.name, cost.score) == ("manual", 14.0)
    by_formula = bounded_score(parse_rule("linear_excess"), "lower", 15, 0, cost.measure.high, cost.measure.actual, points=False)
    assert by_formula == 14.32


def test_the_transfer_scores_91_22_at_an_execution_rate_of_90_48(assessments):
    transfer = assessments[TRANSFER]
    assert (transfer.sum_of_written_scores, len(transfer.written_scores)) == (91.22, 22)
    assert rates(transfer) == ["90.48%"]
    budgets = [result.fund.budget.number for result in transfer.funds]
    assert budgets == [514.4, 77.4, 437.0]


def test_of_the_transfer_a_total_follows_only_from_known_weights(assessments):
    """20 of 22 weights are unknown, so no formula gives the total; what is known is what was lost."""
    transfer = assessments[TRANSFER]
    known = [result for result in transfer.indicators if result.indicator.weight.number is not None]
    lost = [exact_sum([result.indicator.weight.number, -result.score]) for result in known]
    assert (transfer.computed_total, len(known)) == (None, 2)
    assert (lost, exact_sum([100.0, *(-points for points in lost)])) == ([5.0, 3.78], transfer.sum_of_written_scores)


def test_repeated_enrolment_gets_1_22_by_no_formula(assessments):
    repeated = named(assessments[TRANSFER], "重复参保治理情况")
    low, actual = repeated.measure.high, repeated.measure.actual
    tried = {
        name: bounded_score(parse_rule(name), "lower", 5, 0, low, actual, points=True)
        for name in ("proportional", "linear_excess", "reciprocal", "pass_fail", "step_deduction")
    }
    assert tried == {"proportional": 0.0, "linear_excess": 0.0, "reciprocal": 1.51, "pass_fail": 0.0, "step_deduction": 4.0}
    assert (repeated.rule.name, repeated.score) == ("manual", 1.22)


def test_the_employees_fund_completes_99_57_and_96_74_percent(assessments):
    assert rates(assessments[EMPLOYEES]) == ["99.57%", "96.74%"]


def test_the_employees_fund_scores_91_40_as_100_less_its_deductions(assessments):
    """No weight is known, so no score follows; the points that the rows say were lost give the stated total."""
    fund = assessments[EMPLOYEES]
    taken = [points for result in fund.indicators for points in deducted(result.indicator.evidence.text)]
    stated = float(re.search(r"总分([\d.]+)分", note(fund))[1])
    assert (fund.computed_total, fund.written_scores) == (None, [])
    assert (taken, exact_sum(taken)) == ([3.0, 0.6, 5.0], 8.6)
    assert exact_sum([100.0, -exact_sum(taken)]) == stated == 91.4


@pytest.mark.parametrize("weight", [5.0, 8.0, 10.0])
def test_half_a_point_per_started_point_explains_the_first_deduction_whatever_its_weight(assessments, weight):
    fund = assessments[EMPLOYEES]
    rate, income = named(fund, "综合参保率"), named(fund, "收入预算完成率")
    lost = [
        exact_sum([weight, -bounded_score(each.rule, each.measure.direction, weight, each.measure.low, each.measure.high, each.measure.actual, points=True)])
        for each in (rate, income)
    ]
    assert lost == [3.0, 0.5]       # the report took 3 and 0.6


def test_the_center_spends_1401_32_as_947_93_and_453_39(assessments, results):
    executed = [result.fund.executed.number for result in assessments[CENTER].funds]
    assert executed == [1401.32, 947.93, 453.39]
    assert exact_sum(executed[1:]) == executed[0]
    assert [finding.check for finding in results[CENTER].all_findings if finding.check.startswith("C")] == []


def test_the_projects_of_the_center_execute_what_their_reports_say(assessments):
    assert [rates(assessments[name]) for name in PROJECTS] == [["99.54%"], ["100.00%"], ["100.00%"]]
    assert [assessments[name].execution_score for name in PROJECTS] == [9.95, 10.0, 10.0]


def test_the_rates_on_the_fund_sheets_follow_from_their_amounts(assessments):
    bazhou, employees = figures(assessments[BAZHOU]), figures(assessments[EMPLOYEES])
    shown = {key: percent(FIGURE_OF[key].value(bazhou)) for key in ("premium_share", "benefit_share", "other_share", "income_completion", "deposit_share")}
    assert shown == {
        "premium_share": "33.84%", "benefit_share": "89.56%", "other_share": "0.11%", "income_completion": "103.03%", "deposit_share": "23.49%",
    }  # fmt: skip
    assert percent(FIGURE_OF["handed_up_share"].value(employees)) == "6.11%"
    assert round(FIGURE_OF["payable_months"].value(bazhou, "自填月均支出"), 2) == 10.04
    assert FIGURE_OF["pool_payable_months"].value(employees) is None


@pytest.mark.parametrize("name", [BAZHOU, EMPLOYEES])
def test_every_stated_rate_that_the_amounts_give_agrees_with_them(name, assessments):
    found = figures(assessments[name])
    compared = {}
    for result in assessments[name].indicators:
        figure = figure_named(result.indicator.name)
        variant = "自填月均支出" if figure and figure.key == "payable_months" else ""
        value = figure.value(found, variant) if figure else None
        if value is not None:
            compared[figure.key] = agrees(value, figure.unit, result.actual)
    expected = {
        BAZHOU: dict.fromkeys(("premium_share", "benefit_share", "other_share", "payable_months"), True),
        EMPLOYEES: dict.fromkeys(("income_completion", "expenditure_completion"), True),
    }
    assert compared == expected[name]


def test_typed_values_stay_text_beside_the_fund_sheet(assessments):
    typed = named(assessments[BAZHOU], "社会保险费收入占基金收入比重").indicator.actual
    assert (typed.text, typed.computed) == ("33.84%", False)


def test_the_command_line_says_the_same(workbooks, capsys):
    from perfeval_xl.cli import main

    said = {}
    for name in CASES:
        assert main(["score", workbooks[name], "--json"]) == 0
        (table,) = json.loads(capsys.readouterr().out)["tables"]
        said[name] = (table["computed_total"], table["sum_of_written_scores"])
    assert {name: said[name] for name in (BAZHOU, HEFEI, TRANSFER, EMPLOYEES)} == {
        BAZHOU: (98.0, 98.0), HEFEI: (97.97, 97.97), TRANSFER: (None, 91.22), EMPLOYEES: (None, None),
    }  # fmt: skip
