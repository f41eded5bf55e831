"""表的值: the table a reader will find once a case is written at its places."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, BLANK, TEXT, Fund, Heading, Indicator, Passage, Table, Value
from perfeval_xl.workbook.building.case import Formula
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS, MANAGEMENT
from perfeval_xl.workbook.building.placement import TITLE_ROW, Spot, level_spans
from perfeval_xl.workbook.building.style import fund_look, indicator_look
from perfeval_xl.workbook.building.written import written
from perfeval_xl.workbook.layout.header_words import SIGNATURES, bare, head_role
from perfeval_xl.workbook.layout.heading import stated_money_unit
from perfeval_xl.workbook.layout.table_kind import form_of
from perfeval_xl.workbook.layout.target_parts import joined_target

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.case import Case, Row
    from perfeval_xl.workbook.building.placement import Placed, Placement

LEVELS = ("level1", "level2", "level3")
_REQUIRED = ("name", "department", "unit", "finance")
_PASSAGES = ("conclusion", "problems", "measures", "content", "adjustment", "reason", "note")
_READ_AS = {"written_rate": "rate", "written_score": "score"}   # field of a row → use of a column, as layout names it


def placed_table(case: Case, placement: Placement, sheet: str) -> Table:
    """The table that a reader will find once ``case`` is written at ``placement``; what is not yet computed is blank."""
    form = placement.form
    texts = {placed.box.field: _text(case, placed) for placed in placement.fields}
    return Table(
        sheet=sheet,
        region=placement.region,
        kind=form.kind,
        form=form_of(form.kind, _uses(placement, FUNDS), _uses(placement, INDICATORS)),
        heading=_heading(case, placement, texts),
        funds=tuple(_fund(row, number, placement, case.money_unit) for number, row in enumerate(case.funds)),
        indicators=_indicators(case, placement),
        ruleset=case.ruleset,
        money_unit=case.money_unit,
        goal_planned=texts.get("planned", ABSENT),
        goal_done=texts.get("done", ABSENT),
        total_weight=_total(placement, "weight"),
        total_score=_total(placement, "written_score"),
        signatures=_signatures(placement),
        passages=_passages(case, placement, texts),
        reason_title=_reason_title(placement),
    )


def _uses(placement: Placement, of: str) -> tuple[str, ...]:
    fields = (column.field for column in placement.form.block(of).columns)
    return tuple(_READ_AS.get(field, field) for field in fields if field not in ("label", "evidence") or of == INDICATORS)


def _text(case: Case, placed: Placed) -> Value:
    return written(placed.spot.cell, case.text(placed.box.field), "input_left")


def label_text(label: str, case: Case) -> str:
    """A printed label with the table's own money unit."""
    return label.replace("{money_unit}", case.money_unit)


def title_text(case: Case, placement: Placement) -> tuple[str, str]:
    """标题 and the line below it, "" where the year stands in the title."""
    year = f"（{case.year}年度）" if case.year else "（    年度）"
    return (case.title + year, "") if placement.form.is_year_in_title else (case.title, year)


def _heading(case: Case, placement: Placement, texts: dict[str, Value]) -> Heading:
    lines = [
        (bare(placed.label.box.label).partition(":")[0], texts[placed.box.field])
        for placed in placement.fields
        if placed.label and placed.spot.row < placement.header_row(FUNDS)
    ]
    return Heading(
        title=written(Spot(TITLE_ROW, 1, 1).cell, title_text(case, placement)[0], "title"),
        year=case.year,
        name=texts.get("name", ABSENT),
        department=texts.get("department", ABSENT),
        unit=texts.get("unit", ABSENT),
        money_unit=_money_cell(case, placement),
        required=tuple((label, value) for label, value in lines if head_role(label) in _REQUIRED),
    )


def _money_cell(case: Case, placement: Placement) -> Value:
    """The label of the funding block that states the unit."""
    block, top = next((block, top) for block, top in placement.blocks if block.of == FUNDS)
    labels = [(block.side.label, Spot(top, 1, 1))] if block.side else []
    labels += [(placed.box.label, placed.spot) for placed in placement.boxes(block, top)]
    stated = [(label_text(label, case), spot) for label, spot in labels if stated_money_unit(label_text(label, case))]
    return written(stated[0][1].cell, stated[0][0], "label") if stated else ABSENT


