"""单元格调用: what LibreOffice Calc hands over becomes what xlwings would hand over, and the answer what Calc can show.

This module runs inside LibreOffice: standard library only, no UNO.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def called(function: Callable[..., Any], arguments: tuple[Any, ...], *, gives_rows: bool) -> Any:
    """调用单元格函数 with the arguments of a Calc add-in; an exception becomes an error in the cell.

    >>> called(lambda weight, rule=None: (weight, rule), ("", 0.0), gives_rows=False)
    (None, None)
    """
    answer = function(*map(_handed_over, arguments))
    return tuple(tuple(map(_shown, row)) for row in answer) if gives_rows else _shown(answer)


def _handed_over(argument: Any) -> Any:
    """A blank cell is None. Calc has '' for it; 0 where an argument may be omitted, and those are texts."""
    if isinstance(argument, tuple):
        return tuple(tuple(None if value == "" else value for value in row) for row in argument)
    if argument in ("", 0):
        return None
    return _number(argument) if isinstance(argument, str) and "E" in argument else argument


def _number(text: str) -> float | str:
    """Calc writes a number below 0.0001 or from 1E15 on as 5E-05; the functions expect such a number as one."""
    try:
        return float(text)
    except ValueError:
        return text


def _shown(value: Any) -> Any:
    """Calc shows numbers and texts; TRUE from an add-in would become garbage."""
    return float(value) if isinstance(value, (bool, int)) else value
