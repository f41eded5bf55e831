"""check --report: a report's statements, alone or held against the tables that were examined."""

from __future__ import annotations

import sys

from perfeval_xl.cli.check import counts_text, finding_text, shown, shown_lines, unread_text
from perfeval_xl.cli.copy_name import copy_name
from perfeval_xl.cli.document import (
    check_entry,
    finding_entry,
    print_json,
    unread_entry,
    unusable_entry,
)
from perfeval_xl.core.finding import level_counts
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.result_sheet import with_explanations, write_with_report
from perfeval_xl.report.review import ReportReview, reviewed
from perfeval_xl.workbook.examination import Examined, exit_code
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.results.explanations import Explained, explained, refusals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


Outcome = tuple[str, Examined | str]


class ReportOutcome:
    """The report beside the files it was given with; ``problem`` says why it could not be read."""

    def __init__(self, path: str, outcomes: Sequence[Outcome]) -> None:
        self.path, self.outcomes, self.problem = path, outcomes, ""
        self.examined = [outcome for _, outcome in outcomes if isinstance(outcome, Examined)]
        assessments = [assessment for outcome in self.examined for assessment in outcome.assessments]
        try:
            self.review = reviewed(path, assessments)
        except UnusableFile as reason:
            self.review, self.problem = ReportReview(path, (), 0), str(reason)
        items = self._explained()
        self.findings = [item.finding for item in items if item.finding is not None]
        self.refused = refusals(items)

    def _explained(self) -> list[Explained]:
        """Explanations stand on 报告校验 of the one workbook given with the report."""
        if len(self.examined) != 1:
            return explained(self.review.findings, [])
        return with_explanations(self.review.findings, self.examined[0].workbook)

    @property
    def code(self) -> int:
        """Exit code of the report alone."""
        return 2 if self.problem else exit_code(self.findings)


def show_report(outcome: ReportOutcome) -> None:
    """The findings in the terminal, in the order of the text."""
    if outcome.problem:
        print(shown_lines(outcome.problem), file=sys.stderr)
        return
    beside = f" · 与工作表「{outcome.review.sheet}」对照" if outcome.review.sheet else ""
    print(shown(f"{outcome.path} · 报告 · 读懂 {outcome.review.recognised} 处数字说法{beside}"))
    for finding in outcome.findings:
        print(finding_text(finding, outcome.refused.get(finding, "")))
    for note in outcome.review.unread:
        print(f"  {unread_text(note)}")
    print(counts_text(outcome.findings))


def print_document(outcome: ReportOutcome) -> None:
    """``check --json``: with one workbook its entry holds the report's findings too, else the report is an entry of its own."""
    entries = [unusable_entry(path, o) if isinstance(o, str) else check_entry(o) for path, o in outcome.outcomes]
    if len(entries) == 1 and len(outcome.examined) == 1 and not outcome.problem:
        both = [*outcome.examined[0].all_findings, *outcome.findings]
        entries[0] |= {"summary": level_counts(both), "findings": [*entries[0]["findings"], *_finding_entries(outcome)]}
        entries[0]["unread"] += [unread_entry(note) for note in outcome.review.unread]
    else:
        entries.append(_entry(outcome))
    print_json({"files": entries})


def _entry(outcome: ReportOutcome) -> dict[str, Any]:
    if outcome.problem:
        return unusable_entry(outcome.path, outcome.problem)
    return unusable_entry(outcome.path, "") | {"summary": level_counts(outcome.findings), "findings": _finding_entries(outcome)} | {
        "unread": [unread_entry(note) for note in outcome.review.unread]
    }


def _finding_entries(outcome: ReportOutcome) -> list[dict[str, Any]]:
    return [finding_entry(finding, outcome.refused.get(finding, "")) for finding in outcome.findings]


def write_copies(outcome: ReportOutcome, output: str, *, quiet: bool) -> None:
    """校验结果 and 报告校验 into copies of the workbooks, comments into a copy of a .docx."""
    written = []
    for examined in outcome.examined:
        target = copy_name(examined.path, output)
        write_with_report(examined, outcome.path, outcome.findings, target)
        written.append(target)
    if outcome.path.lower().endswith(".docx") and not outcome.problem:
        from perfeval_xl.report.word import write_commented  # noqa: PLC0415 - python-docx only for .docx

        target = copy_name(outcome.path, "" if written else output)
        write_commented(outcome.path, target, outcome.findings)
        written.append(target)
    for target in written if not quiet else ():
        print(f"校验结果已写入: {target}")
