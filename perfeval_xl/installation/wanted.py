"""要放的东西: everything a PC of this kind should hold, as values."""

from __future__ import annotations

import ntpath
from typing import TYPE_CHECKING

from perfeval_xl.installation.computer import Computer, Shortcut, expanded
from perfeval_xl.installation.places import Places
from perfeval_xl.installation.thing import Thing
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.vba.installation import FOLDER, INTERPRETER, SETTINGS_FILE, settings_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.installation.office import Excel
    from perfeval_xl.installation.payload import Payload

TRUSTED_NAME = "PerfEval"
GUIDE = "help.html"         # Ribbon.bas opens it by this name
DROP_ICON = "校验自评表.lnk"
_VARIABLES = ("LOCALAPPDATA", "APPDATA", "USERPROFILE", "PROGRAMFILES", "PROGRAMDATA", "SYSTEMDRIVE")
_MODULE = "-E -P -m perfeval_xl"


def wanted_things(computer: Computer, places: Places, payload: Payload, excel: Excel | None) -> list[Thing]:
    """这台电脑该有的东西. Without Excel: templates, guide and icons; with it also the libraries, the add-in and the trust."""
    things = [*_shared(places, payload), *_icons(places, payload)]
    if excel is not None:
        things += _for_excel(computer, places, payload, excel)
    return things


def _shared(places: Places, payload: Payload) -> Iterator[Thing]:
    for name, content in payload.templates.items():
        yield Thing(ntpath.join(places.templates, name), content, "空白自评表", typed_into=True)
    yield Thing(ntpath.join(places.folder, GUIDE), payload.guide, "使用说明")


def _icons(places: Places, payload: Payload) -> Iterator[Thing]:
    drop = Shortcut(payload.interpreter, f"{_MODULE} drop", "把自评表拖到这里, 看哪里要改")
    yield Thing(ntpath.join(places.desktop, DROP_ICON), drop, "把文件拖上去就校验, 不用打开 Excel")
    yield Thing(ntpath.join(places.desktop_folder, "校验.lnk"), drop, "同上")
    pages = {"空白自评表.lnk": places.templates, "使用说明.lnk": ntpath.join(places.folder, GUIDE)}
    for name, target in pages.items():
        yield Thing(ntpath.join(places.desktop_folder, name), Shortcut(target), name.removesuffix(".lnk"))
    examined = Shortcut(payload.interpreter, f"{_MODULE} doctor --page", "看这台电脑哪里不对")
    yield Thing(ntpath.join(places.desktop_folder, "自检.lnk"), examined, "看这台电脑哪里不对")


def _for_excel(computer: Computer, places: Places, payload: Payload, excel: Excel) -> Iterator[Thing]:
    for name, content in payload.libraries.items():
        yield Thing(ntpath.join(places.folder, name), content, "Excel 与 Python 之间的桥")
    settings = interpreter_settings(computer, payload.interpreter)
    if settings:
        yield Thing(ntpath.join(places.folder, SETTINGS_FILE), settings, "Python 的位置", typed_into=True)
    yield Thing(places.addin, payload.addin, "选项卡「绩效自评」")
    trust: dict[str, str | int] = {"Path": f"{places.templates}\\", "AllowSubfolders": 0, "Description": "绩效自评 空白表"}
    yield Thing(trusted_key(excel.version), trust, "受信任位置: 只有空白表所在的文件夹")


def trusted_key(version: str) -> str:
    """受信任位置 of that Excel, for this user alone."""
    return rf"HKCU\Software\Microsoft\Office\{version}\Excel\Security\Trusted Locations\{TRUSTED_NAME}"


def interpreter_settings(computer: Computer, interpreter: str) -> bytes:
    """设置文件的内容; b"" where the interpreter stands where the macros look anyway.

    Raises UnusableFile for a place that cannot be written in ASCII even with an environment variable.
    """
    if interpreter.lower() == expanded(computer, ntpath.join(FOLDER, INTERPRETER)).lower():
        return b""
    try:
        return settings_text({"INTERPRETER_WIN": with_variable(computer, interpreter)}).encode("ascii")
    except ValueError:
        raise UnusableFile(rf"Python 装在名字里有中文的文件夹 {interpreter}, Excel 的宏找不到它; 请把 Python 装到 {FOLDER}\python") from None


def with_variable(computer: Computer, path: str) -> str:
    """The same path, its beginning as an environment variable where one fits: 中文用户名 do not stand in the file then."""
    for name in _VARIABLES:
        value = computer.variable(name)
        if value and path.lower().startswith(f"{value.lower()}\\"):
            return f"%{name}%{path[len(value) :]}"
    return path
