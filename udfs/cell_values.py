"""单元格的值: what xlwings hands over, as core needs it: blank, number, text, error kept apart."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from math import isfinite
from typing import Any

from perfeval_xl.core.evaluation import is_blank

_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_FIRST_ERROR = -2146828288                                      # a cell's error is this plus its number, up to 65535;
_ERROR_CODES = range(_FIRST_ERROR, _FIRST_ERROR + 65_536)       # Excel keeps adding some that xlwings does not know


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
    if isinstance(value, (bool, date)):
        raise ValueError("引用的单元格是日期或逻辑值, 不是数")
    if isinstance(value, int) and value in _ERROR_CODES:
        raise ValueError("引用的单元格是错误值")
    return value


def number(value: Any) -> float | None:
    """A number; None for a blank; a number typed as text counts, with or without thousands; ValueError for anything else."""
    content = single(value)
    if is_blank(content):
        return None
    return _figure(content) if isinstance(content, str) else float(content)


def _figure(typed: str) -> float:
    bare = unicodedata.normalize("NFKC", typed).strip()
    if not _plain_number().fullmatch(bare):
        raise ValueError(f"「{typed}」不是数")
    return float(bare.replace(",", ""))


@cache
def _plain_number() -> re.Pattern[str]:
    return re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")


def text(value: Any) -> str:
    """A text; "" for a blank."""
    content = single(value)
    return "" if is_blank(content) else str(content)


def shown(result: float | None) -> float | str:
    """What the cell gets: blank in, "" out; ValueError for what no cell can hold."""
    if result is None:
        return ""
    if not isfinite(result):
        raise ValueError("结果超出可以表示的范围")
    return result
