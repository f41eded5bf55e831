"""合计的公式: which cells add up to 总分 and to the weights, and whether the form's own total may show their sum."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from perfeval_xl.core.number import exact_sum, rounded
from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import column_letters
from perfeval_xl.workbook.adoption.computed_cell import TOTAL_SCORE, TOTAL_WEIGHT, Request
from perfeval_xl.workbook.adoption.operand import number_operand, reference
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Table, Value
    from perfeval_xl.workbook.adoption.form_cells import FormCells
    from perfeval_xl.workbook.adoption.form_sheet import Place

    Filled = Mapping[Place, float | str]     # cells that have got a formula, with what it gives

ENGINE_ROW, WEIGHT_ROW, SCORE_ROW, GRADE_ROW, EXECUTION_ROW = 3, 4, 5, 6, 8     # of 评分规则
_FULL_MARKS = 100.0
_MOST_TERMS = 200
_UNREAD = "各行里有公式不能相加的内容 (如带「分」字的文本), 合计没有填"
_NOT_ALL = "能加到的分值合计不是 100, 可能还有没读到的得分 (如预算执行率), 合计没有填"


class Sum(Record):
    """一个合计: the formula for 评分规则 with its sheet still open, and what it gives now; "" for neither."""

    template: str
    value: float | str

    def at(self, sheet: str) -> str:
        return self.template.replace("\0", sheet)


NO_SUM = Sum('""', "")


class Totals(Record):
    """A table's two sums and the requests to show them on the form."""

    weight: Sum
    score: Sum
    requests: list[tuple[Value, Request]]


def totals_of(cells: FormCells, assessment: Assessment, filled: Filled, column: str) -> Totals:
    """合计 of a table; ``column`` is the column of 评分规则 where they stand, ``filled`` the cells that got formulas."""
    table = assessment.table
    funds = [result.fund for result in assessment.scored_funds]
    weights = [*(fund.weight for fund in funds), *(item.weight for item in table.indicators)]
    scores = [*(fund.written_score for fund in funds), *(item.written_score for item in table.indicators)]
    weight, score = _sum(cells, weights, table.total_weight, {}), _sum(cells, scores, table.total_score, filled)
    requests = []
    for value, found, field, row in ((table.total_weight, weight, TOTAL_WEIGHT, WEIGHT_ROW), (table.total_score, score, TOTAL_SCORE, SCORE_ROW)):
        spot = cells.spot(value)
        if spot is None or (not any(each.exists for each in scores)):
            continue
        reason = _UNREAD if found is NO_SUM else _doubt(table, weights, found, field)
        formula = f"{RULE_SHEET}!${column}${row}"
        number = found.value if isinstance(found.value, float) else None
        requests.append((value, Request(spot, field, "合计", formula, number, reason)))
    return Totals(weight, score, requests)


def _doubt(table: Table, weights: list[Value], found: Sum, field: str) -> str:
    """A sum is shown as the total only where the rows it adds are worth the whole, or nothing is typed yet."""
    known = [value.number for value in weights if value.number is not None]
    added = exact_sum(known) if known else None
    whole = [_FULL_MARKS] if field == TOTAL_WEIGHT else [_FULL_MARKS, table.total_weight.number]
    if added is not None and any(full is not None and abs(added - full) < 0.005 for full in whole):
        return ""
    is_open = len(known) < len([value for value in weights if value.exists]) or not known
    if field == TOTAL_SCORE and is_open and found.value in ("", table.total_score.number):
        return ""
    return _NOT_ALL


def _sum(cells: FormCells, values: list[Value], total: Value, filled: Filled) -> Sum:
    places: list[Place] = []
    terms: list[str] = []
    numbers: list[float] = []
    for value in values:
        spot = cells.spot(value)
        if spot is None or spot == cells.spot(total) or spot in places:
            continue
        if spot in filled:
            numbers += [given for given in (filled[spot],) if isinstance(given, float)]
            places.append(spot)
            continue
        operand = number_operand(cells, value)
        if operand is None and value.number is not None:
            return NO_SUM
        numbers += [] if value.number is None else [value.number]
        if operand is None or operand.is_plain:
            places.append(spot)
        else:
            terms.append(f"IFERROR(0+{operand.template},0)")
    areas = [*_areas(cells, places, total), *terms]
    if not areas or len(areas) > _MOST_TERMS:
        return NO_SUM
    listed = ",".join(areas)
    return Sum(f'IF(COUNT({listed})=0,"",ROUND(SUM({listed}),2))', rounded(exact_sum(numbers)) if numbers else "")


def _areas(cells: FormCells, places: list[Place], total: Value) -> list[str]:
    """Neighbours of one column as one area, which reaches to the total where rows may be put in above it."""
    runs: list[list[Place]] = []
    for spot in sorted(places, key=lambda place: (place[1], place[0])):
        if runs and runs[-1][-1] == (spot[0] - 1, spot[1]):
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return [_area(cells, run, cells.spot(total)) for run in runs]


def _area(cells: FormCells, run: list[Place], total: Place | None) -> str:
    first, last = run[0], run[-1]
    head = cells.held((first[0] - 1, first[1]))
    is_free = head is None or (type(head.value) is str and not head.formula)
    if is_free and first[0] > 1 and total is not None and total == (last[0] + 1, last[1]) and len(run) > 1:
        letters = f"\0{column_letters(first[1])}:{column_letters(first[1])}"
        return f"{reference((first[0] - 1, first[1]))}:INDEX({letters},ROW({reference(total)})-1)"
    return reference(first) if first == last else f"{reference(first)}:{reference(last).removeprefix(chr(0))}"


def is_gapless(places: list[Place]) -> bool:
    """Whether the rows lie one below the other."""
    return all(lower[0] == upper[0] + 1 for upper, lower in pairwise(places))
