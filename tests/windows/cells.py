"""纯单元格的工作簿: stands for a workbook of Excel where xlwings' Windows code reads and writes cells."""
# ruff: noqa: N802 - members carry the names Excel gives them

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from perfeval_xl.workbook.vba.windows_stand_ins import Dispatchable

RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572  # what COM hands over for an omitted Optional argument
ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}


def as_com(value: Any) -> Any:
    """A cell's value as COM hands it over: every number a double, every error an integer of its own."""
    if isinstance(value, str) and value in ERRORS:
        return ERRORS[value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Workbook(Dispatchable):
    """``sheets``: sheet name → address → value, where "#DIV/0!" and its like are errors and None is a blank."""

    def __init__(self, sheets: dict[str, dict[str, Any]], name: str = "自评表.xlsm") -> None:
        self.Name, self.FullName = name, f"C:\\{name}"
        self.Application = SimpleNamespace(Version="16.0", Hwnd=1)
        self.Worksheets = Collection(Sheet(self, sheet, cells) for sheet, cells in sheets.items())
        self.Sheets, self.ActiveSheet = self.Worksheets, self.Worksheets[0]

    def values(self) -> dict[str, dict[str, Any]]:
        """The same form as ``sheets``, blanks left out."""
        return {sheet.Name: sheet.values() for sheet in self.Worksheets}


class Collection(list):
    """A collection of COM: Count, and a call by name or by number from 1."""

    @property
    def Count(self):
        return len(self)

    def __call__(self, key):
        return self[key - 1] if isinstance(key, int) else next(each for each in self if each.Name == key)


class Sheet(Dispatchable):
    """A sheet; what is not here an xlwings call will name in its AttributeError."""

    def __init__(self, book: Workbook, name: str, cells: dict[str, Any]) -> None:
        self.Parent, self.Name, self.Application = book, name, book.Application
        self.cells = {position(address): as_com(value) for address, value in cells.items()}

    def values(self) -> dict[str, Any]:
        names = {number: name for name, number in ERRORS.items()}
        filled = sorted((place, value) for place, value in self.cells.items() if value not in (None, ""))
        return {
            f"{letters(column)}{row}": names.get(value, value) if isinstance(value, int) else value
            for (row, column), value in filled
        }

    def Cells(self, row: int, column: int) -> Range:
        return Range(self, row, column, 1, 1)

    def Range(self, first: Any, last: Any = None) -> Range:
        if last is None:
            first, _, last = first.replace("$", "").partition(":")
            first, last = (Range(self, *position(address), 1, 1) for address in (first, last or first))
        return Range(self, first.Row, first.Column, last.Row - first.Row + 1, last.Column - first.Column + 1)


class Range(Dispatchable):
    """Cells side by side; reads and writes as COM does."""

    CLSID = RANGE_IID

    def __init__(self, sheet: Sheet, row: int, column: int, rows: int, columns: int) -> None:
        self.Worksheet, self.Row, self.Column, self.Count = sheet, row, column, rows * columns
        self.Rows, self.Columns = SimpleNamespace(Count=rows), SimpleNamespace(Count=columns)
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=RANGE_IID))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)

    def __call__(self, row: int, column: int) -> Range:
        """One cell, counted from 1 at the first."""
        return Range(self.Worksheet, self.Row + row - 1, self.Column + column - 1, 1, 1)

    def _places(self) -> list[list[tuple[int, int]]]:
        columns = range(self.Column, self.Column + self.Columns.Count)
        return [[(row, column) for column in columns] for row in range(self.Row, self.Row + self.Rows.Count)]

    @property
    def Value(self):
        """A scalar for one cell, else a tuple of row tuples."""
        grid = tuple(tuple(self.Worksheet.cells.get(place) for place in row) for row in self._places())
        return grid[0][0] if self.Count == 1 else grid

    @Value.setter
    def Value(self, data):
        for row, places in enumerate(self._places()):
            for column, place in enumerate(places):
                self.Worksheet.cells[place] = as_com(
                    data[row][column] if isinstance(data, (list, tuple)) else data
                )

    def GetAddress(self, *_, **__):
        return f"${letters(self.Column)}${self.Row}"

    @property
    def Address(self):
        return self.GetAddress()


def position(address: str) -> tuple[int, int]:
    """Row and column of an address, both from 1."""
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", address)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def letters(column: int) -> str:
    """The letters of a column's number from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
