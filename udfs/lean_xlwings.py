"""精简加载 xlwings: without numpy, pandas and polars, which it would import merely because they are installed.

They make every click and the first cell five times slower (benchmarks/ and CONTRIBUTING say how measured).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_NOT_NEEDED = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly")


def lean_xlwings() -> Any:
    """The xlwings module; whatever else needs numpy or pandas in this process can still import them.

    Without xlwings, as inside LibreOffice, its decorators only: they leave every function as it is.
    """
    absent = [name for name in _NOT_NEEDED if name not in sys.modules]
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update(dict.fromkeys(absent))
    try:
        import xlwings  # noqa: PLC0415 - after the stage is set
    except ModuleNotFoundError as error:
        if error.name != "xlwings":
            raise
        return _PlainFunctions
    finally:
        for name in absent:
            del modules[name]
    modules.setdefault("pyodide", None)     # xlwings looks for it once per cell and never finds it here
    return xlwings


class _PlainFunctions:
    """What the decorators do wherever there is no Excel to be told about a function."""

    @staticmethod
    def func(*_: object, **__: object) -> Callable[[Any], Any]:
        return _as_it_is

    arg = ret = func


def _as_it_is(function: Any) -> Any:
    return function
