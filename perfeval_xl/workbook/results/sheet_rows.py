"""工作表部件的行: single cells written anew or put in their place; every other byte stays."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import natural
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.splice import Element, Tree, appended

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from perfeval_xl.workbook.opc.splice import Edit

    Place = tuple[int, int]
    Entry = TypeVar("Entry")
    Writer = Callable[[Place, Element | None, Entry], bytes]     # the cell's markup, given the cell that stands there


class SheetRows:
    """The rows of one worksheet part, read three levels deep."""

    def __init__(self, tree: Tree) -> None:
        box = tree.root.find("sheetData")
        if box is None:
            raise UnusableFile(DAMAGED)
        self.tree, self._box = tree, box
        self.by_number: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        number = 0
        for row in box.children:
            number = natural(row.attributes["r"]) if "r" in row.attributes else number + 1
            self.by_number[number] = row

    def cell(self, spot: Place) -> Element | None:
        """The cell at a place, None where none is written down."""
        return self._cells_of(spot[0]).get(spot[1])

    def edits(self, entries: Mapping[Place, Entry], write: Writer[Entry]) -> list[Edit]:
        """The edits that give these cells the markup ``write`` returns, in the order of rows and columns."""
        by_row: dict[int, dict[int, Entry]] = {}
        for (number, column), entry in sorted(entries.items(), key=lambda pair: pair[0]):
            by_row.setdefault(number, {})[column] = entry
        edits: list[Edit] = []
        fresh = b""
        for number, cells in by_row.items():
            row = self.by_number.get(number)
            if row is not None:
                edits += self._row_edits(number, row, cells, write)
                continue
            later = min((other for other in self.by_number if other > number), default=None)
            whole = self._new_row(number, cells, write)
            if later is None:
                fresh += whole
            else:
                start = self.by_number[later].start
                edits.append((start, start, whole))
        return edits + (appended(self.tree, self._box, fresh) if fresh else [])

    def _cells_of(self, number: int) -> dict[int, Element]:
        """The cells of a row by column, taken apart once; none where the row is not written down."""
        found = self._cells.get(number)
        if found is None:
            row = self.by_number.get(number)
            found = self._cells[number] = _cells(row) if row else {}
        return found

    def _row_edits(self, number: int, row: Element, entries: Mapping[int, Entry], write: Writer[Entry]) -> list[Edit]:
        cells = self._cells_of(number)
        edits: list[Edit] = []
        fresh = b""
        for column, entry in entries.items():
            cell = cells.get(column)
            written = write((number, column), cell, entry)
            later = min((other for other in cells if other > column), default=None)
            if cell is not None:
                edits.append((cell.start, cell.end, written))
            elif later is None:
                fresh += written
            else:
                edits.append((cells[later].start, cells[later].start, written))
        return edits + (appended(self.tree, row, fresh) if fresh else [])

    def _new_row(self, number: int, entries: Mapping[int, Entry], write: Writer[Entry]) -> bytes:
        prefix = self.tree.prefix
        cells = b"".join(write((number, column), None, entry) for column, entry in entries.items())
        return f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode()


_spot = lru_cache(maxsize=4096)(place)      # the forms of one workbook have the same cells


def _cells(row: Element) -> dict[int, Element]:
    cells: dict[int, Element] = {}
    column = 0
    for cell in row.children:
        spot = _spot(cell.attributes["r"]) if "r" in cell.attributes else (0, column + 1)
        if spot is None:
            raise UnusableFile(DAMAGED)
        column = spot[1]
        cells[column] = cell
    return cells
