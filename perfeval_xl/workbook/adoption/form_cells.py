"""官方表的单元格 as formulas meet them: content and number format, also of cells that are still empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.layout.geometry import is_filled
from perfeval_xl.workbook.reading.number_format import is_date, is_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.adoption.form_sheet import FormSheet, Place
    from perfeval_xl.workbook.grid import Cell, Sheet

TEXT_FORMAT = "@"


class FormCells:
    """One sheet: what was read of it, and the part it was read from."""

    def __init__(self, sheet: Sheet, part: FormSheet, formats: Mapping[str, str]) -> None:
        self.sheet, self.part, self._formats = sheet, part, formats
        self._anchors = {
            (row, column): (area.first_row, area.first_column)
            for area in sheet.merges
            if (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1) < 10_000
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        }

    def spot(self, value: Value) -> Place | None:
        """Where a value of the table stands; None where the form has no such cell."""
        return place(value.cell) if value.exists else None

    def held(self, spot: Place) -> Cell | None:
        """The cell there, None for an empty one."""
        cell = self.sheet.cells.get(spot)
        return cell if cell is not None and is_filled(cell) else None

    def number_format(self, spot: Place) -> str:
        cell = self.sheet.cells.get(spot)
        return cell.number_format if cell else self._formats.get(str(self.part.style(spot)), "General")

    def is_percent(self, spot: Place) -> bool:
        return is_percent(self.number_format(spot))

    def is_date(self, spot: Place) -> bool:
        return is_date(self.number_format(spot))

    def header_above(self, spot: Place, word: str) -> str:
        """The nearest text above a cell that holds ``word``, through merges; "" for none."""
        for row in range(spot[0] - 1, 0, -1):
            at = (row, spot[1])
            cell = self.held(self._anchors.get(at, at))
            if cell is not None and type(cell.value) is str and word in cell.value:
                return cell.value
        return ""
