"""四级指标: a column of names right of 三级指标, which are then groups of indicators."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, TEXT, Value
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.layout.header_words import is_filler, total_label
from perfeval_xl.workbook.layout.value import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_ROWS_LOOKED_AT = 40
_DASHES = "-—–/／ 无"
_NAMES = ("具体指标", "明细指标", "细化指标", "末级指标", "指标名称")


def holds_names(geometry: Geometry, bottom: int, column: Column) -> bool:
    """Whether some row below the header names something in the column."""
    return any(True for _ in _names(geometry, bottom, column))


def is_divided(geometry: Geometry, bottom: int, third: Column, names: Column) -> bool:
    """Whether names under 具体指标 or 指标名称 tell apart the rows that one 三级指标 is merged over."""
    if not any(word in names.text for word in _NAMES):
        return False
    groups = [geometry.anchor(at[0], third.first) for at in _names(geometry, bottom, names)]
    return len(set(groups)) < len(groups) and all(geometry.words(group) for group in groups)


def _names(geometry: Geometry, bottom: int, column: Column) -> Iterator[Place]:
    for row in geometry.rows_between(bottom + 1, bottom + _ROWS_LOOKED_AT):
        own = geometry.own(row)
        if total_label(geometry.words((row, own[0]))) is not None:
            return
        for at in own:
            text = geometry.words((row, at)) if column.first <= at <= column.last else ""
            if text and not is_filler(text) and figure(text) is None:
                yield row, at


def with_group(geometry: Geometry, row: int, fields: dict[str, Value]) -> dict[str, Value]:
    """The names of a row with four levels: 三级指标 joined to the second, or itself the name where it has no 四级指标.

    A blank fourth level beside a third one that is merged over several rows stays blank: which of them it names is not known.
    """
    group, name, second = fields["group"], fields.get("level3", ABSENT), fields.get("level2", ABSENT)
    if is_filler(group.text):
        return fields
    own = place(group.cell) or (row, 1)
    if not name.text.strip(_DASHES) and own[0] == geometry.end_row(own):
        return {**fields, "group": ABSENT, "level3": group}
    if is_filler(second.text):
        return {**fields, "level2": group}
    if second.text == group.text:
        return fields
    return {**fields, "level2": second._replace(text=f"{second.text}/{group.text}", number=None, ulp=0.0, state=TEXT)}
