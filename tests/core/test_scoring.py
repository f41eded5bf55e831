import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.rule import HIGHER, LOWER, RULE_NAMES, WITHIN, Rule, parse_rule
from perfeval_xl.core.scoring import (
    EXECUTION_VARIABLES,
    VARIABLES,
    bounded_score,
    execution_expression,
    execution_function,
    execution_score,
    score_expression,
    score_function,
)

BANDS = "bands(100:1, 80:0.7, 60:0.5)"
STEPS = "step_deduction(points=0.5, per=1)"
PERCENT_STEPS = "step_deduction(points=0.5, per=1, unit=percent)"
FULL_STEPS = "step_deduction(points=0.5, per=1, step=full)"


def score(text: str, direction: str, weight: float, target: float | tuple[float, float], actual: float, *, points: bool = False) -> float:
    low, high = target if isinstance(target, tuple) else (target, target)
    rule = parse_rule(text)
    assert isinstance(rule, Rule), rule
    return bounded_score(rule, direction, weight, low, high, actual, points=points)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(8755, 15.0), (9000, 15.0), (8676, 14.86), (4377.5, 7.5), (0, 0.0), (-5, 0.0)],
)
def test_proportional_pays_the_part_reached(actual, expected):
    assert score("proportional", HIGHER, 15, 8755, actual) == expected


@pytest.mark.parametrize(
    ("text", "actual", "expected"),
    [
        ("linear_excess", 10, 10.0),
        ("linear_excess", 12, 8.0),
        ("linear_excess", 19.99, 0.01),
        ("linear_excess", 20, 0.0),
        ("linear_excess", 35, 0.0),
        ("reciprocal", 9, 10.0),
        ("reciprocal", 12, 8.33),
        ("reciprocal", 20, 5.0),
        ("proportional", 12, 8.0),
        ("pass_fail", 10, 10.0),
        ("pass_fail", 10.01, 0.0),
        (BANDS, 12, 7.0),
        (BANDS, 16, 5.0),
        (BANDS, 17, 0.0),
        ("linear_excess", -3, 10.0),
    ],
)
def test_lower_is_better_has_two_forms_and_more(text, actual, expected):
    assert score(text, LOWER, 10, 10, actual) == expected


def test_a_cost_above_its_target_follows_the_printed_example():
    assert score("linear_excess", LOWER, 15, 1632.87, 1707.31) == 14.32


@pytest.mark.parametrize("text", ["linear_excess", "reciprocal", "interval", "proportional"])
def test_the_lower_forms_are_proportional_where_higher_is_better(text):
    assert score(text, HIGHER, 15, 8755, 8676) == 14.86


@pytest.mark.parametrize(
    ("weight", "target", "actual", "lost"),
    [(5, 0.95, 0.8926, 3.0), (10, 0.95, 0.8926, 3.0), (5, 0.95, 0.95, 0.0), (5, 0.95, 0.94, 0.5), (5, 0.95, 0.9399, 1.0), (2, 0.95, 0.80, 2.0)],
)
def test_started_points_are_deducted(weight, target, actual, lost):
    assert score(STEPS, HIGHER, weight, target, actual, points=True) == weight - lost


def test_the_published_fund_deductions_are_reproduced():
    income = score("step_deduction(points=0.6, per=1)", WITHIN, 5, (1.0, 1.05), 0.9957, points=True)
    share = score("pass_fail", HIGHER, 5, 0.90, 0.8973)
    enrolment = score(STEPS, HIGHER, 5, 0.95, 0.8926, points=True)
    assert (enrolment, income, share) == (2.0, 4.4, 0.0)


@pytest.mark.parametrize(("text", "expected"), [(STEPS, 2.0), (FULL_STEPS, 2.5), ("step_deduction(points=1, per=5)", 3.0), ("step_deduction", 0.0)])
def test_steps_count_started_or_full(text, expected):
    assert score(text, HIGHER, 5, 0.95, 0.8926, points=True) == expected


