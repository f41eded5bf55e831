"""与批复一致: the drawn tables held against approved goals that differ in one place."""

import pytest

from perfeval_xl.checks.goal_table import name_key, paired
from perfeval_xl.checks.review import review_against
from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.ruleset import CheckSetting
from perfeval_xl.core.table import Value
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from tests.checks.drawn_table import drawn

RULES = rules_of(load("mof-2020-10"), 2024)


def against(own=None, approved=None, *, drop=(), drop_approved=()):
    """The findings of the drawn project held against itself, both sides with cells changed and rows dropped."""
    goals = drawn("project", approved, drop=drop_approved)._replace(sheet="批复表")
    findings = review_against(assessed(drawn("project", own, drop=drop), RULES), goals)
    return [(f.check, f.level, f.cell, f.written, f.expected) for f in findings]


def test_a_table_as_approved_has_no_finding():
    assert against() == []


SAME = [
    ("单位换算", {"D12": "≥2万人次"}, {"D12": "≥20000人次"}),
    ("补上符号", {"D13": "≥95%"}, {"D13": "95%"}),
    ("写法不同", {"D13": "≥95%"}, {"D13": "不低于 95 %"}),
    ("全角半角", {"D13": "≥95%"}, {"D13": "≧９５％"}),
    ("文字只差标点", {"D17": "稳步提升"}, {"D17": "稳步提升。"}),
    ("批复没有写", {"D17": "稳步提升"}, {"D17": ""}),
    ("批复没有单位", {"D12": "≥200人次"}, {"D12": "≥200"}),
    ("名称带序号", {"C12": "指标1:培训基层经办人员人次"}, {}),
    ("名称带分值和空格", {}, {"C12": "培训基层经办人员 人次（15分）"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "own", "approved"), SAME, ids=[row[0] for row in SAME])
def test_another_way_of_writing_the_same_is_no_difference(why, own, approved):
    assert against(own, approved) == []


CHANGED = [
    ("指标值调低", {"D13": "≥94%"}, {}, ("G02", "explain", "D13", "≥94%", "≥95%")),
    ("指标值调低一点点", {"D13": "≥94.9%"}, {}, ("G02", "explain", "D13", "≥94.9%", "≥95%")),
    ("方向变了", {"D13": "≤95%"}, {}, ("G02", "explain", "D13", "≤95%", "≥95%")),
    ("单位变了", {"D12": "≥200万人次"}, {}, ("G02", "explain", "D12", "≥200万人次", "≥200人次")),
    ("数改成文字", {"D13": "全部合格"}, {}, ("G02", "explain", "D13", "全部合格", "≥95%")),
    ("文字改了", {"D17": "有所提升"}, {"D17": "稳步提升"}, ("G02", "explain", "D17", "有所提升", "稳步提升")),
    ("时限推后", {"D14": "2024年12月底前"}, {}, ("G02", "explain", "D14", "2024年12月底前", "2024年11月底前")),
    ("分值变了", {"F12": "16"}, {}, ("G03", "explain", "F12", "16", "15")),
    ("分值差半分", {"F12": "15.5"}, {}, ("G03", "explain", "F12", "15.5", "15")),
    ("改了名称", {"C16": "医保政策宣传知晓率"}, {}, ("G01", "explain", "C16", "医保政策宣传知晓率", "医保政策知晓率")),
    ("换成另一个指标", {"C16": "投诉办结率", "D16": "≥98%"}, {}, ("G01", "explain", "C16", "投诉办结率", "批复的指标")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "own", "approved", "finding"), CHANGED, ids=[row[0] for row in CHANGED])
def test_what_changed_since_the_approval_is_found_at_its_cell(why, own, approved, finding):
    assert against(own, approved)[:1] == [finding]


def test_a_row_left_out_is_named_at_the_row_it_stood_behind():
    assert against(drop=(15,)) == [("G01", "explain", "C14", "无", "人均培训成本")]


def test_a_first_row_left_out_is_named_at_the_row_that_is_first_now():
    goals = drawn("project")._replace(sheet="批复表")
    (finding,) = review_against(assessed(drawn("project", drop=(12,)), RULES), goals)
    assert (finding.cell, finding.fix) == ("C13", "在「培训考核合格率」之前补上这一行, 或说明批准取消的文件")


def test_a_row_added_is_named_at_its_own_cell():
    assert against(drop_approved=(15,)) == [("G01", "explain", "C15", "人均培训成本", "批复的指标")]


def test_a_row_replaced_by_another_is_one_added_and_one_left_out():
    findings = against({"C16": "投诉办结率", "D16": "≥98%"})
    assert [(check, cell, expected) for check, _, cell, _, expected in findings] == [
        ("G01", "C16", "批复的指标"),
        ("G01", "C15", "医保政策知晓率"),
    ]


def test_rows_in_another_order_are_one_hint():
    goals = drawn("project")
    swapped = goals._replace(indicators=(goals.indicators[1], goals.indicators[0], *goals.indicators[2:]))
    (finding,) = review_against(assessed(goals, RULES), swapped)
    assert (finding.check, finding.level, finding.cell) == ("G01", "hint", "C13")


@pytest.mark.parametrize("share", [0.01, 100 / 90], ids=["以 1 计的权重", "执行率另占 10 分"])
def test_weights_on_another_scale_are_no_difference(share):
    goals = drawn("project")
    scaled = [item._replace(weight=item.weight._replace(number=round((item.weight.number or 0) * share, 4))) for item in goals.indicators]
    assert review_against(assessed(goals, RULES), goals._replace(indicators=tuple(scaled))) == []


def test_a_goal_table_without_weights_says_nothing_of_them():
    goals = drawn("project")
    bare = tuple(item._replace(weight=Value()) for item in goals.indicators)
    assert review_against(assessed(goals, RULES), goals._replace(indicators=bare)) == []


def test_the_message_names_both_cells_both_values_and_what_to_do():
    goals = drawn("project")._replace(sheet="批复表")
    (finding,) = review_against(assessed(drawn("project", {"D13": "≥94%"}), RULES), goals)
    assert finding.message == "自评表 D13 指标值 ≥94% 与批复的 ≥95% (批复表 D13) 不同, 请改回 ≥95%, 或说明批准调整的文件"
    assert (finding.item, finding.basis) == ("培训考核合格率", "批复的绩效目标表")


def test_a_ruleset_may_switch_a_comparison_off():
    off = RULES._replace(ruleset=RULES.ruleset._replace(checks={"G02": CheckSetting("off", "年中统一调整")}))
    assert review_against(assessed(drawn("project", {"D13": "≥94%"}), off), drawn("project")) == []


def test_a_name_that_occurs_twice_is_paired_in_order():
    goals = drawn("project", {"C13": "培训人次", "C12": "培训人次"})
    assert paired(goals.indicators, goals.indicators).same == [(row, row) for row in range(7)]


@pytest.mark.parametrize(("name", "key"), [("指标1：满意度", "满意度"), ("1.满意度", "满意度"), ("★ 满意度", "满意度"), ("指标数量", "指标数量"), ("20家企业奖补", "20家企业奖补")])
def test_numbering_is_no_part_of_a_name(name, key):
    assert name_key(name) == key
