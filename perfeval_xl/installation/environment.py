"""电脑的情况: everything the self-check judges, gathered once; the judging itself is in diagnosis.py and sees only this."""

from __future__ import annotations

import ntpath
import os
import struct
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from perfeval_xl import __version__
from perfeval_xl.installation.computer import Computer, expanded, setting_of
from perfeval_xl.installation.office import Excel, bits_of, excel_of, wps_of
from perfeval_xl.installation.places import ADDIN, places_of
from perfeval_xl.installation.receipt import read_receipt
from perfeval_xl.installation.wanted import GUIDE, trusted_key
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.vba.installation import FOLDER, INTERPRETER, LIBRARIES, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHILD_RULE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"     # Defender: block all Office applications from creating child processes
_RULE_KEYS = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_GUARDS = {
    "360 安全卫士": r"HKLM\SOFTWARE\WOW6432Node\360Safe",
    "火绒": r"HKLM\SOFTWARE\WOW6432Node\Huorong\Sysdiag",
    "奇安信": r"HKLM\SOFTWARE\WOW6432Node\QiAnXin",
}
_AS_EXCEL_STARTS = "from udfs.lean_xlwings import lean_xlwings; lean_xlwings().func; import perfeval_xl.excel"
_CODE_PAGE = r"HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage"


class Program(NamedTuple):
    """这份程序和它的 Python. ``xlwings``: its version, "" where it is missing."""

    version: str
    python: tuple[int, int, int]
    bits: int
    executable: str
    xlwings: str


class ExcelState(NamedTuple):
    """Excel 那一侧的状态. ``macro_setting``: 1 all run … 4 none runs, 0 not set; ``addins``: where copies of ours lie."""

    excel: Excel | None
    wps: str = ""
    interpreter: str = ""
    interpreter_found: bool = False
    libraries: tuple[tuple[str, int], ...] = ()
    libraries_lost: tuple[str, ...] = ()
    addins: tuple[str, ...] = ()
    addin_is_current: bool = True
    addin_disabled: bool = False
    macro_setting: int = 0
    macros_by_policy: bool = False
    trusted: bool = True
    trust_forbidden: bool = False
    child_rule: int = 0
    guards: tuple[str, ...] = ()
    code_page: str = "936"
    folder: str = ""
    guide_found: bool = True


class Environment(NamedTuple):
    """一台电脑的情况; ``state`` is None where there is no Windows.

    ``start_problem``: why the interpreter did not answer when started as Excel starts it, "" where it did.
    ``files``: workbooks asked about, with their neighbours.
    """

    system: str
    program: Program
    state: ExcelState | None
    start_problem: str = ""
    rules_folder: str = ""
    rules: tuple[str, ...] = ()
    rules_wrong: tuple[str, ...] = ()
    files: tuple[tuple[str, tuple[str, ...]], ...] = ()


def program_here() -> Program:
    """这份程序, from the process that asks."""
    try:
        xlwings = metadata.version("xlwings")
    except metadata.PackageNotFoundError:
        xlwings = ""
    return Program(__version__, sys.version_info[:3], struct.calcsize("P") * 8, sys.executable, xlwings)


def start_problem(interpreter: str, seconds: float = 60.0) -> str:
    """启动 Python as Excel does, on its own and without anything of the folder or of other software; "" when it answers."""
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that answers Excel
            [interpreter, "-E", "-P", "-B", "-c", _AS_EXCEL_STARTS], capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"{seconds:.0f} 秒没有回答"
    except OSError as error:
        return f"Windows 不让启动 ({error.strerror})"
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return "" if done.returncode == 0 else (said[-1] if said else f"退出码 {done.returncode}")


