"""并排的表: a sheet cut into parts at an empty column, where two tables stand side by side."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.layout.geometry import is_filled
from perfeval_xl.workbook.layout.header_words import LEVELS, indicator_role

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Area, Sheet
    from perfeval_xl.workbook.layout.geometry import Filled

_MOST_PARTS = 8
_LAST_COLUMN = 16_384


def parts(sheet: Sheet, filled: Filled, header_rows: list[int]) -> list[Sheet]:
    """工作表分成左右几部分, each with one set of level headers; the sheet itself where no empty column parts them."""
    headers = {row: found for row in header_rows if (found := _levels(sheet, row, filled[row]))}
    gaps = next((gaps for found in headers.values() if (gaps := _gaps(found))), [])
    top = min(headers, default=1)
    cuts = [cut for first, second in gaps[:_MOST_PARTS] if (cut := _cut(sheet, top, first, second))]
    if not cuts:
        return [sheet]
    starts, ends = [1, *(cut + 1 for cut in cuts)], [*(cut - 1 for cut in cuts), _LAST_COLUMN]
    over_all = {(area.first_row, area.first_column) for area in sheet.merges if _is_over(area, top, cuts)}
    return [_between(sheet, first, last, over_all) for first, last in zip(starts, ends, strict=True)]


def _is_over(area: Area, top: int, cuts: list[int]) -> bool:
    """A line above the headers that reaches over several parts: a title, the year, the money unit of them all."""
    return area.last_row < top and any(area.first_column <= cut <= area.last_column for cut in cuts)


def _levels(sheet: Sheet, row: int, columns: list[int]) -> list[tuple[int, str]]:
    """The level headers of a row and their columns."""
    values = [(column, sheet.cells[row, column].value) for column in columns]
    return [(column, role) for column, value in values if type(value) is str and (role := indicator_role(value)) in LEVELS]


def _gaps(levels: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """The columns between one set of level headers and the next, which begins with the same level."""
    begins = [column for column, role in levels if role == levels[0][1]]
    return [(max(column for column, _ in levels if column < begin), begin) for begin in begins[1:]]


def _cut(sheet: Sheet, top: int, first: int, second: int) -> int | None:
    """An empty column between two columns, the last one."""
    used = {column for (_, column), cell in sheet.cells.items() if first < column < second and is_filled(cell)}
    return next((at for at in range(second - 1, first, -1) if at not in used and not _is_merged(sheet, top, at)), None)


def _is_merged(sheet: Sheet, top: int, column: int) -> bool:
    return any(area.first_column <= column <= area.last_column and area.last_row >= top for area in sheet.merges)


def _between(sheet: Sheet, first: int, last: int, over_all: set[tuple[int, int]]) -> Sheet:
    return sheet._replace(
        cells={place: cell for place, cell in sheet.cells.items() if first <= place[1] <= last or place in over_all},
        merges=tuple(
            area
            for area in sheet.merges
            if (first <= area.first_column and area.last_column <= last) or (area.first_row, area.first_column) in over_all
        ),
    )
