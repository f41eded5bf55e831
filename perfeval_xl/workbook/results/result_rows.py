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

    from perfeval_xl.core.table import Unread
    from perfeval_xl.workbook.results.explanations import Explained

HEADINGS = ("序号", "级别", "规则", "单元格", "项目", "问题", "填报值", "应为", "怎么改", "依据", "出错说明", "状态")
WIDTHS = (6, 9, 7, 14, 17, 42, 13, 15, 26, 20, 28, 13)
HEADER_ROW = RESULT_FIRST_ROW - 1   # one-based: title, counts and the link to the first error stand above
FIRST_ROW = RESULT_FIRST_ROW
LAST_ROW = 3000
_LINK_COLUMN = 4
_UNREAD = "?未读懂"
MARK_COLUMN = len(HEADINGS) + 1     # «level:cell» of each finding; the table's conditional formats look here


class ResultCell(Record):
    """One cell: its text, its role, and the place inside the workbook it leads to ("" for none)."""

    text: str | float
    role: str = "text"      # a name of cell_styles.STYLES
    link: str = ""


def result_rows(explained: Sequence[Explained], homes: Sequence[str], unread: Sequence[Unread] = ()) -> list[list[ResultCell]]:
    """Every row of 校验结果 from the top: errors first, then by table and place, then explanations left over, then what was not read.

    ``homes``: the sheets of the tables, the first of them the one whose cells are marked.
    """
    findings = [item.finding for item in explained if item.finding]
    first = next((f for f in findings if f.level == ERROR), next(iter(findings), None))
    counts = counts_line(findings) + (f" · {_UNREAD} {len(unread)} 处" if unread else "")
    links = [_home_link(home) for home in dict.fromkeys(homes)][: len(HEADINGS) - _LINK_COLUMN]
    head = [
        [ResultCell(RESULT_SHEET, "title")],
        [ResultCell(counts, "counts")],
        [ResultCell("没有需要处理的问题", "counts") if first is None else _first_link(first), *[ResultCell("", "counts")] * 3, *links],
        [ResultCell(heading, "header") for heading in HEADINGS],
    ]
    rows = [_row(number, item, homes[0]) for number, item in enumerate(sorted(explained, key=_rank), start=1)]
    return head + rows + [_unread_row(number, note) for number, note in enumerate(unread, start=len(rows) + 1)]


def _rank(item: Explained) -> int:
    return len(LEVELS) if item.finding is None else LEVELS.index(item.finding.level)


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
        said = [ResultCell("", "centred"), ResultCell(item.check, "centred"), ResultCell(item.place, "body")]
        return [ResultCell(number, "centred"), *said, *_bodies([item.item, item.problem, "", "", "", ""]), ResultCell(item.typed, "typed"), ResultCell(item.status, "centred")]
    level = ResultCell(MARKS[finding.level] + LEVEL_NAMES[finding.level], "centred")
    place = ResultCell(f"{finding.sheet} {finding.cell}", "place", place_of(finding))
    mend = mending(finding) + (f"\n{stale_note(item.typed, item.problem)}" if item.problem else "")
    texts = [finding.item, finding.message, finding.written, finding.expected, mend, finding.basis]
    return [
        ResultCell(number, "centred"), level, ResultCell(finding.check, "centred"), place, *_bodies(texts),
        ResultCell(item.typed, "typed"), ResultCell(item.status, "centred"), ResultCell(_mark(finding, home), "mark"),
    ]  # fmt: skip


def _bodies(texts: list[str]) -> list[ResultCell]:
    return [ResultCell(text, "body") for text in texts]


def _unread_row(number: int, note: Unread) -> list[ResultCell]:
    link = f"{quoted_sheet(note.sheet)}!{note.cell}" if note.sheet and note.cell else ""
    where = ResultCell(f"{note.sheet} {note.cell}".strip(), "place" if link else "body", link)
    texts = _bodies(["", note.reason, "", "", "", ""])
    return [ResultCell(number, "centred"), ResultCell(_UNREAD, "centred"), ResultCell("", "centred"), where, *texts, ResultCell("", "typed"), ResultCell("没有校验", "centred")]


def stale_note(text: str, problem: str) -> str:
    """What 怎么改 says of a stale text, at its end.

    >>> stale_note("汛期停工", "自评表 G12 得分 9")
    '原说明「汛期停工」是针对这个问题写的: 自评表 G12 得分 9'
    """
    return f"原说明「{text}」是针对这个问题写的: {problem}"


def mending(finding: Finding) -> str:
    """怎么改: in which cell to do what, and what goes away with it.

    >>> mending(Finding("B04", "error", "自评表", "H18", "", "", "6", "不超过 5", "", "改为不超过 5"))
    'H18: 改为不超过 5'
    """
    return f"{finding.cell}: {finding.fix}{_caused(finding)}"


def _mark(finding: Finding, home: str) -> str:
    settled = finding.level == EXPLAIN and finding.explanation
    return "" if finding.sheet != home or settled else f"{finding.level}:{finding.cell}"


def _caused(finding: Finding) -> str:
    if not finding.consequences:
        return ""
    return f" (改好后 {'、'.join(f'{far.check} {far.cell}' for far in finding.consequences)} 一并消除)"
