"""替身 for pywin32: lets xlwings' own Windows code be imported on any system.

Only pywin32 is stood in for; converters, wrapper generator and call path stay xlwings' own. The stand-ins stay in
``sys.modules``, so this belongs into a process of its own: the build's child (``udf_wrapper``) and the tests' child.
"""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import importlib
import sys
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE_OF_CONTENT = (
    "win32api", "win32con", "win32gui", "win32event", "win32com", "win32com.server",
    "win32com.server.dispatcher", "win32com.server.policy",
)  # fmt: skip

_OPTIONAL = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly")


class ComError(Exception):
    """错误, as COM raises it: stands for pywintypes.com_error."""

    hresult = 0


class Dispatchable:
    """对象, as COM hands them over: base of everything that stands for an object of Excel; xlwings tests instances of it."""


class WindowsXlwings(NamedTuple):
    """只在 Windows 上有的部分 of xlwings, imported: the package, ``xlwings.udfs``, ``xlwings._xlwindows``, ``xlwings.com_server``."""

    package: Any
    udfs: Any
    windows: Any
    server: Any


class _Anything:
    """A foreign library nobody here calls: every attribute and every call gives another one."""

    def __getattr__(self, name: str) -> _Anything:
        return _Anything()

    def __call__(self, *_: object) -> _Anything:
        return _Anything()


def install() -> WindowsXlwings:
    """装上替身并导入 xlwings. Call it before anything else imports xlwings; a second call changes nothing."""
    if "xlwings._xlwindows" not in sys.modules:
        if "xlwings" in sys.modules:
            raise RuntimeError("xlwings was imported before its stand-ins; use a process of its own")
        _put_modules()
        with _windows_ctypes(), _without_optional_packages():
            found = _imported()
        _finish_as_on_windows(found)
    return _imported()


def _imported() -> WindowsXlwings:
    names = ("xlwings", "xlwings.udfs", "xlwings._xlwindows", "xlwings.com_server")
    return WindowsXlwings(*(importlib.import_module(name) for name in names))


def _put_modules() -> None:
    for name in _FREE_OF_CONTENT:
        _put(name)
    _put(
        "pywintypes",
        com_error=ComError,
        error=type("error", (Exception,), {}),
        IID=str,
        TimeType=type("TimeType", (dt.datetime,), {}),
    )
    _put(
        "pythoncom",
        __file__="pythoncom",
        ole_error=ComError,
        IID_IDispatch="IDispatch",
        TypeIIDs={"IDispatch": type("PyIDispatch", (), {})},
        CoInitialize=lambda: None,
        CoMarshalInterThreadInterfaceInStream=lambda _iid, obj: obj,
        CoGetInterfaceAndReleaseStream=lambda stream, _iid: stream,
    )
    _put("win32process", GetWindowThreadProcessId=lambda _window: (1, 1))
    _put("win32timezone", TimeZoneInfo=SimpleNamespace(utc=lambda: dt.UTC))
    _put("win32com.server.util", unwrap=_unwrap, wrap=lambda obj, *_, **__: obj)
    _put(
        "win32com.client",
        CDispatch=Dispatchable,
        DispatchBaseClass=Dispatchable,
        DispatchEx=None,
        Dispatch=lambda obj, *_, **__: obj,
    )


def _put(name: str, **content: object) -> None:
    module = sys.modules[name] = ModuleType(name)
    module.__dict__.update(content)
    parent, _, leaf = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], leaf, module)


def _unwrap(_: object) -> object:
    raise ComError("not an object of this server")


@contextmanager
def _windows_ctypes() -> Iterator[None]:
    """The names xlwings takes from ctypes while it is imported."""
    missing = {"oledll": _Anything(), "windll": _Anything(), "PyDLL": lambda _path: _Anything()}
    kept = {name: getattr(ctypes, name) for name in missing if hasattr(ctypes, name)}
    ctypes.__dict__.update(missing)
    try:
        yield
    finally:
        for name in missing:
            delattr(ctypes, name)
        ctypes.__dict__.update(kept)


@contextmanager
def _without_optional_packages() -> Iterator[None]:
    """As in the process that answers Excel: xlwings would take seconds to import them merely because they are there."""
    absent = [name for name in _OPTIONAL if name not in sys.modules]
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update(dict.fromkeys(absent))
    try:
        yield
    finally:
        for name in absent:
            del modules[name]


def _finish_as_on_windows(found: WindowsXlwings) -> None:
    """What ``xlwings/__init__.py`` does on Windows only."""
    package, udfs = found.package, found.udfs
    atexit.unregister(found.windows.cleanup)  # it would look for EXCEL.exe
    package.engines.add(package.main.Engine(impl=found.windows.engine))
    package.engines.active = package.engines["excel"]
    package.func, package.arg, package.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    package.script = package.sub = udfs.xlsub
    udfs.__pro__ = False  # a licence key in the builder's environment must not change a wrapper
