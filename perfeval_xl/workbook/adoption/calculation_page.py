"""辅助公式的行: what the hidden sheet holds for every indicator, as markup; formulas that differ in their cells alone are worded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.measure import direction_of
from perfeval_xl.core.memory import cache
from perfeval_xl.core.reading.target import Reading
from perfeval_xl.core.record import Record
from perfeval_xl.core.rule import Rule
from perfeval_xl.workbook.address import column_number
from perfeval_xl.workbook.adoption.rule_page import known_results
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS, SHOWN_RESULTS, row_formulas
from perfeval_xl.workbook.opc.splice import element_text

if TYPE_CHECKING:
    from perfeval_xl.workbook.adoption.indicator_formulas import Line
    from perfeval_xl.workbook.adoption.plan import Plan

_JUDGED = Rule("qualitative")
# Stand-ins for what differs from row to row; no formula and no name of a sheet can hold them.
_ROW, _WEIGHT, _TARGET, _ACTUAL, _RESULT = 9_876_543, "\1", "\2", "\3", "\4"


class CalculationRows(Record):
    """辅助公式的全部行. ``area``: the cells they take up, "" for none; ``markup``: their row elements."""

    area: str
    markup: bytes


def calculation_rows(plan: Plan) -> CalculationRows:
    """The rows of every indicator of every table, cells in the order of their columns."""
    lines = plan.lines
    if not lines:
        return CalculationRows("", b"")
    first, last = _letters()
    area = f"{first}{rule_row(lines[0].number)}:{last}{rule_row(lines[-1].number)}"
    return CalculationRows(area, b"".join(_row(line) for line in lines))


def _row(line: Line) -> bytes:
    """One row: the wording of its rule with its own places and results."""
    guess = direction_of(Reading("", "missing"), direction_words(line.result.indicator))
    caches = known_results(line)
    results = [caches.get(name, "") for name in SHOWN_RESULTS]
    pieces = _wording(line.rule or _JUDGED, guess)
    text = pieces[0]
    for result, formula, after in zip(results, pieces[1::2], pieces[2::2], strict=True):
        sort = ' t="str"' if result and isinstance(result, str) else ""
        text += f"{sort}{formula}{result}{after}"
    text = text.replace(str(_ROW), str(rule_row(line.number)))
    for mark, operand in ((_WEIGHT, line.weight), (_TARGET, line.target), (_ACTUAL, line.actual)):
        text = text.replace(mark, element_text(operand.at(line.sheet)))
    return text.encode()


@cache
def _wording(rule: Rule, guess: str) -> list[str]:
    """A row in pieces: between them, for each of ``SHOWN_RESULTS``, the type of its result and the result itself."""
    formulas = row_formulas(_ROW, weight=_WEIGHT, target=_TARGET, actual=_ACTUAL, rule=rule, guess=guess)
    first, last = map(column_number, _letters())
    cells = "".join(
        f'<c r="{COLUMNS[name]}{_ROW}"{mark}><f>{element_text(formulas[name])}</f><v>{mark}</v></c>'
        for name in COLUMNS
        if name in formulas
        for mark in [_RESULT if name in SHOWN_RESULTS else ""]
    )
    return f'<row r="{_ROW}" spans="{first}:{last}">{cells}</row>'.split(_RESULT)


def _letters() -> tuple[str, str]:
    """The first and the last column in use."""
    return COLUMNS[SHOWN_RESULTS[0]], list(COLUMNS.values())[-1]
