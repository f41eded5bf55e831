"""报告校验表: the findings of a report on a sheet of their own, with explanations that stay while the problem stays."""

from __future__ import annotations

import os
from pathlib import Path

from perfeval_xl.core.finding import Finding
from perfeval_xl.core.labels import LEVELS, MARKS
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.results.explanations import Explained, Typed, explained
from perfeval_xl.workbook.results.new_sheet import NewSheet
from perfeval_xl.workbook.results.patch import put_sheet
from perfeval_xl.workbook.results.result_rows import counts_line
from perfeval_xl.workbook.results.result_sheet import write_results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.examination import Examined
    from perfeval_xl.workbook.grid import Workbook

SHEET = "报告校验"
HEADINGS = ("序号", "级别", "规则", "段落", "原文", "问题", "报告所写", "应为", "怎么改", "出错说明", "状态")
_WIDTHS = (6, 9, 7, 7, 34, 48, 14, 14, 26, 28, 13)
_HEADER_ROW = 4
_STYLES = {"序号": "centred", "级别": "centred", "规则": "centred", "段落": "centred", "出错说明": "typed", "状态": "centred"}


def with_explanations(findings: Sequence[Finding], workbook: Workbook) -> list[Explained]:
    """Each finding with what was written beside the very same problem on an earlier 报告校验."""
    typed = _typed(workbook)
    return [_with(finding, [said for said in typed if _is_same(finding, said)]) for finding in findings]


def _with(finding: Finding, typed: Sequence[Typed]) -> Explained:
    return explained([finding], [said._replace(place=f"{finding.sheet} {finding.cell}", problem=finding.message) for said in typed[:1]])[0]


def write_with_report(result: Examined, source: str, findings: Sequence[Finding], path: str) -> None:
    """Write a copy of the workbook with 校验结果 and 报告校验; ``source`` names the report. The examined file stays as it is."""
    between = Path(path).with_name(f".{os.getpid()}.{Path(path).name}")
    try:
        write_results(result, str(between))
        put_sheet(str(between), path, report_sheet(with_explanations(findings, result.workbook), source))
    finally:
        between.unlink(missing_ok=True)


def report_sheet(items: Sequence[Explained], source: str) -> NewSheet:
    """报告校验 with one row for each finding."""
    findings = [item.finding for item in items if item.finding is not None]
    head = [[(f"{SHEET}: {Path(source).name}", "title", "")], [(counts_line(findings), "counts", "")], [("", "counts", "")]]
    header = [(heading, "header", "") for heading in HEADINGS]
    rows = [_row(number, item) for number, item in enumerate(items, start=1) if item.finding is not None]
    return NewSheet(SHEET, [*head, header, *rows], _WIDTHS, _HEADER_ROW)


def _row(number: int, item: Explained) -> list[tuple[str | float, str, str]]:
    finding = item.finding
    if finding is None or finding.place is None:
        return []
    level = MARKS[finding.level] + LEVELS[finding.level]
    values: list[str | float] = [
        number, level, finding.check, finding.place[0], finding.place[1], _problem(finding), finding.written, finding.expected, finding.fix,
        item.typed, item.status,
    ]  # fmt: skip
    return [(value, _STYLES.get(heading, "body"), "") for heading, value in zip(HEADINGS, values, strict=True)]


def _problem(finding: Finding) -> str:
    """The message without its place and without the advice, which have columns of their own."""
    return finding.message.partition("」: ")[2].removesuffix(f", 请{finding.fix}") or finding.message


def _typed(workbook: Workbook) -> list[Typed]:
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == SHEET), None)
    if sheet is None:
        return []
    rows = sorted({row for row, _ in sheet.cells if row > _HEADER_ROW})

    def text(row: int, heading: str) -> str:
        cell = sheet.cells.get((row, HEADINGS.index(heading) + 1))
        return "" if cell is None or cell.value is None else str(cell.value).strip()

    found = [Typed(text(row, "规则"), text(row, "原文"), text(row, "问题"), text(row, "出错说明")) for row in rows]
    return [typed for typed in found if typed.text]


def _is_same(finding: Finding, said: Typed) -> bool:
    return said.check == finding.check and said.problem == _problem(finding)

