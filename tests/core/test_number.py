import math
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfeval_xl.core.number import Interval, exact_sum, last_place, percent, plain, printed, rounded

amounts = st.floats(-1e9, 1e9, allow_nan=False)
digits = st.integers(0, 6)


def excel_round(value: float, digits: int) -> float:
    """The definition, slowly: fifteen significant digits, then half away from zero."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (0.285, 2, 0.29),
        (1.255, 2, 1.26),
        (8.345, 2, 8.35),
        (10.075, 2, 10.08),
        (5.015, 2, 5.02),
        (99.995, 2, 100.0),
        (102.545, 2, 102.55),
        (4.35 * 100, 0, 435.0),
        (1.15 * 100, 0, 115.0),
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (2.5, 0, 3.0),
        (-0.5, 0, -1.0),
        (-2.5, 0, -3.0),
        (-2.675, 2, -2.68),
        (2.4, 0, 2.0),
        (2.49, 0, 2.0),
        (2.4999999999999996, 0, 3.0),
        (0.1 + 0.2, 15, 0.3),
        (0.1 + 0.2, 1, 0.3),
        (1 / 3, 4, 0.3333),
        (2 / 3, 4, 0.6667),
        (8676 / 8755 * 15, 2, 14.86),
        (1234.5, -2, 1200.0),
        (1250, -2, 1300.0),
        (-1250, -2, -1300.0),
        (49, -2, 0.0),
        (1e-20, 2, 0.0),
        (123456789012345.6, 0, 123456789012346.0),
        (1e15, 2, 1e15),
        (1e300, 2, 1e300),
        (0.0, 2, 0.0),
    ],
)
def test_rounding_is_that_of_excel(value, digits, expected):
    assert rounded(value, digits) == expected


@settings(max_examples=200, deadline=None)
@given(st.integers())
def test_rounding_agrees_with_fifteen_digit_decimals_on_any_number(seed):
    random = Random(seed)
    for _ in range(500):
        value, places = random.uniform(-1, 1) * 10.0 ** random.randint(-6, 8), random.randint(0, 6)
        assert rounded(value, places) == excel_round(value, places), (value, places)


@settings(max_examples=200, deadline=None)
@given(st.integers())
def test_rounding_agrees_with_fifteen_digit_decimals_near_ties(seed):
    random = Random(seed)
    for _ in range(500):
        places = random.randint(0, 4)
        value = (random.randint(0, 10**6) + 0.5) / 10**places + random.choice([0, 1, -1]) * 10.0 ** -random.randint(5, 17)
        assert rounded(value, places) == excel_round(value, places), (value, places)


@given(amounts, st.integers(1, 4))
def test_rounding_before_the_point_agrees_too(value, places):
    assert rounded(value, -places) == excel_round(value, -places)


@given(amounts, digits)
def test_rounding_twice_changes_nothing(value, places):
    assert rounded(rounded(value, places), places) == rounded(value, places)


@given(amounts, digits)
def test_rounding_is_symmetric(value, places):
    assert rounded(-value, places) == -rounded(value, places)


@given(amounts, amounts, digits)
def test_rounding_keeps_the_order(first, second, places):
    assume(first <= second)
    assert rounded(first, places) <= rounded(second, places)


@pytest.mark.parametrize("value", [-0.0, -0.001, -1e-20])
def test_there_is_no_negative_zero(value):
    assert math.copysign(1, rounded(value, 2)) == 1


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_infinity_stays_infinite(value):
    assert rounded(value, 2) == value


@given(st.one_of(st.lists(st.integers(-10**6, 10**6), max_size=60), st.lists(st.integers(-10**12, 10**12), max_size=60)))
def test_hundredths_are_added_exactly(hundredths):
    assert exact_sum([number / 100 for number in hundredths]) == sum(hundredths) / 100


def test_ten_tenths_are_one():
    assert exact_sum([0.1] * 10) == 1
    assert exact_sum([33.33, 33.33, 33.34]) == 100
    assert exact_sum([]) == 0


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (99.0, 1.0, Interval(98.5, 100.0)),
        (1.0295, 0.0001, Interval(1.02945, 1.0296)),
        (-2.5, 0.1, Interval(-2.6, -2.45)),
        (0.0, 1.0, Interval(-1.0, 1.0)),
        (7.0, 0.0, Interval(7.0, 7.0)),
    ],
)
def test_a_printed_number_stands_for_an_interval(value, unit, expected):
    assert printed(value, unit) == pytest.approx(expected, abs=1e-12)


@given(st.floats(-1e6, 1e6), digits)
def test_a_rounded_number_may_stand_for_the_true_one(true, places):
    assert true in printed(rounded(true, places), 10.0**-places)


@given(st.floats(-1e6, 1e6), digits)
def test_a_truncated_number_may_stand_for_the_true_one(true, places):
    cut = math.trunc(true * 10**places) / 10**places
    assert true in printed(cut, 10.0**-places)


@given(st.integers(1, 10**9), digits)
def test_a_number_one_digit_off_does_not_stand_for_it(whole, places):
    unit = 10.0**-places
    assert whole * unit not in printed((whole + 1) * unit, unit)
    assert (whole + 2) * unit not in printed(whole * unit, unit)


bounds = st.floats(-1e6, 1e6)


@st.composite
def intervals_with_a_member(draw):
    low, high = sorted((draw(bounds), draw(bounds)))
    return Interval(low, high), draw(st.floats(low, high))


@given(intervals_with_a_member(), intervals_with_a_member())
def test_interval_arithmetic_never_loses_a_true_value(first, second):
    (left, a), (right, b) = first, second
    assert a + b in left.plus(right)
    assert a - b in left.minus(right)
    assert a * 10_000 in left.times(10_000)
    assert a * -0.01 in left.times(-0.01)


@given(intervals_with_a_member(), intervals_with_a_member())
def test_a_quotient_never_loses_a_true_value(first, second):
    (left, a), (right, b) = first, second
    quotient = left.over(right)
    assert (quotient is None) == (right.low <= 0 <= right.high)
    assert quotient is None or a / b in quotient


@given(intervals_with_a_member(), intervals_with_a_member())
def test_meeting_is_mutual(first, second):
    assert first[0].meets(second[0]) == second[0].meets(first[0])


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        (Interval(0, 1), Interval(1, 2), True),
        (Interval(0, 1), Interval(1.001, 2), False),
        (Interval(0, 0.1 + 0.2), Interval(0.3, 0.3), True),
        (Interval(1, math.inf), Interval(-math.inf, 1), True),
        (Interval(-math.inf, math.inf), Interval(-math.inf, math.inf), True),
        (Interval(2, math.inf), Interval(-math.inf, 1), False),
    ],
)
def test_intervals_meet_where_one_value_could_satisfy_both(first, second, meets):
    assert first.meets(second) is meets


@pytest.mark.parametrize("stranger", ["1", None, [1], math.nan])
def test_only_numbers_lie_in_an_interval(stranger):
    assert stranger not in Interval(0, 2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10.46, 0.01), (285.0, 1.0), (0.1 + 0.2, 0.1), (0.0, 1.0), (-3.5, 0.1), (1e-7, 1e-7), (1.5e20, 1.0), (1200.0, 1.0),
        (5e-324, 1e-300), (math.inf, 1.0),
    ],
)  # fmt: skip
def test_the_last_place_of_a_stored_number(value, expected):
    assert last_place(value) == pytest.approx(expected, rel=1e-12)


@given(st.integers(-10**9, 10**9), digits)
def test_the_last_place_is_no_finer_than_what_was_typed(whole, places):
    assert last_place(whole / 10**places) >= 10.0**-places * (1 - 1e-12)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (50.10, "50.1"), (98.0, "98"), (0.1 + 0.2, "0.3"), (0.0, "0"), (-0.0, "0"), (-1e-12, "0"), (-5.74, "-5.74"), (100.0, "100"),
        (1e15, "1000000000000000"), (0.000123, "0.000123"), (98765432.17, "98765432.17"), (-1234567890.12, "-1234567890.12"),
        (1000000.0000000001, "1000000"), (math.inf, "inf"),
    ],
)  # fmt: skip
def test_numbers_are_written_plainly(value, expected):
    assert plain(value) == expected


def test_whole_numbers_keep_their_zeros_without_decimals():
    assert plain(1200.0, 0) == "1200"


@given(st.integers(-10**14, 10**14), st.integers(0, 4))
def test_an_amount_of_fifteen_digits_is_written_as_it_was_typed(whole, places):
    typed = f"{whole / 10**places:.{places}f}"
    assert float(plain(float(typed))) == float(typed)
    assert len(plain(float(typed)).lstrip("-").replace(".", "")) <= 15


@pytest.mark.parametrize(
    ("ratio", "places", "expected"),
    [(1.029527559, 2, "102.95%"), (0.99575, 2, "99.58%"), (0.0, 2, "0.00%"), (-0.0574, 2, "-5.74%"), (1.0, 0, "100%"), (0.00025499, 4, "0.0255%")],
)
def test_ratios_are_written_as_percent(ratio, places, expected):
    assert percent(ratio, places) == expected
