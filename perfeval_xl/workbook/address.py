"""单元格地址: A1 text to one-based (row, column) and back, ranges, and sheet names inside formulas."""

from __future__ import annotations

from perfeval_xl.core.memory import cache, lru_cache
from perfeval_xl.workbook.grid import Area

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def column_letters(column: int) -> str:
    """列号写成字母: one-based column number as letters.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int | None:
    """列字母换成列号, one-based; None when no such column exists.

    >>> column_number("A"), column_number("xfd"), column_number("XFE"), column_number("")
    (1, 16384, None, None)
    """
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number if number <= LAST_COLUMN else None


def address(row: int, column: int) -> str:
    """行列号写成地址, one-based.

    >>> address(12, 6)
    'F12'
    """
    return f"{_LETTERS[column] if 0 < column <= 26 else column_letters(column)}{row}"


def place(text: str) -> tuple[int, int] | None:
    """地址换成 (行, 列), one-based; dollar signs are ignored; None when it is no cell of a sheet.

    >>> place("F12"), place("$F$12"), place("F0"), place("A1048577"), place("F")
    ((12, 6), (12, 6), None, None, None)
    """
    bare = text.replace("$", "")
    letters = bare.rstrip("0123456789")
    digits = bare[len(letters):]
    column = column_number(letters)
    if column is None or not 0 < len(digits) <= 7:
        return None
    row = int(digits)
    return (row, column) if 0 < row <= LAST_ROW else None


def area(text: str) -> Area | None:
    """区域文字换成区域: one cell counts as an area; corners in any order; None when it is no area.

    >>> area("B2:C5")
    Area(first_row=2, first_column=2, last_row=5, last_column=3)
    >>> area("C5:B2") == area("B2:C5"), area("B2"), area("B:C")
    (True, Area(first_row=2, first_column=2, last_row=2, last_column=2), None)
    """
    first, _, last = text.partition(":")
    one, other = place(first), place(last or first)
    if one is None or other is None:
        return None
    rows, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Area(rows[0], columns[0], rows[1], columns[1])


def area_text(area: Area) -> str:
    """区域写成文字.

    >>> area_text(Area(2, 2, 5, 3)), area_text(Area(2, 2, 2, 2))
    ('B2:C5', 'B2')
    """
    first = address(area.first_row, area.first_column)
    last = address(area.last_row, area.last_column)
    return first if first == last else f"{first}:{last}"


def quoted_sheet(name: str) -> str:
    """公式里的工作表名: quoted where a formula needs it (quotes are always allowed, so doubt means quotes).

    >>> quoted_sheet("自评表"), quoted_sheet("自评表 (2)"), quoted_sheet("A1"), quoted_sheet("it's")
    ('自评表', "'自评表 (2)'", "'A1'", "'it''s'")
    """
    reference_like = name.isascii() and name.rstrip("0123456789").upper() in {"R", "C", "RC", "TRUE", "FALSE"}
    if name.isidentifier() and place(name) is None and not reference_like:
        return name
    return "'" + name.replace("'", "''") + "'"


def location(sheet: str, row: int, column: int) -> str:
    """工作簿内的位置, as an internal hyperlink or a formula writes it.

    >>> location("自评表", 12, 6)
    '自评表!F12'
    """
    return f"{quoted_sheet(sheet)}!{address(row, column)}"
