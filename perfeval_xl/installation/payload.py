"""安装内容: what this copy of the program brings along to be put on a PC."""

from __future__ import annotations

import ntpath
import sys
import tomllib
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple

from perfeval_xl.installation.guide import guide_bytes
from perfeval_xl.installation.places import ADDIN
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.vba.installation import LIBRARIES


class Payload(NamedTuple):
    """安装内容. ``interpreter``: the pythonw.exe that will answer Excel; the others: file name → content."""

    interpreter: str
    libraries: dict[str, bytes]
    addin: bytes
    templates: dict[str, bytes]
    guide: bytes


def payload_here() -> Payload:
    """这份程序带来的内容; UnusableFile where its Python is not one that Excel can be given."""
    libraries = library_files()
    missing = [name for name in LIBRARIES.values() if name not in libraries]
    if missing:
        raise UnusableFile(f"没有找到 xlwings 的 {'、'.join(missing)}: 请用 64 位的 Python (x86-64) 重新安装; 也可能被杀毒软件隔离了")
    interpreter = window_interpreter(sys.executable)
    if not Path(interpreter).is_file():
        raise UnusableFile(f"没有找到 {interpreter}, 请用 python.org 的 Python 安装程序重新安装 Python")
    return _payload(interpreter, {name: path.read_bytes() for name, path in libraries.items()})


def payload_shown() -> Payload:
    """演示用的内容 where there is no Windows: everything but the libraries, whose names stand for them."""
    return _payload(r"%LOCALAPPDATA%\PerfEval\env\Scripts\pythonw.exe", {name: name.encode() for name in LIBRARIES.values()})


def library_files() -> dict[str, Path]:
    """这个 Python 里 xlwings 的 DLL that are really there, by the name they get."""
    version = metadata.version("xlwings")
    wanted = {f"{theirs}-{version}.dll": ours for theirs, ours in LIBRARIES.items()}
    paths = (Path(str(each.locate())) for each in metadata.files("xlwings") or () if each.name in wanted)
    return {wanted[path.name]: path for path in paths if path.is_file()}


def window_interpreter(executable: str) -> str:
    r"""不带黑窗口的解释器 beside this one.

    >>> window_interpreter(r"C:\Python\python.exe")
    'C:\\Python\\pythonw.exe'
    """
    return ntpath.join(ntpath.dirname(executable), "pythonw.exe")


def _payload(interpreter: str, libraries: dict[str, bytes]) -> Payload:
    room = resources.files("workbooks")
    return Payload(interpreter, libraries, (room / ADDIN).read_bytes(), _templates(), guide_bytes())


def _templates() -> dict[str, bytes]:
    """空白表 by the name a clerk sees: the form's title, and what sets one form apart from another of that title."""
    found = {}
    for source in sorted((resources.files("workbooks") / "forms").iterdir(), key=lambda each: each.name):
        stem, _, suffix = source.name.rpartition(".")
        if suffix != "xlsm":
            continue
        form = tomllib.loads((resources.files("workbooks") / "forms" / f"{stem}.toml").read_text("utf-8"))
        variant = stem.partition("-")[2]
        found[f"{form['title']}{variant and f'_{variant}'}.xlsm"] = source.read_bytes()
    return found
