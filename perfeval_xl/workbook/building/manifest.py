"""构建清单: every workbook the project ships, from its sources, with what went into it."""

from __future__ import annotations

import hashlib
import os
from importlib import metadata

from perfeval_xl import __version__
from perfeval_xl.core.record import Record
from perfeval_xl.workbook.building import addin
from perfeval_xl.workbook.building.builder import build, case_named, form_named, names_in
from perfeval_xl.workbook.building.case import blank_case
from perfeval_xl.workbook.extension import package as extension
from perfeval_xl.workbook.opc.package_output import write_bytes

CASES, FORMS = names_in("cases"), names_in("forms")
MANIFEST = "MANIFEST.toml"
_LIBRARIES = ("xlsxwriter", "xlwings")


class Built(Record):
    """One built file: its path below the output folder, the sources it is made of, its digest."""

    path: str
    sources: tuple[str, ...]
    sha256: str


def build_all(folder: str) -> list[Built]:
    """Build every workbook and the manifest into ``folder``; the same sources give the same bytes."""
    for room in ("cases", "forms"):
        os.makedirs(os.path.join(folder, room), exist_ok=True)  # noqa: PTH103, PTH118
    built = [_case(folder, name) for name in CASES] + [_form(folder, name) for name in FORMS]
    built.append(Built(addin.ADDIN, addin.SOURCES, addin.build_addin(folder)))
    write_bytes(os.path.join(folder, MANIFEST), manifest_text(built).encode("utf-8"))  # noqa: PTH118
    return built


def build_extension(folder: str) -> Built:
    """perfeval.oxt beside the workbooks. It carries the program, so every change of it is another file: none is kept in the repository."""
    return Built(extension.EXTENSION, extension.SOURCES, extension.build_extension(folder))


def _case(folder: str, name: str) -> Built:
    form, case = case_named(name)
    path = f"cases/{name}.xlsm"
    build(form, case, os.path.join(folder, path))  # noqa: PTH118
    return Built(path, (f"cases/{name}.toml", f"forms/{form.id}.toml", "vba/*.bas"), _digest(folder, path))


def _form(folder: str, name: str) -> Built:
    form = form_named(name)
    path = f"forms/{name}.xlsm"
    build(form, blank_case(form, None), os.path.join(folder, path))  # noqa: PTH118
    return Built(path, (f"forms/{name}.toml", "vba/*.bas"), _digest(folder, path))


def _digest(folder: str, path: str) -> str:
    with open(os.path.join(folder, path), "rb") as file:  # noqa: PTH118, PTH123
        return hashlib.sha256(file.read()).hexdigest()


def manifest_text(built: list[Built]) -> str:
    """MANIFEST.toml: the command, the versions that went in, and each file with its sources and digest."""
    lines = [
        "# 由 perfeval-xl build 生成, 不要手改。",
        'command = "perfeval-xl build --output workbooks"',
        "[versions]",
        f'perfeval_xl = "{__version__}"',
        *(f'{name} = "{metadata.version(name)}"' for name in _LIBRARIES),
    ]
    for item in built:
        sources = ", ".join(f'"{source}"' for source in item.sources)
        lines += ["[[file]]", f'path = "{item.path}"', f"sources = [{sources}]", f'sha256 = "{item.sha256}"']
    carried = ", ".join(f'"{source}"' for source in extension.SOURCES)
    lines += ["# 它带着程序本身, 程序每改一处就不同, 所以不入库。", "[extension]", f'path = "{extension.EXTENSION}"', f"sources = [{carried}]"]
    return "\n".join(lines) + "\n"
