"""指标块: the rows of the indicators, up to the total row."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, BLANK, TEXT, Indicator, Subtotal, Value
from perfeval_xl.workbook.layout.columns import note_unread_columns
from perfeval_xl.workbook.layout.header_words import (
    DEPTHS,
    INDICATOR_TITLES,
    TRAILERS,
    bare,
    header_key,
    is_filler,
    total_label,
)
from perfeval_xl.workbook.layout.printed_weight import printed_weight
from perfeval_xl.workbook.layout.target_parts import joined_target
from perfeval_xl.workbook.layout.value import figure, points, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Cell
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.execution_row import ExecutionRow
    from perfeval_xl.workbook.layout.geometry import Geometry, Place
    from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader

_DATA_ROLES = ("target", "actual", "weight", "score", "reason")
_POINT_ROLES = ("weight", "score")
_BEYOND = 1 << 31      # right of every column


class IndicatorRows(Record):
    """指标各行, the row of the total (None without one) and the last row read."""

    indicators: list[Indicator]
    total_row: int | None
    last_row: int
    execution: ExecutionRow | None = None
    subtotals: tuple[Subtotal, ...] = ()


class _Edges(Record):
    """The last column of the first level and of all levels, and the first of the data right of them."""

    label: int
    levels: int
    data: int


def indicator_rows(geometry: Geometry, header: IndicatorHeader, limit: int) -> IndicatorRows:
    """指标各行 below a header, to the total row, to what follows the block, or to ``limit``."""
    indicators: list[Indicator] = []
    subtotals: list[Subtotal] = []
    total_row, execution, is_closed = None, None, False
    section = _section_above(geometry, header)
    last = header.bottom
    edges = _edges(header)
    for row in geometry.rows_between(header.bottom + 1, limit):
        first = geometry.own(row)[0]
        text = geometry.words((row, first))
        if first <= edges.levels and total_label(text) is not None:
            total_row, is_closed = row, bool(indicators)
        elif first <= edges.label and text.startswith(TRAILERS):
            break       # a note, a signature, the label of another block
        elif is_closed:
            _note_below_total(geometry, header, row)
            continue
        elif "level1" not in header.columns and _is_section(geometry, row):
            section = worded(geometry, (row, first))
        elif _may_be_subtotal(geometry, row, edges.levels) and (found_sum := _subtotal(geometry, header, row, indicators)):
            subtotals += found_sum
        elif not _is_no_indicator(geometry, header, row, edges):
            found = _indicator(geometry, header, row)
            indicators += found if section is None else [indicator._replace(level1=section) for indicator in found]
        elif "score" in header.columns:
            execution = execution or _execution(geometry, header, row)
        last = row
    note_unread_columns(geometry, header.unknown, range(header.bottom + 1, last + (total_row is None)))
    return IndicatorRows(indicators, total_row, last, execution, tuple(subtotals))


def _may_be_subtotal(geometry: Geometry, row: int, last: int) -> bool:
    for column in geometry.own(row):
        if column > last:
            return False
        text = geometry.words((row, column))
        if "计" in text and ("小计" in text or "合计" in text):
            return True
    return False


def _subtotal(geometry: Geometry, header: IndicatorHeader, row: int, indicators: list[Indicator]) -> list[Subtotal]:
    from perfeval_xl.workbook.layout.subtotal_rows import subtotal, subtotal_label  # noqa: PLC0415 - few forms have one

    label = subtotal_label(geometry, header, row, indicators)
    return [subtotal(geometry, header, label, indicators)] if label and indicators else []


def _edges(header: IndicatorHeader) -> _Edges:
    deepest = header.levels[-1].last
    data = [column.first for role, column in header.columns.items() if role in _DATA_ROLES and column.first > deepest]
    return _Edges(header.levels[0].last, deepest, min(data, default=_BEYOND))


def _is_no_indicator(geometry: Geometry, header: IndicatorHeader, row: int, edges: _Edges) -> bool:
    """A subtotal, a line of text across the columns, or the row of column numbers under a header."""
    own = geometry.own(row)
    if header_key(geometry.words((row, own[0]))) == "小计":
        return True
    _, levels, data = edges
    for column in own:
        if column > levels:
            break
        if geometry.end_column((row, column)) >= data:
            return True
    return row == header.bottom + 1 and _are_column_numbers([geometry.cell((row, column)) for column in own])


def _execution(geometry: Geometry, header: IndicatorHeader, row: int) -> ExecutionRow | None:
    if "执行率" not in geometry.words((row, geometry.own(row)[0])):
        return None
    from perfeval_xl.workbook.layout.execution_row import execution_row  # noqa: PLC0415 - few forms have one

    return execution_row(geometry, header, row)


def _section_above(geometry: Geometry, header: IndicatorHeader) -> Value | None:
    """The class that the line right above a header names, on a form with a header for every class."""
    above = geometry.own(header.top - 1)
    if "level1" in header.columns or len(above) != 1 or not _is_section(geometry, header.top - 1):
        return None
    return worded(geometry, (header.top - 1, above[0]))


def _is_section(geometry: Geometry, row: int) -> bool:
    """一、产出指标 above the rows of a class, on a form without a column of the first level."""
    from perfeval_xl.workbook.layout.sections import section_title  # noqa: PLC0415 - few forms have them

    return section_title(geometry.words((row, geometry.own(row)[0]))) != ""


def _are_column_numbers(cells: list[Cell | None]) -> bool:
    """1 2 3 4 …, ① ② ③ ④ …, or A B C D …, one under each header."""
    shown = [f"{cell.value:g}" if isinstance(cell.value, float) else bare(str(cell.value)).strip("()") for cell in cells if cell]
    if len(shown) < 4:
        return False
    first = shown[0]
    if first.isdecimal() and len(first) < 3:
        return shown == [str(int(first) + step) for step in range(len(shown))]
    return shown == [chr(ord("A") + step) for step in range(len(shown))]


def _note_below_total(geometry: Geometry, header: IndicatorHeader, row: int) -> None:
    scored = [header.columns[role] for role in _POINT_ROLES if role in header.columns]
    name = header.levels[-1]
    named = any(name.first <= column <= name.last for column in geometry.own(row))
    if named and any(worded(geometry, geometry.anchor(row, column.first)).number is not None for column in scored):
        geometry.note((row, geometry.own(row)[0]), "合计行下面还有像指标的一行, 没有读入")


def _indicator(geometry: Geometry, header: IndicatorHeader, row: int) -> list[Indicator]:
    fields = _fields(geometry, header, row)
    if "group" in fields:
        fields = _with_group(geometry, row, fields)
    if not _is_row(fields, header):
        return []
    field = fields.get
    target = field("target", ABSENT)
    if "adjusted" in fields and any(map(str.isalnum, fields["adjusted"].text)):
        target = fields["adjusted"]
    if "sign" in fields or "unit" in fields:
        target = joined_target(target, field("sign", ABSENT), field("unit", ABSENT))
    weight = fields["weight"] if "weight" in fields else printed_weight(geometry, header.levels, row)
    return [
        Indicator(
            field("level1", ABSENT),
            field("level2", ABSENT),
            field("level3", ABSENT),
            target,
            field("actual", ABSENT),
            weight,
            field("score", ABSENT),
            field("reason", ABSENT),
            field("evidence", ABSENT),
            field("sign", ABSENT),
            field("unit", ABSENT),
            field("polarity", ABSENT),
            field("group", ABSENT),
            field("score_rate", ABSENT),
            "",
        )
    ]


def _with_group(geometry: Geometry, row: int, fields: dict[str, Value]) -> dict[str, Value]:
    from perfeval_xl.workbook.layout.fourth_level import with_group  # noqa: PLC0415 - few forms have four levels

    return with_group(geometry, row, fields)


def _fields(geometry: Geometry, header: IndicatorHeader, row: int) -> dict[str, Value]:
    """Every field of a row by the role of its column."""
    fields: dict[str, Value] = {}
    for role, column in header.columns.items():
        _, _, first, last, _ = column
        if first < last or (row, first) in geometry.covering:
            fields[role] = _merged_field(geometry, header, column, row)
        else:
            fields[role] = points(geometry, (row, first)) if role in _POINT_ROLES else worded(geometry, (row, first))
    return fields


def _is_row(fields: dict[str, Value], header: IndicatorHeader) -> bool:
    """Whether a row names an indicator or holds anything about one; fillers like 指标2： are neither."""
    deepest = header.levels[-1].role
    if deepest == "level3" and not is_filler(fields[deepest].text):
        return True
    is_named = any(fields[level.role].text for level in header.levels)
    held = [fields[role] for role in _DATA_ROLES if role in fields and (is_named or role not in _POINT_ROLES or fields[role].number is not None)]
    return any(value.state not in (BLANK, TEXT) or not is_filler(value.text) for value in held)


def _merged_field(geometry: Geometry, header: IndicatorHeader, column: Column, row: int) -> Value:
    """A field of several cells: words of an area merged downwards hold for each of its rows, points only for the first."""
    role, _, first, last, _ = column
    spot = geometry.spot(row, first, last)
    if spot is None:
        return _one_of_two(geometry, column, row)
    if spot.is_shared and not _is_own(geometry, header, role, spot.place):
        return ABSENT
    if role in _POINT_ROLES:
        return ABSENT if spot.is_lower else points(geometry, spot.place)
    return worded(geometry, spot.place)


def _one_of_two(geometry: Geometry, column: Column, row: int) -> Value:
    """Two filled cells under one header: a number before a name counts as numbering; anything else is not read."""
    places = [(row, at) for at in geometry.own(row) if column.first <= at <= column.last]
    named = [place for place in places if figure(geometry.words(place) or "0") is None and not is_filler(geometry.words(place))]
    if column.role in DEPTHS and len(named) == 1:
        return worded(geometry, named[0])
    geometry.note((row, column.first), f"“{INDICATOR_TITLES[column.role]}”下有两格都有内容, 没有读入")
    return ABSENT


def _is_own(geometry: Geometry, header: IndicatorHeader, role: str, place: Place) -> bool:
    """Whether an area that reaches out of a column belongs to it: a label over several levels is the upper one's."""
    area = geometry.area(*place)
    reached = [
        name
        for name, other in header.columns.items()
        if name != role and area.first_column <= other.last and area.last_column >= other.first
    ]
    if role in DEPTHS and all(name in DEPTHS for name in reached):
        return all(DEPTHS.index(name) > DEPTHS.index(role) for name in reached)
    if reached and not geometry.is_blank(place):
        geometry.note(place, "合并单元格跨了两列, 不知属于哪一列, 没有读入")
    return not reached
