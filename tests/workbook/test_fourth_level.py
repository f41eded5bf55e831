"""Forms with 四级指标: which name is the indicator, and what the levels above it are called."""

import pytest

from perfeval_xl.checks.review import review
from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.cell_account import account_of
from perfeval_xl.core.table import third_levels
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.grid import Workbook
from perfeval_xl.workbook.layout.taught import taught_layouts, taught_tables
from perfeval_xl.workbook.layout.taught_text import layout_text
from tests.workbook.typed_sheet import one, typed

FOUR = """
部门整体支出绩效自评表（2023年度）
部门名称|某县医保局
一级指标|二级指标|三级指标|四级指标|分值|指标值|完成值|得分|原因
产出|数量|检查|检查机构数|20|≥60家|66家|20|
|||问题整改率|10|≥95%|97%|10|
||培训|/|10|≥4期|4期|10|
效益|社会效益|社会效益|投诉处理率|20|100%|100%|20|
|||追回资金|30|≥10万元|12万元|30|
||宣传|……|||||
满意度|群众||群众满意度|10|≥90%|92%|10|
合计||||100|||100|
"""
MERGES = "A4:A6 B4:B6 C4:C5 A7:A9 B7:B9 C7:C8"


def levels(table):
    return [(row.level1.text, row.level2.text, row.level3.text, row.level3.cell) for row in table.indicators]


def test_the_fourth_level_is_the_indicator_and_the_third_is_joined_to_the_second():
    table = one(FOUR, MERGES)
    assert levels(table) == [
        ("产出", "数量/检查", "检查机构数", "D4"),
        ("产出", "数量/检查", "问题整改率", "D5"),
        ("产出", "数量", "培训", "C6"),
        ("效益", "社会效益", "投诉处理率", "D7"),
        ("效益", "社会效益", "追回资金", "D8"),
        ("满意度", "群众", "群众满意度", "D10"),
    ]
    assert [(row.second.text, row.group.text, row.group.cell) for row in table.indicators[:3]] == [("数量", "检查", "C4"), ("数量", "检查", "C4"), ("数量", "", "")]
    assert table.unread == ()


def test_groups_count_as_the_third_level():
    assert third_levels(one(FOUR, MERGES).indicators) == 3


def test_a_blank_fourth_level_beside_a_third_one_merged_over_several_rows_stays_blank():
    table = one(FOUR.replace("问题整改率", ""), MERGES)
    assert (table.indicators[1].level3.text, table.indicators[1].level3.cell, table.indicators[1].name) == ("", "D5", "数量/检查")


def test_a_column_of_fourth_levels_that_nobody_used_leaves_the_third_as_the_indicator():
    table = one(
        """
项目支出绩效自评表
项目名称|甲项目
一级指标|二级指标|三级指标|四级指标|分值|指标值|完成值|得分|原因
产出|数量|人数||50|≥5|6|50|
||次数||50|≥5|6|50|
"""
    )
    assert [(row.level3.text, row.group.exists) for row in table.indicators] == [("人数", False), ("次数", False)]


@pytest.mark.parametrize(("header", "name"), [("具体指标", "参训人数"), ("评价内容", "培训")])
def test_names_beside_a_merged_third_level_are_indicators_only_where_the_header_says_so(header, name):
    table = one(
        f"""
项目支出绩效自评表
项目名称|甲项目
一级指标|二级指标|三级指标|{header}|分值|指标值|完成值|得分|原因
产出|数量|培训|参训人数|50|≥5|6|50|
|||培训期数|50|≥5|6|50|
""",
        "A4:A5 B4:B5 C4:C5",
    )
    assert table.indicators[0].level3.text == name


def test_a_cell_of_each_level_is_explained_by_the_level_it_stands_in():
    assessment = assessed(one(FOUR, MERGES), rules_of(load("mof-2020-10"), 2023))
    assert [account_of(assessment, cell).what for cell in ("A4", "B4", "C4", "D4")] == [f"{level}级指标的名称" for level in "一二三四"]


def test_a_layout_shown_and_taught_back_reads_the_same_levels(tmp_path):
    book, table = Workbook("typed.xlsx", (typed(FOUR, MERGES),)), one(FOUR, MERGES)
    layout = tmp_path / "layout.toml"
    layout.write_text(layout_text(book, [table]), "utf-8")
    (again,), _ = taught_tables(book, taught_layouts(str(layout)), "")
    assert levels(again) == levels(table)


@pytest.mark.parametrize(
    ("label", "printed", "cell"), [("数量", "数量(35分)", "B4"), ("检查", "检查(25分)", "C4"), ("培训", "培训(10分)", ""), ("数量", "数量(40分)", "")]
)
def test_weights_printed_in_any_level_are_held_against_the_rows_below_it(label, printed, cell):
    table = one(FOUR.replace(f"|{label}|", f"|{printed}|", 1), MERGES)
    findings = review(assessed(table, rules_of(load("mof-2020-10"), 2023)))
    assert [finding.cell for finding in findings if finding.check == "B02"] == [cell] * bool(cell)
