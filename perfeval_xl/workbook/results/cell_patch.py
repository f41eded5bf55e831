"""改写单元格: values put into single cells of someone else's workbook, formulas never overwritten.

A cell that holds a formula keeps it: the value given becomes what the cell shows until it is recalculated.
Everything outside those cells stays byte for byte.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.opc.splice import Element, Tree, escaped, spliced
from perfeval_xl.workbook.results.new_sheet import cell_content, cell_type
from perfeval_xl.workbook.results.sheet_rows import SheetRows

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
        rows = _Values(Tree(edit.read(part), depth=3))
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


class _Values:
    """What cells of one worksheet part look like with new values; formulas stay."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.has_new_input = False

    def edits(self, values: Values) -> list[Edit]:
        return SheetRows(self.tree).edits(values, self._written)

    def _written(self, spot: tuple[int, int], cell: Element | None, value: Content) -> bytes:
        if cell is not None:
            return self._changed(address(*spot), cell, value)
        self.has_new_input = True
        return self._cell(address(*spot), value)

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
