"""复合文件的独立读者: reads by [MS-CFB] and says what is wrong; shares no code with the writer."""

from __future__ import annotations

import struct
from typing import NamedTuple

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOTHING = 0xFFFFFFFF


class BrokenError(Exception):
    """Reading cannot go on."""


class Line(NamedTuple):
    name: str
    kind: int
    red: bool
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """[MS-CFB] version 3, read strictly; ``findings`` grows while reading."""

    def __init__(self, data: bytes) -> None:
        self.findings: list[str] = []
        self.data = data
        self._read_header()
        self._used = dict.fromkeys(self.fat_sectors, "table")
        self.lines = self._read_directory()
        self.mini_fat = self._read_mini_fat()
        root = self.lines[0]
        self.mini = self._chain("mini stream", root.start, root.size)
        self._mini_used: set[int] = set()
        self.streams: dict[str, bytes] = {}
        self._walk(root.child, "")
        self._look_for_lost()

    def say(self, text: str) -> None:
        self.findings.append(text)

    def _read_header(self) -> None:
        data = self.data
        if len(data) < 1536 or len(data) % 512:
            raise BrokenError(f"size {len(data)} is not whole sectors")
        if data[:8] != bytes.fromhex("d0cf11e0a1b11ae1") or any(data[8:24]) or any(data[34:40]):
            raise BrokenError("not the head of a compound file")
        versions = struct.unpack_from("<HHHHH", data, 24)
        if versions != (0x3E, 3, 0xFFFE, 9, 6):
            self.say(f"header versions {versions}")
        none, fat_count, self.directory_start, _, *rest = struct.unpack_from("<9I", data, 40)
        cutoff, self.mini_start, self.mini_count, *lists = rest
        if [none, cutoff, *lists] != [0, 4096, END, 0]:
            self.say("header counts")
        listed = struct.unpack_from("<109I", data, 76)
        self.fat_sectors = listed[:fat_count]
        if set(listed[fat_count:]) - {FREE} or FREE in self.fat_sectors:
            self.say("header list of tables")
        tables = b"".join(self._sector(number) for number in self.fat_sectors)
        self.fat = list(struct.unpack(f"<{len(tables) // 4}I", tables))
        for number in self.fat_sectors:
            if self.fat[number] != FAT:
                self.say(f"sector {number} holds a table but is not marked so")

    def _sector(self, number: int) -> bytes:
        start = 512 * (number + 1)
        if start + 512 > len(self.data):
            raise BrokenError(f"sector {number} lies behind the end of the file")
        return self.data[start : start + 512]

    def _chain(self, what: str, start: int, size: int | None = None) -> bytes:
        parts, number = [], start
        while number != END:
            if number in self._used or number >= len(self.fat):
                raise BrokenError(f"{what}: sector {number} belongs to {self._used.get(number, 'nothing')}")
            self._used[number] = what
            parts.append(self._sector(number))
            number = self.fat[number]
        content = b"".join(parts)
        if size is None:
            return content
        if not size <= len(content) < size + 512:
            self.say(f"{what}: {size} bytes in {len(parts)} sectors")
        if any(content[size:]):
            self.say(f"{what}: rest of its last sector is not zero")
        return content[:size]

    def _read_mini_fat(self) -> list[int]:
        content = self._chain("mini table", self.mini_start)
        if len(content) != 512 * self.mini_count:
            self.say("count of mini table sectors")
        return list(struct.unpack(f"<{len(content) // 4}I", content))

    def _read_directory(self) -> list[Line]:
        content = self._chain("directory", self.directory_start)
        lines = []
        for offset in range(0, len(content), 128):
            raw = content[offset : offset + 128]
            length, kind, colour, left, right, child = struct.unpack_from("<HBBIII", raw, 64)
            start, size = struct.unpack_from("<IQ", raw, 116)
            if kind == 0:
                if raw[:68].strip(b"\0") or (left, right, child) != (NOTHING,) * 3 or any(raw[80:]):
                    self.say("an unused directory line is not empty")
                continue
            if length < 2 or length > 64 or any(raw[max(length - 2, 0) : 64]) or any(raw[80:116]):
                self.say(f"directory line {len(lines)}: name, class or times")
            name = raw[: length - 2].decode("utf-16-le")
            if set(name) & set("/\\:!"):
                self.say(f"name {name!r}")
            lines.append(Line(name, kind, colour == 0, left, right, child, start, size))
        if lines[0].kind != 5 or lines[0].name != "Root Entry" or lines[0].red:
            self.say("root line")
        return lines

    def _walk(self, top: int, path: str) -> None:
        """One storage: its children's search tree, then their contents."""
        if top == NOTHING:
            return
        if self.lines[top].red:
            self.say(f"top of {path or 'root'} is red")
        order: list[int] = []
        self._height(top, path, order)
        names = [(len(self.lines[number].name), self.lines[number].name.upper()) for number in order]
        if names != sorted(set(names)):
            self.say(f"children of {path or 'root'} are out of order or double: {names}")
        for number in order:
            line = self.lines[number]
            if line.kind == 1:
                if line.start or line.size:
                    self.say(f"storage {line.name} has a start or a size")
                self._walk(line.child, f"{path}{line.name}/")
            else:
                if line.child != NOTHING:
                    self.say(f"stream {line.name} has children")
                self.streams[path + line.name] = self._content(path + line.name, line)

    def _height(self, number: int, path: str, order: list[int]) -> int:
        if number == NOTHING:
            return 0
        if len(order) > len(self.lines):
            raise BrokenError(f"{path}: the tree runs in a circle")
        line = self.lines[number]
        left = self._height(line.left, path, order)
        order.append(number)
        right = self._height(line.right, path, order)
        if left != right:
            self.say(f"black height at {path}{line.name}: {left} and {right}")
        if line.red and any(side != NOTHING and self.lines[side].red for side in (line.left, line.right)):
            self.say(f"red above red at {path}{line.name}")
        return left + (not line.red)

    def _content(self, path: str, line: Line) -> bytes:
        if line.size >= 4096:
            return self._chain(path, line.start, line.size)
        if line.size == 0:
            if line.start != END:
                self.say(f"{path}: empty, but starts at {line.start}")
            return b""
        parts, number = [], line.start
        while number != END:
            if number in self._mini_used or number >= len(self.mini_fat):
                raise BrokenError(f"{path}: mini sector {number} is taken")
            self._mini_used.add(number)
            parts.append(self.mini[64 * number : 64 * number + 64])
            number = self.mini_fat[number]
        content = b"".join(parts)
        if not line.size <= len(content) < line.size + 64 or any(content[line.size :]):
            self.say(f"{path}: {line.size} bytes in {len(parts)} mini sectors")
        return content[: line.size]

    def _look_for_lost(self) -> None:
        sectors = len(self.data) // 512 - 1
        for number, link in enumerate(self.fat):
            if (link != FREE) != (number in self._used) or (number >= sectors and link != FREE):
                self.say(f"sector {number} is allocated and unused, or used and free")
        for number, link in enumerate(self.mini_fat):
            if (link != FREE) != (number in self._mini_used):
                self.say(f"mini sector {number} is allocated and unused, or used and free")
        if len(self._used) != sectors:
            self.say(f"{sectors} sectors, {len(self._used)} in use")
