"""复合文档: the container of .xls, .doc and encrypted workbooks, as far as we look into it.

Nothing in it is trusted: chains are followed for a bounded number of steps, and what lies outside the file is
not there.
"""

from __future__ import annotations

import struct

_NO_SECTOR = 0xFFFFFFFA            # this and above are marks, not sectors
_SMALL_STREAM = 4096
_SMALL_SECTOR = 64
_MOST_DIRECTORY_BYTES = 1 << 20


class CompoundFile:
    """复合文档 over the bytes of a file; whatever cannot be read is simply missing.

    ``names``: streams and storages in the order of the directory.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sector = 1 << min(int.from_bytes(data[30:32], "little"), 12)
        self._table = self._allocation_table() if len(data) >= 512 and self._sector >= 512 else ()
        self._entries: dict[str, tuple[int, int]] = {}
        self.names: list[str] = []
        self._root = (_NO_SECTOR, 0)
        self._read_directory()

    def stream(self, name: str, most_bytes: int) -> bytes:
        """一个流的内容, at most that many bytes; b"" when there is none."""
        start, size = self._entries.get(name, (_NO_SECTOR, 0))
        if size >= _SMALL_STREAM:
            return self._chain(start, min(size, most_bytes))
        return self._small_stream(start, size)[:most_bytes]

    def _small_stream(self, start: int, size: int) -> bytes:
        """Streams under 4096 bytes share one stream, with a table of its own."""
        small = self._chain(*self._root)
        table_start, sectors = struct.unpack_from("<2I", self._data, 60) if len(self._data) >= 512 else (_NO_SECTOR, 0)
        raw = self._chain(table_start, min(sectors * self._sector, len(self._data)))
        table = struct.unpack(f"<{len(raw) // 4}I", raw[:len(raw) // 4 * 4])
        pieces = [small[at * _SMALL_SECTOR:(at + 1) * _SMALL_SECTOR] for at in _steps(table, start, size // _SMALL_SECTOR + 1)]
        return b"".join(pieces)[:size]

    def _read_directory(self) -> None:
        start = int.from_bytes(self._data[48:52], "little")
        directory = self._chain(start, _MOST_DIRECTORY_BYTES)
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            if not (2 <= length <= 64 and kind):
                continue
            name = directory[at:at + length - 2].decode("utf-16-le", "replace")
            place = struct.unpack_from("<II", directory, at + 116)
            self.names.append(name)
            self._entries.setdefault(name, place)
            if kind == 5:
                self._root = place

    def _chain(self, start: int, size: int) -> bytes:
        pieces = []
        for sector in _steps(self._table, start, size // self._sector + 1):
            at = (sector + 1) * self._sector
            pieces.append(self._data[at:at + self._sector])
        return b"".join(pieces)[:size]

    def _allocation_table(self) -> tuple[int, ...]:
        """The first 109 of the table's own sectors are listed in the header, the others in a chain."""
        data, each = self._data, self._sector // 4
        listed = list(struct.unpack_from("<109I", data, 76))
        more, count = struct.unpack_from("<2I", data, 68)
        for _ in range(min(count, len(data) // self._sector)):
            at = (more + 1) * self._sector
            if more >= _NO_SECTOR or at + self._sector > len(data):
                break
            *sectors, more = struct.unpack_from(f"<{each}I", data, at)
            listed += sectors
        places = [(sector + 1) * self._sector for sector in listed if sector < _NO_SECTOR]
        whole = b"".join(data[at:at + self._sector] for at in places if at + self._sector <= len(data))
        return struct.unpack(f"<{len(whole) // 4}I", whole)


def _steps(table: tuple[int, ...], start: int, most: int) -> list[int]:
    """Sectors of one chain; a chain that runs in a circle ends after ``most`` steps."""
    found: list[int] = []
    while start < len(table) and len(found) < most:
        found.append(start)
        start = table[start]
    return found
