"""函数登记: names, arguments and Chinese descriptions of the cell functions, as xlwings' own decorators collect them.

xlwings collects them on Windows only, so a child process reads the module behind stand-ins for pywin32.
``python -m perfeval_xl.workbook.extension.registry MODULE`` is that child; it prints one JSON document.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval_xl.workbook.vba.windows_stand_ins import install

if TYPE_CHECKING:
    from types import ModuleType


class Argument(NamedTuple):
    """函数的参数."""

    name: str
    doc: str
    is_optional: bool


class CellFunction(NamedTuple):
    """单元格函数. ``gives_rows``: it gives a whole range and takes raw values, not those of single cells."""

    name: str
    doc: str
    arguments: tuple[Argument, ...]
    gives_rows: bool


_NOT_NEEDED = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly")  # xlwings would import them, for seconds


class RegistryError(RuntimeError):
    """函数模块不能导入; the message ends with what its process said last."""


def cell_functions(module: str) -> tuple[CellFunction, ...]:
    """读函数登记 of a module of cell functions, in the order of their names."""
    child = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "perfeval_xl.workbook.extension.registry", module],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    if child.returncode:
        raise RegistryError(f"{module}: {child.stderr.strip()[-2000:]}")
    return tuple(
        CellFunction(name, doc, tuple(Argument(*argument) for argument in arguments), gives_rows)
        for name, doc, arguments, gives_rows in json.loads(child.stdout)
    )


def _collected(module: str) -> list[CellFunction]:
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update(dict.fromkeys(_NOT_NEEDED))
    install()
    attributes = vars(importlib.import_module(module)).values()
    found = [_function(each.__xlfunc__) for each in attributes if hasattr(each, "__xlfunc__")]
    return sorted(found, key=lambda function: function.name)


def _function(collected: dict[str, Any]) -> CellFunction:
    arguments = tuple(Argument(each["name"], each["doc"], "optional" in each) for each in collected["args"])
    return CellFunction(collected["name"], collected["ret"]["doc"], arguments, collected["ret"]["options"].get("convert") == "raw")


if __name__ == "__main__":
    print(json.dumps(_collected(sys.argv[1])))
