"""共享文字: the shared strings of a workbook, phonetic hints left out, escapes of control characters undone."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.opc.markup import (
    Feeder,
    has_plain_characters,
    has_plain_shape,
    namespace_of,
    new_parser,
    resolved,
)
from perfeval_xl.workbook.opc.package import CHUNK

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from perfeval_xl.workbook.opc.package import Package

MOST_TEXTS = 500_000
_FIRST_ITEM, _BETWEEN, _LAST_ITEM = b"<si><t", "</t></si><si><t", b"</t></si></sst>"
_EMPTY = b"<si><t/></si>", b"<si><t></t></si>"
_KEPT_BLANKS = ' xml:space="preserve"'


def shared_texts(package: Package, part: str) -> list[str]:
    """共享文字表, in order; an item made of several runs is one text; cut off after MOST_TEXTS items."""
    member, chunks = package.find(part), package.stream(part)
    if member and member.size <= CHUNK:
        data = b"".join(chunks)
        texts = _plain_texts(data)
        if texts is not None:
            return texts
        chunks = iter((data,))
    return _parsed_texts(chunks)


def _plain_texts(data: bytes) -> list[str] | None:
    r"""The texts of a part in the very shape Excel writes; None where only a parser can tell.

    >>> _plain_texts('<sst xmlns="urn:x"><si><t>医保</t></si><si><t xml:space="preserve"> 基金\n</t></si></sst>'.encode())
    ['医保', ' 基金\n']
    """
    head, _, body = data.partition(_FIRST_ITEM)
    if b"<si" in head or not (body.endswith(_LAST_ITEM) and has_plain_shape(head, b"<sst ") and has_plain_characters(body)):
        return None
    try:
        text = body[:-len(_LAST_ITEM)].replace(*_EMPTY).decode()
    except UnicodeDecodeError:
        return None
    items = [item.removeprefix(_KEPT_BLANKS) for item in text.split(_BETWEEN)]
    if "<" in "".join(items) or not all(item.startswith(">") for item in items):
        return None
    return [unescaped(resolved(item[1:])) for item in items]


def _parsed_texts(chunks: Iterator[bytes]) -> list[str]:
    items = _SharedTexts()
    feeder = Feeder(new_parser(items.start, items.end, items.gather))
    for chunk in chunks:
        feeder.feed(chunk)
        if len(items.texts) >= MOST_TEXTS:
            return items.texts
    feeder.feed(b"", last=True)
    return items.texts


def unescaped(text: str) -> str:
    r"""还原转义字符, written as _xHHHH_ in a part; halves of a surrogate pair stay as written.

    >>> unescaped("第一行_x000D_第二行"), unescaped("_x005F_x000D_"), unescaped("_xD83D_")
    ('第一行\r第二行', '_x000D_', '_xD83D_')
    """
    return _escape().sub(_character, text) if "_x" in text else text


@cache
def _escape() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile("_x([0-9A-Fa-f]{4})_")


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return escape[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _SharedTexts:
    """Handlers of expat: ``<si><t>…</t></si>`` or ``<si><r><t>…</t></r>…<rPh>…</rPh></si>``."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._runs: list[str] = []
        self._phonetic = False
        self._item = self._text = self._hint = ""
        self.gather = self._pieces.append

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == self._text:
            self._pieces.clear()
        elif name == self._item:
            self._runs.clear()
        elif name == self._hint:
            self._phonetic = True
        elif not self._item:
            namespace = namespace_of(name)
            self._item, self._text, self._hint = namespace + "si", namespace + "t", namespace + "rPh"

    def end(self, name: str) -> None:
        if name == self._text:
            if not self._phonetic:
                self._runs += self._pieces
        elif name == self._item:
            self.texts.append(unescaped("".join(self._runs)))
        elif name == self._hint:
            self._phonetic = False
