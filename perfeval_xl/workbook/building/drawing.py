"""制表: draw a form and its contents as an official sheet with XlsxWriter, computed cells as formulas with cached values."""

from __future__ import annotations

import math

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.measure import COST_LEVEL
from perfeval_xl.core.number import rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import NUMBER, Value
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.placement import Placement, Spot
from perfeval_xl.workbook.building.rule_sheet import rule_row
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.workbook.building.case import Case
    from perfeval_xl.workbook.building.form import Column, Form

_POINTS_PER_LINE = 14.0
_LEVELS = ("level1", "level2", "level3")
_ALIGNED_LEFT = ("evidence", "reason", "planned", "done")


class Canvas:
    """One worksheet being drawn: merges where a spot spans columns, formats by role."""

    def __init__(self, sheet: Any, formats: dict[str, Any], form: Form) -> None:
        self.sheet, self.formats, self.form = sheet, formats, form

    def put(self, spot: Spot, content: str | float | None, role: str, *, last_row: int = 0) -> None:
        """Text, number or blank; text is always a string, never a formula."""
        row, first, end, last = spot.row - 1, spot.first - 1, max(last_row, spot.row) - 1, spot.last - 1
        style = self.formats[role]
        if (row, first) != (end, last):
            self.sheet.merge_range(row, first, end, last, "", style)
        if content is None or content == "":
            self.sheet.write_blank(row, first, None, style)
        elif isinstance(content, str):
            self.sheet.write_string(row, first, content, style)
        else:
            self.sheet.write_number(row, first, content, style)

    def formula(self, spot: Spot, text: str, role: str, cache: str | float) -> None:
        row, first, last = spot.row - 1, spot.first - 1, spot.last - 1
        if first != last:
            self.sheet.merge_range(row, first, row, last, "", self.formats[role])
        self.sheet.write_formula(row, first, "=" + text, self.formats[role], cache)

    def height(self, row: int, contents: list[tuple[str, int, int]]) -> None:
        """Row height for wrapped text: (text, first column, last column) of each cell; Excel does not fit merged cells."""
        lines = 1
        for text, first, last in contents:
            width = sum(self.form.widths[first - 1 : last]) - 1
            lines = max(lines, sum(max(1, math.ceil(_width(part) / width)) for part in text.split("\n")))
        self.sheet.set_row(row - 1, max(21.0, lines * _POINTS_PER_LINE + 6))


def _width(text: str) -> float:
    """Columns a text takes: a Chinese character counts two."""
    return sum(2.0 if ord(character) > 0x2E7F else 1.05 for character in text)


def draw_form(canvas: Canvas, placement: Placement, case: Case, assessment: Assessment) -> None:
    """The whole official sheet, top to bottom."""
    _draw_heading(canvas, placement, case, assessment)
    _draw_funds(canvas, placement, assessment)
    _draw_goals(canvas, placement, case)
    _draw_indicator_header(canvas, placement)
    _draw_levels(canvas, placement, assessment)
    for number, result in enumerate(assessment.indicators):
        _draw_indicator(canvas, placement, number, result)
    _draw_total(canvas, placement, assessment)
    _draw_foot(canvas, placement, case)
    _set_up_page(canvas, placement)


def _draw_heading(canvas: Canvas, placement: Placement, case: Case, assessment: Assessment) -> None:
    width = placement.form.width
    canvas.put(Spot(1, 1, width), case.title, "title")
    canvas.sheet.set_row(0, 30)
    year = f"（{case.year}年度）" if case.year else "（    年度）"
    canvas.put(Spot(2, 1, width), year, "year")
    for number, line in enumerate(placement.form.heading):
        spot = placement.heading(number)
        canvas.put(Spot(spot.row, 1, line.label_span), line.label, "label")
        canvas.put(spot, _content(assessment.table.heading.required[number][1]), "input")
        canvas.sheet.set_row(spot.row - 1, 22)


def _content(value: Value) -> str | float | None:
    return value.number if value.state == NUMBER else value.text or None


def _draw_funds(canvas: Canvas, placement: Placement, assessment: Assessment) -> None:
    form, top = placement.form, placement.funds_row
    label = form.funds_label.format(money_unit=assessment.table.money_unit)
    canvas.put(Spot(top, 1, form.funds_label_span), label, "label", last_row=top + placement.fund_count)
    _draw_columns(canvas, form.fund_columns, top, form.funds_label_span)
    for number, result in enumerate(assessment.funds):
        for column in form.fund_columns:
            spot = placement.fund(number, column.field)
            value: Value = getattr(result.fund, column.field)
            if column.field == "written_rate":
                executed, budget = placement.fund(number, "executed").cell, placement.fund(number, "budget").cell
                text = f'IFERROR(0+PE_EXECUTION_RATE({executed},{budget}),IF(OR({executed}="",N({budget})=0),"",{executed}/{budget}))'
                canvas.formula(spot, text, "rate", "" if result.execution_rate is None else result.execution_rate)
            else:
                canvas.put(spot, _content(value), "text" if column.field == "label" else "amount")
        canvas.sheet.set_row(top + number, 21)


def _draw_columns(canvas: Canvas, columns: tuple[Column, ...], row: int, offset: int) -> None:
    first = offset + 1
    for column in columns:
        canvas.put(Spot(row, first, first + column.span - 1), column.label, "label")
        first += column.span


