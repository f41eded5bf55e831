"""校验结果表: the findings of an examination put into a copy of the workbook, everything else left as it was."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import RESULT_SHEET
from perfeval_xl.workbook.results.new_sheet import NewSheet
from perfeval_xl.workbook.results.patch import put_sheet
from perfeval_xl.workbook.results.result_looks import COLUMN_STYLES, CONDITIONS
from perfeval_xl.workbook.results.result_rows import (
    HEADER_ROW,
    HEADINGS,
    LAST_ROW,
    MARK_COLUMN,
    WIDTHS,
    ResultCell,
    result_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.examination import Examined

_MARK_WIDTH = 3


def write_results(result: Examined, path: str) -> None:
    """Write a copy with 校验结果 to ``path``; the examined file itself is never changed.

    Raises UnusableFile with one sentence when the copy cannot be written or the format cannot hold it.
    """
    homes = [assessment.table.sheet for assessment in result.assessments]
    put_sheet(result.path, path, result_sheet(result_rows(result.explained, homes, result.unread)))


def result_sheet(rows: Sequence[Sequence[ResultCell]]) -> NewSheet:
    """校验结果 with these rows, ready for the button to write on."""
    cells = [[(cell.text, cell.role, cell.link) for cell in row] for row in rows]
    return NewSheet(
        RESULT_SHEET, cells, (*WIDTHS, _MARK_WIDTH), HEADER_ROW,
        column_styles=COLUMN_STYLES, hidden_columns=(MARK_COLUMN,), conditions=CONDITIONS, filter_to=(LAST_ROW, len(HEADINGS)),
    )  # fmt: skip
