"""新加的校验结果表的样子: widths, headings and the conditional formats of a built workbook, through UNO.

This module runs inside LibreOffice; the objects it is given are UNO's, and it imports nothing of UNO.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import area
from perfeval_xl.workbook.results.result_looks import CONDITIONS
from perfeval_xl.workbook.results.result_rows import HEADER_ROW, HEADINGS, LAST_ROW, MARK_COLUMN, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from perfeval_xl.workbook.results.result_looks import Condition

    MakeCondition = Callable[[str, str], Any]   # formula, name of a cell style: the properties of one conditional format

_CHARACTER = 190        # a digit's width, in hundredths of a millimetre
_BOLD = 150.0           # com.sun.star.awt.FontWeight
_CENTRED = 2            # com.sun.star.table.CellVertJustify2
_HEADING_COLOUR = 0xD9E2F3
_LINE_COLOUR, _LINE_WIDTH = 0xBFBFBF, 18
_EDGES = ("LeftBorder", "RightBorder", "TopBorder", "BottomBorder")


def dress(document: Any, sheet: Any, make_condition: MakeCondition) -> None:
    """Give a new sheet its looks; colours hang on what a row says, so none of an earlier check stays behind."""
    for column, width in enumerate(WIDTHS):
        sheet.Columns.getByIndex(column).Width = width * _CHARACTER
    sheet.Columns.getByIndex(MARK_COLUMN - 1).IsVisible = False
    heading = sheet.getCellRangeByPosition(0, HEADER_ROW - 1, len(HEADINGS) - 1, HEADER_ROW - 1)
    heading.CellBackColor = _HEADING_COLOUR
    for bold in (heading, sheet.getCellRangeByName("A1:A2")):
        _embolden(bold)
    sheet.getCellRangeByPosition(0, HEADER_ROW - 1, len(HEADINGS) - 1, LAST_ROW - 1).VertJustify = _CENTRED
    styles = [_style(document, f"perfeval {number}", condition) for number, condition in enumerate(CONDITIONS, 1)]
    for place in dict.fromkeys(condition.area for condition in reversed(CONDITIONS)):     # the widest first: a part of it takes its place
        formats = sheet.getCellRangeByName(place).ConditionalFormat
        formats.clear()
        for condition, style in zip(CONDITIONS, styles, strict=True):
            if covers(condition.area, place):
                formats.addNew(make_condition(calc_formula(condition.formula), style))
        sheet.getCellRangeByName(place).ConditionalFormat = formats


def covers(wide: str, narrow: str) -> bool:
    """Whether an area holds all of another.

    >>> covers("A5:L9", "B5:B9"), covers("B5:B9", "B5:B9"), covers("B5:B9", "A5:L9")
    (True, True, False)
    """
    outer, inner = area(wide), area(narrow)
    if outer is None or inner is None:
        return False
    corners: tuple[object, ...] = ((inner.first_row, inner.first_column), (inner.last_row, inner.last_column))
    return all(corner in outer for corner in corners)


def calc_formula(formula: str) -> str:
    """A condition in the grammar of Calc's interface.

    >>> calc_formula('LEFT(INDEX($B:$B,ROW()),1)="!"')
    'LEFT(INDEX($B:$B;ROW());1)="!"'
    """
    return formula.replace(",", ";")


def _style(document: Any, name: str, look: Condition) -> str:
    styles = document.StyleFamilies.getByName("CellStyles")
    if not styles.hasByName(name):
        styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
        style = styles.getByName(name)
        style.VertJustify, style.IsTextWrapped = _CENTRED, True
        if look.is_bold:
            _embolden(style)
        if look.font:
            style.CharColor = int(look.font, 16)
        if look.fill:
            style.CellBackColor = int(look.fill, 16)
        for edge in _EDGES:
            line = getattr(style, edge)
            line.Color, line.OuterLineWidth = _LINE_COLOUR, _LINE_WIDTH
            setattr(style, edge, line)
    return name


def _embolden(look: Any) -> None:
    look.CharWeight = look.CharWeightAsian = _BOLD
