"""改写工作簿: one sheet of our own put into someone else's workbook, everything else left as it was.

Only the parts that change are written anew: the sheet, the styles, the workbook part, its relationships and
the content types. Every other part keeps its very bytes, cached values and VBA included.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import quoted_sheet
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import natural
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.opc.splice import Element, Tree, appended, escaped, spliced
from perfeval_xl.workbook.results.cell_styles import LEAST_STYLES, StyleSheet
from perfeval_xl.workbook.results.new_sheet import SheetMarkup

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.splice import Edit
    from perfeval_xl.workbook.results.new_sheet import NewSheet

_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NAMES_AFTER = ("sheets", "functionGroups", "externalReferences")
_OWN_NAMES = ("_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area")
_KEPT = ("drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "AlternateContent")


def put_sheet(path_in: str, path_out: str, sheet: NewSheet) -> None:
    """放入一张工作表: adds it at the end, or replaces the sheet of that name where it stands.

    A replaced sheet keeps its place, its buttons and its VBA module. ``path_in`` is never changed.
    Raises UnusableFile with one sentence when a file cannot be read or written; ValueError for a name that
    no sheet may have.
    """
    _demand_name(sheet.name)
    edit = PackageEdit(path_in, path_out)
    styles = _styles(edit)
    workbook = Tree(edit.read(edit.workbook), depth=2)
    sheets = workbook.root.find("sheets")
    if sheets is None:
        raise UnusableFile(DAMAGED)
    index = next((i for i, s in enumerate(sheets.children) if _name(s) == sheet.name.casefold()), None)
    if index is None:
        _add(edit, workbook, sheets, sheet, styles)
    else:
        _replace(edit, sheets.children[index], sheet, styles)
        edits = _name_edits(workbook, sheet, index)
        edit.write(edit.workbook, spliced(workbook.data, edits))
    edit.write(styles.name, styles.sheet.part())
    edit.save()


class _Styles:
    """The styles part of the package and its name; a package without one gets one."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.sheet = name, StyleSheet(data)


def _styles(edit: PackageEdit) -> _Styles:
    found = edit.related("styles")
    if found is not None:
        return _Styles(found[1].target, edit.read(found[1].target))
    name = edit.workbook.rpartition("/")[0].lstrip("/") + "/styles.xml"
    data = f'{_DECLARATION}<styleSheet xmlns="{_main_namespace(edit)}">{LEAST_STYLES}</styleSheet>'.encode()
    edit.link("styles", name.lstrip("/"))
    edit.add(name.lstrip("/"), data, _STYLES_TYPE)
    return _Styles(name.lstrip("/"), data)


def _main_namespace(edit: PackageEdit) -> str:
    root = Tree(edit.read(edit.workbook), depth=0)
    key = f"xmlns:{root.prefix[:-1]}" if root.prefix else "xmlns"
    return root.root.attributes.get(key, _TRANSITIONAL)


def _demand_name(name: str) -> None:
    if not 0 < len(name) <= 31 or set(name) & set("[]:*?/\\") or name[0] == "'" or name[-1] == "'":
        raise ValueError(f"no sheet may be called {name!r}")


def _name(sheet: Element) -> str:
    return sheet.attributes.get("name", "").casefold()


def _add(edit: PackageEdit, workbook: Tree, sheets: Element, sheet: NewSheet, styles: _Styles) -> None:
    folder = edit.workbook.rpartition("/")[0]
    base = f"{folder}/worksheets/sheet" if folder else "worksheets/sheet"
    part = next(
        name for number in range(1, len(edit.package.members) + 2) if not edit.has(name := f"{base}{number}.xml")
    )
    markup = SheetMarkup(sheet, styles.sheet)
    body = markup.before_rows() + markup.rows() + markup.after_rows()
    edit.add(part, f'{_DECLARATION}<worksheet xmlns="{_main_namespace(edit)}">{body}</worksheet>'.encode(), _WORKSHEET_TYPE)
    number = max((natural(s.attributes.get("sheetId")) for s in sheets.children), default=0) + 1
    state = "" if sheet.state == "visible" else f' state="{sheet.state}"'
    link = _link_attribute(workbook, edit.link("worksheet", part))
    tag = f'<{workbook.prefix}sheet name="{escaped(sheet.name)}" sheetId="{number}"{state} {link}/>'
    edits = appended(workbook, sheets, tag.encode()) + _name_edits(workbook, sheet, len(sheets.children))
    edit.write(edit.workbook, spliced(workbook.data, edits))