def _fund(row: Row, number: int, placement: Placement, money_unit: str) -> Fund:
    values: dict[str, Value] = {}
    for column in placement.form.block(FUNDS).columns:
        entry = row.get(column.field)
        role, sort = fund_look(column.field, is_formula=isinstance(entry, Formula))
        values[column.field] = written(placement.fund(number, column.field).cell, entry, role, sort, money_unit)
    return Fund(**values)


def _indicators(case: Case, placement: Placement) -> tuple[Indicator, ...]:
    """Every row of the form; merged labels stand in their first row's cell."""
    names = level_names(case)
    starts = [{row: first for first, last in level_spans(names, depth) for row in range(first, last + 1)} for depth in (0, 1)]
    return tuple(
        _indicator(row, number, placement, (starts[0][number], starts[1][number])) for number, row in enumerate(case.indicators)
    )


def level_names(case: Case) -> list[tuple[str, str]]:
    """一级和二级指标 of each row."""
    return [(str(row.get("level1") or ""), str(row.get("level2") or "")) for row in case.indicators]


def _indicator(row: Row, number: int, placement: Placement, starts: tuple[int, int]) -> Indicator:
    values: dict[str, Value] = {}
    for column in placement.form.block(INDICATORS).columns:
        field, entry = column.field, row.get(column.field)
        role, sort = indicator_look(field, is_formula=isinstance(entry, Formula))
        at = starts[LEVELS.index(field)] if field in LEVELS[:2] else number
        values[field] = written(placement.indicator(at, field).cell, entry, role, sort)
    if "sign" in values:
        values["target"] = joined_target(values["target"], values["sign"], values["unit"])
    return Indicator(**values, rule=str(row.get("rule") or ""))


def as_read(table: Table) -> Table:
    """The table without rows that name no indicator and hold nothing about one, and without rules: a reader sees neither."""
    rows = tuple(row._replace(rule="") for row in table.indicators if _is_row(row))
    return table._replace(indicators=rows, first_indicator=ABSENT if rows or not table.indicators else table.indicators[0].level3)


def _is_row(indicator: Indicator) -> bool:
    data = (indicator.target, indicator.actual, indicator.weight, indicator.written_score, indicator.reason)
    return bool(indicator.level3.text) or any(value.state != BLANK for value in data)


def _total(placement: Placement, field: str) -> Value:
    block = placement.form.block(INDICATORS)
    return Value(placement.total(field).cell, computed=True) if block.total and block.has(field) else ABSENT


def _reason_title(placement: Placement) -> str:
    block, top = next((block, top) for block, top in placement.blocks if block.of == INDICATORS)
    spot = placement.indicator(0, "reason")
    titles = [placed.box.label for placed in placement.boxes(block, top) if placed.spot.first <= spot.first <= placed.spot.last]
    return bare(titles[-1]) if titles else ""


def _signatures(placement: Placement) -> tuple[tuple[str, Value], ...]:
    grids = [placed for block, top in placement.blocks for placed in placement.boxes(block, top) if placed.box.role == "signature"]
    return tuple(
        (bare(placed.box.label).rstrip(":"), Value(placed.spot.cell))
        for placed in grids
        if any(word in placed.box.label for word in SIGNATURES)
    )


def _passages(case: Case, placement: Placement, texts: dict[str, Value]) -> tuple[Passage, ...]:
    """The labelled texts in the order of the form; two for each row of 资金管理情况."""
    above = placement.header_row(MANAGEMENT) if placement.form.block(MANAGEMENT).columns else 0
    found = [
        (placed.spot.row, Passage(placed.box.field, Value(placed.label.spot.cell, placed.label.box.label, state=TEXT), texts[placed.box.field]))
        for placed in placement.fields
        if placed.label and placed.box.field in _PASSAGES
    ]
    for number, row in enumerate(case.management):
        values = {field: written(placement.management(number, field).cell, row.get(field), "input_left") for field in ("label", "situation", "mending")}
        found += [(above + 1 + number, Passage("management", values["label"], values[field])) for field in ("situation", "mending")]
    return tuple(passage for _, passage in sorted(found, key=lambda pair: pair[0]))
