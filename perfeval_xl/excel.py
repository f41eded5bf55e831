"""打开的 Excel: what the buttons do. The only module that touches a running Excel; it writes to 校验结果 and nothing else."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.examination import Examined, examined_workbook, exit_code
from perfeval_xl.workbook.grid import Cell, ErrorValue, Sheet, UnusableFile, Workbook
from perfeval_xl.workbook.new_sheet import looks_like_formula
from perfeval_xl.workbook.reader import read_workbook
from perfeval_xl.workbook.result_rows import HEADER_ROW, LAST_ROW, MARK_COLUMN, RESULT_SHEET, ResultCell, counts_line, result_rows
from udfs.lean_xlwings import lean_xlwings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_ERRORS = {
    -2146826288: "#NULL!", -2146826281: "#DIV/0!", -2146826273: "#VALUE!", -2146826265: "#REF!",
    -2146826259: "#NAME?", -2146826252: "#NUM!", -2146826246: "#N/A",
}  # fmt: skip
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
_LANDMARKS = ("三级指标", "合计", "总分", "总计", "年度指标值", "全年完成值", "实际完成值")


def validate() -> None:
    """按钮「校验」: check the workbook in front, write 校验结果, say what was found."""
    book = _caller()
    with _answering(book, "正在校验……"):
        result = examined_workbook(live_workbook(book))
        _write(book, result)
        _answer(book, closing(result))


def go_to_first_error() -> None:
    """按钮「转到第一个错误」: select the cell of the first finding on 校验结果."""
    book = _caller()
    with _answering(book, "正在查找……"):
        marks = _marks(book)
        if not marks:
            raise UnusableFile("「校验结果」里没有需要处理的单元格; 改动后请再按「校验」")
        first = next((mark for mark in marks if mark.startswith(ERROR)), marks[0])
        sheet = book.sheets[_home(book)]
        sheet.activate()
        sheet.range(first.partition(":")[2]).select()
        book.app.status_bar = False


def make_submission() -> None:
    """按钮「生成报送件」: check again, then a macro-free copy of the form with values only, beside the workbook.

    Refused while an error is open or a question is unexplained; an existing file is never overwritten.
    """
    book = _caller()
    with _answering(book, "正在生成报送件……"):
        result = examined_workbook(live_workbook(book))
        _write(book, result)
        if exit_code(result.all_findings):
            raise UnusableFile(f"还有没处理的问题, 没有生成报送件。{closing(result)}")
        path = _free_path(book.fullname)
        _save_values(book.app, book.sheets[_home_of(result)], path)
        _answer(book, f"已生成: {os.path.basename(path)}, 在原工作簿旁边, 没有宏和公式, 可以报送。")  # noqa: PTH119


def _free_path(fullname: str) -> str:
    stem = os.path.splitext(fullname)[0] + "_报送"  # noqa: PTH122
    path, number = f"{stem}.xlsx", 2
    while os.path.exists(path):  # noqa: PTH110
        path, number = f"{stem}({number}).xlsx", number + 1
    return path


def _save_values(app: Any, sheet: Any, path: str) -> None:
    """A new workbook with a copy of ``sheet``: values only, no buttons, names, marks or macros."""
    sheet.api.Copy()
    copy = app.books.active
    page = copy.sheets[0]
    used = page.used_range
    used.raw_value = used.raw_value
    used.api.FormatConditions.Delete()
    for item in [*page.shapes, *copy.names]:
        item.delete()
    asked = app.display_alerts
    app.display_alerts = False
    try:
        copy.save(path)
    finally:
        copy.close()
        app.display_alerts = asked


def _caller() -> Any:
    return lean_xlwings().Book.caller()


@contextmanager
def _answering(book: Any, working: str) -> Iterator[None]:
    """The status bar says what goes on; what a user can mend ends there as one sentence, never as a traceback."""
    book.app.status_bar = working
    try:
        yield
    except UnusableFile as reason:
        _answer(book, str(reason))


def _answer(book: Any, text: str) -> None:
    """The button's VBA shows what stands in the status bar when Python returns."""
    book.app.status_bar = text.replace("\n", " ")[:250]


def closing(result: Examined) -> str:
    """The last word of a check: counts and where to go."""
    findings = result.all_findings
    lines = [counts_line(findings)]
    if result.unread:
        lines.append(f"另有 {len(result.unread)} 处没有读懂, 见「{RESULT_SHEET}」")
    lines.append("可以报送。" if exit_code(findings) == 0 else f"请看「{RESULT_SHEET}」; 按「转到第一个错误」到第一处。")
    return " ".join(lines)


