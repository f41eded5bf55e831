"""要写入的工作表: what a sheet of our own holds and looks like, and the worksheet part that says so."""

from __future__ import annotations

from math import ceil, isfinite
from unicodedata import east_asian_width

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import address, column_letters
from perfeval_xl.workbook.opc.splice import escaped
from perfeval_xl.workbook.results.cell_styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.results.cell_styles import StyleSheet
    from perfeval_xl.workbook.results.result_looks import Condition

_LINE_HEIGHT = 15.0
_TITLE_HEIGHT = 26.0
_HIGHEST_ROW = 409.0
_MOST_TEXT = 32_767
_FORMULA_MARKS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


class NewCell(Record):
    """一个单元格: a text is never a formula, whatever it begins with.

    ``style``: one of the names in ``cell_styles.STYLES``. ``link``: a place in this workbook such as
    ``'自评表'!F12``, "" for none.
    """

    value: str | float | bool | None
    style: str = "text"
    link: str = ""


class NewSheet(Record):
    """一张工作表.

    ``rows``: from row 1 on; any sequence of (value, style, link) will do for a cell. ``widths``: of the
    columns, in characters. ``header_row``: the one-based row that stays in view, is repeated in print and
    carries the filter arrows; 0 for none. ``state``: visible, hidden or veryHidden, for a sheet that is new.
    ``column_styles``: what cells look like that are written later. ``hidden_columns`` are one-based.
    ``filter_to``: last row and column under the filter arrows, where that is not the last cell.
    """

    name: str
    rows: Sequence[Sequence[tuple[str | float | bool | None, str, str]]]
    widths: Sequence[float] = ()
    header_row: int = 0
    has_filter: bool = True
    state: str = "visible"
    column_styles: Sequence[str] = ()
    hidden_columns: Sequence[int] = ()
    conditions: Sequence[Condition] = ()
    filter_to: tuple[int, int] = (0, 0)

    @property
    def last_column(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def filter_area(self) -> str:
        """The area under the filter arrows, absolute; "" for none."""
        if not (self.has_filter and self.header_row and self.last_column):
            return ""
        row, column = self.filter_to
        last = max(self.header_row, len(self.rows), row)
        return f"$A${self.header_row}:${column_letters(column or self.last_column)}${last}"


def looks_like_formula(text: str) -> bool:
    """会不会被当作公式: when a clerk edits the cell or the sheet travels as CSV."""
    return text.startswith(_FORMULA_MARKS)


def wrapped_lines(text: str, width: float) -> int:
    r"""折行后占几行 in a column of that width; Chinese characters are two wide.

    >>> wrapped_lines("未完成原因", 6), wrapped_lines("原因\n措施", 12), wrapped_lines("", 12)
    (2, 2, 1)
    """
    room = max(1.0, width - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(sum(1 + (east_asian_width(c) in "WF") for c in line) / room)) for line in text.split("\n"))


def row_height(lines: int, line_height: float = _LINE_HEIGHT) -> float:
    """行高 for that many lines, in points; no row is higher than Excel allows."""
    return min(_HIGHEST_ROW, lines * line_height)


