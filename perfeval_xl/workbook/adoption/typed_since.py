"""采用后填写的单元格: where a living workbook says something else than the office's file it was made from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.layout.geometry import is_filled
from perfeval_xl.workbook.layout.value import is_ours
from perfeval_xl.workbook.reading.number_format import display

if TYPE_CHECKING:
    from perfeval_xl.workbook.adoption.form_sheet import Place
    from perfeval_xl.workbook.grid import Sheet, Workbook

_MOVED = "工作表「{}」采用后增删过行、列或合并单元格, 不能逐格还原。请先把它改回采用时的行列再还原, 或者直接使用采用前的官方文件。"
_MOST_SHIFTED = 2


class Typed(Record):
    """后来填写的一格: what it holds now, None where it was emptied; ``was`` is what it held before.

    ``number_format``: that of a number, which may have come with it, such as 98% typed into a plain cell; "" for texts.
    ``is_formula``: a formula was taken away or put in.
    """

    sheet: str
    place: Place
    was: str
    cell: Cell | None
    number_format: str = ""
    is_formula: bool = False

    @property
    def address(self) -> str:
        return address(*self.place)

    @property
    def label(self) -> str:
        """Sheet and cell as people read them."""
        return f"{self.sheet} {self.address}"

    @property
    def shown(self) -> str:
        """What the cell holds now, "" for nothing."""
        if self.cell is None:
            return ""
        return f"={self.cell.formula}" if self.cell.formula else _text(self.cell)


def typed_since(former: Workbook, living: Workbook) -> list[Typed]:
    """Every cell of the office's sheets that a person changed; formulas of ours and new results of old formulas are none.

    Raises UnusableFile where cells can no longer be matched by their address.
    """
    now = {sheet.name: sheet for sheet in living.sheets}
    found: list[Typed] = []
    for sheet in former.sheets:
        if sheet.name in now:
            found += _typed(sheet, now[sheet.name])
    return found


def _typed(before: Sheet, after: Sheet) -> list[Typed]:
    changed = [spot for spot in {*before.cells, *after.cells} if _is_changed(before.cells.get(spot), after.cells.get(spot))]
    if changed and (set(before.merges) != set(after.merges) or _has_moved(before, after, changed)):
        raise UnusableFile(_MOVED.format(before.name))
    return [_entry(before, after, spot) for spot in sorted(changed)]


def _is_changed(before: Cell | None, after: Cell | None) -> bool:
    old, new = (cell if cell is not None and is_filled(cell) else None for cell in (before, after))
    if new is not None and new.formula:
        return not is_ours(new.formula) and (old is None or _bare(old.formula) != _bare(new.formula))
    if old is None or new is None:
        return old is not new
    return bool(old.formula) or type(old.value) is not type(new.value) or old.value != new.value


def _bare(formula: str) -> str:
    return "".join(formula.split())


def _has_moved(before: Sheet, after: Sheet, changed: list[Place]) -> bool:
    """Texts that stand the same number of rows or columns away: rows were put in or taken out."""
    lost = {spot: cell.value for spot in changed if (cell := before.cells.get(spot)) and type(cell.value) is str and not cell.formula}
    once = Counter(lost.values())
    places = {cell.value: spot for spot in changed if (cell := after.cells.get(spot)) and type(cell.value) is str}
    shifts = Counter(
        (places[text][0] - row, places[text][1] - column)
        for (row, column), text in lost.items()
        if once[text] == 1 and text in places and places[text] != (row, column)
    )
    return max(shifts.values(), default=0) >= _MOST_SHIFTED


def _text(cell: Cell) -> str:
    """A cell as it is displayed."""
    return display(cell.value, cell.number_format)


def _entry(before: Sheet, after: Sheet, spot: Place) -> Typed:
    old, new = before.cells.get(spot), after.cells.get(spot)
    was = "" if old is None else f"={old.formula}" if old.formula else _text(old)
    kept = new if new is not None and is_filled(new) else None
    code = kept.number_format if kept is not None and isinstance(kept.value, float) else ""
    is_formula = bool((old is not None and old.formula) or (kept is not None and kept.formula))
    return Typed(before.name, spot, was, kept, code, is_formula)
