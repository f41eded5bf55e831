"""How a cell came about, from tables made by hand: inputs, reading, arithmetic, interval, rule, basis, and what is written."""

import pytest

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.cell_account import account_of
from perfeval_xl.core.derivation import COMPUTED, JUDGED, LABEL, TYPED, rule_named
from perfeval_xl.core.indicator_derivation import (
    bound_derivation,
    completion_derivation,
    deviation_derivation,
    points_derivation,
)
from perfeval_xl.core.rule import parse_rule
from perfeval_xl.core.table import ABSENT, NUMBER, TEXT, Fund, Heading, Indicator, Passage, Table, Value
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of


def words(cell, text):
    return Value(cell, text, None, 0.0, TEXT)


def number(cell, text, ulp=0.0):
    bare = text.replace(",", "").removesuffix("%")
    value = float(bare) / 100 if text.endswith("%") else float(bare)
    return Value(cell, text, value, ulp, NUMBER)


def indicator(name, weight, target, actual, score=None, row=11, rule=""):
    return Indicator(
        words(f"A{row}", "产出指标"), words(f"B{row}", "数量指标"), words(f"C{row}", name), words(f"D{row}", target), words(f"E{row}", actual),
        number(f"F{row}", weight), Value(f"G{row}") if score is None else number(f"G{row}", score), Value(f"H{row}"), rule=rule,
    )  # fmt: skip


def table(*indicators, ruleset="mof-2020-10", **more):
    fund = Fund(
        words("A6", "年度资金总额"), ABSENT, number("B6", "1711.75", 0.01), number("C6", "1707.31", 0.01), number("D6", "99.74%", 0.0001),
        number("E6", "10"), number("F6", "9.9"),
    )  # fmt: skip
    heading = Heading(title=words("A1", "项目支出绩效自评表"), required=(("项目名称", words("B3", "参保补助")),))
    made = Table(
        "自评表", "A1:H20", "project", "", heading, (fund,), indicators, total_score=number("G20", "24.76"), total_weight=number("F20", "25"),
        grade=words("B20", "优"), goal_planned=words("B8", "全面完成"), passages=(Passage("note", words("A21", "说明"), words("B21", "无")),), **more,
    )  # fmt: skip
    return assessed(made, rules_of(load(ruleset), 2024))


PEOPLE = indicator("参保人数", "15", "≥8755人", "8676人", "14.86")


def test_a_score_says_its_inputs_its_rule_and_its_arithmetic():
    found = account_of(table(PEOPLE), "G11")
    assert (found.kind, found.what, found.item, found.cell) == (COMPUTED, "得分", "参保人数", "G11")
    assert [tuple(each) for each in found.inputs] == [
        ("分值", "F11", "15", "", ""),
        ("指标值", "D11", "≥8755人", "数量, 不小于 8755人", ""),
        ("完成值", "E11", "8676人", "数量, 8676人", ""),
    ]
    assert (found.rule, found.meaning, found.basis) == ("proportional", "按完成比例", "财预〔2020〕10号 待核")
    assert found.steps == (
        "方向: 越高越好 (由指标值的符号看出)",
        "完成值 8676 < 指标值 8755",
        "8676 ÷ 8755 × 15 = 14.8646… → 14.86",
    )
    assert (found.result, found.written, found.agrees) == ("14.86", "14.86", True)


def test_a_rate_stands_for_every_rate_that_prints_alike():
    found = account_of(table(indicator("参保覆盖率", "15", "≥97%", "90%", "13.92")), "G11")
    assert tuple(found.inputs[2]) == ("完成值", "E11", "90%", "数量, 90%", "[89.5, 91)%")
    assert found.steps[2:] == ("90% ÷ 97% × 15 = 13.9175… → 13.92", "按印出的完成值, 得分在 13.84 与 14.07 之间都有可能")


def test_another_score_in_the_cell_is_shown_beside_the_computed_one():
    found = account_of(table(indicator("参保人数", "15", "≥8755人", "8676人", "15")), "G11")
    assert (found.result, found.written, found.agrees) == ("14.86", "15", False)


