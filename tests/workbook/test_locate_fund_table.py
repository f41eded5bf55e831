"""社会保险基金 first: the printed fund table, drawn by hand and built by us, is read back exactly."""

import tomllib
from pathlib import Path

import pytest

from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.grid import Sheet, Workbook
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.reading.reader import read_workbook
from tests.workbook.drawn_form import Drawing

CASE = "bazhou-2023-resident-fund"
FACTS = tomllib.loads((Path(__file__).parents[2] / "workbooks" / "cases" / f"{CASE}.toml").read_text("utf-8"))
ROWS = FACTS["indicators"]
WIDTH = 10


def printed_sheet():
    """The table as printed: ten columns, labels merged downwards, weight before the target, basis before the reason."""
    drawing = Drawing()
    put = drawing.put
    put(1, 1, FACTS["title"], WIDTH)
    put(2, 1, "(2023年度)", WIDTH)
    put(3, 1, "险种名称", 3)
    put(3, 4, FACTS["insurance"], 7)
    put(4, 1, "中央主管部门及相关部门", 3)
    put(4, 4, "、".join(FACTS["departments"]), 7)
    put(5, 1, f"预算资金({FACTS['money_unit']})", 2, 3)
    for column, words in ((5, "全年预算数(A)"), (7, "全年执行数(B)"), (9, "执行率(B/A)")):
        put(5, column, words, 2)
    for row, fund in enumerate(FACTS["funds"], 6):
        put(row, 3, fund["label"], 2)
        for column, field in ((5, "budget"), (7, "executed"), (9, "written_rate")):
            put(row, column, fund[field], 2)
    put(8, 1, "年度总目标", 1, 2)
    put(8, 2, "年初(调整)目标", 4)
    put(8, 6, "全年实际完成情况", 5)
    put(9, 2, "\n".join(FACTS["goals"]["planned"]), 4)
    put(9, 6, FACTS["goals"]["done"], 5)
    put(10, 1, "绩效指标", 1, len(ROWS) + 1)
    headers = ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年完成值", "得分", "评分依据", "未完成原因和改进措施")
    for column, words in enumerate(headers, 2):
        put(10, column, words)
    for row, indicator in enumerate(ROWS, 11):
        put_indicator(drawing, row, indicator)
    total = 11 + len(ROWS)
    put(total, 1, "合计", 4)
    put(total, 8, 98.0)
    put(total + 1, 1, "说明", 1)
    put(total + 1, 2, "无", 9)
    put(total + 3, 1, "单位负责人: 甲    科室负责人: 乙    填表人:", WIDTH)
    return drawing.sheet()


def put_indicator(drawing, row, indicator):
    index = row - 11
    for depth, column in ((0, 2), (1, 3)):
        if index == 0 or labels(index)[: depth + 1] != labels(index - 1)[: depth + 1]:
            height = next((n for n in range(len(ROWS) - index) if labels(index + n)[: depth + 1] != labels(index)[: depth + 1]), 0)
            drawing.put(row, column, labels(index)[depth], 1, height or len(ROWS) - index)
    drawing.put(row, 4, labels(index)[2])
    for column, field in ((5, "weight"), (6, "target"), (7, "actual"), (8, "score"), (9, "basis"), (10, "reason")):
        drawing.put(row, column, indicator.get(field))


def labels(index):
    return ROWS[index]["level"]


@pytest.fixture(scope="module")
def printed():
    (table,), notes = find_tables(Workbook("printed.xlsx", (printed_sheet(),)))
    assert notes == []
    return table


def test_the_printed_table_is_a_fund_table_of_its_year_and_unit(printed):
    assert (printed.kind, printed.form, printed.heading.year, printed.money_unit) == ("fund", "fund", 2023, "亿元")
    assert printed.heading.money_unit.cell == "A5"
    assert printed.region == "A1:J33"
    assert printed.unread == ()


def test_the_printed_heading_names_the_insurance_and_the_departments(printed):
    assert (printed.heading.title.cell, printed.heading.title.text) == ("A1", "城乡居民医疗保险基金预算绩效目标自评表")
    assert [(label, value.cell, value.text) for label, value in printed.heading.required] == [
        ("险种名称", "D3", "城乡居民医疗保险"),
        ("中央主管部门及相关部门", "D4", "国家医疗保障局、财政部、国家税务总局"),
    ]


