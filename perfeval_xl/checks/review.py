"""审核: run the catalogue over an assessment and give findings, roots first, in the order of the sheet."""

from __future__ import annotations

from perfeval_xl.checks.catalogue import BY_ID, Found, mismatches
from perfeval_xl.checks.causes import roots
from perfeval_xl.checks.check import Mismatch
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.finding import LEVELS, Consequence, Finding
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.checks.check import CrossCheck
    from perfeval_xl.core.table import Table

_EXPLAINED_WITH_THE_ROOT = ("E01", "C06", "D04")
_RANK = {level: rank for rank, level in enumerate(LEVELS)}


def review(assessment: Assessment) -> list[Finding]:
    """校验一张表: every finding, errors first, then by place; one per cause."""
    found = roots(mismatches(assessment), assessment)
    return in_order([_finding(check, mismatch, caused, assessment) for check, mismatch, caused in found])


def in_order(findings: list[Finding]) -> list[Finding]:
    """错误在前: errors, questions, hints, each by place."""
    return sorted(findings, key=lambda finding: (_RANK[finding.level], place_key(finding.cell)))


def review_against(assessment: Assessment, goals: Table) -> list[Finding]:
    """与批复的绩效目标表对照: what differs in names, targets and weights."""
    from perfeval_xl.checks.catalogue import GOAL_CHECKS, OFF  # noqa: PLC0415 - only with --goals
    from perfeval_xl.checks.goal_table import names_agree, targets_agree, weights_agree  # noqa: PLC0415

    return [
        _crossed(check, mismatch, assessment)
        for check, compare in zip(GOAL_CHECKS, (names_agree, targets_agree, weights_agree), strict=True)
        if assessment.rules.level(check.id, check.level) != OFF
        for mismatch in compare(assessment, goals)
    ]


def review_together(assessments: Sequence[Assessment]) -> list[tuple[int, Finding]]:
    """同一份文件里的几张表一起看: findings with the place of the table they stand on."""
    from perfeval_xl.checks.catalogue import OFF, WORKBOOK_CHECKS  # noqa: PLC0415 - most workbooks hold one table
    from perfeval_xl.checks.several_tables import scores_differ  # noqa: PLC0415

    (check,) = WORKBOOK_CHECKS
    return [
        (place, _crossed(check, mismatch, assessments[place]))
        for place, mismatch in scores_differ(assessments)
        if assessments[place].rules.level(check.id, check.level) != OFF
    ]


def place_key(cell: str) -> tuple[int, int, str]:
    """Sort key of an address: row first, then column.

    >>> sorted(["H12", "B3", "AA3"], key=place_key)
    ['B3', 'AA3', 'H12']
    """
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    return int(digits or 0), len(letters), letters


def _finding(check: str, mismatch: Mismatch, caused: list[Found], assessment: Assessment) -> Finding:
    level, basis = _gravest(check, mismatch, caused, assessment), assessment.rules.basis(BY_ID[check].basis)
    far = tuple([Consequence(other, far.place.cell) for other, far in caused])
    return _said(check, mismatch, assessment, level, basis, far)


def _crossed(check: CrossCheck, mismatch: Mismatch, assessment: Assessment) -> Finding:
    return _said(check.id, mismatch, assessment, assessment.rules.level(check.id, mismatch.level or check.level), check.basis)


def _said(
    check: str, mismatch: Mismatch, assessment: Assessment, level: str, basis: str, consequences: tuple[Consequence, ...] = (),
) -> Finding:  # fmt: skip
    other, _, cell = mismatch.place.cell.rpartition("!")    # 基础数据!C5 stands on a sheet of its own
    sheet = other or assessment.table.sheet
    message, fix = f"{sheet} {cell} {mismatch.problem}, {mismatch.fix}", mismatch.fix.removeprefix("请")
    return Finding(
        check, level, sheet, cell, mismatch.item, message, mismatch.written, mismatch.expected, basis, fix,
        consequences=consequences,
    )  # fmt: skip


def _gravest(check: str, mismatch: Mismatch, caused: list[Found], assessment: Assessment) -> str:
    """A root is as grave as what follows from it, or a 出错说明 would explain away a total that does not add up.

    Not so where the explanation of the root is what the other asks for: a missing reason, points by the same rate.
    """
    level = _level(check, mismatch, assessment)
    if not caused:
        return level
    levels = [level]
    levels += [_level(other, far, assessment) for other, far in caused if other not in _EXPLAINED_WITH_THE_ROOT]
    return min(levels, key=_RANK.__getitem__)


def _level(check: str, mismatch: Mismatch, assessment: Assessment) -> str:
    """The ruleset's level where it sets one, else what the check said of this place, else the check's own."""
    own = BY_ID[check].level
    return assessment.rules.level(check, mismatch.level or own)
