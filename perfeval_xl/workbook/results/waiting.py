"""待处理: what the buttons say after a check, and the first place that still waits; the same in Excel and in LibreOffice."""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.labels import LEVELS, MARKS
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.examination import Examined, exit_code
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.results.result_rows import FIRST_ROW, HEADINGS, counts_line

if TYPE_CHECKING:
    from collections.abc import Sequence


def closing(result: Examined) -> str:
    """The last word of a check: counts and where to go."""
    findings = result.all_findings
    lines = [counts_line(findings)]
    if result.unread:
        lines.append(f"另有 {len(result.unread)} 处没有读懂, 见「{RESULT_SHEET}」")
    lines.append("可以报送。" if exit_code(findings) == 0 else f"请看「{RESULT_SHEET}」; 按「转到第一个错误」到第一处。")
    return " ".join(lines)


def first_open(rows: Sequence[Sequence[object]]) -> tuple[str, str]:
    """Sheet and cell of the first error listed, else of the first finding that still waits.

    ``rows``: what stands on 校验结果, from the top; None and "" are blanks. Raises UnusableFile where nothing waits.
    """
    found = [dict(zip(HEADINGS, map(_shown, row), strict=False)) for row in rows[FIRST_ROW - 1 :] if len(row) >= len(HEADINGS)]
    listed = [row for row in found if row["级别"] and row["状态"] != "已说明" and place(row["单元格"].rpartition(" ")[2])]
    if not listed:
        raise UnusableFile(f"「{RESULT_SHEET}」里没有需要处理的单元格; 改动后请再按「校验」")
    error = MARKS[ERROR] + LEVELS[ERROR]
    sheet, _, cell = next((row for row in listed if row["级别"] == error), listed[0])["单元格"].rpartition(" ")
    return sheet, cell


def _shown(value: object) -> str:
    return "" if value is None else str(value)
