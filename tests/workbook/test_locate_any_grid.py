"""Whatever a workbook contains, the reader answers, and its work grows no faster than the workbook."""

import sys
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import Area, Cell, ErrorValue, Sheet, Workbook
from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.drawn_form import drawn_form

WORDS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "分值", "得分", "完成值", "项目支出绩效自评表", "项目名称", "年度资金总额", "其中：财政",
    "合计", "总分：83", "说明", "填表人：", "年初预算数", "全年预算数(A)", "全年执行数", "执行率", "预期目标", "实际完成情况", "单位：万元",
    "（2023年度）", "≥95%", "—", "指标2：", "计划安排资金（万元）", "实际支出", "评价等级", "优", "度量单位", "指标性质", "实施单位/负责人",
    "备注", "目标", "年初设定", "2023年执行数", "86.4万元", "甲/乙", "７,00.0,77", "(((((", "", "  ", "\u200b", "𠀀" * 40,
)  # fmt: skip
ROW, COLUMN = st.integers(1, 30), st.integers(1, 14)
CONTENT = st.one_of(
    st.sampled_from(WORDS),
    st.floats(),
    st.integers(-3, 200).map(float),
    st.booleans(),
    st.none(),
    st.just(ErrorValue("#DIV/0!")),
    st.text(max_size=12),
)
CELL = st.builds(
    Cell,
    CONTENT,
    st.sampled_from(("", "", "SUM(A1:A2)", "IFERROR(0+PE_SCORE(A1,B1,C1),0)")),
    st.sampled_from(("General", "0%", "0.00", "@", "yyyy-mm-dd", '"约"0')),
)
AREA = st.builds(
    lambda row, column, height, width: Area(row, column, row + height, column + width),
    ROW,
    COLUMN,
    st.sampled_from((-1, 0, 0, 1, 3, 1_000_000)),
    st.sampled_from((-1, 0, 0, 1, 3, 16_000)),
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.tuples(ROW, COLUMN), CELL, max_size=120), st.lists(AREA, max_size=12))
def test_no_grid_makes_the_reader_fail(cells, merges):
    tables, unread = find_tables(Workbook("any.xlsx", (Sheet("自评表", "visible", cells, tuple(merges)),)))
    assert tables or unread


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.dictionaries(st.tuples(ROW, COLUMN), CELL, max_size=25), st.lists(AREA, max_size=6))
def test_a_damaged_form_is_still_answered(seed, damage, merges):
    sheet, _ = drawn_form(seed)
    random = Random(seed)
    cells = {place: cell for place, cell in sheet.cells.items() if random.random() < 0.9} | damage
    kept = [area for area in sheet.merges if random.random() < 0.9] + merges
    tables, unread = find_tables(Workbook("damaged.xlsx", (sheet._replace(cells=cells, merges=tuple(kept)),)))
    assert tables or unread


def test_a_form_whose_rows_vanish_under_one_merged_area_is_still_answered():
    for seed in range(60):
        sheet, _ = drawn_form(seed)
        merges = (Area(1, 1, 4 + seed % 7, 16_001), *sheet.merges)
        tables, unread = find_tables(Workbook("covered.xlsx", (sheet._replace(merges=merges),)))
        assert tables or unread


def calls(workbook):
    """How many Python functions reading a workbook takes."""
    count = 0

    def counted(_, event, __):
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        find_tables(workbook)
    finally:
        sys.setprofile(None)
    return count


def test_two_hundred_sheets_cost_two_hundred_times_one():
    sheet, _ = drawn_form(5)
    one = Workbook("one.xlsx", (sheet,))
    many = Workbook("many.xlsx", tuple(sheet._replace(name=f"表{number}") for number in range(200)))
    find_tables(one)
    assert calls(many) <= 200 * calls(one) + 5000


def test_rows_far_below_and_far_right_cost_nothing():
    sheet, _ = drawn_form(5)
    stray = sheet._replace(cells=sheet.cells | {(1_048_576, 16_384): Cell("x")})
    find_tables(Workbook("plain.xlsx", (sheet,)))
    (table,), _ = find_tables(Workbook("stray.xlsx", (stray,)))
    assert table.region == find_tables(Workbook("plain.xlsx", (sheet,)))[0][0].region
    assert calls(Workbook("stray.xlsx", (stray,))) < 4 * calls(Workbook("plain.xlsx", (sheet,)))


def test_a_long_list_that_is_no_form_is_passed_over():
    rows = {(row, column): Cell(f"第{row}笔支出" if column == 1 else float(row)) for row in range(1, 20_001) for column in (1, 2)}
    tables, unread = find_tables(Workbook("ledger.xlsx", (Sheet("流水", "visible", rows),)))
    assert tables == []
    assert [note.reason[:9] for note in unread] == ["没有找到绩效自评表"]


def test_a_header_repeated_without_end_stops_somewhere():
    header = ("一级指标", "二级指标", "三级指标", "指标值", "得分")
    rows = {(row, column): Cell(word) for row in range(1, 3001) for column, word in enumerate(header, 1)}
    tables, unread = find_tables(Workbook("headers.xlsx", (Sheet("表头", "visible", rows),)))
    assert [note.reason for table in tables for note in table.unread] == ["表头重复出现太多次, 从这里起没有读入"]
    assert unread == []
