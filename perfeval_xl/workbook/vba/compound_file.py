"""复合文件: an OLE compound file of version 3 after [MS-CFB], writing side only."""

from __future__ import annotations

import struct
from typing import TypeAlias

Tree: TypeAlias = "dict[str, bytes | Tree]"

_FREE, _END, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_SECTOR, _MINI_SECTOR, _CUTOFF = 512, 64, 4096
_LINKS = _SECTOR // 4
_ENTRIES = _SECTOR // 128
_MOST_FAT_SECTORS = 109  # as many as the header itself can list: 7 MB, far above any project of ours


def compound_file(tree: Tree) -> bytes:
    """写成复合文件: {"name": bytes} is a stream, {"name": {…}} a storage. Same tree, same bytes.

    Sibling trees are balanced and validly coloured; streams below 4096 bytes go to the mini stream.
    Raises ValueError for a name or a size the format cannot hold.
    """
    entries = _directory(tree)
    mini, mini_links = _mini_stream(entries)
    big = [entry for entry in entries if len(entry.data) >= _CUTOFF]
    links = _Links()
    fat_sectors = _fat_sectors(
        _sectors(len(entries), _ENTRIES)
        + _sectors(len(mini_links), _LINKS)
        + _sectors(len(mini), _SECTOR)
        + sum(_sectors(len(entry.data), _SECTOR) for entry in big)
    )
    links.extend([_FAT_SECTOR] * fat_sectors)
    directory_start = links.chain(_sectors(len(entries), _ENTRIES))
    mini_links_start = links.chain(_sectors(len(mini_links), _LINKS))
    entries[0].start = links.chain(_sectors(len(mini), _SECTOR))
    entries[0].size = len(mini)
    for entry in big:
        entry.start = links.chain(_sectors(len(entry.data), _SECTOR))
    header = _header(fat_sectors, directory_start, mini_links_start, _sectors(len(mini_links), _LINKS))
    parts = [
        header,
        links.packed(),
        b"".join(entry.packed() for entry in entries)
        + _UNUSED_ENTRY * (_sectors(len(entries), _ENTRIES) * _ENTRIES - len(entries)),
        mini_links.packed(),
        _padded(mini, _SECTOR),
        *(_padded(entry.data, _SECTOR) for entry in big),
    ]
    return b"".join(parts)


class _Entry:
    """One line of the directory; siblings and child are numbers of other lines."""

    def __init__(self, name: str, kind: int, data: bytes = b"") -> None:
        self.name, self.kind, self.data, self.size = name, kind, data, len(data)
        self.colour, self.left, self.right, self.child = _BLACK, _FREE, _FREE, _FREE
        self.start = _END if kind == _STREAM else 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII36xIQ",
            name, len(name), self.kind, self.colour, self.left, self.right, self.child, self.start, self.size,
        )  # fmt: skip


_UNUSED_ENTRY = struct.pack("<68xIII48x", _FREE, _FREE, _FREE)


class _Links(list[int]):
    """An allocation table: for each sector the next one of its chain."""

    def chain(self, sectors: int) -> int:
        """Append a chain of so many sectors; its first sector, or the end mark for none."""
        first = len(self)
        self.extend([*range(first + 1, first + sectors), _END] if sectors else [])
        return first if sectors else _END

    def packed(self) -> bytes:
        padding = _sectors(len(self), _LINKS) * _LINKS - len(self)
        return struct.pack(f"<{len(self) + padding}I", *self, *[_FREE] * padding)


def _sectors(size: int, per_sector: int) -> int:
    return -(-size // per_sector)


def _padded(data: bytes, unit: int) -> bytes:
    return data.ljust(_sectors(len(data), unit) * unit, b"\0")


def _directory(tree: Tree) -> list[_Entry]:
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _append(entries, tree)
    return entries


def _append(entries: list[_Entry], tree: Tree) -> int:
    """Append the children of one storage; the number of the top of their sibling tree."""
    numbers: dict[str, int] = {}
    for name, content in tree.items():
        _check_name(name)
        numbers[name] = len(entries)
        kind = _STORAGE if isinstance(content, dict) else _STREAM
        entries.append(_Entry(name, kind, b"" if isinstance(content, dict) else content))
    ordered = [numbers[name] for name in sorted(tree, key=_sibling_order)]
    top = _balanced(entries, ordered, 0, len(ordered).bit_length() - 1)
    for name, content in tree.items():
        if isinstance(content, dict):
            entries[numbers[name]].child = _append(entries, content)
    return top


def _check_name(name: str) -> None:
    if not name or len(name) > 31 or set(name) & set("/\\:!"):  # 31 characters and a NUL
        raise ValueError(f"{name!r} cannot name a stream or a storage")


def _sibling_order(name: str) -> tuple[int, str]:
    return len(name), name.upper()


def _balanced(entries: list[_Entry], ordered: list[int], depth: int, deepest: int) -> int:
    """Tie the lines into a balanced search tree. Only its last level is red, so every path has as many black ones."""
    if not ordered:
        return _FREE
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.colour = _RED if depth and depth == deepest else _BLACK
    entry.left = _balanced(entries, ordered[:middle], depth + 1, deepest)
    entry.right = _balanced(entries, ordered[middle + 1 :], depth + 1, deepest)
    return ordered[middle]


def _mini_stream(entries: list[_Entry]) -> tuple[bytes, _Links]:
    mini, links = bytearray(), _Links()
    for entry in entries:
        if 0 < len(entry.data) < _CUTOFF:
            entry.start = links.chain(_sectors(len(entry.data), _MINI_SECTOR))
            mini += _padded(entry.data, _MINI_SECTOR)
    return bytes(mini), links


def _fat_sectors(others: int) -> int:
    """The allocation table covers the other sectors and its own."""
    count = 1
    while count * _LINKS < count + others:
        count += 1
    if count > _MOST_FAT_SECTORS:
        raise ValueError(f"{others} sectors of 512 bytes: a project above 7 MB is not written")
    return count


def _header(fat_sectors: int, directory_start: int, mini_links_start: int, mini_links_sectors: int) -> bytes:
    fixed = struct.pack(
        "<8s16xHHHHH6x9I",
        bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_sectors, directory_start, 0, _CUTOFF, mini_links_start, mini_links_sectors, _END, 0,
    )  # fmt: skip
    listed = [*range(fat_sectors), *[_FREE] * (_MOST_FAT_SECTORS - fat_sectors)]
    return fixed + struct.pack(f"<{_MOST_FAT_SECTORS}I", *listed)
