"""备注列: whether the remarks of a form without a column of reasons are the reasons of lost points."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.layout.header_words import is_filler, total_label
from perfeval_xl.workbook.layout.value import points

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry

_ROWS_LOOKED_AT = 60


def holds_reasons(geometry: Geometry, bottom: int, columns: list[Column], remarks: Column) -> bool:
    """Whether remarks stand only beside scores below the full marks; notes remarks that stand elsewhere too."""
    by_role = {column.role: column for column in columns if column.role in ("weight", "score")}
    remarked = [row for row in _rows(geometry, bottom) if not is_filler(geometry.words((row, remarks.first)))]
    if not remarked:
        return False
    if all(_lost(geometry, row, by_role) for row in remarked):
        return True
    geometry.note(remarks.place, "“备注”这一列不知是不是未完成原因, 没有读入")
    return False


def _rows(geometry: Geometry, bottom: int) -> list[int]:
    """The rows of the indicators, up to the total."""
    rows = [row for row in range(bottom + 1, bottom + _ROWS_LOOKED_AT) if geometry.own(row)]
    total = next((row for row in rows if total_label(geometry.words((row, geometry.own(row)[0]))) is not None), bottom + _ROWS_LOOKED_AT)
    return [row for row in rows if row < total]


def _lost(geometry: Geometry, row: int, by_role: dict[str, Column]) -> bool:
    """A score below the full marks of its row."""
    if len(by_role) < len(("weight", "score")):
        return False
    weight, score = (points(geometry, geometry.anchor(row, by_role[role].first)).number for role in ("weight", "score"))
    return weight is not None and score is not None and score < weight
