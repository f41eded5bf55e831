"""What is shown is what is computed: the written arithmetic walks the tree of the score itself."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfeval_xl.core.arithmetic import Work, approximate
from perfeval_xl.core.number import plain
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN, parse_rule
from perfeval_xl.core.scoring import (
    EXECUTION_VARIABLES,
    VARIABLES,
    execution_expression,
    execution_function,
    score_expression,
    score_function,
)

RULES = (
    "proportional", "pass_fail", "linear_excess", "reciprocal", "interval", "step_deduction(points=0.5, per=1)",
    "step_deduction(points=2, per=5, unit=percent, step=full)", "bands(100:1, 80:0.7, 60:0.5)",
)  # fmt: skip
NAMED = {"low": "指标值", "high": "指标值", "actual": "完成值"}
sizes = st.floats(0, 1e6, allow_nan=False)


def worked(text, direction, values):
    work = Work(values, lambda _, value: plain(value), NAMED)
    return work.out(score_expression(parse_rule(text), direction)).value, work.steps


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RULES), st.sampled_from((HIGHER, LOWER, WITHIN)), sizes, sizes, sizes, sizes, st.sampled_from((0.0, 100.0)))
def test_the_number_at_the_end_is_the_score_bit_for_bit(text, direction, weight, low, width, actual, scale):
    values = {"weight": weight, "low": low, "high": low + width, "actual": actual - 10, "scale": scale}
    function = score_function(parse_rule(text), direction)
    try:
        expected = function(*(values[name] for name in VARIABLES))
    except (OverflowError, ZeroDivisionError):
        assume(False)
    assert worked(text, direction, values)[0] == expected


@pytest.mark.parametrize("text", ["execution", "bands(100:1, 80:0.7, 60:0.5)"])
@pytest.mark.parametrize(("executed", "budget"), [(1707.31, 1711.75), (85, 100), (50, 100), (120, 100), (-3, 100), (5, 0)])
def test_an_execution_score_is_worked_out_as_it_is_computed(text, executed, budget):
    rule, values = parse_rule(text), {"weight": 10.0, "executed": executed, "budget": budget}
    expected = execution_function(rule)(*(values[name] for name in EXECUTION_VARIABLES))
    assert Work(values, lambda _, value: plain(value), {}).out(execution_expression(rule)).value == expected


COUNTED = {"weight": 15.0, "low": 8755.0, "high": 8755.0, "actual": 8676.0, "scale": 0.0}
POINTS = {"weight": 5.0, "low": 0.95, "high": 0.95, "actual": 0.8926, "scale": 100.0}


@pytest.mark.parametrize(
    ("text", "direction", "values", "steps"),
    [
        ("proportional", HIGHER, COUNTED, ["完成值 8676 < 指标值 8755", "8676 ÷ 8755 × 15 = 14.8646… → 14.86"]),
        ("proportional", HIGHER, COUNTED | {"actual": 9000.0}, ["完成值 9000 ≥ 指标值 8755"]),
        ("proportional", LOWER, COUNTED | {"actual": 9630.5}, ["完成值 9630.5 > 指标值 8755", "(1 − (9630.5 − 8755) ÷ 8755) × 15 = 13.5"]),
        ("proportional", HIGHER, COUNTED | {"actual": -1.0}, ["完成值 -1 < 指标值 8755", "-1 < 0, 按 0 计", "0 ÷ 8755 × 15 = 0"]),
        ("proportional", HIGHER, COUNTED | {"low": 0.0, "actual": -1.0}, ["完成值 -1 < 指标值 0", "指标值 0 ≤ 0"]),
        ("reciprocal", LOWER, POINTS | {"actual": 1.2}, ["完成值 1.2 > 指标值 0.95", "0.95 ÷ 1.2 × 5 = 3.9583… → 3.96"]),
        ("pass_fail", HIGHER, POINTS, ["完成值 0.8926 < 指标值 0.95"]),
        (
            "step_deduction(points=0.5, per=1)", HIGHER, POINTS,
            ["完成值 0.8926 < 指标值 0.95", "(0.95 − 0.8926) × 100 = 5.74 → 6 (不满一步按一步算)", "5 − 6 × 0.5 = 2"],
        ),
        (
            "step_deduction(points=3, per=2, step=full)", HIGHER, POINTS,
            ["完成值 0.8926 < 指标值 0.95", "(0.95 − 0.8926) × 100 ÷ 2 = 2.87 → 2 (不满一步不算)", "5 − 2 × 3 = -1 < 0, 按 0 计"],
        ),
        (
            "bands(100:1, 80:0.7)", HIGHER, COUNTED,
            ["完成值 8676 < 指标值 8755", "8676 ÷ 8755 = 0.9909… < 1", "8676 ÷ 8755 = 0.9909… ≥ 0.8", "15 × 0.7 = 10.5"],
        ),
    ],
)  # fmt: skip
def test_every_rule_is_written_as_a_person_would_reckon(text, direction, values, steps):
    assert worked(text, direction, values)[1] == steps


def test_a_number_with_more_digits_is_shown_cut_not_rounded():
    assert [approximate(value) for value in (0.99999, -2 / 3, 3.0, 1e-7, 0.12345)] == ["0.9999…", "-0.6666…", "3", "0.00000010", "0.1234…"]
