"""打开的 Excel: the application and its workbooks, as far as xlwings and the buttons ask for them."""
# ruff: noqa: N802, N803 - members carry the names Excel gives them

from __future__ import annotations

import ntpath
import os
import re
from typing import Any

from perfeval_xl.workbook.vba.windows_stand_ins import Dispatchable
from tests.windows.cells import refusal
from tests.windows.sheets import Collection, Parts, Sheet

_XLSX, _XLSM = 51, 52


class Application(Dispatchable):
    """Excel itself; ``notes`` keeps every transfer of cells, ``said`` every text of the status bar, ``copies`` and ``printed`` every file."""

    Version, Hwnd, refuses, refuses_copies, prints_nothing = "16.0", 1, False, False, False

    def __init__(self) -> None:
        self.Workbooks = Books(self)
        self.ActiveWorkbook: Any = None
        self.DisplayAlerts = True
        self.Selection: Any = None
        self.notes: list[dict[str, Any]] = []
        self.copies: list[str] = []
        self.printed: list[dict[str, Any]] = []
        self.said: list[Any] = []
        self._status: Any = False

    def note(self, act: str, sheet: str, area: str, member: str, cells: int) -> None:
        self.notes.append({"act": act, "sheet": sheet, "area": area, "member": member, "cells": cells})

    @property
    def ActiveSheet(self):
        return self.ActiveWorkbook.ActiveSheet

    @property
    def StatusBar(self):
        return self._status

    @StatusBar.setter
    def StatusBar(self, text):
        if isinstance(text, str) and len(text) > 255:
            raise refusal("不能设置类 Application 的 StatusBar 属性")
        self._status = text
        self.said.append(text)


class Books(Collection):
    """The open workbooks."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.Application = application

    def Open(self, Filename, UpdateLinks, ReadOnly):
        assert UpdateLinks == 0
        from tests.windows.files import opened

        book = opened(Filename, self.Application)
        book.ReadOnly = ReadOnly
        return book


class Sheets(Collection):
    """The worksheets of a workbook."""

    def __init__(self, book: Workbook, sheets: list[Sheet]) -> None:
        super().__init__(sheets)
        self.Parent = book

    def Add(self, Before=None, After=None):
        self.Parent.demand_structure()
        assert After is None, "«After» is what xlwings avoids"
        number = 1 + max((int(sheet.Name[5:]) for sheet in self if re.fullmatch(r"Sheet\d+", sheet.Name)), default=0)
        sheet = Sheet(self.Parent, f"Sheet{number}")
        self.insert(self.index(Before or self.Parent.ActiveSheet), sheet)
        sheet.Activate()
        return sheet


class Workbook(Dispatchable):
    """``sheets``: sheet name → address → value, where "#DIV/0!" and its like are errors and None is a blank."""

    ProtectStructure = ReadOnly = False
    FileFormat = _XLSM

    def __init__(self, sheets: dict[str, dict[str, Any]], full_name: str = "C:\\自评表.xlsm", application: Application | None = None) -> None:
        self.Application = application or Application()
        self.FullName = full_name
        self.Worksheets = Sheets(self, [])
        self.Worksheets.extend(Sheet(self, name, cells) for name, cells in sheets.items())
        self.ActiveSheet = self.Worksheets[0] if self.Worksheets else None
        self.Names = Parts()
        self.Application.Workbooks.append(self)
        self.Application.ActiveWorkbook = self

    @property
    def Name(self):
        return ntpath.basename(self.FullName)  # either slash

    @property
    def Path(self):
        return os.path.dirname(self.FullName)

    @property
    def Sheets(self):
        return self.Worksheets

    def values(self) -> dict[str, dict[str, Any]]:
        """The same form as ``sheets``, blanks left out."""
        return {sheet.Name: sheet.values() for sheet in self.Worksheets}

    def contents(self) -> dict[str, dict[str, Any]]:
        """Sheet → address → value, formula and number format."""
        return {sheet.Name: sheet.contents() for sheet in self.Worksheets}

    def demand_structure(self) -> None:
        if self.ProtectStructure:
            raise refusal("工作簿结构受保护")

    def SaveCopyAs(self, Filename):
        """The workbook as it stands now, saved or not, as a file of its own; the open one stays what it is."""
        if self.Application.refuses_copies:
            raise refusal("方法“SaveCopyAs”作用于对象“_Workbook”时失败")
        from tests.windows.files import save_copy

        save_copy(self, Filename)
        self.Application.copies.append(os.path.basename(Filename))

    def ExportAsFixedFormat(self, Type, Filename):
        assert Type == 0
        if self.Application.prints_nothing:
            raise refusal("文档未保存")
        with open(Filename, "wb") as file:
            file.write(b"%PDF-1.7")
        alerts = self.Application.DisplayAlerts
        self.Application.printed.append({"of": self.Name, "read_only": self.ReadOnly, "alerts": alerts, "path": Filename})

    def Close(self, SaveChanges=None):
        assert SaveChanges is False
        books = self.Application.Workbooks
        list.remove(books, self)
        if self.Application.ActiveWorkbook is self:
            self.Application.ActiveWorkbook = books[-1] if books else None
