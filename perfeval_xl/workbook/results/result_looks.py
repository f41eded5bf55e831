"""校验结果的样子: colours, borders and widths that hang on what a row says, whoever writes the row.

They are conditional formats over the whole sheet, so that no colour of an earlier check stays behind when the button
or the command line writes again. Every one only repeats what a word and a mark of the row say already.
"""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR, EXPLAIN, HINT
from perfeval_xl.core.labels import MARKS
from perfeval_xl.core.record import Record
from perfeval_xl.workbook.results.result_rows import FIRST_ROW, LAST_ROW

INPUT_COLOUR = "FFF9DB"
COLUMN_STYLES = (*["centred"] * 3, "place", *["body"] * 6, "typed", "centred", "mark")


class Condition(Record):
    """一条条件格式: ``formula`` holds for a row; absolute throughout, since a relative one moves with Excel's active cell.

    Colours as RRGGBB, "" for none. Every look has thin borders: LibreOffice applies only the first that holds.
    """

    area: str
    formula: str
    font: str = ""
    fill: str = ""
    is_bold: bool = False


def _rows(columns: str) -> str:
    first, _, last = columns.partition(":")
    return f"{first}{FIRST_ROW}:{last or first}{LAST_ROW}"


def _begins(column: str, mark: str) -> str:
    return f'LEFT(INDEX(${column}:${column},ROW()),{len(mark)})="{mark}"'


def _is(column: str, text: str) -> str:
    return f'INDEX(${column}:${column},ROW())="{text}"'


CONDITIONS = (
    Condition(_rows("B"), _begins("B", MARKS[ERROR]), "9C0006", "F8CBAD", is_bold=True),
    Condition(_rows("B"), _begins("B", MARKS[EXPLAIN]), "7F6000", "FFE699", is_bold=True),
    Condition(_rows("B"), _begins("B", MARKS[HINT]), "1F4E79", "DDEBF7"),
    Condition(_rows("L"), _is("L", "须修改"), "9C0006", is_bold=True),
    Condition(_rows("L"), _is("L", "已说明"), "375623", "E2EFDA"),
    Condition(_rows("K"), 'INDEX($C:$C,ROW())<>""', fill=INPUT_COLOUR),
    Condition(_rows("A:L"), 'INDEX($A:$A,ROW())<>""'),
)
