"""安装位置: the names under which a PC keeps what the macros call; Installation.bas and the installer agree on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = r"%LOCALAPPDATA%\PerfEval"
INTERPRETER = r"python\pythonw.exe"  # inside FOLDER, unless SETTINGS_FILE names another
LIBRARIES = {"xlwings64": "perfeval64.dll", "xlwings32": "perfeval32.dll"}  # theirs, before the version: ours
SETTINGS_FILE = "perfeval.conf"


def settings_text(settings: Mapping[str, str]) -> str:
    r"""用户设置文件的内容: what Installation.bas reads, for the few PCs that differ from the default.

    Keys as in xlwings: INTERPRETER_WIN, USE UDF SERVER, SHOW CONSOLE, DEBUG UDFS. ASCII only, because VBA reads the
    file in the system's code page; a folder with a Chinese name is written with its environment variable.

    >>> settings_text({"INTERPRETER_WIN": r"%LOCALAPPDATA%\Python\pythonw.exe"})
    'INTERPRETER_WIN=%LOCALAPPDATA%\\Python\\pythonw.exe\r\n'
    """
    text = "".join(f"{key}={value}\r\n" for key, value in settings.items())
    if not text.isascii():
        raise ValueError("设置文件只能用英文字符; 含中文的路径请写成 %LOCALAPPDATA% 一类的环境变量")
    return text
