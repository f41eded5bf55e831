"""按钮的回答: what 校验 puts on 校验结果 and says, from a copy of the open document; no UNO."""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.labels import LEVELS, MARKS
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.examination import Examined, examined, exit_code
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.results.result_rows import (
    FIRST_ROW,
    HEADER_ROW,
    HEADINGS,
    LAST_ROW,
    ResultCell,
    counts_line,
    result_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str | float, ...]


class Answer(Record):
    """校验的回答: the rows of 校验结果 from the top, and one sentence with the counts."""

    rows: list[list[ResultCell]]
    sentence: str


def answer(path: str) -> Answer:
    """Check the copy at ``path``; raises UnusableFile with one sentence, which does not name the copy."""
    try:
        result = examined(path)
    except UnusableFile as reason:
        raise UnusableFile(str(reason).replace(f"{path}: ", "")) from reason
    rows = result_rows(result.explained, [each.table.sheet for each in result.assessments], result.unread)
    if len(rows) > LAST_ROW:
        raise UnusableFile(f"问题超过 {LAST_ROW - HEADER_ROW} 条, 「{RESULT_SHEET}」放不下; 请先检查表格的版面")
    return Answer(rows, closing(result))


def closing(result: Examined) -> str:
    """The last word of a check: counts and where to go."""
    findings = result.all_findings
    lines = [counts_line(findings)]
    if result.unread:
        lines.append(f"另有 {len(result.unread)} 处没有读懂, 见「{RESULT_SHEET}」")
    lines.append("可以报送。" if exit_code(findings) == 0 else f"请看「{RESULT_SHEET}」; 按「转到第一个错误」到第一处。")
    return " ".join(lines)


def demand_ours(rows: Sequence[Row]) -> None:
    """A sheet that only happens to be called 校验结果 is never written over; an empty one may be.

    ``rows``: what stands on it, from the top. Raises UnusableFile.

    >>> demand_ours([("", ""), ("", "")])
    >>> demand_ours([("我们科室的校验结果",)])
    Traceback (most recent call last):
    perfeval_xl.workbook.grid.UnusableFile: 已有一张自己的「校验结果」表, 不能覆盖, 请把它改名后再校验
    """
    is_ours = len(rows) >= HEADER_ROW and rows[HEADER_ROW - 1][0] == HEADINGS[0]
    if not is_ours and any(value != "" for row in rows for value in row):
        raise UnusableFile(f"已有一张自己的「{RESULT_SHEET}」表, 不能覆盖, 请把它改名后再校验")


def first_open(rows: Sequence[Row]) -> tuple[str, str]:
    """Sheet and cell of the first error listed, else of the first finding that still waits.

    ``rows``: what stands on 校验结果, from the top. Raises UnusableFile where nothing waits.
    """
    found = [dict(zip(HEADINGS, map(str, row), strict=False)) for row in rows[FIRST_ROW - 1 :] if len(row) >= len(HEADINGS)]
    listed = [row for row in found if row["级别"] and row["状态"] != "已说明" and place(row["单元格"].rpartition(" ")[2])]
    if not listed:
        raise UnusableFile(f"「{RESULT_SHEET}」里没有需要处理的单元格; 改动后请再按「校验」")
    error = MARKS[ERROR] + LEVELS[ERROR]
    sheet, _, cell = next((row for row in listed if row["级别"] == error), listed[0])["单元格"].rpartition(" ")
    return sheet, cell
