"""按下按钮: what the buttons of the toolbar do with the document in front.

This module runs inside LibreOffice; the objects it is given are UNO's, and it imports nothing of UNO.
"""

from __future__ import annotations

import os
import tempfile

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.extension.answers import answer
from perfeval_xl.workbook.extension.open_results import demand_writable, write, written_rows
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.results.waiting import first_open

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from perfeval_xl.workbook.extension.looks import MakeCondition

    SaveCopy = Callable[[Any, str], None]       # a document and where its copy goes; raises OSError


def validate(document: Any, save_copy: SaveCopy, make_condition: MakeCondition) -> str:
    """按钮「校验」: check the document as it stands, saved or not; write 校验结果; the sentence to show.

    The copy lies in a folder of this user alone, only while it is read.
    """
    try:
        demand_writable(document)
        with tempfile.TemporaryDirectory(prefix="perfeval-") as folder:
            copy = os.path.join(folder, "document.xlsx")  # noqa: PTH118 - the path is only handed on
            save_copy(document, copy)
            found = answer(copy)
        write(document, found.rows, make_condition)
    except UnusableFile as reason:
        return str(reason)
    except OSError:
        return "没有校验: LibreOffice 没能保存临时副本, 请看磁盘是否已满"
    return found.sentence


def go_to_first_error(document: Any) -> str:
    """按钮「转到第一个错误」: select the cell of the first error, else of the first finding still open; "" when it is selected."""
    try:
        _select(document, *first_open(written_rows(document)))
    except UnusableFile as reason:
        return str(reason)
    return ""


def _select(document: Any, sheet_name: str, cell: str) -> None:
    if not document.Sheets.hasByName(sheet_name):
        raise UnusableFile(f"没有工作表「{sheet_name}」了, 请再按「校验」")
    sheet = document.Sheets.getByName(sheet_name)
    if not sheet.IsVisible:
        raise UnusableFile(f"问题在隐藏的工作表「{sheet_name}」的 {cell}, 请先取消隐藏")
    row, column = place(cell) or (1, 1)
    controller = document.CurrentController
    controller.setActiveSheet(sheet)
    controller.select(sheet.getCellByPosition(column - 1, row - 1))
