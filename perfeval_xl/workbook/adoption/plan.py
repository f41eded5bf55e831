"""采用方案: for every table of a workbook which cells get which formula, decided before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import area, column_letters, place, quoted_sheet
from perfeval_xl.workbook.adoption.computed_cell import Kept, Touch, settled
from perfeval_xl.workbook.adoption.fund_formulas import rate_request
from perfeval_xl.workbook.adoption.fund_formulas import score_request as points_request
from perfeval_xl.workbook.adoption.indicator_formulas import Line, lines_of, score_request
from perfeval_xl.workbook.adoption.total_formulas import Totals, is_gapless, totals_of
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.grid import CALC_SHEET, RULE_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.adoption.computed_cell import Request
    from perfeval_xl.workbook.adoption.form_cells import FormCells
    from perfeval_xl.workbook.adoption.form_sheet import Place

_FIRST_TOTALS_COLUMN = 2


class TablePlan(Record):
    """一张表的方案: what is touched, what is kept and why, and what 评分规则 says of it.

    ``rows``: the area of the form that 增加指标行 works on, "" where rows cannot be matched one to one.
    """

    assessment: Assessment
    touched: tuple[Touch, ...]
    kept: tuple[Kept, ...]
    lines: tuple[Line, ...]
    totals: Totals
    totals_column: str
    rows: str


class Plan(Record):
    """整个工作簿的方案."""

    tables: tuple[TablePlan, ...]

    @property
    def touched(self) -> list[Touch]:
        return [touch for table in self.tables for touch in table.touched]

    @property
    def kept(self) -> list[Kept]:
        return [kept for table in self.tables for kept in table.kept]

    @property
    def lines(self) -> list[Line]:
        return [line for table in self.tables for line in table.lines]

    @property
    def row_names(self) -> dict[str, str]:
        """Names of the areas that 增加指标行 goes by; none where there is more than one table."""
        if len(self.tables) != 1 or not self.tables[0].rows:
            return {}
        last = list(COLUMNS.values())[-1]
        first_row, last_row = rule_row(-1), rule_row(len(self.lines))
        area = f"$A${first_row}:${last}${last_row}"
        return {"pe_rows": self.tables[0].rows, "pe_rules": f"{RULE_SHEET}!{area}", "pe_calc": f"{CALC_SHEET}!{area}"}


def planned(assessments: tuple[Assessment, ...], forms: Mapping[str, FormCells], *, replace: bool) -> Plan:
    """The plan for all tables of a workbook; ``forms`` by sheet name."""
    tables: list[TablePlan] = []
    first = 0
    for number, assessment in enumerate(assessments):
        column = column_letters(_FIRST_TOTALS_COLUMN + number)
        tables.append(_table(assessment, forms[assessment.table.sheet], first, column, replace=replace))
        first += len(assessment.table.indicators)
    return Plan(tuple(tables))


def _table(assessment: Assessment, cells: FormCells, first: int, column: str, *, replace: bool) -> TablePlan:
    lines = lines_of(cells, assessment, first, quoted_sheet(cells.sheet.name) + "!")
    asked = [rate_request(cells, result, assessment.table.kind) for result in assessment.funds]
    asked += [points_request(cells, result, assessment, column) for result in assessment.scored_funds]
    asked += [score_request(cells, line) for line in lines]
    settled_cells = _settled(cells, [pair for pair in asked if pair], {}, replace=replace)
    filled = _filled(settled_cells)
    totals = totals_of(cells, assessment, filled, column)
    settled_cells += _settled(cells, totals.requests, filled, replace=replace)
    touched = tuple(each for each in settled_cells if isinstance(each, Touch))
    kept = tuple(each for each in settled_cells if isinstance(each, Kept))
    return TablePlan(assessment, touched, kept, tuple(lines), totals, column, _rows(assessment, cells))


def _settled(cells: FormCells, asked: list[tuple[Value, Request]], filled: Mapping[Place, object], *, replace: bool) -> list[Touch | Kept]:
    """Each cell once: cells merged over rows are asked for by several of them."""
    found: dict[Place, Touch | Kept] = {}
    for written, request in asked:
        if request.spot not in found and request.spot not in filled:
            found[request.spot] = settled(cells, written, request, replace=replace)
    return list(found.values())


def _filled(settled_cells: list[Touch | Kept]) -> dict[Place, float | str]:
    return {place(each.cell) or (0, 0): each.value for each in settled_cells if isinstance(each, Touch)}


def _rows(assessment: Assessment, cells: FormCells) -> str:
    """From the row above the indicators to the total, where every row between is an indicator."""
    table = assessment.table
    names = [item.level3 if item.level3.exists else item.actual for item in table.indicators]
    spots = [spot for spot in map(cells.spot, names) if spot]
    total = cells.spot(table.total_score) or cells.spot(table.total_weight)
    region = area(table.region)
    if not spots or region is None or total is None or len(spots) < len(names) or not is_gapless(spots) or total[0] != spots[-1][0] + 1:
        return ""
    left, right = column_letters(region.first_column), column_letters(region.last_column)
    return f"{quoted_sheet(table.sheet)}!${left}${spots[0][0] - 1}:${right}${total[0]}"
