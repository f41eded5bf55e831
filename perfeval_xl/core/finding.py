"""审核发现: what a check found, where, and how to mend it. Returned, never raised."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

ERROR, EXPLAIN, HINT = "error", "explain", "hint"
LEVELS = (ERROR, EXPLAIN, HINT)
EXPLAINED = "explained"


class Consequence(Record):
    """由同一原因引起的其他问题."""

    check: str
    cell: str


class Finding(Record):
    """一条审核发现.

    ``level``: error 错误 (must be mended), explain 核实 (may stay with a 出错说明), hint 提示.
    ``cell`` is an address like ``F12``; ``item`` the row or block in the form's own words; ``written`` and
    ``expected`` are texts as a person would type them; ``fix`` says what to type.
    """

    check: str
    level: str
    sheet: str
    cell: str
    item: str
    message: str
    written: str
    expected: str
    basis: str
    fix: str
    explanation: str = ""
    consequences: tuple[Consequence, ...] = ()
    place: tuple[int, str] | None = None    # in a report: paragraph, counted from 1, and the words quoted


def level_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """各级别的条数; those with a 出错说明 count under ``explained`` and no longer under ``explain``.

    >>> level_counts([])
    {'error': 0, 'explain': 0, 'hint': 0, 'explained': 0}
    """
    counts = dict.fromkeys((*LEVELS, EXPLAINED), 0)
    for finding in findings:
        counts[EXPLAINED if finding.level == EXPLAIN and finding.explanation else finding.level] += 1
    return counts
