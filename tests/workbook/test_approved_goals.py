"""批复的绩效目标表: read in any office's layout, laid beside the right self-evaluation table, compared from files."""

import json

import openpyxl
import pytest

from perfeval_xl.cli import main
from perfeval_xl.workbook.approved_goals import approved_goals, goals_for
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile, Workbook
from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.typed_sheet import typed

EVALUATION = """
项目支出绩效自评表
（2024年度）
项目名称||基层经办人员培训项目
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|培训基层经办人员人次|≥200人次|212人次|50|50|
产出指标|质量指标|培训考核合格率|≥95%|96.5%|20|20|
效益指标|社会效益指标|医保政策知晓率|≥90%|94%|20|20|
满意度指标|服务对象满意度指标|参训人员满意度|≥90%|94.2%|10|10|
"""
GOALS = """
项目支出绩效目标表
（2024年度）
项目名称||基层经办人员培训项目
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|培训基层经办人员人次|≥200人次
产出指标|质量指标|培训考核合格率|≥95%
效益指标|社会效益指标|医保政策知晓率|≥90%
满意度指标|服务对象满意度指标|参训人员满意度|≥90%
"""
THREE_COLUMNS = """
2024年部门预算项目绩效目标表
单位名称|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重
市医保局|办好培训|产出指标|数量指标|培训基层经办人员人次|≥|200|人次|50
||产出指标|质量指标|培训考核合格率|≥|95|%|20
||效益指标|社会效益指标|医保政策知晓率|≥|90|%|20
||满意度指标|服务对象满意度指标|参训人员满意度|≥|90|%|10
"""
APPROVAL = """
附件1
单位预算项目绩效目标批复表
预算年度：2024||||金额单位：万元
项目名称|51092324T000010263357-基层经办人员培训项目|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|分值权重
|产出指标|数量指标|培训基层经办人员人次|≥200人次|50
||质量指标|培训考核合格率|≥95%|20
|效益指标|社会效益指标|医保政策知晓率|≥90%|20
|满意度指标|服务对象满意度指标|参训人员满意度|≥90%|10
"""


def saved(path, *texts):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, text in enumerate(texts, 1):
        sheet = book.create_sheet(f"表{number}")
        for (row, column), cell in typed(text).cells.items():
            sheet.cell(row, column, cell.value)
    book.save(path)
    return str(path)


def differences(tmp_path, goals, evaluation=EVALUATION):
    result = examined(saved(tmp_path / "自评.xlsx", evaluation), goals=saved(tmp_path / "目标.xlsx", goals))
    return [(f.check, f.sheet, f.cell, f.written, f.expected) for f in result.all_findings if f.check.startswith("G")]


@pytest.mark.parametrize("goals", [GOALS, THREE_COLUMNS, APPROVAL], ids=["目标表", "指标性质、指标值、度量单位分列", "批复表"])
def test_goals_as_approved_leave_nothing_to_say(tmp_path, goals):
    assert differences(tmp_path, goals) == []


def test_a_target_in_three_columns_is_compared_with_one_cell(tmp_path):
    assert differences(tmp_path, THREE_COLUMNS.replace("≥|95|%", "≥|98|%")) == [("G02", "表1", "D6", "≥95%", "≥98%")]


def test_a_weight_of_the_approval_is_compared(tmp_path):
    assert differences(tmp_path, APPROVAL.replace("≥95%|20", "≥95%|15")) == [("G03", "表1", "F6", "20", "15")]


def test_a_self_evaluation_table_is_no_goal_table(tmp_path):
    with pytest.raises(UnusableFile, match=r"没有找到绩效目标表: 这里有完成值或得分列, 是自评表, 不是绩效目标表; 请给批复的绩效目标表$"):
        approved_goals(saved(tmp_path / "自评.xlsx", EVALUATION))


def test_goals_that_cannot_be_read_are_named(tmp_path):
    path = tmp_path / "目标.xlsx"
    with pytest.raises(UnusableFile, match="目标.xlsx: 找不到这个文件".replace(".", r"\.")):
        approved_goals(str(path))


def test_a_goal_table_is_still_no_self_evaluation_table():
    tables, _ = find_tables(Workbook("目标.xlsx", (typed(GOALS),)))
    assert tables == []


def test_goals_of_another_year_are_refused(tmp_path):
    with pytest.raises(UnusableFile, match="绩效目标表是 2023 年的, 自评表「表1」是 2024 年的, 不能对照"):
        differences(tmp_path, GOALS.replace("2024", "2023"))


def test_goals_of_another_project_are_refused(tmp_path):
    other = GOALS.replace("基层经办人员", "乡村教师").replace("医保政策知晓率", "升学率").replace("培训考核合格率", "持证率").replace("参训人员满意度", "家长满意度")
    with pytest.raises(UnusableFile, match="没有「基层经办人员培训项目」的绩效目标表"):
        differences(tmp_path, other)


def test_each_table_of_a_workbook_takes_the_goals_of_its_own_name(tmp_path):
    second = EVALUATION.replace("基层经办人员培训项目", "基金监管项目").replace("≥200人次", "≥20人次")
    goals = saved(tmp_path / "目标.xlsx", GOALS.replace("基层经办人员培训项目", "基金监管项目"), GOALS)
    result = examined(saved(tmp_path / "自评.xlsx", EVALUATION, second), goals=goals)
    assert [(f.check, f.sheet, f.cell) for f in result.all_findings if f.check == "G02"] == [("G02", "表2", "D5")]


def test_two_goal_tables_for_one_project_are_refused(tmp_path):
    goals = saved(tmp_path / "目标.xlsx", GOALS, GOALS)
    table = examined(saved(tmp_path / "自评.xlsx", EVALUATION)).assessments[0].table
    with pytest.raises(UnusableFile, match="有 2 张绩效目标表都像是「基层经办人员培训项目」的"):
        goals_for([table], approved_goals(goals), "目标.xlsx")


def test_a_list_of_several_projects_is_refused(tmp_path):
    several = THREE_COLUMNS + THREE_COLUMNS.strip("\n").split("\n", 2)[2]
    with pytest.raises(UnusableFile, match="像有几个项目的目标"):
        differences(tmp_path, several)


def test_the_command_compares_and_stops_at_an_unexplained_difference(tmp_path, capsysbinary):
    evaluation, goals = saved(tmp_path / "自评.xlsx", EVALUATION), saved(tmp_path / "目标.xlsx", GOALS.replace("≥95%", "≥98%"))
    assert main(["check", evaluation, "--goals", goals, "--json"]) == 1
    (file,) = json.loads(capsysbinary.readouterr().out)["files"]
    assert [(f["check"], f["cell"], f["basis"]) for f in file["findings"] if f["check"] == "G02"] == [("G02", "D6", "批复的绩效目标表")]


def test_the_command_says_what_is_wrong_with_the_goals(tmp_path, capsys):
    evaluation = saved(tmp_path / "自评.xlsx", EVALUATION)
    assert main(["check", evaluation, "--goals", evaluation]) == 2
    assert "没有找到绩效目标表" in capsys.readouterr().err
