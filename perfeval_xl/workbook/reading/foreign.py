"""其他格式: .xls, .xlsb and .ods, read by calamine in a child process that may die without harm."""

from __future__ import annotations

import json
import subprocess
import sys
from os.path import abspath, dirname, join

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import UNREAD_SHEETS, Area, Cell, Sheet, UnusableFile, Workbook
from perfeval_xl.workbook.opc.compound import CompoundFile
from perfeval_xl.workbook.reading.merged_areas import LAST_READ_COLUMN, LAST_READ_ROW, uncover
from perfeval_xl.workbook.reading.serial_date import serial_from_iso
from perfeval_xl.workbook.reading.sniff import XLS
from perfeval_xl.workbook.reading.xls_looks import SheetLook, xls_looks

if TYPE_CHECKING:
    from typing import Any

SECONDS = 60
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
_ERRORS = {
    "password": "文件已加密（设置了打开密码），无法读取。请去掉打开密码后另存一份再试。",
    "damaged": f"文件已损坏，或者是读不了的旧格式。{_SAVE_AS}",
}
_GAVE_UP = f"文件内容异常（可能在很远的行列误填了内容），读取时超出内存或时间限制。{_SAVE_AS}"
_PARTLY = f"这种格式的文件只能读到值：公式、显示格式、错误值（如 #DIV/0!）和隐藏行列都读不到。{_SAVE_AS}"
_NO_FORMULAS = f"旧格式（.xls）的文件读不到公式，只按单元格里显示的值审核。{_SAVE_AS}"
_STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
_DATE, _TIME, _DATE_TIME, _DURATION = "yyyy/m/d", "h:mm:ss", "yyyy/m/d h:mm:ss", "[h]:mm:ss"


def read_foreign(path: str, kind: str, data: bytes) -> Workbook:
    """读其他格式的工作簿: values and sheet states, of .xls also merges, number formats and error values.

    ``unread`` says what is not to be had. Raises UnusableFile when the file is encrypted or damaged, or when the child dies or takes too long.
    """
    document = _document(path)
    if "error" in document:
        raise UnusableFile(_ERRORS[document["error"]])
    looks = xls_looks(data) if kind == XLS else {}
    unread = [Unread("", "", _NO_FORMULAS if looks else _PARTLY)]
    sheets = []
    for found in document["sheets"]:
        if found["kind"] != "WorkSheet":
            unread.append(Unread(found["name"], "", "不是普通工作表（图表或宏），没有读取。"))
            continue
        if found["strays"]:
            reason = f"离表格太远：从这里起共 {found['strays']} 个有内容的单元格没有读取；如果是误填，请删除。"
            unread.append(Unread(found["name"], address(*found["first_stray"]), reason))
        sheet = _sheet(found, looks.get(found["name"], SheetLook()))
        unread += uncover(sheet.name, sheet.cells, sheet.merges)
        sheets.append(sheet)
    macros = b"xl/vbaProject.bin" in data or (kind == XLS and "_VBA_PROJECT_CUR" in CompoundFile(data).names)
    return Workbook(path, tuple(sheets), has_macros=macros, unread=tuple(unread))


def _document(path: str) -> dict[str, Any]:
    child = join(dirname(abspath(__file__)), "foreign_child.py")  # noqa: PTH100, PTH118, PTH120
    command = [sys.executable, "-P", child, abspath(path), str(LAST_READ_ROW), str(LAST_READ_COLUMN)]  # noqa: PTH100
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the path is one argument
            command, capture_output=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise UnusableFile(_GAVE_UP)
    return found


def _sheet(found: dict[str, Any], look: SheetLook) -> Sheet:
    """The values as the child found them, under the looks found in the file itself; errors only the latter knows."""
    filled = () if found["name"] in UNREAD_SHEETS else found["cells"]
    cells = {(row, column): _cell(kind, value, look.formats.get((row, column))) for row, column, kind, value in filled}
    cells |= {place: Cell(error, number_format=look.formats[place]) for place, error in look.errors.items()}
    merges = tuple(Area(*merged) for merged in found["merges"])
    hidden = frozenset(look.hidden_rows), frozenset(look.hidden_columns)
    return Sheet(found["name"], _STATES.get(found["state"], "hidden"), cells, merges, *hidden)


def _cell(kind: str, value: Any, number_format: str | None) -> Cell:
    """Dates come as text and become the numbers Excel would hold."""
    if kind not in "uhd":
        return Cell(value, number_format=number_format or "General")
    guessed = {"u": _DURATION, "h": _TIME}.get(kind, _DATE_TIME if "T" in str(value) else _DATE)
    return Cell(value if kind == "u" else serial_from_iso(value), number_format=number_format or guessed)