class SheetMarkup:
    """工作表部件的文字, with the prefix of the part it stands in.

    ``styles`` gives the number of a style by its name, whether the text must be kept from being read as a formula or not.
    """

    def __init__(self, sheet: NewSheet, styles: StyleSheet, prefix: str = "") -> None:
        self._sheet, self._styles, self._prefix = sheet, styles, prefix

    def before_rows(self, code_name: str = "") -> str:
        """From sheetPr to the columns; ``code_name`` ties the sheet to its VBA module."""
        sheet = self._sheet
        code = f' codeName="{escaped(code_name)}"' if code_name else ""
        last = address(max(1, len(sheet.rows)), max(1, sheet.last_column))
        columns = "".join(self._column(number, width) for number, width in enumerate(sheet.widths, 1))
        return (
            self._tag("sheetPr", code.strip(), self._tag("pageSetUpPr", 'fitToPage="1"'))
            + self._tag("dimension", f'ref="A1:{last}"')
            + self._tag("sheetViews", "", self._tag("sheetView", 'workbookViewId="0"', self._pane()))
            + self._tag("sheetFormatPr", f'defaultRowHeight="{_LINE_HEIGHT:g}"')
            + (self._tag("cols", "", columns) if columns else "")
        )

    def rows(self) -> str:
        """The sheetData element."""
        rows = (self._row(number, row) for number, row in enumerate(self._sheet.rows, 1))
        return self._tag("sheetData", "", "".join(rows))

    def after_rows(self) -> str:
        """From the filter to the page set-up."""
        area = self._sheet.filter_area.replace("$", "")
        return (
            (self._tag("autoFilter", f'ref="{area}"') if area else "")
            + self._conditions()
            + self._links()
            + self._tag("printOptions", 'horizontalCentered="1"')
            + self._tag("pageMargins", 'left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"')
            + self._tag("pageSetup", 'paperSize="9" orientation="landscape" fitToHeight="0"')
            + self._tag("headerFooter", "", self._tag("oddFooter", "", "&amp;C第 &amp;P 页 共 &amp;N 页"))
        )

    def _tag(self, name: str, attributes: str = "", content: str = "") -> str:
        full = self._prefix + name
        head = f"<{full} {attributes}" if attributes else f"<{full}"
        return f"{head}>{content}</{full}>" if content else f"{head}/>"

    def _column(self, number: int, width: float) -> str:
        named = self._sheet.column_styles[number - 1 : number]
        style = f' style="{self._styles.index(named[0], False)}"' if named else ""
        hidden = ' hidden="1"' if number in self._sheet.hidden_columns else ""
        return self._tag("col", f'min="{number}" max="{number}" width="{width:g}"{style}{hidden} customWidth="1"')

    def _conditions(self) -> str:
        """The first of the list wins where two say different things."""
        return "".join(
            self._tag("conditionalFormatting", f'sqref="{each.area}"', self._condition(priority, each))
            for priority, each in enumerate(self._sheet.conditions, 1)
        )

    def _condition(self, priority: int, each: Condition) -> str:
        look = self._styles.difference(each.font, each.fill, is_bold=each.is_bold)
        formula = self._tag("formula", "", escaped(each.formula))
        return self._tag("cfRule", f'type="expression" dxfId="{look}" priority="{priority}"', formula)

    def _pane(self) -> str:
        row = self._sheet.header_row
        if not row:
            return ""
        below = address(row + 1, 1)
        return self._tag(
            "pane", f'ySplit="{row}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"',
        ) + self._tag("selection", f'pane="bottomLeft" activeCell="{below}" sqref="{below}"')

    def _row(self, number: int, row: Sequence[tuple[str | float | bool | None, str, str]]) -> str:
        cells = "".join(self._cell(address(number, column), *cell) for column, cell in enumerate(row, 1))
        lines = max((self._lines(value, style, column) for column, (value, style, _) in enumerate(row)), default=1)
        least = _TITLE_HEIGHT if any(style == "title" for _, style, _ in row) else 0.0
        return self._tag("row", f'r="{number}" ht="{min(_HIGHEST_ROW, max(least, lines * _LINE_HEIGHT)):g}"', cells) if cells else ""

    def _lines(self, value: object, style: str, column: int) -> int:
        """Lines a wrapped text takes; Chinese characters are two wide."""
        if not isinstance(value, str) or column >= len(self._sheet.widths) or not STYLES[style].is_wrapped:
            return 1
        return wrapped_lines(value, self._sheet.widths[column])

    def _cell(self, place: str, value: str | float | bool | None, style: str, _: str) -> str:
        guarded = isinstance(value, str) and looks_like_formula(value)
        return self._tag("c", f'r="{place}" s="{self._styles.index(style, guarded)}"{cell_type(value)}', cell_content(value, self._prefix))

    def _links(self) -> str:
        links = "".join(
            self._tag("hyperlink", f'ref="{address(number, column)}" location="{escaped(link)}" display="{escaped(str(value))}"')
            for number, row in enumerate(self._sheet.rows, 1)
            for column, (value, _, link) in enumerate(row, 1)
            if link
        )
        return self._tag("hyperlinks", "", links) if links else ""


def cell_type(value: str | float | bool | None) -> str:
    """单元格的类型属性, with a blank before it; "" for numbers and blanks."""
    if isinstance(value, bool):
        return ' t="b"'
    return ' t="inlineStr"' if isinstance(value, str) and value else ""


def cell_content(value: str | float | bool | None, prefix: str = "") -> str:
    """单元格元素的内容: an inline text or a value; texts beyond Excel's 32,767 characters are cut."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f"<{prefix}v>{int(value)}</{prefix}v>"
    if isinstance(value, str):
        text = escaped(value[:_MOST_TEXT])
        return f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
    if not isfinite(value):
        raise ValueError(f"no cell can hold {value!r}")
    return f"<{prefix}v>{value!r}</{prefix}v>"