def _draw_goals(canvas: Canvas, placement: Placement, case: Case) -> None:
    form, top = placement.form, placement.goals_row
    canvas.put(Spot(top, 1, 1), form.goals_label, "label", last_row=top + 1)
    _draw_columns(canvas, form.goal_columns, top, 1)
    texts = []
    for column in form.goal_columns:
        spot, content = placement.goal(column.field), case.goals.get(column.field)
        canvas.put(spot, content, "input_left")
        texts.append((str(content or ""), spot.first, spot.last))
    canvas.height(top + 1, texts or [("", 1, 1)])
    if not any(text for text, _, _ in texts):
        canvas.sheet.set_row(top, 60)


def _draw_indicator_header(canvas: Canvas, placement: Placement) -> None:
    top = placement.indicators_row
    last = top + placement.indicator_count
    canvas.put(Spot(top, 1, 1), placement.form.indicators_label, "label", last_row=last)
    _draw_columns(canvas, placement.form.columns, top, 1)
    canvas.sheet.set_row(top - 1, 28)


def _draw_levels(canvas: Canvas, placement: Placement, assessment: Assessment) -> None:
    """Level-1 and level-2 labels, merged over the rows they cover; a blank label covers only its own row."""
    names = [(r.indicator.level1.text, r.indicator.level2.text) for r in assessment.indicators]
    for depth, field in enumerate(_LEVELS[:2]):
        start = 0
        for number in range(1, len(names) + 1):
            if number < len(names) and names[number][: depth + 1] == names[start][: depth + 1] and names[start][depth]:
                continue
            spot = placement.indicator(start, field)
            role = "text" if names[start][depth] else "input"
            canvas.put(spot, names[start][depth], role, last_row=placement.indicator(number - 1, field).row)
            start = number


def _draw_indicator(canvas: Canvas, placement: Placement, number: int, result: IndicatorResult) -> None:
    texts = []
    for column in placement.form.columns:
        spot = placement.indicator(number, column.field)
        value: Value = getattr(result.indicator, column.field)
        texts.append((value.text, spot.first, spot.last))
        if column.field in _LEVELS[:2]:
            continue
        if column.field == "written_score" and value.computed:
            _draw_score(canvas, placement, number, result)
        else:
            canvas.put(spot, _content(value), _role(column.field))
    canvas.height(placement.indicator(number, "level3").row, texts[2:])


def _role(field: str) -> str:
    if field in ("target", "actual"):
        return "input_text"
    return "input_left" if field in _ALIGNED_LEFT else "input"


def _draw_score(canvas: Canvas, placement: Placement, number: int, result: IndicatorResult) -> None:
    cells = {field: placement.indicator(number, field).cell for field in ("weight", "target", "actual")}
    row = rule_row(number)
    rule, native = f"{RULE_SHEET}!${COLUMNS['rule']}{row}", f"{RULE_SHEET}!${COLUMNS['score']}{row}"
    name = placement.indicator(number, "level3").cell
    if direction_words(result.indicator) != result.indicator.name:
        name = f'{name}&"{COST_LEVEL}"'
    text = f"IFERROR(0+PE_SCORE({cells['weight']},{cells['target']},{cells['actual']},{rule},{name}),{native})"
    cache = "" if result.computed_score is None else result.computed_score
    canvas.formula(placement.indicator(number, "written_score"), text, "computed", cache)


def _draw_total(canvas: Canvas, placement: Placement, assessment: Assessment) -> None:
    row, fields = placement.total_row, [column.field for column in placement.form.columns]
    first = placement.total("weight").first - 1
    canvas.put(Spot(row, 1, first), placement.form.total_label, "label")
    for field in fields:
        spot = placement.total(field)
        if spot.first <= first:
            continue
        if field in ("weight", "written_score"):
            name = "total_weight" if field == "weight" else "total_score"
            total = _total(assessment, field)
            canvas.formula(spot, f"{RULE_SHEET}!{TOTAL_CELLS[name]}", "computed", "" if total is None else total)
        else:
            canvas.put(spot, None, "text")
    canvas.sheet.set_row(row - 1, 22)


TOTAL_CELLS = {"total_weight": "$B$4", "total_score": "$B$5", "grade": "$B$6"}


def _total(assessment: Assessment, field: str) -> float | None:
    if field == "written_score":
        scores = [result.score for result in assessment.indicators if result.score is not None]
        return rounded(sum(scores)) if scores else None
    weights = [r.indicator.weight.number for r in assessment.indicators if r.indicator.weight.number is not None]
    return rounded(sum(weights)) if weights else None


def _draw_foot(canvas: Canvas, placement: Placement, case: Case) -> None:
    form = placement.form
    if form.note_label:
        canvas.put(Spot(placement.note_row, 1, 1), form.note_label, "label")
        canvas.put(Spot(placement.note_row, 2, form.width), case.note, "input_left")
        canvas.sheet.set_row(placement.note_row - 1, 22)
    row, share = placement.signature_row, form.width // len(form.signatures)
    for number, label in enumerate(form.signatures):
        canvas.put(Spot(row, number * share + 1, number * share + 1), label, "signature")
    canvas.sheet.set_row(row - 1, 32)


def _set_up_page(canvas: Canvas, placement: Placement) -> None:
    sheet, form = canvas.sheet, placement.form
    for number, width in enumerate(form.widths):
        sheet.set_column(number, number, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.7, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(placement.indicators_row - 1)
    sheet.print_area(0, 0, placement.signature_row - 1, form.width - 1)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.freeze_panes(2, 0)
    sheet.hide_gridlines(2)
