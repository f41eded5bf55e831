"""What a cell means: amounts in the table's unit, exact points, ratios, and texts that are no numbers."""

import pytest

from perfeval_xl.workbook.grid import Cell, ErrorValue, Sheet
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.value import amount, points, worded
from tests.workbook.typed_sheet import one


def geometry(value, number_format="General", formula=""):
    return Geometry(Sheet("自评表", "visible", {(2, 3): Cell(value, formula, number_format)}))


PLACE = (2, 3)


@pytest.mark.parametrize(
    ("content", "money_unit", "number", "ulp"),
    [
        (285.84, "万元", 285.84, 0.01),
        ("1,208.75", "万元", 1208.75, 0.01),
        ("３１．６９", "万元", 31.69, 0.01),
        ("259.45万元", "万元", 259.45, 0.01),
        ("0.5亿元", "万元", 5000.0, 1000.0),
        ("20000元", "万元", 2.0, 0.0001),
        ("-3.5", "元", -3.5, 0.1),
        ("300万元", "", None, 0.0),
        ("7,00.0,77", "万元", None, 0.0),
        ("约300", "万元", None, 0.0),
        ("—", "万元", None, 0.0),
    ],
)
def test_an_amount_is_read_in_the_unit_of_the_table(content, money_unit, number, ulp):
    value = amount(geometry(content), PLACE, money_unit)
    assert (value.cell, value.number) == ("C2", number)
    assert value.ulp == pytest.approx(ulp)


@pytest.mark.parametrize(
    ("content", "number_format", "text", "number"),
    [
        (10.0, "General", "10", 10.0),
        (9.6, "0", "10", 9.6),
        (4.999999999999999, "General", "5", 5.0),
        (0.1 * 3, "0.00", "0.30", 0.3),
        ("10分", "@", "10分", 10.0),
        ("(100)", "General", "(100)", 100.0),
        (0.1, "0%", "10%", 10.0),
        ("15%", "General", "15%", 15.0),
        ("/", "General", "/", None),
        ("——", "General", "——", None),
        ("8-10", "General", "8-10", None),
    ],
)
def test_points_are_exact_and_a_dash_is_no_number(content, number_format, text, number):
    value = points(geometry(content, number_format), PLACE)
    assert (value.text, value.number, value.ulp) == (text, number, 0.0)


@pytest.mark.parametrize(
    ("content", "number_format", "text", "number", "state"),
    [
        ("≥95%", "General", "≥95%", None, "text"),
        ("95%", "General", "95%", 0.95, "text"),
        (0.95, "0%", "95%", 0.95, "number"),
        ("20000", "@", "20000", 20000.0, "text"),
        (8755.0, "General", "8755", 8755.0, "number"),
        (45291.0, "yyyy-mm-dd", "2023-12-31", None, "text"),
        (5.0, '"≥"0"个"', "≥5个", 5.0, "number"),
        (" 及时 ", "General", "及时", None, "text"),
        ("　", "General", "", None, "blank"),
        (True, "General", "TRUE", None, "logical"),
        (ErrorValue("#DIV/0!"), "General", "#DIV/0!", None, "error"),
        (float("inf"), "General", "inf", None, "error"),
        (1e308, "General", "1e+308", None, "error"),
    ],
)
def test_words_are_taken_as_displayed(content, number_format, text, number, state):
    value = worded(geometry(content, number_format), PLACE)
    assert (value.text, value.number, value.state) == (text, number, state)


def test_a_cell_that_holds_nothing_exists_and_is_blank():
    value = worded(Geometry(Sheet("自评表", "visible", {})), (7, 2))
    assert (value.cell, value.text, value.is_blank, value.exists) == ("B7", "", True, True)


def rates(*rows):
    table = one("绩效自评表\n项目资金（万元）|全年预算数|全年执行数|执行率\n" + "\n".join(rows))
    return [fund.written_rate.number for fund in table.funds], [note.reason for note in table.unread]


@pytest.mark.parametrize(
    ("row", "ratio"),
    [
        ("年度资金总额|100|97.8|97.8%", 0.978),
        ("年度资金总额|100|97.8|97.8", 0.978),
        ("年度资金总额|100|97.8|0.978", 0.978),
        ("年度资金总额|10000|100|1", 0.01),
        ("年度资金总额|1.56|1.56|1", 1.0),
        ("年度资金总额|||97.8", 0.978),
        ("年度资金总额|||0.978", 0.978),
        ("年度资金总额|0|0|0", 0.0),
    ],
)
def test_a_rate_is_a_ratio_however_it_is_typed(row, ratio):
    assert rates(row) == ([ratio], [])


def test_a_rate_without_amounts_follows_the_rows_beside_it():
    assert rates("年度资金总额|100|97.8|97.8", "其他资金|||2") == ([0.978, 0.02], [])
    assert rates("年度资金总额|1.56|1.56|1", "其中：财政|||100") == ([1.0, 1.0], [])


def test_a_rate_that_nothing_settles_is_left_out_and_reported():
    numbers, notes = rates("年度资金总额|||2")
    assert numbers == [None]
    assert notes == ["执行率“2”没有百分号, 无法确定是 2 倍还是 2%, 请写成百分数"]


def test_a_percent_sign_in_the_header_settles_the_scale():
    table = one("绩效自评表\n资金（万元）|全年预算数|全年执行数|执行率（%）\n其他资金|1.8|1.8|0.5")
    assert [fund.written_rate.number for fund in table.funds] == [0.005]


@pytest.mark.parametrize(("row", "ratio"), [("200|199|0.995", 0.995), ("200|199|0.99", 0.99), ("200|199|99.5", 0.995), ("1000|9|0.9", 0.009), ("200|100|0.9", 0.009)])
def test_under_a_header_in_percent_the_very_quotient_of_the_row_is_a_ratio(row, ratio):
    table = one(f"绩效自评表\n资金（万元）|全年预算数|全年执行数|执行率（%）\n年度资金总额|{row}")
    assert table.funds[0].written_rate.number == pytest.approx(ratio)
