"""官方工作表的部件: single cells get a formula or a value and marks are added; every other byte stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.adoption.far_rows import parted
from perfeval_xl.workbook.opc.markup import TRUE_WORDS, natural
from perfeval_xl.workbook.opc.splice import Tree, escaped, spliced
from perfeval_xl.workbook.results.new_sheet import cell_content, cell_type
from perfeval_xl.workbook.results.sheet_rows import SheetRows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from perfeval_xl.workbook.opc.splice import Element

    Place = tuple[int, int]

_BEFORE_MARKS = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges",
    "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
)  # fmt: skip



class Entry(Record):
    """写入的内容. ``formula`` has no leading "=", "" for a plain value; ``style`` is a style number, None for the cell's own."""

    value: str | float | bool | None
    formula: str = ""
    style: int | None = None


class FormSheet:
    """One worksheet part of the office, in pieces. Rows of a large part that lie below ``last_row`` are carried unread."""

    def __init__(self, pieces: Sequence[bytes], last_row: int) -> None:
        far = parted(pieces, last_row)
        self._far = far.rows if far else ()
        self._cut = len(far.head) if far else 0
        self.tree = Tree(far.head + far.tail if far else b"".join(pieces), depth=3)
        self._rows = SheetRows(self.tree)

    @property
    def is_protected(self) -> bool:
        guard = self.tree.root.find("sheetProtection")
        return guard is not None and guard.attributes.get("sheet") in TRUE_WORDS

    def style(self, spot: Place) -> int:
        """样式号 of a cell, also of one that is not written down: its row's, else its column's."""
        row, cell = self._rows.by_number.get(spot[0]), self._rows.cell(spot)
        if cell is not None:
            return natural(cell.attributes.get("s"))
        if row is not None and row.attributes.get("customFormat") in TRUE_WORDS:
            return natural(row.attributes.get("s"))
        columns = self.tree.root.find("cols")
        for column in columns.children if columns else ():
            if natural(column.attributes.get("min")) <= spot[1] <= natural(column.attributes.get("max")):
                return natural(column.attributes.get("style"))
        return 0

    def has_linked_formula(self, spot: Place) -> bool:
        """Whether other cells depend on how this one's formula is stored: shared, array and data table formulas."""
        cell = self._rows.cell(spot)
        formula = Tree(self.tree.outer(cell), depth=1).root.find("f") if cell else None
        return formula is not None and "t" in formula.attributes and formula.attributes["t"] != "normal"

    def changed(self, entries: Mapping[Place, Entry], marks: str = "") -> list[bytes | memoryview]:
        """The part in pieces, with these cells written anew and ``marks`` (conditionalFormatting elements) added."""
        edits = self._rows.edits(entries, self._cell)
        if marks:
            after = max(child.end for child in self.tree.root.children if child.local in _BEFORE_MARKS)
            edits.append((after, after, re.sub(r"<(/?)(?=\w)", rf"<\1{self.tree.prefix}", marks).encode()))
        cut, data = self._cut, self.tree.data
        above, below = [edit for edit in edits if edit[1] <= cut], [(start - cut, end - cut, new) for start, end, new in edits if end > cut]
        return [spliced(data[:cut], above), *self._far, spliced(data[cut:], below)]

    def next_priority(self) -> int:
        """A priority behind every conditional format of the sheet."""
        return max((int(found) for found in re.findall(rb"priority=[\"'](\d{1,9})[\"']", self.tree.data)), default=0) + 1

    def _cell(self, spot: Place, _: Element | None, entry: Entry) -> bytes:
        prefix, value = self.tree.prefix, entry.value
        style = self.style(spot) if entry.style is None else entry.style
        sort, shown, formula = cell_type(value), cell_content(value, prefix), ""
        if entry.formula:
            formula = f"<{prefix}f>{escaped(entry.formula)}</{prefix}f>"
            if isinstance(value, str):
                sort, shown = ' t="str"', f"<{prefix}v>{escaped(value)}</{prefix}v>"
        look = f' s="{style}"' if style else ""
        return f'<{prefix}c r="{address(*spot)}"{look}{sort}>{formula}{shown}</{prefix}c>'.encode()


def code_name(head: bytes) -> str:
    """The name of the VBA module in the beginning of a worksheet part, "" for none."""
    found = re.search(rb"<(?:\w+:)?sheetPr\b[^>]*?\scodeName\s*=\s*[\"']([^\"'&]*)[\"']", head)
    return found[1].decode(errors="replace") if found else ""


def mark_rules(looks: Sequence[tuple[str, int]], name: str, areas: str, priority: int) -> str:
    """条件格式 for cells listed on 校验结果: ``looks`` gives a level and the number of its format, ``name`` the list."""
    rules = "".join(
        f'<cfRule type="expression" dxfId="{look}" priority="{priority + number}">'
        f"<formula>{escaped(_is_listed(name, level))}</formula></cfRule>"
        for number, (level, look) in enumerate(looks)
    )
    return f'<conditionalFormatting sqref="{areas}">{rules}</conditionalFormatting>'


def _is_listed(name: str, level: str) -> str:
    return f'COUNTIF({name},"{level}:"&ADDRESS(ROW(),COLUMN(),4))>0'
