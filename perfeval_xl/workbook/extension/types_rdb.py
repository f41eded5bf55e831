"""类型库: one UNO interface as ``types.rdb``, so that no LibreOffice SDK is needed to build an extension.

The format is the one LibreOffice's own ``unoidl-write`` produces; numbers are little-endian.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_MAGIC = b"UNOIDL\xff\0"
_HEADER = struct.Struct("<8sII")    # magic, where the root map lies, how many entries it has
_NUMBER = struct.Struct("<I")
_ENTRY = struct.Struct("<II")       # where the name lies, where its payload lies
_MODULE, _INTERFACE = b"\0", b"\5"
_IN = b"\0"
_SEEN_BEFORE = 0x80000000
_ROOT_INTERFACE = "com.sun.star.uno.XInterface"


class Method(NamedTuple):
    """接口方法. Types in UNOIDL's spelling: ``any``, ``double``, ``string``, ``[]any``, ``[][]any``."""

    name: str
    result: str
    parameters: tuple[tuple[str, str], ...]


def type_library(interface: str, methods: tuple[Method, ...]) -> bytes:
    """类型库的字节: ``interface`` is a dotted name with at least one module, all names ASCII.

    >>> type_library("perfeval.XSample", (Method("answer", "any", (("question", "any"),)),))[:6]
    b'UNOIDL'
    """
    *modules, name = interface.split(".")
    library = _Library()
    payload = library.interface(methods)
    for module in [name, *reversed(modules[1:])]:
        payload = library.module(library.name(module), payload)
    return library.finished(library.name(modules[0]), payload)


class _Library:
    """The file while it grows: what is written refers to what was written before it."""

    def __init__(self) -> None:
        self._bytes = bytearray(_HEADER.size)
        self._texts: dict[str, int] = {}

    def interface(self, methods: tuple[Method, ...]) -> int:
        start = len(self._bytes)
        self._bytes += _INTERFACE
        self._number(1)
        self._text(_ROOT_INTERFACE)
        for count in (0, 0, len(methods)):  # optional bases, attributes, methods
            self._number(count)
        for method in methods:
            self._method(method)
        return start

    def _method(self, method: Method) -> None:
        self._text(method.name)
        self._text(method.result)
        self._number(len(method.parameters))
        for name, type_name in method.parameters:
            self._bytes += _IN
            self._text(name)
            self._text(type_name)
        self._number(0)  # exceptions

    def name(self, text: str) -> int:
        start = len(self._bytes)
        self._bytes += text.encode("ascii") + b"\0"
        return start

    def module(self, name: int, payload: int) -> int:
        start = len(self._bytes)
        self._bytes += _MODULE + _NUMBER.pack(1) + _ENTRY.pack(name, payload)
        return start

    def finished(self, name: int, payload: int) -> bytes:
        root = len(self._bytes)
        self._bytes += _ENTRY.pack(name, payload)
        _HEADER.pack_into(self._bytes, 0, _MAGIC, root, 1)
        return bytes(self._bytes)

    def _number(self, value: int) -> None:
        self._bytes += _NUMBER.pack(value)

    def _text(self, text: str) -> None:
        """A text, or where it was written before."""
        if text in self._texts:
            return self._number(_SEEN_BEFORE | self._texts[text])
        self._texts[text] = len(self._bytes)
        self._number(len(text))
        self._bytes += text.encode("ascii")
        return None
