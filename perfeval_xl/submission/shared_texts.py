"""共用文字表: texts that only sheets left behind used do not travel along."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.opc.splice import Tree, spliced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.opc.package_edit import PackageEdit


def blank_unused_texts(edit: PackageEdit, parts: Iterable[str]) -> None:
    """清空没有用到的共用文字; the numbers of the others stay. ``parts``: the sheets that travel along."""
    found = edit.related("sharedStrings")
    if found is None:
        return
    used = {number for part in parts for number in _numbers(edit.read(part))}
    tree = Tree(edit.read(found[1].target), depth=1)
    empty = f"<{tree.prefix}si><{tree.prefix}t/></{tree.prefix}si>".encode()
    texts = [child for child in tree.root.children if child.local == "si"]
    unused = [(child.start, child.end, empty) for number, child in enumerate(texts) if number not in used]
    edit.write(found[1].target, spliced(tree.data, unused))


def _numbers(data: bytes) -> Iterable[int]:
    tree = Tree(data, depth=4)
    box = tree.root.find("sheetData")
    for cell in (cell for row in (box.children if box else ()) for cell in row.children):
        shown = cell.find("v")
        if cell.attributes.get("t") == "s" and shown is not None:
            yield int(tree.data[shown.inner_start : shown.inner_end])
