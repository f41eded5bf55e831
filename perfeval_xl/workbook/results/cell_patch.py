"""改写单元格: values put into single cells of someone else's workbook, formulas never overwritten.

A cell that holds a formula keeps it: the value given becomes what the cell shows until it is recalculated.
Everything outside those cells stays byte for byte.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import natural
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.opc.splice import Element, Tree, appended, escaped, spliced
from perfeval_xl.workbook.results.new_sheet import cell_content, cell_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.workbook.opc.splice import Edit

    Content = str | float | bool | None
    Values = Mapping[tuple[int, int], Content]


def set_cells(path_in: str, path_out: str, values: Mapping[str, Values]) -> None:
    """写入单元格的值: ``values`` by sheet name, then by (row, column), one-based; None empties a cell.

    Texts are never formulas. A new value of a cell without formula makes Excel recalculate when it opens
    the file. Raises UnusableFile when a file cannot be read or written or a sheet is not there.
    """
    edit = PackageEdit(path_in, path_out)
    workbook = Tree(edit.read(edit.workbook), depth=2)
    box = workbook.root.find("sheets")
    entries = {entry.attributes.get("name"): entry for entry in box.children} if box else {}
    has_new_input = False
    for sheet, cells in values.items():
        part = _part(edit, entries.get(sheet), sheet)
        rows = _Rows(Tree(edit.read(part), depth=3))
        edit.write(part, spliced(rows.tree.data, rows.edits(cells)))
        has_new_input = has_new_input or rows.has_new_input
    if has_new_input:
        edit.write(edit.workbook, spliced(workbook.data, _recalculating(workbook)))
    edit.save()


def _part(edit: PackageEdit, entry: Element | None, sheet: str) -> str:
    own = next((value for name, value in entry.attributes.items() if name.endswith(":id")), "") if entry else ""
    link = edit.links.get(own)
    if link is None or link.kind != "worksheet" or not edit.has(link.target):
        raise UnusableFile(f"文件里没有名为“{sheet}”的工作表，不能写入。")
    return link.target


class _Rows:
    """The rows of one worksheet part, and the edits that give some of their cells new values."""

    def __init__(self, tree: Tree) -> None:
        box = tree.root.find("sheetData")
        if box is None:
            raise UnusableFile(DAMAGED)
        self.tree, self._box = tree, box
        self.has_new_input = False
        self._rows: dict[int, Element] = {}
        number = 0
        for row in box.children:
            number = natural(row.attributes["r"]) if "r" in row.attributes else number + 1
            self._rows[number] = row

    def edits(self, values: Values) -> list[Edit]:
        by_row: dict[int, dict[int, Content]] = {}
        for (number, column), value in sorted(values.items()):
            by_row.setdefault(number, {})[column] = value
        edits: list[Edit] = []
        fresh = b""
        for number, cells in by_row.items():
            row = self._rows.get(number)
            if row is not None:
                edits += self._row_edits(number, row, cells)
                continue
            later = min((other for other in self._rows if other > number), default=None)
            whole = self._new_row(number, cells)
            if later is None:
                fresh += whole
            else:
                start = self._rows[later].start
                edits.append((start, start, whole))
        return edits + (appended(self.tree, self._box, fresh) if fresh else [])

    def _row_edits(self, number: int, row: Element, values: dict[int, Content]) -> list[Edit]:
        cells = self._cells(row)
        edits: list[Edit] = []
        fresh = b""
        for column, value in values.items():
            cell = cells.get(column)
            if cell is not None:
                edits.append((cell.start, cell.end, self._changed(address(number, column), cell, value)))
                continue
            self.has_new_input = True
            later = min((other for other in cells if other > column), default=None)
            if later is None:
                fresh += self._cell(address(number, column), value)
            else:
                edits.append((cells[later].start, cells[later].start, self._cell(address(number, column), value)))
        return edits + (appended(self.tree, row, fresh) if fresh else [])

    def _cells(self, row: Element) -> dict[int, Element]:
        cells: dict[int, Element] = {}
        column = 0
        for cell in row.children:
            spot = place(cell.attributes["r"]) if "r" in cell.attributes else (0, column + 1)
            if spot is None:
                raise UnusableFile(DAMAGED)
            column = spot[1]
            cells[column] = cell
        return cells

    def _new_row(self, number: int, values: dict[int, Content]) -> bytes:
        self.has_new_input = True
        prefix = self.tree.prefix
        cells = b"".join(self._cell(address(number, column), value) for column, value in values.items())
        return f'<{prefix}row r="{number}">'.encode() + cells + f"</{prefix}row>".encode()

    def _changed(self, spot: str, cell: Element, value: Content) -> bytes:
        own = Tree(self.tree.outer(cell), depth=1)
        formula = own.root.find("f")
        style = f' s="{cell.attributes["s"]}"' if "s" in cell.attributes else ""
        if formula is None:
            self.has_new_input = True
            return self._cell(spot, value, style)
        prefix = self.tree.prefix
        sort, shown = cell_type(value), cell_content(value, prefix)
        if isinstance(value, str):
            sort, shown = ' t="str"', f"<{prefix}v>{escaped(value)}</{prefix}v>"
        return f'<{prefix}c r="{spot}"{style}{sort}>'.encode() + own.outer(formula) + f"{shown}</{prefix}c>".encode()

    def _cell(self, spot: str, value: Content, style: str = "") -> bytes:
        prefix, content = self.tree.prefix, cell_content(value, self.tree.prefix)
        head = f'<{prefix}c r="{spot}"{style}{cell_type(value)}'
        return (f"{head}>{content}</{prefix}c>" if content else f"{head}/>").encode()


def _recalculating(workbook: Tree) -> list[Edit]:
    """Asks Excel to recalculate on opening, for what was computed before is stale now."""
    settings = workbook.root.find("calcPr")
    if settings is not None and settings.attributes.get("fullCalcOnLoad") in ("1", "true"):
        return []
    if settings is not None:
        at = settings.start + len(f"<{workbook.prefix}calcPr")
        kept = {name: value for name, value in settings.attributes.items() if name != "fullCalcOnLoad"}
        tag = "".join(f' {name}="{escaped(value)}"' for name, value in kept.items()) + ' fullCalcOnLoad="1"'
        closing = "/>" if settings.end == settings.inner_start else ">"
        return [(at, settings.inner_start, (tag + closing).encode())]
    before = ("sheets", "functionGroups", "externalReferences", "definedNames")
    after = max(child.end for child in workbook.root.children if child.local in before)
    return [(after, after, f'<{workbook.prefix}calcPr fullCalcOnLoad="1"/>'.encode())]
