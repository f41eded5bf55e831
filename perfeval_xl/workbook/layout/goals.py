"""年度总体目标: the planned goals and what was reached, side by side or one below the other; several of them joined in order."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, TEXT, Value
from perfeval_xl.workbook.address import place as place_of
from perfeval_xl.workbook.layout.header_words import NUMBERING, header_key
from perfeval_xl.workbook.layout.value import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_PLANNED, _DONE = "planned", "done"
_HEADS = (("年初", "预期", "设定", "计划"), ("年末", "年终", "完成", "实际", "实现"))
_LONGEST_HEAD = 8
_OTHER_ROWS = ("原因", "说明", "措施", "问题", "备注", "情况")    # what a row in the block of the goals may be besides a goal
_DOUBTFUL = "这一行像年度目标, 但不能确定, 没有读入"
_DONE_WORDS = ("完成情况", "实际完成", "完成目标", "完成综述", "实现情况", "达成情况", "实际情况")


def goals(geometry: Geometry, rows: Iterable[int]) -> tuple[Value, Value]:
    """预期目标 and 实际完成情况 in some rows: below their headers, or to the right of their labels.

    Several goals are joined by line breaks, in the cell of the first.
    """
    rows = [*rows]
    labels = {row: found for row in rows if (found := _labels(geometry, row))}
    for row, found in labels.items():
        pair = _headed(geometry, row, found) or _pair(geometry, row, found)
        if pair:
            return _listed(geometry, row, _past_numbering(geometry, row, pair), rows)
    singles = [(row, column, role) for row, found in labels.items() for column, role in found]
    return _beside(geometry, singles)


def is_goal_line(geometry: Geometry, row: int) -> bool:
    """Whether a row is a goal over the indicators that follow it: 年度目标2 | its text."""
    own = geometry.own(row)
    if len(own) != 2 or geometry.right_of((row, own[0])) != (row, own[1]):
        return False
    return _role(geometry.words((row, own[0]))) == _PLANNED and _is_numbered(geometry, (row, own[0], _PLANNED))


def _labels(geometry: Geometry, row: int) -> list[tuple[int, str]]:
    return [(column, role) for column in geometry.own(row) if (role := _role(geometry.words((row, column))))]


def _role(text: str) -> str:
    key = _unnumbered(text)
    if not 3 <= len(key) <= 16:
        return _PLANNED if key == "目标" else ""
    if any(word in key for word in _DONE_WORDS):
        return _DONE
    return _PLANNED if key.endswith("目标") else ""


def _unnumbered(text: str) -> str:
    return header_key(text).strip(NUMBERING)


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


def _past_numbering(geometry: Geometry, row: int, pair: tuple[int, int]) -> tuple[int, int]:
    """目标 | 内容 | 完成情况 over 目标1 | a text | a text: the planned goals stand under the header between."""
    planned, done = pair
    between = [column for column in geometry.own(row) if planned < column < done]
    number = geometry.words((geometry.end_row((row, planned)) + 1, planned))
    return (between[0], done) if len(between) == 1 and number and _unnumbered(number) in ("", "目标") else pair


def _have_texts(geometry: Geometry, row: int, planned: int, done: int) -> bool:
    """年度目标 | a text | 完成情况 | a text in one row."""
    own = geometry.own(row)
    return any(planned < column < done for column in own) and own[-1] > done


def _listed(geometry: Geometry, row: int, pair: tuple[int, int], rows: list[int]) -> tuple[Value, Value]:
    """The goals below their two headers, one a row; what follows them and is no goal ends the list."""
    heads = [geometry.area(row, column) for column in pair]
    planned, done = ([_below(geometry, head.last_row + 1, head.first_column, head.last_column)] for head in heads)
    label = next((column for column in reversed(geometry.own(row)) if column < pair[0]), None)
    block_end = geometry.end_row((row, label)) if label else row
    for at in range(max(head.last_row for head in heads) + 2, rows[-1] + 1):
        further = [_below(geometry, at, head.first_column, head.last_column) for head in heads]
        if at <= block_end and not any(value.text for value in further):
            continue        # merged with the row above, or not filled in
        if at not in rows or not _is_goal(geometry, at, further, is_inside=at <= block_end):
            _note_unread(geometry, at, further)
            break
        planned, done = [*planned, further[0]], [*done, further[1]]
    return _joined(planned), _joined(done)


def _note_unread(geometry: Geometry, row: int, values: list[Value]) -> None:
    """A text under both headers that is no goal for certain."""
    if values[0].cell != values[1].cell and all(len(value.text) > 1 and not _role(value.text) for value in values):
        geometry.note(place_of(values[0].cell) or (row, 1), _DOUBTFUL)


def _is_goal(geometry: Geometry, row: int, values: list[Value], *, is_inside: bool) -> bool:
    """Whether a row holds one more goal: a text in both columns, inside the merged label of the block also in one of them.

    A short text like 偏差原因 is the label of something else, and so is a goal word.
    """
    texts = [value.text for value in values if value.text]
    if not texts or values[0].cell == values[1].cell or any(_role(text) or (len(text) <= _LONGEST_HEAD and text.rstrip("：:").endswith(_OTHER_ROWS)) for text in texts):
        return False
    if is_inside:
        return True
    beside = [column for column in geometry.own(row) if _unnumbered(geometry.words((row, column))) not in ("", "目标")]
    return len(texts) == len(values) == len(beside) and all(len(text) > 1 for text in texts)


def _below(geometry: Geometry, row: int, first: int, last: int) -> Value:
    """The text of a row under a header; 目标1 or a number before it is its numbering."""
    last = min(last, geometry.last_column + 1)
    spot = geometry.spot(row, first, last)
    if spot is not None:
        return ABSENT if spot.is_lower else worded(geometry, spot.place)
    places = [(row, column) for column in geometry.own(row) if first <= column <= last]
    texts = [place for place in places if _unnumbered(geometry.words(place)) not in ("", "目标")]
    return worded(geometry, texts[0]) if len(texts) == 1 else ABSENT


def _beside(geometry: Geometry, singles: list[tuple[int, int, str]]) -> tuple[Value, Value]:
    """The texts to the right of the last label of each kind that has one, and of those before it that differ in their number only."""
    planned, done = ([each for each in singles if each[2] == role and _texts(geometry, each)] for role in (_PLANNED, _DONE))
    found = _alike(geometry, planned), _alike(geometry, done)
    if len(found[0]) != len(found[1]) and not all(_is_numbered(geometry, each) for each in (*found[0], *found[1])):
        found = found[0][-1:], found[1][-1:]
    places = [[_texts(geometry, each) for each in kind] for kind in found]
    if any([place[1] for place in one] != [place[1] for place in other] for one, other in zip(*places, strict=False)):
        places = [[texts[:1] for texts in kind] for kind in places]
    first, second = (_joined([worded(geometry, place) for texts in kind for place in texts]) for kind in places)
    return first if planned else _under(geometry, singles, _PLANNED), second if done else _under(geometry, singles, _DONE)


def _under(geometry: Geometry, singles: list[tuple[int, int, str]], wanted: str) -> Value:
    """The text below the first header of a kind that stands alone beside the label of the block."""
    heads = (geometry.area(row, column) for row, column, role in singles if role == wanted and _heads_text(geometry, (row, column)))
    return next((_below(geometry, area.last_row + 1, area.first_column, area.last_column) for area in heads), ABSENT)


def _heads_text(geometry: Geometry, place: Place) -> bool:
    """A header alone in its row beside the label of the block, which reaches down beside the text below."""
    own = geometry.own(place[0])
    row = geometry.end_row(place) + 1
    if len(own) != len((_PLANNED, _DONE)) or own[1] != place[1] or geometry.end_row((place[0], own[0])) != row:
        return False
    return geometry.own(row) == [place[1]] and not _role(geometry.words((row, place[1])))


def _alike(geometry: Geometry, labels: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    keys = [_unnumbered(geometry.words((row, column))) for row, column, _ in labels]
    return [label for label, key in zip(labels, keys, strict=True) if key == keys[-1]]


def _is_numbered(geometry: Geometry, label: tuple[int, int, str]) -> bool:
    key = header_key(geometry.words(label[:2]))
    return _unnumbered(key) != key


def _texts(geometry: Geometry, label: tuple[int, int, str]) -> list[Place]:
    """The text right beside a label, and those behind it that no label parts from it."""
    row, column, _ = label
    place = geometry.right_of((row, column))
    found: list[Place] = []
    while place[0] == row and len(geometry.words(place)) > 1 and not _role(geometry.words(place)):
        found.append(place)
        place = geometry.right_of(place)
    return found


def _joined(values: list[Value]) -> Value:
    texts = [value for value in values if value.text]
    if len(texts) < 2:
        return texts[0] if texts else values[0] if values else ABSENT
    return texts[0]._replace(text="\n".join(value.text for value in texts), number=None, ulp=0.0, state=TEXT)