@pytest.mark.parametrize(
    ("text", "target", "actual", "points", "expected"),
    [
        (STEPS, 0.5, 0.475, True, 8.5),
        (PERCENT_STEPS, 0.5, 0.475, True, 7.5),
        (STEPS, 200, 190, False, 7.5),
        (PERCENT_STEPS, 200, 190, False, 7.5),
    ],
)
def test_points_and_percent_are_kept_apart(text, target, actual, points, expected):
    assert score(text, HIGHER, 10, target, actual, points=points) == expected


def test_steps_above_an_upper_limit_are_deducted_too():
    assert score(STEPS, LOWER, 5, 1.0, 1.042, points=True) == 2.5
    assert score(STEPS, WITHIN, 5, (1.0, 1.05), 1.0601, points=True) == 4.0


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(0.65, 8.0), (0.6868, 8.0), (0.75, 8.0), (0.62, 7.63), (0.78, 7.68), (0.0, 0.0), (2.0, 0.0)],
)
def test_an_interval_pays_in_full_inside_and_in_part_outside(actual, expected):
    assert score("interval", WITHIN, 8, (0.65, 0.75), actual) == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(1.0, 10.0), (1.24, 10.0), (0.9999, 7.0), (0.8, 7.0), (0.7999, 5.0), (0.6, 5.0), (0.5999, 0.0), (-1.0, 0.0)],
)
def test_bands_pay_a_share_by_completion(actual, expected):
    assert score(BANDS, HIGHER, 10, 1.0, actual) == expected


def test_a_band_limit_is_met_in_spite_of_binary_noise():
    assert score("bands(70:0.5)", HIGHER, 10, 0.3, 0.21) == 5.0
    assert execution_score(10, 566, 1000, "bands(100:1, 56.6:0.7)") == 7.0


@pytest.mark.parametrize("text", ["proportional", "pass_fail", "linear_excess", "reciprocal", BANDS, STEPS])
@pytest.mark.parametrize(("actual", "expected"), [(0.0, 2.0), (-0.01, 2.0), (0.0011, 0.0)])
def test_a_zero_target_is_all_or_nothing(text, actual, expected):
    assert score(text, LOWER, 2, 0.0, actual) == expected


@pytest.mark.parametrize("text", ["proportional", "pass_fail", "reciprocal", BANDS])
def test_a_negative_target_is_all_or_nothing(text):
    assert score(text, LOWER, 4, -0.03, -0.05) == 4
    assert score(text, LOWER, 4, -0.03, -0.02) == 0
    assert score(text, HIGHER, 4, -0.03, -0.02) == 4
    assert score(text, HIGHER, 4, -0.03, -0.05) == 0


def test_all_or_nothing_knows_no_nearly():
    assert score("pass_fail", HIGHER, 5, 1.0, 0.9925) == 0.0
    assert score("pass_fail", HIGHER, 10, 0.5, 0.6213) == 10.0


def test_a_weight_with_odd_decimals_is_never_exceeded():
    assert score("proportional", HIGHER, 33.336, 100, 99.9999) == 33.336
    assert score("proportional", HIGHER, 33.336, 100, 100) == 33.336


@pytest.mark.parametrize("name", sorted({*RULE_NAMES} - {"qualitative", "manual", "bands"}))
def test_every_computing_rule_pays_in_full_when_met(name):
    assert score(name, HIGHER, 5, 10, 10) == score(name, LOWER, 5, 10, 10) == score(name, WITHIN, 5, (9, 11), 10) == 5


@pytest.mark.parametrize("name", ["qualitative", "manual"])
def test_a_judged_rule_has_no_formula(name):
    with pytest.raises(KeyError):
        score_expression(Rule(name), HIGHER)


def test_an_unknown_direction_is_taken_as_an_interval():
    rule = parse_rule("interval")
    assert bounded_score(rule, "", 8, 0.65, 0.75, 0.7, points=False) == 8


