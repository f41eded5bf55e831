"""B 分值与得分的损坏."""

import itertools
import re

from perfeval_xl.core.number import exact_sum, percent, plain
from tests.checks.mutation.damage import damage, damaging
from tests.checks.mutation.rows import (
    REASON,
    first_number,
    full_rows,
    is_scored,
    measured_rows,
    missed_rows,
    stating,
    wants_more,
    weighed_rows,
)

LESS_THAN_FULL = "有一项不再是满分"
ALL_FULL = "改动以后每一项都是满分"


def _is_whole(sheet):
    """Every row has its weight, and they add up."""
    rows = sheet.rows
    return bool(rows) and all(row.indicator.weight.number is not None or not row.weight_rows for row in rows)


def _total_place(sheet):
    return (sheet.table.total_weight if sheet.table.total_weight.exists else sheet.table.total_score).cell


@damaging("B01", also={"-B12": LESS_THAN_FULL, "-B10": LESS_THAN_FULL, "-B03": "分值合计不对时不再比各类分值", "-E04": "按新的分值没有失分"})
def weights_changed(sheet):
    for row in weighed_rows(sheet) if _is_whole(sheet) else ():
        cell, points = row.indicator.weight.cell, row.indicator.weight.number
        for other in (points + 1, points + 7):
            yield damage(sheet, {cell: plain(other)}, _total_place(sheet))
    for fund in sheet.table.funds if _is_whole(sheet) else ():
        if fund.weight.number:
            yield damage(sheet, {fund.weight.cell: plain(fund.weight.number + 5)}, _total_place(sheet))


@damaging("B02")
def group_weights_misprinted(sheet):
    labels = {row.indicator.level1.cell: row.indicator.level1.text for row in sheet.rows}
    for cell, text in labels.items() if _is_whole(sheet) else ():
        if re.search(r"\d+分", text):
            yield damage(sheet, {cell: re.sub(r"(\d+)分", lambda m: f"{int(m[1]) + 3}分", text, count=1)}, cell)
    for subtotal in sheet.table.subtotals:
        yield damage(sheet, {subtotal.weight.cell: plain(subtotal.weight.number + 3)}, subtotal.weight.cell)


@damaging("B03", also={"-B03": "同一类另一处"})
def points_moved_to_another_class(sheet):
    """Two points go from a judged row to one of another class, in weights, scores and labels alike."""
    rows = [row for row in weighed_rows(sheet) if row.score == row.indicator.weight.number and row.indicator.written_score.typed and row.indicator.weight.number > 2]
    if not sheet.rules.weights or not _is_whole(sheet):
        return
    for giver, taker in itertools.pairwise(rows):
        first, second = giver.indicator, taker.indicator
        if first.level1.cell == second.level1.cell:
            continue
        cells = {}
        for item, by in ((first, -2), (second, 2)):
            points = plain(item.weight.number + by)
            cells |= {item.weight.cell: points, item.written_score.cell: points}
            cells[item.level1.cell] = re.sub(r"(\d+)分", lambda m, by=by: f"{int(m[1]) + by}分", item.level1.text)
            cells |= _subtotal_moved(sheet, item, by)
        yield damage(sheet, cells, first.level1.cell, second.level1.cell)


def _subtotal_moved(sheet, item, by):
    """What the row 小计 of an indicator with full marks says once its weight and score have changed."""
    found = (each for each in sheet.table.subtotals if item in sheet.table.indicators[each.first : each.end])
    return {
        value.cell: plain(value.number + by) if value is not each.score_rate else percent((each.written_score.number + by) / (each.weight.number + by))
        for each in found
        for value in (each.weight, each.written_score, each.score_rate)
    }


@damaging("B04", also={"-B12": LESS_THAN_FULL, "-E04": "得分改动后不再失分", "-B10": "得分改动", "-B06": "组里各项得分之和碰巧对上", "-B09": "得分改动"})
def scores_above_weight(sheet):
    for row in (*weighed_rows(sheet), *(fund for fund in sheet.table.funds if fund.weight.number)):
        item = getattr(row, "indicator", row)
        if item.written_score.exists:
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number + 1)}, item.written_score.cell)
            yield damage(sheet, {item.written_score.cell: "-1"}, item.written_score.cell)


@damaging("B05", also={"-B12": LESS_THAN_FULL, "-B10": "没有分值就不再问超额的原因"})
def weights_of_zero(sheet):
    """The points of a row go to another row of its class."""
    rows = [row for row in weighed_rows(sheet) if row.score == row.indicator.weight.number and row.indicator.written_score.typed]
    for row in rows if _is_whole(sheet) else ():
        item = row.indicator
        heirs = [other.indicator for other in rows if other is not row and other.indicator.level1.cell == item.level1.cell]
        if heirs:
            points = plain(heirs[0].weight.number + item.weight.number)
            yield damage(sheet, {item.weight.cell: "0", item.written_score.cell: "0", heirs[0].weight.cell: points, heirs[0].written_score.cell: points}, item.weight.cell)


@damaging("B06")
def totals_miscounted(sheet):
    total = sheet.table.total_score
    scored = [row for row in sheet.rows if row.indicator.written_score.number is not None]
    if total.number is not None and scored:
        for by in (-1, 0.5, 0.01):
            yield damage(sheet, {total.cell: plain(total.number + by)}, total.cell)
    for subtotal in sheet.table.subtotals:
        for by in (-1, 0.01):
            stated = subtotal.written_score
            yield damage(sheet, {stated.cell: plain(stated.number + by)}, stated.cell)
    for label in {row.indicator.level1.cell: row.indicator.level1 for row in sheet.rows}.values():
        if re.search(r"得\d", label.text) and _group_score(sheet, label) == float(re.search(r"得(\d+)", label.text)[1]):
            yield damage(sheet, {label.cell: re.sub(r"得(\d+)", lambda m: f"得{int(m[1]) - 1}", label.text)}, label.cell)