def excel_state(computer: Computer, addin: bytes) -> ExcelState:
    """Excel 那一侧的状态 on this PC; ``addin`` is what this program would install."""
    try:
        places = places_of(computer)
    except UnusableFile:
        return ExcelState(excel_of(computer), wps_of(computer))
    excel = excel_of(computer)
    version = excel.version if excel else "16.0"
    interpreter = _interpreter(computer, places.folder)
    setting, by_policy = _macro_setting(computer, version)
    return ExcelState(
        excel=excel,
        wps=wps_of(computer),
        interpreter=interpreter,
        interpreter_found=computer.read(interpreter, 0) is not None,
        libraries=tuple(_libraries(computer, places.folder)),
        libraries_lost=tuple(path for path in read_receipt(computer, places.receipt).library_files if computer.read(path, 0) is None),
        addins=tuple(_addins(computer, excel, places.addin)),
        addin_is_current=computer.read(places.addin) == addin,
        addin_disabled=_is_disabled(computer, version),
        macro_setting=setting,
        macros_by_policy=by_policy,
        trust_forbidden=_is_trust_forbidden(computer, version),
        trusted=_is_trusted(computer, version, places.templates),
        child_rule=max(_number(computer, key, _CHILD_RULE) for key in _RULE_KEYS),
        guards=tuple(name for name, key in _GUARDS.items() if computer.settings(key) is not None),
        code_page=str(setting_of(computer, _CODE_PAGE, "ACP") or ""),
        folder=places.folder,
        guide_found=computer.read(ntpath.join(places.folder, GUIDE), 0) is not None,
    )


def _interpreter(computer: Computer, folder: str) -> str:
    """As Installation.bas finds it: the last INTERPRETER_WIN of the user's own file, else the place agreed on."""
    text = (computer.read(ntpath.join(folder, SETTINGS_FILE)) or b"").decode("ascii", "replace")
    named = [line.partition("=")[2].strip() for line in text.splitlines() if line.partition("=")[0].strip().upper() == "INTERPRETER_WIN"]
    return expanded(computer, named[-1] if named else ntpath.join(FOLDER, INTERPRETER))


def _libraries(computer: Computer, folder: str) -> Iterator[tuple[str, int]]:
    for name in LIBRARIES.values():
        head = computer.read(ntpath.join(folder, name), 4096)
        if head is not None:
            yield name, bits_of(head)


def _addins(computer: Computer, excel: Excel | None, wanted: str) -> Iterator[str]:
    """Every place Excel starts add-ins from."""
    roaming = computer.variable("APPDATA")
    folders = [ntpath.dirname(wanted), ntpath.join(roaming, "Microsoft", "AddIns")]
    if excel is not None:
        folders.append(ntpath.join(ntpath.dirname(excel.path), "XLSTART"))
        other = setting_of(computer, rf"HKCU\Software\Microsoft\Office\{excel.version}\Excel\Options", "AltStartup")
        folders += [expanded(computer, str(other))] if other else []
    for folder in folders:
        path = ntpath.join(folder, ADDIN)
        if computer.read(path, 0) is not None:
            yield path


def _is_disabled(computer: Computer, version: str) -> bool:
    """Excel keeps what once crashed under Resiliency; the name stands there in UTF-16, in binary values or value names."""
    key = rf"HKCU\Software\Microsoft\Office\{version}\Excel\Resiliency\DisabledItems"
    return any(ADDIN in f"{name}{value}".lower() for name, value in (computer.settings(key) or {}).items())


def _macro_setting(computer: Computer, version: str) -> tuple[int, bool]:
    """VBAWarnings, and whether the office's policy says so."""
    keys = (rf"HKCU\Software\{branch}Microsoft\Office\{version}\Excel\Security" for branch in ("Policies\\", ""))
    ruled, own = (_number(computer, key, "VBAWarnings") for key in keys)
    return ruled or own, bool(ruled)


def _is_trust_forbidden(computer: Computer, version: str) -> bool:
    keys = (rf"HKCU\Software\{branch}Microsoft\Office\{version}\Excel\Security\Trusted Locations" for branch in ("Policies\\", ""))
    return any(_number(computer, key, "AllLocationsDisabled") for key in keys)


def _is_trusted(computer: Computer, version: str, templates: str) -> bool:
    path = setting_of(computer, trusted_key(version), "Path")
    return isinstance(path, str) and path.rstrip("\\").lower() == templates.lower()


def _number(computer: Computer, key: str, name: str) -> int:
    value = setting_of(computer, key, name)
    text = str(value if value is not None else 0)
    return int(text) if text.isascii() and text.isdigit() else 0


def neighbours(path: str) -> tuple[str, ...]:
    """同一文件夹里的文件名; () where the folder cannot be read."""
    try:
        return tuple(sorted(os.listdir(os.path.dirname(path) or ".")))  # noqa: PTH208, PTH120 - names are all that is asked
    except OSError:
        return ()
