"""年度总体目标: the planned goals and what was reached, side by side or one below the other."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Value
from perfeval_xl.workbook.address import place as place_of
from perfeval_xl.workbook.layout.header_words import header_key
from perfeval_xl.workbook.layout.value import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_PLANNED, _DONE = "planned", "done"
_HEADS = (("年初", "预期", "设定", "计划"), ("年末", "年终", "完成", "实际", "实现"))
_LONGEST_HEAD = 8
_DONE_WORDS = ("完成情况", "实际完成", "完成目标", "完成综述", "实现情况", "达成情况", "实际情况")


def goals(geometry: Geometry, rows: Iterable[int]) -> tuple[Value, Value]:
    """预期目标 and 实际完成情况 in some rows: below their headers, or to the right of their labels."""
    rows = [*rows]
    labels = {row: found for row in rows if (found := _labels(geometry, row))}
    for row, found in labels.items():
        pair = _headed(geometry, row, found) or _pair(geometry, row, found)
        if pair:
            planned, done = (_below(geometry, (row, column)) for column in pair)
            _note_further(geometry, planned, done, rows)
            return planned, done
    singles = [(row, column, role) for row, found in labels.items() for column, role in found]
    return _beside(geometry, singles, _PLANNED), _beside(geometry, singles, _DONE)


def _labels(geometry: Geometry, row: int) -> list[tuple[int, str]]:
    return [(column, role) for column in geometry.own(row) if (role := _role(geometry.words((row, column))))]


def _role(text: str) -> str:
    key = header_key(text).lstrip("0123456789.、一二三四五六七八九十")
    if not 3 <= len(key) <= 16:
        return _PLANNED if key == "目标" else ""
    if any(word in key for word in _DONE_WORDS):
        return _DONE
    return _PLANNED if key.endswith("目标") else ""


def _pair(geometry: Geometry, row: int, found: list[tuple[int, str]]) -> tuple[int, int] | None:
    """The planned header that a done header follows at once, and that one; none where each has its text beside it."""
    planned: int | None = None
    for column, role in found:
        if role == _DONE and planned is not None:
            planned = _beside_block_label(geometry, (row, planned), (row, column))
            if planned is None:
                return _turned(geometry, row, found)
            return None if _have_texts(geometry, row, planned, column) else (planned, column)
        planned = column if role == _PLANNED else None
    return None


def _turned(geometry: Geometry, row: int, found: list[tuple[int, str]]) -> tuple[int, int] | None:
    """目标 | 实际完成情况 | 预期目标: beside the label of the block the done header first, each over its text."""
    heads = {role: column for column, role in found[1:]}
    own = geometry.own(row)
    if [role for _, role in found[1:]] != [_DONE, _PLANNED] or own != [column for column, _ in found]:
        return None
    return (heads[_PLANNED], heads[_DONE]) if geometry.own(geometry.end_row((row, own[1])) + 1) == own[1:] else None


def _beside_block_label(geometry: Geometry, planned: Place, done: Place) -> int | None:
    """The planned header; where it is the label of the block, reaching down beside the texts, the header between."""
    if geometry.end_row(planned) <= geometry.end_row(done):
        return planned[1]
    between = [column for column in geometry.own(planned[0]) if planned[1] < column < done[1]]
    return between[0] if len(between) == 1 and geometry.end_row((planned[0], between[0])) == geometry.end_row(done) else None


def _headed(geometry: Geometry, row: int, found: list[tuple[int, str]]) -> tuple[int, int] | None:
    """年初设定 | 年末完成 beside the label of the block, each over its text."""
    column, role = found[0]
    own = [at for at in geometry.own(row) if at > column]
    if role != _PLANNED or geometry.end_row((row, column)) == row or len(own) != len((_PLANNED, _DONE)):
        return None
    words = [geometry.words((row, at)) for at in own]
    speak = all(any(word in text for word in heads) and len(text) <= _LONGEST_HEAD for text, heads in zip(words, _HEADS, strict=True))
    below = all(geometry.end_row((row, at)) == row and geometry.words((row + 1, at)) for at in own)
    return (own[0], own[1]) if speak and below else None


def _have_texts(geometry: Geometry, row: int, planned: int, done: int) -> bool:
    """年度目标 | a text | 完成情况 | a text in one row."""
    own = geometry.own(row)
    return any(planned < column < done for column in own) and own[-1] > done


def _note_further(geometry: Geometry, planned: Value, done: Value, rows: list[int]) -> None:
    """Goals listed one a row: those below the first are said to be unread."""
    first, second = place_of(planned.cell), place_of(done.cell)
    if first is None or second is None:
        return
    row = max(geometry.area(*at).last_row for at in (first, second)) + 1
    further = [(row, at[1]) for at in (first, second)]
    if row in rows and all(len(geometry.words(at)) > 1 and not _role(geometry.words(at)) for at in further):
        geometry.note(further[0], "年度目标分成几行填写, 只读了第一行")


def _below(geometry: Geometry, place: Place) -> Value:
    area = geometry.area(*place)
    spot = geometry.spot(area.last_row + 1, area.first_column, min(area.last_column, geometry.last_column + 1))
    return ABSENT if spot is None or spot.is_lower else worded(geometry, spot.place)


def _beside(geometry: Geometry, singles: list[tuple[int, int, str]], wanted: str) -> Value:
    """The text to the right of the last label of a kind that has one."""
    for row, column, role in reversed(singles):
        place = geometry.right_of((row, column))
        if role == wanted and place[0] == row and len(geometry.words(place)) > 1 and not _role(geometry.words(place)):
            return worded(geometry, place)
    return next((_below(geometry, (row, column)) for row, column, role in singles if role == wanted and _heads_text(geometry, (row, column))), ABSENT)


def _heads_text(geometry: Geometry, place: Place) -> bool:
    """A header alone in its row beside the label of the block, which reaches down beside the text below."""
    own = geometry.own(place[0])
    row = geometry.end_row(place) + 1
    if len(own) != len((_PLANNED, _DONE)) or own[1] != place[1] or geometry.end_row((place[0], own[0])) != row:
        return False
    return geometry.own(row) == [place[1]] and not _role(geometry.words((row, place[1])))
