"""部件的 XML: namespace-aware expat parsers that refuse what no spreadsheet program writes."""

from __future__ import annotations

import pyexpat

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Callable

TRUE_WORDS = ("1", "true", "on")
_LONGEST_TAG = 1 << 20
_CONTROLS = bytes(set(range(32)) - {9, 10})
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}      # the last one last
_NO_DTD = "文件里含有 Excel 不会写出的文档定义（DTD），可能被人动过手脚，为安全起见没有读取。请对方在 Excel 里另存一份再发来。"

Attributes = dict[str, str]


def new_parser(
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
    *,
    namespaces: bool = True,
) -> pyexpat.XMLParserType:
    """新的解析器: names arrive as "namespace local", or as written; a document type is refused."""
    parser = pyexpat.ParserCreate(None, " ") if namespaces else pyexpat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    return parser


def feed(parser: pyexpat.XMLParserType, data: bytes, *, last: bool) -> None:
    """送入一段; broken XML means a damaged file."""
    try:
        parser.Parse(data, last)
    except pyexpat.ExpatError:
        raise UnusableFile(DAMAGED) from None


class Feeder:
    """分块送入: the same in pieces; a tag or text of absurd length is refused, for expat rescans it each time."""

    def __init__(self, parser: pyexpat.XMLParserType) -> None:
        self.fed = 0
        self._parser = parser

    def feed(self, data: bytes, *, last: bool = False) -> None:
        feed(self._parser, data, last=last)
        self.fed += len(data)
        if not last and self.fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise UnusableFile(DAMAGED)


def has_plain_characters(data: bytes, *, lines: bool = True) -> bool:
    r"""是否只有不必由解析器过目的字符: none that it refuses or changes, no entity but the five; line breaks and tabs only where ``lines``.

    >>> has_plain_characters("医保\n".encode()), has_plain_characters(b"\r"), has_plain_characters(b"&#10;"), has_plain_characters(b"\x01")
    (True, False, False, False)
    >>> has_plain_characters(b"a\nb", lines=False), has_plain_characters(b"&lt;95", lines=False)
    (False, True)
    """
    if len(data.translate(None, _CONTROLS if lines else _CONTROLS + b"\t\n")) < len(data):
        return False
    if b"&" in data and data.count(b"&") > sum(data.count(entity.encode()) for entity in _ENTITIES):
        return False
    return not (b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data)


def resolved(text: str) -> str:
    """五个实体换回字符.

    >>> resolved("&lt;95 &amp;lt; &quot;"), resolved("≥95")
    ('<95 &lt; "', '≥95')
    """
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    return text


def has_plain_shape(head: bytes, root: bytes = b"<worksheet ") -> bool:
    """部件是否按常规写法: UTF-8, one namespace without prefix, no comment before what it holds.

    >>> has_plain_shape(b'<worksheet xmlns="urn:x"><sheetData>'), has_plain_shape(b'<x:worksheet xmlns:x="urn:x">')
    (True, False)
    """
    declaration = head[:100].lower()
    return (
        root in head
        and head.count(b'xmlns="') == 1
        and (b"encoding" not in declaration or b'encoding="utf-8"' in declaration)
        and b"<!" not in head
        and head.find(b"<?", 8) < 0
    )


def namespace_of(name: str) -> str:
    """元素名的命名空间前缀, with its blank, so that ``namespace + local`` is a full name.

    >>> namespace_of("urn:x row"), namespace_of("row")
    ('urn:x ', '')
    """
    namespace, blank, _ = name.rpartition(" ")
    return namespace + blank


def local_name(name: str) -> str:
    """元素名去掉命名空间.

    >>> local_name("urn:x row")
    'row'
    """
    return name.rpartition(" ")[2]


def attribute(attributes: Attributes, local: str) -> str:
    """带命名空间的属性, such as r:id in either edition of the standard; "" when absent."""
    for name, value in attributes.items():
        if name.endswith(" " + local):
            return value
    return ""


def natural(text: str | None) -> int:
    """属性里的非负整数; what is none means a damaged file.

    >>> natural("12"), natural(None)
    (12, 0)
    """
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise UnusableFile(DAMAGED)
    return int(text)


def _refuse_document_type(*_: object) -> None:
    raise UnusableFile(_NO_DTD)
