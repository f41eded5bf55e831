"""列: which column of a block holds what, from one, two or three header rows."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.layout.header_words import BROADER, PREFERRED, bare, is_other_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_DONE = ("executed", "actual", "rate", "score")      # nobody reports them of a year to come
# Uses whose further columns are told: what they hold is a value of the table, whoever's or of whenever it is.
_TOLD = frozenset(("target", "actual", "score", "initial_budget", "budget", "executed", "rate", "balance", "in_place"))
_DEGREES = ("程度", "完成度", "比率")      # how far a target was reached, beside what was reached
DEEPEST_HEADER = 3     # rows that a header may take below or above the row it was found by


class Column(Record):
    """列: its use, its header in the form's words (upper header rows first), and the sheet columns it takes."""

    role: str
    text: str
    first: int
    last: int
    place: tuple[int, int]


def header_columns(
    geometry: Geometry, top: int, bottom: int, first: int, last: int, role_of: Callable[[str], str]
) -> list[Column]:
    """逐列读表头: the lowest filled header cell names a column, the cells above it say of what."""
    columns: list[Column] = []
    paths = {column: _path(geometry, top, bottom, column) for column in range(first, last + 1)}
    column = first
    while column <= last:
        path = paths[column]
        if not path:
            column += 1
            continue
        end = column
        while end < last and paths[end + 1] == path:
            end += 1
        reach = geometry.end_column(path[0]) if end == last else end
        columns.append(_named(geometry, path, column, max(end, reach), role_of))
        column = end + 1
    return columns


def _path(geometry: Geometry, top: int, bottom: int, column: int) -> list[Place]:
    """Filled header cells over a column, from the lowest up."""
    path: list[Place] = []
    for row in range(bottom, top - 1, -1):
        place = geometry.anchor(row, column)
        if place not in path and geometry.words(place):
            path.append(place)
    return path


def _named(geometry: Geometry, path: list[Place], first: int, last: int, role_of: Callable[[str], str]) -> Column:
    words = [geometry.words(place) for place in reversed(path)]
    role = role_of(words[-1])
    if len(words) > 1 and role in BROADER:
        role = role_of("".join(words)) or role
    if len(words) > 1 and role in ("unit", "sign") and role_of("".join(words[:-1])) == "actual":
        role = "other"
    return Column(role, "".join(words), first, last, path[0])


def bottom_row(geometry: Geometry, row: int, columns: list[int], role_of: Callable[[str], str]) -> int:
    """表头最后一行: header cells merged downwards, or a further row of words under a wide header cell."""
    deepest = min(max([row, *(geometry.end_row((row, column)) for column in columns)]), row + DEEPEST_HEADER)
    if deepest > row or not columns:
        return deepest
    below = [column for column in geometry.own(row + 1) if column >= columns[0]]
    wide = [geometry.area(row, column) for column in columns if geometry.end_column((row, column)) > column]
    split = any(sum(area.first_column <= column <= area.last_column for column in below) > 1 for area in wide)
    return row + 1 if split and all(_is_header(geometry.words((row + 1, column)), role_of) for column in below) else row


def _is_header(text: str, role_of: Callable[[str], str]) -> bool:
    return text in BROADER or role_of(text) not in ("", "name")


def chosen(geometry: Geometry, columns: list[Column], *, titles: dict[str, str], rows: range = range(0)) -> dict[str, Column]:
    """每种用途选一列: where several fit, the one in the words of the self-evaluation; else none, with a note.

    In ``rows`` stand amounts: a rival without any number among them is none.
    """
    by_role: dict[str, list[Column]] = {}
    for column in columns:
        if column.role in titles:
            by_role.setdefault(column.role, []).append(column)
    picked: dict[str, Column] = {}
    for role, rivals in by_role.items():
        best = rivals[0] if len(rivals) == 1 else _best(geometry, rivals, PREFERRED.get(role, ()), rows)
        if best is not None:
            picked[role] = best
    for role in sorted(by_role.keys() - picked, key=lambda role: (role not in _DONE, role)):
        best = _of_the_year(by_role[role], role, picked)
        if best is not None:
            picked[role] = best
            continue
        for rival in by_role[role]:
            geometry.note(rival.place, f"有 {len(by_role[role])} 列都像“{titles[role]}”, 无法确定用哪一列, 这一项没有读入")
    return picked


