"""表上的行: which rows lend themselves to a damage, and the texts a clerk would type there."""

import re

from perfeval_xl.core.assessment import assessed, is_total_row
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import plain
from perfeval_xl.core.rule import HIGHER, LOWER
from tests.checks.mutation.typing_over import typed_over

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
REASON = "偏远乡镇宣传次数偏少, 下一年增加入村宣讲"


def stating(text, number, digits=4):
    """The text with its first number replaced."""
    return NUMBER.sub(plain(number, digits), text, count=1)


def first_number(text):
    return float(NUMBER.search(text)[0].replace(",", ""))


def measured_rows(sheet):
    """Rows whose target and actual are compared with certainty, both typed, with weight and score of their own."""
    for row in sheet.rows:
        item = row.indicator
        if isinstance(row.measure, Measure) and row.measure.is_certain and row.stands_alone and item.actual.typed and NUMBER.search(item.actual.text):
            yield row


def is_scored(row):
    """Weight and score stand in the row, and the rule in force computes the score."""
    item = row.indicator
    return bool(item.weight.number) and item.written_score.exists and not row.rule.is_judged


def missing(row):
    """An actual value that certainly misses the target: half of it, or half as much again where less is better."""
    measure, text = row.measure, row.indicator.actual.text
    if not measure.bound:
        return stating(text, 5)
    wanted = measure.high * 1.5 if measure.direction == LOWER else measure.low * 0.5
    return stating(text, first_number(text) * wanted / measure.actual) if measure.actual else None


def made_missed(sheet, row):
    """The changes after which the row has missed its target, is scored by the rule and says why; None where that cannot be."""
    item, text = row.indicator, missing(row)
    if text is None or not item.reason.exists:
        return None
    cells = {item.actual.cell: text, item.reason.cell: REASON}
    after = assessed(typed_over(sheet.table, cells, sheet.rules), sheet.rules).indicators[sheet.rows.index(row)]
    if not isinstance(after.measure, Measure) or after.measure.may_be_met:
        return None
    if item.written_score.typed and not row.rule.is_judged and after.computed_score is not None:
        cells[item.written_score.cell] = plain(after.computed_score)
    return cells


def is_bound(sheet, row):
    """The other amounts of a fund table say what stands here: another number is another mistake."""
    return sheet.table.kind == "fund" and bool(re.search("保险费|保费|待遇.*支出|当期结余|支出占", row.indicator.name))


def missed_rows(sheet):
    """Each measured row with the changes that make it a missed one; scored by the rule, or on a form without scores."""
    for row in measured_rows(sheet):
        if row.rule.is_judged or is_bound(sheet, row) or (row.indicator.written_score.exists and not row.indicator.weight.number):
            continue
        cells = made_missed(sheet, row)
        if cells:
            yield row, cells


def full_rows(sheet):
    """Measured rows that reach their target with full marks."""
    for row in measured_rows(sheet):
        if row.measure.is_met and row.score is not None and row.score == row.indicator.weight.number:
            yield row


def wants_more(row):
    return row.measure.direction == HIGHER and row.measure.bound > 0


def total_fund(sheet):
    """The total row of the funding block, or its first row."""
    funds = sheet.table.funds
    return next(filter(is_total_row, funds), funds[0] if funds else None)


def weighed_rows(sheet):
    return [row for row in sheet.rows if row.indicator.weight.number and row.stands_alone]
