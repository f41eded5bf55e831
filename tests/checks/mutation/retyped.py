"""工作簿里改一格: a number of a foreign form typed over in its sheet, for the form to be read again."""

import itertools
import unicodedata

from perfeval_xl.core.number import exact_sum
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.examination import examined_workbook
from perfeval_xl.workbook.grid import Cell
from tests.checks.mutation.rows import stating


def seeded(book, seed):
    """(damaged workbook, check, cell) of the first place of each table where the seed fits and the finding was not there before."""
    whole = examined_workbook(book)
    before = {(each.check, each.cell) for each in whole.all_findings}
    for assessment in whole.assessments:
        places = ((value, number, check, at) for value, number, check, at in SEEDS[seed](assessment) if (check, at) not in before)
        for value, number, check, at in itertools.islice(places, 1):
            yield _typed(book, assessment.table.sheet, value.cell, number), check, at


def _typed(book, name, cell, number):
    """The workbook with the number in the cell, written the way the old one was; None empties the cell."""
    at = place(cell)
    sheet = next(sheet for sheet in book.sheets if sheet.name == name)
    old = sheet.cells[at]
    cells = {key: value for key, value in sheet.cells.items() if key != at}
    if number is not None:
        cells[at] = Cell(number, "", old.number_format) if isinstance(old.value, float) else Cell(_like(old.value, number))
    return book._replace(sheets=tuple(each._replace(cells=cells) if each is sheet else each for each in book.sheets))


def _like(text, number):
    text = unicodedata.normalize("NFKC", text)
    return stating(text, exact_sum([number * 100]) if "%" in text else number)


def _rows(assessment):
    return [row for row in assessment.indicators if row.stands_alone and row.indicator.weight.number and row.indicator.written_score.number is not None]


def _scores_above_weights(assessment):
    for row in _rows(assessment):
        item = row.indicator
        yield item.written_score, item.weight.number * 1.5, "B04", item.written_score.cell


def _actuals_cleared(assessment):
    for row in _rows(assessment):
        if row.indicator.actual.typed and row.indicator.target.typed:
            yield row.indicator.actual, None, "A02", row.indicator.actual.cell


def _weights_raised(assessment):
    table = assessment.table
    total = table.total_weight if table.total_weight.exists else table.total_score
    for row in _rows(assessment) if total.exists else ():
        if row.indicator.weight.cell not in (row.indicator.level2.cell, row.indicator.level3.cell):
            yield row.indicator.weight, row.indicator.weight.number + 7, "B01", total.cell


def _totals_off(assessment):
    total = assessment.table.total_score
    if total.number is not None and _rows(assessment):
        yield total, total.number - 3, "B06", total.cell


def _rates_off(assessment):
    for fund in assessment.table.funds:
        if fund.written_rate.number and fund.budget.number and fund.executed.number:
            yield fund.written_rate, fund.written_rate.number * 0.5, "C02", fund.written_rate.cell


SEEDS = {
    "得分大于分值": _scores_above_weights,
    "完成值没有填写": _actuals_cleared,
    "分值加了 7 分": _weights_raised,
    "总分少了 3 分": _totals_off,
    "执行率少了一半": _rates_off,
}