@pytest.mark.parametrize(
    ("text", "weight", "executed", "budget", "expected"),
    [
        ("execution", 10, 1707.31, 1711.75, 9.97),
        ("execution", 10, 10.5, 10, 10.0),
        ("execution", 20, 90.48, 100, 18.1),
        ("execution", 10, 0, 100, 0.0),
        ("execution", 10, -3, 100, 0.0),
        ("execution", 10, 5, 0, 0.0),
        ("execution", 10, 0, 0, 0.0),
        ("proportional", 10, 1707.31, 1711.75, 9.97),
        (BANDS, 10, 100, 100, 10.0),
        (BANDS, 10, 99.99, 100, 7.0),
        (BANDS, 10, 80, 100, 7.0),
        (BANDS, 10, 79.99, 100, 5.0),
        (BANDS, 10, 60, 100, 5.0),
        (BANDS, 10, 59.99, 100, 0.0),
        (BANDS, 10, 5, 0, 0.0),
        ("execution", 33.336, 99.9999, 100, 33.336),
    ],
)
def test_execution_earns_by_rate(text, weight, executed, budget, expected):
    assert execution_function(parse_rule(text))(weight, executed, budget) == expected


def test_an_execution_score_reads_its_rule_from_text():
    assert execution_score(10, 1707.31, 1711.75) == execution_score(10, 1707.31, 1711.75, "execution") == 9.97
    assert execution_score(10, 85, 100, BANDS) == 7.0


@pytest.mark.parametrize("blank", range(3))
def test_a_blank_gives_no_execution_score(blank):
    amounts = [10, 85, 100]
    amounts[blank] = None
    assert execution_score(*amounts) is None


def test_an_execution_rule_nobody_can_read_is_refused():
    with pytest.raises(ValueError, match="评分规则「halves」不认识"):
        execution_score(10, 85, 100, "halves")


step_texts = st.builds(
    "step_deduction(points={}, per={}, unit={}, step={})".format,
    st.sampled_from([0.1, 0.5, 0.6, 1, 3]),
    st.sampled_from([0.3, 1, 2, 10]),
    st.sampled_from(["pp", "percent"]),
    st.sampled_from(["started", "full"]),
)
band_texts = st.sampled_from([BANDS, "bands(90:1, 80:0.8, 70:0.6, 60:0.4)", "bands(50:0.5)", "bands(100:1, 0:0.2)"])
plain_texts = st.sampled_from(["proportional", "pass_fail", "linear_excess", "reciprocal", "interval", "execution"])
rules = (plain_texts | step_texts | band_texts).map(parse_rule)
weights = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100) | st.floats(0, 100, allow_subnormal=False)
numbers = (
    st.floats(-1e9, 1e9, allow_subnormal=False).filter(lambda number: number == 0 or abs(number) > 1e-9)
    | st.integers(-200, 200).map(lambda percent: percent / 100)
    | st.sampled_from([0.0, 1.0, 0.95, 100.0])
)
directions = st.sampled_from([HIGHER, LOWER, WITHIN])


@settings(max_examples=500, deadline=None)
@given(rules, directions, weights, numbers, numbers, numbers, st.booleans())
@example(parse_rule("proportional"), HIGHER, 2.347, 1.0, 1.0, 0.9999, False)
def test_a_score_lies_between_nothing_and_the_weight(rule, direction, weight, first, second, actual, points):
    low, high = sorted((first, second))
    assert 0 <= bounded_score(rule, direction, weight, low, high, actual, points=points) <= weight


@settings(max_examples=500, deadline=None)
@given(rules, weights, numbers, numbers, numbers, st.booleans())
def test_more_never_costs_where_higher_is_better(rule, weight, target, first, second, points):
    worse, better = sorted((first, second))
    assert bounded_score(rule, HIGHER, weight, target, 0, worse, points=points) <= bounded_score(
        rule, HIGHER, weight, target, 0, better, points=points
    )


@settings(max_examples=500, deadline=None)
@given(rules, weights, numbers, numbers, numbers, st.booleans())
def test_less_never_costs_where_lower_is_better(rule, weight, target, first, second, points):
    better, worse = sorted((first, second))
    assert bounded_score(rule, LOWER, weight, 0, target, worse, points=points) <= bounded_score(
        rule, LOWER, weight, 0, target, better, points=points
    )


@settings(max_examples=500, deadline=None)
@given(rules, weights, numbers, numbers, numbers, numbers, st.booleans(), st.booleans())
def test_coming_nearer_to_an_interval_never_costs(rule, weight, first, second, third, fourth, above, points):
    low, high = sorted((first, second))
    near, far = sorted((abs(third), abs(fourth)))
    nearer, farther = (high + near, high + far) if above else (low - near, low - far)
    assert bounded_score(rule, WITHIN, weight, low, high, farther, points=points) <= bounded_score(
        rule, WITHIN, weight, low, high, nearer, points=points
    )


