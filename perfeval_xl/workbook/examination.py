"""审查: read a workbook, find its tables, compute and check each; the one way from a file to its findings."""

from __future__ import annotations

from perfeval_xl.checks.review import in_order, review, review_against, review_together
from perfeval_xl.core.assessment import Assessment, assessed
from perfeval_xl.core.finding import ERROR, EXPLAIN, Finding
from perfeval_xl.core.labels import KINDS
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.ruleset import NoRuleInForceError, Rules, Ruleset
from perfeval_xl.core.table import Table, Unread
from perfeval_xl.rulesets.loader import available, default_for, load, load_file
from perfeval_xl.rulesets.periods import days_of_change, rules_of
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.workbook.grid import (
    EXPLANATION_COLUMN,
    FIGURE_SHEET,
    RESULT_FIRST_ROW,
    RESULT_SHEET,
    UnusableFile,
    Workbook,
)
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.layout.rule_texts import all_with_rules
from perfeval_xl.workbook.reading.reader import read_workbook

if TYPE_CHECKING:
    from perfeval_xl.workbook.results.explanations import Explained


_MOST_NOTES = 3


class Examined(Record):
    """一份文件的结果: each table computed and checked; ``unread`` is what could not be read with certainty."""

    path: str
    workbook: Workbook
    assessments: tuple[Assessment, ...]
    findings: tuple[tuple[Finding, ...], ...]
    unread: tuple[Unread, ...]

    @property
    def explained(self) -> list[Explained]:
        """Every finding with what was written about it on an earlier 校验结果, and texts whose problem has gone."""
        from perfeval_xl.workbook.results.explanations import explained, typed_explanations  # noqa: PLC0415 - most have none

        return explained(self.all_findings, typed_explanations(self.workbook))

    @property
    def refused(self) -> dict[Finding, str]:
        """Questions whose explanation does not count, with the reason."""
        if not _has_explanations(self.workbook):
            return {}
        from perfeval_xl.workbook.results.explanations import refusals  # noqa: PLC0415 - most have none

        return refusals(self.explained)

    @property
    def all_findings(self) -> list[Finding]:
        return [finding for group in self.findings for finding in group]


def examined(path: str, ruleset: str = "", goals: str = "", layout: str = "") -> Examined:
    """Examine one file; raises UnusableFile with one clear sentence when it cannot be used.

    ``ruleset``: an id or the path of a TOML file; otherwise the table's own, otherwise the kind's default.
    ``goals``: the workbook with the approved 绩效目标表 to compare with. ``layout``: a layout file of the office.
    """
    return examined_workbook(read_workbook(path), ruleset, goals, layout)


def examined_workbook(workbook: Workbook, ruleset: str = "", goals: str = "", layout: str = "") -> Examined:
    """Examine a workbook that was read already, from a file or from a running Excel."""
    path = workbook.path
    tables, unread = _taught(workbook, layout) if layout else find_tables(workbook)
    if not tables:
        reason = unread[0].reason if unread else "没有找到绩效自评表"
        raise UnusableFile(f"{path}: {reason}{_left_out(workbook)}")
    ruled = [(_with_figures(table, workbook), *_rules(table, ruleset)) for table in all_with_rules(tables, workbook)]
    assessments = tuple(assessed(table, rules) for table, rules, _ in ruled)
    notes = (*workbook.unread, *unread, *(note for table, _, more in ruled for note in (*table.unread, *more)))
    result = Examined(path, workbook, assessments, _findings(assessments, goals), notes)
    return _with_explanations(result) if _has_explanations(workbook) else result


def _left_out(workbook: Workbook) -> str:
    """What was not read of a workbook in which no table was found: the table may be just there."""
    notes = [note for note in workbook.unread if note.sheet]
    return "".join(f"; {note.sheet} {note.cell}".rstrip() + f": {note.reason}" for note in notes[:_MOST_NOTES])


