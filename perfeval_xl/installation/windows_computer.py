"""Windows 电脑: the only module that touches the registry and shortcuts; each function is one call of Windows and no decision."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfeval_xl.installation.computer import Setting, Shortcut

if TYPE_CHECKING:
    from collections.abc import Mapping

_VIEW_64 = 0x0100       # KEY_WOW64_64KEY: a 32-bit Python would be shown another registry


class WindowsComputer:
    """这台 Windows 电脑."""

    def __init__(self) -> None:
        self._registry: Any = import_module("winreg")

    def variable(self, name: str) -> str:
        return os.environ.get(name, "")

    def read(self, path: str, most: int = -1) -> bytes | None:
        if not Path(path).is_file():
            return None
        with Path(path).open("rb") as file:
            return file.read(most)

    def write(self, path: str, content: bytes) -> None:
        draft = Path(f"{path}.new")
        draft.write_bytes(content)
        try:
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def delete(self, path: str) -> None:
        Path(path).unlink(missing_ok=True)

    def names(self, folder: str) -> tuple[str, ...] | None:
        return tuple(sorted(each.name for each in Path(folder).iterdir())) if Path(folder).is_dir() else None

    def make_folder(self, folder: str) -> None:
        Path(folder).mkdir()

    def remove_folder(self, folder: str) -> None:
        Path(folder).rmdir()

    def settings(self, key: str) -> Mapping[str, Setting] | None:
        root, path = self._root(key)
        found: dict[str, Setting] = {}
        try:
            with self._registry.OpenKey(root, path, 0, self._registry.KEY_READ | _VIEW_64) as opened:
                for place in range(self._registry.QueryInfoKey(opened)[1]):
                    name, value, _ = self._registry.EnumValue(opened, place)
                    if value is not None:
                        found[name] = value if isinstance(value, str | int) else _text_of(value)
        except OSError:
            return None
        return found

    def set_settings(self, key: str, values: Mapping[str, Setting]) -> None:
        root, path = self._root(key)
        with self._registry.CreateKeyEx(root, path, 0, self._registry.KEY_WRITE | _VIEW_64) as opened:
            for name, value in values.items():
                kind = self._registry.REG_SZ if isinstance(value, str) else self._registry.REG_DWORD
                self._registry.SetValueEx(opened, name, 0, kind, value)

    def delete_key(self, key: str) -> None:
        root, path = self._root(key)
        with suppress(FileNotFoundError):
            self._registry.DeleteKeyEx(root, path, _VIEW_64)

    def shortcut(self, path: str) -> Shortcut | None:
        if not Path(path).is_file():
            return None
        link, file = _shell_link()
        file.Load(path)
        return Shortcut(link.GetPath(0)[0], link.GetArguments(), link.GetDescription())

    def make_shortcut(self, path: str, shortcut: Shortcut) -> None:
        link, file = _shell_link()
        link.SetPath(shortcut.target)
        link.SetArguments(shortcut.arguments)
        link.SetDescription(shortcut.description)
        file.Save(path, 0)

    def _root(self, key: str) -> tuple[Any, str]:
        name, _, path = key.partition("\\")
        roots = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}
        return getattr(self._registry, roots[name]), path


def _text_of(value: Any) -> str:
    """Names inside a binary value, as Office keeps them there."""
    return value.decode("utf-16-le", "replace") if isinstance(value, bytes) else str(value)


def _shell_link() -> tuple[Any, Any]:
    """A shortcut and its file, by the interface that knows every character; WScript.Shell knows the code page only."""
    com, shell = import_module("pythoncom"), import_module("win32com.shell.shell")
    link = com.CoCreateInstance(shell.CLSID_ShellLink, None, com.CLSCTX_INPROC_SERVER, shell.IID_IShellLink)
    return link, link.QueryInterface(com.IID_IPersistFile)
