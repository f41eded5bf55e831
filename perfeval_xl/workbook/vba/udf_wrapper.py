"""包装模块: the text of ``xlwings_udfs``, written by xlwings' own ``import_udfs`` in a child process.

``python -m perfeval_xl.workbook.vba.udf_wrapper MODULE WORKBOOK`` is that child; it prints one JSON document.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any, NamedTuple

from perfeval_xl.workbook.vba.windows_stand_ins import ComError, Dispatchable, install

_LICENCE = ("XLWINGS_LICENSE_KEY", "XLWINGS_ON_SERVER")


class UdfWrapper(NamedTuple):
    """包装模块. ``macro_options``: function name → what the function wizard shows (Description, Category, …)."""

    text: str
    macro_options: dict[str, dict[str, Any]]


class UdfWrapperError(RuntimeError):
    """无法生成包装: the module does not import, or xlwings refuses one of its functions."""


def udf_wrapper(module_name: str, workbook_name: str) -> UdfWrapper:
    """生成包装模块 for a Python module of UDFs; a dotted name is kept, it is what ``CallUDF`` imports.

    Args:
        module_name: importable with this process's ``sys.path``.
        workbook_name: an ``.xlam`` hands its functions the active workbook, anything else its own.

    Raises UdfWrapperError with the child's last words.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _LICENCE}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    child = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "perfeval_xl.workbook.vba.udf_wrapper", module_name, workbook_name],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
    )
    if child.returncode:
        raise UdfWrapperError(f"{module_name}: {child.stderr.strip()[-2000:]}")
    answer = json.loads(child.stdout)
    return UdfWrapper(answer["text"], answer["macro_options"])


class _Components:
    """VBProject.VBComponents: keeps what is imported into it."""

    def __init__(self) -> None:
        self.imported: list[str] = []

    def __call__(self, name: str) -> None:
        raise ComError(name)  # there is no such module yet

    def Remove(self, component: None) -> None:  # noqa: N802 - Excel's name
        raise AssertionError(component)  # nothing was ever found to be removed

    def Import(self, path: str) -> None:  # noqa: N802 - Excel's name
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - xlwings' own temporary file
            self.imported.append(file.read())


class _Workbook(Dispatchable):
    """The workbook xlwings imports the functions into."""

    def __init__(self, name: str) -> None:
        self.Name = name
        self.Worksheets = ()  # where xlwings looks for embedded code: there is none
        self.VBProject = SimpleNamespace(VBComponents=_Components())
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._remember)
        self.macro_options: dict[str, dict[str, Any]] = {}

    def _remember(self, macro: str, **options: Any) -> None:
        self.macro_options[macro.rpartition("!")[2]] = {
            key: value for key, value in options.items() if value not in (None, False)
        }


def _imported(module_name: str, workbook_name: str) -> UdfWrapper:
    workbook = _Workbook(workbook_name)
    with contextlib.redirect_stdout(sys.stderr):  # xlwings reports with print
        install().udfs.import_udfs(module_name, workbook)
    return UdfWrapper(workbook.VBProject.VBComponents.imported[0], workbook.macro_options)


if __name__ == "__main__":
    print(json.dumps(_imported(*sys.argv[1:])._asdict()))
