"""模型电脑: a Windows PC that is only data. ``setup --plan`` shows on it what would happen where there is no Windows."""

from __future__ import annotations

import ntpath
from typing import TYPE_CHECKING

from perfeval_xl.installation.computer import Setting, Shortcut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EXCEL_PATH = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
APP_PATHS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_HEAD_OF_A_64_BIT_PROGRAM = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + (0x8664).to_bytes(2, "little")


class ModelComputer:
    """文件、文件夹、注册表和快捷方式, each a dictionary; paths and keys are compared as Windows does, whatever their case."""

    def __init__(self, user: str = r"C:\Users\经办人", variables: Mapping[str, str] | None = None) -> None:
        self.variables = {
            "USERPROFILE": user,
            "LOCALAPPDATA": rf"{user}\AppData\Local",
            "APPDATA": rf"{user}\AppData\Roaming",
            **(variables or {}),
        }
        self.files: dict[str, bytes] = {}
        self.folders: set[str] = set()
        self.registry: dict[str, dict[str, Setting]] = {}
        self.shortcuts: dict[str, Shortcut] = {}
        for folder in (rf"{user}\Desktop", *map(self.variable, ("LOCALAPPDATA", "APPDATA"))):
            self.add_folder(folder)

    def add_folder(self, folder: str) -> None:
        """一个文件夹 with all above it, as it was before anyone installed anything."""
        while folder not in self.folders and ntpath.dirname(folder) != folder:
            self.folders.add(folder)
            folder = ntpath.dirname(folder)

    def variable(self, name: str) -> str:
        return self.variables.get(name.upper(), "")

    def read(self, path: str, most: int = -1) -> bytes | None:
        content = self.files.get(_same(self.files, path))
        return content if content is None or most < 0 else content[:most]

    def write(self, path: str, content: bytes) -> None:
        self._demand_folder(path)
        self.files[_same(self.files, path)] = content

    def delete(self, path: str) -> None:
        self.files.pop(_same(self.files, path), None)
        self.shortcuts.pop(_same(self.shortcuts, path), None)

    def names(self, folder: str) -> tuple[str, ...] | None:
        if _same(self.folders, folder) not in self.folders:
            return None
        inside = (path for path in (*self.files, *self.folders, *self.shortcuts) if ntpath.dirname(path).lower() == folder.lower())
        return tuple(sorted(ntpath.basename(path) for path in inside))

    def make_folder(self, folder: str) -> None:
        self._demand_folder(folder)
        self.folders.add(_same(self.folders, folder))

    def remove_folder(self, folder: str) -> None:
        if self.names(folder):
            raise OSError(f"{folder} is not empty")
        self.folders.discard(_same(self.folders, folder))

    def settings(self, key: str) -> dict[str, Setting] | None:
        return self.registry.get(_same(self.registry, key))

    def set_settings(self, key: str, values: Mapping[str, Setting]) -> None:
        self.registry.setdefault(_same(self.registry, key), {}).update(values)

    def delete_key(self, key: str) -> None:
        self.registry.pop(_same(self.registry, key), None)

    def shortcut(self, path: str) -> Shortcut | None:
        return self.shortcuts.get(_same(self.shortcuts, path))

    def make_shortcut(self, path: str, shortcut: Shortcut) -> None:
        self._demand_folder(path)
        self.shortcuts[_same(self.shortcuts, path)] = shortcut

    def _demand_folder(self, path: str) -> None:
        folder = ntpath.dirname(path)
        if _same(self.folders, folder) not in self.folders:
            raise FileNotFoundError(folder)


def computer_with_excel() -> ModelComputer:
    """一台装有 64 位 Excel 2016 以上的电脑."""
    model = ModelComputer(user="%USERPROFILE%", variables={"LOCALAPPDATA": "%LOCALAPPDATA%", "APPDATA": "%APPDATA%"})
    model.registry[rf"{APP_PATHS}\excel.exe"] = {"": EXCEL_PATH}
    model.files[EXCEL_PATH] = _HEAD_OF_A_64_BIT_PROGRAM
    return model


def _same(known: Iterable[str], path: str) -> str:
    """The name under which it is known already, else ``path``."""
    return next((each for each in known if each.lower() == path.lower()), path)
