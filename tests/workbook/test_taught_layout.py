"""教会的版面: what was recognised, written down and given back, reads the same table; mistakes in it are named."""

import re

import pytest

from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.layout.taught import taught_layouts, taught_tables
from perfeval_xl.workbook.layout.taught_text import layout_text
from tests.workbook.layout_file import NAMES, fields, layout

# A funding row whose name stands in a column of its own per source, and a unit behind a slash in one cell.
LABELS_OF_THEIR_OWN = {"listed_funds": "label", "total_in_head": "unit"}


def taught(tmp_path, workbook, text):
    path = tmp_path / "版面.toml"
    path.write_text(text, "utf-8")
    return taught_tables(workbook, taught_layouts(str(path)), "")[0]


def rows(table):
    return {name: [{**row, "label": None} if name == "funds" else row for row in table[name]] for name in ("funds", "indicators")}


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_shown_and_given_back_reads_the_same_rows(name, tmp_path):
    workbook, _ = layout(name)
    found, _ = find_tables(workbook)
    again = taught(tmp_path, workbook, layout_text(workbook, found))
    assert [rows(fields(table)) for table in again] == [rows(fields(table)) for table in found]
    for one, other in zip(fields_of(again), fields_of(found), strict=True):
        different = {key for key in other if one.get(key) != other[key]} - {"region", "funds", "indicators"}
        assert different <= {LABELS_OF_THEIR_OWN.get(name)}


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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "版面文件里没有 [[table]]"),
        ("[[table]]\nkind = 'x'", "kind 应是 fund, transfer, department, project 之一"),
        ("[[table]]\nkind = 'fund'\ntitle = 'nowhere'\n[table.funds]\nfirst_row = 5\ncolumns = {budget = 'C'}", "title 应是单元格, 例如 C3"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 5\ncolumns = {budget = '3'}", "budget 应是列号, 例如 D 或 D:E"),
        ("[[table]]\nkind = 'fund'\n[table.funds]\nfirst_row = 0\ncolumns = {budget = 'C'}", "要写 first_row"),
        ("[[table]]\nkind = 'fund'\nyear = '去年'\n[table.funds]\nfirst_row = 1\ncolumns = {sum = 'C'}", "没有「sum」这一列"),
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


def test_the_command_shows_a_layout_that_check_takes_back(perfeval, case_workbook, tmp_path):
    shown = perfeval("layout", "show", case_workbook, "-o", "版面.toml")
    assert (shown.code, shown.err) == (0, "")
    plain = perfeval("check", case_workbook, "--json")
    again = perfeval("check", case_workbook, "--json", "--layout", tmp_path / "版面.toml")
    assert again.code == plain.code
    assert [line for line in again.out.splitlines() if '"check"' in line] == [line for line in plain.out.splitlines() if '"check"' in line]
    assert perfeval("layout", "show", case_workbook, "-o", "版面.toml").code == 2
