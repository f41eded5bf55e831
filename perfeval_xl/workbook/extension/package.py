"""扩展包: the LibreOffice extension (.oxt) with cell functions, toolbar and the code they run, byte for byte the same each time."""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from perfeval_xl import __version__
from perfeval_xl.workbook.extension.configuration import (
    ADDIN,
    INTERFACE,
    JOB,
    MODULES,
    add_in_functions,
    components,
    description,
    jobs,
    manifest,
    method_name,
)
from perfeval_xl.workbook.extension.registry import cell_functions
from perfeval_xl.workbook.extension.toolbar import (
    FIRST_ERROR,
    HANDLER,
    PROTOCOL,
    TITLE,
    VALIDATE,
    addons,
    protocol_handler,
    window_state,
)
from perfeval_xl.workbook.extension.types_rdb import Method, type_library
from perfeval_xl.workbook.opc.package_output import write_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from perfeval_xl.workbook.extension.registry import CellFunction

FUNCTIONS = "udfs.perfeval_udfs"
EXTENSION = "perfeval.oxt"
SOURCES = ("perfeval_xl", "udfs")
_ROOMS = (
    "perfeval_xl/core",
    "perfeval_xl/checks",
    "perfeval_xl/rulesets",
    "perfeval_xl/workbook/layout",
    "perfeval_xl/workbook/opc",
    "perfeval_xl/workbook/reading",
    "perfeval_xl/workbook/results",
    "udfs",
)
_MODULES_BESIDE = {
    "perfeval_xl": ("__init__",),
    "perfeval_xl/workbook": ("__init__", "address", "examination", "grid"),
    "perfeval_xl/workbook/extension": ("__init__", "answers", "calls", "looks", "open_results", "pressed"),
}
_CARRIED = (".py", ".toml")


def write_extension(path: str) -> None:
    """写出 LibreOffice 扩展: PE_… functions and the toolbar for Calc, over the very modules that Excel and the command line call."""
    write_package(path, extension_parts())


def build_extension(folder: str) -> str:
    """Write perfeval.oxt into ``folder``; returns its SHA-256."""
    path = f"{folder}/{EXTENSION}"
    write_extension(path)
    with open(path, "rb") as file:  # noqa: PTH123 - as the builders beside it
        return hashlib.sha256(file.read()).hexdigest()


def extension_parts() -> dict[str, bytes]:
    """扩展的各部件 by name; ``pythonpath/`` is put on ``sys.path`` by LibreOffice."""
    functions = cell_functions(FUNCTIONS)
    texts = {
        "META-INF/manifest.xml": manifest(),
        "description.xml": description(__version__),
        "perfeval.components": components(),
        "CalcAddIns.xcu": add_in_functions(functions),
        "Jobs.xcu": jobs(),
        "Addons.xcu": addons(),
        "CalcWindowState.xcu": window_state(),
        "ProtocolHandler.xcu": protocol_handler(),
        "addin.py": _addin(functions),
        "buttons.py": _buttons(),
    }
    parts = {name: text.encode() for name, text in texts.items()}
    parts["types.rdb"] = type_library(f"{MODULES}.{INTERFACE}", tuple(map(_method, functions)))
    return parts | {f"pythonpath/{name}": content for name, content in sorted(_sources())}


def _method(function: CellFunction) -> Method:
    """A required argument arrives as a text: only so is a blank cell told from 0. Calc lets only ``any`` be omitted."""
    required = "[][]any" if function.gives_rows else "string"
    parameters = tuple((argument.name, "any" if argument.is_optional else required) for argument in function.arguments)
    return Method(method_name(function.name), "[][]any" if function.gives_rows else "any", parameters)


def _addin(functions: tuple[CellFunction, ...]) -> str:
    rows = ", ".join(f'("{method_name(each.name)}", {each.name}, {each.gives_rows})' for each in functions)
    filled = {
        "@MODULES@": MODULES, "@INTERFACE@": INTERFACE, "@ADDIN@": ADDIN, "@JOB@": JOB, "@FUNCTIONS@": FUNCTIONS,
        "@NAMES@": ", ".join(each.name for each in functions), "@TABLE@": f"({rows},)",
    }  # fmt: skip
    return _filled("addin.txt", filled)


def _buttons() -> str:
    marks = {"@PROTOCOL@": PROTOCOL, "@HANDLER@": HANDLER, "@TITLE@": TITLE, "@VALIDATE@": VALIDATE, "@FIRST_ERROR@": FIRST_ERROR}
    return _filled("buttons.txt", marks)


def _filled(name: str, marks: dict[str, str]) -> str:
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    for mark, value in marks.items():
        text = text.replace(mark, value)
    return text


def _sources() -> Iterator[tuple[str, bytes]]:
    for folder, modules in _MODULES_BESIDE.items():
        for module in modules:
            yield f"{folder}/{module}.py", resources.files(folder.replace("/", ".")).joinpath(f"{module}.py").read_bytes()
    for room in _ROOMS:
        package, _, rest = room.partition("/")
        yield from _files(resources.files(package).joinpath(rest) if rest else resources.files(package), room)


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_CARRIED):
            yield f"{name}/{entry.name}", entry.read_bytes()
