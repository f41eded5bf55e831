"""The Windows side against stand-ins of winreg and the shell: each call goes where it should, and comes back the same."""
# ruff: noqa: N802 - members carry the names Windows gives them

import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from perfeval_xl.installation.computer import Shortcut
from perfeval_xl.installation.windows_computer import WindowsComputer

KEY = r"HKCU\Software\PerfEval 测试\Trusted Locations\PerfEval"


class Registry:
    """winreg, as far as it is asked; every key is opened in the 64-bit view."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "HKCU", "HKLM"
    KEY_READ, KEY_WRITE, REG_SZ, REG_DWORD = 0x20019, 0x20006, 1, 4

    def __init__(self):
        self.keys = {}

    @contextmanager
    def OpenKey(self, root, path, reserved, access):
        assert (reserved, access) == (0, 0x20119)
        if (root, path) not in self.keys:
            raise FileNotFoundError(path)
        yield self.keys[root, path]

    @contextmanager
    def CreateKeyEx(self, root, path, reserved, access):
        assert (reserved, access) == (0, 0x20106)
        yield self.keys.setdefault((root, path), {})

    def QueryInfoKey(self, key):
        return 0, len(key), 0

    def EnumValue(self, key, place):
        name, (kind, value) = list(key.items())[place]
        return name, value, kind

    def SetValueEx(self, key, name, reserved, kind, value):
        assert type(value) is {1: str, 4: int}[kind]
        key[name] = kind, value

    def DeleteKeyEx(self, root, path, access):
        assert access == 0x100
        if (root, path) not in self.keys:
            raise FileNotFoundError(path)
        del self.keys[root, path]


class Link:
    """IShellLink and IPersistFile in one; a shortcut's file holds its three texts."""

    def __init__(self):
        self.path = self.arguments = self.description = ""

    def QueryInterface(self, wanted):
        assert wanted == "IPersistFile"
        return self

    def SetPath(self, path):
        self.path = path

    def SetArguments(self, arguments):
        self.arguments = arguments

    def SetDescription(self, description):
        self.description = description

    def GetPath(self, flags):
        assert flags == 0
        return self.path, None

    def GetArguments(self):
        return self.arguments

    def GetDescription(self):
        return self.description

    def Save(self, path, remember):
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{self.path}\n{self.arguments}\n{self.description}")

    def Load(self, path):
        with open(path, encoding="utf-8") as file:
            self.path, self.arguments, self.description = file.read().split("\n")


@pytest.fixture
def registry(monkeypatch):
    found = Registry()
    monkeypatch.setitem(sys.modules, "winreg", found)
    com = SimpleNamespace(CLSCTX_INPROC_SERVER=1, IID_IPersistFile="IPersistFile", CoCreateInstance=lambda *asked: Link())
    monkeypatch.setitem(sys.modules, "pythoncom", com)
    monkeypatch.setitem(sys.modules, "win32com.shell.shell", SimpleNamespace(CLSID_ShellLink=1, IID_IShellLink=2))
    for name in ("win32com", "win32com.shell"):
        monkeypatch.setitem(sys.modules, name, SimpleNamespace(__path__=[]))
    return found


@pytest.fixture
def computer(registry):
    return WindowsComputer()


def test_settings_come_back_as_they_were_written(computer, registry):
    values = {"Path": r"C:\Users\张 伟\AppData\Local\PerfEval\templates", "AllowSubfolders": 0}
    assert computer.settings(KEY) is None
    computer.set_settings(KEY, values)
    assert computer.settings(KEY) == values
    assert registry.keys["HKCU", KEY[5:]]["AllowSubfolders"] == (4, 0)
    computer.delete_key(KEY)
    computer.delete_key(KEY)
    assert registry.keys == {}


def test_names_inside_binary_settings_can_be_read(computer, registry):
    registry.keys["HKLM", "SOFTWARE"] = {"": (1, "x"), "blob": (3, b"\1\0" + r"C:\perfeval.xlam".encode("utf-16-le")), "none": (3, None)}
    assert computer.settings(r"HKLM\SOFTWARE") == {"": "x", "blob": "\x01C:\\perfeval.xlam"}


def test_files_and_folders_come_back_as_they_were_written(computer, tmp_path):
    folder = tmp_path / "张 伟"
    path = str(folder / "空白表.xlsm")
    assert (computer.names(str(folder)), computer.read(path)) == (None, None)
    computer.make_folder(str(folder))
    computer.write(path, b"first")
    computer.write(path, b"second")
    assert (computer.read(path), computer.read(path, 3), computer.names(str(folder))) == (b"second", b"sec", ("空白表.xlsm",))
    computer.delete(path)
    computer.delete(path)
    computer.remove_folder(str(folder))
    assert computer.names(str(folder)) is None


def test_a_file_that_cannot_be_replaced_stays_whole_and_alone(computer, tmp_path):
    (tmp_path / "perfeval64.dll").mkdir()
    with pytest.raises(OSError, match="perfeval64"):
        computer.write(str(tmp_path / "perfeval64.dll"), b"dll")
    assert [each.name for each in tmp_path.iterdir()] == ["perfeval64.dll"]


def test_a_shortcut_comes_back_as_it_was_made(computer, tmp_path):
    path, wanted = str(tmp_path / "校验自评表.lnk"), Shortcut(r"C:\Users\张 伟\pythonw.exe", "-m perfeval_xl drop", "拖到这里")
    assert computer.shortcut(path) is None
    computer.make_shortcut(path, wanted)
    assert computer.shortcut(path) == wanted


def test_variables_are_those_of_the_process(computer, monkeypatch):
    monkeypatch.setenv("PERFEVAL_TEST", "张")
    assert (computer.variable("PERFEVAL_TEST"), computer.variable("PERFEVAL_NONE")) == ("张", "")
