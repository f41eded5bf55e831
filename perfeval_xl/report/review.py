"""报告校验: every statement of a report, held against its own numbers, the rest of the report and the table."""

from __future__ import annotations

from perfeval_xl.core.finding import ERROR, HINT, LEVELS, Finding
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import Unread
from perfeval_xl.report.belonging import table_of, why_none
from perfeval_xl.report.comparison import against_report, against_table
from perfeval_xl.report.dates import impossible_dates
from perfeval_xl.report.direction import directions
from perfeval_xl.report.draft.recognition import Mismatch, Recognised, recognised
from perfeval_xl.report.fact import facts, row_facts
from perfeval_xl.report.repetition import repetitions, targets_in_rows
from perfeval_xl.report.residue import residues
from perfeval_xl.report.sentence import neighbours, sentences
from perfeval_xl.report.statement_balance import balances, months
from perfeval_xl.report.statement_completion import completions
from perfeval_xl.report.statement_count import counts, counts_of_outline
from perfeval_xl.report.statement_difference import differences
from perfeval_xl.report.statement_growth import growths
from perfeval_xl.report.statement_handled import handled
from perfeval_xl.report.statement_move import moves
from perfeval_xl.report.statement_rate import rates
from perfeval_xl.report.statement_score import group_scores, item_scores, points_lost, score_rates
from perfeval_xl.report.statement_score_parts import score_parts
from perfeval_xl.report.statement_sum import sums
from perfeval_xl.report.statement_target_gap import target_gaps
from perfeval_xl.report.text import ReportText, read_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.report.sentence import Sentence
    from perfeval_xl.report.statement import Statement
    from perfeval_xl.report.text import Paragraph

OFF = "off"
BASIS = "审核惯例: 报告与金额、前后文和自评表一致"
_IN_SENTENCE = (rates, growths, differences, sums, balances, months, completions, score_rates, counts, directions, moves, score_parts, target_gaps, handled)
_RANK = {level: rank for rank, level in enumerate(LEVELS)}


class ReportReview(Record):
    """一份报告的结果. ``recognised``: how many statements were read, the true ones included.

    ``sheet``: of several tables the one it was held against; ``unread``: why it was held against none of them.
    """

    path: str
    findings: tuple[Finding, ...]
    recognised: int
    sheet: str = ""
    unread: tuple[Unread, ...] = ()


def reviewed(path: str, assessments: Sequence[Assessment] = ()) -> ReportReview:
    """校验一份报告, with the tables it belongs to or alone; raises UnusableFile when it cannot be read."""
    return review_text(read_report(path), assessments)


def review_text(report: ReportText, assessments: Sequence[Assessment] = ()) -> ReportReview:
    """Findings in the order of the text, one for each number and cause; first what differs from the draft of the same table."""
    seen = recognised(report, assessments) if assessments else Recognised(report, ())
    report = seen.text
    is_draft = len(assessments) > 1 and 2 * len(seen.as_drafted) > len(report.paragraphs)     # then it speaks of all of them
    own = [one for one in (table_of(report, assessments),) if one is not None and not is_draft]
    statements = statements_of(report, own)
    found = [_unlike_table(mismatch) for mismatch in seen.mismatches]
    found += [_finding(statement) for statement in _gravest(statements) if statement.sentence.paragraph not in seen.as_drafted]
    found += [_placed("E13", level, paragraph, span, problem) for paragraph, (level, *span, problem) in impossible_dates(report.paragraphs)]
    found += [_placed("E12", HINT, paragraph, [start, end], problem) for paragraph, start, end, problem in residues(report.paragraphs)]
    kept = [f for finding in found if (f := _under_rules(finding, own or assessments)) is not None]
    ordered = sorted(kept, key=lambda finding: (finding.place or (0, ""), _RANK[finding.level], finding.check))
    sheet = own[0].table.sheet if len(assessments) > 1 and own else ""
    unread = (Unread("", "", why_none(assessments)),) if len(assessments) > 1 and not own and not is_draft else ()
    return ReportReview(report.path, tuple(ordered), len(statements), sheet, unread)