def _best(geometry: Geometry, rivals: list[Column], words: tuple[str, ...], rows: range) -> Column | None:
    return preferred(rivals, words) or _named_itself(geometry, rivals, words) or _only_filled(geometry, rivals, rows)


def _of_the_year(rivals: list[Column], role: str, picked: dict[str, Column]) -> Column | None:
    """2023年执行数 | 2024年执行数: what was done last; of what was planned, that of the same year."""
    years = [_year_in(column.text) for column in rivals]
    done = max((_year_in(picked[other].text) for other in _DONE if other in picked), default=0)
    wanted = max(years) if role in _DONE and all(years) else done
    of_it = [column for column, year in zip(rivals, years, strict=True) if wanted and year == wanted]
    return of_it[0] if len(of_it) == 1 else None


def _year_in(text: str) -> int:
    """The last year that a header names, 0 without one."""
    named = [piece[-4:] for piece in text.split("年")[:-1]]
    return max((int(year) for year in named if year.startswith("20") and year.isascii() and year.isdigit()), default=0)


def _only_filled(geometry: Geometry, rivals: list[Column], rows: range) -> Column | None:
    """The only one of several columns with a number in some rows."""
    filled = [rival for rival in rivals if holds_numbers(geometry, rival, rows)]
    return filled[0] if len(filled) == 1 else None


def holds_numbers(geometry: Geometry, column: Column, rows: range) -> bool:
    """列里是否有数, in some rows."""
    return any(column.first <= at <= column.last and _is_number(geometry.words((row, at))) for row in rows for at in geometry.own(row))


def _is_number(text: str) -> bool:
    """The text of a number, or the empty one of a cell that holds none."""
    return not text or text[0].isdigit()


def left_out(columns: list[Column], picked: dict[str, Column]) -> tuple[Column, ...]:
    """读了别的列而没有读的列: rivals of a picked column, and those of another year or of a part of the year."""
    taken = {column.place for column in picked.values()}
    others = [column for column in columns if column.place not in taken]
    return tuple(column for column in others if (_is_value(column) and column.role in picked) or _is_of_other_time(column))


def _is_value(column: Column) -> bool:
    return column.role in _TOLD and not any(word in column.text for word in _DEGREES)


def _is_of_other_time(column: Column) -> bool:
    return column.role == "other" and is_other_time(column.text)


def note_unread_columns(geometry: Geometry, columns: tuple[Column, ...], rows: range) -> None:
    """没有读的列: note the unknown ones that hold something in some rows, and those left out that show a figure there."""
    for column in columns:
        texts = [geometry.words((row, at)) for row in rows for at in geometry.own(row) if column.first <= at <= column.last]
        if any(_is_figured(text) for text in texts) if column.role in _TOLD or column.role == "other" else texts:
            geometry.note(column.place, f"“{column.text}”这一列{_why(column)}, 没有读入")


def _is_figured(text: str) -> bool:
    """A number, whose text is empty, or words with one."""
    return not text or any(mark.isdigit() for mark in text)


def _why(column: Column) -> str:
    if column.role in _TOLD:
        return "与所读的一列同类"
    return "不是本年全年的" if column.role == "other" else "不认识"


def preferred(rivals: list[Column], words: tuple[str, ...]) -> Column | None:
    """几列中取一列: the only one that has the earliest of some words; None when no word tells them apart."""
    for word in words:
        having = [rival for rival in rivals if word in bare(rival.text)]
        if len(having) == 1:
            return having[0]
    return None


def _named_itself(geometry: Geometry, rivals: list[Column], words: tuple[str, ...]) -> Column | None:
    """Of the columns under one wide header the only one that has such a word in its own header cell too."""
    having = [rival for rival in rivals if any(word in geometry.words(rival.place) for word in words)]
    return having[0] if len(having) == 1 else None
