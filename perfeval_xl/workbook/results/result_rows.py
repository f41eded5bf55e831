"""校验结果的内容: counts on top, one row per finding, the same for a file and for the open workbook."""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR, EXPLAIN, LEVELS, Finding
from perfeval_xl.core.labels import LEVELS as LEVEL_NAMES
from perfeval_xl.core.labels import MARKS
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.address import quoted_sheet
from perfeval_xl.workbook.grid import RESULT_FIRST_ROW, RESULT_SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.results.explanations import Explained

HEADINGS = ("序号", "级别", "规则", "单元格", "项目", "问题", "填报值", "应为", "怎么改", "依据", "出错说明", "状态")
WIDTHS = (6, 9, 7, 14, 22, 46, 16, 18, 26, 26, 34, 16)
HEADER_ROW = RESULT_FIRST_ROW - 1   # one-based: title, counts and the link to the first error stand above
FIRST_ROW = RESULT_FIRST_ROW
LAST_ROW = 3000
MARK_COLUMN = len(HEADINGS) + 1     # «level:cell» of each finding; the table's conditional formats look here


class ResultCell(Record):
    """One cell: its text, its role, and the place inside the workbook it leads to ("" for none)."""

    text: str | float
    role: str = "text"      # a name of cell_styles.STYLES
    link: str = ""


def result_rows(explained: Sequence[Explained], home: str) -> list[list[ResultCell]]:
    """Every row of 校验结果 from the top; ``home`` is the sheet of the table."""
    findings = [item.finding for item in explained if item.finding]
    first = next((f for f in findings if f.level == ERROR), next(iter(findings), None))
    head = [
        [ResultCell(RESULT_SHEET, "title")],
        [ResultCell(counts_line(findings), "counts")],
        [ResultCell("没有需要处理的问题", "counts") if first is None else _first_link(first), *[ResultCell("", "counts")] * 3, _home_link(home)],
        [ResultCell(heading, "header") for heading in HEADINGS],
    ]
    return head + [_row(number, item, home) for number, item in enumerate(explained, start=1)]


def counts_line(findings: Sequence[Finding]) -> str:
    """✗错误 1 条 · ▲核实 2 条 · ●提示 0 条; the explained ones apart."""
    explained = sum(f.level == EXPLAIN and bool(f.explanation) for f in findings)
    counts = {level: sum(f.level == level for f in findings) for level in LEVELS}
    counts[EXPLAIN] -= explained
    parts = [f"{MARKS[level]}{LEVEL_NAMES[level]} {count} 条" for level, count in counts.items()]
    return " · ".join([*parts, f"✓已说明 {explained} 条"])


def place_of(finding: Finding) -> str:
    """The place as an internal link writes it."""
    return f"{quoted_sheet(finding.sheet)}!{finding.cell}"


def _first_link(first: Finding) -> ResultCell:
    name = "错误" if first.level == ERROR else "问题"
    return ResultCell(f"转到第一个{name}: {first.sheet} {first.cell}", "jump", place_of(first))


def _home_link(home: str) -> ResultCell:
    return ResultCell(f"返回{home}", "jump", f"{quoted_sheet(home)}!A1")


def _row(number: int, item: Explained, home: str) -> list[ResultCell]:
    finding = item.finding
    if finding is None:
        said = [ResultCell(""), ResultCell(item.check), ResultCell(item.place)]
        return [ResultCell(number, "number"), *said, *(ResultCell("") for _ in range(6)), ResultCell(item.typed, "input"), ResultCell(item.status)]
    level = ResultCell(MARKS[finding.level] + LEVEL_NAMES[finding.level], finding.level)
    place = ResultCell(f"{finding.sheet} {finding.cell}", "link", place_of(finding))
    texts = (finding.item, finding.message, finding.written, finding.expected, finding.fix + _caused(finding), finding.basis)
    return [
        ResultCell(number, "number"), level, ResultCell(finding.check), place, *(ResultCell(text) for text in texts),
        ResultCell(item.typed, "input"), ResultCell(item.status), ResultCell(_mark(finding, home), "mark"),
    ]  # fmt: skip


def _mark(finding: Finding, home: str) -> str:
    settled = finding.level == EXPLAIN and finding.explanation
    return "" if finding.sheet != home or settled else f"{finding.level}:{finding.cell}"


def _caused(finding: Finding) -> str:
    if not finding.consequences:
        return ""
    return f" (改好后 {'、'.join(f'{far.check} {far.cell}' for far in finding.consequences)} 一并消除)"