def test_income_and_expenditure_are_read_without_an_execution_score(printed):
    assert [(fund.label.text, fund.budget.number, fund.executed.number, fund.written_rate.number) for fund in printed.funds] == [
        ("收入预算:", 10.16, 10.46, 1.0295),
        ("支出预算:", 10.62, 10.34, 0.9736),
    ]
    assert [fund.written_rate.ulp for fund in printed.funds] == [0.0001, 0.0001]
    assert [(fund.weight.exists, fund.written_score.exists, fund.initial_budget.exists) for fund in printed.funds] == [
        (False, False, False)
    ] * 2


def test_every_printed_indicator_is_read_from_its_own_cells(printed):
    fields = ("level3", "weight", "target", "actual", "written_score", "evidence", "reason")
    read = [tuple((value.cell, value.text) for value in (getattr(row, field) for field in fields)) for row in printed.indicators]
    drawn = [
        tuple(
            (f"{column}{row}", text)
            for column, text in zip(
                "DEFGHIJ",
                (
                    indicator["level"][2],
                    str(indicator["weight"]),
                    indicator["target"],
                    indicator["actual"],
                    str(indicator["score"]),
                    indicator["basis"],
                    indicator.get("reason", ""),
                ),
                strict=True,
            )
        )
        for row, indicator in enumerate(ROWS, 11)
    ]
    assert read == drawn
    assert [row.level1.text for row in printed.indicators] == [indicator["level"][0] for indicator in ROWS]
    assert [row.level2.text for row in printed.indicators] == [indicator["level"][1] for indicator in ROWS]
    assert {row.level1.cell for row in printed.indicators} == {"B11", "B12", "B18", "B25", "B29"}


def test_goals_total_and_signatures_of_the_printed_table_are_read(printed):
    assert (printed.goal_planned.cell, printed.goal_done.cell) == ("B9", "F9")
    assert (printed.total_weight.cell, printed.total_weight.text) == ("E30", "")
    assert (printed.total_score.cell, printed.total_score.number) == ("H30", 98.0)
    assert [(label, value.text) for label, value in printed.signatures] == [
        ("单位负责人", "甲"),
        ("科室负责人", "乙"),
        ("填表人", ""),
    ]


def test_our_own_workbook_of_the_case_is_read_back_with_its_computed_cells(tmp_path):
    form, case = case_named(CASE)
    path = tmp_path / "case.xlsx"
    build(form, case, str(path))
    (table,), notes = find_tables(read_workbook(str(path)))
    assert (table.sheet, table.kind, table.form, table.ruleset) == ("自评表", "fund", "fund", "fund-2022-65")
    assert [row.level3.text for row in table.indicators] == [indicator["level"][2] for indicator in ROWS]
    assert [row.target.text for row in table.indicators] == [indicator["target"] for indicator in ROWS]
    assert [row.written_score.number for row in table.indicators] == [float(indicator["score"]) for indicator in ROWS]
    assert [fund.written_rate.computed for fund in table.funds] == [True, True]
    assert (table.total_score.number, table.total_score.computed) == (98.0, True)
    assert (table.unread, notes) == ((), [])


def test_two_insurances_on_two_sheets_are_two_tables():
    sheet = printed_sheet()
    tables, _ = find_tables(Workbook("two.xlsx", (sheet, sheet._replace(name="职工"))))
    assert [(table.sheet, table.kind, len(table.indicators)) for table in tables] == [("自评表", "fund", 19), ("职工", "fund", 19)]


def test_the_sheets_we_add_are_never_taken_for_tables():
    sheet = printed_sheet()
    others = tuple(Sheet(name, "visible", sheet.cells, sheet.merges) for name in ("评分规则", "校验结果", "基础数据"))
    tables, _ = find_tables(Workbook("ours.xlsx", (sheet, *others)))
    assert [table.sheet for table in tables] == ["自评表"]
