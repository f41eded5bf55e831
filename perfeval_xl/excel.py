"""打开的 Excel: what the buttons do. The only module that touches a running Excel; it writes to 校验结果 and nothing else."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.examination import Examined, examined_workbook, exit_code
from perfeval_xl.workbook.grid import (
    FIGURE_SHEET,
    RESULT_SHEET,
    RULE_SHEET,
    UNREAD_SHEETS,
    Cell,
    ErrorValue,
    Sheet,
    UnusableFile,
    Workbook,
)
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.result_looks import CONDITIONS
from perfeval_xl.workbook.results.result_rows import (
    HEADER_ROW,
    HEADINGS,
    LAST_ROW,
    MARK_COLUMN,
    WIDTHS,
    ResultCell,
    result_rows,
)
from perfeval_xl.workbook.results.waiting import closing, first_open
from udfs.lean_xlwings import lean_xlwings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_ERRORS = {
    -2146826288: "#NULL!", -2146826281: "#DIV/0!", -2146826273: "#VALUE!", -2146826265: "#REF!",
    -2146826259: "#NAME?", -2146826252: "#NUM!", -2146826246: "#N/A",
}  # fmt: skip
_LANDMARKS = ("三级指标", "合计", "总分", "总计", "年度指标值", "全年完成值", "实际完成值")
_MOST_CELLS = 500_000       # a used range beyond that is mostly formats; then only the saved content and some room around it
_ROOM_BELOW, _ROOM_RIGHT = 500, 50
_VISIBLE, _EXPRESSION, _PDF = -1, 2, 0     # Excel's own numbers
_EQUAL, _CONTINUOUS, _HEADING_COLOUR = 3, 1, (217, 226, 243)
_OUR_SHEETS = (RESULT_SHEET, RULE_SHEET, FIGURE_SHEET)


def validate() -> None:
    """按钮「校验」: check the workbook in front, write 校验结果, say what was found."""
    book = caller()
    with answering(book, "正在校验……"):
        result = examined_workbook(live_workbook(book))
        _write(book, result)
        answer(book, closing(result) + (" 文件是只读打开的, 要保留结果请另存。" if book.api.ReadOnly else ""))


def go_to_first_error() -> None:
    """按钮「转到第一个错误」: select the cell of the first error on 校验结果, else of the first finding still open."""
    book = caller()
    with answering(book, "正在查找……"):
        sheet, cell = first_open(_written_rows(book))
        if sheet not in _names(book):
            raise UnusableFile(f"没有工作表「{sheet}」了, 请再按「校验」")
        if book.sheets[sheet].api.Visible != _VISIBLE:
            raise UnusableFile(f"问题在隐藏的工作表「{sheet}」的 {cell}, 请先取消隐藏")
        book.sheets[sheet].api.Activate()
        book.sheets[sheet].range(cell).select()
        book.app.status_bar = False


def make_submission() -> None:
    """按钮「生成报送件」: check again, then the macro-free copy with its record, beside the workbook; the command ``submit`` makes the same.

    Refused while an error is open or a question is unexplained; an existing file is never overwritten.
    """
    book = caller()
    with answering(book, "正在生成报送件……"):
        result = examined_workbook(live_workbook(book))
        _write(book, result)
        if exit_code(result.all_findings):
            raise UnusableFile(f"还有没处理的问题, 没有生成报送件。{closing(result)}")
        path, code = _submission_of(book)
        printed = "和同名 PDF" if _print(book.app, path) else ""
        name = os.path.basename(path)  # noqa: PTH119
        answer(book, f"已生成: {name}{printed}, 在原工作簿旁边, 没有宏和公式, 可以报送。校验码 {code}")


def _submission_of(book: Any) -> tuple[str, str]:
    """The submission made of a copy of the workbook as it stands now, saved or not; its path and its short digest."""
    import tempfile  # noqa: PLC0415 - validating needs none of these

    from perfeval_xl.submission.making import OpenFindingsError, Request, make_submission  # noqa: PLC0415

    folder, name = os.path.split(book.api.FullName)
    with tempfile.TemporaryDirectory() as workshop:
        copy = os.path.join(workshop, name)  # noqa: PTH118
        try:
            book.api.SaveCopyAs(copy)
        except _excel_refuses() as problem:
            raise UnusableFile("没有生成报送件: Excel 没能保存副本, 请看磁盘是否已满, 文件是否被加密软件管理") from problem
        try:
            made = make_submission(copy, folder, Request())
        except OpenFindingsError as refused:
            raise UnusableFile(str(refused)) from refused
        except UnusableFile as reason:
            raise UnusableFile(str(reason).replace(f"{copy}: ", "")) from reason
    return made.path, made.code


def _print(app: Any, path: str) -> bool:
    """A PDF beside the submission, printed by Excel; it is never a reason to fail."""
    target = path.removesuffix(".xlsx") + ".pdf"
    if os.path.exists(target):  # noqa: PTH110
        return False
    with _asking_nothing(app):
        try:
            copy = app.api.Workbooks.Open(path, 0, True)    # no links updated, read-only
            try:
                copy.ExportAsFixedFormat(_PDF, target)
            finally:
                copy.Close(False)
        except _excel_refuses():
            return False
    return True


@contextmanager
def _asking_nothing(app: Any) -> Iterator[None]:
    asked = app.display_alerts
    app.display_alerts = False
    try:
        yield
    finally:
        app.display_alerts = asked


def _excel_refuses() -> type[Exception]:
    """What pywin32 raises for a refusal of Excel; xlwings has imported it wherever there is an Excel."""
    error: type[Exception] = sys.modules["pywintypes"].com_error
    return error


def caller() -> Any:
    """调用按钮的工作簿: the one in front for the add-in."""
    return lean_xlwings().Book.caller()


@contextmanager
def answering(book: Any, working: str) -> Iterator[None]:
    """The status bar says what goes on; what a user can mend ends there as one sentence, never as a traceback."""
    book.app.status_bar = working
    try:
        yield
    except UnusableFile as reason:
        answer(book, str(reason).removeprefix(f"{book.api.FullName}: "))


def answer(book: Any, text: str) -> None:
    """The button's VBA shows what stands in the status bar when Python returns."""
    book.app.status_bar = text.replace("\n", " ")[:250]


