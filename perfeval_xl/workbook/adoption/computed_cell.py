"""算出的单元格: which cells of a form we fill with a formula, and which we leave and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.adoption.operand import is_text_format

if TYPE_CHECKING:
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.adoption.form_cells import FormCells
    from perfeval_xl.workbook.adoption.form_sheet import Place

RATE, EXECUTION_SCORE, SCORE, TOTAL_WEIGHT, TOTAL_SCORE = "执行率", "执行率得分", "得分", "分值合计", "总分"
RATE_FORMAT, PLAIN_FORMAT = "0.00%", "General"
TYPED = "已有内容, 没有改; 加 --replace 可以换成公式"
OWN_FORMULA = "已有表内自己的公式, 没有改; 加 --replace 可以换成本工具的公式"
LINKED_FORMULA = "已有的公式和别的单元格连在一起 (数组或共享公式), 没有改"
WORDS = "里面是文字, 没有改"
PRINTED = "表样印好的分值合计, 没有改"


class Touch(Record):
    """改动的一格. ``was``: what stood there, "" for nothing; ``value``: what the formula gives now, "" for a blank.

    ``number_format``: the format a copy of the cell's style gets, "" where the style stays.
    """

    sheet: str
    cell: str
    field: str
    item: str
    was: str
    formula: str
    value: float | str
    number_format: str = ""


class Kept(Record):
    """没有动的一格 and the reason."""

    sheet: str
    cell: str
    field: str
    item: str
    reason: str


class Request(Record):
    """想填的一格: the formula a cell would get. ``reason``: why it cannot, "" when it can."""

    spot: Place
    field: str
    item: str
    formula: str
    value: float | None
    reason: str = ""
    is_ratio: bool = False

    def kept(self, sheet: str, reason: str) -> Kept:
        return Kept(sheet, address(*self.spot), self.field, self.item, reason)


def settled(cells: FormCells, written: Value, request: Request, *, replace: bool) -> Touch | Kept:
    """填还是不填: empty cells take the formula, filled ones only when asked, words and linked formulas never."""
    held = cells.held(request.spot)
    refusal = "" if held is None else _refusal(cells, written, request, replace=replace)
    if refusal or request.reason:
        return request.kept(cells.sheet.name, refusal or request.reason)
    was = "" if held is None else (f"={held.formula}" if held.formula else written.text)
    value = "" if request.value is None else request.value
    where = cells.sheet.name, address(*request.spot)
    return Touch(*where, request.field, request.item, was, request.formula, value, _number_format(cells, request))


def _refusal(cells: FormCells, written: Value, request: Request, *, replace: bool) -> str:
    held = cells.held(request.spot)
    if request.field == TOTAL_WEIGHT:
        return PRINTED
    if held is not None and held.formula:
        if cells.part.has_linked_formula(request.spot):
            return LINKED_FORMULA
        return "" if replace else OWN_FORMULA
    if written.number is None or isinstance(held and held.value, bool):
        return WORDS
    if not replace:
        return TYPED
    return request.reason or ("现在算不出数来, 原来的数没有换掉" if request.value is None else "")


def _number_format(cells: FormCells, request: Request) -> str:
    if request.is_ratio:
        return "" if cells.is_percent(request.spot) else RATE_FORMAT
    unfit = is_text_format(cells, request.spot) or cells.is_date(request.spot) or cells.is_percent(request.spot)
    return PLAIN_FORMAT if unfit else ""
