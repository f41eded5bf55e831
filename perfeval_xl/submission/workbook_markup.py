"""报送件的工作簿部件: only the sheets that travel along, without names and links of ours or of other files."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED
from perfeval_xl.workbook.opc.splice import Element, Tree, spliced

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval_xl.workbook.opc.package_edit import PackageEdit
    from perfeval_xl.workbook.opc.splice import Edit

_DROPPED = (
    "externalReferences", "customWorkbookViews", "webPublishing", "webPublishObjects", "fileRecoveryPr", "smartTagPr", "smartTagTypes",
    "pivotCaches", "fileSharing", "AlternateContent", "revisionPtr", "extLst",     # the folder of the sender, names of people, caches of data
)  # fmt: skip


def plain_workbook(edit: PackageEdit, names: list[str], is_gone: Callable[[str], bool], *, keeps_formulas: bool) -> set[str]:
    """改写工作簿部件; the relationship ids of the sheets that stay behind."""
    tree = Tree(edit.read(edit.workbook), depth=2)
    box = tree.root.find("sheets")
    if box is None:
        raise UnusableFile(DAMAGED)
    dropped = [child for child in box.children if child.attributes.get("name") not in names]
    kept = [index for index, child in enumerate(box.children) if child not in dropped]
    edits: list[Edit] = [(child.start, child.end, b"") for child in dropped]
    edits += [(c.start, c.inner_start, _visible(tree, c)) for c in box.children if c not in dropped and "state" in c.attributes]
    for child in tree.root.children:
        if child.local in _DROPPED or (child.local == "calcPr" and not keeps_formulas):
            edits.append((child.start, child.end, b""))
        elif child.local == "bookViews":
            edits += [(view.start, view.inner_start, _first_sheet(tree, view)) for view in child.children]
        elif child.local == "definedNames":
            edits += _name_edits(tree, child, kept, is_gone)
        elif child.local in ("workbookPr", "fileVersion"):
            edits.append((child.start, child.inner_start, _without(tree, child, rb"codeName")))
    edit.write(edit.workbook, spliced(tree.data, edits))
    return {next((value for name, value in child.attributes.items() if name.endswith(":id")), "") for child in dropped}


def _without(tree: Tree, element: Element, names: bytes) -> bytes:
    tag = tree.data[element.start : element.inner_start]
    return re.sub(rb"""\s(?:%s)\s*=\s*(["'])[^"']*\1""" % names, b"", tag)


def _visible(tree: Tree, entry: Element) -> bytes:
    return _without(tree, entry, rb"state")


def _first_sheet(tree: Tree, view: Element) -> bytes:
    return _without(tree, view, rb"activeTab|firstSheet")


def _name_edits(tree: Tree, box: Element, kept: list[int], is_gone: Callable[[str], bool]) -> list[Edit]:
    """Names of what stays behind go; the others are counted by the sheets that are left."""
    edits: list[Edit] = []
    left = 0
    for name in box.children:
        own = name.attributes.get("localSheetId", "")
        said = tree.data[name.inner_start : name.inner_end].decode("utf-8", "replace")
        label = name.attributes.get("name", "")
        if (own and int(own) not in kept) or is_gone(said) or is_gone(label):
            edits.append((name.start, name.end, b""))
            continue
        left += 1
        if own:
            tag = tree.data[name.start : name.inner_start]
            number = b'localSheetId="%d"' % kept.index(int(own))
            edits.append((name.start, name.inner_start, re.sub(rb"""localSheetId\s*=\s*(["'])\d+\1""", number, tag)))
    return edits if left else [(box.start, box.end, b"")]
