"""宏工程: xl/vbaProject.bin after [MS-OVBA], from text alone.

No performance caches: _VBA_PROJECT is its seven-byte head with version FFFF and every module starts at offset 0,
so Excel compiles from the sources when it opens the file. Same modules, same bytes.
"""

from __future__ import annotations

import re
import struct
import uuid
from typing import TYPE_CHECKING

from perfeval_xl.workbook.vba.compound_file import compound_file
from perfeval_xl.workbook.vba.compression import compress
from perfeval_xl.workbook.vba.source import DOCUMENT, STANDARD, Module

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CODE_PAGE = 1252  # all text is ASCII; a strict encoder refuses the rest
_UNITED_STATES = 0x409
_WINDOWS_64 = 3
_NO_COOKIE = 0xFFFF
_UNCOMPILED = bytes.fromhex("cc61ffff000100")
_STAMP = 946684800  # 2000-01-01: any fixed version of the project
_OFFICE = (
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
)
# VBA itself and Excel's library are implied and never listed; Excel's own new files list exactly these two.
_REFERENCES = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    ("Office", r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#" + _OFFICE),
)


def vba_project(modules: Sequence[Module], name: str = "VBAProject", streams: Mapping[str, bytes] | None = None) -> bytes:
    """写出宏工程的字节. Document modules first: the workbook, then the sheets in their order.

    ``streams``: by name the compressed texts of those modules that have been compressed before.

    Raises ValueError where names clash (VBA tells no upper from lower case) or a text cannot be written.
    """
    _check_names(modules, name)
    known = streams or {}
    contents = {module.name: known.get(module.name) or compress(_narrow(module.text)) for module in modules}
    names = b"".join(_narrow(module.name) + b"\0" + _wide(module.name) + b"\0\0" for module in modules)
    return compound_file(
        {
            "VBA": {**contents, "_VBA_PROJECT": _UNCOMPILED, "dir": compress(_directory(modules, name))},
            "PROJECTwm": names + b"\0\0",
            "PROJECT": _narrow("".join(f"{line}\r\n" for line in _project_lines(modules, name))),
        }
    )


def _check_names(modules: Sequence[Module], name: str) -> None:
    seen = {"dir", "_vba_project"}
    for each in (name, *(module.name for module in modules)):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,30}", each):
            raise ValueError(f"{each!r}: names in a project are ASCII identifiers of at most 31 characters")
        if each.lower() in seen:
            raise ValueError(f"{each!r}: the names of the project and its modules must differ")
        seen.add(each.lower())


def _narrow(text: str) -> bytes:
    return text.encode("ascii")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _record(identifier: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", identifier, len(data)) + data


def _long(identifier: int, value: int) -> bytes:
    return _record(identifier, struct.pack("<I", value))


def _short(identifier: int, value: int) -> bytes:
    return _record(identifier, struct.pack("<H", value))


def _both(identifier: int, wide_identifier: int, text: str) -> bytes:
    """One text twice: in the project's code page and in UTF-16."""
    return _record(identifier, _narrow(text)) + _record(wide_identifier, _wide(text))


def _directory(modules: Sequence[Module], name: str) -> bytes:
    """The dir stream ([MS-OVBA] 2.3.4.2), uncompressed."""
    return b"".join(
        (
            _information(name),
            *(_reference(*each) for each in _REFERENCES),
            _short(0x0F, len(modules)),
            _short(0x13, _NO_COOKIE),
            *(_module_records(module) for module in modules),
            _record(0x10),
        )
    )


def _information(name: str) -> bytes:
    return b"".join(
        (
            _long(0x01, _WINDOWS_64),
            _long(0x02, _UNITED_STATES),
            _long(0x14, _UNITED_STATES),
            _short(0x03, _CODE_PAGE),
            _record(0x04, _narrow(name)),
            _both(0x05, 0x40, ""),  # description
            _record(0x06) + _record(0x3D),  # help file
            _long(0x07, 0),  # help context
            _long(0x08, 0),  # library flags
            struct.pack("<HIIH", 0x09, 4, _STAMP, 1),  # its length field is the constant 4, not the length
            _both(0x0C, 0x3C, ""),  # conditional compilation constants
        )
    )


def _reference(name: str, library: str) -> bytes:
    libid = _narrow(library)
    return _both(0x16, 0x3E, name) + _record(0x0D, struct.pack("<I", len(libid)) + libid + bytes(6))


def _module_records(module: Module) -> bytes:
    return b"".join(
        (
            _both(0x19, 0x47, module.name),
            _both(0x1A, 0x32, module.name),  # name of its stream
            _both(0x1C, 0x48, module.description),
            _long(0x31, 0),  # offset of the source in the stream: nothing stands before it
            _long(0x1E, 0),  # help context
            _short(0x2C, _NO_COOKIE),
            _record(0x21 if module.kind == STANDARD else 0x22),
            _record(0x2B),
        )
    )


def _project_lines(modules: Sequence[Module], name: str) -> list[str]:
    """The PROJECT stream ([MS-OVBA] 2.3.1): an unprotected project, all windows closed."""
    guid = "{" + str(uuid.uuid5(uuid.NAMESPACE_OID, f"perfeval_xl/{name}")).upper() + "}"
    return [
        f'ID="{guid}"',
        *(
            f"{module.kind}={module.name}" + ("/&H00000000" if module.kind == DOCUMENT else "")
            for module in modules
        ),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_obfuscated(guid, bytes(4))}"',
        f'DPB="{_obfuscated(guid, bytes(1))}"',
        f'GC="{_obfuscated(guid, bytes([0xFF]))}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]


def _obfuscated(guid: str, data: bytes) -> str:
    """What the specification calls encryption (2.4.3.2); the key is the project's own identifier.

    With a key that does not fit the identifier Excel calls the project unviewable.
    """
    key = sum(guid.encode("ascii")) & 0xFF
    seed = uuid.UUID(guid).bytes[0]
    out = bytearray([seed, seed ^ 2, seed ^ key])
    plain, last, before_last = key, seed ^ key, seed ^ 2
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        coded = byte ^ (before_last + plain & 0xFF)
        out.append(coded)
        plain, last, before_last = byte, coded, last
    return out.hex().upper()
