"""源文件: .bas and .cls text as people keep it, and the form a project's streams hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STANDARD, CLASS, DOCUMENT = "Module", "Class", "Document"  # the keys of the PROJECT stream
WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
WORKSHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_LONGEST_LINE = 1023
_PREAMBLE = re.compile(r"\AVERSION [^\r]*CLASS\r\nBEGIN\r\n(?:.*\r\n)*?END\r\n")
_HEADER = re.compile(r"(?:Attribute VB_.*\r\n)*")


class Module(NamedTuple):
    """模块. ``text``: attribute header and code, ASCII, CRLF. ``description``: what the object browser shows."""

    name: str
    kind: str
    text: str
    description: str = ""


class SourceError(ValueError):
    """源文件不能进入宏工程: one of our own .bas or .cls files breaks a rule of the project."""


def standard_module(name: str, text: str) -> Module:
    r"""标准模块 from the text of a .bas file.

    >>> standard_module("Greeting", "Sub Hello()\nEnd Sub\n").text
    'Attribute VB_Name = "Greeting"\r\nSub Hello()\r\nEnd Sub\r\n'
    """
    header, body = _split(name, text)
    return Module(name, STANDARD, (header or f'Attribute VB_Name = "{name}"\r\n') + body)


def class_module(name: str, text: str) -> Module:
    """类模块 from the text of an exported .cls file; without VB_Base Excel cannot create its objects."""
    header, body = _split(name, text)
    found = dict(re.findall(r"^Attribute VB_(\w+) = (.*)\r$", header, re.MULTILINE))
    attributes = _attributes(
        name,
        _CLASS_BASE,
        PredeclaredId=found.get("PredeclaredId", "False"),
        Exposed=found.get("Exposed", "False"),
    )
    description = found.get("Description", "")
    if description:
        attributes += f"Attribute VB_Description = {description}\r\n"
    shown = description.strip('"').replace(r"\r\n", "\r\n").replace(r"\n", "\n")
    return Module(name, CLASS, attributes + body, shown)


def document_module(name: str, base: str, text: str = "") -> Module:
    """文档模块 behind the workbook or a worksheet; ``name`` is its code name, ``base`` one of the ``*_BASE`` here."""
    _, body = _split(name, text)
    attributes = _attributes(name, base, PredeclaredId="True", Exposed="True", Customizable="True")
    return Module(name, DOCUMENT, attributes + body)


def read_sources(folder: Path, documents: Mapping[str, str]) -> list[Module]:
    """读取一个文件夹: all document modules (with the code of a .cls of that name), then every .bas, then every other .cls.

    ``documents``: code name → base, the workbook first, then the sheets in their order.
    """
    texts = {path.stem: path.read_text("ascii") for path in _files(folder, ".cls")}
    return [
        *(document_module(name, base, texts.get(name, "")) for name, base in documents.items()),
        *(standard_module(path.stem, path.read_text("ascii")) for path in _files(folder, ".bas")),
        *(class_module(name, text) for name, text in texts.items() if name not in documents),
    ]


def _files(folder: Path, suffix: str) -> Iterable[Path]:
    return sorted(
        (path for path in folder.iterdir() if path.suffix.lower() == suffix),
        key=lambda path: path.stem.lower(),
    )


def _split(name: str, text: str) -> tuple[str, str]:
    """Attribute header and body, both with CRLF, of the module called ``name``."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,30}", name):
        raise SourceError(f"{name!r}: module names are ASCII identifiers of at most 31 characters")
    text = "".join(f"{line}\r\n" for line in text.splitlines())
    _check_text(name, text)
    text = _PREAMBLE.sub("", text)
    matched = _HEADER.match(text)
    header = matched.group() if matched else ""
    for own_name in re.findall(r'^Attribute VB_Name = "(.*)"\r$', header, re.MULTILINE):
        if own_name != name:
            raise SourceError(f"module {name} names itself {own_name}")
    return header, text[len(header) :]


def _check_text(name: str, text: str) -> None:
    """VBA has one code page per project; only ASCII reads the same on every Windows."""
    for number, line in enumerate(text.split("\r\n"), 1):
        if not line.isascii():
            raise SourceError(
                f"{name}, line {number}: not ASCII; Chinese belongs into messages.toml or cells"
            )
        if len(line) > _LONGEST_LINE:
            raise SourceError(f"{name}, line {number}: longer than the {_LONGEST_LINE} characters VBA reads")


def _attributes(name: str, base: str, **flags: str) -> str:
    order = ("GlobalNameSpace", "Creatable", "PredeclaredId", "Exposed", "TemplateDerived", "Customizable")
    head = f'Attribute VB_Name = "{name}"\r\nAttribute VB_Base = "{base}"\r\n'
    return head + "".join(f"Attribute VB_{flag} = {flags.get(flag, 'False')}\r\n" for flag in order)
