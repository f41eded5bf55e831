"""``perfeval-xl why`` on the 巴州 workbook: computed cells in steps, any other in a sentence, wrong cells refused."""

import json

import openpyxl
import pytest

from perfeval_xl.cli.why import named_cell
from perfeval_xl.workbook.grid import UnusableFile

SCORE_OF_REIMBURSEMENT = """\
自评表!H18 · 得分 · 社会保险费收入 · 算出
  得分由分值、指标值和完成值按评分规则计算
用到的单元格:
  分值 E18  5
  指标值 F18  ≥3.34亿元  读作: 数量, 不小于 3.34亿元
  完成值 G18  3.54亿元  读作: 数量, 3.54亿元  印出的数代表 [3.535, 3.55)亿元
规则: pass_fail — 达标满分, 不达标 0 分
依据: 财社〔2022〕65号 待核
算式:
  1. 方向: 越高越好 (由指标值的符号看出)
  2. 完成值 3.54 ≥ 指标值 3.34
  3. 达到指标值, 得满分 5
结果: 算出 5, 表上是 5, 相符
"""


def test_a_score_is_explained_line_by_line(perfeval, case_workbook):
    ran = perfeval("why", case_workbook, "H18")
    assert (ran.code, ran.out, ran.err) == (0, SCORE_OF_REIMBURSEMENT, "")


def test_the_json_holds_the_same_in_fields(perfeval, case_workbook):
    found = json.loads(perfeval("why", case_workbook, "自评表!I6", "--json").out)
    assert list(found) == [
        "file", "sheet", "cell", "kind", "what", "item", "sentence", "inputs", "rule", "rule_meaning", "basis", "steps", "computed", "written", "agrees",
    ]  # fmt: skip
    assert (found["sheet"], found["cell"], found["kind"], found["what"]) == ("自评表", "I6", "computed", "执行率")
    assert found["inputs"][0] == {"name": "全年预算数", "cell": "E6", "text": "10.16", "reading": None, "stands_for": "[10.155, 10.17)"}
    assert found["steps"] == ["10.46 ÷ 10.16 = 1.0295… → 102.95%", "按印出的数, 执行率在 102.8024% 与 103.1019% 之间都有可能"]
    assert (found["computed"], found["written"], found["agrees"]) == ("102.95%", "102.95%", True)


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("H30", "结果: 算出 98, 表上是 98, 相符"),
        ("E30", "结果: 算出 100, 表上是 100, 相符"),
        ("评分规则!B5", "结果: 算出 98, 表上是 98, 相符"),
        ("评分规则!H18", "结果: 97.58%"),
        ("评分规则!I18", "结果: -2.42%"),
        ("评分规则!J21", "结果: 0.11"),
        ("评分规则!D18", "结果: 越低越好"),
        ("评分规则!G18", "结果: 926000000"),
        ("评分规则!L17", "结果: 算出 5, 表上是 5, 相符"),
    ],
)
def test_totals_and_the_cells_of_the_rules_sheet_are_explained(perfeval, case_workbook, cell, result):
    ran = perfeval("why", case_workbook, cell)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, result)


AMOUNTS = {"利息收入决算": 600, "年初累计结余": 40000, "年末累计结余": 45000, "基金支出决算": 47000, "基金收入决算": 52000}
YIELD = """\
自评表!G25 · 完成值 · 利息收益率 · 算出
  取自基础数据的「利息收益率」, 口径「年初年末平均结余」
用到的单元格:
  利息收入决算 基础数据!C10  600万元  印出的数代表 [599.5, 601)万元
  年初累计结余 基础数据!C23  40000万元  印出的数代表 [39999.5, 40001)万元
  年末累计结余 基础数据!C25  45000万元  印出的数代表 [44999.5, 45001)万元
依据: 待核
算式:
  1. 分子 基础数据!C55 = 利息收入决算 600
  2. 分母 基础数据!D55 = (年初累计结余 40000 + 年末累计结余 45000) ÷ 2 = 42500
  3. 600 ÷ 42500 = 0.0141… → 1.41%
结果: 算出 1.41%, 表上是 1.41%, 相符
"""


