"""部件的局部改写: where the elements of a part begin and end, so that only some bytes of it are changed."""

from __future__ import annotations

import pyexpat
import re

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import new_parser
from perfeval_xl.workbook.opc.package import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.opc.markup import Attributes

    Edit = tuple[int, int, bytes]   # bytes from start to end are replaced

_STRANGE_ENCODING = "文件内部的编码少见，不能直接改写。请在 Excel 里打开，另存一份后再试。"


class Element:
    """元素的位置: offsets of its start tag, its inside and its end tag in the part's bytes."""

    __slots__ = ("_data", "attributes", "children", "end", "inner_end", "local", "start")

    def __init__(self, local: str, attributes: Attributes, start: int, data: bytes) -> None:
        self.local, self.attributes, self.start = local, attributes, start
        self.inner_end = self.end = start
        self.children: list[Element] = []
        self._data = data

    @property
    def inner_start(self) -> int:
        """Where the start tag ends."""
        tag = _tag().match(self._data, self.start)
        return tag.end() if tag else self.start

    def find(self, local: str) -> Element | None:
        """First child of that local name."""
        return next((child for child in self.children if child.local == local), None)


class Tree:
    """部件的元素树 down to ``depth`` levels below the root; prefix and attributes as written.

    ``prefix``: the prefix of the root with its colon, "" for none; own elements are written with it.
    """

    def __init__(self, data: bytes, depth: int) -> None:
        self.data, self._depth, self._level = data, depth, 0
        self._open: list[Element] = []
        self.root = Element("", {}, 0, data)
        self.prefix = ""
        _demand_utf8(data)
        self._parser = new_parser(self._start, self._end, namespaces=False)
        try:
            self._parser.Parse(data, True)
        except pyexpat.ExpatError:
            raise UnusableFile(DAMAGED) from None

    def outer(self, element: Element) -> bytes:
        """The element's own bytes, tags included."""
        return self.data[element.start:element.end]

    def _start(self, name: str, attributes: Attributes) -> None:
        self._level += 1
        if self._level > self._depth + 1:
            return
        local = name.rpartition(":")[2]
        element = Element(local, attributes, self._parser.CurrentByteIndex, self.data)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root, self.prefix = element, name.removesuffix(local)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._level -= 1
        if self._level > self._depth:
            return
        element, place = self._open.pop(), self._parser.CurrentByteIndex
        element.inner_end = element.end = place
        if not (self.data[place - 2:place] == b"/>" and element.inner_start == place):
            element.end = self.data.index(b">", place) + 1


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """改写后的字节; edits do not overlap, several at one place stay in their order.

    >>> spliced(b"abcdef", [(4, 4, b"-"), (1, 2, b"B"), (4, 4, b"+")])
    b'aBcd-+ef'
    """
    pieces, at = [], 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[at:start], replacement]
        at = end
    return b"".join([*pieces, data[at:]])


def appended(tree: Tree, element: Element, content: bytes, count: int | None = None) -> list[Edit]:
    """在元素末尾追加内容 as edits; ``count`` renews its count attribute, an empty element is opened."""
    tag = tree.data[element.start:element.inner_start]
    if count is not None:
        tag = re.sub(rb"\bcount\s*=\s*([\"'])\d*\1", b'count="%d"' % count, tag)
    if not tag.endswith(b"/>"):
        return [(element.start, element.inner_start, tag), (element.inner_end, element.inner_end, content)]
    name = f"{tree.prefix}{element.local}".encode()
    return [(element.start, element.end, tag[:-2].rstrip() + b">" + content + b"</%s>" % name)]


def escaped(text: str) -> str:
    r"""XML 里的文字, for element content and double-quoted attributes; what XML cannot hold becomes _xHHHH_.

    >>> escaped('<"A&B">'), escaped("甲\x07乙"), escaped("_x0041_")
    ('&lt;&quot;A&amp;B&quot;&gt;', '甲_x0007_乙', '_x005F_x0041_')
    """
    text = _control().sub(lambda match: f"_x{ord(match[0]):04X}_", _escape_like().sub("_x005F_", text))
    return element_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def element_text(text: str) -> str:
    """元素里的文字, of which nothing but the marks of XML itself needs a change."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _tag() -> re.Pattern[bytes]:
    return re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")


@cache
def _control() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _escape_like() -> re.Pattern[str]:
    return re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _demand_utf8(data: bytes) -> None:
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", data[:200])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise UnusableFile(_STRANGE_ENCODING)
