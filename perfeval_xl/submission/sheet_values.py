"""报送表页: a worksheet part without formulas of ours, controls, marks or anything that leads elsewhere."""

from __future__ import annotations

import re
from html import unescape

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import fifteen_digits
from perfeval_xl.submission.native_formula import native_part
from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.grid import ErrorValue, UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.splice import Element, Tree, escaped, spliced
from perfeval_xl.workbook.reading.texts import unescaped
from perfeval_xl.workbook.results.new_sheet import cell_content, cell_type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval_xl.workbook.grid import Area
    from perfeval_xl.workbook.opc.splice import Edit

    Content = str | float | bool | None

_DROPPED = (
    "controls", "oleObjects", "customProperties", "webPublishItems", "smartTags", "customSheetViews", "scenarios", "dataConsolidate", "cellWatches",
)  # fmt: skip
_RELATED = ("legacyDrawing", "legacyDrawingHF", "drawing", "picture", "tablePart")
_LONGEST_EXACT = 15     # a number written with fewer characters has no more digits than Excel shows


class SheetPlan(Record):
    """怎样改写一张表页.

    ``values``: what formula cells show, by place, others keep their cached value; ``quoted``: style numbers of cells whose text looks like a formula;
    ``is_gone``: whether a reference leads to a sheet or name that does not travel along; ``lost``: dropped relationships.
    """

    name: str
    values: Mapping[tuple[int, int], Content]
    quoted: Callable[[str], str]
    guarded: frozenset[tuple[int, int]]
    is_gone: Callable[[str], bool]
    lost: frozenset[str]
    keeps_formulas: bool
    is_ours: bool
    merges: tuple[Area, ...] = ()

    def covers(self, spot: tuple[int, int]) -> bool:
        """Whether a merged area hides this cell, which nobody sees and nobody signs."""
        return any(
            area.first_row <= spot[0] <= area.last_row and area.first_column <= spot[1] <= area.last_column
            for area in self.merges
            if spot != (area.first_row, area.first_column)
        )


def plain_sheet(data: bytes, plan: SheetPlan) -> bytes:
    """改写后的表页部件. Raises UnusableFile where a formula has no value to stay."""
    tree = Tree(data, depth=4)
    edits: list[Edit] = []
    for child in tree.root.children:
        if child.local == "sheetData":
            edits += [edit for row in child.children for cell in row.children if (edit := _cell_edit(tree, cell, plan))]
        else:
            edits += _child_edits(tree, child, plan)
    return spliced(data, edits)


def _cell_edit(tree: Tree, cell: Element, plan: SheetPlan) -> Edit | None:
    spot = place(cell.attributes.get("r", ""))
    formula = cell.find("f")
    if spot is None:
        if formula is not None:
            raise UnusableFile(DAMAGED)
        return None
    style = cell.attributes.get("s", "0")
    if cell.children and plan.covers(spot):
        return cell.start, cell.end, f'<{tree.prefix}c r="{address(*spot)}" s="{style}"/>'.encode()
    if formula is None:
        return _guarded(tree, cell, style, plan) if spot in plan.guarded else _shortened(tree, cell)
    value = plan.values[spot] if spot in plan.values else _cached(tree, cell, plan)
    kept = _kept_formula(tree, formula, plan) if plan.keeps_formulas else ""
    prefix = tree.prefix
    head = f'<{prefix}c r="{address(*spot)}" s="{plan.quoted(style) if spot in plan.guarded and not kept else style}"'
    if kept:
        return cell.start, cell.end, f"{head}{_formula_content(prefix, kept, value)}</{prefix}c>".encode()
    if isinstance(value, ErrorValue):
        return cell.start, cell.end, f'{head} t="e"><{prefix}v>{escaped(value)}</{prefix}v></{prefix}c>'.encode()
    value = fifteen_digits(value) if isinstance(value, float) else value
    content = cell_content(value, prefix)
    whole = f"{head}{cell_type(value)}>{content}</{prefix}c>" if content else f"{head}/>"
    return cell.start, cell.end, whole.encode()


def _shortened(tree: Tree, cell: Element) -> Edit | None:
    """A typed number with more digits than Excel shows, which the next program would round its own way."""
    shown = cell.find("v")
    if shown is None or cell.attributes.get("t", "n") != "n" or shown.inner_end - shown.inner_start <= _LONGEST_EXACT:
        return None
    number = float(tree.data[shown.inner_start : shown.inner_end])
    short = fifteen_digits(number)
    return None if short == number else (shown.inner_start, shown.inner_end, repr(short).encode())


