"""填入的值: what a reader will see in a cell once an entry is written into it under its number format."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import BLANK, NUMBER, TEXT, Value
from perfeval_xl.workbook.building.case import Formula
from perfeval_xl.workbook.building.style import POINTS, ROLES, WORDS
from perfeval_xl.workbook.layout.value import MONEY, figure, is_ours
from perfeval_xl.workbook.reading.number_format import decimals_shown, display

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.case import Entry

_SUFFIXES = {POINTS: ("", "分", "%"), WORDS: ("", "%")}


def written(cell: str, entry: Entry, role: str, sort: str = WORDS, money_unit: str = "") -> Value:
    """The Value of an entry in ``cell``. ``role``: its look; ``sort``: what the column holds.

    >>> written("E6", 10.46, "amount", "amount")
    Value(cell='E6', text='10.46', number=10.46, ulp=0.01, state='number', computed=False)
    >>> written("F9", "95%", "input_text").number
    0.95
    """
    is_computed = isinstance(entry, Formula) and is_ours(entry.text)
    content = entry.cache if isinstance(entry, Formula) else entry
    if content is None or content == "":
        return Value(cell, "", None, 0.0, BLANK, is_computed)
    if isinstance(content, str):
        return _text(cell, content.strip(), sort, money_unit)._replace(computed=is_computed)
    look = ROLES[(isinstance(entry, Formula) and entry.role) or role]
    number, shape = float(content), str(look.get("num_format", "General"))
    ulp = 0.0 if sort == POINTS else decimals_shown(number, shape)
    return Value(cell, display(number, shape), number, ulp, NUMBER, is_computed)


def _text(cell: str, text: str, sort: str, money_unit: str) -> Value:
    found = figure(text.strip("()（）") if sort == POINTS else text)
    if found is None or found.suffix not in _SUFFIXES.get(sort, ("", *MONEY)):
        return Value(cell, text, None, 0.0, TEXT)
    if sort == POINTS:
        return Value(cell, text, found.number, 0.0, TEXT)
    scale = MONEY[found.suffix] / MONEY[money_unit] if found.suffix in MONEY and money_unit in MONEY else 1.0
    scale = 0.01 if found.suffix == "%" else scale
    return Value(cell, text, float(f"{found.number * scale:.15g}"), found.ulp * scale, TEXT)
