"""并排的表: a sheet cut into parts at an empty column, where two tables stand side by side."""

from __future__ import annotations

from collections import Counter

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.geometry import is_filled
from perfeval_xl.workbook.header_words import LEVELS, indicator_role

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Sheet

_MOST_PARTS = 8


def parts(sheet: Sheet, header_rows: list[int]) -> list[Sheet]:
    """工作表分成左右几部分, each with one set of level headers; the sheet itself where no empty column parts them."""
    found: list[Sheet] = []
    rest = sheet
    while len(found) < _MOST_PARTS:
        cut = next((column for row in header_rows if (column := _cut(rest, row))), None)
        if cut is None:
            break
        found.append(_between(rest, 1, cut - 1))
        rest = _between(rest, cut + 1, 1 << 20)
    return [*found, rest]


def _cut(sheet: Sheet, row: int) -> int | None:
    """An empty column between the first and the second header of one level."""
    levels = sorted(
        (column, indicator_role(cell.value)) for (at, column), cell in sheet.cells.items() if at == row and type(cell.value) is str
    )
    counts = Counter(role for _, role in levels if role in LEVELS)
    twice = [role for role, count in counts.items() if count > 1]
    if not twice:
        return None
    first, second = [column for column, role in levels if role == twice[0]][:2]
    used = {column for (_, column), cell in sheet.cells.items() if first < column < second and is_filled(cell)}
    free = [column for column in range(second - 1, first, -1) if column not in used and not _is_merged(sheet, column)]
    return free[0] if free else None


def _is_merged(sheet: Sheet, column: int) -> bool:
    return any(area.first_column <= column <= area.last_column for area in sheet.merges)


def _between(sheet: Sheet, first: int, last: int) -> Sheet:
    return sheet._replace(
        cells={place: cell for place, cell in sheet.cells.items() if first <= place[1] <= last},
        merges=tuple(area for area in sheet.merges if first <= area.first_column and area.last_column <= last),
    )