def _cached(tree: Tree, cell: Element, plan: SheetPlan) -> Content:
    """The cached value as it stands in the part; on a sheet of ours a formula without one shows nothing."""
    shown = cell.find("v")
    kind = cell.attributes.get("t", "n")
    if shown is None or (kind != "str" and shown.inner_start == shown.inner_end):
        if plan.is_ours:
            return None
        raise UnusableFile(
            f"{plan.name} {cell.attributes['r']} 的公式没有算出的数 (文件不是由 Excel 或 WPS 保存的), 请在 Excel 里打开、保存一次再生成报送件"
        )
    text = unescaped(_text(tree.data[shown.inner_start : shown.inner_end]))
    if kind == "e":
        return ErrorValue(text)
    if kind == "b":
        return text.strip() in ("1", "true")
    return text or None if kind == "str" else float(text)


def _formula_content(prefix: str, formula: str, value: Content) -> str:
    text = escaped(formula)
    value = fifteen_digits(value) if isinstance(value, float) else value
    if isinstance(value, str):
        sort = ' t="e"' if isinstance(value, ErrorValue) else ' t="str"'
        return f"{sort}><{prefix}f>{text}</{prefix}f><{prefix}v>{escaped(value)}</{prefix}v>"
    if value is None:
        return f' t="str"><{prefix}f>{text}</{prefix}f><{prefix}v></{prefix}v>'
    return f"{cell_type(value)}><{prefix}f>{text}</{prefix}f>{cell_content(value, prefix)}"


def _kept_formula(tree: Tree, formula: Element, plan: SheetPlan) -> str:
    """The native formula where it stands alone: not shared, not an array, and nothing in it that does not travel along."""
    if formula.attributes.get("t", "normal") != "normal":
        return ""
    text = native_part(_text(tree.data[formula.inner_start : formula.inner_end]))
    return "" if plan.is_gone(text) else text


def _guarded(tree: Tree, cell: Element, style: str, plan: SheetPlan) -> Edit:
    """The same cell under a style that keeps its text from becoming a formula when it is edited."""
    tag = tree.data[cell.start : cell.inner_start]
    quoted = plan.quoted(style).encode()
    if b' s="' in tag or b" s='" in tag:
        tag = re.sub(rb"""\ss=(["'])\d+\1""", b' s="%s"' % quoted, tag, count=1)
    else:
        name = f"<{tree.prefix}c".encode()
        tag = tag.replace(name, name + b' s="%s"' % quoted, 1)
    return cell.start, cell.inner_start, tag


def _child_edits(tree: Tree, child: Element, plan: SheetPlan) -> list[Edit]:
    whole = tree.outer(child)
    gone: Edit = (child.start, child.end, b"")
    if child.local in _DROPPED or (child.local == "AlternateContent" and b"control" in whole):
        return [gone]
    if child.local in _RELATED:
        return [gone] if _relationship(child) in plan.lost else []
    if child.local in ("conditionalFormatting", "extLst"):
        return [gone] if plan.is_gone(_text(whole)) else []
    if child.local == "pageSetup":
        return [(child.start, child.inner_start, _printer().sub(b"", tree.data[child.start : child.inner_start]))]
    if child.local in ("dataValidations", "hyperlinks"):
        return _list_edits(tree, child, plan)
    return []


def _list_edits(tree: Tree, box: Element, plan: SheetPlan) -> list[Edit]:
    """Entries that lead to what does not travel along go; a list without entries goes as a whole."""
    doomed = [item for item in box.children if _relationship(item) in plan.lost or plan.is_gone(_said(tree, item))]
    if len(doomed) == len(box.children):
        return [(box.start, box.end, b"")]
    if not doomed:
        return []
    tag = tree.data[box.start : box.inner_start]
    count = re.sub(rb"\bcount\s*=\s*([\"'])\d*\1", b'count="%d"' % (len(box.children) - len(doomed)), tag)
    return [(box.start, box.inner_start, count), *((item.start, item.end, b"") for item in doomed)]


def _said(tree: Tree, item: Element) -> str:
    """What an entry refers to: its formulas, or the place a link leads to; its messages are only words."""
    parts = [_text(tree.outer(child)) for child in item.children]
    return " ".join([*parts, item.attributes.get("location", "")])


def _relationship(element: Element) -> str:
    return next((value for name, value in element.attributes.items() if name.endswith(":id")), "")


def _text(data: bytes) -> str:
    """Character references of every kind: openpyxl writes Chinese in formulas as numbers."""
    return unescape(data.decode("utf-8", "replace"))


@cache
def _printer() -> re.Pattern[bytes]:
    return re.compile(rb"""\s[\w]+:id\s*=\s*(["'])[^"']*\1""")
