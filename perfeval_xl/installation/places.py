"""位置: where on a PC the things of ours are; the names agree with Installation.bas through workbook/vba/installation.py."""

from __future__ import annotations

import ntpath
from typing import NamedTuple

from perfeval_xl.installation.computer import Computer, expanded, setting_of
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.vba.installation import FOLDER

DESKTOP_FOLDER = "绩效自评"
ADDIN = "perfeval.xlam"
_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


class Places(NamedTuple):
    """一个用户的位置. ``folder``: our own; ``startup``: Excel's XLSTART; ``desktop``: also where OneDrive has moved it."""

    folder: str
    startup: str
    desktop: str

    @property
    def templates(self) -> str:
        return ntpath.join(self.folder, "templates")

    @property
    def desktop_folder(self) -> str:
        return ntpath.join(self.desktop, DESKTOP_FOLDER)

    @property
    def addin(self) -> str:
        return ntpath.join(self.startup, ADDIN)

    @property
    def receipt(self) -> str:
        return ntpath.join(self.folder, "installed.json")


def places_of(computer: Computer) -> Places:
    """这台电脑上的位置; UnusableFile where Windows names no folder of the user."""
    if not computer.variable("LOCALAPPDATA") or not computer.variable("APPDATA"):
        raise UnusableFile("没有找到用户的应用数据文件夹 (LOCALAPPDATA、APPDATA), 请以普通用户登录 Windows 后再运行")
    named = str(setting_of(computer, _SHELL_FOLDERS, "Desktop") or r"%USERPROFILE%\Desktop")
    startup = ntpath.join(computer.variable("APPDATA"), "Microsoft", "Excel", "XLSTART")
    return Places(expanded(computer, FOLDER), startup, expanded(computer, named))
