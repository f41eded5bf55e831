"""现成的宏模块: what every macro workbook carries, put together and compressed once, so that an adoption starts no child process.

``python -m perfeval_xl.workbook.vba.ready_modules`` writes ready_modules.json anew after a VBA source, a text, a function
for cells or xlwings changed; a test compares it with what ``macros`` makes of them.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfeval_xl.core.memory import cache
from perfeval_xl.workbook.vba.project import vba_project
from perfeval_xl.workbook.vba.source import WORKSHEET_BASE, Module, document_module

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET = Path(__file__).with_name("ready_modules.json")


class ReadyModule(NamedTuple):
    """现成的模块. ``stream``: its text, compressed as it lies in the project."""

    name: str
    kind: str
    description: str
    stream: bytes


def ready_project(sheet_code_names: Sequence[str]) -> bytes:
    """一个宏工作簿的工程: byte for byte ``macros.macro_project("perfeval.xlsm", sheet_code_names).binary``."""
    workbook, *others = (Module(module.name, module.kind, "", module.description) for module in ready_modules())
    sheets = [document_module(name, WORKSHEET_BASE) for name in sheet_code_names]
    return vba_project([workbook, *sheets, *others], streams={module.name: module.stream for module in ready_modules()})


@cache
def ready_modules() -> tuple[ReadyModule, ...]:
    """The modules in their order: the workbook's own first, those of sheets left out."""
    found = json.loads(TARGET.read_text("utf-8"))
    return tuple(ReadyModule(each["name"], each["kind"], each["description"], base64.b64decode(each["stream"])) for each in found)


def ready_document() -> str:
    """What ready_modules.json should hold, from the sources."""
    from perfeval_xl.workbook.vba.compression import compress  # noqa: PLC0415 - an adoption needs neither
    from perfeval_xl.workbook.vba.macros import macro_project  # noqa: PLC0415

    modules = macro_project("perfeval.xlsm", ()).modules
    return json.dumps([_entry(module, compress(module.text.encode("ascii"))) for module in modules], indent=1) + "\n"


def _entry(module: Module, stream: bytes) -> dict[str, str]:
    return {"name": module.name, "kind": module.kind, "description": module.description, "stream": base64.b64encode(stream).decode()}


if __name__ == "__main__":
    TARGET.write_text(ready_document(), encoding="utf-8", newline="\n")
