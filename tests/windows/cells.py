"""单元格区域: cells side by side as Excel's Range reads, writes, copies and clears them."""
# ruff: noqa: N802, N803 - members carry the names Excel gives them

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from perfeval_xl.workbook.vba.windows_stand_ins import ComError, Dispatchable
from tests.windows.entry import Content, RefusedEntry, entered, formula_of, with_its_type

RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572  # what COM hands over for an omitted Optional argument
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
VALUES = -4163  # xlPasteValues
_MOST_CELLS = 20_000_000  # what one transfer of a real Excel survives, generously


def refusal(text: str) -> ComError:
    """The error COM raises for Excel's «1004»."""
    error = ComError(-2147352567, "发生意外。", (0, "Microsoft Excel", text, None, 0, -2146827284), None)
    error.hresult = -2147352567
    return error


class Range(Dispatchable):
    """Cells side by side. What is not here an xlwings call will name in its AttributeError."""

    CLSID = RANGE_IID

    def __init__(self, sheet: Any, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.Worksheet, self.Row, self.Column, self.Count = sheet, row, column, rows * columns
        self.Parent, self.Application = sheet, sheet.Application
        self.Rows, self.Columns = SimpleNamespace(Count=rows), SimpleNamespace(Count=columns)
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=RANGE_IID))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)

    def __call__(self, row: int, column: int) -> Range:
        """One cell, counted from 1 at the first."""
        return Range(self.Worksheet, self.Row + row - 1, self.Column + column - 1)

    @property
    def Address(self):
        first = f"${letters(self.Column)}${self.Row}"
        last = f"${letters(self.Column + self.Columns.Count - 1)}${self.Row + self.Rows.Count - 1}"
        return first if self.Count == 1 else f"{first}:{last}"

    def GetAddress(self, *_, **__):
        return self.Address

    def _places(self, *, visible: bool = False) -> list[list[tuple[int, int]]]:
        columns = range(self.Column, self.Column + self.Columns.Count)
        hidden = self.Worksheet.filtered if visible else ()
        return [[(row, column) for column in columns] for row in range(self.Row, self.Row + self.Rows.Count) if row not in hidden]

    def _present(self, *, visible: bool = False) -> list[tuple[int, int]]:
        """The places that hold a cell, without walking a million empty ones."""
        hidden = self.Worksheet.filtered if visible else ()
        return [
            (row, column)
            for row, column in self.Worksheet.cells
            if self.Row <= row < self.Row + self.Rows.Count
            and self.Column <= column < self.Column + self.Columns.Count
            and row not in hidden
        ]

    def _read(self, member: str, of: Any) -> Any:
        """A scalar for one cell, else a tuple of row tuples."""
        if self.Count > _MOST_CELLS:
            raise refusal("内存不足")
        self.Application.note("read", self.Worksheet.Name, self.Address, member, self.Count)
        cells, nothing = self.Worksheet.cells, Content()
        grid = tuple(tuple(of(cells.get(place, nothing)) for place in row) for row in self._places())
        return grid[0][0] if self.Count == 1 else grid

    @property
    def Value(self):
        return self._read("Value", lambda cell: with_its_type(cell.value, cell.number_format))

    @Value.setter
    def Value(self, data):
        self._write("Value", data)

    @property
    def Value2(self):
        return self._read("Value2", lambda cell: cell.value)

    @property
    def Formula(self):
        return self._read("Formula", formula_of)

    def _write(self, member: str, data: Any) -> None:
        """Rows under a filter are passed over: whoever writes there must take the filter off first."""
        if self.Application.refuses:
            raise refusal("应用程序定义或对象定义错误")
        self.Worksheet.demand_writable(self._present() or [(self.Row, self.Column)])
        self.Application.note("write", self.Worksheet.Name, self.Address, member, self.Count)
        rows = data if isinstance(data, (list, tuple)) else None
        for row, places in enumerate(self._places(visible=True)):
            for column, place in enumerate(places):
                old = self.Worksheet.cells.get(place, Content())
                try:
                    self.Worksheet.cells[place] = entered(data if rows is None else rows[row][column], old.number_format)
                except RefusedEntry as reason:
                    raise refusal(str(reason)) from reason

    @property
    def NumberFormat(self):
        """None where the cells differ."""
        self.Application.note("read", self.Worksheet.Name, self.Address, "NumberFormat", self.Count)
        formats = {self.Worksheet.cells.get(place, Content()).number_format for row in self._places() for place in row}
        return formats.pop() if len(formats) == 1 else None

    def ClearContents(self):
        """Rows under a filter keep theirs."""
        present = self._present(visible=True)
        self.Worksheet.demand_writable(present)
        self.Application.note("write", self.Worksheet.Name, self.Address, "ClearContents", self.Count)
        for place in present:
            self.Worksheet.cells[place] = Content(number_format=self.Worksheet.cells[place].number_format)

    def ClearHyperlinks(self):
        self.Worksheet.demand_writable(self._present())
        self.Worksheet.links.remove(link for link in self.Worksheet.links if self.covers(link.Range))

    def covers(self, other: Range) -> bool:
        rows, columns = range(self.Row, self.Row + self.Rows.Count), range(self.Column, self.Column + self.Columns.Count)
        return other.Row in rows and other.Column in columns

    def Select(self):
        if self.Application.ActiveSheet is not self.Worksheet:
            raise refusal("类 Range 的 Select 方法无效")
        self.Application.Selection = self

    @property
    def FormatConditions(self):
        found = self.Worksheet.conditions.among(lambda condition: self.Worksheet is condition.sheet)
        found.Add = self._conditioned
        return found

    def _conditioned(self, Type, Operator, Formula1):
        """A new condition of these cells, whose looks can be set."""
        looks = {name: SimpleNamespace() for name in ("Font", "Interior", "Borders")}
        self.Worksheet.conditions.put(sheet=self.Worksheet, Type=Type, Formula1=Formula1, area=self.Address, **looks)
        return self.Worksheet.conditions[-1]

    def AutoFilter(self):
        self._set_look("AutoFilter", True)

    @property
    def Font(self):
        return Look(self, "Font")

    @property
    def Interior(self):
        return Look(self, "Interior")

    def _look(self, name: str) -> Any:
        return self.Worksheet.looks.get((self.Address, name))

    def _set_look(self, name: str, value: Any) -> None:
        self.Worksheet.demand_writable(self._present())
        self.Worksheet.looks[self.Address, name] = value

    WrapText = property(lambda self: self._look("WrapText"), lambda self, value: self._set_look("WrapText", value))
    ColumnWidth = property(lambda self: self._look("ColumnWidth"), lambda self, value: self._set_look("ColumnWidth", value))

    @property
    def EntireColumn(self):
        return Column(self)


class Column(Dispatchable):
    """The whole columns of a range."""

    def __init__(self, area: Range) -> None:
        self._area = area

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        if name == "Hidden":
            self._area._set_look("Hidden", value)


class Look(Dispatchable):
    """The font or the inside of a range; what is set is remembered with the range."""

    def __init__(self, area: Range, name: str) -> None:
        object.__setattr__(self, "_area", area)
        object.__setattr__(self, "_name", name)

    def __setattr__(self, member, value):
        self._area._set_look(f"{self._name}.{member}", value)


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
