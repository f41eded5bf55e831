"""远处的行: the rows of a large worksheet part below a table, which are carried in the pieces they were inflated in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import MOST_PART_BYTES, MOST_STREAMED_BYTES, OVERSIZED, Package

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LARGE = 1 << 20


class PackageReadOnce(Package):
    """文件包 whose large parts are kept as they are read, up to the size of the largest that is, for whoever asks again."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._kept: dict[str, tuple[bytes, ...]] = {}
        self._room = MOST_STREAMED_BYTES

    def stream(self, name: str, limit: int = MOST_STREAMED_BYTES) -> Iterator[bytes]:
        """部件内容分块, as a package gives it."""
        member, chunks = self.find(name), super().stream(name, limit)
        if member is None or not _LARGE < member.size <= self._room:
            return chunks
        self._room -= member.size
        return self._keeping(member.name.lower(), chunks)

    def keep_only(self, names: Collection[str]) -> None:
        """Let go of all other parts."""
        wanted = {name.lower() for name in names}
        self._kept = {name: pieces for name, pieces in self._kept.items() if name in wanted}

    def pieces(self, name: str) -> tuple[bytes, ...]:
        """部件内容 in pieces; inflated again only where it was not kept."""
        return self._kept.get(name.lower()) or tuple(Package(self._data).stream(name))

    def _keeping(self, name: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        pieces = []
        for chunk in chunks:
            pieces.append(chunk)
            yield chunk
        self._kept[name] = tuple(pieces)


class FarRows(Record):
    """一个大部件: what stands before its far rows, these in pieces, and what stands behind."""

    head: bytes
    rows: tuple[bytes | memoryview, ...]
    tail: bytes


def parted(pieces: Sequence[bytes], last_row: int) -> FarRows | None:
    """A part cut at the first row below ``last_row`` and behind the last; None where it is small or its rows are not certain.

    Raises UnusableFile where a part of absurd size cannot be cut there.
    """
    size = sum(map(len, pieces))
    if size <= _LARGE:
        return None
    found = _cut(pieces, last_row)
    if found is None and size > MOST_PART_BYTES:
        raise UnusableFile(OVERSIZED)
    return found


def _cut(pieces: Sequence[bytes], last_row: int) -> FarRows | None:
    first, head, start = _front(pieces, last_row)
    last, tail, end = _back(pieces)
    if first + last > len(pieces):
        whole = b"".join(pieces)
        end += len(whole) - len(tail) if end else 0
        rows: tuple[bytes | memoryview, ...] = (memoryview(whole)[start:end],)
        head, tail, is_cut = whole[:start], whole[end:], 0 < start < end
    else:
        rows = (memoryview(head)[start:], *pieces[first : len(pieces) - last], memoryview(tail)[:end])
        head, tail, is_cut = head[:start], tail[end:], start > 0 and end > 0
    return FarRows(head, rows, tail) if is_cut and b"<!" not in head and b"<!" not in tail else None


def _front(pieces: Sequence[bytes], last_row: int) -> tuple[int, bytes, int]:
    """How many pieces it takes to the first far row, these pieces, and where in them it begins (0 for nowhere)."""
    rows = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
    numbered = re.compile(rb"\br\s*=\s*[\"'](\d{1,7})[\"']")
    count = 1
    while True:
        data = b"".join(pieces[:count])
        number = 0
        for row in rows.finditer(data):
            stated = numbered.search(row[1])
            number = int(stated[1]) if stated else number + 1
            if number > last_row:
                return count, data, row.start()
        if count >= len(pieces):
            return count, data, 0
        count *= 2


def _back(pieces: Sequence[bytes]) -> tuple[int, bytes, int]:
    """How many pieces from the end it takes to the end of the rows, these pieces, and where in them that is (0 for nowhere)."""
    count = 1
    while True:
        data = b"".join(pieces[-count:])
        end = data.rfind(b"</", 0, max(data.rfind(b"sheetData>"), 0))
        if end > 0 or count >= len(pieces):
            return count, data, max(end, 0)
        count *= 2
