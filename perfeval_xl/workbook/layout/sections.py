"""分段行: rows like 一、产出指标（60分） that say of which class the rows below them are."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.layout.header_words import header_key

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry

_CLASSES = ("产出", "效益", "效果", "满意", "成本", "决策", "过程", "投入", "履职", "管理", "执行", "运行", "可持续")
_NUMERALS = "一二三四五六七八九十"
_LONGEST = 16
_ROWS_LOOKED_AT = 40


def section_title(text: str) -> str:
    """分段行的名称 without its numbering, "" when a text is no such name.

    >>> section_title("一、产出指标（60分）"), section_title("(二)效益"), section_title("满意度指标"), section_title("三级医院占比")
    ('产出指标', '效益', '', '')
    """
    key = header_key(text)
    body = key.lstrip(_NUMERALS)
    if body[:1] in "、.)" and len(body) < len(key):
        body = body[1:]
    elif text[:1] == "(" and text[1:2] in _NUMERALS and key != text:
        body = key
    else:
        return ""
    return body if len(body) <= _LONGEST and is_class(body) else ""


def is_class(text: str) -> bool:
    """是否指标大类的名称: 产出, 效益, 满意度, 成本 …"""
    return any(word in text for word in _CLASSES)


def class_column(geometry: Geometry, bottom: int, columns: list[Column]) -> Column | None:
    """A column 指标类型 that holds nothing but classes of indicators."""
    for column in columns:
        if column.role == "other" and any(word in column.text for word in ("类型", "类别", "属性")):
            rows = range(bottom + 1, bottom + _ROWS_LOOKED_AT)
            held = [text for row in rows if column.first in geometry.own(row) and (text := geometry.words((row, column.first)))]
            classes = [text for text in held if is_class(text)]
            if len(classes) > 1 and 2 * len(classes) > len(held):
                return column
    return None
