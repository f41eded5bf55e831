"""可疑内容: texts that would act once they became a formula, and formulas that reach out of the workbook."""

from __future__ import annotations

import re
from operator import itemgetter

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.submission.canonical import RECORD_SHEET
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Cell

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Sheet, Workbook

_MARKS = frozenset("=+-@\t\r＝＋－＠")
_VALUE, _FORMULA = itemgetter(Cell._fields.index("value")), itemgetter(Cell._fields.index("formula"))


def dangers(workbook: Workbook) -> list[str]:
    """可疑的单元格, as 表 单元格; targets such as =0% or -5.74% are none.

    They are only named: nothing of a received file is ever calculated, and its texts stay texts in the summary.
    """
    return [f"{sheet.name} {address(*place)}" for sheet in workbook.sheets if sheet.name != RECORD_SHEET for place in _places(sheet)]


def _places(sheet: Sheet) -> list[tuple[int, int]]:
    """Of a usual sheet none: its texts and formulas are looked at once each before its cells are."""
    cells = sheet.cells.values()
    acting = {text for text in set(map(_VALUE, cells)) if type(text) is str and text[:1] in _MARKS and _acts(text)}
    reaching = {formula for formula in set(map(_FORMULA, cells)) if formula and _reaching().search(formula)}
    if not acting and not reaching:
        return []
    return [
        place for place, cell in sheet.cells.items()
        if (cell.formula in reaching if cell.formula else type(cell.value) is str and cell.value in acting)
    ]  # fmt: skip


def _acts(text: str) -> bool:
    r"""文字一旦当作公式就会动作.

    >>> [_acts(text) for text in ("=HYPERLINK('http://x',1)", "@SUM(1+9)*cmd|' /C calc'!A0", "=Sheet2!A1", "=0%", "-5.74%", "+增长", "＝100")]
    [True, True, True, False, False, False, False]
    """
    return text[:1] in _MARKS and bool(_acting().search(text[1:]))


@cache
def _acting() -> re.Pattern[str]:
    """A function called, a cell or another program referred to."""
    return re.compile(r"[A-Za-z_.]\w*\s*\(|\|[^|]*!|\w!\$?[A-Za-z]|\\\\|https?:", re.ASCII)


@cache
def _reaching() -> re.Pattern[str]:
    calls = "WEBSERVICE|CALL|EXEC|REGISTER|RTD|FILTERXML|IMPORTDATA|DDE"
    return re.compile(
        rf"\b(?:{calls})\s*\(|\|\s*'|https?:|\\\\|\[[^\]]*\.xl\w*\]|\bfile:", re.IGNORECASE
    )

