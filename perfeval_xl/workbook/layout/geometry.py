"""版面: which cell shows what, merged areas counted as one cell; and the notes of what could not be read."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import Record
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Area, Cell, Sheet
from perfeval_xl.workbook.layout.header_words import bare

_new = tuple.__new__    # spots are many, and their own constructor is Python code
Place = tuple[int, int]
Filled = dict[int, list[int]]       # columns by row
_MOST_COVERED = 400_000     # places inside merged areas; a form has a few thousand
_LARGEST_FORM = 4_000       # places of a sheet whose areas are kept
_LONGEST_TEXT = 2000        # a cell with more holds no word of a form


class Spot(Record):
    """格: the one cell that shows the value of a row in a column.

    ``is_lower``: it is the lower part of an area merged downwards. ``is_shared``: the area reaches out of the column.
    """

    place: Place
    is_lower: bool
    is_shared: bool


class Geometry:
    """版面 of one sheet: own cells row by row, and the area each place belongs to."""

    def __init__(self, sheet: Sheet, filled: Filled | None = None, *, date1904: bool = False) -> None:
        self.sheet = sheet
        self.cells = sheet.cells
        self.date1904 = date1904
        self._notes: dict[Unread, None] = {}
        self._words: dict[Place, str] = {}
        self.covering = _covering(sheet)        # merged areas by each place they cover
        self._own = _own(filled_columns(sheet) if filled is None else filled, self.covering)
        self.rows = list(self._own)
        self.last_column = max((columns[-1] for columns in self._own.values()), default=1)

    def own(self, row: int) -> list[int]:
        """Columns of the filled cells that begin in this row, left to right."""
        return self._own.get(row, [])

    def rows_between(self, first: int, last: int) -> list[int]:
        """The rows of first…last in which a filled cell begins."""
        return [row for row in self.rows if first <= row <= last]

    def area(self, row: int, column: int) -> Area:
        """The merged area that covers a place, or the place alone."""
        return self.covering.get((row, column)) or Area(row, column, row, column)

    def end_row(self, place: Place) -> int:
        """The last row of the area that covers a place, or of the place alone."""
        area = self.covering.get(place)
        return area.last_row if area else place[0]

    def end_column(self, place: Place) -> int:
        """The last column of the area that covers a place, or of the place alone."""
        area = self.covering.get(place)
        return area.last_column if area else place[1]

    def anchor(self, row: int, column: int) -> Place:
        """The cell that shows what a place shows."""
        area = self.covering.get((row, column))
        return area[:2] if area else (row, column)

    def cell(self, place: Place) -> Cell | None:
        return self.cells.get(place)

    def words(self, place: Place) -> str:
        """The text of the cell at a place, written bare; "" for numbers and blanks."""
        known = self._words.get(place)
        if known is None:
            cell = self.cells.get(place)
            value = None if cell is None else cell.value
            known = self._words[place] = bare(value) if type(value) is str and len(value) < _LONGEST_TEXT else ""
        return known

    def shown(self, row: int, column: int) -> str:
        """The text that a place shows, through merges."""
        return self.words(self.anchor(row, column))

    def is_blank(self, place: Place) -> bool:
        cell = self.cells.get(place)
        return cell is None or not is_filled(cell)

    def spot(self, row: int, first: int, last: int) -> Spot | None:
        """The cell of a row in the columns first…last; None when two cells there are filled."""
        reach = min(last, self.last_column)
        if first >= reach:
            place = self.anchor(row, first)
        else:
            places = dict.fromkeys([self.anchor(row, column) for column in range(first, reach + 1)])
            filled = [place for place in places if not self.is_blank(place)] if len(places) > 1 else [*places]
            if len(filled) > 1:
                return None
            place = (filled or [*places])[0]
        area = self.covering.get(place)
        if area is None:
            return _new(Spot, (place, False, place[1] < first or place[1] > last))
        _, left, _, right = area
        return _new(Spot, (place, place[0] < row, left < first or right > last))

    def right_of(self, place: Place) -> Place:
        """The next cell to the right of a cell or of the area it begins."""
        return self.anchor(place[0], self.end_column(place) + 1)

    def note(self, place: Place, reason: str) -> None:
        """Keep what could not be read, once."""
        self._notes[Unread(self.sheet.name, address(*place), reason)] = None

    @property
    def has_notes(self) -> bool:
        """Whether anything could not be read since the notes were last taken."""
        return bool(self._notes)

    def take_notes(self) -> list[Unread]:
        """What could not be read since this was last asked, in the order it was met."""
        notes = list(self._notes)
        self._notes.clear()
        return notes

    def extent(self, first_row: int, last_row: int) -> Area:
        """The range that the filled cells and merged areas of some rows take up."""
        own = [self._own[row] for row in range(first_row, last_row + 1) if row in self._own] or [[1]]
        left, right, bottom = min(columns[0] for columns in own), max(columns[-1] for columns in own), last_row
        for top, first, end, last in self.sheet.merges:
            if first_row <= top <= last_row:
                left, right = min(left, first), max(right, last)
                bottom = end if end > bottom and (top, first) in self.sheet.cells else bottom
        return Area(first_row, left, bottom, right)


def filled_columns(sheet: Sheet) -> Filled:
    """有内容的格: their columns by row, both in order."""
    filled: Filled = {}
    for (row, column), cell in sheet.cells.items():
        if is_filled(cell):
            filled.setdefault(row, []).append(column)
    for columns in filled.values():
        columns.sort()
    return dict(sorted(filled.items()))


def _own(filled: Filled, covering: dict[Place, Area]) -> Filled:
    """The filled cells that no merged area hides."""
    if not covering:
        return filled
    own: Filled = {}
    for row, columns in filled.items():
        seen = [column for column in columns if (area := covering.get((row, column))) is None or (row, column) == area[:2]]
        if seen:
            own[row] = seen
    return own


def is_filled(cell: Cell) -> bool:
    """是否有内容: a value other than spaces, or a formula."""
    value = cell.value
    if type(value) is str and value and not value.isspace():
        return True
    return bool(cell.formula) or (value is not None and type(value) is not str)


def _covering(sheet: Sheet) -> dict[Place, Area]:
    """Places of merged areas, cut to the rows and columns in use; the first area wins where areas overlap."""
    if not sheet.merges or not sheet.cells:
        return {}
    last_row, last_column = map(max, zip(*sheet.cells, strict=True))
    covered = _covered_of_form if last_row * last_column <= _LARGEST_FORM else _covered
    return covered(sheet.merges, last_row, last_column)


def _covered(merges: tuple[Area, ...], last_row: int, last_column: int) -> dict[Place, Area]:
    covering: dict[Place, Area] = {}
    for area in merges:
        top, left, bottom, right = area
        rows = range(top, min(bottom, last_row) + 1)
        columns = range(left, min(right, last_column + 1) + 1)
        if len(covering) + len(rows) * len(columns) > _MOST_COVERED:
            continue
        for row in rows:
            for column in columns:
                covering.setdefault((row, column), area)
    return covering


@lru_cache(32)
def _covered_of_form(merges: tuple[Area, ...], last_row: int, last_column: int) -> dict[Place, Area]:
    """The same, kept: most files of a folder are the same few forms."""
    return _covered(merges, last_row, last_column)
