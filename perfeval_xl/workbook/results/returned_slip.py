"""退回单: the layout of the slip an office sends back, and what of it still stands."""

from __future__ import annotations

from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import UnusableFile, Workbook
from perfeval_xl.workbook.reading.reader import named_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.core.finding import Finding
    from perfeval_xl.workbook.grid import Sheet

SLIP_SHEET, SLIP_HEADER_ROW = "退回单", 4
SLIP_HEADINGS = ("序号", "级别", "规则", "工作表", "单元格", "项目", "问题", "填报值", "应为", "怎么改", "依据")
SLIP_WIDTHS = (6, 6, 6, 11, 8, 16, 42, 12, 12, 28, 18)


class Returned(Record):
    """退回的一项, and whether the workbook still has that problem, unexplained."""

    check: str
    sheet: str
    cell: str
    message: str
    is_open: bool


def returned_items(path: str, findings: Iterable[Finding]) -> list[Returned]:
    """退回单上的各项 against today's findings. Raises UnusableFile for a file that is no 退回单."""
    sheet = _slip(named_workbook(path), path)
    still = {(f.check, f.sheet, f.cell) for f in findings if f.level != EXPLAIN or not f.explanation}
    items = []
    for row in sorted({row for row, _ in sheet.cells if row > SLIP_HEADER_ROW}):
        check, home, cell, message = (_text(sheet, row, heading) for heading in ("规则", "工作表", "单元格", "问题"))
        if check and home and cell:
            items.append(Returned(check, home, cell, message, (check, home, cell) in still))
    return items


def _slip(workbook: Workbook, path: str) -> Sheet:
    for sheet in workbook.sheets:
        if sheet.name == SLIP_SHEET and _text(sheet, SLIP_HEADER_ROW, "规则") == "规则":
            return sheet
    raise UnusableFile(f"{path}: 不是退回单 (应是上级用 perfeval-xl collect --returns 生成的 .xlsx)")


def _text(sheet: Sheet, row: int, heading: str) -> str:
    cell = sheet.cells.get((row, SLIP_HEADINGS.index(heading) + 1))
    return "" if cell is None or cell.value is None else str(cell.value).strip()
