"""合并单元格: what a merge covers is seen by nobody in Excel and must not be taken for filled in."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Area, UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.grid import Cell

    Place = tuple[int, int]

LAST_READ_ROW, LAST_READ_COLUMN = 20_000, 256
_MOST_HIDDEN = 4_000


def uncover(sheet: str, cells: dict[Place, Cell], merges: Sequence[Area]) -> list[Unread]:
    """拿掉被合并盖住的单元格: deletes them from ``cells`` and names them.

    Areas that overlap beyond all measure mean a damaged file, for Excel never writes an overlap.
    """
    hidden = _hidden(tuple(merges))
    if hidden is not None and hidden.isdisjoint(cells):
        return []
    room = LAST_READ_ROW * LAST_READ_COLUMN
    covered: list[Place] = []
    for merged in merges:
        room -= max(0, min(merged.last_row, LAST_READ_ROW) - merged.first_row + 1) * (
            max(0, min(merged.last_column, LAST_READ_COLUMN) - merged.first_column + 1)
        )
        if room < 0:
            raise UnusableFile(DAMAGED)
        covered += _taken(cells, merged)
    if not covered:
        return []
    places = "、".join(address(*place) for place in covered[:5]) + ("等" if len(covered) > 5 else "")
    reason = f"被合并单元格盖住的内容没有读取（{places}，共 {len(covered)} 个），在 Excel 里也看不到。"
    return [Unread(sheet, address(*covered[0]), reason)]


@lru_cache(maxsize=256)
def _hidden(merges: tuple[Area, ...]) -> frozenset[Place] | None:
    """Every place under the merges of a form; None where they are too large to be counted out."""
    if sum((area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1) for area in merges) > _MOST_HIDDEN:
        return None
    return frozenset(
        (row, column)
        for area in merges
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
        if (row, column) != area[:2]
    )  # fmt: skip


def places_in(area: Area, cells: dict[Place, Cell]) -> list[Place]:
    """区域内有内容的单元格, found the cheaper way round.

    >>> places_in(Area(1, 1, 2, 2), {(1, 1): "一", (2, 2): "四", (3, 3): "外"})
    [(1, 1), (2, 2)]
    """
    height, width = area.last_row - area.first_row + 1, area.last_column - area.first_column + 1
    if height * width > len(cells):
        return [
            (row, column) for row, column in cells
            if area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
        ]
    return [
        (row, column)
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
        if (row, column) in cells
    ]


def _taken(cells: dict[Place, Cell], merged: Area) -> list[Place]:
    corner = (merged.first_row, merged.first_column)
    covered = [place for place in places_in(merged, cells) if place != corner]
    for place in covered:
        del cells[place]
    return covered
