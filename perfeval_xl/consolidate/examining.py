"""读一份收到的文件: read, computed, checked and verified, as an Outcome; the work of the processes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from perfeval_xl.consolidate.dangers import dangers
from perfeval_xl.consolidate.outcome import (
    CHANGED,
    FINDING_FIELDS,
    NO_RECORD,
    UNCHANGED,
    IndicatorRow,
    Outcome,
    TableOutcome,
    packed,
)
from perfeval_xl.core.assessment import Assessment, IndicatorResult, is_total_row
from perfeval_xl.core.finding import level_counts
from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.table import Fund, Value
from perfeval_xl.submission.unit import stated_unit
from perfeval_xl.submission.verification import Verified, verified
from perfeval_xl.workbook.grid import UnusableFile

_SAID = len(FINDING_FIELDS)     # the rest of a finding is for pages of their own
_TEN_THOUSANDS = {"元": 0.0001, "万元": 1.0, "亿元": 10_000.0}


def outcome_of(path: str, ruleset: str = "") -> Outcome:
    """读一份文件. Never raises for what the file contains; a file that cannot be used says why."""
    try:
        result = verified(path, ruleset=ruleset)
    except UnusableFile as reason:
        return Outcome(reason=str(reason).replace(f"{path}: ", ""))
    return _outcome(result)


def outcome_of_bytes(data: bytes, suffix: str, ruleset: str = "") -> Outcome:
    """The same for content that was sent to another machine."""
    import tempfile  # noqa: PLC0415 - only on a cluster

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"received{suffix}"
        path.write_bytes(data)
        return outcome_of(str(path), ruleset)


def _outcome(result: Verified) -> Outcome:
    record = result.record
    findings = result.findings
    assessments = result.examined.assessments
    status = NO_RECORD if record is None else UNCHANGED if result.is_unchanged else CHANGED
    return Outcome(
        tables=[_table(assessment) for assessment in assessments],
        tally=dict(Counter(f"{finding.check} {finding.level}" for finding in findings)),
        counts=level_counts(findings),
        status=status,
        unit=record.unit if record else "",
        made_at=record.made_at if record else "",
        engine=record.engine if record else "",
        template=record.template if record else "",
        has_macros=result.examined.workbook.has_macros,
        changed=[list(change) for change in result.changed],
        remarks=[] if record is None and not _is_damaged(result) else list(result.remarks),
        forced=record.forced if record else "",
        dangers=dangers(result.examined.workbook),
        details=packed([[_indicator(row) for row in each.indicators] for each in assessments], [finding[:_SAID] for finding in findings]),
    )


def _is_damaged(result: Verified) -> bool:
    return any("改坏" in remark for remark in result.remarks)


def _table(assessment: Assessment) -> TableOutcome:
    table = assessment.table
    heading = table.heading
    budget, executed = main_amounts(assessment)
    total = table.total_score.number if table.total_score.typed else None
    score = total if total is not None else assessment.computed_total
    return TableOutcome(
        sheet=table.sheet,
        kind=table.kind,
        form=table.form,
        year=heading.year,
        unit=stated_unit(table),
        title=(heading.name.text or heading.title.text).strip(),
        ruleset=assessment.rules.ruleset.id,
        budget=budget,
        executed=executed,
        execution_rate=executed / budget if budget and executed is not None else None,
        score=score,
        grade="" if score is None else (table.grade.text.strip() or assessment.rules.grade(score)),
        points=_points(assessment),
        indicator_count=len(assessment.indicators),
    )


def _points(assessment: Assessment) -> float:
    """得分 of all rows that count, the execution points included."""
    rows = [row.score for row in assessment.indicators if row.score_rows]
    rows += [r.fund.written_score.number if r.fund.written_score.number is not None else r.score for r in assessment.scored_funds]
    return exact_sum([score for score in rows if score is not None])


def main_amounts(assessment: Assessment) -> tuple[float | None, float | None]:
    """预算数 and 执行数 of the whole table in 万元: its total row, or a fund's expenditure row, or the sum of the parts."""
    rows = [result.fund for result in assessment.funds]
    totals = [fund for fund in rows if is_total_row(fund)] or [fund for fund in rows if "支出" in fund.words] or rows[:1]
    factor = _TEN_THOUSANDS.get(assessment.table.money_unit, 1.0)
    amounts = [_sum(totals[:1], field) for field in ("budget", "executed")]
    if not any(amounts) and len(rows) > 1:
        parts = [fund for fund in rows if fund not in totals[:1]]
        amounts = [_sum(parts, field) for field in ("budget", "executed")]
    budget, executed = (None if amount is None else exact_sum([amount * factor]) for amount in amounts)
    return budget, executed


def _sum(funds: list[Fund], field: str) -> float | None:
    cells: list[Value] = [getattr(fund, field) for fund in funds]
    known = [cell.number for cell in cells if cell.number is not None]
    return exact_sum(known) if known else None


def _indicator(row: IndicatorResult) -> IndicatorRow:
    own = row.indicator
    return (
        own.level1.text, own.level2.text, own.level3.text, own.target.text, own.actual.text, own.weight.number, row.score,
        row.computed_score, row.completion_rate, row.deviation_rate, own.reason.text, own.level3.cell,
    )  # fmt: skip
