import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_xl.core.rule import DIRECTIONS, JUDGED, RULE_NAMES, Rule, parse_rule, rule_text

NAMES = "proportional, pass_fail, linear_excess, reciprocal, interval, step_deduction, bands, qualitative, execution, manual"


@st.composite
def rules(draw):
    name = draw(st.sampled_from(RULE_NAMES))
    direction = draw(st.sampled_from(["", *DIRECTIONS]))
    options, bands = (), ()
    if name == "step_deduction":
        size = st.integers(1, 10**6).map(lambda number: number / 1000)
        values = {
            "points": size,
            "per": size,
            "unit": st.sampled_from(["pp", "percent"]),
            "step": st.sampled_from(["started", "full"]),
        }
        options = tuple((key, draw(values[key])) for key in draw(st.lists(st.sampled_from([*values]), unique=True)))
    if name == "bands":
        limits = sorted(draw(st.lists(st.integers(0, 20_000), min_size=1, max_size=6, unique=True)), reverse=True)
        shares = sorted(draw(st.lists(st.integers(0, 1000), min_size=len(limits), max_size=len(limits))), reverse=True)
        bands = tuple((limit / 10_000, share / 1000) for limit, share in zip(limits, shares, strict=True))
    return Rule(name, options, bands, direction)


@given(rules())
def test_a_rule_survives_being_written_and_read(rule):
    assert parse_rule(rule_text(rule)) == rule


@given(rules())
def test_the_text_of_a_rule_is_stable(rule):
    assert rule_text(parse_rule(rule_text(rule))) == rule_text(rule)


@given(st.text() | st.from_regex(r"[a-z_]{1,14}\([-a-z0-9=:., ]*\)?", fullmatch=True))
def test_reading_never_raises(text):
    assert isinstance(parse_rule(text), (Rule, str))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("proportional", Rule("proportional")),
        ("  pass_fail  ", Rule("pass_fail")),
        ("reciprocal()", Rule("reciprocal")),
        ("linear_excess(direction=lower)", Rule("linear_excess", direction="lower")),
        ("step_deduction", Rule("step_deduction")),
        ("step_deduction(points=0.5, per=1)", Rule("step_deduction", (("points", 0.5), ("per", 1.0)))),
        ("step_deduction( points = 1 ,step=full,)", Rule("step_deduction", (("points", 1.0), ("step", "full")))),
        ("step_deduction(unit=percent)", Rule("step_deduction", (("unit", "percent"),))),
        ("bands(60:0.5, 100:1, 80:0.7)", Rule("bands", (), ((1.0, 1.0), (0.8, 0.7), (0.6, 0.5)))),
        ("bands(100:1, 0:0, direction=higher)", Rule("bands", (), ((1.0, 1.0), (0.0, 0.0)), "higher")),
        ("step_deduction（points＝０.５，per＝1）", Rule("step_deduction", (("points", 0.5), ("per", 1.0)))),
        ("bands（１００：１，80：0.7）", Rule("bands", (), ((1.0, 1.0), (0.8, 0.7)))),
        ("manual", Rule("manual")),
    ],
)
def test_a_text_is_read_as(text, expected):
    assert parse_rule(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", f"评分规则「」不认识, 可用: {NAMES}"),
        ("按比例", f"评分规则「按比例」不认识, 可用: {NAMES}"),
        ("Proportional", f"评分规则「Proportional」不认识, 可用: {NAMES}"),
        ("proportional)", f"评分规则「proportional)」不认识, 可用: {NAMES}"),
        ("bands(100:1", "评分规则「bands(100:1」缺少右括号"),
        ("proportional(points=1)", "评分规则 proportional 没有参数「points」"),
        ("step_deduction(pts=1)", "评分规则 step_deduction 没有参数「pts」"),
        ("step_deduction(1)", "评分规则 step_deduction 没有参数「1」"),
        ("step_deduction(points=0)", "评分规则 step_deduction 的 points 应为正数, 不是「0」"),
        ("step_deduction(points=-1)", "评分规则 step_deduction 的 points 应为正数, 不是「-1」"),
        ("step_deduction(points=nan)", "评分规则 step_deduction 的 points 应为正数, 不是「nan」"),
        ("step_deduction(per=inf)", "评分规则 step_deduction 的 per 应为正数, 不是「inf」"),
        ("step_deduction(per=)", "评分规则 step_deduction 的 per 应为正数, 不是「」"),
        ("step_deduction(points=1, points=2)", "评分规则 step_deduction 的 points 写了两次"),
        ("step_deduction(unit=分)", "评分规则 step_deduction 的 unit 应为 pp 或 percent"),
        ("step_deduction(step=half)", "评分规则 step_deduction 的 step 应为 started 或 full"),
        ("reciprocal(direction=up)", "评分规则 reciprocal 的 direction 应为 higher 或 lower 或 within"),
        ("bands", "评分规则 bands 至少要有一档, 例如 bands(100:1, 80:0.7, 60:0.5)"),
        ("bands()", "评分规则 bands 至少要有一档, 例如 bands(100:1, 80:0.7, 60:0.5)"),
        ("bands(80:70)", "评分规则 bands 的一档「80:70」应写成 完成率下限:得分比例, 例如 80:0.7"),
        ("bands(八十:0.7)", "评分规则 bands 的一档「八十:0.7」应写成 完成率下限:得分比例, 例如 80:0.7"),
        ("bands(-1:0.7)", "评分规则 bands 的一档「-1:0.7」应写成 完成率下限:得分比例, 例如 80:0.7"),
        ("bands(80:0.5, 60:0.7)", "评分规则 bands 各档的完成率下限要不同, 而且完成率越高得分比例不能越低"),
        ("bands(80:0.7, 80:0.5)", "评分规则 bands 各档的完成率下限要不同, 而且完成率越高得分比例不能越低"),
    ],
)
def test_a_text_that_cannot_be_read_is_answered_with_a_sentence(text, sentence):
    assert parse_rule(text) == sentence


def test_options_that_are_not_given_take_the_stated_default():
    rule = parse_rule("step_deduction(points=0.5, step=full)")
    assert (rule.number("points", 1.0), rule.number("per", 1.0)) == (0.5, 1.0)
    assert (rule.word("step", "started"), rule.word("unit", "pp")) == ("full", "pp")


def test_two_rules_are_judged_by_people():
    assert [name for name in RULE_NAMES if Rule(name).is_judged] == ["qualitative", "manual"] == [*JUDGED]