@pytest.fixture
def fund(perfeval, tmp_path):
    perfeval("new", "fund", "--year", "2024", "-o", "基金.xlsx")
    book = openpyxl.load_workbook(tmp_path / "基金.xlsx")
    for row in book["基础数据"].iter_rows(min_row=5):
        if row[0].value in AMOUNTS:
            row[2].value = AMOUNTS[row[0].value]
    book["自评表"]["G21"] = "89.56%"
    book.save(tmp_path / "基金.xlsx")
    return "基金.xlsx"


def test_an_actual_value_from_the_amounts_names_numerator_and_denominator_with_their_cells(perfeval, fund):
    ran = perfeval("why", fund, "G25")
    assert (ran.code, ran.out, ran.err) == (0, YIELD, "")


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("G22", ["  1. 其他支出决算还没有填, 还不能计算"]),
        ("G21", ["  完成值 G21  89.56%  读作: 数量, 89.56%"]),
        ("基础数据!E55", ["结果: 1.41%"]),
        ("基础数据!D55", ["  1. (年初累计结余 40000 + 年末累计结余 45000) ÷ 2 = 42500", "结果: 42500"]),
        ("基础数据!E59", ["  1. 基金收入决算 52000 − 基金支出决算 47000 = 5000万元", "结果: 5000万元"]),
        ("基础数据!D59", ["  1. 这一项不用除, 分母为 1", "结果: 1"]),
        ("基础数据!E24", ["  表上的内容「决算报表所列, 应等于收入减支出」, 不是算出来的, 也不参与计算"]),
    ],
)
def test_results_on_the_sheet_of_amounts_are_explained_and_typed_values_stay_typed(perfeval, fund, cell, lines):
    ran = perfeval("why", fund, cell)
    assert (ran.code, ran.out.splitlines()[-len(lines) :]) == (0, lines)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("F18", "社会保险费收入的指标值, 由人填报, 不是算出来的"),
        ("H11", "得分由人评定: 定性, 三档人工评分"),
        ("D18", "三级指标的名称「社会保险费收入」, 是表上的文字, 不参与计算"),
        ("评分规则!C12", "预算执行的评分规则, 可以改写: 定性, 三档人工评分"),
        ("A2", "表上的内容「（2023年度）」, 不是算出来的, 也不参与计算"),
    ],
)
def test_a_cell_that_is_not_computed_gets_a_sentence(perfeval, case_workbook, cell, sentence):
    ran = perfeval("why", case_workbook, cell)
    assert (ran.code, ran.out.splitlines()[1]) == (0, f"  {sentence}")


def test_a_cell_inside_a_merge_is_the_merged_one(perfeval, case_workbook):
    assert perfeval("why", case_workbook, "B30").out.splitlines()[0].startswith("自评表!A30 ")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("不是地址", "「不是地址」不是单元格地址, 请写成 H18 或 自评表!H18"),
        ("H0", "「H0」不是单元格地址, 请写成 H18 或 自评表!H18"),
        ("!H18", "「!H18」不是单元格地址, 请写成 H18 或 自评表!H18"),
        ("明细!H18", "没有工作表「明细」, 这个文件里有: 自评表、基础数据、评分规则、校验结果、使用手册"),
        ("Z99", "自评表!Z99 是空白单元格, 不属于表中任何一栏; 请给有内容的单元格, 例如 自评表!H11"),
    ],
)
def test_a_wrong_cell_is_refused_with_a_sentence(perfeval, case_workbook, cell, sentence):
    ran = perfeval("why", case_workbook, cell)
    assert (ran.code, ran.out, ran.err.strip()) == (2, "", sentence)


def test_the_offices_own_formula_is_told_apart(perfeval, case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"]["Z1"] = "=1+1"
    book.save(tmp_path / "公式.xlsx")
    ran = perfeval("why", tmp_path / "公式.xlsx", "Z1")
    assert ran.code == 0
    assert "表里自己的公式 =1+1" in ran.out


@pytest.mark.parametrize(
    ("text", "expected"),
    [("h18", ("", "H18")), ("$H$18", ("", "H18")), ("自评表！Ｈ１８", ("自评表", "H18")), ("'it''s (2)'!b3", ("it's (2)", "B3"))],
)
def test_a_cell_is_named_as_a_clerk_writes_it(text, expected):
    assert named_cell(text) == expected


@pytest.mark.parametrize("text", ["", "H", "18", "XFE1", "A1048577", "A1:B2", "!A1"])
def test_what_is_no_cell_is_refused(text):
    with pytest.raises(UnusableFile, match="不是单元格地址"):
        named_cell(text)
