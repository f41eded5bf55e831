"""新加的校验结果表的样子: widths, headings and the conditional formats of a built workbook, through UNO.

This module runs inside LibreOffice; the objects it is given are UNO's, and it imports nothing of UNO.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.results.result_looks import CONDITIONS
from perfeval_xl.workbook.results.result_rows import HEADER_ROW, HEADINGS, LAST_ROW, MARK_COLUMN, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from perfeval_xl.workbook.results.result_looks import Condition

    MakeCondition = Callable[[str, str], Any]   # formula, name of a cell style: the properties of one conditional format

_CHARACTER = 190        # a digit's width, in hundredths of a millimetre
_BOLD = 150.0           # com.sun.star.awt.FontWeight
_HEADING_COLOUR = 0xD9E2F3
_LINE_COLOUR, _LINE_WIDTH = 0xBFBFBF, 18
_EDGES = ("LeftBorder", "RightBorder", "TopBorder", "BottomBorder")


def dress(document: Any, sheet: Any, make_condition: MakeCondition) -> None:
    """Give a new sheet its looks; colours hang on what a row says, so none of an earlier check stays behind."""
    for column, width in enumerate(WIDTHS):
        sheet.Columns.getByIndex(column).Width = width * _CHARACTER
    sheet.Columns.getByIndex(MARK_COLUMN - 1).IsVisible = False
    sheet.getCellRangeByName("A1").CharWeight = sheet.getCellRangeByName("A2").CharWeight = _BOLD
    heading = sheet.getCellRangeByPosition(0, HEADER_ROW - 1, len(HEADINGS) - 1, HEADER_ROW - 1)
    heading.CharWeight, heading.CellBackColor = _BOLD, _HEADING_COLOUR
    sheet.getCellRangeByPosition(0, HEADER_ROW - 1, len(HEADINGS) - 1, LAST_ROW - 1).IsTextWrapped = True
    for number, condition in enumerate(CONDITIONS, 1):
        area = sheet.getCellRangeByName(condition.area)
        formats = area.ConditionalFormat
        formats.addNew(make_condition(calc_formula(condition.formula), _style(document, f"perfeval {number}", condition)))
        area.ConditionalFormat = formats


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
        if look.is_bold:
            style.CharWeight = _BOLD
        if look.font:
            style.CharColor = int(look.font, 16)
        if look.fill:
            style.CellBackColor = int(look.fill, 16)
        for edge in _EDGES:
            line = getattr(style, edge)
            line.Color, line.OuterLineWidth = _LINE_COLOUR, _LINE_WIDTH
            setattr(style, edge, line)
    return name
