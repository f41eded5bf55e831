"""位置: where each part of a form lies on the sheet; the only place that turns a form into addresses."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.building.form import FUNDS, GRID, INDICATORS, MANAGEMENT

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.form import Block, Box, Form

TITLE_ROW, YEAR_ROW = 1, 2


class Spot(Record):
    """A field's cell: row, first and last column, and the last row where it is merged downwards; one-based."""

    row: int
    first: int
    last: int
    end: int = 0

    @property
    def cell(self) -> str:
        return address(self.row, self.first)

    @property
    def last_row(self) -> int:
        return max(self.row, self.end)


class Placed(Record):
    """A box on the sheet. ``label``: the box printed before it in its row, None at the row's beginning."""

    box: Box
    spot: Spot
    label: Placed | None


class Placement:
    """Rows of the sheet, top to bottom, for a form filled with a given number of rows."""

    def __init__(self, form: Form, fund_count: int, indicator_count: int) -> None:
        self.form, self.fund_count, self.indicator_count = form, fund_count, indicator_count
        self._counts = {FUNDS: fund_count, INDICATORS: indicator_count}
        self._tops: list[int] = []
        row = TITLE_ROW if form.is_year_in_title else YEAR_ROW
        for block in form.blocks:
            self._tops.append(row + 1)
            row += self.height(block)
        self.last_row = row
        self._columns = {of: _columns(form.block(of)) for of in (FUNDS, MANAGEMENT, INDICATORS)}

    def height(self, block: Block) -> int:
        """Rows that a block takes, header and total row among them."""
        return len(block.header) + self.count(block) + bool(block.total)

    def count(self, block: Block) -> int:
        """Rows below the header of a block."""
        return 0 if block.of == GRID else self._counts.get(block.of, len(block.entries))

    @property
    def blocks(self) -> list[tuple[Block, int]]:
        """Each block with its first row."""
        return list(zip(self.form.blocks, self._tops, strict=True))

    def header_row(self, of: str) -> int:
        """The last header row of a block; its first entry lies below."""
        block, top = next((block, top) for block, top in self.blocks if block.of == of)
        return top + len(block.header) - 1

    @property
    def indicators_row(self) -> int:
        return self.header_row(INDICATORS)

    @property
    def total_row(self) -> int:
        """The row below the last indicator: the total's, where the form has one."""
        return self.indicators_row + 1 + self.indicator_count

    def fund(self, number: int, field: str) -> Spot:
        return self._spot(FUNDS, number, field)

    def management(self, number: int, field: str) -> Spot:
        return self._spot(MANAGEMENT, number, field)

    def indicator(self, number: int, field: str) -> Spot:
        return self._spot(INDICATORS, number, field)

    def total(self, field: str) -> Spot:
        return self._spot(INDICATORS, self.indicator_count, field)

    def _spot(self, of: str, number: int, field: str) -> Spot:
        """KeyError for a field that the block has no column for."""
        first, last, is_merged = self._columns[of][field]
        top = self.header_row(of) + 1
        return Spot(top, first, last, top + self._counts[of] - 1) if is_merged else Spot(top + number, first, last)

    def boxes(self, block: Block, top: int) -> list[Placed]:
        """The boxes of a grid or of a header, laid out like the cells of an HTML table."""
        taken: set[tuple[int, int]] = set()
        placed: list[Placed] = []
        for row, boxes in enumerate(block.header, top):
            column, label = block.offset + 1, None
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                spot = Spot(row, column, column + box.span - 1, row + box.rows - 1)
                taken.update((at, over) for at in range(row, spot.last_row + 1) for over in range(spot.first, spot.last + 1))
                placed.append(Placed(box, spot, label))
                label = placed[-1] if box.label else label
                column += box.span
        return placed

    @property
    def fields(self) -> list[Placed]:
        """Every box that is filled in, from the top."""
        grids = [(block, top) for block, top in self.blocks if block.of == GRID]
        return [placed for block, top in grids for placed in self.boxes(block, top) if placed.box.field]

    @property
    def region(self) -> str:
        return f"A1:{address(self.last_row, self.form.width)}"


def _columns(block: Block) -> dict[str, tuple[int, int, bool]]:
    """First and last sheet column of each field."""
    found: dict[str, tuple[int, int, bool]] = {}
    first = block.offset + 1
    for column in block.columns:
        found[column.field] = (first, first + column.span - 1, column.is_merged)
        first += column.span
    return found


def level_spans(names: list[tuple[str, str]], depth: int) -> list[tuple[int, int]]:
    """First and last row of each merged label of level 1 (depth 0) or 2; a blank label covers only its own row.

    >>> level_spans([("产出", "数量"), ("产出", "数量"), ("产出", "质量"), ("", "")], 1)
    [(0, 1), (2, 2), (3, 3)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for number in range(1, len(names) + 1):
        if number < len(names) and names[number][: depth + 1] == names[start][: depth + 1] and names[start][depth]:
            continue
        spans.append((start, number - 1))
        start = number
    return spans