def live_workbook(book: Any) -> Workbook:
    """The open workbook: merges and formats of the saved file, values and formulas as they stand in Excel now.

    Two bulk reads per sheet. Raises UnusableFile where the saved file cannot serve: never saved, renamed sheets,
    rows or columns added since.
    """
    path = book.fullname
    if not os.path.isfile(path):  # noqa: PTH113
        raise UnusableFile("请先把工作簿保存到本机再校验 (云端打开的请另存一份)")
    saved = read_workbook(path)
    names = [sheet.name for sheet in book.sheets]
    if len(names) < len(saved.sheets):
        raise UnusableFile("工作表的数目和保存的文件不同, 请先保存再校验")
    by_name = {sheet.name: sheet for sheet in book.sheets}
    missing = [sheet.name for sheet in saved.sheets if sheet.name not in by_name]
    if missing:
        raise UnusableFile(f"工作表「{missing[0]}」改了名还没有保存, 请先保存再校验")
    return saved._replace(sheets=tuple(_live_sheet(sheet, by_name[sheet.name]) for sheet in saved.sheets))


def _live_sheet(saved: Sheet, live: Any) -> Sheet:
    used = live.used_range
    values, formulas = _grid(used.raw_value), _grid(used.formula)
    cells: dict[tuple[int, int], Cell] = {}
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            spot = used.row + row, used.column + column
            cell = _live_cell(value, formulas[row][column], saved.cells.get(spot))
            if cell is not None:
                cells[spot] = cell
    for spot, cell in saved.cells.items():
        if cell.value in _LANDMARKS and (spot not in cells or cells[spot].value != cell.value):
            raise UnusableFile(f"工作表「{saved.name}」增删过行或列还没有保存, 请先保存再校验")
    return saved._replace(cells=cells)


def _grid(values: Any) -> list[list[Any]]:
    """A block of cells as rows, also where the engine gives one cell or one row."""
    if not isinstance(values, (list, tuple)):
        return [[values]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in values]


def _live_cell(value: Any, formula: Any, saved: Cell | None) -> Cell | None:
    text = formula[1:] if isinstance(formula, str) and formula.startswith("=") else ""
    if value is None and not text:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = ErrorValue(_ERRORS[value]) if value in _ERRORS else float(value)
    elif isinstance(value, datetime):
        value = (value.replace(tzinfo=None) - _FIRST_DAY).total_seconds() / 86400
    elif hasattr(value, "as_tuple"):    # currency cells arrive as Decimal
        value = float(value)
    return Cell(value, text, saved.number_format if saved else "General")


def _write(book: Any, result: Examined) -> None:
    """校验结果 in one bulk write; explanations are written back as they were typed."""
    sheet = _result_sheet(book)
    if sheet.api.ProtectContents:
        raise UnusableFile(f"「{RESULT_SHEET}」被保护了, 请撤销保护后再校验")
    rows = result_rows(result.explained, _home_of(result))
    notes = [[ResultCell(f"没有读懂: {note.sheet} {note.cell} {note.reason}")] for note in result.unread]
    block = [[_content(cell) for cell in row] + [None] * (MARK_COLUMN - len(row)) for row in (*rows, *notes)]
    old = sheet.range(f"A1:{address(LAST_ROW, MARK_COLUMN)}")
    old.clear_contents()
    sheet.range(f"A1:{address(len(block), MARK_COLUMN)}").value = block
    sheet.range(f"A{HEADER_ROW}:{address(len(block), MARK_COLUMN - 1)}").wrap_text = True


def _result_sheet(book: Any) -> Any:
    if RESULT_SHEET in [sheet.name for sheet in book.sheets]:
        return book.sheets[RESULT_SHEET]
    if book.api.ProtectStructure:
        raise UnusableFile(f"工作簿结构被保护, 不能加「{RESULT_SHEET}」表, 请撤销保护后再校验")
    front = book.sheets.active
    sheet = book.sheets.add(RESULT_SHEET, after=book.sheets[-1])
    front.activate()
    return sheet


def _content(cell: ResultCell) -> str | float | None:
    """Text stays text whatever it begins with; links become HYPERLINK formulas of our own."""
    if cell.link:
        shown = str(cell.text).replace('"', '""')
        return f'=HYPERLINK("#{cell.link}","{shown}")'
    if isinstance(cell.text, str) and looks_like_formula(cell.text):
        return "'" + cell.text
    return cell.text or None


def _home_of(result: Examined) -> str:
    return result.assessments[0].table.sheet


def _home(book: Any) -> str:
    """The sheet the marks speak of: the one the way back leads to."""
    formula = str(book.sheets[RESULT_SHEET].range("E3").formula)
    target = formula.partition('"#')[2].partition("!")[0]
    return target[1:-1].replace("''", "'") if target.startswith("'") else target


def _marks(book: Any) -> list[str]:
    if RESULT_SHEET not in [sheet.name for sheet in book.sheets]:
        return []
    area = f"{address(HEADER_ROW + 1, MARK_COLUMN)}:{address(LAST_ROW, MARK_COLUMN)}"
    texts = [row[0] for row in _grid(book.sheets[RESULT_SHEET].range(area).raw_value)]
    return [text for text in texts if isinstance(text, str) and place(text.partition(":")[2])]
