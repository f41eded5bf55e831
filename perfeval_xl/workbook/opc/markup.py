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