def _link_attribute(workbook: Tree, link: str) -> str:
    """The relationship attribute, with the prefix this workbook part declares for its namespace."""
    for name, value in workbook.root.attributes.items():
        if name.startswith("xmlns:") and value in (_RELATIONSHIPS, _STRICT_RELATIONSHIPS):
            return f'{name[6:]}:id="{link}"'
    strict = any("purl.oclc.org" in value for value in workbook.root.attributes.values())
    return f'xmlns:r="{_STRICT_RELATIONSHIPS if strict else _RELATIONSHIPS}" r:id="{link}"'


def _replace(edit: PackageEdit, entry: Element, sheet: NewSheet, styles: _Styles) -> None:
    """New cells into the old part: its root, its VBA name and its drawings stay."""
    own = next((value for name, value in entry.attributes.items() if name.endswith(":id")), "")
    link = edit.links.get(own)
    if link is None or link.kind != "worksheet" or not edit.has(link.target):
        raise UnusableFile(f"名为“{sheet.name}”的不是普通工作表，不能写入。请先给它改名。")
    tree = Tree(edit.read(link.target), depth=1)
    properties = tree.root.find("sheetPr")
    code_name = properties.attributes.get("codeName", "") if properties else ""
    markup = SheetMarkup(sheet, styles.sheet, tree.prefix)
    kept = b"".join(tree.outer(child) for child in tree.root.children if child.local in _KEPT)
    body = (markup.before_rows(code_name) + markup.rows() + markup.after_rows()).encode() + kept
    rows = tree.root.find("sheetData")
    had_formulas = rows is not None and b"f>" in tree.outer(rows)
    edit.write(link.target, spliced(tree.data, _inside(tree, body)))
    chain = edit.related("calcChain") if had_formulas else None
    if chain is not None:
        edit.remove(chain[1].target)
        edit.unlink(chain[0])


def _inside(tree: Tree, body: bytes) -> list[Edit]:
    root = tree.root
    if root.inner_start == root.end:
        return appended(tree, root, body)
    return [(root.inner_start, root.inner_end, body)]


def _name_edits(workbook: Tree, sheet: NewSheet, index: int) -> list[Edit]:
    """Defined names that print titles and filter arrows need; older ones of this sheet go."""
    prefix, place = workbook.prefix, quoted_sheet(sheet.name)
    names = []
    if sheet.header_row:
        names.append(("_xlnm.Print_Titles", "", f"{place}!${sheet.header_row}:${sheet.header_row}"))
    if sheet.filter_area:
        names.append(("_xlnm._FilterDatabase", ' hidden="1"', f"{place}!{sheet.filter_area}"))
    tags = "".join(
        f'<{prefix}definedName name="{name}" localSheetId="{index}"{more}>{escaped(text)}</{prefix}definedName>'
        for name, more, text in names
    ).encode()
    box = workbook.root.find("definedNames")
    if box is None:
        after = max(child.end for child in workbook.root.children if child.local in _NAMES_AFTER)
        whole = f"<{prefix}definedNames>".encode() + tags + f"</{prefix}definedNames>".encode()
        return [(after, after, whole)] if tags else []
    gone: list[Edit] = [(old.start, old.end, b"") for old in box.children if _is_own(old, index)]
    return gone + (appended(workbook, box, tags) if tags else [])


def _is_own(name: Element, index: int) -> bool:
    return name.attributes.get("name") in _OWN_NAMES and name.attributes.get("localSheetId") == str(index)
