"""文字栏: 评价结论, 存在问题, 改进措施, 说明 and the rows of 资金管理情况, wherever they stand around the blocks."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Passage, Value
from perfeval_xl.workbook.layout.header_words import NUMBERING, header_key, is_label
from perfeval_xl.workbook.layout.value import part, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_LONGEST_LABEL = 16
# The first line that fits decides: a label ends in one of the words.
_BLOCKS = (
    ("conclusion", ("评价结论", "自评结论", "总体评价", "评价结果", "自评综述", "结论")),
    ("adjustment", ("调整说明", "预算调整情况", "调整情况说明", "调整原因")),
    ("problems", ("存在问题", "存在的问题", "主要问题", "问题", "问题和改进措施", "问题及改进措施", "问题及原因分析", "问题及原因")),
    ("measures", ("改进措施", "整改措施", "下一步措施", "下一步工作安排", "有关建议", "改进建议", "建议")),
    ("content", ("实施内容及过程概述", "实施内容", "项目内容", "主要内容", "项目概况")),
    ("reason", ("未完成原因", "偏差原因", "偏差原因分析", "未完成原因分析", "原因说明")),
    ("note", ("需说明的问题", "需要说明的问题", "需说明的事项", "需要说明的事项")),
)
_NOTES = ("说明", "备注", "注", "其他说明")
_SITUATION = "情况说明"


def passages(geometry: Geometry, rows: Iterable[int]) -> tuple[Passage, ...]:
    """文字栏 in some rows: the text behind a label's colon, in the next cell, or below the header of 资金管理情况."""
    found: list[Passage] = []
    columns: tuple[int, int] | None = None
    for row in rows:
        managed = _managed(geometry, row, columns) if columns else []
        found += managed
        columns = columns if managed else _management_columns(geometry, row)
        if not managed and not columns:
            places = [(row, column) for column in geometry.own(row)]
            found += [passage for place in places if (passage := _passage(geometry, place, is_first=place == places[0]))]
    return tuple(found)


@lru_cache(4096)
def block_of(label: str) -> str:
    """文字栏的用途 by its label, "" when it is none.

    >>> block_of("评价结论（200字以内）"), block_of("存在问题和改进措施"), block_of("数据说明了什么")
    ('conclusion', 'problems', '')
    """
    key = header_key(label).lstrip(NUMBERING)
    if not key or len(key) > _LONGEST_LABEL:
        return ""
    if key in _NOTES:
        return "note"
    return next((block for block, words in _BLOCKS if key.endswith(words)), "")


def _passage(geometry: Geometry, place: Place, *, is_first: bool) -> Passage | None:
    """A label further right in its row is a column's header, unless its text stands behind its colon."""
    whole = worded(geometry, place)
    label, colon, rest = whole.text.replace("：", ":").partition(":")
    block = block_of(label)
    if not block:
        return None
    if rest.strip():
        return Passage(block, whole, part(whole, rest.strip()))
    if not is_first:
        return None
    beside = geometry.right_of(place)
    below = _text_below(geometry, place) if not colon else None
    if below:
        return Passage(block, whole, worded(geometry, below))
    if beside[0] != place[0] or beside[1] > geometry.last_column + 1 or is_label(geometry.words(beside)) or block_of(geometry.words(beside)):
        return Passage(block, whole, part(whole, "")) if colon else None
    return Passage(block, whole, worded(geometry, beside))


def _text_below(geometry: Geometry, place: Place) -> Place | None:
    """五、自评结论 over the whole width, and below it a text over the whole width, which is no label."""
    own = geometry.area(*place)
    below = geometry.anchor(own.last_row + 1, own.first_column)
    area, text = geometry.area(*below), geometry.words(below)
    is_wide = own.last_column > own.first_column and geometry.own(place[0]) == geometry.own(below[0]) == [own.first_column]
    is_text = len(text) > _LONGEST_LABEL and not is_label(text)
    return below if is_wide and is_text and (area.first_row, area.last_column) == (own.last_row + 1, own.last_column) else None


def _management_columns(geometry: Geometry, row: int) -> tuple[int, int] | None:
    """The columns of 情况说明 and 存在问题和改进措施, where a row is the header of 资金管理情况."""
    words = [(geometry.words((row, column)), column) for column in geometry.own(row)]
    if not any("情" in text and "明" in text for text, _ in words):
        return None
    keys = {header_key(text): column for text, column in words}
    mending = next((column for key, column in keys.items() if block_of(key) == "problems"), None)
    situation = keys.get(_SITUATION)
    return None if situation is None or mending is None else (situation, mending)


def _managed(geometry: Geometry, row: int, columns: tuple[int, int]) -> list[Passage]:
    """The two texts of a row of 资金管理情况 under its label, the last words before them."""
    labels = [column for column in geometry.own(row) if column < min(columns)]
    is_other = any(block_of(geometry.words((row, column))) for column in labels)
    if not labels or is_other or (row, min(columns)) != geometry.anchor(row, min(columns)):
        return []
    label = worded(geometry, (row, labels[-1]))
    texts: list[Value] = [worded(geometry, geometry.anchor(row, column)) for column in columns]
    return [Passage("management", label, text) for text in texts]
