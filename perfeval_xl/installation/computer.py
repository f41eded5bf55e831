r"""电脑: the few things the installer asks of a PC and does to it. Only windows_computer.py knows how Windows does them.

Paths are Windows paths, keys are registry paths such as HKCU\Software\...; everything above this module is plain data
and runs on any system.
"""

from __future__ import annotations

import ntpath
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

Setting = str | int     # a text or a DWORD


class Shortcut(NamedTuple):
    """快捷方式: the program, its arguments as one line, and what the pointer shows."""

    target: str
    arguments: str = ""
    description: str = ""


class Computer(Protocol):
    """一台电脑. Nothing here raises for what is merely absent; OSError where Windows refuses."""

    def variable(self, name: str) -> str:
        """环境变量; "" where it is not set."""

    def read(self, path: str, most: int = -1) -> bytes | None:
        """文件内容, at most ``most`` bytes of it; None where there is no such file."""

    def write(self, path: str, content: bytes) -> None:
        """写文件, whole or not at all; its folder exists."""

    def delete(self, path: str) -> None:
        """删文件; one that is not there is no error."""

    def names(self, folder: str) -> tuple[str, ...] | None:
        """文件夹里的名字; None where there is no such folder."""

    def make_folder(self, folder: str) -> None:
        """建一级文件夹."""

    def remove_folder(self, folder: str) -> None:
        """删空文件夹."""

    def settings(self, key: str) -> Mapping[str, Setting] | None:
        """注册表一项的全部值; None where there is no such key."""

    def set_settings(self, key: str, values: Mapping[str, Setting]) -> None:
        """写注册表, the keys on the way included."""

    def delete_key(self, key: str) -> None:
        """删注册表一项 without subkeys."""

    def shortcut(self, path: str) -> Shortcut | None:
        """读快捷方式; None where there is none."""

    def make_shortcut(self, path: str, shortcut: Shortcut) -> None:
        """写快捷方式; its folder exists."""


def setting_of(computer: Computer, key: str, name: str = "") -> Setting | None:
    """注册表的一个值; ``name`` "" is the key's own value. Names are compared as Windows compares them."""
    values = computer.settings(key) or {}
    return next((value for known, value in values.items() if known.lower() == name.lower()), None)


def expanded(computer: Computer, text: str) -> str:
    """展开 %变量%; an unknown one stays as it is written."""
    return re.sub(r"%([^%]+)%", lambda found: computer.variable(found[1]) or found[0], text)


def free_name(computer: Computer, path: str) -> str:
    """A name beside ``path`` that nothing has yet: 名字 (2).xlsm."""
    stem, suffix = ntpath.splitext(path)
    number, name = 1, path
    while computer.read(name, 0) is not None:
        number += 1
        name = f"{stem} ({number}){suffix}"
    return name
