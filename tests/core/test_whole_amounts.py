"""A total row left at zero: the execution points follow from the rows below it."""

from perfeval_xl.core.assessment import assessed, whole_amounts
from perfeval_xl.core.table import Fund, Heading, Table, Value
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of


def number(cell, value):
    return Value(cell, f"{value:g}", float(value), 1.0, "number")


def fund(row, label, budget, executed, weight=None):
    words = Value(f"B{row}", label, None, 0.0, "text")
    points = number(f"F{row}", weight) if weight else Value(f"F{row}")
    return Fund(words, budget=number(f"D{row}", budget), executed=number(f"E{row}", executed), weight=points)


ZERO = (fund(6, "年度资金总额", 0, 0, 10), fund(7, "其中：当年财政拨款", 100000, 95000), fund(8, "其他资金", 0, 0))


def test_the_parts_stand_in_for_a_total_of_zero():
    assert whole_amounts(ZERO, 0) == (100000, 95000)
    assert whole_amounts(ZERO, 1) == (100000, 95000)


def test_a_filled_total_is_its_own_measure():
    filled = (fund(6, "年度资金总额", 100, 80, 10), *ZERO[1:])
    assert whole_amounts(filled, 0) == (100, 80)


def test_the_execution_score_of_a_total_of_zero_follows_the_parts():
    table = Table("表", "A1:I9", "project", "", Heading(year=2024), ZERO, ())
    assessment = assessed(table, rules_of(load("mof-2020-10"), 2024))
    assert assessment.execution_score == 9.5
    assert assessment.funds[0].execution_rate is None
