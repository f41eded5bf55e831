"""JSON 文档: the contract of ``--json``, field by field."""

from __future__ import annotations

from perfeval_xl.core.finding import Finding, level_counts
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import rule_text

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult
    from perfeval_xl.core.table import Unread, Value
    from perfeval_xl.workbook.examination import Examined

_FUND_CELLS = {
    "initial_budget": "initial_budget", "budget": "budget", "executed": "executed", "written_rate": "written_rate",
    "weight": "weight", "score": "written_score",
}  # fmt: skip
_INDICATOR_CELLS = {
    "level1": "level1", "level2": "level2", "level3": "level3", "target": "target", "actual": "actual", "weight": "weight",
    "score": "written_score", "reason": "reason",
}  # fmt: skip


def print_json(document: dict[str, Any] | list[Any]) -> None:
    """One JSON document on stdout and nothing else; a byte of a file name that is no text goes out as JSON writes a lone half."""
    import json  # noqa: PLC0415 - only with --json
    import sys  # noqa: PLC0415

    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def score_document(result: Examined) -> dict[str, Any]:
    """``score --json``."""
    return {
        "file": result.path,
        "tables": [_table(assessment) for assessment in result.assessments],
        "unread": [unread_entry(note) for note in result.unread],
    }


def _table(assessment: Assessment) -> dict[str, Any]:
    table = assessment.table
    total = table.total_score
    return {
        "sheet": table.sheet,
        "region": table.region,
        "kind": table.kind,
        "form": table.form or None,
        "year": table.heading.year,
        "unit_name": table.heading.unit.text or table.heading.name.text or None,
        "title": table.heading.title.text or None,
        "money_unit": table.money_unit or None,
        "ruleset": assessment.rules.ruleset.id,
        "funds": [_fund(fund) for fund in assessment.funds],
        "execution_score": assessment.execution_score,
        "indicators": [_indicator(indicator) for indicator in assessment.indicators],
        "written_total": total.number,
        "computed_total": assessment.computed_total,
        "sum_of_written_scores": assessment.sum_of_written_scores,
        "grade": assessment.grade or None,
    }


def _fund(result: FundResult) -> dict[str, Any]:
    fund = result.fund
    return {
        "label": fund.label.text or None,
        "initial_budget": fund.initial_budget.number,
        "budget": fund.budget.number,
        "executed": fund.executed.number,
        "execution_rate": result.execution_rate,
        "written_rate": fund.written_rate.number,
        "weight": fund.weight.number,
        "written_score": fund.written_score.number,
        "cells": _cells(fund, _FUND_CELLS),
    }


def _indicator(result: IndicatorResult) -> dict[str, Any]:
    indicator = result.indicator
    return {
        "level1": indicator.level1.text or None,
        "level2": indicator.level2.text or None,
        "level3": indicator.level3.text or None,
        "target": indicator.target.text or None,
        "actual": indicator.actual.text or None,
        "weight": indicator.weight.number,
        "computed_score": result.computed_score,
        "written_score": indicator.written_score.number,
        "completion_rate": result.completion_rate,
        "deviation_rate": result.deviation_rate,
        "deviation_points": result.deviation_points,
        "rule": rule_text(result.rule),
        "reason": indicator.reason.text or None,
        "cells": _cells(indicator, _INDICATOR_CELLS),
    }


def _cells(row: object, names: dict[str, str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, field in names.items():
        value: Value = getattr(row, field)
        found[name] = value.cell or None
    return found


def unread_entry(note: Unread) -> dict[str, Any]:
    return {"sheet": note.sheet or None, "cell": note.cell or None, "reason": note.reason}


def check_entry(result: Examined) -> dict[str, Any]:
    """One file of ``check --json``."""
    findings, refused = result.all_findings, result.refused
    first = result.assessments[0]
    return {
        "file": result.path,
        "kind": first.table.kind,
        "year": first.table.heading.year,
        "ruleset": first.rules.ruleset.id,
        "summary": level_counts(findings),
        "findings": [finding_entry(finding, refused.get(finding, "")) for finding in findings],
        "unread": [unread_entry(note) for note in result.unread],
    }


def unusable_entry(path: str, reason: str) -> dict[str, Any]:
    """A file that could not be used, among others that could."""
    return {
        "file": path, "kind": None, "year": None, "ruleset": None, "summary": level_counts([]), "findings": [],
        "unread": [{"sheet": None, "cell": None, "reason": reason}],
    }  # fmt: skip


def finding_entry(finding: Finding, refused: str = "") -> dict[str, Any]:
    """One finding; ``refused``: why the 出错说明 written beside it does not count."""
    return {
        "check": finding.check,
        "level": finding.level,
        "sheet": finding.sheet or None,
        "cell": finding.cell or None,
        "place": None if finding.place is None else {"paragraph": finding.place[0], "quote": finding.place[1]},
        "item": finding.item,
        "message": finding.message,
        "written": finding.written,
        "expected": finding.expected,
        "basis": finding.basis,
        "fix": finding.fix,
        "explanation": finding.explanation or None,
        "explanation_refused": refused or None,
        "consequences": [{"check": far.check, "cell": far.cell} for far in finding.consequences],
    }
