"""样式的增补: formats of our own put behind those a workbook has; the old ones keep their place and their bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.workbook.opc.splice import Tree, appended, escaped, spliced
from perfeval_xl.workbook.reading.cell_formats import BUILTIN_FORMATS
from perfeval_xl.workbook.results.cell_styles import FIRST_ITEMS

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.splice import Edit, Element

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst")
_SAME_EVERYWHERE = (0, 1, 2, 3, 4, 9, 10, 11, 49)   # builtin formats that do not depend on the language
_FIRST_CUSTOM = 164


class AddedStyles:
    """一个样式部件 that grows; numbers of styles are those of ``cellXfs``, of marks those of ``dxfs``."""

    def __init__(self, data: bytes) -> None:
        self.tree = Tree(data, depth=2)
        self._boxes = {child.local: child for child in self.tree.root.children}
        self._items = {name: [self.tree.outer(item) for item in box.children] for name, box in self._boxes.items() if name in _ORDER}
        self._before = {name: len(items) for name, items in self._items.items()}
        codes = self._boxes["numFmts"].children if "numFmts" in self._boxes else []
        self._codes = {item.attributes.get("formatCode", ""): int(item.attributes.get("numFmtId", "0")) for item in codes}

    def with_number_format(self, style: int, code: str) -> int:
        """样式号 of a copy of ``style`` that differs in its number format alone."""
        items = self._box("cellXfs")
        model = items[style if style < len(items) else 0]
        changed = _set(_set(model, "numFmtId", str(self._format_id(code))), "applyNumberFormat", "1")
        return self._place("cellXfs", changed)

    def adopted(self, source: AddedStyles, style: int) -> int:
        """样式号 here of a style of another part: its font, fill, border and alignment come along."""
        element = source._boxes["cellXfs"].children[style]
        named = element.attributes
        ids = {
            "fontId": self._borrowed(source, "fonts", named), "fillId": self._borrowed(source, "fills", named),
            "borderId": self._borrowed(source, "borders", named), "numFmtId": self._format_id(source.format_code(named)),
        }  # fmt: skip
        base = ' xfId="0"' if self._items.get("cellStyleXfs") else ""
        numbers = "".join(f' {name}="{number}"' for name, number in ids.items())
        applied = "".join(f' apply{name}="1"' for name in ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection"))
        inside = source.tree.data[element.inner_start : element.inner_end].decode()
        return self._place("cellXfs", self._prefixed(f"<xf{numbers}{base}{applied}>{inside}</xf>"))

    def adopted_mark(self, source: AddedStyles, number: int) -> int:
        """标记的样式号 here of a differential format of another part."""
        return self.mark(source._items["dxfs"][number].decode())

    def mark(self, markup: str) -> int:
        """标记的样式号 of a differential format, given as ``<dxf>…</dxf>``."""
        return self._place("dxfs", self._prefixed(markup))

    def code_of(self, style: int) -> str:
        """The number format code of a style."""
        xfs = self._boxes["cellXfs"].children if "cellXfs" in self._boxes else []
        return self.format_code(xfs[style].attributes) if style < len(xfs) else "General"

    def format_code(self, attributes: dict[str, str]) -> str:
        """The number format code an xf names."""
        number = int(attributes.get("numFmtId", "0"))
        own = {known: code for code, known in self._codes.items()}
        return own.get(number) or BUILTIN_FORMATS.get(number, "General")

    def part(self) -> bytes:
        """The changed part; the same bytes when nothing was added."""
        edits: list[Edit] = []
        for name, items in self._items.items():
            box = self._boxes.get(name)
            if box is None:
                edits.append(self._new_box(name, items))
            elif len(items) > self._before[name]:
                edits += appended(self.tree, box, b"".join(items[self._before[name] :]), len(items))
        return spliced(self.tree.data, edits)

    def _borrowed(self, source: AddedStyles, box: str, attributes: dict[str, str]) -> int:
        name = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}[box]
        return self._place(box, self._prefixed(source._items[box][int(attributes.get(name, "0"))].decode()))

    def _format_id(self, code: str) -> int:
        known = next((number for number in _SAME_EVERYWHERE if BUILTIN_FORMATS[number] == code), None)
        if known is not None:
            return known
        if code not in self._codes:
            self._codes[code] = max([_FIRST_CUSTOM - 1, *self._codes.values()]) + 1
            self._place("numFmts", self._prefixed(f'<numFmt numFmtId="{self._codes[code]}" formatCode="{escaped(code)}"/>'))
        return self._codes[code]

    def _place(self, box: str, item: bytes) -> int:
        items = self._box(box)
        if item not in items:
            items.append(item)
        return items.index(item)

    def _box(self, name: str) -> list[bytes]:
        return self._items.setdefault(name, [self._prefixed(first) for first in FIRST_ITEMS.get(name, [])])

    def _prefixed(self, markup: str) -> bytes:
        """Our markup has no prefixes; the part may want one."""
        return re.sub(r"<(/?)(?=\w)", rf"<\1{self.tree.prefix}", markup).encode()

    def _new_box(self, name: str, items: list[bytes]) -> Edit:
        earlier: list[Element] = [self._boxes[other] for other in _ORDER[: _ORDER.index(name)] if other in self._boxes]
        place = max((box.end for box in earlier), default=self.tree.root.inner_start)
        full = f"{self.tree.prefix}{name}"
        return place, place, f'<{full} count="{len(items)}">'.encode() + b"".join(items) + f"</{full}>".encode()


def _set(tag: bytes, name: str, value: str) -> bytes:
    """One attribute of the first start tag of ``tag``."""
    fresh = f' {name}="{value}"'.encode()
    head = re.match(rb"<[^>]*?(?=/?>)", tag)
    start = head[0] if head else tag
    pattern = re.compile(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')")
    changed = pattern.sub(fresh, start, count=1) if pattern.search(start) else start.rstrip() + fresh
    return changed + tag[len(start) :]
