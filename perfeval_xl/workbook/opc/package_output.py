"""写出文件包: packages whose bytes depend on nothing but their parts, written atomically."""

from __future__ import annotations

import os
import struct
import zlib

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import CONTENT_TYPES, DEFLATED, STORED, UTF8_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfeval_xl.workbook.opc.package import Member, Package

_DATE_1980_01_01 = 0x21
_VERSION = 20
_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DATA_DESCRIPTOR = 0x8
_FASTEST = 1


class Carried(Record):
    """原样带过的部件: a member of another package whose compressed bytes are copied unread."""

    package: Package
    member: Member


class Pieces(Record):
    """分段的大部件: what it is put together from; written compressed, so its bytes depend on the zlib too."""

    data: tuple[bytes | memoryview, ...]


class _Record(Record):
    name: bytes
    flags: int
    method: int
    time: int
    date: int
    crc: int
    size: int
    body: bytes | memoryview


def package_bytes(parts: Mapping[str, bytes | Carried | Pieces]) -> bytes:
    """文件包的字节: [Content_Types].xml first, the others in the order given, new parts stored uncompressed.

    The same parts give the same bytes, whatever the machine, the clock or the zlib; but for large ones given in pieces.
    """
    records = [_record(name, parts[name]) for name in _ordered(parts)]
    pieces: list[bytes | memoryview] = []
    directory, at = bytearray(), 0
    for record in records:
        shared = (
            _VERSION, record.flags, record.method, record.time, record.date,
            record.crc, len(record.body), record.size, len(record.name), 0,
        )
        directory += _ENTRY.pack(b"PK\1\2", _VERSION, *shared, 0, 0, 0, 0, at) + record.name
        local = _LOCAL.pack(b"PK\3\4", *shared) + record.name
        pieces += (local, record.body)
        at += len(local) + len(record.body)
    end = _END.pack(b"PK\5\6", 0, 0, len(records), len(records), len(directory), at, 0)
    return b"".join([*pieces, directory, end])


def write_package(path: str, parts: Mapping[str, bytes | Carried]) -> None:
    """写成文件: the package appears whole or not at all; an existing file is replaced in one step.

    Raises UnusableFile when the folder or the file cannot be written.
    """
    write_bytes(path, package_bytes(parts))


def write_bytes(path: str, data: bytes) -> None:
    """原子写入: a temporary file in the same folder, flushed to the disk, then renamed over ``path``."""
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")  # noqa: PTH118 - pathlib costs a click
    try:
        with open(temporary, "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        _discard(temporary)
        raise UnusableFile(write_refusal(name, error)) from None


def _discard(temporary: str) -> None:
    try:
        os.remove(temporary)  # noqa: PTH107
    except OSError:
        return


def write_refusal(name: str, error: OSError) -> str:
    """不能写入的原因, and what to do about it."""
    if isinstance(error, PermissionError):
        return f"不能写入“{name}”：文件可能正在 Excel 或 WPS 中打开，或者文件夹不允许写入。请先关闭它，或换一个保存位置。"
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return f"不能写入“{name}”：保存的文件夹不存在。请先建立文件夹，或换一个保存位置。"
    if isinstance(error, IsADirectoryError):
        return f"不能写入“{name}”：已经有一个同名的文件夹。请换一个文件名。"
    return f"不能写入“{name}”：磁盘可能已满，或者文件名太长、含有不允许的字符。请检查后再试。"


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: name != CONTENT_TYPES)


def _record(name: str, part: bytes | Carried | Pieces) -> _Record:
    if isinstance(part, Carried):
        member = part.member
        return _Record(
            member.raw_name, member.flags & ~_DATA_DESCRIPTOR, member.method, member.time, member.date,
            member.crc, member.size, part.package.packed(member),
        )
    raw_name = name.encode()
    flags = 0 if raw_name.isascii() else UTF8_NAME
    if isinstance(part, Pieces):
        return _deflated(raw_name, flags, part)
    return _Record(raw_name, flags, STORED, 0, _DATE_1980_01_01, zlib.crc32(part), len(part), part)


def _deflated(raw_name: bytes, flags: int, part: Pieces) -> _Record:
    squeezer = zlib.compressobj(_FASTEST, zlib.DEFLATED, -zlib.MAX_WBITS)
    body, crc = bytearray(), 0
    for piece in part.data:
        body += squeezer.compress(piece)
        crc = zlib.crc32(piece, crc)
    body += squeezer.flush()
    return _Record(raw_name, flags, DEFLATED, 0, _DATE_1980_01_01, crc, sum(map(len, part.data)), memoryview(body))
