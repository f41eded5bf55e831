"""业务单元格: what a submission says, cell by cell, independent of the program that saved it."""

from __future__ import annotations

import hashlib
import json

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import LAST_COLUMN, column_letters
from perfeval_xl.workbook.grid import (
    CALC_SHEET,
    FIGURE_SHEET,
    RESULT_SHEET,
    RULE_SHEET,
    ErrorValue,
    UnusableFile,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.grid import Sheet, Workbook

RECORD_SHEET = "_pe_record"
SHA256, SM3 = "sha256", "sm3"
DIGESTS = (SHA256, SM3)
_OURS = (RESULT_SHEET, RECORD_SHEET, CALC_SHEET)
_TYPED, _TYPED_COLUMNS = (RULE_SHEET, FIGURE_SHEET), 3      # on our own sheets what stands behind is computed or explains
_SIGNIFICANT_DIGITS = 15


class BusinessCell(Record):
    """业务单元格. ``type``: number, text, logical or error; ``value`` as text, a number with 15 significant digits."""

    sheet: str
    cell: str
    type: str
    value: str


class SignedExplanation(Record):
    """出错说明 as it is signed: for which finding it was written."""

    check: str
    place: str
    text: str


def business_cells(workbook: Workbook) -> list[BusinessCell]:
    """业务单元格 of every sheet but 校验结果 and our hidden ones, row by row; of 评分规则 and 基础数据 the columns that are typed.

    Blanks, empty texts and what lies under a merged area count as nothing, so a re-save by another program changes
    nothing.
    """
    found: list[BusinessCell] = []
    for sheet in workbook.sheets:
        if sheet.name not in _OURS:
            found += _cells(sheet)
    return found


def _cells(sheet: Sheet) -> Iterable[BusinessCell]:
    name, last = sheet.name, _TYPED_COLUMNS if sheet.name in _TYPED else LAST_COLUMN
    letters = {column: column_letters(column) for column in {column for _, column in sheet.cells}}
    for (row, column), cell in sorted(sheet.cells.items()):
        value = cell[0]
        if column > last or value is None or value == "":
            continue
        content = ("text", value) if type(value) is str and "\r" not in value else _content(value)
        yield tuple.__new__(BusinessCell, (name, f"{letters[column]}{row}", *content))


def is_business(sheet: str, column: int) -> bool:
    """这一列是不是业务内容."""
    return sheet not in _OURS and (sheet not in _TYPED or column <= _TYPED_COLUMNS)


def fifteen_digits(value: float) -> float:
    """15 位有效数字, as many as Excel shows: programs that save 15, 16 or 17 digits all keep such a number.

    >>> fifteen_digits(0.00106399442853826517), fifteen_digits(0.1 + 0.2), fifteen_digits(98.0)
    (0.00106399442853827, 0.3, 98.0)
    """
    return float(format(value, f".{_SIGNIFICANT_DIGITS}g"))


def _content(value: object) -> tuple[str, str]:
    r"""Type and value as text.

    >>> _content(0.1 + 0.2), _content(98.0), _content("甲\r\n乙"), _content(True)
    (('number', '0.3'), ('number', '98'), ('text', '甲\n乙'), ('logical', 'TRUE'))
    """
    if isinstance(value, bool):
        return "logical", "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return "number", format(float(value) + 0.0, f".{_SIGNIFICANT_DIGITS}g")
    if isinstance(value, ErrorValue):
        return "error", str(value)
    return "text", one_line_end(str(value))


def one_line_end(text: str) -> str:
    """换行只有一种写法, whichever program saved the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(cells: Iterable[BusinessCell], explanations: Iterable[SignedExplanation], algorithm: str = SHA256) -> str:
    """摘要 over the business cells and the explanations, in hexadecimal.

    >>> digest([BusinessCell("自评表", "A1", "number", "98")], [])[:16]
    '344b651b25397d86'
    """
    said = [list(cells), list(explanations)]    # in JSON a record is a list
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _hashed(data, algorithm)


def _hashed(data: bytes, algorithm: str) -> str:
    try:
        return hashlib.new(algorithm, data).hexdigest()
    except ValueError:
        raise UnusableFile(f"这台电脑的 Python 不能计算 {algorithm.upper()} 摘要, 请改用 --digest sha256") from None


def short_digest(text: str) -> str:
    """短校验码 for the page footer: sixteen digits in groups of four.

    >>> short_digest("0123456789abcdef0123")
    '0123-4567-89AB-CDEF'
    """
    return "-".join(text[start : start + 4].upper() for start in range(0, 16, 4))
