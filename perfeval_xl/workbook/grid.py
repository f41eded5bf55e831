"""工作簿的值: sheets as sparse grids of cells, whatever format they came from."""

from __future__ import annotations

from perfeval_xl.core.record import Record
from perfeval_xl.core.table import Unread

RESULT_SHEET, RESULT_FIRST_ROW, EXPLANATION_COLUMN = "校验结果", 5, 11
RULE_SHEET, RULE_FIRST_ROW = "评分规则", 10
FIGURE_SHEET = "基础数据"
CALC_SHEET = "_pe_calc"
MANUAL_SHEET = "使用手册"
UNREAD_SHEETS = (CALC_SHEET, MANUAL_SHEET)     # our own helper formulas and our own words: large, and never read


class UnusableFile(Exception):  # noqa: N818 - it names what the user gave us, not a mistake of ours
    """The input cannot be used; each argument is one clear Chinese sentence for the user and takes a line of its own."""

    def __str__(self) -> str:
        return "\n".join(self.args)


class ErrorValue(str):
    """An Excel error value such as ``#DIV/0!``; not a text and not a blank."""

    __slots__ = ()


class Cell(Record):
    """One stored cell. ``formula`` has no leading "=" and is "" for a plain value."""

    value: float | str | bool | ErrorValue | None
    formula: str = ""
    number_format: str = "General"


class Area(Record):
    """A rectangle of cells, one-based, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __contains__(self, place: object) -> bool:
        return (
            isinstance(place, tuple)
            and self.first_row <= place[0] <= self.last_row
            and self.first_column <= place[1] <= self.last_column
        )


class Sheet(Record):
    """工作表: only cells that hold something, keyed (row, column), one-based."""

    name: str
    state: str                                  # visible | hidden | veryHidden
    cells: dict[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    part: str = ""                              # its part in the package, "" for other formats


class Workbook(Record):
    """工作簿 as read. ``unread`` names what was left out (stray cells, chart sheets, limits)."""

    path: str
    sheets: tuple[Sheet, ...]
    date1904: bool = False
    has_macros: bool = False
    defined_names: dict[str, str] = {}  # noqa: RUF012 - never mutated; NamedTuple needs a default
    unread: tuple[Unread, ...] = ()
