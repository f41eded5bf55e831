"""报送工作簿: the office's package without macros, formulas, links, working sheets and personal metadata."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import RECORD_SHEET
from perfeval_xl.submission.links import Link, drop_links, drop_unreachable
from perfeval_xl.submission.native_formula import uses_our_functions
from perfeval_xl.submission.quoted_style import QuotedStyles
from perfeval_xl.submission.sheet_values import SheetPlan, plain_sheet
from perfeval_xl.submission.workbook_markup import plain_workbook
from perfeval_xl.workbook.grid import CALC_SHEET, UnusableFile, Workbook
from perfeval_xl.workbook.layout.header_words import OUR_SHEETS
from perfeval_xl.workbook.opc.package import CONTENT_TYPES
from perfeval_xl.workbook.opc.splice import Tree, spliced
from perfeval_xl.workbook.results.new_sheet import looks_like_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from perfeval_xl.workbook.opc.package_edit import PackageEdit
    from perfeval_xl.workbook.opc.splice import Edit

    Place = tuple[int, int]
    Values = Mapping[str, Mapping[Place, str | float | bool | None]]

_OUR_NAMES = "pe_"
_SHEET_LINKS = ("vmlDrawing", "ctrlProp", "control", "oleObject", "package", "printerSettings", "threadedComment", "customProperty")
_BOOK_LINKS = ("vbaProject", "externalLink", "externalLinkPath", "calcChain", "person", "customXml", "attachedToolbars", "xmlMaps", "wsSortMap")
_CONNECTED = "工作簿带有外部数据连接, 请先在 Excel 的「数据」里断开连接, 再生成报送件"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SAFE_TARGETS = ("http://", "https://", "mailto:")


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
        if sheet.name in (CALC_SHEET, RECORD_SHEET) or (sheet.state != "visible" and sheet.name not in with_table):
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
        lost = frozenset(_drop_sheet_links(edit, sheet.part))
        guarded = frozenset(p for p, cell in sheet.cells.items() if isinstance(cell.value, str) and looks_like_formula(cell.value))
        plan = SheetPlan(sheet.name, kept.values[sheet.name], styles.quoted, guarded, gone, lost, keeps_formulas, sheet.name in OUR_SHEETS)
        edit.write(sheet.part, plain_sheet(edit.read(sheet.part), plan))
    styles.write()
    links = plain_workbook(edit, names, gone, keeps_formulas=keeps_formulas)
    drop_links(edit, edit.workbook, lambda link: link.id in links or link.kind in _BOOK_LINKS)
    _disarm_drawings(edit)
    drop_unreachable(edit)
    _set_types(edit)


def _gone(edit: PackageEdit, kept: list[str]) -> Callable[[str], bool]:
    """Tells whether a formula speaks of a sheet or a name that stays behind, or of another file."""
    book = Tree(edit.read(edit.workbook), depth=2)
    box = book.root.find("sheets")
    sheets = [child.attributes.get("name", "") for child in box.children] if box else []
    words = [re.escape(name) for name in sheets if name not in kept]
    pattern = "|".join(["(?:" + "|".join(words) + ")'?!"] if words else [])
    everything = "|".join(piece for piece in (pattern, rf"\b{_OUR_NAMES}\w+", r"\[\d*\]", r"\[[^\]]+\.xl\w*\]", "#REF!") if piece)
    compiled = re.compile(everything, re.IGNORECASE)
    return lambda text: bool(compiled.search(text)) or uses_our_functions(text)


def _drop_sheet_links(edit: PackageEdit, part: str) -> set[str]:
    """Controls, buttons, printers and unsafe links of a sheet; comments keep their shapes."""
    comments = _keeps_comments(edit, part)

    def is_doomed(link: Link) -> bool:
        if link.is_external:
            return not link.target.lower().startswith(_SAFE_TARGETS)
        if link.kind == "queryTable":
            raise UnusableFile(_CONNECTED)
        return link.kind in _SHEET_LINKS and not (link.kind == "vmlDrawing" and comments)

    return drop_links(edit, part, is_doomed)


def _keeps_comments(edit: PackageEdit, part: str) -> bool:
    """Whether the sheet has comments; the buttons among their shapes are taken out."""
    from perfeval_xl.workbook.opc.relationships import relationships  # noqa: PLC0415 - beside its only use

    links = relationships(edit, part).values()
    if not any(link.kind == "comments" for link in links):
        return False
    for link in links:
        if link.kind == "vmlDrawing" and edit.has(link.target):
            edit.write(link.target, _without_controls(edit.read(link.target)))
    return True


def _without_controls(data: bytes) -> bytes:
    shapes = re.compile(rb"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.DOTALL)
    return shapes.sub(lambda match: match[0] if b'ObjectType="Note"' in match[0] else b"", data)


def _disarm_drawings(edit: PackageEdit) -> None:
    for name in edit.package.members:
        if name.lower().startswith("xl/drawings/drawing") and name.endswith(".xml") and edit.has(name):
            edit.write(name, re.sub(rb"""\bmacro=(["'])[^"']+\1""", b'macro=""', edit.read(name)))


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
