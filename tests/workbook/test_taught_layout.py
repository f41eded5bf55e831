"""教会的版面: what was recognised, written down and given back, reads the same table; mistakes in it are named."""

import re

import pytest

from perfeval_xl.workbook.examination import examined_workbook
from perfeval_xl.workbook.grid import Cell, Sheet, UnusableFile, Workbook
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.layout.taught import taught_layouts, taught_tables
from perfeval_xl.workbook.layout.taught_text import layout_text
from tests.workbook.layout_file import NAMES, fields, layout

# A unit behind a slash in one cell with another one.
BEYOND_A_CELL = {"total_in_head": {"unit"}}


def taught(tmp_path, workbook, text):
    path = tmp_path / "版面.toml"
    path.write_text(text, "utf-8")
    return taught_tables(workbook, taught_layouts(str(path)), "")[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_shown_and_given_back_reads_the_same_table(name, tmp_path):
    workbook, _ = layout(name)
    found, _ = find_tables(workbook)
    again = taught(tmp_path, workbook, layout_text(workbook, found))
    assert [table.funds for table in again] == [table.funds for table in found]
    assert [table.signatures for table in again] == [table.signatures for table in found]
    assert [table.passages for table in again] == [table.passages for table in found]
    for one, other in zip(fields_of(again), fields_of(found), strict=True):
        assert {key for key in other if one.get(key) != other[key]} - {"region"} == BEYOND_A_CELL.get(name, set())


def fields_of(tables):
    return [fields(table) for table in tables]


def test_a_corrected_layout_is_followed_where_the_headers_mislead(tmp_path):
    workbook, _ = layout("national_project")
    (sheet,) = workbook.sheets
    (table,) = find_tables(workbook)[0]
    text = layout_text(workbook, [table])
    header = next(place for place, cell in sheet.cells.items() if isinstance(cell.value, str) and "实际完成值" in cell.value.replace("\n", ""))
    renamed = workbook._replace(sheets=(sheet._replace(cells={**sheet.cells, header: Cell("第四栏")}),))
    assert not any(row.actual.exists for row in find_tables(renamed)[0][0].indicators)
    (again,) = taught(tmp_path, renamed, text)
    assert [row.actual.text for row in again.indicators] == [row.actual.text for row in table.indicators]


def test_without_a_last_row_the_table_is_read_down_to_its_total(tmp_path):
    workbook, _ = layout("national_project")
    (table,) = find_tables(workbook)[0]
    lines = layout_text(workbook, [table]).splitlines()
    text = "\n".join(line for line in lines if not line.startswith("last_row"))
    (again,) = taught(tmp_path, workbook, text)
    assert len(again.indicators) == len(table.indicators)


OWN_WORDS = """
[[table]]
kind = "project"
money_unit = "万元"
[table.funds]
first_row = 2
last_row = 5
columns = {label = "A", budget = "B", executed = "C"}
[table.funds.labels]
"本年 投入" = "年度资金总额"
"财政给的" = "其中：财政拨款"
[table.indicators]
first_row = 7
last_row = 7
columns = {level3 = "A", target = "B", actual = "C"}
"""


def own_words():
    grid = {
        1: ("", "本年", "花了"), 2: ("本年投入", 100.0, 90.0), 3: ("财政给的", 60.0, 50.0), 4: ("2023: 结转", 30.0, 30.0), 5: ("其他资金", 5.0, 5.0),
        6: ("做什么", "要多少", "有多少"), 7: ("培训人数", "100人", "90人"), 8: ("填表人：张三",),
    }  # fmt: skip
    cells = {(row, column): Cell(value) for row, values in grid.items() for column, value in enumerate(values, 1)}
    return Workbook("自评表.xlsx", (Sheet("自评表", "visible", cells),))


def test_labels_of_the_office_are_read_from_their_column_and_count_as_what_they_mean(tmp_path):
    workbook = own_words()
    assert find_tables(workbook)[0] == []
    (table,) = taught(tmp_path, workbook, OWN_WORDS)
    assert [(fund.label.cell, fund.label.text, fund.words, fund.budget.number, fund.executed.number) for fund in table.funds] == [
        ("A2", "本年投入", "年度资金总额", 100, 90), ("A3", "财政给的", "其中：财政拨款", 60, 50), ("A4", "2023: 结转", "2023: 结转", 30, 30),
        ("A5", "其他资金", "其他资金", 5, 5),
    ]  # fmt: skip
    assert [(label, value.text) for label, value in table.signatures] == [("填表人", "张三")]


def test_what_a_taught_label_means_decides_what_must_add_up(tmp_path):
    path = tmp_path / "版面.toml"
    path.write_text(OWN_WORDS, "utf-8")
    found = examined_workbook(own_words(), layout=str(path))
    (sums,) = [finding for finding in found.all_findings if finding.check == "C01" and finding.cell == "B2"]
    assert (sums.item, sums.written, sums.expected) == ("本年投入", "100", "95")
    path.write_text(OWN_WORDS.replace('"年度资金总额"', '"本年投入"').replace('"其中：财政拨款"', '"财政给的"'), "utf-8")
    assert [finding for finding in examined_workbook(own_words(), layout=str(path)).all_findings if finding.check == "C01"] == []


def test_a_layout_shown_again_keeps_what_labels_mean(tmp_path):
    workbook = own_words()
    tables = taught(tmp_path, workbook, OWN_WORDS)
    text = layout_text(workbook, tables)
    assert '"财政给的" = "其中：财政拨款"' in text
    assert taught(tmp_path, workbook, text)[0].funds == tables[0].funds


def test_a_list_of_amounts_is_shown_cell_by_cell(tmp_path):
    workbook, _ = layout("listed_funds")
    text = layout_text(workbook, find_tables(workbook)[0])
    assert '  {label = "E9", budget = "G9"},' in text.splitlines()
    lines = text.replace('{label = "F10", budget = "G10"}', '{label = "F11", executed = "G11"}')
    (table,) = taught(tmp_path, workbook, lines)
    assert (table.funds[1].label.text, table.funds[1].budget.exists, table.funds[1].executed.number) == ("市级资金", False, 343)


def test_every_text_of_a_label_is_written_as_toml(tmp_path):
    odd = 'a"b\\c\x07\t\n其中'
    workbook = own_words()
    workbook.sheets[0].cells[3, 1] = Cell(odd)
    tables = taught(tmp_path, workbook, OWN_WORDS)
    assert taught(tmp_path, workbook, layout_text(workbook, tables))[0].funds == tables[0].funds


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "版面文件里没有 [[table]]"),
        ("[[table]]\nkind = 'x'", "kind 应是 fund, transfer, department, project 之一"),
        ("[[table]]\nkind = 'fund'\ntitle = 'nowhere'\n[table.funds]\nfirst_row = 5\ncolumns = {budget = 'C'}", "title 应是单元格, 例如 C3"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 5\ncolumns = {budget = '3'}", "budget 应是列号, 例如 D 或 D:E"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 0\ncolumns = {budget = 'C'}", "要写 first_row"),
        ("[[table]]\nkind = 'fund'\nyear = '去年'\n[table.funds]\nfirst_row = 1\ncolumns = {sum = 'C'}", "没有「sum」这一列"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 5\nlables = {}\ncolumns = {budget = 'C'}", "有不认识的键「lables」"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nrows = []", "要逐行写单元格, 例如 {label ="),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nrows = [{label = 'B5', sum = 'C5'}]", "的 rows 没有「sum」这一项"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nrows = [{label = 'B5', budget = 'C'}]", "的 rows 里 budget 应是单元格, 例如 C5"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\ncolumns = {budget = 'C'}\nrows = [{budget = 'C5'}]", "rows 和 columns 只写一种"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 5\nlabels = 3\ncolumns = {budget = 'C'}", "labels 应写 表里的叫法 = 官方表的叫法"),
        ("[[table]", "版面文件写法有误 (第 1 行), 请改正, 或用 perfeval-xl layout show 重新生成"),
        ("[[table]]\ncells = [", "版面文件写法有误 (文件末尾: 括号或引号没有成对)"),
        ("[[table]]\nkind = “fund”", "版面文件写法有误 (第 2 行), 请改正"),
    ],
)
def test_every_mistake_in_a_layout_is_named(tmp_path, text, sentence):
    path = tmp_path / "版面.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UnusableFile, match=re.escape(sentence)):
        taught_layouts(str(path))


def test_brackets_without_end_are_no_layout(tmp_path):
    (tmp_path / "版面.toml").write_text("a = " + "[" * 5000, "utf-8")
    with pytest.raises(UnusableFile, match="括号套得太深, 这不是版面文件"):
        taught_layouts(str(tmp_path / "版面.toml"))


def test_the_command_shows_a_layout_that_check_takes_back(perfeval, case_workbook, tmp_path):
    shown = perfeval("layout", "show", case_workbook, "-o", "版面.toml")
    assert (shown.code, shown.err) == (0, "")
    plain = perfeval("check", case_workbook, "--json")
    again = perfeval("check", case_workbook, "--json", "--layout", tmp_path / "版面.toml")
    assert again.code == plain.code
    assert [line for line in again.out.splitlines() if '"check"' in line] == [line for line in plain.out.splitlines() if '"check"' in line]
    assert perfeval("layout", "show", case_workbook, "-o", "版面.toml").code == 2