def test_values_in_different_units_are_converted_first():
    found = account_of(table(indicator("基金支出", "5", "≥3.34亿元", "32000万元", "4.79")), "G11")
    assert found.steps[1:4] == (
        "指标值 ≥3.34亿元 换算为 334000000元",
        "完成值 32000万元 换算为 320000000元",
        "完成值 320000000 < 指标值 334000000",
    )
    assert found.agrees


def test_values_in_one_unit_are_reckoned_in_it():
    found = account_of(table(indicator("基金支出", "5", "≥3.34亿元", "3.2亿元")), "G11")
    assert found.steps[2] == "3.2 ÷ 3.34 × 5 = 4.7904… → 4.79"
    assert (found.written, found.agrees) == ("", None)


def test_a_value_without_a_unit_takes_the_other_ones_and_it_is_said():
    found = account_of(table(indicator("基金支出", "5", "≥3.34亿元", "3.2")), "G11")
    assert found.steps[1] == "完成值没有写单位, 按另一栏的「亿元」计"


def test_percentages_are_reckoned_as_percentages():
    rule = "step_deduction(points=0.5, per=1)"
    found = account_of(table(indicator("参保率", "5", "≥95%", "89.26%", "2", rule=rule)), "G11")
    assert (found.rule, found.meaning) == (rule, "每差 1 个百分点扣 0.5 分, 不满一步按一步算")
    assert found.basis == "评分规则表上为本项写明的规则"
    assert found.steps[1:4] == ("完成值 89.26% < 指标值 95%", "(95% − 89.26%) × 100 = 5.74 → 6 (不满一步按一步算)", "5 − 6 × 0.5 = 2")


def test_a_met_target_earns_all_points_in_words():
    assert account_of(table(indicator("参保人数", "15", "≥8755人", "9000人")), "G11").steps[-1] == "达到指标值, 得满分 15"


def test_a_judged_score_is_said_to_be_judged():
    found = account_of(table(indicator("政策知晓", "5", "明显提高", "明显提高", "5")), "G11")
    assert (found.kind, found.result, found.written) == (JUDGED, "", "5")
    assert found.sentence == "得分由人评定: 定性, 三档人工评分"


@pytest.mark.parametrize(
    ("target", "actual", "obstacle"),
    [
        ("≥5人", "", "指标值或完成值还是空的, 还不能计算"),
        ("≥5人", "3亿元", "指标值与完成值的单位不同, 不能比较, 请先核对单位"),
    ],
)
def test_what_cannot_be_computed_says_why(target, actual, obstacle):
    row = indicator("参保人数", "5", target, actual, rule="proportional")
    found = account_of(table(row._replace(actual=Value("E11")) if not actual else row), "G11")
    assert (found.steps, found.result) == ((obstacle,), "")


def test_an_execution_rate_is_a_quotient_with_the_rates_the_printed_amounts_allow():
    found = account_of(table(PEOPLE), "D6")
    assert found.steps == (
        "1707.31 ÷ 1711.75 = 0.9974… → 99.74%",
        "按印出的数, 执行率在 99.7397% 与 99.7415% 之间都有可能",
    )
    assert [each.stands_for for each in found.inputs] == ["[1711.745, 1711.76)", "[1707.305, 1707.32)"]
    assert (found.result, found.written, found.agrees) == ("99.74%", "99.74%", True)


def test_an_execution_score_follows_the_rate_and_the_written_one_is_held_against_it():
    found = account_of(table(PEOPLE), "F6")
    assert found.steps == ("1707.31 ÷ 1711.75 × 10 = 9.9740… → 9.97",)
    assert (found.result, found.written, found.agrees) == ("9.97", "9.9", False)


def test_a_rate_that_the_ruleset_rounds_first_is_rounded_first():
    assessment = table(PEOPLE, ruleset="anhui-2024")
    found = account_of(assessment, "F6")
    assert found.steps[0] == "1707.31 ÷ 1711.75 = 0.9974… → 0.9974 (执行率先保留 4 位小数)"
    assert found.result == f"{assessment.execution_score:g}"


