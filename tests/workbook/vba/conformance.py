"""宏工程的独立检查: reads vbaProject.bin by [MS-OVBA] and says what is wrong; shares no code with the writer."""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from tests.workbook.vba.compound_reader import BrokenError, CompoundFile


def decompressed(container: bytes) -> bytes:
    """[MS-OVBA] 2.4.1, refusing what Excel is known to stumble over."""
    if not container.startswith(b"\x01"):
        raise BrokenError("no signature byte")
    out, position = bytearray(), 1
    while position < len(container):
        if out and len(out) % 4096:
            raise BrokenError("a chunk before the last one is not full")
        (head,) = struct.unpack_from("<H", container, position)
        if head >> 12 & 7 != 3:
            raise BrokenError(f"chunk head {head:04x}")
        if not head & 0x8000:
            raise BrokenError("raw chunk")
        end = position + (head & 0xFFF) + 3
        if end > len(container):
            raise BrokenError("chunk runs over the end")
        out += _chunk(container[position + 2 : end])
        position = end
    return bytes(out)


def _chunk(body: bytes) -> bytes:
    out, position = bytearray(), 0
    while position < len(body):
        flags = body[position]
        position += 1
        for bit in range(8):
            if position >= len(body):
                if flags >> bit:
                    raise BrokenError("flags for tokens that are not there")
                break
            if flags >> bit & 1:
                (token,) = struct.unpack_from("<H", body, position)
                position += 2
                bits = 4
                while 1 << bits < len(out):
                    bits += 1
                distance, length = (token >> 16 - bits) + 1, (token & 0xFFFF >> bits) + 3
                if distance > len(out):
                    raise BrokenError("copy from before the chunk")
                for _ in range(length):
                    out.append(out[-distance])
            else:
                out.append(body[position])
                position += 1
    if len(out) > 4096:
        raise BrokenError("chunk of more than 4096 bytes")
    return bytes(out)


class ProjectModule(NamedTuple):
    name: str
    stream: str
    description: str
    offset: int
    standard: bool


_INFORMATION = (0x01, 0x4A, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C)
_OPTIONAL = {0x4A}


class Directory:
    """The dir stream ([MS-OVBA] 2.3.4.2), record by record in the only order the grammar allows."""

    def __init__(self, data: bytes) -> None:
        self._data, self._position = data, 0
        self.information = {number: self._expect(number) for number in _INFORMATION if self._comes(number)}
        missing = set(_INFORMATION) - set(self.information) - _OPTIONAL
        if missing:
            raise BrokenError(f"information records {sorted(missing)} missing")
        self.references: list[tuple[str, str]] = []
        while self._comes(0x16):
            self._reference()
        (count,) = struct.unpack("<H", self._expect(0x0F))
        self._expect(0x13)
        self.modules = [self._module() for _ in range(count)]
        if self._expect(0x10) or self._position != len(data):
            raise BrokenError("after the last module")

    def _comes(self, number: int) -> bool:
        return self._data[self._position : self._position + 2] == struct.pack("<H", number)

    def _expect(self, number: int) -> bytes:
        if not self._comes(number):
            raise BrokenError(f"record {number:#x} expected at {self._position}")
        (size,) = struct.unpack_from("<I", self._data, self._position + 2)
        size = 6 if number == 0x09 else size
        start = self._position + 6
        self._position = start + size
        if self._position > len(self._data):
            raise BrokenError(f"record {number:#x} runs over the end")
        return self._data[start : self._position]

    def _both(self, narrow: int, wide: int) -> str:
        text, again = self._expect(narrow).decode("ascii"), self._expect(wide).decode("utf-16-le")
        if text != again:
            raise BrokenError(f"{text!r} is {again!r} in Unicode")
        return text

    def _reference(self) -> None:
        name = self._both(0x16, 0x3E)
        record = self._expect(0x0D)
        (size,) = struct.unpack_from("<I", record)
        if len(record) != size + 10 or any(record[4 + size :]):
            raise BrokenError(f"reference {name}")
        self.references.append((name, record[4 : 4 + size].decode("ascii")))

    def _module(self) -> ProjectModule:
        name, stream, description = self._both(0x19, 0x47), self._both(0x1A, 0x32), self._both(0x1C, 0x48)
        (offset,) = struct.unpack("<I", self._expect(0x31))
        self._expect(0x1E)
        if self._expect(0x2C) != b"\xff\xff":
            raise BrokenError(f"cookie of {name}")
        standard = self._comes(0x21)
        if self._expect(0x21 if standard else 0x22) or self._expect(0x2B):
            raise BrokenError(f"end of {name}")
        return ProjectModule(name, stream, description, offset, standard)


