"""指标行的公式: the score of each row a rule computes, and what 评分规则 needs to know of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.evaluation import evaluated
from perfeval_xl.core.measure import COST_LEVEL, Measure
from perfeval_xl.core.record import Record
from perfeval_xl.core.rule import Rule, rule_text
from perfeval_xl.workbook.adoption.computed_cell import SCORE, Request
from perfeval_xl.workbook.adoption.native_reach import native_side, natively_comparable
from perfeval_xl.workbook.adoption.operand import (
    Operand,
    number_operand,
    reference,
    target_operand,
    words_operand,
)
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.adoption.form_cells import FormCells

_NOTHING = Operand('""', None)
_MERGED = "分值或得分和别的行合并, 不能逐行计算"
_NO_WEIGHT = "没有单独的分值单元格, 或者分值不是单独的数"
_UNWEIGHTED = "这一行没有分值, 别的行有, 不单独算分"
_JUDGED = "定性指标, 由人评分"
_NO_TARGET = "没有指标值或完成值的单元格, 或者是日期, 公式算不了"
_BEYOND = "指标值或完成值的写法内置公式读不了, 没有 Python 时会算不出"
_DIFFERS = "公式读到的和表上显示的不一样"


class Line(Record):
    """评分规则的一行: an indicator with its operands. ``name``: the reference to its name, "" without one.

    ``is_read``: native formulas read target and actual value as Python does. ``reason``: why the score gets no
    formula, "" when it may have one.
    """

    number: int
    sheet: str
    result: IndicatorResult
    name: str
    weight: Operand
    target: Operand
    actual: Operand
    rule: Rule | None
    is_read: bool
    reason: str


def lines_of(cells: FormCells, assessment: Assessment, first: int, sheet: str) -> list[Line]:
    """Every indicator of a table; ``first`` is the number its first row gets on 评分规则, ``sheet`` as in ``自评表!``."""
    is_weighted = any(result.indicator.weight.number is not None for result in assessment.indicators)
    lines = [_line(cells, result, assessment, first + number, sheet) for number, result in enumerate(assessment.indicators)]
    return [line._replace(reason=_UNWEIGHTED) if is_weighted and not line.reason and line.weight.is_blank else line for line in lines]


def _line(cells: FormCells, result: IndicatorResult, assessment: Assessment, number: int, sheet: str) -> Line:
    indicator = result.indicator
    weight, target, actual = number_operand(cells, indicator.weight), target_operand(cells, indicator), words_operand(cells, indicator.actual)
    name = _name(cells, result)
    rule = assessment.rules.rule()
    is_read, reason = _legibility(result, target, actual, rule)
    if not result.stands_alone:
        reason = _MERGED
    elif not reason and weight is None:
        reason = _NO_WEIGHT
    elif not reason and is_read and weight and not weight.is_blank and not _agrees(result, weight, target, actual, rule):
        reason, is_read = _DIFFERS, False
    return Line(
        number, sheet, result, name, weight or _NOTHING, target or _NOTHING, actual or _NOTHING, _own_rule(result, rule, reason), is_read, reason
    )


def _name(cells: FormCells, result: IndicatorResult) -> str:
    indicator = result.indicator
    named = next((level for level in (indicator.level3, indicator.level2, indicator.level1) if level.text), None)
    spot = cells.spot(named) if named else None
    return reference(spot) if spot else ""


def _legibility(result: IndicatorResult, target: Operand | None, actual: Operand | None, rule: Rule) -> tuple[bool, str]:
    """Whether native formulas read what stands there, and why a formula makes no sense."""
    if target is None or actual is None:
        return False, _NO_TARGET
    name = result.indicator.name
    if rule.is_judged:
        return False, _JUDGED
    if target.is_blank:
        return False, "" if actual.is_blank else "指标值是空的"
    if actual.is_blank:
        return False, "" if native_side(target.content, name) else _JUDGED if result.target.kind not in ("numeric", "interval") else _BEYOND
    if not isinstance(result.measure, Measure):
        return False, _JUDGED if result.rule.is_judged else "指标值和完成值不能比较"
    is_read = natively_comparable(target.content, actual.content, name)
    return is_read, "" if is_read else _BEYOND


def _agrees(result: IndicatorResult, weight: Operand, target: Operand | None, actual: Operand | None, rule: Rule) -> bool:
    """Our function, given the cells as the formula gives them, comes to the score of the table."""
    points = weight.content
    if target is None or actual is None or not isinstance(points, float) or points < 0:
        return False
    try:
        found = evaluated(points, target.content, actual.content, rule_text(rule), direction_words(result.indicator))
    except ValueError:
        return False
    return found.score is not None and found.score == _computed(result, rule)


def _computed(result: IndicatorResult, rule: Rule) -> float | None:
    return result.computed_score if result.rule == rule else None


def _own_rule(result: IndicatorResult, rule: Rule, reason: str) -> Rule | None:
    """The rule to write on 评分规则; None leaves it to the ruleset, as long as nobody knows what the row will hold."""
    if not reason or isinstance(result.measure, Measure):
        return rule
    return result.rule if result.rule.is_judged and result.target.kind not in ("numeric", "interval", "missing") else None


def score_request(cells: FormCells, line: Line) -> tuple[Value, Request] | None:
    """得分 of a row; None where the form has no cell for it."""
    written = line.result.indicator.written_score
    spot = cells.spot(written)
    if spot is None:
        return None
    item = line.result.indicator.name
    value = line.result.computed_score if line.is_read and not line.weight.is_blank else None
    return written, Request(spot, SCORE, item, "" if line.reason else score_formula(line), value, line.reason)


def score_formula(line: Line) -> str:
    """Our function with the native formula behind it, as our own forms have it."""
    row = rule_row(line.number)
    rule, native = f"{RULE_SHEET}!${COLUMNS['rule']}{row}", f"{RULE_SHEET}!${COLUMNS['score']}{row}"
    name = line.name.replace("\0", "") or '""'
    if direction_words(line.result.indicator) != line.result.indicator.name:
        name = f'{name}&"{COST_LEVEL}"'
    return f"IFERROR(0+PE_SCORE({line.weight.at()},{line.target.at()},{line.actual.at()},{rule},{name}),{native})"
