"""按钮的回答: what 校验 puts on 校验结果 and says, from a copy of the open document; no UNO."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.results.result_rows import HEADER_ROW, HEADINGS, LAST_ROW, ResultCell, result_rows
from perfeval_xl.workbook.results.waiting import closing

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
