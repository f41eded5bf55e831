"""改写中的文件包: an existing package of which some parts are changed and all others carried over unread."""

from __future__ import annotations

import os

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import CONTENT_TYPES, Package
from perfeval_xl.workbook.opc.package_output import Carried, write_package
from perfeval_xl.workbook.opc.relationships import relationship_part, relationships, workbook_part
from perfeval_xl.workbook.opc.splice import Tree, appended, escaped, spliced
from perfeval_xl.workbook.reading.reader import file_bytes
from perfeval_xl.workbook.reading.sniff import OOXML, verdict

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.relationships import Relationship

_NOT_OOXML = "只能写入 .xlsx 或 .xlsm 文件。请先用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
_SAME_FILE = "不能覆盖原来的文件。请换一个文件名保存结果。"
_MACRO_NAME = "工作簿含有宏，结果要存成 .xlsm 文件，存成别的扩展名 Excel 打不开。"
_PLAIN_NAME = "工作簿不含宏，结果要存成 .xlsx 文件，存成别的扩展名 Excel 打不开。"
_EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


class PackageEdit:
    """一次改写: reads ``path_in``, collects changed parts, writes ``path_out`` in one step.

    Raises UnusableFile when the input is no xlsx or xlsm, when both paths are one file, or when the name of
    the output does not fit its content; ``drops_macros`` says that the caller takes the macros out.
    """

    def __init__(self, path_in: str, path_out: str, *, drops_macros: bool = False) -> None:
        if os.path.realpath(path_in) == os.path.realpath(path_out) or _is_same(path_in, path_out):
            raise UnusableFile(_SAME_FILE)
        data = file_bytes(path_in)
        kind, sentence = verdict(data)
        if sentence or kind != OOXML:
            raise UnusableFile(sentence or _NOT_OOXML)
        self._path_out = path_out
        self.package = Package(data)
        self._changed: dict[str, bytes | None] = {}
        self.workbook = workbook_part(self.package)
        self.links = relationships(self.package, self.workbook)
        if not drops_macros:
            self._check_name()

    def read(self, name: str) -> bytes:
        """A part as it stands now."""
        changed = self._changed.get(self._own_name(name))
        return self.package.read(name) if changed is None else changed

    def has(self, name: str) -> bool:
        """Whether the package has that part now."""
        own = self._own_name(name)
        return self._changed.get(own, b"") is not None and (own in self._changed or self.package.find(name) is not None)

    def find(self, name: str) -> str | None:
        """The part's name where the package has it now."""
        return name if self.has(name) else None

    def write(self, name: str, data: bytes) -> None:
        """Changes or adds a part; bytes equal to the old ones change nothing."""
        member = self.package.find(name)
        if member is None or self.package.read(name) != data:
            self._changed[self._own_name(name)] = data

    def remove(self, name: str) -> None:
        """Takes a part out, and what the content types say of it."""
        self._changed[self._own_name(name)] = None
        tree = Tree(self.read(CONTENT_TYPES), depth=1)
        gone = [
            (child.start, child.end, b"")
            for child in tree.root.children
            if child.attributes.get("PartName", "").lower() == f"/{name}".lower()
        ]
        self.write(CONTENT_TYPES, spliced(tree.data, gone))

    def add(self, name: str, data: bytes, content_type: str) -> None:
        """Adds a part of the given content type."""
        tree = Tree(self.read(CONTENT_TYPES), depth=1)
        tag = f'<{tree.prefix}Override PartName="/{escaped(name)}" ContentType="{content_type}"/>'
        self.write(CONTENT_TYPES, spliced(tree.data, appended(tree, tree.root, tag.encode())))
        self.write(name, data)

    def link(self, kind: str, target: str) -> str:
        """Adds a relationship of the workbook part, in the edition of the standard it is written in."""
        name = relationship_part(self.workbook)
        tree = Tree(self.read(name) if self.has(name) else _EMPTY_RELATIONSHIPS, depth=1)
        used = {child.attributes.get("Id") for child in tree.root.children}
        own = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        folder = self.workbook.rpartition("/")[0] + "/"
        path = target.removeprefix(folder) if target.startswith(folder) and folder != "/" else f"/{target}"
        tag = f'<{tree.prefix}Relationship Id="{own}" Type="{self._type_root()}{kind}" Target="{escaped(path)}"/>'
        self.write(name, spliced(tree.data, appended(tree, tree.root, tag.encode())))
        return own

    def unlink(self, link: str) -> None:
        """Takes a relationship of the workbook part out."""
        name = relationship_part(self.workbook)
        tree = Tree(self.read(name), depth=1)
        gone = [(child.start, child.end, b"") for child in tree.root.children if child.attributes.get("Id") == link]
        self.write(name, spliced(tree.data, gone))

    def related(self, kind: str) -> tuple[str, Relationship] | None:
        """Id and relationship of the workbook part's first existing target of that kind."""
        for own, link in self.links.items():
            if link.kind == kind and self.package.find(link.target):
                return own, link
        return None

    def save(self) -> None:
        """Writes the package: changed parts new, all others with their own compressed bytes."""
        parts: dict[str, bytes | Carried] = {}
        for name, member in self.package.members.items():
            data = self._changed.get(name, b"")
            if data is not None:
                parts[name] = data if name in self._changed else Carried(self.package, member)
        parts.update({name: data for name, data in self._changed.items() if data is not None and name not in parts})
        write_package(self._path_out, parts)

    def _own_name(self, name: str) -> str:
        member = self.package.find(name)
        return member.name if member else name

    def _type_root(self) -> str:
        """Beginning of relationship types: the editions of the standard differ in it."""
        known = next((link.type for link in self.links.values() if link.kind in ("worksheet", "styles", "theme")), "")
        default = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        return known.rpartition("/")[0] + "/" if known else default

    def _check_name(self) -> None:
        """Excel opens a file only under the extension of its content type."""
        has_macros = b"macroEnabled" in self.read(CONTENT_TYPES)
        suffix = self._path_out.lower().rpartition(".")[2]
        if has_macros and suffix not in ("xlsm", "xltm", "xlam"):
            raise UnusableFile(_MACRO_NAME)
        if not has_macros and suffix not in ("xlsx", "xltx"):
            raise UnusableFile(_PLAIN_NAME)


def _is_same(path_in: str, path_out: str) -> bool:
    try:
        return os.path.samefile(path_in, path_out)  # noqa: PTH121 - pathlib costs a click
    except OSError:
        return False
