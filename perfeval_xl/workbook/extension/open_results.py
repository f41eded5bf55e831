"""打开的文档里的校验结果: the rows written through UNO, links as cell hyperlinks, and nothing else changed.

This module runs inside LibreOffice; the objects it is given are UNO's, and it imports nothing of UNO.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.extension.answers import demand_ours
from perfeval_xl.workbook.extension.looks import dress
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.results.result_rows import HEADER_ROW, HEADINGS, LAST_ROW, MARK_COLUMN

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.extension.answers import Row
    from perfeval_xl.workbook.extension.looks import MakeCondition
    from perfeval_xl.workbook.results.result_rows import ResultCell

_CONTENTS = 1 | 2 | 4 | 16 | 256    # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA, EDITATTR
_LINK = "com.sun.star.text.TextField.URL"


def written_rows(document: Any) -> list[Row]:
    """What stands on 校验结果, from the top; [] where there is no such sheet."""
    if not document.Sheets.hasByName(RESULT_SHEET):
        return []
    sheet = document.Sheets.getByName(RESULT_SHEET)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    area = sheet.getCellRangeByPosition(0, 0, min(last.EndColumn, MARK_COLUMN - 1), min(last.EndRow, LAST_ROW - 1))
    return list(area.getDataArray())


def demand_writable(document: Any) -> None:
    """Raises UnusableFile where 校验结果 is not ours or cannot be written, before anything is saved or written."""
    if document.isReadonly():
        raise UnusableFile(f"文件是只读打开的, 写不了「{RESULT_SHEET}」, 请点「编辑文档」或另存以后再校验")
    demand_ours(written_rows(document))
    if not document.Sheets.hasByName(RESULT_SHEET):
        if document.isProtected():
            raise UnusableFile(f"工作簿结构被保护, 不能加「{RESULT_SHEET}」表, 请撤销保护后再校验")
    elif document.Sheets.getByName(RESULT_SHEET).isProtected():
        raise UnusableFile(f"「{RESULT_SHEET}」被保护了, 请撤销保护后再校验")


def write(document: Any, rows: list[list[ResultCell]], make_condition: MakeCondition) -> None:
    """Put the rows on 校验结果, which is added where it is missing; one step for 撤销."""
    undo = document.UndoManager
    undo.enterUndoContext("校验")
    document.lockControllers()
    try:
        sheet = _sheet(document, make_condition)
        _fill(sheet, rows)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.link:
                    _link(document, sheet.getCellByPosition(column, number), cell)
    finally:
        document.unlockControllers()
        undo.leaveUndoContext()


def _sheet(document: Any, make_condition: MakeCondition) -> Any:
    sheets = document.Sheets
    if not sheets.hasByName(RESULT_SHEET):
        sheets.insertNewByName(RESULT_SHEET, sheets.getCount())
        dress(document, sheets.getByName(RESULT_SHEET), make_condition)
    return sheets.getByName(RESULT_SHEET)


def _fill(sheet: Any, rows: list[list[ResultCell]]) -> None:
    """In bulk; a text stays a text, whatever it begins with."""
    block = tuple(tuple(cell.text for cell in row) + ("",) * (MARK_COLUMN - len(row)) for row in rows)
    sheet.getCellRangeByPosition(0, 0, MARK_COLUMN - 1, len(block) - 1).setDataArray(block)
    if len(block) < LAST_ROW:
        sheet.getCellRangeByPosition(0, len(block), MARK_COLUMN - 1, LAST_ROW - 1).clearContents(_CONTENTS)
    written = sheet.getCellRangeByPosition(0, HEADER_ROW - 1, len(HEADINGS) - 1, len(block) - 1)
    written.IsTextWrapped = written.Rows.OptimalHeight = True


def _link(document: Any, cell: Any, content: ResultCell) -> None:
    field = document.createInstance(_LINK)
    field.URL, field.Representation = calc_link(content.link), str(content.text)
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), field, False)


def calc_link(link: str) -> str:
    """A place inside the workbook as Calc's links write it.

    >>> calc_link("自评表!H18"), calc_link("'自评表 (2)'!H18")
    ('#自评表.H18', "#'自评表 (2)'.H18")
    """
    sheet, _, cell = link.rpartition("!")
    return f"#{sheet}.{cell}"
