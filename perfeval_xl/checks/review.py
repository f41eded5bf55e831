"""审核: run the catalogue over an assessment and give findings, roots first, in the order of the sheet."""

from __future__ import annotations

from perfeval_xl.checks.catalogue import BY_ID, Found, mismatches
from perfeval_xl.checks.causes import roots
from perfeval_xl.checks.check import Mismatch
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.finding import LEVELS, Consequence, Finding

_EXPLAINED_WITH_THE_ROOT = ("E01", "C06", "D04")
_RANK = {level: rank for rank, level in enumerate(LEVELS)}


def review(assessment: Assessment) -> list[Finding]:
    """校验一张表: every finding, errors first, then by place; one per cause."""
    found = roots(mismatches(assessment), assessment)
    findings = [_finding(check, mismatch, caused, assessment) for check, mismatch, caused in found]
    return sorted(findings, key=lambda finding: (_RANK[finding.level], place_key(finding.cell)))


def place_key(cell: str) -> tuple[int, int, str]:
    """Sort key of an address: row first, then column.

    >>> sorted(["H12", "B3", "AA3"], key=place_key)
    ['B3', 'AA3', 'H12']
    """
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    return int(digits or 0), len(letters), letters


def _finding(check: str, mismatch: Mismatch, caused: list[Found], assessment: Assessment) -> Finding:
    return Finding(
        check=check,
        level=_gravest(check, mismatch, caused, assessment),
        sheet=assessment.table.sheet,
        cell=mismatch.place.cell,
        item=mismatch.item,
        message=f"{assessment.table.sheet} {mismatch.place.cell} {mismatch.problem}, {mismatch.fix}",
        written=mismatch.written,
        expected=mismatch.expected,
        basis=assessment.rules.basis(BY_ID[check].basis),
        fix=mismatch.fix.removeprefix("请"),
        consequences=tuple(Consequence(other, far.place.cell) for other, far in caused),
    )


def _gravest(check: str, mismatch: Mismatch, caused: list[Found], assessment: Assessment) -> str:
    """A root is as grave as what follows from it, or a 出错说明 would explain away a total that does not add up.

    Not so where the explanation of the root is what the other asks for: a missing reason, points by the same rate.
    """
    levels = [_level(check, mismatch, assessment)]
    levels += [_level(other, far, assessment) for other, far in caused if other not in _EXPLAINED_WITH_THE_ROOT]
    return min(levels, key=_RANK.__getitem__)


def _level(check: str, mismatch: Mismatch, assessment: Assessment) -> str:
    """The ruleset's level where it sets one, else what the check said of this place, else the check's own."""
    own = BY_ID[check].level
    return assessment.rules.level(check, mismatch.level or own)
