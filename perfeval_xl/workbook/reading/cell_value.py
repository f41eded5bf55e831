"""单元格的值: from the text inside a cell element to number, text, logical or error value."""

from __future__ import annotations

from math import isfinite

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import ErrorValue
from perfeval_xl.workbook.reading.serial_date import DAYS_1904, serial_from_iso
from perfeval_xl.workbook.reading.texts import unescaped

if TYPE_CHECKING:
    from collections.abc import Callable

    CellContent = float | str | bool | ErrorValue
    Decoder = Callable[[str], CellContent | None]


def decoders(texts: list[str], *, date1904: bool) -> dict[str, Decoder]:
    """各类型单元格的解码: by the cell's ``t`` attribute; each returns None for what it cannot be.

    >>> decode = decoders(["医保"], date1904=False)
    >>> decode["n"]("12.50"), decode["s"]("0"), decode["b"]("1"), decode["e"]("#N/A"), decode["d"]("2023-12-31")
    (12.5, '医保', True, '#N/A', 45291.0)
    >>> decode["n"]("1_000"), decode["n"]("nan"), decode["s"]("7"), decode["b"]("2")
    (None, None, None, None)
    """
    shared = {str(index): text for index, text in enumerate(texts)}

    def day(raw: str) -> float | None:
        days = serial_from_iso(raw.strip())
        return days - DAYS_1904 if days is not None and date1904 and days >= DAYS_1904 else days

    return {"n": number, "s": shared.get, "str": unescaped, "inlineStr": unescaped, "b": _LOGICAL.get, "e": _error, "d": day}


def number(raw: str) -> float | None:
    """数字文本换成数; None for whatever Excel would not write.

    >>> number("1e3"), number(" 5 "), number("٣"), number("inf")
    (1000.0, 5.0, None, None)
    """
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if isfinite(value) and raw.isascii() and "_" not in raw else None


def _error(raw: str) -> ErrorValue:
    return ErrorValue(raw.strip())


_LOGICAL = {"1": True, "0": False, "true": True, "false": False}
