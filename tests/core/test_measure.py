"""对比: which numbers are exact, and which way is better where no sign says so."""

import pytest

from perfeval_xl.core.measure import measured
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.rule import HIGHER, LOWER


def measure(target, actual, name=""):
    return measured(read_text(target), read_text(actual, role="actual"), name)


@pytest.mark.parametrize(
    ("target", "actual", "low", "high"),
    [
        ("≥10人", "9人", 9, 9), ("≥10个", "9", 9, 9), ("≥12000人次", "11,999人次", 11999, 11999), ("≥1家", "0家", 0, 0),
        ("≥10", "9人", 9, 9), ("≥1.2万人", "11999人", 11999, 11999),
    ],
)  # fmt: skip
def test_a_whole_number_of_persons_or_pieces_is_exact(target, actual, low, high):
    found = measure(target, actual)
    assert tuple(found.actual_range) == (low, high)
    assert (found.is_met, found.may_be_met, found.may_be_missed) == (False, False, True)


@pytest.mark.parametrize(
    ("target", "actual", "low", "high"),
    [
        ("≥10万人", "9万人", 85000, 100000), ("≥10人", "约9人", 8.5, 10), ("≥10人", "9.0人", 8.95, 9.1), ("≥10次/年", "9次/年", 8.5, 10),
        ("≥10天", "9天", 8.5, 10), ("≥10", "9", 8.5, 10),
    ],
)  # fmt: skip
def test_any_other_printed_number_stands_for_a_range(target, actual, low, high):
    assert tuple(measure(target, actual).actual_range) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("target", "actual", "may_be_met"),
    [
        ("≥98%", "97%", False), ("≥98.0%", "97.9%", False), ("≥97.95%", "97.9%", True), ("≥90分", "89分", False), ("≥1%", "0%", False),
        ("≤-3%", "-2%", False), ("≤-2.5%", "-2%", True), ("≤5元", "6元", False), ("≤5.6元", "6元", True), ("65%-75%", "64%", False),
    ],
)  # fmt: skip
def test_truncation_never_reaches_the_next_printed_number(target, actual, may_be_met):
    found = measure(target, actual)
    assert (found.is_met, found.may_be_met, found.may_be_missed) == (False, may_be_met, True)


def test_a_bare_zero_of_money_says_nothing_of_the_direction():
    assert not measure("0亿元", "0.12亿元", "基金当期结余").is_certain
    assert measure("0万元", "3万元", "违规使用资金").is_certain
    assert measure("≥0亿元", "0.12亿元", "基金当期结余").is_certain


def test_reimbursement_is_better_high_though_its_name_speaks_of_costs():
    assert measure("70%", "68%", "政策范围内住院费用报销比例").direction == HIGHER
    assert measure("70%", "68%", "住院费用占比").direction == HIGHER
    assert measure("70万元", "68万元", "住院费用").direction == LOWER
