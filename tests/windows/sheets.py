"""工作表: what stands around the cells of a sheet, with the refusals of Excel's object model."""
# ruff: noqa: N802, N803 - members carry the names Excel gives them

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from perfeval_xl.workbook.vba.windows_stand_ins import Dispatchable
from tests.windows.cells import LAST_COLUMN, LAST_ROW, Range, letters, position, refusal
from tests.windows.entry import Content, entered, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

VISIBLE, HIDDEN, VERY_HIDDEN = -1, 0, 2
_FORBIDDEN = set("\\/?*[]:")


class Collection(list):
    """A collection of COM: Count, Item, and a call by name or by number from 1."""

    @property
    def Count(self):
        return len(self)

    def __call__(self, key):
        if isinstance(key, int) and 0 < key <= len(self):
            return self[key - 1]
        found = [each for each in self if isinstance(key, str) and each.Name.casefold() == key.casefold()]
        if not found:
            raise refusal("下标越界")
        return found[0]

    Item = __call__


class Parts(Collection):
    """What hangs on a sheet or workbook; each part can delete itself."""

    def put(self, **content: Any) -> None:
        part = SimpleNamespace(**content)
        part.content, part.Delete = content, lambda: list.remove(self, part)
        self.append(part)

    def remove(self, parts: Iterable[Any]) -> None:
        for part in list(parts):
            list.remove(self, part)

    def among(self, wanted: Callable[[Any], bool]) -> Parts:
        """Those of a range; deleting them all deletes them from the sheet."""
        chosen = Parts(part for part in self if wanted(part))
        chosen.Delete = lambda: self.remove(chosen)
        return chosen


class Sheet(Dispatchable):
    """A worksheet. What is not here an xlwings call will name in its AttributeError."""

    Visible = VISIBLE

    def __init__(self, book: Any, name: str, cells: dict[str, Any] | None = None) -> None:
        self.Parent, self._name, self.Application = book, name, book.Application
        self.cells: dict[tuple[int, int], Content] = {}
        for address, value in (cells or {}).items():
            self.cells[position(address)] = value if isinstance(value, Content) else _stored(value)
        self.unlocked: set[tuple[int, int]] = set()
        self.filtered: set[int] = set()
        self.looks: dict[tuple[str, str], Any] = {}
        self.merges: list[str] = []
        self.Shapes, self.links, self.conditions = Parts(), Parts(), Parts()
        self.ProtectContents, self.password = False, ""

    def values(self) -> dict[str, Any]:
        """Address → value, blanks left out."""
        return {place: cell["value"] for place, cell in self.contents().items() if cell["value"] not in (None, "")}

    def contents(self) -> dict[str, dict[str, Any]]:
        """Address → value, formula and number format."""
        return {
            f"{letters(column)}{row}": cell._asdict() | {"value": plain(cell.value)}
            for (row, column), cell in sorted(self.cells.items())
        }

    def demand_writable(self, places: Iterable[tuple[int, int]]) -> None:
        if self.ProtectContents and not self.unlocked.issuperset(places):
            raise refusal("您试图更改的单元格或图表位于受保护的工作表中")

    @property
    def Name(self):
        return self._name

    @Name.setter
    def Name(self, name):
        self.Parent.demand_structure()
        taken = {sheet.Name.casefold() for sheet in self.Parent.Worksheets if sheet is not self}
        if not 0 < len(name) <= 31 or _FORBIDDEN & set(name) or name.casefold() in taken:
            raise refusal("名称无效")
        self._name = name

    @property
    def Index(self):
        return self.Parent.Worksheets.index(self) + 1

    @property
    def Cells(self):
        return Range(self, 1, 1, LAST_ROW, LAST_COLUMN)

    def Range(self, first: Any, last: Any = None) -> Range:
        if last is None:
            first, _, last = first.replace("$", "").partition(":")
            first, last = (Range(self, *position(address)) for address in (first, last or first))
        return Range(self, first.Row, first.Column, last.Row - first.Row + 1, last.Column - first.Column + 1)

    @property
    def UsedRange(self):
        """From the first to the last cell that holds or ever held something."""
        rows, columns = zip(*self.cells, strict=True) if self.cells else ((1,), (1,))
        return Range(self, min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)

    def Activate(self):
        if self.Visible != VISIBLE:
            raise refusal("类 Worksheet 的 Activate 方法无效")
        self.Parent.ActiveSheet, self.Application.ActiveWorkbook = self, self.Parent

    def Move(self, Before):
        self.Parent.demand_structure()
        if self.Visible == VERY_HIDDEN:
            raise refusal("类 Worksheet 的 Move 方法无效")
        sheets = self.Parent.Worksheets
        list.remove(sheets, self)
        sheets.insert(sheets.index(Before), self)

    def Delete(self):
        self.Parent.demand_structure()
        list.remove(self.Parent.Worksheets, self)

    @property
    def FilterMode(self):
        return bool(self.filtered)

    def ShowAllData(self):
        if not self.filtered:
            raise refusal("类 Worksheet 的 ShowAllData 方法无效")
        self.filtered.clear()

    def Protect(self, password=""):
        self.ProtectContents, self.password = True, password

    def Unprotect(self, password=""):
        if self.ProtectContents and password != self.password:
            raise refusal("您提供的密码不正确")
        self.ProtectContents = False

    @property
    def Hyperlinks(self):
        return self.links


def _stored(value: Any) -> Content:
    """A test's own value: a text stays one unless it begins with "=" or names an error."""
    if isinstance(value, str) and not value.startswith("=") and not value.startswith("#"):
        return Content(value or None)
    return entered(value)
