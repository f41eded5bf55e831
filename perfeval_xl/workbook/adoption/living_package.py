"""采用中的文件包: an office's package that takes on parts of ours; what is not changed keeps its very bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import CONTENT_TYPES, DAMAGED, RATIO_FREE_BYTES, Package
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.opc.package_output import Carried, Pieces, package_bytes
from perfeval_xl.workbook.opc.relationships import relationship_part, relationships, workbook_part
from perfeval_xl.workbook.opc.splice import Tree, appended, escaped, spliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.opc.splice import Edit, Element

MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


class LivingPackage(PackageEdit):
    """一次采用 from bytes to bytes: the workbook may change its kind and every part may get relationships."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self._changed: dict[str, bytes | None] = {}
        self._large: dict[str, Pieces] = {}
        self.workbook = workbook_part(self.package)
        self.links = relationships(self.package, self.workbook)

    def data(self) -> bytes:
        """The package as it stands now."""
        parts: dict[str, bytes | Carried | Pieces] = {}
        for name, member in self.package.members.items():
            changed = self._changed.get(name, b"")
            if changed is not None:
                parts[name] = changed if name in self._changed else Carried(self.package, member)
        parts.update({name: data for name, data in self._changed.items() if data is not None and name not in parts})
        return package_bytes(parts | self._large)

    def pieces(self, part: str) -> tuple[bytes, ...]:
        """A worksheet part as it came, however large and however blank."""
        return tuple(self.package.stream(part))

    def head(self, part: str) -> bytes:
        """The beginning of a part."""
        return next(self.package.stream(part), b"")

    def write_pieces(self, part: str, pieces: Sequence[bytes | memoryview]) -> None:
        """Changes a worksheet part; a large one is never put together in memory."""
        if sum(map(len, pieces)) <= RATIO_FREE_BYTES:
            self._changed[self._own_name(part)] = b"".join(pieces)
        else:
            self._large[self._own_name(part)] = Pieces(tuple(pieces))

    def worksheets(self) -> dict[str, str]:
        """工作表名到部件名, in the order of the workbook; chart sheets are left out."""
        box = Tree(self.read(self.workbook), depth=2).root.find("sheets")
        if box is None:
            raise UnusableFile(DAMAGED)
        found = {}
        for entry in box.children:
            link = self.links.get(_relationship_id(entry))
            if link is not None and link.kind == "worksheet" and self.has(link.target):
                found[entry.attributes.get("name", "")] = link.target
        return found

    def free_name(self, pattern: str) -> str:
        """The first part name of a pattern such as ``xl/worksheets/sheet{}.xml`` that is not taken."""
        numbers = range(1, len(self.package.members) + len(self._changed) + 2)
        return next(name for number in numbers if not self.has(name := pattern.format(number)))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Adds a relationship of any part; ``kind`` is a word of the standard or a whole address. Returns its id."""
        name = relationship_part(part)
        tree = Tree(self.read(name) if self.has(name) else _EMPTY_RELATIONSHIPS, depth=1)
        used = {child.attributes.get("Id") for child in tree.root.children}
        own = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        address = kind if ":" in kind else self._type_root() + kind
        tag = f'<{tree.prefix}Relationship Id="{own}" Type="{address}" Target="/{escaped(target)}"/>'
        self.write(name, spliced(tree.data, appended(tree, tree.root, tag.encode())))
        return own

    def become_macro_workbook(self) -> None:
        """The workbook part is declared as one with macros, which Excel opens only under .xlsm."""
        tree = Tree(self.read(CONTENT_TYPES), depth=1)
        own = f"/{self.workbook}".lower()
        entry = next((child for child in tree.root.children if child.attributes.get("PartName", "").lower() == own), None)
        if entry is None:
            tag = f'<{tree.prefix}Override PartName="/{escaped(self.workbook)}" ContentType="{MACRO_WORKBOOK}"/>'
            edits: list[Edit] = appended(tree, tree.root, tag.encode())
        else:
            edits = [(entry.start, entry.inner_start, with_attribute(tree, entry, "ContentType", MACRO_WORKBOOK))]
        self.write(CONTENT_TYPES, spliced(tree.data, edits))


def _relationship_id(entry: Element) -> str:
    return next((value for name, value in entry.attributes.items() if name.endswith(":id")), "")


def with_attribute(tree: Tree, element: Element, name: str, value: str) -> bytes:
    """元素的起始标签 with one attribute set; everything else in it as it was."""
    tag = tree.data[element.start : element.inner_start]
    fresh = f' {name}="{escaped(value)}"'.encode()
    pattern = re.compile(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
    if pattern.search(tag):
        return pattern.sub(lambda _: fresh, tag, count=1)
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + fresh + tag[end:]
