"""perfeval-xl new: the form follows kind and ruleset, an office's own ruleset file counts, last year's table is carried over."""

import json

import openpyxl
import pytest

from perfeval_xl.workbook.building.builder import build, case_named, form_named
from perfeval_xl.workbook.building.case import Row
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.layout.rule_texts import with_rules
from perfeval_xl.workbook.reading.reader import read_workbook
from tests.workbook.filled_form import filled_case

OFFICE = """
id = "our-county"
title = "本县办法"
kinds = ["project"]
based_on = "{base}"

[[document]]
number = "县财绩〔2025〕1号"
title = "本县项目支出绩效自评办法"
issued_by = "县财政局"
issued_on = 2025-01-10
in_force_from = 2025-01-01
seen = "全文"

[[item]]
name = "weight.execution"
label = "预算执行率"
unit = "points"
values = [{{ from = 2025-01-01, value = 15, document = "县财绩〔2025〕1号", article = "第三条" }}]

[[item]]
name = "weight.output"
label = "产出指标"
unit = "points"
values = [{{ from = 2025-01-01, value = 45, document = "县财绩〔2025〕1号", article = "第三条" }}]
"""


def table_in(path):
    workbook = read_workbook(str(path))
    (table,), _ = find_tables(workbook)
    return with_rules(table, workbook)


def titles_in(path):
    sheet = openpyxl.load_workbook(path)["自评表"]
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


