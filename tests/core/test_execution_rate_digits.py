"""How many decimals of the execution rate a ruleset keeps before scoring."""

import pytest

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.ruleset import Ruleset, Sourced
from perfeval_xl.core.table import NUMBER, Fund, Heading, Table, Value

SINCE = (2020, 1, 1)


def typed(number):
    return Value("A1", f"{number:g}", number, 0.0, NUMBER)


def execution(executed, budget, *, weight=10.0, digits=None, rule="execution"):
    """Rate and score of one funding row under a ruleset that keeps ``digits`` decimals."""
    items = {"rule.execution": (Sourced(rule, SINCE, None, "某财〔2020〕1号", "第三条"),)}
    if digits is not None:
        items["rate_digits"] = (Sourced(float(digits), SINCE, None, "某财〔2020〕1号", "第三条"),)
    fund = Fund(Value("A1", "年度资金总额"), budget=typed(budget), executed=typed(executed), weight=typed(weight))
    table = Table("自评表", "A1:A1", "project", "", Heading(), (fund,), ())
    result = assessed(table, Ruleset("local", "某办法", ("project",), items).on(SINCE)).funds[0]
    return result.execution_rate, result.score


@pytest.mark.parametrize(
    ("digits", "score"), [(None, 9.97), (4, 9.98), (3, 9.97), (2, 10.0), (0, 10.0)]
)
def test_the_rate_is_rounded_before_the_score(digits, score):
    assert execution(997.45, 1000, digits=digits) == (997.45 / 1000, score)


@pytest.mark.parametrize(("digits", "score"), [(None, 7.0), (4, 10.0), (5, 10.0), (6, 7.0)])
def test_a_rounded_rate_may_reach_a_band(digits, score):
    assert execution(999.996, 1000, digits=digits, rule="bands(100:1, 80:0.7)")[1] == score


def test_a_rate_above_the_whole_still_earns_no_more_than_the_weight():
    assert execution(120, 100, digits=4) == (1.2, 10.0)


def test_a_budget_of_zero_earns_nothing():
    assert execution(5, 0, digits=4) == (None, 0.0)
