import pytest

from perfeval_xl.core.rule import Rule
from perfeval_xl.core.ruleset import CheckSetting, NoRuleInForceError, Ruleset, Sourced

SINCE_2020, UNTIL_2023 = (2020, 1, 1), (2023, 1, 1)


def since(value, day=SINCE_2020, until=None):
    return Sourced(value, day, until, "某财〔2020〕1号", "第三条")


RULESET = Ruleset(
    "local",
    "某办法",
    ("project",),
    {
        "weight.output": (since(50.0, until=UNTIL_2023), since(60.0, UNTIL_2023)),
        "weight.benefit": (since(50.0, until=UNTIL_2023), since(40.0, UNTIL_2023)),
        "weight.cost": (since(0.0),),
        "grade.中": (since(60.0),),
        "grade.优": (since(90.0),),
        "grade.差": (since(0.0),),
        "rule.default": (since("step_deduction(points=0.5, per=1)"),),
        "threshold.over_completion": (since(1.2),),
    },
    {"B10": CheckSetting("hint", "没有扣分条款"), "C03": CheckSetting("off", "基金收入可以超过预算")},
)


@pytest.mark.parametrize(
    ("day", "covered"),
    [((2019, 12, 31), False), ((2020, 1, 1), True), ((2022, 12, 31), True), ((2023, 1, 1), False)],
)
def test_a_value_holds_from_its_first_day_to_the_day_before_its_end(day, covered):
    assert since(1.0, until=UNTIL_2023).covers(day) is covered


def test_a_value_without_an_end_still_holds():
    assert since(1.0).covers((9999, 12, 31))


def test_the_basis_is_document_and_article():
    assert since(1.0).basis == "某财〔2020〕1号 第三条"
    assert Sourced(1.0, SINCE_2020, None, "某财〔2020〕1号", "").basis == "某财〔2020〕1号"
    assert Sourced(1.0, SINCE_2020, None, "某财〔2020〕1号", "待核").basis == "某财〔2020〕1号 待核"


def test_a_document_not_known_itself_is_not_called_unverified_twice():
    assert Sourced(1.0, SINCE_2020, None, "待核: 某县的自评表", "待核").basis == "待核: 某县的自评表"


@pytest.mark.parametrize(("day", "output"), [((2022, 12, 31), 50.0), ((2023, 1, 1), 60.0), ((2030, 6, 1), 60.0)])
def test_the_rules_of_a_day_are_those_in_force(day, output):
    assert RULESET.on(day).weights["output"] == output


def test_a_class_worth_nothing_is_not_part_of_the_weights():
    assert RULESET.on((2023, 12, 31)).weights == {"output": 60.0, "benefit": 40.0}


@pytest.mark.parametrize(
    ("ruleset", "day", "sentence"),
    [
        (RULESET, (2019, 12, 31), "评分办法 local 的「weight.output」在 2019-12-31 没有生效的规定"),
        (
            RULESET._replace(items={"rule.default": (since("pass_fail", until=UNTIL_2023),)}),
            (2023, 1, 1),
            "评分办法 local 的「rule.default」在 2023-01-01 没有生效的规定",
        ),
    ],
)
def test_a_day_without_a_rule_raises_and_names_ruleset_item_and_day(ruleset, day, sentence):
    with pytest.raises(NoRuleInForceError) as caught:
        ruleset.on(day)
    assert str(caught.value) == sentence
    assert (caught.value.ruleset, caught.value.day) == ("local", day)
    assert f"「{caught.value.item}」" in sentence


def test_numbers_come_from_the_ruleset_or_from_the_stated_default():
    rules = RULESET.on((2022, 12, 31))
    assert rules.number("threshold.over_completion", 1.3) == 1.2
    assert rules.number("threshold.execution_floor", 0.9) == 0.9


@pytest.mark.parametrize(("items", "digits"), [({"rate_digits": (since(4.0),)}, 4), ({"rate_digits": (since(0.0),)}, 0), ({}, None)])
def test_decimals_of_the_execution_rate_are_a_whole_number_or_none(items, digits):
    assert RULESET._replace(items=items).on((2022, 12, 31)).rate_digits == digits


def test_the_scoring_rule_is_parsed_and_proportional_where_none_is_named():
    rules = RULESET.on((2022, 12, 31))
    assert rules.rule() == Rule("step_deduction", (("points", 0.5), ("per", 1.0)))
    assert rules.rule("rule.execution") == Rule("proportional")


def test_the_text_of_the_default_rule_is_kept():
    assert RULESET.on((2022, 12, 31)).default_rule_text == "step_deduction(points=0.5, per=1)"
    assert RULESET._replace(items={}).on((2022, 12, 31)).default_rule_text == "proportional"


def test_a_scoring_rule_nobody_can_read_is_our_own_mistake():
    rules = RULESET._replace(items={"rule.default": (since("halves"),)}).on((2022, 12, 31))
    with pytest.raises(ValueError, match="评分规则「halves」不认识"):
        rules.rule()


def test_the_basis_of_what_is_not_regulated_is_custom():
    rules = RULESET.on((2022, 12, 31))
    assert rules.basis("grade.优") == "某财〔2020〕1号 第三条"
    assert rules.basis("rule.execution") == "审核惯例"


def test_grades_run_from_the_best_down():
    assert RULESET.on((2022, 12, 31)).grades == ((90.0, "优"), (60.0, "中"), (0.0, "差"))


@pytest.mark.parametrize(("total", "word"), [(100, "优"), (90, "优"), (89.99, "中"), (60, "中"), (59.99, "差"), (0, "差")])
def test_a_total_on_the_limit_belongs_to_the_better_grade(total, word):
    assert RULESET.on((2022, 12, 31)).grade(total) == word


def test_without_grades_there_is_no_word():
    assert RULESET._replace(items={}).on((2022, 12, 31)).grade(95) == ""


@pytest.mark.parametrize(("check", "level"), [("B10", "hint"), ("C03", "off"), ("B01", "error")])
def test_a_ruleset_may_change_the_level_of_a_check(check, level):
    assert RULESET.on((2022, 12, 31)).level(check, "error") == level
