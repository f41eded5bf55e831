"""校验结果表: the findings of an examination put into a copy of the workbook, everything else left as it was."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import RESULT_SHEET
from perfeval_xl.workbook.results.new_sheet import NewSheet
from perfeval_xl.workbook.results.patch import put_sheet
from perfeval_xl.workbook.results.result_rows import HEADER_ROW, WIDTHS, result_rows

if TYPE_CHECKING:
    from perfeval_xl.workbook.examination import Examined


def write_results(result: Examined, path: str) -> None:
    """Write a copy with 校验结果 to ``path``; the examined file itself is never changed.

    Raises UnusableFile with one sentence when the copy cannot be written or the format cannot hold it.
    """
    home = result.assessments[0].table.sheet
    rows = [[(cell.text, cell.role, cell.link) for cell in row] for row in result_rows(result.explained, home)]
    put_sheet(result.path, path, NewSheet(RESULT_SHEET, rows, WIDTHS, HEADER_ROW))
