"""印在名称里的分值: 数量指标(15分) where the form has no column of weights."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Value
from perfeval_xl.workbook.layout.value import part, worded

if TYPE_CHECKING:
    import re

    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry, Place


def printed_weight(geometry: Geometry, levels: tuple[Column, ...], row: int) -> Value:
    """分值 of one row: printed in its own name, or in a level-2 label that covers this row alone.

    A weight printed in the label of several rows is the weight of the group, not of a row.
    """
    for level in reversed(levels[1:] or levels):
        place = geometry.anchor(row, level.first)
        if place[0] < row or geometry.area(*place).last_row > row:
            continue
        stated = stated_weight(geometry, place)
        if stated.exists:
            return stated
    return ABSENT


def stated_weight(geometry: Geometry, place: Place) -> Value:
    """The weight at the end of a label, as a part of its cell; ABSENT where it states none."""
    match = _printed().search(geometry.words(place))
    return part(worded(geometry, place), match[1] or match[2]) if match else ABSENT


@cache
def _printed() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"\((\d+(?:\.\d+)?)分\)$|[^\d.](\d+(?:\.\d+)?)分$")
