"""共享公式: one formula written once and used by many cells, each seeing it from its own place."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import LAST_COLUMN, LAST_ROW, column_letters, column_number

if TYPE_CHECKING:
    import re

# Texts, quoted sheet names and brackets are skipped whole; then whole rows, whole columns or cells.
_REFERENCE = r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\]]*\]
  | (?<![\w.$\\])(?:
        (?P<rows>\$?\d{1,7}:\$?\d{1,7})(?![\w.(])
      | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!:])
      | (?P<cell>\$?[A-Za-z]{1,3}\$?\d{1,7})(?![\w.(!])
    )
"""


class SharedFormula(Record):
    """共享公式 as its first cell writes it, without "="."""

    text: str
    row: int
    column: int

    def at(self, row: int, column: int) -> str:
        """某单元格看到的公式: relative references moved, absolute ones kept, off the sheet #REF!.

        >>> SharedFormula('SUM(A1:$B$2)+"A1"+LOG10(C3)', 1, 4).at(3, 5)
        'SUM(B3:$B$2)+"A1"+LOG10(D5)'
        >>> SharedFormula("A2", 2, 2).at(2, 1)
        '#REF!'
        """
        down, right = row - self.row, column - self.column
        return _references().sub(lambda match: _moved(match, down, right), self.text)


@cache
def _references() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(_REFERENCE, re.VERBOSE)


def _moved(match: re.Match[str], down: int, right: int) -> str:
    if match["rows"]:
        ends = [_moved_row(end, down) for end in match["rows"].split(":")]
    elif match["columns"]:
        ends = [_moved_column(end, right) for end in match["columns"].split(":")]
    elif match["cell"]:
        letters = match["cell"].rstrip("0123456789$")
        ends = [_moved_cell(letters, match["cell"][len(letters):], down, right)]
    else:
        return match[0]
    return "#REF!" if None in ends else ":".join(end for end in ends if end)


def _moved_cell(letters: str, digits: str, down: int, right: int) -> str | None:
    column, row = _moved_column(letters, right), _moved_row(digits, down)
    return None if column is None or row is None else column + row


def _moved_row(text: str, down: int) -> str | None:
    if text.startswith("$"):
        return text
    row = int(text) + down
    return str(row) if 0 < row <= LAST_ROW else None


def _moved_column(text: str, right: int) -> str | None:
    if text.startswith("$"):
        return text
    column = (column_number(text) or LAST_COLUMN + 1) + right
    return column_letters(column) if 0 < column <= LAST_COLUMN else None
