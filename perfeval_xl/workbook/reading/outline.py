"""工作簿主部件: sheets in their order, defined names and the date system, as xl/workbook.xml says."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import quoted_sheet
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import TRUE_WORDS, attribute, feed, local_name, new_parser
from perfeval_xl.workbook.opc.package import OVERSIZED

if TYPE_CHECKING:
    from perfeval_xl.workbook.opc.markup import Attributes
    from perfeval_xl.workbook.opc.package import Package

MOST_SHEETS = 1_000
_STATES = ("visible", "hidden", "veryHidden")


class Outline:
    """工作簿的框架.

    ``sheets``: (name, state, relationship id). ``names``: what each defined name refers to, without "=";
    a name that belongs to one sheet is written as formulas write it, ``自评表!_xlnm.Print_Area``.
    """

    def __init__(self, package: Package, part: str) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.date1904 = False
        self._name: Attributes = {}
        self._text: list[str] = []
        feed(new_parser(self._start, self._end, self._text.append), package.read(part), last=True)

    def _start(self, name: str, attributes: Attributes) -> None:
        local = local_name(name)
        if local == "sheet":
            state = attributes.get("state", "visible")
            label = attributes.get("name", "")
            self.sheets.append((label, state if state in _STATES else "hidden", attribute(attributes, "id")))
            if len(self.sheets) > MOST_SHEETS:
                raise UnusableFile(OVERSIZED)
        elif local == "workbookPr":
            self.date1904 = attributes.get("date1904") in TRUE_WORDS
        elif local == "definedName":
            self._text.clear()
            self._name = attributes

    def _end(self, name: str) -> None:
        if local_name(name) == "definedName":
            self.names[self._scoped()] = "".join(self._text)

    def _scoped(self) -> str:
        name, sheet = self._name.get("name", ""), self._name.get("localSheetId", "")
        if sheet.isascii() and sheet.isdigit() and len(sheet) < 6 and int(sheet) < len(self.sheets):
            return f"{quoted_sheet(self.sheets[int(sheet)][0])}!{name}"
        return name
