"""单元格的值: what xlwings hands over, as core needs it: blank, number, text, error kept apart."""

from __future__ import annotations

from datetime import date
from typing import Any

_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_ERROR_CODES = range(-2146826288, -2146826240)


def single(value: Any) -> Any:
    """One value: the value itself, or the top left one of a merged range; ValueError for a wider range with more values."""
    while isinstance(value, (list, tuple)):
        filled = [item for item in _flat(value) if item is not None]
        if len(filled) > 1:
            raise ValueError("只能引用一个单元格")
        value = filled[0] if filled else None
    return checked(value)


def _flat(values: list[Any] | tuple[Any, ...]) -> list[Any]:
    return [inner for item in values for inner in (_flat(item) if isinstance(item, (list, tuple)) else [item])]


def checked(value: Any) -> Any:
    """The value of one cell; an error, a date or TRUE/FALSE is never taken for a number."""
    if isinstance(value, str) and value in _ERRORS:
        raise ValueError(f"引用的单元格是错误值 {value}")
    if isinstance(value, int) and value in _ERROR_CODES:
        raise ValueError("引用的单元格是错误值")
    if isinstance(value, (bool, date)):
        raise ValueError("引用的单元格是日期或逻辑值, 不是数")
    return value


def number(value: Any) -> float | None:
    """A number; None for a blank; a number typed as text counts; ValueError for anything else."""
    content = single(value)
    if content is None or (isinstance(content, str) and not content.strip()):
        return None
    if isinstance(content, str):
        return float(content.replace(",", "").strip())
    return float(content)


def text(value: Any) -> str:
    """A text; "" for a blank."""
    content = single(value)
    return "" if content is None else str(content)


def shown(result: float | None) -> float | str:
    """What the cell gets: blank in, "" out."""
    return "" if result is None else result