@settings(max_examples=300, deadline=None)
@given(rules, directions, weights, numbers, numbers, st.booleans())
def test_a_met_target_earns_the_whole_weight(rule, direction, weight, first, second, points):
    low, high = sorted((first, second))
    actual = {HIGHER: high, LOWER: low, WITHIN: (low + high) / 2}[direction]
    assert bounded_score(rule, direction, weight, low, high, actual, points=points) == weight


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["execution", BANDS]).map(parse_rule), weights, numbers, numbers, numbers)
def test_execution_lies_in_its_weight_and_grows_with_spending(rule, weight, budget, first, second):
    assume(budget >= 0)
    less, more = sorted((first, second))
    function = execution_function(rule)
    assert 0 <= function(weight, less, budget) <= function(weight, more, budget) <= weight


CELLS = {"weight": "E5", "low": "$B$7", "high": "$C$7", "actual": "G5", "scale": "H5"}
FUND_CELLS = {"weight": "E5", "executed": "D5", "budget": "C5"}
COMPUTING = ["proportional", "pass_fail", "linear_excess", "reciprocal", "interval", "execution", STEPS, PERCENT_STEPS, FULL_STEPS, BANDS]


def deepest_nesting(formula: str) -> int:
    depth = deepest = 0
    for letter in formula:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        deepest = max(deepest, depth)
        assert depth >= 0
    assert depth == 0
    return deepest


@pytest.mark.parametrize("text", COMPUTING)
@pytest.mark.parametrize("direction", [HIGHER, LOWER, WITHIN])
def test_the_formula_uses_only_what_old_excel_and_wps_know(text, direction):
    formula = formula_text(score_expression(parse_rule(text), direction), CELLS)
    words = set(re.findall(r"[$A-Za-z]+\$?\d*", re.sub(r"\d(\.\d+)?E[+-]?\d+", "0", formula)))
    assert words - set(CELLS.values()) <= {"IF", "MAX", "MIN", "ROUND", "ROUNDUP", "ROUNDDOWN"}
    assert not set(formula) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,()+-*/<>=$")
    assert len(formula) < 1000
    assert deepest_nesting(formula) < 30


@pytest.mark.parametrize("text", COMPUTING)
def test_a_formula_asks_only_for_the_bound_it_needs(text):
    rule = parse_rule(text)
    assert CELLS["high"] not in formula_text(score_expression(rule, HIGHER), CELLS)
    assert CELLS["low"] not in formula_text(score_expression(rule, LOWER), CELLS)


def test_a_formula_can_be_read_by_a_person():
    assert formula_text(score_expression(parse_rule("proportional"), HIGHER), CELLS) == (
        "IF(G5>=$B$7,E5,MIN(ROUND(MAX(IF($B$7>0,((E5*MAX(G5,0))/$B$7),0),0),2),E5))"
    )
    assert formula_text(score_expression(parse_rule("pass_fail"), WITHIN), CELLS) == "IF(G5>$C$7,0,IF($B$7>G5,0,E5))"
    assert formula_text(execution_expression(parse_rule("execution")), FUND_CELLS) == (
        "IF(C5=0,0,MIN(ROUND((E5*MAX(MIN((D5/C5),1),0)),2),E5))"
    )


def test_a_function_is_compiled_once_per_rule_and_direction():
    assert score_function(parse_rule("bands(100:1)"), HIGHER) is score_function(parse_rule("bands( 100 : 1 )"), HIGHER)


def test_the_variables_are_those_a_cell_can_supply():
    assert VARIABLES == ("weight", "low", "high", "actual", "scale")
    assert EXECUTION_VARIABLES == ("weight", "executed", "budget")


def test_rules_of_many_files_are_not_kept_for_ever():
    for points in range(1, 600):
        score_function(parse_rule(f"step_deduction(points={points})"), HIGHER)
    assert score_function.cache_info().currsize <= score_function.cache_info().maxsize