def statements_of(report: ReportText, assessments: Sequence[Assessment] = ()) -> list[Statement]:
    """Every statement that was recognised, true or not."""
    items = sentences(report.paragraphs)
    found = [statement for before, sentence in neighbours(items) for recognise in _IN_SENTENCE for statement in recognise(sentence, before)]
    found += list(_over_all(items, report.paragraphs))
    named = facts(items)
    read = {(id(statement.sentence), statement.main.at) for statement in found if statement.kind in ("rate", "share", "balance") and not statement.level}
    found += [s for s in against_report(items, named) if not s.level or (id(s.sentence), s.main.at) not in read]
    for assessment in assessments if len(assessments) == 1 else ():
        found += list(against_table(items, named, assessment))
    return found


def _over_all(items: Sequence[Sentence], paragraphs: Sequence[Paragraph]) -> Iterator[Statement]:
    yield from points_lost(items)
    yield from group_scores(items)
    yield from item_scores(items)
    yield from counts_of_outline(items)
    named = facts(items)
    yield from repetitions(named)
    yield from targets_in_rows(named, row_facts(paragraphs))


def _gravest(statements: Sequence[Statement]) -> list[Statement]:
    """One statement for each number: the gravest, with what the others say of it behind."""
    chosen: dict[tuple[int, int], Statement] = {}
    for statement in statements:
        if not statement.level:
            continue
        key = (id(statement.sentence), statement.main.at)
        known = chosen.get(key)
        if known is None:
            chosen[key] = statement
            continue
        first, second = sorted((known, statement), key=lambda one: _RANK[one.level])
        more = "" if second.problem in first.problem else f"; {second.problem}"
        check = "E07" if "E07" in (first.check, second.check) else first.check
        chosen[key] = first._replace(check=check, problem=first.problem + more)
    return list(chosen.values())


def _finding(statement: Statement) -> Finding:
    place = statement.sentence.quoted(statement.involved or (statement.main,))
    written = statement.sentence.printed(statement.main)
    return _said(statement.check, statement.level, place, statement.problem, (written, statement.expected, statement.fix))


def _unlike_table(mismatch: Mismatch) -> Finding:
    problem = f"这里写的是 {mismatch.written}, 自评表 {mismatch.cell} 是 {mismatch.expected}".replace("自评表  是", "按自评表应是")
    words = (mismatch.written, mismatch.expected, f"请改为 {mismatch.expected}")
    return _said("E07", ERROR, (mismatch.paragraph, mismatch.quote), problem, words)


def _placed(check: str, level: str, paragraph: Paragraph, span: Sequence[int], problem: str) -> Finding:
    start, end = span
    quote = paragraph.text[max(0, start - 6) : end + 6].replace("\t", " ").strip()
    fix = "请改正日期" if level != HINT else "请删去或改正"
    return _said(check, level, (paragraph.number, quote), problem, (paragraph.text[start:end], "", fix))


def _said(check: str, level: str, place: tuple[int, str], problem: str, words: tuple[str, str, str]) -> Finding:
    written, expected, fix = words
    return Finding(
        check, level, "", "", f"报告第 {place[0]} 段", f"报告第 {place[0]} 段「{place[1]}」: {problem}, {fix}", written, expected, BASIS,
        fix.removeprefix("请"), place=place,
    )  # fmt: skip


def _under_rules(finding: Finding, assessments: Sequence[Assessment]) -> Finding | None:
    """The ruleset of the table may soften or switch off what it declares; a question never becomes an error."""
    if not assessments:
        return finding
    level = assessments[0].rules.level(finding.check, finding.level)
    if level == OFF:
        return None
    return finding if level == ERROR else finding._replace(level=level)
