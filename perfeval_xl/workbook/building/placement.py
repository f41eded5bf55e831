"""位置: where each part of a form lies on the sheet; the only place that turns a form into addresses."""

from __future__ import annotations

from perfeval_xl.core.number import last_place, plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, NUMBER, TEXT, Fund, Heading, Indicator, Table, Value
from perfeval_xl.workbook.address import address

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.case import Case, Entry, Row
    from perfeval_xl.workbook.building.form import Column, Form


class Spot(Record):
    """A field's cell: row, first and last column, one-based."""

    row: int
    first: int
    last: int

    @property
    def cell(self) -> str:
        return address(self.row, self.first)


class Placement(Record):
    """Rows of the sheet, top to bottom, for a form filled with a given number of rows."""

    form: Form
    fund_count: int
    indicator_count: int

    @property
    def heading_row(self) -> int:
        return 3

    @property
    def funds_row(self) -> int:
        return self.heading_row + len(self.form.heading)

    @property
    def goals_row(self) -> int:
        return self.funds_row + 1 + self.fund_count

    @property
    def indicators_row(self) -> int:
        return self.goals_row + 2

    @property
    def total_row(self) -> int:
        return self.indicators_row + 1 + self.indicator_count

    @property
    def note_row(self) -> int:
        return self.total_row + 1

    @property
    def signature_row(self) -> int:
        return self.note_row + (1 if self.form.note_label else 0)

    def fund(self, number: int, field: str) -> Spot:
        return _spot(self.form.fund_columns, field, self.funds_row + 1 + number, self.form.funds_label_span)

    def goal(self, field: str) -> Spot:
        return _spot(self.form.goal_columns, field, self.goals_row + 1, 1)

    def indicator(self, number: int, field: str) -> Spot:
        return _spot(self.form.columns, field, self.indicators_row + 1 + number, 1)

    def total(self, field: str) -> Spot:
        return _spot(self.form.columns, field, self.total_row, 1)

    def heading(self, number: int) -> Spot:
        line = self.form.heading[number]
        return Spot(self.heading_row + number, line.label_span + 1, line.label_span + line.field_span)

    @property
    def region(self) -> str:
        return f"A1:{address(self.signature_row, self.form.width)}"


def _spot(columns: tuple[Column, ...], field: str, row: int, offset: int) -> Spot:
    first = offset + 1
    for column in columns:
        if column.field == field:
            return Spot(row, first, first + column.span - 1)
        first += column.span
    raise KeyError(field)


def entered(spot: Spot, entry: Entry, *, computed: bool = False) -> Value:
    """The Value of what is typed at ``spot``."""
    if entry is None or entry == "":
        return Value(spot.cell, computed=computed)
    if isinstance(entry, (int, float)):
        return Value(spot.cell, plain(float(entry)), float(entry), last_place(float(entry)), NUMBER, computed)
    return Value(spot.cell, str(entry), None, 0.0, TEXT, computed)


def placed_table(case: Case, placement: Placement, sheet: str) -> Table:
    """The table that a reader will find once ``case`` is written at ``placement``; computed cells are still blank."""
    form = placement.form
    heading = [(line, entered(placement.heading(n), case.heading.get(line.field))) for n, line in enumerate(form.heading)]
    named = {line.field: value for line, value in heading}
    return Table(
        sheet=sheet,
        region=placement.region,
        kind=form.kind,
        form=form.id,
        heading=Heading(
            year=case.year,
            name=named.get("name", ABSENT),
            department=named.get("department", ABSENT),
            unit=named.get("unit", ABSENT),
            required=tuple((line.label, value) for line, value in heading),
        ),
        funds=tuple(_fund(row, number, placement) for number, row in enumerate(case.funds)),
        indicators=tuple(_indicator(row, number, placement) for number, row in enumerate(case.indicators)),
        ruleset=case.ruleset,
        money_unit=case.money_unit,
    )


def _fund(row: Row, number: int, placement: Placement) -> Fund:
    values = {
        column.field: entered(placement.fund(number, column.field), row.get(column.field))
        for column in placement.form.fund_columns
    }
    return Fund(**values)


def _indicator(row: Row, number: int, placement: Placement) -> Indicator:
    values = {
        column.field: entered(placement.indicator(number, column.field), row.get(column.field))
        for column in placement.form.columns
    }
    return Indicator(**values, rule=str(row.get("rule") or ""))
