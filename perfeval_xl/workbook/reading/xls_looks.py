"""xls 的显示: number formats, error values and hidden rows of an .xls, which the foreign reader does not tell.

Only the records that say so are looked at ([MS-XLS] 2.4); values come from the foreign reader. Broken or
encrypted streams give no looks, never an exception.
"""

from __future__ import annotations

import struct

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import ErrorValue
from perfeval_xl.workbook.opc.compound import CompoundFile
from perfeval_xl.workbook.reading.cell_formats import BUILTIN_FORMATS
from perfeval_xl.workbook.reading.merged_areas import LAST_READ_COLUMN, LAST_READ_ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Place = tuple[int, int]

_MOST_BYTES = 64 << 20
_MOST_RECORDS = 2_000_000
_BIFF8 = 0x0600
_EOF, _FILEPASS, _BOUNDSHEET, _BOF = 0x0A, 0x2F, 0x85, 0x809
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}


class SheetLook:
    """一张工作表的显示: number format by place, error values by place, hidden rows and columns, one-based."""

    def __init__(self) -> None:
        self.formats: dict[Place, str] = {}
        self.errors: dict[Place, ErrorValue] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()


def xls_looks(data: bytes) -> dict[str, SheetLook]:
    """各工作表的显示 by sheet name; empty when the file is no BIFF8 workbook or cannot be read."""
    return _Globals(CompoundFile(data).stream("Workbook", _MOST_BYTES)).looks


class _Globals:
    """The workbook globals, and through them every sheet's own records."""

    def __init__(self, stream: bytes) -> None:
        self.looks: dict[str, SheetLook] = {}
        self._stream = stream
        self._codes = BUILTIN_FORMATS.copy()
        self._styles: list[int] = []
        places: list[tuple[str, int]] = []
        for kind, body in _records(stream, 0):
            if kind == _FILEPASS or (kind == _BOF and body[:2] != _BIFF8.to_bytes(2, "little")):
                return
            if kind == 0x41E and len(body) >= 5:
                self._codes[int.from_bytes(body[:2], "little")] = _text(body[2:], 2)
            elif kind == 0xE0 and len(body) >= 4:
                self._styles.append(int.from_bytes(body[2:4], "little"))
            elif kind == _BOUNDSHEET and len(body) >= 8:
                places.append((_text(body[6:], 1), int.from_bytes(body[:4], "little")))
        for name, place in places:
            self.looks[name] = self._look(place)

    def _look(self, place: int) -> SheetLook:
        look = SheetLook()
        readers: dict[int, Callable[[SheetLook, bytes], None]] = {
            0x203: self._cell, 0x27E: self._cell, 0x06: self._formula, 0xFD: self._cell, 0x204: self._cell,
            0x205: self._logical_or_error, 0xBD: self._numbers, 0x208: _row, 0x7D: _columns,
        }
        for kind, body in _records(self._stream, place):
            reader = readers.get(kind)
            if reader is not None:
                reader(look, body)
        return look

    def _cell(self, look: SheetLook, body: bytes) -> None:
        if len(body) >= 6:
            row, column, style = struct.unpack_from("<3H", body)
            self._format(look, row, column, style)

    def _formula(self, look: SheetLook, body: bytes) -> None:
        self._cell(look, body)
        if len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            _error(look, body, body[8])

    def _logical_or_error(self, look: SheetLook, body: bytes) -> None:
        self._cell(look, body)
        if len(body) >= 8 and body[7]:
            _error(look, body, body[6])

    def _numbers(self, look: SheetLook, body: bytes) -> None:
        if len(body) < 6:
            return
        row, first = struct.unpack_from("<2H", body)
        for number, at in enumerate(range(4, len(body) - 6, 6)):
            self._format(look, row, first + number, int.from_bytes(body[at:at + 2], "little"))

    def _format(self, look: SheetLook, row: int, column: int, style: int) -> None:
        if row < LAST_READ_ROW and column < LAST_READ_COLUMN and style < len(self._styles):
            look.formats[row + 1, column + 1] = self._codes.get(self._styles[style], "General")


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place up to the end of its substream."""
    for _ in range(_MOST_RECORDS):
        if place + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<2H", stream, place)
        yield kind, stream[place + 4:place + 4 + length]
        if kind == _EOF:
            return
        place += 4 + length


def _text(body: bytes, width: int) -> str:
    """A string with its length in front, one or two bytes a character as the flag says."""
    length = int.from_bytes(body[:width], "little")
    wide = len(body) > width and body[width] & 1
    raw = body[width + 1:width + 1 + (length * 2 if wide else length)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def _error(look: SheetLook, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<2H", body)
    if row < LAST_READ_ROW and column < LAST_READ_COLUMN and code in _ERRORS:
        look.errors[row + 1, column + 1] = ErrorValue(_ERRORS[code])


def _row(look: SheetLook, body: bytes) -> None:
    if len(body) >= 16 and body[12] & 0x20:
        row = int.from_bytes(body[:2], "little") + 1
        if row <= LAST_READ_ROW:
            look.hidden_rows.add(row)


def _columns(look: SheetLook, body: bytes) -> None:
    if len(body) >= 10 and body[8] & 1:
        first, last = struct.unpack_from("<2H", body)
        look.hidden_columns.update(range(first + 1, min(last + 1, LAST_READ_COLUMN) + 1))
