"""合计: total weight, total score and grade, from the total row or from the head of the form."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Value
from perfeval_xl.workbook.layout.header_words import (
    GRADES,
    OPEN_BOXES,
    head_role,
    indicator_role,
    total_label,
)
from perfeval_xl.workbook.layout.heading import Line, first_of
from perfeval_xl.workbook.layout.value import figure, part, points, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place
    from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader


_BOXES = frozenset(OPEN_BOXES)


class Totals(Record):
    """合计的值."""

    weight: Value = ABSENT
    score: Value = ABSENT
    grade: Value = ABSENT
    score_rate: Value = ABSENT


def totals(geometry: Geometry, header: IndicatorHeader | None, row: int | None, rows: Iterable[int], lines: list[Line]) -> Totals:
    """合计 of a table: its total row first; without a score there, the lines of the head and single cells like 总分:83."""
    rows = [*rows]
    if header is not None and row is None:
        row = _row_behind(geometry, header, rows)
    in_row = _row_totals(geometry, header, row) if header is not None and row is not None else Totals()
    elsewhere = first_of(lines, "total")
    if not elsewhere.exists:
        elsewhere = _single_cell(geometry, rows)
    if in_row.score.is_blank and elsewhere.exists:
        in_row = in_row._replace(score=as_points(elsewhere))
    if in_row.grade.exists:
        return in_row
    ticked = _ticked(geometry, rows)
    return in_row._replace(grade=ticked if ticked.exists else first_of(lines, "grade"))


def _ticked(geometry: Geometry, rows: list[int]) -> Value:
    boxed = [row for row in rows if not _BOXES.isdisjoint("".join([geometry.words((row, column)) for column in geometry.own(row)]))]
    if not boxed:
        return ABSENT
    from perfeval_xl.workbook.layout.ticked_grade import ticked_grade  # noqa: PLC0415 - few forms have boxes to tick

    return ticked_grade(geometry, boxed)


def _row_behind(geometry: Geometry, header: IndicatorHeader, rows: list[int]) -> int | None:
    """A total row that stands below a note or another block, with its numbers in the columns of the indicators."""
    scored = [column for role, column in header.columns.items() if role in ("weight", "score")]
    for row in rows:
        own = geometry.own(row)
        if row <= header.bottom or not own or own[0] > header.levels[-1].last or total_label(geometry.words((row, own[0]))) is None:
            continue
        if any(column.first <= at <= column.last for column in scored for at in own[1:]):
            return row
    return None


def _row_totals(geometry: Geometry, header: IndicatorHeader, row: int) -> Totals:
    label = (row, geometry.own(row)[0])
    captions = _captions(geometry, row)
    if len(captions) > 1:
        weight, score, grade = (_captioned(geometry, captions, role) for role in ("weight", "score", "grade"))
        return Totals(as_points(weight), as_points(score), grade)
    printed = total_label(geometry.words(label)) or ("", "")
    weight = _in_column(geometry, header, "weight", row, label)
    score = _in_column(geometry, header, "score", row, label)
    cell = worded(geometry, label)
    if not weight.exists and printed[0]:
        weight = part(cell, printed[0])
    if score.is_blank and (printed[1] or (not score.exists and _stands_alone(geometry, row, label))):
        score = part(cell, printed[1])
    return Totals(weight, score, _grade(geometry, row), _in_column(geometry, header, "score_rate", row, label))


def _captions(geometry: Geometry, row: int) -> dict[str, Place]:
    """Labels 总分值, 总得分, 自评等级 within the row of the total, by what they name."""
    captions: dict[str, Place] = {}
    for column in geometry.own(row)[1:]:
        text = geometry.words((row, column))
        role = "grade" if text and head_role(text) == "grade" else indicator_role(text) if text else ""
        if role in ("weight", "score", "grade"):
            captions.setdefault(role, (row, column))
    return captions


def _captioned(geometry: Geometry, captions: dict[str, Place], role: str) -> Value:
    """The value of a label: the next cell, or the one below where the next is a label too."""
    place = captions.get(role)
    if place is None:
        return ABSENT
    beside = geometry.right_of(place)
    if beside[0] == place[0] and not geometry.is_blank(beside) and beside not in captions.values():
        return worded(geometry, beside) if role == "grade" else points(geometry, beside)
    area = geometry.area(*place)
    below = geometry.anchor(area.last_row + 1, area.first_column)
    if below[0] != area.last_row + 1:
        return ABSENT
    return worded(geometry, below) if role == "grade" else points(geometry, below)


def _in_column(geometry: Geometry, header: IndicatorHeader, role: str, row: int, label: Place) -> Value:
    column, other = header.columns.get(role), header.columns.get("score" if role == "weight" else "weight")
    if column is None:
        return ABSENT
    spot = geometry.spot(row, column.first, column.last)
    if spot is None or spot.is_lower or spot.place == label:
        return ABSENT
    area = geometry.area(*spot.place)
    if spot.is_shared and (area.first_column < column.first or (other and area.first_column <= other.last and other.first <= area.last_column)):
        geometry.note(spot.place, "合计行的合并单元格跨了两列, 不知是分值还是得分, 没有读入")
        return ABSENT
    return worded(geometry, spot.place) if role == "score_rate" else points(geometry, spot.place)


def _stands_alone(geometry: Geometry, row: int, label: Place) -> bool:
    return geometry.own(row) == [label[1]] and geometry.words(label).endswith(":")


def _grade(geometry: Geometry, row: int) -> Value:
    graded = [(row, column) for column in geometry.own(row) if geometry.words((row, column)) in GRADES]
    return worded(geometry, graded[0]) if len(graded) == 1 else ABSENT


def _single_cell(geometry: Geometry, rows: Iterable[int]) -> Value:
    """A cell of the head or below the table that says 项目总得分99分."""
    for row in rows:
        for column in geometry.own(row):
            printed = total_label(geometry.words((row, column)))
            if printed is not None and printed[1]:
                return part(worded(geometry, (row, column)), printed[1])
    return ABSENT


def as_points(value: Value) -> Value:
    """A score from a line of the head, where it may be typed as 98分."""
    number = figure(value.text)
    return value if value.number is not None or number is None or number.suffix != "分" else value._replace(number=number.number)
