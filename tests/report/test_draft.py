"""What the draft of a report says of a table, sentence by sentence."""

from pathlib import Path

import pytest

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.table import Value
from perfeval_xl.report.draft.content import Grid
from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.review import review_text
from perfeval_xl.rulesets.loader import default_for, load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.examination import examined, examined_workbook
from perfeval_xl.workbook.grid import Workbook
from tests.checks.drawn_table import TABLES, drawn
from tests.report.draft_text import report_text, texts
from tests.workbook.drawn_form import drawn_form

CASES = sorted(path.stem for path in (Path(__file__).parents[2] / "workbooks" / "cases").glob("*.toml"))


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The assessments of a built case."""
    folder = tmp_path_factory.mktemp("cases")

    def built(name):
        path = folder / f"{name}.xlsx"
        if not path.exists():
            build(*case_named(name), str(path))
        return examined(str(path)).assessments

    return built


def of(table):
    return assessed(table, rules_of(load(default_for(table.kind, table.heading.year)), table.heading.year))


def grids(draft):
    return [block for chapter in draft.portions[0].chapters for block in chapter.blocks if isinstance(block, Grid)]


def test_the_title_names_year_fund_and_kind(case):
    draft = drafted(case("bazhou-2023-resident-fund"))
    assert "".join(run.text for run in draft.title) == "2023年度城乡居民医疗保险基金预算绩效自评报告"


def test_a_department_is_named_by_its_unit(case):
    draft = drafted(case("hefei-2024-district-department"))
    assert "".join(run.text for run in draft.title) == "2024年度区医保局部门整体支出绩效自评报告"


def test_the_chapters_are_those_the_offices_use(case):
    draft = drafted(case("bazhou-2023-resident-fund"))
    assert [chapter.title for chapter in draft.portions[0].chapters] == [
        "基本情况", "绩效自评工作开展情况", "综合评价结论", "绩效目标实现情况分析", "绩效目标未达成原因和下一步改进措施",
        "绩效自评结果拟应用和公开情况", "存在的问题和建议",
    ]  # fmt: skip


def test_amounts_of_a_fund_have_their_unit_and_rate(case):
    said = texts(drafted(case("bazhou-2023-resident-fund")), "基本情况")
    assert "收入预算10.16亿元，实际收入10.46亿元，收入预算执行率102.95%。" in said
    assert "支出预算10.62亿元，实际支出10.34亿元，支出预算执行率97.36%。" in said


def test_parts_of_the_total_are_named_without_repeating_their_words(case):
    said = texts(drafted(case("hefei-2024-district-department")), "基本情况")
    assert "年初预算数1,632.87万元，全年预算数1,711.75万元，全年执行数1,707.31万元，预算执行率99.74%。" in said
    assert "基本支出103.86万元。" in said


def test_indicators_are_counted_by_level_and_kind(case):
    said = texts(drafted(case("bazhou-2023-resident-fund")), "自评工作开展情况")
    assert "自评表设一级指标5个、二级指标11个、三级指标19个，其中定量指标9个、定性指标10个。" in said


def test_the_total_comes_with_its_grade_and_what_was_lost(case):
    draft = drafted(case("bazhou-2023-resident-fund"))
    assert texts(draft, "综合评价结论")[0] == "2023年度绩效自评总分为98分，评价等级为“优”，共扣2分。"
    assert [[run.text for run in row] for row in grids(draft)[0].rows] == [
        ["决策指标", "10", "10", "100.00%"], ["过程指标", "20", "20", "100.00%"], ["产出指标", "30", "28", "93.33%"],
        ["效益指标", "30", "30", "100.00%"], ["满意度指标", "10", "10", "100.00%"],
    ]  # fmt: skip


def test_execution_points_stand_in_the_grid_beside_the_classes(case):
    rows = grids(drafted(case("hefei-2024-district-department")))[0].rows
    assert [[run.text for run in row] for row in rows][:2] == [["预算执行率", "10", "9.97", "99.70%"], ["产出指标", "50", "48", "96.00%"]]


def test_differences_of_rates_are_points_with_the_right_direction_word(case):
    said = texts(drafted(case("bazhou-2023-resident-fund")), "绩效目标实现情况分析")
    assert "（3）质量指标：社会保险费收入占基金收入比重指标值为≥33%，实际完成33.84%，高于指标值0.84个百分点，完成年度目标，满分4分，得4分。" in said
    assert "（5）其他支出占基金支出比重指标值为=0%，实际完成0.11%，高于指标值0.11个百分点，未完成年度目标，满分2分，得0分。" in said


def test_a_result_inside_an_interval_has_no_difference(case):
    said = texts(drafted(case("bazhou-2023-resident-fund")), "绩效目标实现情况分析")
    assert "（2）社会效益指标：政策范围内住院费用报销比例指标值为65%-75%，实际完成68.68%，在指标值区间内，完成年度目标，满分8分，得8分。" in said


def test_costs_above_their_target_are_missed(case):
    said = texts(drafted(case("hefei-2024-district-department")), "绩效目标实现情况分析")
    assert "（4）成本指标：项目总成本指标值为小于等于1632.87万元，实际完成1707.31万元，高于指标值，相当于指标值的104.56%，未完成年度目标，满分15分，得14分。" in said


def test_an_inequality_as_result_gives_no_difference(case):
    said = texts(drafted(case("panzhihua-2024-transfer-capability")), "绩效目标实现情况分析")
    assert "（15）医保信息系统运行维护响应时间指标值为<30分钟，实际完成“发现问题立即处理, 小于30分钟”，完成年度目标，得5分。" in said


def test_every_lost_point_has_the_reason_of_the_table_or_a_gap(case):
    said = texts(drafted(case("hefei-2024-district-department")), "未达成原因和改进措施")
    assert said == [
        "（一）城乡居民基本医疗保险完成参保任务数满分10分，扣1分，得9分。",
        "原因：【请填写：未达成的原因】",
        "改进措施：【请填写：改进措施】",
        "（二）项目总成本未完成年度目标，满分15分，扣1分，得14分。",
        "原因和改进措施：主要是因为城乡居民医保参保缴费人数高于年初设定人数, 追加49.17万元",
    ]


def test_a_table_without_points_tells_how_many_targets_were_reached():
    draft = drafted([of(drawn("transfer"))])
    assert texts(draft, "综合评价结论")[0] == "本表不设分值，按目标完成情况评价。能够用数值判断的指标中，完成年度目标的3项，未完成的1项。"
    assert grids(draft) == []


def test_what_the_table_does_not_know_is_a_gap(case):
    gaps = drafted(case("bazhou-2023-resident-fund")).gaps
    assert gaps[0] == "【请填写：覆盖范围、筹资和待遇政策】"
    assert gaps[-1] == "【请填写：年 月 日】"
    assert len(gaps) == len(set(gaps))


def test_several_tables_give_one_portion_each(case):
    both = (*case("bazhou-2023-resident-fund"), *case("hefei-2024-district-department"))
    draft = drafted(both)
    assert ["".join(run.text for run in portion.title) for portion in draft.portions] == [
        "2023年度城乡居民医疗保险基金预算绩效自评报告", "2024年度区医保局部门整体支出绩效自评报告",
    ]  # fmt: skip
    assert "".join(run.text for run in draft.title) == "绩效自评报告"


def test_control_characters_of_a_cell_never_reach_the_report(case):
    assessment = case("bazhou-2023-resident-fund")[0]
    table = assessment.table
    hostile = table.indicators[0]._replace(level3=Value("D13", "甲\x00\x1b[31m</w:t><w:t>\ud800{{ 7*7 }}\n乙", state="text"))
    changed = table._replace(indicators=(hostile, *table.indicators[1:]))
    said = "".join(texts(drafted([assessed(changed, assessment.rules)]), "绩效目标实现情况分析"))
    assert "甲[31m</w:t><w:t>{{ 7*7 }} 乙指标值为" in said


@pytest.mark.parametrize("name", CASES)
def test_the_draft_of_a_case_contradicts_its_table_nowhere(case, name):
    assessments = case(name)
    found = review_text(report_text(drafted(assessments)), assessments).findings
    assert found == ()


@pytest.mark.parametrize("seed", range(12))
def test_the_draft_of_any_drawn_form_contradicts_its_table_nowhere(seed):
    sheet, _ = drawn_form(seed)
    assessments = examined_workbook(Workbook("画出的表", (sheet,))).assessments
    assert review_text(report_text(drafted(assessments)), assessments).findings == ()


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_every_kind_can_be_drafted(name):
    draft = drafted([of(drawn(name))])
    assert [len(portion.chapters) for portion in draft.portions] == [7]
    assert all(run.text.isprintable() for run in draft.runs)
