"""画布: one worksheet being drawn — merges where a spot spans cells, formats by role, heights that show every line."""

from __future__ import annotations

import math

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.building.case import Formula

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from perfeval_xl.workbook.building.case import Entry
    from perfeval_xl.workbook.building.form import Form
    from perfeval_xl.workbook.building.placement import Spot

_POINTS_PER_LINE, _PADDING = 14.0, 6.0
_LOWEST, _HIGHEST = 21.0, 400.0     # Excel draws no row above 409 points


class Canvas:
    """One worksheet; ``heights`` remembers the height of each row in points."""

    def __init__(self, sheet: Any, formats: dict[str, Any], form: Form) -> None:
        self.sheet, self.formats, self.form = sheet, formats, form
        self.heights: dict[int, float] = {}

    def put(self, spot: Spot, content: Entry, role: str) -> None:
        """Text, number, formula or blank; text is always a string, never a formula."""
        row, first = spot.row - 1, spot.first - 1
        style = self.formats[(isinstance(content, Formula) and content.role) or role]
        if (spot.row, spot.first) != (spot.last_row, spot.last):
            self.sheet.merge_range(row, first, spot.last_row - 1, spot.last - 1, "", style)
        if isinstance(content, Formula):
            self.sheet.write_formula(row, first, "=" + content.text, style, content.cache)
        elif content is None or content == "":
            self.sheet.write_blank(row, first, None, style)
        elif isinstance(content, str):
            self.sheet.write_string(row, first, content, style)
        else:
            self.sheet.write_number(row, first, content, style)

    def height(self, row: int, points: float) -> None:
        self.heights[row] = min(points, _HIGHEST)
        self.sheet.set_row(row - 1, self.heights[row])

    def fit(self, row: int, contents: Iterable[tuple[Entry, Spot]], least: int = 1) -> None:
        """A height for wrapped text, because Excel does not fit merged cells; at least ``least`` lines."""
        lines = max([least, *(self._lines(str(content), spot) for content, spot in contents if isinstance(content, str))])
        self.height(row, max(_LOWEST, lines * _POINTS_PER_LINE + _PADDING))

    def _lines(self, text: str, spot: Spot) -> int:
        width = sum(self.form.widths[spot.first - 1 : spot.last]) - 1
        return sum(max(1, math.ceil(_columns_of(part) / width)) for part in text.split("\n"))


def _columns_of(text: str) -> float:
    """Columns a text takes: a Chinese character counts two."""
    return sum(2.0 if ord(character) > 0x2E7F else 1.05 for character in text)
