"""工作簿主部件的改动: new sheets behind the others, names in their order, a name for VBA, a fresh calculation on opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.adoption.living_package import with_attribute
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import natural
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.splice import Tree, appended, escaped, spliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.opc.splice import Edit, Element

_BEFORE_PROPERTIES = ("fileVersion", "fileSharing")
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_RELATIONSHIPS = ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")


class NewSheetEntry(Record):
    """一张新表: its name, the relationship to its part, and visible, hidden or veryHidden."""

    name: str
    link: str
    state: str = "visible"


class NewName(Record):
    """一个新名称; ``sheet`` names the new sheet it belongs to, "" for the whole workbook."""

    name: str
    refers_to: str
    sheet: str = ""
    is_hidden: bool = False


def with_sheets(data: bytes, sheets: Sequence[NewSheetEntry], names: Sequence[NewName], code_name: str) -> bytes:
    """The workbook part with new sheets and names; ``code_name`` is the workbook's name in VBA, "" for none."""
    tree = Tree(data, depth=2)
    box = tree.root.find("sheets")
    if box is None:
        raise UnusableFile(DAMAGED)
    edits = _sheet_edits(tree, box, sheets)
    edits += _name_edits(tree, {sheet.name: len(box.children) + number for number, sheet in enumerate(sheets)}, names)
    edits += _code_name_edits(tree, code_name) if code_name else []
    return spliced(data, [*edits, *_calculation_edits(tree)])


def taken(data: bytes) -> tuple[set[str], set[str]]:
    """Names of sheets and of the workbook's defined names, in lower case."""
    tree = Tree(data, depth=2)
    boxes = tree.root.find("sheets"), tree.root.find("definedNames")
    found = [{child.attributes.get("name", "").casefold() for child in box.children} if box else set() for box in boxes]
    return found[0], found[1]


def has_locked_structure(data: bytes) -> bool:
    """Whether sheets may not be added or renamed in Excel."""
    guard = Tree(data, depth=1).root.find("workbookProtection")
    return guard is not None and guard.attributes.get("lockStructure") in ("1", "true", "on")


def _sheet_edits(tree: Tree, box: Element, sheets: Sequence[NewSheetEntry]) -> list[Edit]:
    number = max((natural(sheet.attributes.get("sheetId")) for sheet in box.children), default=0)
    link, declared = _link_attribute(tree)
    if not sheets:
        return []
    tags = ""
    for offset, sheet in enumerate(sheets, 1):
        state = "" if sheet.state == "visible" else f' state="{sheet.state}"'
        tags += f'<{tree.prefix}sheet name="{escaped(sheet.name)}" sheetId="{number + offset}"{state}{declared} {link}="{sheet.link}"/>'
    return appended(tree, box, tags.encode())


def _link_attribute(tree: Tree) -> tuple[str, str]:
    """The relationship attribute with the prefix this part declares, and a declaration where it has none."""
    for name, value in tree.root.attributes.items():
        if name.startswith("xmlns:") and value in _RELATIONSHIPS:
            return f"{name[6:]}:id", ""
    is_strict = any("purl.oclc.org" in value for value in tree.root.attributes.values())
    return "r:id", f' xmlns:r="{_RELATIONSHIPS[is_strict]}"'


def _name_edits(tree: Tree, places: dict[str, int], names: Sequence[NewName]) -> list[Edit]:
    """Each name where the alphabet puts it, as Excel keeps them; names of old sheets keep their sheet."""
    if not names:
        return []
    box = tree.root.find("definedNames")
    tags = [(name.name.casefold(), _name_tag(tree, places, name)) for name in sorted(names, key=lambda name: name.name.casefold())]
    if box is None:
        after = max(child.end for child in tree.root.children if child.local in _BEFORE_NAMES)
        whole = f"<{tree.prefix}definedNames>{''.join(tag for _, tag in tags)}</{tree.prefix}definedNames>"
        return [(after, after, whole.encode())]
    edits: list[Edit] = []
    fresh = b""
    for name, tag in tags:
        later = next((old for old in box.children if old.attributes.get("name", "").casefold() > name), None)
        if later is None:
            fresh += tag.encode()
        else:
            edits.append((later.start, later.start, tag.encode()))
    return edits + (appended(tree, box, fresh) if fresh else [])


def _name_tag(tree: Tree, places: dict[str, int], name: NewName) -> str:
    scope = f' localSheetId="{places[name.sheet]}"' if name.sheet else ""
    scope += ' hidden="1"' if name.is_hidden else ""
    return f'<{tree.prefix}definedName name="{name.name}"{scope}>{escaped(name.refers_to)}</{tree.prefix}definedName>'


def _code_name_edits(tree: Tree, code_name: str) -> list[Edit]:
    properties = tree.root.find("workbookPr")
    if properties is not None:
        return [(properties.start, properties.inner_start, with_attribute(tree, properties, "codeName", code_name))]
    after = max((child.end for child in tree.root.children if child.local in _BEFORE_PROPERTIES), default=tree.root.inner_start)
    return [(after, after, f'<{tree.prefix}workbookPr codeName="{code_name}"/>'.encode())]


def _calculation_edits(tree: Tree) -> list[Edit]:
    """Formulas of the office that depend on filled cells are stale until Excel computes them."""
    settings = tree.root.find("calcPr")
    if settings is not None:
        return [(settings.start, settings.inner_start, with_attribute(tree, settings, "fullCalcOnLoad", "1"))]
    before = (*_BEFORE_NAMES, "definedNames")
    after = max(child.end for child in tree.root.children if child.local in before)
    return [(after, after, f'<{tree.prefix}calcPr fullCalcOnLoad="1"/>'.encode())]
