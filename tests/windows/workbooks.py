"""打开的 Excel: the application and its workbooks, as far as xlwings and the buttons ask for them."""
# ruff: noqa: N802, N803 - members carry the names Excel gives them

from __future__ import annotations

import ntpath
import os
import re
from typing import Any

from perfeval_xl.workbook.vba.windows_stand_ins import Dispatchable
from tests.windows.cells import refusal
from tests.windows.sheets import VISIBLE, Collection, Parts, Sheet

_XLSX, _XLSM = 51, 52


class Application(Dispatchable):
    """Excel itself; ``notes`` keeps every transfer of cells, ``said`` every text of the status bar, ``saved`` every file."""

    Version, Hwnd, refuses, locked_folder = "16.0", 1, False, ""
    CutCopyMode: Any = False

    def __init__(self) -> None:
        self.Workbooks = Books(self)
        self.ActiveWorkbook: Any = None
        self.DisplayAlerts = True
        self.Selection: Any = None
        self.clipboard: Any = None
        self.notes: list[dict[str, Any]] = []
        self.saved: list[dict[str, Any]] = []
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


class Sheets(Collection):
    """The worksheets of a workbook; called with a list of names it is a group of them."""

    def __init__(self, book: Workbook, sheets: list[Sheet]) -> None:
        super().__init__(sheets)
        self.Parent = book

    def __call__(self, key):
        if isinstance(key, (list, tuple)):
            return Group(self.Parent, [self(name) for name in key])
        return super().__call__(key)

    def Add(self, Before=None, After=None):
        self.Parent.demand_structure()
        assert After is None, "«After» is what xlwings avoids"
        number = 1 + max((int(sheet.Name[5:]) for sheet in self if re.fullmatch(r"Sheet\d+", sheet.Name)), default=0)
        sheet = Sheet(self.Parent, f"Sheet{number}")
        self.insert(self.index(Before or self.Parent.ActiveSheet), sheet)
        sheet.Activate()
        return sheet


class Group(Dispatchable):
    """Several sheets at once."""

    def __init__(self, book: Workbook, sheets: list[Sheet]) -> None:
        self._book, self._sheets = book, sheets

    def Copy(self):
        self._book.copied(self._sheets)


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
        self.Names, self.grouped = Parts(), 1
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

    def copied(self, sheets: list[Sheet]) -> None:
        """A new workbook in front; what referred to sheets left behind now refers to this workbook."""
        self.demand_structure()
        if any(sheet.Visible != VISIBLE for sheet in sheets):
            raise refusal("类 Worksheet 的 Copy 方法无效")
        copy = Workbook({}, f"工作簿{len(self.Application.Workbooks)}", self.Application)
        copy.FileFormat, copy.grouped = _XLSX, len(sheets)
        left_behind = [sheet.Name for sheet in self.Worksheets if sheet not in sheets]
        for sheet in sheets:
            copy.Worksheets.append(self._copy_of(sheet, copy, left_behind))
        copy.ActiveSheet = copy.Worksheets[0]
        for name in self.Names:
            if name.Name.rpartition("!")[0] not in left_behind:     # a sheet's own names go with their sheet
                copy.Names.put(**name.content | {"RefersTo": self._linked(name.RefersTo, left_behind)})

    def _copy_of(self, sheet: Sheet, copy: Workbook, left_behind: list[str]) -> Sheet:
        twin = Sheet(copy, sheet.Name)
        twin.cells = {
            place: cell._replace(formula=self._linked(cell.formula, left_behind)) for place, cell in sheet.cells.items()
        }
        twin.unlocked, twin.filtered, twin.merges = set(sheet.unlocked), set(sheet.filtered), list(sheet.merges)
        twin.ProtectContents, twin.password = sheet.ProtectContents, sheet.password
        for shape in sheet.Shapes:
            twin.Shapes.put(**shape.content)
        for link in sheet.links:
            twin.links.put(**link.content | {"Range": twin.Range(link.Range.Address)})
        for condition in sheet.conditions:
            linked = self._linked(condition.Formula1, left_behind)
            twin.conditions.put(**condition.content | {"sheet": twin, "Formula1": linked})
        return twin

    def _linked(self, text: str, left_behind: list[str]) -> str:
        for name in left_behind:
            text = re.sub(rf"(?<![\w\]])'?{re.escape(name)}'?!", f"'[{self.Name}]{name}'!", text)
        return re.sub(r"\bPE_", f"'{self.Name}'!PE_", text)

    def LinkSources(self, Type):
        """None, or the workbooks that formulas and names still refer to."""
        assert Type == 1
        texts = [cell.formula for sheet in self.Worksheets for cell in sheet.cells.values()]
        texts += [name.RefersTo for name in self.Names]
        return tuple(sorted({found for text in texts for found in re.findall(r"\[([^\]]+)]", text)})) or None

    def BreakLink(self, Name, Type):
        assert Type == 1
        for sheet in self.Worksheets:
            for place, cell in sheet.cells.items():
                if f"[{Name}]" in cell.formula:
                    sheet.cells[place] = cell._replace(formula="")

    def SaveAs(self, Filename, FileFormat, Password):
        """Writes a real file, so that what was mailed can be read again."""
        name = os.path.basename(Filename).casefold()
        if name in [book.Name.casefold() for book in self.Application.Workbooks if book is not self]:
            raise refusal("不能用与另一个打开的工作簿相同的名称保存")
        if os.path.dirname(Filename) == self.Application.locked_folder:
            raise refusal("无法访问文件夹")
        assert Password is None
        from tests.windows.files import save

        self.FileFormat = FileFormat
        save(self, Filename)
        self.FullName = Filename
        self.Application.saved.append(self._described())

    def _described(self) -> dict[str, Any]:
        return {
            "path": self.FullName,
            "format": self.FileFormat,
            "alerts": self.Application.DisplayAlerts,
            "sheets": self.contents(),
            "names": [name.Name for name in self.Names],
            "links_out": self.LinkSources(1),
            "shapes": [shape.Name for sheet in self.Worksheets for shape in sheet.Shapes],
            "conditions": [condition.Formula1 for sheet in self.Worksheets for condition in sheet.conditions],
            "links": [link.SubAddress for sheet in self.Worksheets for link in sheet.links],
            "grouped": self.grouped,
        }

    def Close(self, SaveChanges=None):
        assert SaveChanges is False
        books = self.Application.Workbooks
        list.remove(books, self)
        if self.Application.ActiveWorkbook is self:
            self.Application.ActiveWorkbook = books[-1] if books else None