def live_workbook(book: Any) -> Workbook:
    """The open workbook: merges and formats of the saved file, values and formulas as they stand in Excel now.

    Two bulk reads per sheet, and the format of each number typed since. Raises UnusableFile where the saved file cannot
    serve: never saved, renamed sheets, rows or columns added since.
    """
    path = book.api.FullName
    if not os.path.isfile(path):  # noqa: PTH113
        raise UnusableFile("请先把工作簿保存到本机再校验 (云端打开的请另存一份)")
    saved = read_workbook(path)
    live = {sheet.name: sheet for sheet in book.sheets}
    kept = [sheet for sheet in saved.sheets if sheet.name in live or sheet.name != RESULT_SHEET]
    missing = next((sheet.name for sheet in kept if sheet.name not in live), None)
    if missing:
        raise UnusableFile(f"工作表「{missing}」改名或删除后还没有保存, 请先保存再校验")
    if RESULT_SHEET in live and RESULT_SHEET not in [sheet.name for sheet in kept]:
        kept.append(Sheet(RESULT_SHEET, "visible", {}))
    known = {sheet.name for sheet in kept} | {note.sheet for note in saved.unread}
    added = tuple(Unread(name, "", "新加的工作表还没有保存, 没有校验; 请保存后再校验") for name in live if name not in known)
    sheets = tuple(sheet if sheet.name in UNREAD_SHEETS else _live_sheet(sheet, live[sheet.name]) for sheet in kept)
    return saved._replace(sheets=sheets, unread=(*saved.unread, *added))


def _live_sheet(saved: Sheet, live: Any) -> Sheet:
    area = _area(saved, live)
    values, formulas = _grid(area.api.Value2), _grid(area.formula)
    cells: dict[tuple[int, int], Cell] = {}
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            spot = area.row + row, area.column + column
            cell = _live_cell(value, formulas[row][column], saved.cells.get(spot))
            if cell is not None:
                cells[spot] = cell
    if saved.name != RESULT_SHEET and _has_moved(saved, cells):
        raise UnusableFile(f"工作表「{saved.name}」增删过行或列还没有保存, 请先保存再校验")
    if saved.name in _OUR_SHEETS:
        return saved._replace(cells=cells)
    typed = [spot for spot, cell in cells.items() if _is_typed(cell, saved.cells.get(spot))]
    formats = {spot: cells[spot]._replace(number_format=str(live.range(spot).number_format)) for spot in typed}
    return saved._replace(cells=cells | formats)


def _area(saved: Sheet, live: Any) -> Any:
    """What is in use, without the empty distance to a stray format or cell."""
    used = live.used_range
    rows, columns = used.shape
    if rows * columns <= _MOST_CELLS:
        return used
    last_row = max((row for row, _ in saved.cells), default=1) + _ROOM_BELOW
    last_column = max((column for _, column in saved.cells), default=1) + _ROOM_RIGHT
    last = max(used.row, min(used.row + rows - 1, last_row)), max(used.column, min(used.column + columns - 1, last_column))
    return live.range((used.row, used.column), last)


def _grid(values: Any) -> list[list[Any]]:
    """A block of cells as rows, also where the engine gives one cell or one row."""
    if not isinstance(values, (list, tuple)):
        return [[values]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in values]


def _live_cell(value: Any, formula: Any, saved: Cell | None) -> Cell | None:
    """Excel's numbers are doubles; an integer is an error. A text that begins with "=" is its own formula."""
    text = formula[1:] if isinstance(formula, str) and formula.startswith("=") and formula != value else ""
    if value in ("", None) and not text:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = ErrorValue(_ERRORS.get(value, "#UNKNOWN!"))
    return Cell(value, text, saved.number_format if saved else "General")


def _is_typed(cell: Cell, saved: Cell | None) -> bool:
    """A number that came since the file was saved: 98% typed into a plain cell has changed the cell's format."""
    return type(cell.value) is float and (saved is None or (not cell.formula and saved.value != cell.value))


