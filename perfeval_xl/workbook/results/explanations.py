"""出错说明: what a clerk wrote beside a finding, kept across runs and stale once the values change."""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR, EXPLAIN, Finding
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import RESULT_SHEET
from perfeval_xl.workbook.results.result_rows import FIRST_ROW, HEADER_ROW, HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.grid import Sheet, Workbook

SHORTEST = 6
_EMPTY_TALK = ("情况属实", "属实", "已核实", "无", "正常", "没有问题", "数据无误", "已确认", "同上", "详见报告", "见附件")


class Typed(Record):
    """An explanation as found: for which problem it was written, and its text."""

    check: str
    place: str
    problem: str
    text: str


class Explained(Record):
    """A finding with what was written about it; without a finding the problem has gone and the text is kept."""

    finding: Finding | None
    typed: str
    status: str
    check: str = ""
    place: str = ""


def typed_explanations(workbook: Workbook) -> list[Typed]:
    """Every explanation on an earlier 校验结果 of this workbook."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == RESULT_SHEET), None)
    if sheet is None or _text(sheet, HEADER_ROW, "出错说明") != "出错说明":
        return []
    rows = sorted({row for row, _ in sheet.cells if row >= FIRST_ROW})
    found = [
        Typed(_text(sheet, row, "规则"), _text(sheet, row, "单元格"), _text(sheet, row, "问题"), _text(sheet, row, "出错说明"))
        for row in rows
    ]
    return [typed for typed in found if typed.text]


def _text(sheet: Sheet, row: int, heading: str) -> str:
    cell = sheet.cells.get((row, HEADINGS.index(heading) + 1))
    return "" if cell is None or cell.value is None else str(cell.value).strip()


def refusal(text: str) -> str:
    """Why an explanation is not accepted; "" when it is.

    >>> refusal("情况属实。"), refusal("年中追加参保补助 49.17 万元, 已报财政批复")
    ('说明太笼统, 请写清具体原因', '')
    """
    bare = text.strip(" 。.，,;；!！")
    if bare in _EMPTY_TALK:
        return "说明太笼统, 请写清具体原因"
    return "" if len(bare) >= SHORTEST else f"说明太短, 至少 {SHORTEST} 个字"


def explained(findings: Sequence[Finding], typed: Sequence[Typed]) -> list[Explained]:
    """Findings with their explanations; an explanation counts only for the very same problem."""
    left = list(typed)
    result = []
    for finding in findings:
        said = next((t for t in left if (t.check, t.place) == (finding.check, f"{finding.sheet} {finding.cell}")), None)
        if said is not None:
            left.remove(said)
        result.append(_joined(finding, said))
    return result + [Explained(None, said.text, "问题已消除", said.check, said.place) for said in left]


def _joined(finding: Finding, said: Typed | None) -> Explained:
    if finding.level == ERROR:
        return Explained(finding, said.text if said else "", "须修改")
    waiting = "待说明" if finding.level == EXPLAIN else "供参考"
    if said is None:
        return Explained(finding, "", waiting)
    if said.problem != finding.message:
        return Explained(finding, said.text, "数值已变, 请重新说明" if finding.level == EXPLAIN else waiting)
    reason = refusal(said.text)
    if reason:
        return Explained(finding, said.text, reason if finding.level == EXPLAIN else waiting)
    return Explained(finding._replace(explanation=said.text), said.text, "已说明")
