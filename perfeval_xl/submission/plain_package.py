"""报送工作簿: the office's package without macros, formulas, links, working sheets and personal metadata."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import RECORD_SHEET
from perfeval_xl.submission.drawings import disarm_comments, disarm_drawings, disarm_tables, is_unsafe
from perfeval_xl.submission.links import Link, drop_links, drop_unreachable
from perfeval_xl.submission.native_formula import uses_our_functions
from perfeval_xl.submission.quoted_style import QuotedStyles
from perfeval_xl.submission.shared_texts import blank_unused_texts
from perfeval_xl.submission.sheet_values import SheetPlan, plain_sheet
from perfeval_xl.submission.workbook_markup import plain_workbook
from perfeval_xl.workbook.grid import CALC_SHEET, MANUAL_SHEET, RESULT_SHEET, UnusableFile, Workbook
from perfeval_xl.workbook.layout.header_words import OUR_SHEETS
from perfeval_xl.workbook.opc.package import CONTENT_TYPES
from perfeval_xl.workbook.opc.splice import Element, Tree, spliced
from perfeval_xl.workbook.results.new_sheet import looks_like_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from perfeval_xl.workbook.opc.package_edit import PackageEdit
    from perfeval_xl.workbook.opc.splice import Edit

    Place = tuple[int, int]
    Values = Mapping[str, Mapping[Place, str | float | bool | None]]

_OUR_NAMES = "pe_"
_SHEET_LINKS = ("drawing", "comments", "hyperlink", "image", "table")
_BOOK_LINKS = (
    "worksheet", "styles", "theme", "sharedStrings", "sheetMetadata",
    "rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "richValueRel", "rdArray",     # pictures in cells
)  # fmt: skip
_CONNECTED = "工作簿带有外部数据连接, 请先在 Excel 的「数据」里断开连接, 再生成报送件"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_REFUSED = {
    "queryTable": _CONNECTED,
    "slicer": "表上有切片器, 请先删除切片器, 再生成报送件",
    "timeline": "表上有日程表控件, 请先删除, 再生成报送件",
}


class Kept(Record):
    """随报送件走的工作表 and what they show."""

    workbook: Workbook
    values: dict[str, dict[tuple[int, int], str | float | bool | None]]


def kept_sheets(workbook: Workbook, computed: Values, table_sheets: Iterable[str]) -> Kept:
    """随报送件走的工作表: the visible ones and those with a table; formula cells as the values they show.

    ``computed``: what we computed ourselves, by sheet and place; it comes before a cached value that may be stale.
    """
    with_table = set(table_sheets)
    sheets, values = [], {}
    for sheet in workbook.sheets:
        if sheet.name in (CALC_SHEET, RECORD_SHEET, MANUAL_SHEET) or (sheet.state != "visible" and sheet.name not in with_table):
            continue
        shown = {place: value for place, value in computed.get(sheet.name, {}).items() if place in sheet.cells and sheet.cells[place].formula}
        values[sheet.name] = shown
        cells = {place: cell._replace(value=shown.get(place, cell.value), formula="") for place, cell in sheet.cells.items()}
        sheets.append(sheet._replace(cells=cells, state="visible"))
    return Kept(workbook._replace(sheets=tuple(sheets), has_macros=False), values)


def make_plain(edit: PackageEdit, kept: Kept, *, keeps_formulas: bool) -> None:
    """改成报送工作簿, in place; raises UnusableFile with one sentence where that cannot be done without losing a value."""
    if any(link.kind in ("connections", "queryTable") for link in edit.links.values()):
        raise UnusableFile(_CONNECTED)
    names = [sheet.name for sheet in kept.workbook.sheets]
    gone = _gone(edit, names)
    styles = QuotedStyles(edit)
    for sheet in kept.workbook.sheets:
        disarm_tables(edit, sheet.part)
        lost = frozenset(_drop_sheet_links(edit, sheet.part))
        guarded = frozenset(p for p, cell in sheet.cells.items() if isinstance(cell.value, str) and looks_like_formula(cell.value))
        plan = SheetPlan(sheet.name, kept.values[sheet.name], styles.quoted, guarded, gone, lost, keeps_formulas, sheet.name in OUR_SHEETS, sheet.merges)
        edit.write(sheet.part, plain_sheet(edit.read(sheet.part), plan))
    styles.write()
    links = plain_workbook(edit, names, gone, keeps_formulas=keeps_formulas)
    drop_links(edit, edit.workbook, lambda link: link.id in links or link.kind not in _BOOK_LINKS)
    disarm_drawings(edit)
    drop_unreachable(edit)
    blank_unused_texts(edit, [sheet.part for sheet in kept.workbook.sheets if sheet.name != RESULT_SHEET])     # it is written anew
    _set_types(edit)


def _gone(edit: PackageEdit, kept: list[str]) -> Callable[[str], bool]:
    """Tells whether a formula speaks of a sheet or a name that stays behind, or of another file."""
    book = Tree(edit.read(edit.workbook), depth=2)
    box, named = book.root.find("sheets"), book.root.find("definedNames")
    sheets = [child.attributes.get("name", "") for child in box.children] if box else []
    words = [re.escape(name) for name in sheets if name not in kept]
    pattern = "|".join(["(?:" + "|".join(words) + ")'?!"] if words else [])
    everything = "|".join(piece for piece in (pattern, rf"\b{_OUR_NAMES}\w+", r"\[\d*\]", r"\[[^\]]+\.xl\w*\]", "#REF!") if piece)
    compiled = re.compile(everything, re.IGNORECASE)
    lost = [re.escape(name.attributes.get("name", "")) for name in (named.children if named else ()) if compiled.search(_inside(book, name))]
    names = re.compile(rf"(?<![\w.])(?:{'|'.join(lost)})(?![\w.(])") if lost else None
    return lambda text: bool(compiled.search(text) or (names and names.search(text))) or uses_our_functions(text)


def _inside(tree: Tree, element: Element) -> str:
    return tree.data[element.inner_start : element.inner_end].decode("utf-8", "replace")


def _drop_sheet_links(edit: PackageEdit, part: str) -> set[str]:
    """Controls, buttons, printers and unsafe links of a sheet; comments and header pictures keep their shapes."""
    kept = _header_pictures(edit, part)
    if disarm_comments(edit, part):
        kept += ("vmlDrawing",)

    def is_doomed(link: Link) -> bool:
        if link.kind in _REFUSED:
            raise UnusableFile(_REFUSED[link.kind])
        return is_unsafe(link) or not (link.kind in _SHEET_LINKS or link.kind in kept or link.id in kept)

    return drop_links(edit, part, is_doomed)


def _header_pictures(edit: PackageEdit, part: str) -> tuple[str, ...]:
    """The relationship of the pictures in the page header and footer."""
    tree = Tree(edit.read(part), depth=1)
    box = tree.root.find("legacyDrawingHF")
    return tuple(value for name, value in box.attributes.items() if name.endswith(":id")) if box else ()


def _set_types(edit: PackageEdit) -> None:
    """The workbook is a plain one now, and no extension stands for a macro project any more."""
    tree = Tree(edit.read(CONTENT_TYPES), depth=1)
    edits: list[Edit] = []
    for child in tree.root.children:
        kind = child.attributes.get("ContentType", "")
        if "macroEnabled.main" in kind or "template.main" in kind:
            whole = tree.outer(child)
            edits.append((child.start, child.end, whole.replace(kind.encode(), _PLAIN_TYPE)))
        elif child.local == "Default" and "vbaProject" in kind:
            edits.append((child.start, child.end, b""))
    edit.write(CONTENT_TYPES, spliced(tree.data, edits))
