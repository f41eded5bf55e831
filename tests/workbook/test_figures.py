"""Amounts typed on 基础数据, read back by their names."""

import pytest

from perfeval_xl.core.table import BLANK, NUMBER, TEXT, Heading, Table
from perfeval_xl.workbook.grid import FIGURE_SHEET, Cell, Sheet, Workbook
from perfeval_xl.workbook.layout.figures import figures, with_figures

HEAD = ("项目", "单位", "数额")


def sheet(*rows, name=FIGURE_SHEET, head=HEAD):
    filled = {
        (row, column): cell if isinstance(cell, Cell) else Cell(cell)
        for row, cells in enumerate((head, *rows), 4)
        for column, cell in enumerate(cells, 1)
        if cell is not None
    }
    return Sheet(name, "visible", filled)


def read(*rows, **named):
    return dict(figures(sheet(*rows, **named))[0])


def table(kind="fund"):
    return Table("自评表", "A1:J9", kind, kind, Heading(), (), ())


def test_an_amount_is_read_with_its_cell_and_its_last_digit():
    value = read(("基金收入决算", "万元", 104642.0))["基金收入决算"]
    assert (value.cell, value.number, value.ulp, value.state, value.computed) == ("基础数据!C5", 104642.0, 1.0, NUMBER, False)


def test_a_blank_amount_is_a_blank_not_a_zero():
    found = read(("基金收入决算", "万元", None), ("其他支出决算", "万元", 0.0))
    assert (found["基金收入决算"].state, found["基金收入决算"].number) == (BLANK, None)
    assert (found["其他支出决算"].state, found["其他支出决算"].number) == (NUMBER, 0.0)


@pytest.mark.parametrize(
    ("name", "unit", "typed", "number", "ulp"),
    [
        ("基金收入决算", "亿元", 10.46, 104600.0, 100.0),
        ("基金收入决算", "元", 1046420000.0, 104642.0, 0.0001),
        ("基金收入决算", "万元", "104,642", 104642.0, 1.0),
        ("基金收入决算", "万元", "10.46亿元", 104600.0, 100.0),
        ("基金收入决算", None, 104642.0, 104642.0, 1.0),
        ("参保人数", "人", 429400.0, 42.94, 0.0001),
        ("重复参保人数", "人", 169.0, 169.0, 1.0),
        ("单位平均缴费基数", "元", 7107.0, 7107.0, 1.0),
    ],
)
def test_an_amount_in_another_unit_is_converted(name, unit, typed, number, ulp):
    value = read((name, unit, typed))[name]
    assert value.number == pytest.approx(number, rel=1e-15)
    assert value.ulp == pytest.approx(ulp)


def test_words_stay_words():
    value = read(("基金收入决算", "万元", "见决算报表"))["基金收入决算"]
    assert (value.text, value.number, value.state) == ("见决算报表", None, TEXT)


def test_what_nobody_knows_and_what_stands_below_the_results_is_left_out():
    found = read(("工作人员人数", "人", 3.0), ("年末累计结余", "万元", 85139.0), ("指标", "口径", "分子"), ("年初累计结余", None, 5.0))
    assert list(found) == ["年末累计结余"]


def test_of_a_name_that_stands_twice_the_first_counts():
    assert read(("年末累计结余", "万元", 85139.0), ("年末累计结余", "万元", 85137.0))["年末累计结余"].number == 85139.0


def test_a_sheet_with_other_headings_gives_nothing():
    assert read(("基金收入决算", "万元", 104642.0), head=("科目", "单位", "数额")) == {}


def test_only_a_fund_has_figures():
    workbook = Workbook("", (sheet(("年末累计结余", "万元", 85139.0)),))
    assert dict(with_figures(table(), workbook).figures)["年末累计结余"].number == 85139.0
    assert with_figures(table("project"), workbook).figures == ()
    assert with_figures(table(), Workbook("", (sheet(name="基础"),))).figures == ()


def test_a_formula_without_its_result_is_reported():
    workbook = Workbook("", (sheet(("年末累计结余", "万元", Cell(None, "C9+C10"))),))
    assert [note.cell for note in with_figures(table(), workbook).unread] == ["C5"]
