"""公式里的操作数: a cell of the form as both our functions and native formulas understand it.

Offices type numbers as text, show ratios as percentages and spread a target over sign, value and unit; the operand says
in functions of Excel 2010 what the reader of tables makes of such cells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.core.number import rounded
from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.adoption.form_cells import TEXT_FORMAT
from perfeval_xl.workbook.layout.header_words import SIGNS

if TYPE_CHECKING:
    from perfeval_xl.core.table import Indicator, Value
    from perfeval_xl.workbook.adoption.form_cells import FormCells
    from perfeval_xl.workbook.adoption.form_sheet import Place

    Content = str | float | None

_HERE = "\0"        # stands before every reference; replaced by the sheet's name where the formula stands on another
_PLAIN = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_COMPARING = tuple(sorted(SIGNS - {"定性", "定量", "≠"}))


class Operand(Record):
    """一个操作数: its formula, and what it gives now (None for a blank).

    ``is_plain``: it is nothing but a reference.
    """

    template: str
    content: Content
    is_plain: bool = False

    def at(self, sheet: str = "") -> str:
        """The formula, for a cell of the same sheet or, with ``自评表!``, of another one."""
        return self.template.replace(_HERE, sheet)

    @property
    def is_blank(self) -> bool:
        return self.content is None


def reference(spot: Place) -> str:
    """A reference whose sheet is still open."""
    return _HERE + address(*spot)


def number_operand(cells: FormCells, value: Value) -> Operand | None:
    """分值、金额: a number or a blank; None where the cell holds something no native formula takes for this number."""
    spot = cells.spot(value)
    if spot is None:
        return None
    cell, here = cells.held(spot), reference(spot)
    content = cell.value if cell else None
    if cell is None:
        return Operand(f'IF({here}="","",100*{here})', None) if cells.is_percent(spot) else Operand(here, None, is_plain=True)
    if isinstance(content, float):
        if content == value.number:
            return Operand(here, content, is_plain=True)
        is_share = value.number is not None and abs(content * 100 - value.number) < 1e-9
        return Operand(f'IF({here}="","",100*{here})', value.number) if is_share else None
    if isinstance(content, str) and _PLAIN.fullmatch(content.strip()) and value.number == float(content.replace(",", "")):
        return Operand(f'IFERROR(VALUE(SUBSTITUTE({here},",","")),"")', value.number)
    return None


def words_operand(cells: FormCells, value: Value) -> Operand | None:
    """完成值、指标值: whatever is typed there; a ratio under a percent format comes as its percentage."""
    spot = cells.spot(value)
    if spot is None or cells.is_date(spot):
        return None
    cell, here = cells.held(spot), reference(spot)
    content = cell.value if cell else None
    if isinstance(content, bool) or not (content is None or type(content) in (str, float)):
        return None
    if cells.is_percent(spot):
        shown = f"{general(rounded(content * 100, 10))}%" if isinstance(content, float) else content
        return Operand(f'IF(ISNUMBER({here}),ROUND(100*{here},10)&"%",{here}&"")', shown)
    return Operand(here, content, is_plain=True)


def target_operand(cells: FormCells, indicator: Indicator) -> Operand | None:
    """指标值, with the sign and the unit that stand in columns of their own."""
    value = words_operand(cells, indicator.target)
    before = cells.spot(indicator.sign)
    behind = cells.spot(indicator.unit)
    if value is None or (before is None and behind is None):
        return value
    number = f'({value.template}&"")'
    text = "" if value.content is None else _shown(value.content)
    front, back, front_text, back_text = '""', '""', "", ""
    if before is not None:
        here, sign = reference(before), indicator.sign.text
        listed = ",".join(f'"{word}"' for word in _COMPARING)
        front = f'IF(AND(OR({here}={{{listed}}}),LEFT({number},LEN({here}))<>{here}),{here},"")'
        front_text = sign if sign in _COMPARING and not text.startswith(sign) else ""
    if behind is not None:
        here, unit = reference(behind), indicator.unit.text
        back = f'IF(RIGHT({number},LEN({here}))={here}&"","",{here})'
        back_text = "" if text.endswith(unit) else unit
    joined = f'IF({number}="","",{front}&{number}&{back})'
    return Operand(joined, front_text + text + back_text if text else None)


def general(number: float) -> str:
    """A number as a formula joins it to a text: fifteen significant digits."""
    return f"{number:.15G}"


def _shown(content: str | float) -> str:
    return content if isinstance(content, str) else general(content)


def is_text_format(cells: FormCells, spot: Place) -> bool:
    """A cell whose format would make a typed formula a text."""
    return cells.number_format(spot) == TEXT_FORMAT
