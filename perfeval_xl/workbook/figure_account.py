"""基础数据的来历: how a 完成值 or a result that follows from 基础数据 came about, with its numerator and its denominator."""

from __future__ import annotations

from perfeval_xl.core.arithmetic import approximate
from perfeval_xl.core.assessment import read_value
from perfeval_xl.core.derivation import COMPUTED, Derivation, Input, stands_for, written_text
from perfeval_xl.core.figure import amount_of, may_agree, result_text
from perfeval_xl.core.figure_amounts import amounts_by_key, filled_amounts
from perfeval_xl.core.figure_ratios import FIGURES, figure_named
from perfeval_xl.core.figure_work import side_text
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT
from perfeval_xl.workbook.address import column_letters, place
from perfeval_xl.workbook.grid import FIGURE_SHEET
from perfeval_xl.workbook.layout.figure_results import chosen_variant, rows_named
from perfeval_xl.workbook.layout.figures import RESULT_HEADING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.figure import Figure, Variant
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.grid import Sheet, Workbook

_SIDES = {"C": "分子", "D": "分母"}


def figure_account(assessment: Assessment, workbook: Workbook, cell: str) -> Derivation | None:
    """The derivation of a computed 完成值, or of ``基础数据!E47`` and what stands left of it; None for any other cell."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == FIGURE_SHEET), None)
    if sheet is None:
        return None
    amounts = filled_amounts(assessment.table.figures)
    row = next((r.indicator for r in assessment.indicators if r.indicator.actual.computed and r.indicator.actual.cell == cell), None)
    if row is not None:
        named = figure_named(row.name)
        return named and _derived(named, sheet, amounts, row.actual)._replace(what="完成值", item=row.name.strip())
    home, _, own = cell.rpartition("!")
    spot = place(own) if home == FIGURE_SHEET else None
    figure = _figure_in(spot[0], sheet) if spot else None
    letters = column_letters(spot[1]) if spot else ""
    if figure is None or letters not in (*_SIDES, "E"):
        return None
    derived = _derived(figure, sheet, amounts, ABSENT)
    return derived if letters == "E" else _of_side(derived, chosen_variant(figure, sheet), letters, amounts)


def _figure_in(row: int, sheet: Sheet) -> Figure | None:
    """The result that stands in a row, below the headings of the results."""
    return next((figure for figure in FIGURES if row == _row_of(figure, sheet)), None)


def _row_of(figure: Figure, sheet: Sheet) -> int:
    """0 where the sheet has no such row."""
    head = max(rows_named(RESULT_HEADING, sheet), default=0)
    return next((row for row in rows_named(figure.name, sheet) if head and row > head), 0)


def _derived(figure: Figure, sheet: Sheet, amounts: Mapping[str, Value], written: Value) -> Derivation:
    variant, row = chosen_variant(figure, sheet), _row_of(figure, sheet)
    numbers = {key: value.number for key, value in amounts.items()}
    chosen = f", 口径「{variant.name}」" if variant.name else ""
    about = Derivation(
        written.cell, "基础数据的指标", figure.name, COMPUTED, f"取自基础数据的「{figure.name}」{chosen}", tuple(_input(key, amounts[key]) for key in variant.keys),
        basis=figure.source, written=written_text(written),
    )  # fmt: skip
    result, span = variant.value(numbers), variant.span({key: value.interval for key, value in amounts.items()})
    if result is None:
        blank = [amounts_by_key()[key].name for key in variant.keys if numbers[key] is None]
        return about._replace(steps=(f"{'、'.join(blank)}还没有填, 还不能计算" if blank else "分母为 0, 不能计算",))
    alike = may_agree(span, figure.unit, read_value(written, role="actual")) if span and about.written else None
    return about._replace(steps=tuple(_steps(variant, numbers, row, result_text(result, figure.unit))), result=result_text(result, figure.unit), agrees=alike)


def _input(key: str, value: Value) -> Input:
    amount = amounts_by_key()[key]
    text = "空" if value.number is None else f"{plain(value.number)}{amount.unit}"
    return Input(amount.name, value.cell, text, "", stands_for(value.number, value.ulp, amount.unit))


def _steps(variant: Variant, numbers: Mapping[str, float | None], row: int, result: str) -> list[str]:
    """分子, 分母 with their cells on 基础数据, and the quotient."""
    if variant.denominator is None:
        return [f"{side_text(variant.numerator, numbers)} = {result}"]
    sides = [(name, side, amount_of(side, numbers) or 0.0) for name, side in zip(_SIDES.values(), (variant.numerator, variant.denominator), strict=True)]
    places = [f" {FIGURE_SHEET}!{letters}{row}" if row else "" for letters in _SIDES]
    lines = [
        f"{name}{at} = {side_text(side, numbers)}" + ("" if side.operator == "var" else f" = {approximate(value)}")
        for (name, side, value), at in zip(sides, places, strict=True)
    ]
    part, whole = (value for _, _, value in sides)
    return [*lines, f"{approximate(part)} ÷ {approximate(whole)} = {approximate(part / whole)} → {result}"]


def _of_side(derived: Derivation, variant: Variant, letters: str, amounts: Mapping[str, Value]) -> Derivation:
    """分子 or 分母 by itself; an amount that nothing is divided by stands over 1."""
    numbers = {key: value.number for key, value in amounts.items()}
    side = variant.numerator if letters == "C" else variant.denominator
    value = 1.0 if side is None else amount_of(side, numbers)
    steps = derived.steps if value is None else ("这一项不用除, 分母为 1" if side is None else f"{side_text(side, numbers)} = {approximate(value)}",)
    return derived._replace(what=_SIDES[letters], steps=steps, result="" if value is None else approximate(value))