def _has_moved(saved: Sheet, cells: dict[tuple[int, int], Cell]) -> bool:
    """The merges of the saved file no longer fit: a landmark is not where it was, or several texts stand as far away."""
    texts = {spot: cell.value for spot, cell in saved.cells.items() if type(cell.value) is str and not cell.formula}
    gone = [spot for spot, text in texts.items() if spot not in cells or cells[spot].value != text]
    once = Counter((column, text) for (_, column), text in texts.items())
    now = {(column, cell.value): row for (row, column), cell in cells.items() if type(cell.value) is str}
    keys = [(row, (column, texts[row, column])) for row, column in gone]
    shifts = Counter(now[key] - row for row, key in keys if once[key] == 1 and key in now)
    return any(texts[spot] in _LANDMARKS for spot in gone) or max(shifts.values(), default=0) > 1


def _write(book: Any, result: Examined) -> None:
    """校验结果 in one bulk write, before anything old is cleared; explanations are written back as they were typed."""
    _demand_ours(result.workbook)
    sheet = _result_sheet(book)
    if sheet.api.ProtectContents:
        raise UnusableFile(f"「{RESULT_SHEET}」被保护了, 请撤销保护后再校验")
    if sheet.api.FilterMode:
        sheet.api.ShowAllData()
    rows = result_rows(result.explained, [each.table.sheet for each in result.assessments], result.unread)
    block = [[_content(cell) for cell in row] + [None] * (MARK_COLUMN - len(row)) for row in rows]
    sheet.range(f"A1:{address(LAST_ROW, MARK_COLUMN)}").api.ClearHyperlinks()
    sheet.range(f"A1:{address(len(block), MARK_COLUMN)}").value = block
    if len(block) < LAST_ROW:
        sheet.range(f"A{len(block) + 1}:{address(LAST_ROW, MARK_COLUMN)}").clear_contents()
    sheet.range(f"A{HEADER_ROW}:{address(len(block), MARK_COLUMN - 1)}").wrap_text = True


def _demand_ours(workbook: Workbook) -> None:
    """A sheet that only happens to be called 校验结果 is never written over."""
    cells = next((sheet.cells for sheet in workbook.sheets if sheet.name == RESULT_SHEET), {})
    heading = cells.get((HEADER_ROW, 1))
    if cells and (heading is None or heading.value != HEADINGS[0]):
        raise UnusableFile(f"已有一张自己的「{RESULT_SHEET}」表, 不能覆盖, 请把它改名并保存后再校验")


def _result_sheet(book: Any) -> Any:
    if RESULT_SHEET in _names(book):
        return book.sheets[RESULT_SHEET]
    if book.api.ProtectStructure:
        raise UnusableFile(f"工作簿结构被保护, 不能加「{RESULT_SHEET}」表, 请撤销保护后再校验")
    front = book.api.ActiveSheet
    seen = [sheet for sheet in book.sheets if sheet.api.Visible == _VISIBLE]    # Excel cannot move a very hidden one
    sheet = book.sheets.add(RESULT_SHEET, after=seen[-1])
    for column, width in enumerate(WIDTHS, 1):
        sheet.range((1, column)).column_width = width
    sheet.range((1, MARK_COLUMN)).api.EntireColumn.Hidden = True
    _dress(sheet)
    front.Activate()
    return sheet


def _dress(sheet: Any) -> None:
    """The looks a built workbook brings: a heading, filter arrows, and colours that hang on what a row says."""
    heading = sheet.range(f"A{HEADER_ROW}:{address(HEADER_ROW, len(HEADINGS))}")
    heading.font.bold, heading.color = True, _HEADING_COLOUR
    for look in CONDITIONS:
        condition = sheet.range(look.area).api.FormatConditions.Add(_EXPRESSION, _EQUAL, f"={look.formula}")
        condition.Borders.LineStyle = _CONTINUOUS
        condition.Font.Bold = look.is_bold
        if look.font:
            condition.Font.Color = _colour(look.font)
        if look.fill:
            condition.Interior.Color = _colour(look.fill)
    sheet.range(f"A{HEADER_ROW}:{address(LAST_ROW, len(HEADINGS))}").api.AutoFilter()


def _colour(text: str) -> int:
    """RRGGBB as Excel counts it, blue first."""
    return int(text[4:] + text[2:4] + text[:2], 16)


def _content(cell: ResultCell) -> str | float | None:
    """Text stays text, or Excel would make numbers, days and formulas of it; links become HYPERLINK formulas of our own."""
    if cell.link:
        link, shown = (str(text).replace('"', '""') for text in (cell.link, cell.text))
        return f'=HYPERLINK("#{link}","{shown}")'
    if isinstance(cell.text, str):
        return f"'{cell.text}" if cell.text else None
    return cell.text


def _names(book: Any) -> list[str]:
    return [sheet.name for sheet in book.sheets]


def _written_rows(book: Any) -> list[Any]:
    """What stands on 校验结果, from the top."""
    if RESULT_SHEET not in _names(book):
        return []
    area = book.sheets[RESULT_SHEET].range(f"A1:{address(LAST_ROW, len(HEADINGS))}")
    return _grid(area.api.Value2)