def test_the_total_adds_what_is_computed_and_says_what_the_written_scores_add_up_to():
    found = account_of(table(PEOPLE), "G20")
    assert [(each.name, each.cell, each.text) for each in found.inputs] == [("年度资金总额 (执行率)", "F6", "9.97"), ("参保人数", "G11", "14.86")]
    assert found.steps == ("9.97 + 14.86 = 24.83", "表上填写的各项得分合计是 24.76")
    assert (found.result, found.written, found.agrees) == ("24.83", "24.76", False)


def test_a_total_that_lacks_a_score_names_the_row():
    found = account_of(table(PEOPLE, indicator("满意度", "10", "≥90%", "不详", row=12)), "G20")
    assert found.steps == ("还不能计算, 没有得分的有: 满意度",)
    assert found.result == ""


def test_the_weights_add_up():
    found = account_of(table(PEOPLE), "F20")
    assert (found.steps, found.result, found.agrees) == (("10 + 15 = 25",), "25", True)


def test_the_grade_names_its_thresholds_and_their_basis():
    found = account_of(table(PEOPLE), "B20")
    assert found.steps == ("总分 24.83; 优 不低于 90, 良 不低于 80, 中 不低于 60, 差 不低于 0", "等级 差")
    assert (found.result, found.written, found.agrees, found.basis) == ("差", "优", False, "财预〔2020〕10号 待核")


@pytest.mark.parametrize(
    ("cell", "kind", "sentence"),
    [
        ("C11", LABEL, "三级指标的名称「参保人数」, 是表上的文字, 不参与计算"),
        ("A6", LABEL, "资金行的名称「年度资金总额」, 是表上的文字, 不参与计算"),
        ("D11", TYPED, "参保人数的指标值, 由人填报, 不是算出来的"),
        ("C6", TYPED, "年度资金总额的全年执行数, 由人填报, 不是算出来的"),
        ("H11", TYPED, "参保人数的未完成原因和改进措施, 还没有填写"),
        ("B3", TYPED, "表头的「项目名称」, 由人填报, 不是算出来的"),
        ("B8", TYPED, "年度总体目标的年初目标, 由人填报, 不是算出来的"),
        ("A21", LABEL, "文字栏的名称「说明」, 是表上的文字, 不参与计算"),
        ("B21", TYPED, "文字栏「说明」的内容, 由人填报, 不是算出来的"),
    ],
)
def test_a_cell_that_is_not_computed_gets_one_sentence(cell, kind, sentence):
    found = account_of(table(PEOPLE), cell)
    assert (found.kind, found.sentence, found.steps, found.result) == (kind, sentence, (), "")


def test_a_cell_of_no_field_has_no_account():
    assert account_of(table(PEOPLE), "Z99") is None


def test_completion_and_deviation_are_written_out():
    (result,) = table(PEOPLE).indicators
    assert completion_derivation(result).steps[1:] == ("8676 ÷ 8755 = 0.9909… → 99.10%",)
    assert deviation_derivation(result).steps[-1] == "(8676 − 8755) ÷ 8755 = -0.0090… → -0.90%"
    assert points_derivation(result).steps[-1] == "指标值不是百分比, 没有百分点可说"
    assert (bound_derivation(result, "完成值").result, bound_derivation(result, "方向").result) == ("8676", "越高越好")


def test_deviation_in_points_keeps_its_sign():
    (result,) = table(indicator("参保率", "5", "≥95%", "89.26%")).indicators
    assert points_derivation(result).steps[-1] == "89.26% − 95% = -5.74 个百分点"


def test_an_interval_reached_has_no_deviation():
    (result,) = table(indicator("报销比例", "5", "65%-75%", "68.68%")).indicators
    assert completion_derivation(result).steps[-1] == "完成值在区间内, 完成率按 100% 计"
    assert (deviation_derivation(result).result, points_derivation(result).result) == ("0.00%", "0")


def test_a_target_of_zero_has_no_completion():
    (result,) = table(indicator("其他支出占比", "2", "=0%", "0.11%")).indicators
    assert completion_derivation(result).steps[-1] == "指标值为 0, 没有完成率"
    assert points_derivation(result).result == "0.11"


def test_bands_are_named_with_their_shares():
    assert rule_named(parse_rule("bands(100:1, 80:0.7)"))[1] == "按完成率分档: 达到 100% 得分值的 100%, 达到 80% 得分值的 70%, 再低得 0 分"
