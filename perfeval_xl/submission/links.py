"""部件关系的清理: relationships dropped by kind, and every part that nothing leads to any more."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.opc.package import CONTENT_TYPES
from perfeval_xl.workbook.opc.relationships import relationship_part, relationships
from perfeval_xl.workbook.opc.splice import Tree, appended, escaped, spliced

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval_xl.workbook.opc.package_edit import PackageEdit

_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE_RELATIONSHIPS}"/>'.encode()


class Link(Record):
    """一条关系 as written: id, last word of its type, target, and whether it leads out of the package."""

    id: str
    kind: str
    target: str
    is_external: bool


def drop_links(edit: PackageEdit, part: str, is_doomed: Callable[[Link], bool]) -> set[str]:
    """删去某部件的一些关系; the ids that were dropped."""
    name = relationship_part(part)
    if not edit.has(name):
        return set()
    tree = Tree(edit.read(name), depth=1)
    doomed = [(child, link) for child in tree.root.children if is_doomed(link := _link(child.attributes))]
    edit.write(name, spliced(tree.data, [(child.start, child.end, b"") for child, _ in doomed]))
    return {link.id for _, link in doomed}


def _link(attributes: dict[str, str]) -> Link:
    kind = attributes.get("Type", "").rpartition("/")[2]
    return Link(attributes.get("Id", ""), kind, attributes.get("Target", ""), attributes.get("TargetMode") == "External")


def add_package_link(edit: PackageEdit, type_: str, target: str) -> None:
    """增加一条整个文件包的关系."""
    name = relationship_part("")
    tree = Tree(edit.read(name) if edit.has(name) else _EMPTY, depth=1)
    used = {child.attributes.get("Id") for child in tree.root.children}
    own = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    tag = f'<{tree.prefix}Relationship Id="{own}" Type="{type_}" Target="{escaped(target)}"/>'
    edit.write(name, spliced(tree.data, appended(tree, tree.root, tag.encode())))


def drop_unreachable(edit: PackageEdit) -> None:
    """删去没有关系通到的部件, so that nothing travels along unseen."""
    reached = _reached(edit)
    for name in list(edit.package.members):
        if name.lower() not in reached and edit.has(name):
            edit.remove(name)


def _reached(edit: PackageEdit) -> set[str]:
    reached = {CONTENT_TYPES.lower()}
    waiting = [""]
    while waiting:
        part = waiting.pop()
        name = relationship_part(part)
        if not edit.has(name):
            continue
        reached.add(name.lower())
        for link in relationships(edit, part).values():
            if link.target.lower() not in reached:
                reached.add(link.target.lower())
                waiting.append(link.target)
    return reached
