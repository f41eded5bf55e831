"""办公软件: which Excel is on the PC, how wide it is, and whether WPS stands in for it."""

from __future__ import annotations

import ntpath
import re
from typing import NamedTuple

from perfeval_xl.installation.computer import Computer, setting_of

_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_MACHINES = {0x14C: 32, 0x8664: 64, 0xAA64: 64}     # as a program's head names the processor
_HEAD = 4096


class Excel(NamedTuple):
    """一个 Excel. ``version``: 16.0 for 2016 and everything since; ``bits``: 32 or 64, 0 where its file cannot be read."""

    path: str
    version: str
    bits: int


def excel_of(computer: Computer) -> Excel | None:
    """这台电脑上的 Excel; None where there is none, also where WPS only answers to its name."""
    path = _registered(computer, "excel.exe")
    if ntpath.basename(path).lower() != "excel.exe" or _is_wps(path):
        return None
    return Excel(path, _version(computer, path), bits_of(computer.read(path, _HEAD) or b""))


def wps_of(computer: Computer) -> str:
    """WPS 表格的路径; "" where it is not installed."""
    path = _registered(computer, "et.exe") or _registered(computer, "ksolaunch.exe")
    if path:
        return path
    taken = _registered(computer, "excel.exe")
    return taken if _is_wps(taken) else ""


def bits_of(head: bytes) -> int:
    r"""程序位数 from the beginning of its file; 0 where it is no program of Windows.

    >>> bits_of(b"MZ" + bytes(58) + b"\x40\0\0\0" + b"PE\0\0\x4c\x01")
    32
    """
    place = int.from_bytes(head[60:64], "little")
    if head[:2] != b"MZ" or head[place : place + 4] != b"PE\0\0":
        return 0
    return _MACHINES.get(int.from_bytes(head[place + 4 : place + 6], "little"), 0)


def _registered(computer: Computer, program: str) -> str:
    for root in ("HKCU", "HKLM"):
        path = setting_of(computer, rf"{root}\{_APP_PATHS}\{program}")
        if isinstance(path, str) and path.strip('" '):
            return path.strip('" ')
    return ""


def _is_wps(path: str) -> bool:
    return bool(re.search(r"(?i)kingsoft|\bwps\b", path))


def _version(computer: Computer, path: str) -> str:
    found = re.search(r"(?i)\\Office(\d\d)\\", path)
    if found:
        return f"{found[1]}.0"
    registered = str(setting_of(computer, r"HKLM\SOFTWARE\Classes\Excel.Application\CurVer") or "")
    return f"{registered.rpartition('.')[2]}.0" if re.fullmatch(r"Excel\.Application\.\d\d", registered) else "16.0"
