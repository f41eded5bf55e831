"""A fund workbook saved without results: 完成值 follows from 基础数据 all the same."""

import openpyxl
import pytest

from perfeval_xl.cli import main
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import FIGURE_SHEET

AMOUNTS = {
    "基金收入决算": 52000, "保险费收入决算": 18000, "利息收入决算": 600, "基金支出预算": 48000, "基金支出决算": 47000,
    "年初累计结余": 40000, "年末累计结余": 45000,
}  # fmt: skip
SHARE, YIELD, MONTHS = "社会保险费收入占基金收入比重", "利息收益率", "基金静态可支付月数"


def actuals(tmp_path, amounts, choices=(), typed=()):
    path = str(tmp_path / "基金.xlsx")
    assert main(["new", "fund", "--year", "2024", "-o", path]) == 0
    book = openpyxl.load_workbook(path)
    for row in book[FIGURE_SHEET].iter_rows(min_row=5):
        name = row[0].value
        if name in amounts:
            row[2].value = amounts[name]
        if name in dict(choices):
            row[1].value = dict(choices)[name]
    for cell, value in typed:
        book["自评表"][cell] = value
    book.save(path)
    return {row.name: row.actual for row in examined(path).assessments[0].table.indicators}


@pytest.mark.parametrize(
    ("choices", "share", "interest", "months"),
    [
        ((), "34.62%", "1.41%", "11.25个月"),
        (((YIELD, "年末累计结余"), (MONTHS, "月均决算支出")), "34.62%", "1.33%", "11.49个月"),
    ],
)
def test_the_chosen_denominator_counts(tmp_path, choices, share, interest, months):
    found = actuals(tmp_path, AMOUNTS, choices)
    assert [found[name].text for name in (SHARE, YIELD, MONTHS)] == [share, interest, months]
    assert found[SHARE].computed
    assert found[SHARE].cell == "G20"


def test_a_typed_value_and_a_blank_amount_stay(tmp_path):
    found = actuals(tmp_path, {"基金收入决算": 52000, "保险费收入决算": 18000}, typed=[("G20", "35%")])
    assert (found[SHARE].text, found[SHARE].computed) == ("35%", False)
    assert found[MONTHS].is_blank
