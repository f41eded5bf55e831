"""制表: draw a form and its contents as an official sheet, block by block from the top."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.building.case import Formula
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS, MANAGEMENT
from perfeval_xl.workbook.building.formulas import TOTAL_SCORE, TOTAL_WEIGHT
from perfeval_xl.workbook.building.page import set_up_page
from perfeval_xl.workbook.building.placed import LEVELS, label_text, level_names, title_text
from perfeval_xl.workbook.building.placement import TITLE_ROW, YEAR_ROW, Spot, level_spans
from perfeval_xl.workbook.building.style import fund_look, indicator_look
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from perfeval_xl.core.table import Table, Value
    from perfeval_xl.workbook.building.canvas import Canvas
    from perfeval_xl.workbook.building.case import Case, Entry
    from perfeval_xl.workbook.building.form import Block
    from perfeval_xl.workbook.building.placement import Placed, Placement

_SIGNS = ["≥", "≤", "=", ">", "<", "定性"]
_TOTALS = {"weight": TOTAL_WEIGHT, "written_score": TOTAL_SCORE}


def draw_form(canvas: Canvas, placement: Placement, case: Case, table: Table) -> None:
    """The whole official sheet. ``case``: with its formulas; ``table``: what the totals show."""
    _draw_title(canvas, placement, case)
    for block, top in placement.blocks:
        _draw_side(canvas, placement, block, top, case)
        _draw_boxes(canvas, placement.boxes(block, top), case)
        if block.of == FUNDS:
            _draw_funds(canvas, placement, case)
        elif block.of == MANAGEMENT:
            _draw_management(canvas, placement, case)
        elif block.of == INDICATORS:
            _draw_indicators(canvas, placement, block, case)
            _draw_total(canvas, placement, block, table)
    set_up_page(canvas, placement, level_names(case))


def _draw_title(canvas: Canvas, placement: Placement, case: Case) -> None:
    title, year = title_text(case, placement)
    canvas.put(Spot(TITLE_ROW, 1, placement.form.width), title, "title")
    canvas.height(TITLE_ROW, 30)
    if year:
        canvas.put(Spot(YEAR_ROW, 1, placement.form.width), year, "year")
        canvas.height(YEAR_ROW, 18)


def _draw_side(canvas: Canvas, placement: Placement, block: Block, top: int, case: Case) -> None:
    if block.side:
        end = top + placement.height(block) - 1 - bool(block.total)
        canvas.put(Spot(top, 1, block.side.span, end), label_text(block.side.label, case), "label")


def _draw_boxes(canvas: Canvas, boxes: list[Placed], case: Case) -> None:
    rows: dict[int, list[tuple[Entry, Spot]]] = {}
    least: dict[int, int] = {}
    for box, spot, _ in boxes:
        content = case.text(box.field) if box.field else label_text(box.label, case)
        canvas.put(spot, content, box.role or ("input" if box.field else "label"))
        least[spot.row] = max(least.get(spot.row, 1), box.lines)
        rows.setdefault(spot.row, []).extend([(content, spot)] if box.rows == 1 else [])
        if box.limit:
            _limit(canvas, spot, box.limit)
    for row, contents in rows.items():
        canvas.fit(row, contents, least[row])


def _limit(canvas: Canvas, spot: Spot, most: int) -> None:
    message = f"本栏限 {most} 字以内, 请精简。"
    canvas.sheet.data_validation(
        spot.row - 1, spot.first - 1, spot.row - 1, spot.first - 1,
        {"validate": "length", "criteria": "<=", "value": most, "error_type": "warning", "error_title": "字数", "error_message": message},
    )  # fmt: skip


def _draw_funds(canvas: Canvas, placement: Placement, case: Case) -> None:
    for number, row in enumerate(case.funds):
        for column in placement.form.block(FUNDS).columns:
            spot, entry = placement.fund(number, column.field), row.get(column.field)
            role, _ = fund_look(column.field, is_formula=isinstance(entry, Formula))
            if not column.is_merged or number == 0:
                canvas.put(spot, entry, role)
        canvas.height(placement.header_row(FUNDS) + 1 + number, 21)


def _draw_management(canvas: Canvas, placement: Placement, case: Case) -> None:
    for number, row in enumerate(case.management):
        spots = {column.field: placement.management(number, column.field) for column in placement.form.block(MANAGEMENT).columns}
        for field, spot in spots.items():
            canvas.put(spot, row.get(field), "text" if field == "label" else "input_left")
        canvas.fit(placement.header_row(MANAGEMENT) + 1 + number, [(row.get(field), spot) for field, spot in spots.items()])


def _draw_indicators(canvas: Canvas, placement: Placement, block: Block, case: Case) -> None:
    _draw_levels(canvas, placement, case)
    for number, row in enumerate(case.indicators):
        texts = []
        for column in block.columns:
            spot, entry = placement.indicator(number, column.field), row.get(column.field)
            if column.field not in LEVELS[:2]:
                role, _ = indicator_look(column.field, is_formula=isinstance(entry, Formula))
                canvas.put(spot, entry, role)
                texts.append((entry, spot))
        canvas.fit(placement.indicators_row + 1 + number, texts)
    if block.has("sign") and case.indicators:
        first, last = placement.indicator(0, "sign"), placement.indicator(len(case.indicators) - 1, "sign")
        choices = {"validate": "list", "source": _SIGNS, "error_type": "information", "error_message": "请从下拉列表中选一个符号。"}
        canvas.sheet.data_validation(first.row - 1, first.first - 1, last.row - 1, last.first - 1, choices)


def _draw_levels(canvas: Canvas, placement: Placement, case: Case) -> None:
    """Level-1 and level-2 labels, merged over the rows they cover."""
    names = level_names(case)
    for depth, field in enumerate(LEVELS[:2]):
        for first, last in level_spans(names, depth):
            spot = placement.indicator(first, field)._replace(end=placement.indicator(last, field).row)
            canvas.put(spot, names[first][depth], "text" if names[first][depth] else "input")


def _draw_total(canvas: Canvas, placement: Placement, block: Block, table: Table) -> None:
    if not block.total:
        return
    shown: dict[str, Value] = {"weight": table.total_weight, "written_score": table.total_score}
    spots = {column.field: placement.total(column.field) for column in block.columns}
    first = min(spots[field].first for field in _TOTALS)
    canvas.put(Spot(placement.total_row, 1, first - 1), block.total, "label")
    for field, spot in spots.items():
        if spot.first < first:
            continue
        if field in _TOTALS:
            number = shown[field].number
            canvas.put(spot, Formula(f"{RULE_SHEET}!{_TOTALS[field]}", "" if number is None else number), "computed")
        else:
            canvas.put(spot, None, "text")
    canvas.height(placement.total_row, 22)
