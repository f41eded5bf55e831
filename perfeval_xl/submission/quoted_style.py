"""文字样式: copies of cell styles that keep a text such as =0% from becoming a formula when it is edited."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.opc.splice import Tree, appended, spliced

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.package_edit import PackageEdit


class QuotedStyles:
    """文字样式 of one package: asked for by the number of the style they look like."""

    def __init__(self, edit: PackageEdit) -> None:
        self._edit = edit
        found = edit.related("styles")
        self._part = found[1].target if found else ""
        self._tree = Tree(edit.read(self._part), depth=2) if found else None
        self._box = self._tree.root.find("cellXfs") if self._tree else None
        self._new: list[bytes] = []
        self._known: dict[str, str] = {}

    def quoted(self, style: str) -> str:
        """The number of the same style with quotePrefix; the style itself where it has it, or where there are no styles."""
        if style not in self._known:
            self._known[style] = self._added(int(style)) if style.isdigit() else style
        return self._known[style]

    def _added(self, number: int) -> str:
        if self._tree is None or self._box is None or number >= len(self._box.children):
            return str(number)
        whole = self._tree.outer(self._box.children[number])
        if re.search(rb"""quotePrefix\s*=\s*["'](?:1|true)""", whole):
            return str(number)
        plain = re.sub(rb"""\squotePrefix\s*=\s*(["'])[^"']*\1""", b"", whole)
        name = f"<{self._tree.prefix}xf".encode()
        self._new.append(plain.replace(name, name + b' quotePrefix="1"', 1))
        return str(len(self._box.children) + len(self._new) - 1)

    def write(self) -> None:
        """Put the new styles into the part."""
        if self._tree is not None and self._box is not None and self._new:
            count = len(self._box.children) + len(self._new)
            edits = appended(self._tree, self._box, b"".join(self._new), count)
            self._edit.write(self._part, spliced(self._tree.data, edits))