def _taught(workbook: Workbook, layout: str) -> tuple[list[Table], list[Unread]]:
    from perfeval_xl.workbook.layout.locate import ruleset_named  # noqa: PLC0415 - only with --layout
    from perfeval_xl.workbook.layout.taught import taught_layouts, taught_tables  # noqa: PLC0415

    return taught_tables(workbook, taught_layouts(layout), ruleset_named(workbook))


def _findings(assessments: tuple[Assessment, ...], goals: str) -> tuple[tuple[Finding, ...], ...]:
    """Of each table by itself, of all of them together, and against the approved goals."""
    found = [review(assessment) for assessment in assessments]
    if len(assessments) > 1:
        for place, finding in review_together(assessments):
            found[place].append(finding)
    if goals:
        from perfeval_xl.workbook.approved_goals import approved_goals, goals_for  # noqa: PLC0415 - only with --goals

        approved = goals_for([assessment.table for assessment in assessments], approved_goals(goals), goals)
        for findings, assessment, table in zip(found, assessments, approved, strict=True):
            findings.extend(review_against(assessment, table))
    return tuple(tuple(in_order(findings)) for findings in found)


def _with_figures(table: Table, workbook: Workbook) -> Table:
    if all(sheet.name != FIGURE_SHEET for sheet in workbook.sheets):
        return table
    from perfeval_xl.workbook.layout.figures import with_figures  # noqa: PLC0415 - only our own fund workbooks have the sheet

    return with_figures(table, workbook)


def _has_explanations(workbook: Workbook) -> bool:
    results = (sheet for sheet in workbook.sheets if sheet.name == RESULT_SHEET)
    return any(column == EXPLANATION_COLUMN and row >= RESULT_FIRST_ROW for sheet in results for row, column in sheet.cells)


def _with_explanations(result: Examined) -> Examined:
    """Findings carry the explanations that count."""
    found = iter([item.finding for item in result.explained if item.finding])
    return result._replace(findings=tuple(tuple(next(found) for _ in group) for group in result.findings))


def _rules(table: Table, wanted: str) -> tuple[Rules, tuple[Unread, ...]]:
    """The rules in force at the end of the table's year; a default ruleset younger or older than the table is used with a note."""
    chosen = _ruleset(wanted or table.ruleset, table)
    year = table.heading.year
    notes = () if table.kind in chosen.kinds else (_other_kind(chosen, table),)
    try:
        return rules_of(chosen, year), notes
    except NoRuleInForceError as error:
        if wanted or table.ruleset:
            raise UnusableFile(str(error)) from error
        days = days_of_change(chosen)
        nearest = days[0] if (year or 0) < days[0][0] else days[-1]
        note = f"{error}, 先按 {nearest[0]} 年起的规定计算; 请用 --ruleset 指定当年的办法"
        return chosen.on(nearest), (Unread(table.sheet, table.heading.title.cell, note),)


def _other_kind(chosen: Ruleset, table: Table) -> Unread:
    kinds = "、".join(KINDS[kind] for kind in chosen.kinds)
    note = f"评分办法 {chosen.id} 是给{kinds}用的, 这张表是{KINDS[table.kind]}, 仍按它计算; 请核对 --ruleset 或评分规则里的规则编号"
    return Unread(table.sheet, table.heading.title.cell, note)


def _ruleset(wanted: str, table: Table) -> Ruleset:
    try:
        if wanted.lower().endswith(".toml"):
            return load_file(wanted)
        if wanted and wanted not in available():
            raise UnusableFile(f"没有评分办法「{wanted}」, 可用: {', '.join(available())}")
        return load(wanted or default_for(table.kind, table.heading.year))
    except RulesetError as error:
        raise UnusableFile(*error.args) from error


def exit_code(findings: list[Finding]) -> int:
    """0 clean or everything explained, 1 an error or an unexplained question."""
    return int(any(f.level == ERROR or (f.level == EXPLAIN and not f.explanation) for f in findings))