def _group_score(sheet, label):
    return exact_sum([row.indicator.written_score.number or 0.0 for row in sheet.rows if row.indicator.level1.cell == label.cell])


@damaging("B07")
def scores_not_by_the_rule(sheet):
    for row, first in missed_rows(sheet):
        item = row.indicator
        if is_scored(row) and item.weight.number >= 2 and _computed_after(sheet, row, first) < item.weight.number * 0.7:
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number * 0.85)}, item.written_score.cell, first=first)


def _computed_after(sheet, row, first):
    """The score after it; out of reach where nothing was computed."""
    score = damage(sheet, {}, first=first).before.indicators[sheet.rows.index(row)].written_score.number
    return float("inf") if score is None else score


@damaging("B08", also={"+B12": ALL_FULL, "-E04": "满分就不再要改进措施"})
def full_marks_for_missed_targets(sheet):
    for row, first in missed_rows(sheet):
        item = row.indicator
        if is_scored(row):
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number)}, item.written_score.cell, first=first)


@damaging("B09", also={"-B12": LESS_THAN_FULL, "-B10": LESS_THAN_FULL, "-F01": "不再是满分"})
def points_taken_without_a_word(sheet):
    for row in full_rows(sheet):
        item = row.indicator
        if item.reason.exists and item.reason.is_blank and item.weight.number > 1:
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number - 1)}, item.written_score.cell, total=True)


@damaging("B10", also={"-F03": "不再与指标值相等"})
def targets_far_exceeded(sheet):
    """The target is half of what was reached."""
    threshold = sheet.rules.number("threshold.over_completion", 1.3)
    for row in full_rows(sheet):
        item, measure = row.indicator, row.measure
        if wants_more(row) and measure.actual < measure.bound * threshold and row.target.op in (">=", ">") and item.reason.is_blank and item.reason.exists:
            yield damage(sheet, {item.target.cell: stating(item.target.text, first_number(item.target.text) / 2)}, item.actual.cell)


@damaging("B11", also={"-B12": LESS_THAN_FULL})
def scores_outside_the_band(sheet):
    for row in weighed_rows(sheet):
        item = row.indicator
        if item.actual.text == "达成年度指标" and item.written_score.exists:
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number * 0.5)}, item.written_score.cell)
            first = {item.actual.cell: "部分达成年度指标并具有一定效果", item.written_score.cell: plain(exact_sum([item.weight.number * 0.7])), item.reason.cell: REASON}
            yield damage(sheet, {item.written_score.cell: plain(item.weight.number)}, item.written_score.cell, first=first)


@damaging("B12")
def every_row_given_full_marks(sheet):
    """The targets that were missed are reached too, and nothing says on what the marks rest."""
    rows = [row for row in sheet.rows if row.stands_alone]
    left = [row for row in rows if row.score is None or row.indicator.weight.number is None or row.score < row.indicator.weight.number]
    reached = {row.indicator.actual.cell for row in measured_rows(sheet)}
    judged = [row for row in rows if not row.measure or isinstance(row.measure, str)]
    if not left or len(judged) >= 3 or any(row.indicator.evidence.typed or row.indicator.actual.cell not in reached or not row.indicator.weight.number for row in left):
        return
    cells = {}
    for row in left:
        item = row.indicator
        cells |= {item.actual.cell: item.target.text.lstrip("≥≤=><"), item.written_score.cell: plain(item.weight.number), item.reason.cell: ""}
    yield damage(sheet, cells, rows[0].indicator.written_score.cell, total=True)


@damaging("B13")
def other_grades(sheet):
    grade = sheet.table.grade
    for _, word in sheet.rules.grades if grade.typed else ():
        if word != grade.text:
            yield damage(sheet, {grade.cell: word}, grade.cell)


@damaging("B14")
def score_rates_miscounted(sheet):
    rates = [row.indicator.score_rate for row in sheet.rows] + [each.score_rate for each in sheet.table.subtotals]
    for rate in (*rates, sheet.table.total_score_rate):
        for by in (-0.03, 0.0101) if rate.number else ():
            yield damage(sheet, {rate.cell: percent(rate.number + by)}, rate.cell)


@damaging("B16", also={"+E05": "原因说的是失分", "-E04": "写了改进措施", "-B10": "写了原因", "-B09": "写了原因", "-D16": "原因里有了数字"})
def deductions_that_do_not_add_up(sheet):
    for row in weighed_rows(sheet):
        item = row.indicator
        if item.reason.exists and item.written_score.typed and item.written_score.number is not None:
            lost = exact_sum([item.weight.number, -item.written_score.number])
            if lost + 1 <= item.weight.number:
                yield damage(sheet, {item.reason.cell: f"宣传次数偏少, 扣{plain(lost + 1)}分, 下一年增加入村宣讲"}, item.written_score.cell)


@damaging("B17")
def scores_with_three_decimals(sheet):
    for item in (*(row.indicator for row in sheet.rows), *sheet.table.funds):
        if item.written_score.number is not None:
            yield damage(sheet, {item.written_score.cell: f"{item.written_score.number:.3f}"}, item.written_score.cell)

