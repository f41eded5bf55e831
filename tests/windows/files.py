"""工作簿文件: opened into the workbook of cells and saved from it, by openpyxl, a reader no one here wrote."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.windows.entry import Content, as_com, plain
from tests.windows.sheets import HIDDEN, VERY_HIDDEN, VISIBLE
from tests.windows.workbooks import Workbook

_STATES = {"visible": VISIBLE, "hidden": HIDDEN, "veryHidden": VERY_HIDDEN}
_EXPRESSION, _FORM_CONTROL, _BUTTON = 2, 8, 0


class Page(NamedTuple):
    """What a file says of one sheet."""

    title: str
    visible: int
    cells: dict[tuple[int, int], Content]
    unlocked: frozenset[tuple[int, int]]
    links: tuple[tuple[str, dict[str, str]], ...]
    merges: tuple[str, ...]
    is_protected: bool
    filtered: frozenset[int]
    conditions: tuple[str, ...]


class File(NamedTuple):
    """What a file says."""

    pages: tuple[Page, ...]
    names: tuple[dict[str, Any], ...]
    front: int
    macros: tuple[str, ...]


def opened(path: str, application: Any = None) -> Workbook:
    """The workbook as Excel shows it on opening, cached values included."""
    file = _read(Path(path).read_bytes())
    book = Workbook({page.title: {} for page in file.pages}, path, application)
    for page, sheet in zip(file.pages, book.Worksheets, strict=True):
        _fill(sheet, page)
    for name in file.names:
        book.Names.put(**name)
    for number, macro in enumerate(file.macros, 1):
        button = {"Name": f"Button {number}", "Type": _FORM_CONTROL, "FormControlType": _BUTTON, "OnAction": macro}
        book.Worksheets[0].Shapes.put(**button)
    book.ActiveSheet = book.Worksheets[file.front]
    return book


def first_contents(path: str) -> dict[str, dict[str, Any]]:
    """Sheet → address → value, formula and number format, as ``Workbook.contents`` gives them on opening."""
    return _contents(Path(path).read_bytes())


@lru_cache(16)
def _contents(data: bytes) -> dict[str, dict[str, Any]]:
    book = Workbook({page.title: {} for page in _read(data).pages})
    for page, sheet in zip(_read(data).pages, book.Worksheets, strict=True):
        _fill(sheet, page)
    return book.contents()


def _fill(sheet: Any, page: Page) -> None:
    sheet.cells, sheet.unlocked, sheet.filtered = dict(page.cells), set(page.unlocked), set(page.filtered)
    sheet.Visible, sheet.ProtectContents, sheet.merges = page.visible, page.is_protected, list(page.merges)
    for cell, target in page.links:
        sheet.links.put(Range=sheet.Range(cell), **target)
    for formula in page.conditions:
        sheet.conditions.put(sheet=sheet, Type=_EXPRESSION, Formula1=formula)


@lru_cache(16)
def _read(data: bytes) -> File:
    from openpyxl import load_workbook

    formulas, cached = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True)
    names = [{"Name": name, "RefersTo": f"={told.attr_text}", "Visible": not told.hidden} for name, told in formulas.defined_names.items()]
    areas = [{"Name": f"{sheet.title}!Print_Area", "RefersTo": f"={sheet.print_area}", "Visible": True} for sheet in formulas if sheet.print_area]
    pages = tuple(_page(sheet, cached[sheet.title]) for sheet in formulas)
    return File(pages, (*names, *areas), formulas.index(formulas.active), tuple(_macros(data)))


def _page(sheet: Any, cached: Any) -> Page:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return Page(
        sheet.title,
        _STATES[sheet.sheet_state],
        {(cell.row, cell.column): _content(cell, cached.cell(cell.row, cell.column)) for cell in cells if cell.value is not None or cell.has_style},
        frozenset((cell.row, cell.column) for cell in cells if not cell.protection.locked),
        tuple((cell.coordinate, _target(cell.hyperlink)) for cell in cells if cell.hyperlink),
        tuple(str(area) for area in sheet.merged_cells.ranges),
        sheet.protection.sheet,
        frozenset(row for row, look in sheet.row_dimensions.items() if look.hidden and sheet.auto_filter.ref),
        tuple(f"={rule.formula[0]}" for rules in sheet.conditional_formatting for rule in rules.rules),
    )


def _target(link: Any) -> dict[str, str]:
    return {"SubAddress": link.location or "", "Address": link.target or ""}


def _content(cell: Any, shown: Any) -> Content:
    formula = ""
    if cell.data_type == "f":
        formula = cell.value if isinstance(cell.value, str) else f"={cell.value.text}"
    value = shown.value
    if isinstance(value, date):
        from openpyxl.utils.datetime import to_excel

        value = to_excel(value)
    if formula and value is None:
        value = ""      # a formula that shows nothing has an empty text
    return Content(as_com(value), formula, cell.number_format)


def _macros(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if name.endswith(".vml")]
    return [macro for drawing in drawings for macro in re.findall(r"<x:FmlaMacro>(?:\[0]!)?([^<]+)<", drawing)]


def save_copy(book: Workbook, path: str) -> None:
    """The file the workbook was opened from, with every cell as it stands now; formulas have values, as Excel saves them."""
    from perfeval_xl.workbook.results.cell_patch import set_cells
    from perfeval_xl.workbook.results.new_sheet import NewSheet
    from perfeval_xl.workbook.results.patch import put_sheet

    pages = {page.title: page for page in _read(Path(book.FullName).read_bytes()).pages}
    assert set(pages) <= {sheet.Name for sheet in book.Worksheets}, "a sheet was deleted or renamed"
    changed = {sheet.Name: _changes(sheet, pages[sheet.Name]) for sheet in book.Worksheets if sheet.Name in pages}
    source = book.FullName
    for number, sheet in enumerate(sheet for sheet in book.Worksheets if sheet.Name not in pages):
        last = max((row for row, _ in sheet.cells), default=0), max((column for _, column in sheet.cells), default=0)
        rows = [[(_shown(sheet.cells.get((row, column))), "text", "") for column in range(1, last[1] + 1)] for row in range(1, last[0] + 1)]
        more = f"{path}.{number}{Path(path).suffix}"
        put_sheet(source, more, NewSheet(sheet.Name, rows, widths=(10.0,)))
        source = more
    set_cells(source, path, changed)


def _changes(sheet: Any, page: Page) -> dict[tuple[int, int], Any]:
    found = {}
    for place in sheet.cells.keys() | page.cells.keys():
        before, now = page.cells.get(place, Content()), sheet.cells.get(place, Content())
        assert now.formula == before.formula or now.formula.startswith("=HYPERLINK("), "no formula of the form is typed in these stories"
        if now != before or (now.formula and now.value == ""):
            found[place] = _shown(now)
    return found


def _shown(content: Content | None) -> Any:
    """What the file holds of a cell: an error of Excel is written as its name."""
    if content is None:
        return None
    return plain(content.value)
