"""经办人的一段操作: what a person does in an open workbook, step by step, told by a test and played in the child."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from tests.windows.cells import position
from tests.windows.entry import Content
from tests.windows.files import first_contents, opened
from tests.windows.sheets import HIDDEN, VERY_HIDDEN, VISIBLE, Sheet
from tests.windows.workbooks import Workbook

COMMAND = "import perfeval_xl.excel; perfeval_xl.excel.{}()"  # Buttons.bas says the same; a test compares


class Clerk:
    """One person, one Excel, one workbook in front. Every step is a method, named as the test names it."""

    def __init__(self, xlwings: Any, path: str) -> None:
        self._xlwings, self._book = xlwings, opened(path)
        self._opened = {sheet.Name: dict(sheet.cells) for sheet in self._book.Worksheets}
        self._first, self._raised = first_contents(path), ""

    def played(self, steps: list[list[Any]]) -> dict[str, Any]:
        """What stands there afterwards; a step that fails ends the story with its traceback."""
        for name, *details in steps:
            try:
                getattr(self, name)(*details)
            except Exception:  # noqa: BLE001 - the COM server hands any exception to VBA
                self._raised = traceback.format_exc()
                break
        return self._outcome()

    def _outcome(self) -> dict[str, Any]:
        book, application = self._book, self._book.Application
        selected = application.Selection
        return {
            "raised": self._raised,
            "opened": self._first,
            "sheets": {sheet.Name: self._unless_as_opened(sheet) for sheet in book.Worksheets},
            "said": application.said,
            "saved": application.copies,
            "printed": application.printed,
            "notes": application.notes,
            "front": book.ActiveSheet.Name,
            "selected": selected and [selected.Worksheet.Name, selected.Address.replace("$", "")],
            "looks": {sheet.Name: [[*key, value] for key, value in sheet.looks.items()] for sheet in book.Worksheets},
            "links": {sheet.Name: [link.Range.Address.replace("$", "") for link in sheet.links] for sheet in book.Worksheets},
            "shapes": {sheet.Name: [shape.Name for shape in sheet.Shapes] for sheet in book.Worksheets},
            "books": [other.Name for other in application.Workbooks],
            "alerts": application.DisplayAlerts,
        }

    def _unless_as_opened(self, sheet: Sheet) -> dict[str, Any] | None:
        return None if self._opened.get(sheet.Name) == sheet.cells else sheet.contents()

    def _sheet(self, name: str) -> Sheet:
        return self._book.Worksheets(name)

    def click(self, action: str) -> None:
        """The command Buttons.bas hands to RunPython, on the way it takes there."""
        server = self._xlwings.server.XLPython()
        server.SetAttr(self._xlwings.windows, "BOOK_CALLER", self._book)
        server.Exec(COMMAND.format(action))

    def type(self, sheet: str, cell: str, text: Any) -> None:
        """Typed, not saved."""
        self._sheet(sheet).Range(cell).Value = text

    def fill(self, sheet: str, cell: str, value: Any, formula: str = "", number_format: str = "General") -> None:
        """As it stands in the cell, whatever it would become if typed."""
        self._sheet(sheet).cells[position(cell)] = Content(value, formula, number_format)

    def insert_row(self, sheet: str, row: int) -> None:
        page = self._sheet(sheet)
        page.cells = {(place[0] + (place[0] >= row), place[1]): cell for place, cell in page.cells.items()}

    def insert_column(self, sheet: str, column: int) -> None:
        page = self._sheet(sheet)
        page.cells = {(place[0], place[1] + (place[1] >= column)): cell for place, cell in page.cells.items()}

    def rename(self, sheet: str, name: str) -> None:
        self._sheet(sheet).Name = name

    def delete(self, sheet: str) -> None:
        self._sheet(sheet).Delete()

    def add(self, sheet: str) -> None:
        self._book.Worksheets.Add(Before=self._book.Worksheets[0]).Name = sheet

    def go_to(self, sheet: str) -> None:
        self._sheet(sheet).Activate()

    def hide(self, sheet: str) -> None:
        self._sheet(sheet).Visible = HIDDEN

    def hide_well(self, sheet: str) -> None:
        self._sheet(sheet).Visible = VERY_HIDDEN

    def show(self, sheet: str) -> None:
        self._sheet(sheet).Visible = VISIBLE

    def filter_out(self, sheet: str, *rows: int) -> None:
        self._sheet(sheet).filtered.update(rows)

    def protect(self, sheet: str, password: str = "") -> None:
        self._sheet(sheet).Protect(password)

    def protect_structure(self) -> None:
        self._book.ProtectStructure = True

    def open_read_only(self) -> None:
        self._book.ReadOnly = True

    def call_it(self, full_name: str) -> None:
        """A workbook in the cloud, or one never saved."""
        self._book.FullName = full_name

    def put_picture(self, sheet: str) -> None:
        self._sheet(sheet).Shapes.put(Name="公章", Type=13)

    def put_condition(self, sheet: str, formula: str) -> None:
        page = self._sheet(sheet)
        page.conditions.put(sheet=page, Type=2, Formula1=formula)

    def put_name(self, name: str, refers_to: str) -> None:
        self._book.Names.put(Name=name, RefersTo=refers_to, Visible=True)

    def open_another(self, name: str) -> None:
        Workbook({"Sheet1": {}}, name, self._book.Application)
        self._book.Application.ActiveWorkbook = self._book

    def remove_file(self) -> None:
        """Moved away by someone else."""
        Path(self._book.FullName).unlink()

    def spoil_file(self, content: str) -> None:
        """Overwritten by someone else, with these bytes."""
        Path(self._book.FullName).write_bytes(content.encode("latin-1"))

    def refuse_copies(self) -> None:
        """No room on the disk, or a program that guards files."""
        self._book.Application.refuses_copies = True

    def lose_printer(self) -> None:
        """Excel prints nothing without a printer driver."""
        self._book.Application.prints_nothing = True

    def break_writing(self) -> None:
        """Excel refuses whatever is assigned from now on."""
        self._book.Application.refuses = True