def revealed(coded: str, project_id: str) -> bytes:
    """The plain data of CMG, DPB or GC ([MS-OVBA] 2.4.3.3), the key checked."""
    data = bytes.fromhex(coded)
    seed, key = data[0], data[2] ^ data[0]
    if data[1] ^ seed != 2:
        raise BrokenError("version of the coded data")
    if key != sum(project_id.encode()) % 256:
        raise BrokenError("coded with the key of another project")
    plain, earlier, last = [], data[1], data[2]
    before = key
    for byte in data[3:]:
        before = byte ^ (earlier + before) % 256
        earlier, last = last, byte
        plain.append(before)
    content = bytes(plain[(seed & 6) // 2 :])
    (size,) = struct.unpack_from("<I", content)
    if len(content) != size + 4:
        raise BrokenError("length of the coded data")
    return content[4:]


_BASES = {
    "Document": ("0{00020819-0000-0000-C000-000000000046}", "0{00020820-0000-0000-C000-000000000046}"),
    "Class": ("0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",),
}


class Project:
    """A whole project: ``sources`` are its modules' texts, ``findings`` everything that breaks a rule."""

    def __init__(self, data: bytes) -> None:
        file = CompoundFile(data)
        self.findings = file.findings
        self.streams = file.streams
        self.directory = Directory(decompressed(file.streams["VBA/dir"]))
        self.sources = {
            module.name: decompressed(file.streams[f"VBA/{module.stream}"][module.offset :]).decode("ascii")
            for module in self.directory.modules
        }
        self.lines = file.streams["PROJECT"].decode("ascii").split("\r\n")
        self._check_streams()
        self._check_project_lines()
        self._check_names()
        for module in self.directory.modules:
            self._check_module(module)

    def say(self, text: str) -> None:
        self.findings.append(text)

    def _check_streams(self) -> None:
        expected = {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"}
        expected |= {f"VBA/{module.stream}" for module in self.directory.modules}
        if set(self.streams) != expected:
            self.say(f"streams {sorted(set(self.streams) ^ expected)}")
        if not re.fullmatch(rb"\xcc\x61\xff\xff\x00..", self.streams["VBA/_VBA_PROJECT"], re.DOTALL):
            self.say("_VBA_PROJECT does not say that there are no caches")
        names = [module.name for module in self.directory.modules]
        both = [name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names]
        if self.streams["PROJECTwm"] != b"".join(both) + b"\0\0":
            self.say("PROJECTwm")

    def value(self, key: str) -> str:
        found = [line[len(key) + 1 :].strip('"') for line in self.lines if line.startswith(f"{key}=")]
        if len(found) != 1:
            raise BrokenError(f"PROJECT has {len(found)} lines {key}")
        return found[0]

    @property
    def declared(self) -> list[tuple[str, str]]:
        """(kind, name) of each module, as the PROJECT stream declares it."""
        found = (re.fullmatch(r"(Document|Module|Class)=(\w+)(/&H[0-9A-F]{8})?", line) for line in self.lines)
        whole = [match for match in found if match and (match[3] is not None) == (match[1] == "Document")]
        return [(match[1], match[2]) for match in whole]

    def _check_project_lines(self) -> None:
        if self.lines[-1] or any(not line.isprintable() for line in self.lines):
            self.say("PROJECT is not lines that end in CRLF")
        identifier = self.value("ID")
        if not re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", identifier):
            self.say(f"project identifier {identifier}")
        for key, plain in (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")):
            if revealed(self.value(key), identifier) != plain:
                self.say(f"{key}: the project is protected or hidden")
        if self.value("Name") != self.directory.information[0x04].decode("ascii"):
            self.say("the project has two names")
        modules = self.directory.modules
        kinds = [(name, kind == "Module") for kind, name in self.declared]
        if kinds != [(module.name, module.standard) for module in modules]:
            self.say("PROJECT and dir list different modules")
        workspace = self.lines[self.lines.index("[Workspace]") + 1 : -1]
        if [line.partition("=")[0] for line in workspace] != [module.name for module in modules]:
            self.say("windows of modules")

    def _check_names(self) -> None:
        names = [self.value("Name"), *(module.name for module in self.directory.modules)]
        if len({name.lower() for name in names}) != len(names):
            self.say("two equal names")
        for name in names:
            if not re.fullmatch(r"[A-Za-z]\w{0,30}", name, re.ASCII):
                self.say(f"name {name!r}")

    def _check_module(self, module: ProjectModule) -> None:
        kind = {name: kind for kind, name in self.declared}[module.name]
        text = self.sources[module.name]
        if module.offset or module.stream != module.name:
            self.say(f"{module.name}: something stands before its source")
        if not text.startswith(f'Attribute VB_Name = "{module.name}"\r\n'):
            self.say(f"{module.name}: does not name itself")
        if "\n" in text.replace("\r\n", "") or not text.endswith("\r\n"):
            self.say(f"{module.name}: line ends")
        base = re.search(r'^Attribute VB_Base = "(.*)"\r$', text, re.MULTILINE)
        if (base[1] if base else None) not in _BASES.get(kind, (None,)):
            self.say(f"{module.name}: base")
        if text.startswith("VERSION"):
            self.say(f"{module.name}: head of an exported class")


def findings(data: bytes) -> list[str]:
    """Everything wrong with a vbaProject.bin; empty when nothing is."""
    try:
        return Project(data).findings
    except (BrokenError, KeyError, UnicodeDecodeError, struct.error) as broken:
        return [f"{type(broken).__name__}: {broken}"]
