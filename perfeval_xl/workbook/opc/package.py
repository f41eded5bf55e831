"""文件包: the zip container of an OOXML workbook, read with zlib and struct alone, every size bounded.

A received package is hostile until read: sizes are believed only as upper bounds, names are keys and
never become paths, what is inflated is counted over the whole package.
"""

from __future__ import annotations

import struct
import zlib

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT_TYPES = "[Content_Types].xml"
STORED, DEFLATED = 0, 8
UTF8_NAME = 0x800
MOST_MEMBERS = 10_000
MOST_PART_BYTES = 64 << 20       # a part that is held in memory
MOST_STREAMED_BYTES = 256 << 20  # a part that is read in chunks
MOST_PACKAGE_BYTES = 512 << 20   # everything inflated from one package
MOST_RATIO = 400                 # of a part above RATIO_FREE_BYTES; blank rows reach 1000 but are streamed
RATIO_FREE_BYTES = 8 << 20
CHUNK = 256 << 10

DAMAGED = "文件已损坏或没有下载完整，无法读取。请重新获取这个文件，或者在 Excel 里打开后另存一份再试。"
LOCKED = "文件包里的内容已加密，无法读取。请对方去掉密码后另存一份再发来。"
OVERSIZED = "文件展开后大得不正常，为安全起见没有读取。请在 Excel 里打开，把需要的表格复制到新工作簿后另存。"

_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x2041


class Member(Record):
    """包内部件: one member as the central directory describes it."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    offset: int


class Package:
    """文件包: members by part name (no leading slash), looked up without regard to case.

    Raises UnusableFile for whatever is damaged, encrypted, doubled or beyond the limits.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._inflated = 0
        self.members: dict[str, Member] = {}
        self._by_lower: dict[str, Member] = {}
        for member in _directory(data):
            lower = member.name.lower()
            if lower in self._by_lower:
                raise UnusableFile(DAMAGED)
            self.members[member.name] = self._by_lower[lower] = member

    def find(self, name: str) -> Member | None:
        """按名称找部件: the member, None when the package has none of that name."""
        return self._by_lower.get(name.lower())

    def read(self, name: str, limit: int = MOST_PART_BYTES) -> bytes:
        """整个部件的内容, at most ``limit`` bytes; a missing part means a damaged file."""
        member = self.find(name)
        if member is None:
            raise UnusableFile(DAMAGED)
        if member.size > RATIO_FREE_BYTES and member.size > member.packed * MOST_RATIO:
            raise UnusableFile(OVERSIZED)
        return b"".join(self._chunks(member, limit, min(member.size + 1, limit + 1)))

    def stream(self, name: str, limit: int = MOST_STREAMED_BYTES) -> Iterator[bytes]:
        """部件内容分块: chunks of bounded size; the last one is followed by the checksum test."""
        member = self.find(name)
        if member is None:
            raise UnusableFile(DAMAGED)
        return self._chunks(member, limit, CHUNK)

    def packed(self, member: Member) -> memoryview:
        """部件的原始压缩字节, as they lie in the file."""
        data, start = self._data, member.offset
        if start + _LOCAL.size > len(data):
            raise UnusableFile(DAMAGED)
        local = _LOCAL.unpack_from(data, start)
        first = start + _LOCAL.size + local[9] + local[10]
        if local[0] != b"PK\3\4" or first + member.packed > len(data):
            raise UnusableFile(DAMAGED)
        return memoryview(data)[first:first + member.packed]

    def _chunks(self, member: Member, limit: int, step: int) -> Iterator[bytes]:
        if member.size > limit:
            raise UnusableFile(OVERSIZED)
        crc = size = 0
        for chunk in _unpacked(self.packed(member), member.method, step):
            size += len(chunk)
            self._inflated += len(chunk)
            if size > member.size:
                raise UnusableFile(DAMAGED)
            if self._inflated > MOST_PACKAGE_BYTES:
                raise UnusableFile(OVERSIZED)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != member.size or crc != member.crc:
            raise UnusableFile(DAMAGED)


def _unpacked(packed: memoryview, method: int, step: int) -> Iterator[bytes]:
    if method == STORED:
        for start in range(0, len(packed), step):
            yield bytes(packed[start:start + step])
        return
    if method != DEFLATED:
        raise UnusableFile(DAMAGED)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), CHUNK):
            chunk = inflater.decompress(packed[start:start + CHUNK], step)
            while chunk:
                yield chunk
                chunk = inflater.decompress(inflater.unconsumed_tail, step)
    except zlib.error:
        raise UnusableFile(DAMAGED) from None


def _directory(data: bytes) -> Iterator[Member]:
    count, offset = _directory_place(data)
    if count > MOST_MEMBERS:
        raise UnusableFile(OVERSIZED)
    for _ in range(count):
        if offset + _ENTRY.size > len(data):
            raise UnusableFile(DAMAGED)
        entry = _ENTRY.unpack_from(data, offset)
        names, extras, notes = entry[10:13]
        start = offset + _ENTRY.size
        offset = start + names + extras + notes
        if entry[0] != b"PK\1\2" or offset > len(data):
            raise UnusableFile(DAMAGED)
        if entry[3] & _ENCRYPTED:
            raise UnusableFile(LOCKED)
        raw_name = data[start:start + names]
        if raw_name.endswith(b"/"):
            continue
        sizes = _wide_sizes((entry[9], entry[8], entry[16]), data[start + names:start + names + extras])
        yield Member(
            _part_name(raw_name, entry[3]), raw_name, entry[3], entry[4], entry[5], entry[6], entry[7],
            sizes[1], sizes[0], sizes[2],
        )


def _directory_place(data: bytes) -> tuple[int, int]:
    """Number of members and offset of the central directory."""
    end = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - 0xFFFF))
    if end < 0 or end + _END.size > len(data):
        raise UnusableFile(DAMAGED)
    _, _, _, _, count, _, offset, _ = _END.unpack_from(data, end)
    if count != 0xFFFF and offset != 0xFFFFFFFF:
        return count, offset
    locator = end - _LOCATOR_64.size
    if locator < 0 or data[locator:locator + 4] != b"PK\6\7":
        return count, offset
    place = _LOCATOR_64.unpack_from(data, locator)[2]
    if place + _END_64.size > len(data) or data[place:place + 4] != b"PK\6\6":
        raise UnusableFile(DAMAGED)
    wide = _END_64.unpack_from(data, place)
    return wide[7], wide[9]


def _wide_sizes(sizes: tuple[int, int, int], extra: bytes) -> list[int]:
    """Size, packed size and offset, taken from the zip64 field where the short ones are full."""
    found = list(sizes)
    wanted = [index for index, size in enumerate(sizes) if size == 0xFFFFFFFF]
    start = 0
    while wanted and start + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, start)
        field = extra[start + 4:start + 4 + length]
        if kind == 1:
            for position, index in enumerate(wanted):
                found[index] = int.from_bytes(field[position * 8:position * 8 + 8], "little")
            break
        start += 4 + length
    return found


def _part_name(raw_name: bytes, flags: int) -> str:
    """The part's name; old .NET programs wrote backslashes."""
    text = raw_name.decode("utf-8" if flags & UTF8_NAME or not raw_name.isascii() else "ascii", "replace")
    return text.replace("\\", "/").lstrip("/")