@pytest.mark.parametrize(
    ("words", "kind", "label"),
    [
        (("fund",), "fund", "收入预算:"),
        (("transfer",), "transfer", "预算绩效管理情况"),
        (("transfer", "--form", "transfer-scored"), "transfer", "其中：上年结转资金"),
        (("department",), "department", "预算执行率\n（万元）"),
        (("department", "--ruleset", "sichuan-department-2023"), "department", "资金结余率"),
        (("project",), "project", "其中：当年财政拨款"),
        (("project", "--ruleset", "anhui-2024"), "project", "专项债券资金"),
        (("project", "--ruleset", "sichuan-department-2023"), "project", "财政专户管理资金"),
        (("project", "--form", "project-yunnan"), "project", "度量单位"),
    ],
)
def test_each_kind_has_its_form(perfeval, tmp_path, words, kind, label):
    ran = perfeval("new", *words, "--year", 2025, "-o", "新表.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert label in titles_in(tmp_path / "新表.xlsx")
    table = table_in(tmp_path / "新表.xlsx")
    assert (table.kind, table.heading.year) == (kind, 2025)


def test_an_offices_own_ruleset_file_gives_the_points_and_the_form_of_the_one_it_is_based_on(perfeval, tmp_path):
    (tmp_path / "本县.toml").write_text(OFFICE.format(base="mof-2020-10"), "utf-8")
    ran = perfeval("new", "project", "--year", 2025, "--ruleset", "本县.toml", "-o", "新表.xlsm")
    assert (ran.code, ran.err) == (0, "")
    table = table_in(tmp_path / "新表.xlsm")
    assert (table.funds[0].weight.number, table.ruleset) == (15.0, "本县.toml")
    assert perfeval("check", "新表.xlsm").code == 1


def test_a_ruleset_based_on_a_province_takes_its_form(perfeval, tmp_path):
    (tmp_path / "本县.toml").write_text(OFFICE.format(base="anhui-2024"), "utf-8")
    assert perfeval("new", "project", "--year", 2025, "--ruleset", "本县.toml", "-o", "新表.xlsx").code == 0
    assert "专项债券资金" in titles_in(tmp_path / "新表.xlsx")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("fund", "--year", "2019"), "没有生效的规定"),
        (("project", "--ruleset", "没有.toml"), "没有.toml"),
        (("project", "--ruleset", "nowhere-1999"), "没有这个编号"),
        (("project", "--form", "fund"), "项目支出没有表样「fund」, 可用: project, project-anhui, project-sichuan, project-yunnan"),
        (("grant",), "没有种类「grant」, 可用: fund, transfer, department, project"),
        ((), "缺少种类"),
        (("fund", "--rows", "1001"), "--rows 应在 0 到 1000 之间"),
        (("fund", "--year", "25"), "--year 应是四位的年度"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(perfeval, tmp_path, words, sentence):
    ran = perfeval("new", *words, "-o", "新表.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not (tmp_path / "新表.xlsx").exists()


def test_a_name_that_is_no_workbook_is_refused(perfeval):
    assert perfeval("new", "fund", "-o", "新表.docx").err.strip() == "新表.docx: 新文件的名字应以 .xlsm 或 .xlsx 结尾"


@pytest.mark.parametrize(("kind", "cell"), [("project", "D13"), ("transfer", "D22"), ("department", "D11")])
def test_a_form_without_a_single_indicator_is_not_clean_until_the_first_is_written(perfeval, tmp_path, kind, cell):
    perfeval("new", kind, "-o", "表.xlsx")

    def said():
        return {(f["check"], f["cell"]): f["message"] for f in json.loads(perfeval("check", "表.xlsx", "--json").out)["files"][0]["findings"]}

    assert "绩效指标一项都没有填写" in said()["A02", cell]
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book.worksheets[0][cell] = "应急演练次数"
    book.save(tmp_path / "表.xlsx")
    assert ("A02", cell) not in said()


def test_last_years_table_is_named_where_it_cannot_be_read(perfeval, tmp_path):
    (tmp_path / "去年.xlsx").write_bytes(b"")
    ran = perfeval("new", "fund", "--from", "去年.xlsx", "-o", "今年.xlsx")
    assert (ran.code, ran.err[:14]) == (2, "去年.xlsx: 文件是空的")
    assert not (tmp_path / "今年.xlsx").exists()


def test_last_years_table_is_carried_over_and_raised_by_a_year(perfeval, tmp_path):
    form, case = case_named("bazhou-2023-resident-fund")
    build(form, case, str(tmp_path / "去年.xlsm"))
    ran = perfeval("new", "fund", "--from", "去年.xlsm", "-o", "今年.xlsm")
    assert ran.code == 0
    assert "沿用了去年的 19 项指标" in ran.out
    last, now = table_in(tmp_path / "去年.xlsm"), table_in(tmp_path / "今年.xlsm")
    assert (now.heading.year, now.heading.title.text, now.money_unit) == (2024, last.heading.title.text, "亿元")
    assert (now.heading.name.text, now.heading.department.text) == (last.heading.name.text, last.heading.department.text)
    kept = ("level1", "level2", "level3", "target", "weight", "rule")
    assert [[getattr(row, field) for field in kept] for row in now.indicators] == [
        [getattr(row, field) for field in kept] for row in last.indicators
    ]
    empty = ("actual", "written_score", "reason", "evidence")
    assert {getattr(row, field).text for row in now.indicators for field in empty} == {""}
    assert {value.text for fund in now.funds for value in (fund.budget, fund.executed)} == {""}
    assert (now.goal_planned.text, now.goal_done.text) == (last.goal_planned.text, "")


def test_a_rule_of_its_own_stays_and_the_default_gives_way_to_this_years(perfeval, tmp_path):
    form = form_named("project")
    case = filled_case(form, 3)
    first, *others = case.indicators
    changed = Row({**first.values, "rule": "bands(100:1, 80:0.5)"})
    build(form, case._replace(indicators=(changed, *others)), str(tmp_path / "去年.xlsx"))
    assert perfeval("new", "project", "--from", "去年.xlsx", "--ruleset", "jiangxi-bands", "-o", "今年.xlsx").code == 0
    default = table_in(tmp_path / "今年.xlsx").indicators[1].rule
    assert [row.rule for row in table_in(tmp_path / "今年.xlsx").indicators] == ["bands(100:1, 80:0.5)", default, default]
    assert table_in(tmp_path / "今年.xlsx").ruleset == "jiangxi-bands"


def test_a_target_in_one_cell_is_split_where_the_form_asks_for_three(perfeval, tmp_path):
    form = form_named("project")
    build(form, filled_case(form, 7), str(tmp_path / "去年.xlsx"))
    assert perfeval("new", "project", "--from", "去年.xlsx", "--form", "project-sichuan", "-o", "今年.xlsx").code == 0
    rows = table_in(tmp_path / "今年.xlsx").indicators
    assert [(row.sign.text, row.unit.text, row.target.text) for row in rows[:4]] == [
        ("≥", "%", "≥95%"), ("≥", "人次", "≥120人次"), ("≤", "天", "≤3.5天"), ("=", "%", "=0%"),
    ]  # fmt: skip
    assert (rows[5].sign.text, rows[5].target.text) == ("定性", "定性及时支付")


def test_a_split_target_is_joined_where_the_form_asks_for_one_cell(perfeval, tmp_path):
    form = form_named("project-sichuan")
    build(form, filled_case(form, 3), str(tmp_path / "去年.xlsx"))
    assert perfeval("new", "--from", "去年.xlsx", "--form", "project", "-o", "今年.xlsx").code == 0
    now = table_in(tmp_path / "今年.xlsx")
    assert [row.target.text for row in now.indicators] == ["≥95%", "≥120人次", "≤3.5天"]
    assert (now.heading.title.text, now.heading.year) == ("部门预算项目支出绩效自评表", 2026)


def test_another_kind_of_table_is_refused(perfeval, tmp_path):
    form = form_named("fund")
    build(form, filled_case(form, 3), str(tmp_path / "去年.xlsx"))
    ran = perfeval("new", "project", "--from", "去年.xlsx", "-o", "今年.xlsx")
    assert (ran.code, ran.err.strip()) == (2, "去年.xlsx: 里面是社会保险基金自评表, 不是项目支出自评表, 不能沿用")


def test_a_file_without_a_table_is_refused(perfeval, tmp_path):
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    ran = perfeval("new", "fund", "--from", "空.xlsx", "-o", "今年.xlsx")
    assert ran.code == 2
    assert ran.err.startswith("空.xlsx: 没有找到绩效自评表")


def test_a_sheet_that_could_not_be_read_is_named_where_no_table_was_found(perfeval, tmp_path):
    book = openpyxl.Workbook()
    book.create_chartsheet("图")
    book.save(tmp_path / "图表.xlsx")
    ran = perfeval("check", "图表.xlsx")
    assert (ran.code, ran.err.strip().endswith("; 图: 图表工作表，里面没有单元格，没有读取。")) == (2, True)


def test_two_tables_in_one_file_are_refused(perfeval, tmp_path):
    form = form_named("project")
    build(form, filled_case(form, 3), str(tmp_path / "去年.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "去年.xlsx")
    book.copy_worksheet(book["自评表"]).title = "第二张"
    book.save(tmp_path / "两张.xlsx")
    ran = perfeval("new", "project", "--from", "两张.xlsx", "-o", "今年.xlsx")
    assert (ran.code, ran.err.strip()) == (2, "两张.xlsx: 里面有 2 张自评表, 请把要沿用的一张单独存成一个文件")
