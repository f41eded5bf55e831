"""What differs from the ruleset below, in words."""

import pytest

from perfeval_xl.rulesets.difference import Difference, difference_text, differences, value_text
from perfeval_xl.rulesets.periods import last_day, years_in_force
from perfeval_xl.rulesets.reading import edition


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("weight.output", 33.3, "33.3 分"), ("weight.cost", 0.0, "未设分值"), ("grade.差", 0.0, "0 分 起"), ("grade.优", 90.0, "90 分 起"),
        ("threshold.over_completion", 1.3, "130%"), ("band.met", 0.07, "7%"), ("threshold.execution_floor", 0.925, "92.5%"),
        ("rate_digits", 4.0, "4 位小数"), ("minimum.output", 3.0, "3 个"), ("text.reason_min", 10.0, "10 字"),
        ("execution.may_exceed", 1.0, "可以"), ("execution.may_exceed", 0.0, "不可以"),
        ("rule.default", "pass_fail", "达标满分, 不达标 0 分 pass_fail"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_the_unit_of_its_item(name, value, words):
    assert value_text(name, value) == words


def test_a_ruleset_that_stands_alone_differs_from_nothing():
    assert differences(edition("mof-2020-10"), None) == []


def test_changed_new_and_dropped_items_are_told():
    found = differences(edition("shanghai-2024"), edition("mof-2020-10"))
    assert found == [
        Difference("grade.合格", "等级 合格", "", "60 分 起"),
        Difference("grade.不合格", "等级 不合格", "", "0 分 起"),
        Difference("grade.中", "等级 中", "60 分 起", ""),
        Difference("grade.差", "等级 差", "0 分 起", ""),
    ]
    assert difference_text(found[0]) == "等级 合格 60 分 起"
    assert difference_text(found[2]) == "等级 中 不用"


def test_years_run_from_the_first_to_the_last_december():
    ruleset = edition("mof-2020-10").ruleset
    assert years_in_force(ruleset) == (2020, None)
    ended = {name: tuple(each._replace(until=(2025, 1, 1)) for each in history) for name, history in ruleset.items.items()}
    assert years_in_force(ruleset._replace(items=ended)) == (2020, 2024)


def test_the_last_day_is_the_day_before_the_end():
    sourced = edition("mof-2020-10").ruleset.items["weight.output"][0]
    assert last_day(sourced) is None
    assert last_day(sourced._replace(until=(2025, 1, 1))) == (2024, 12, 31)
