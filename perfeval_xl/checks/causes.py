"""原因与后果: one finding per cause; what follows from it is named under it.

Two findings share a cause when they rest on a common cell. Where one of them is a sum that rests on many cells, they do
only when a change of one of these cells puts both right and nothing else wrong: so a wrong total is not swallowed
by a wrong score that has nothing to do with it.
"""

from __future__ import annotations

from perfeval_xl.checks.catalogue import BY_ID, Found, found_by
from perfeval_xl.checks.check import Mend, Mismatch
from perfeval_xl.checks.reasons import shortfalls
from perfeval_xl.core.assessment import Assessment, reassessed
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.number import plain
from perfeval_xl.core.table import NUMBER, Fund, Table, Value

# What may follow from what. Roots stand in the order in which causes are looked for. A wrong total never follows from
# B09 or E01: a reason mends them and leaves the total wrong.
_ROW = ("B04", "B07", "B08", "B09", "B10", "B11", "B16", "E01", "E02", "E03", "E04", "E05", "E06", "D14")
_BY_RESULT = ("B07", "B08", "B09", "B10", "E01", "E02")     # what a wrong target or result makes of its row; the texts stay as they are
_BY_WEIGHT = ("B04", "B05", "B07", "B08", "B09", "B11", "B14", "B16", "C06", "E01", "E03", "E04")
FOLLOWS: dict[str, tuple[str, ...]] = {
    "A02": ("B01", "B02", "B03", "B06", "B13", "C01", "C02", "C06", *_ROW),
    "A03": ("D01", "D04", "D14", *_ROW),
    "D17": ("D01", "D04", "D05", "D07", *_ROW),
    "D13": ("D01", "D04", "D05", "D06", *_ROW),
    "D03": ("D01", "D02", "D04", "D05", "D07", *_ROW),
    "C15": ("C02", "C03", "C06", "C11", "C13", *_BY_RESULT),
    "D01": ("C08", "C11", "C12", "C13", "C15", "D07", "D09", "F06", *_ROW),
    "D09": ("C11", "C12", "C13", "C15"),
    "C11": _BY_RESULT,
    "C13": ("C12", *_BY_RESULT),
    "C12": _BY_RESULT,
    "D07": ("F01", *_BY_RESULT),
    "C09": ("D06", *_BY_RESULT),
    "D06": _BY_RESULT,
    "F04": ("D01", "D04"),
    "D04": ("D01", "B07", "B08", "B09", "B11", "E01", "E03", "E04"),
    "D08": ("B07", "B08", "B09", "E01", "E03", "E04", "E06"),
    "B01": ("B02", "B03", *_BY_WEIGHT),
    "B02": ("B03", *_BY_WEIGHT),
    "B04": ("B06", "B07", "B08", "B09", "B11", "B14", "B16", "C06", "E01"),
    "B16": ("B06", "B07", "B08", "B11", "B12", "B14"),
    "B11": ("B06", "B09", "B14", "E01"),
    "B08": ("B06", "B07", "B12", "B14", "E01"),
    "B07": ("B06", "B14", "E01"),
    "B09": ("B14", "E01"),
    "C01": ("C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C14", "C10", "F06"),
    "C03": ("C02", "C06", "C10"),
    "C07": ("F06",),
    "C05": ("C06",),
    "C02": ("C06",),
    "C06": ("B06",),
    "B06": ("B13", "B14"),
    "F02": ("D14",),
}
_ORDER = {check: rank for rank, check in enumerate(FOLLOWS)}
# Judged only of tables in which the weights add up, about the total of them, or at the first text among the numbers: no news
# after a change of one weight.
_UNMASKED = frozenset({"B01", "B03", "B12", "D17"})
# Asked of full marks, or of the words beside a loss of points: no news after the score they hang on is put right.
_NO_NEWS = _UNMASKED | {"B10", "E02", "E03", "E04"}


def roots(found: list[Found], assessment: Assessment) -> list[tuple[str, Mismatch, list[Found]]]:
    """Each root with what follows from it, in the order of ``found``."""
    owner: dict[int, int] = {}
    what_if = _WhatIf(found, assessment)
    ranked = sorted(range(len(found)), key=lambda index: _ORDER.get(found[index][0], len(_ORDER)))
    for root in ranked:
        consequences = () if root in owner else FOLLOWS.get(found[root][0], ())
        for other, (check, _) in enumerate(found) if consequences else ():
            if check in consequences and other not in owner and what_if.follows(found[other], found[root]):
                owner[other] = root
    tops = {other: _top(other, owner) for other in sorted(owner)}
    return [
        (check, mismatch, [found[other] for other, top in tops.items() if top == index])
        for index, (check, mismatch) in enumerate(found)
        if index not in owner
    ]


def _top(index: int, owner: dict[int, int]) -> int:
    while index in owner:
        index = owner[index]
    return index


_MOST_ROWS_TRIED = 20_000   # by all changes of one table: half a second; a form with a hundred wrong rows takes less


class _WhatIf:
    """What would be found after a change; every change is tried once, until a table of hundreds of wrong rows has had its share.

    What is not tried any more is no consequence: it stays a finding of its own.
    """

    def __init__(self, found: list[Found], assessment: Assessment) -> None:
        self._assessment = assessment
        self._present = set(map(_key, found))
        self._after: dict[Mend, _After] = {}

    def follows(self, other: Found, root: Found) -> bool:
        """Of two findings the second of which may be the cause of the first, by their checks."""
        mends = root[1].mends + other[1].mends
        if not mends or other[0] in _UNMASKED:
            return root[1].place.cell in other[1].inputs
        shared = set(root[1].inputs) & set(other[1].inputs)
        return any(self._puts_right(mend, other, root) for mend in mends if any(cell in shared for cell, _ in mend))

    def _puts_right(self, mend: Mend, other: Found, root: Found) -> bool:
        if mend not in self._after:
            if len(self._after) * len(self._assessment.indicators) > _MOST_ROWS_TRIED:
                return False
            self._after[mend] = _After(reassessed(self._assessment, _mended(self._assessment.table, dict(mend))))
        after = self._after[mend]
        if after.has(other) or after.has(root):
            return False
        if {other[0], root[0]} == {"B01", "B02"} or self._is_below_zero(other):
            return True
        rows = {found[1].row for found in (other, root)} - {-1}
        is_settled = all(_is_settled(after.assessment, row, {other[0], root[0]}) for row in rows)
        return is_settled and all(check in _NO_NEWS for check, _ in after.weighty() - self._present)

    def _is_below_zero(self, found: Found) -> bool:
        """No sum is right with a weight below zero, whatever score stands beside it."""
        check, mismatch = found
        return check == "B05" and (self._assessment.indicators[mismatch.row].indicator.weight.number or 0.0) < 0


class _After:
    """What is found after a change; the checks are run as they are asked for, most of them never."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._found: dict[str, set[tuple[str, str]]] = {}
        self._hints: set[tuple[str, str]] = set()

    def has(self, found: Found) -> bool:
        return _key(found) in self._of(found[0])

    def weighty(self) -> set[tuple[str, str]]:
        """Everything but hints."""
        return {key for check in BY_ID for key in self._of(check) - self._hints}

    def _of(self, check: str) -> set[tuple[str, str]]:
        if check not in self._found:
            found = found_by(BY_ID[check], self.assessment)
            self._found[check] = set(map(_key, found))
            self._hints.update(_key(each) for each in found if (each[1].level or BY_ID[check].level) == HINT)
        return self._found[check]


def _is_settled(assessment: Assessment, row: int, checks: set[str]) -> bool:
    """Nothing is left to ask about a row: full marks, what the rule gives, or less with its reason or where none is asked for.

    A formula follows by itself. A reason will do where people judge, or where it is not known what stood in the cell (A02, B04), or the reason names the points (B16).
    """
    result = assessment.indicators[row]
    score, weight, reason = result.indicator.written_score.number, result.indicator.weight.number, result.indicator.reason
    if result.indicator.written_score.computed:
        return True
    is_free = (result.rule.is_judged and "B08" not in checks) or bool(checks & {"A02", "B04", "B16"})
    is_open = reason.is_blank if checks & {"B01", "B02"} else reason.exists and reason.is_blank and any(shortfalls(assessment)[row])
    if is_free and not is_open:
        return True
    return score is not None and score in (weight, None if result.rule.is_judged else result.computed_score)


def _key(found: Found) -> tuple[str, str]:
    return found[0], found[1].place.cell


def _mended(table: Table, numbers: dict[str, float]) -> Table:
    def mend(value: Value) -> Value:
        number = numbers.get(value.cell)
        return value if number is None else value._replace(number=number, text=plain(number), state=NUMBER)

    return table._replace(
        funds=tuple(Fund(*map(mend, fund)) for fund in table.funds),
        indicators=tuple(
            item._replace(weight=mend(item.weight), written_score=mend(item.written_score))
            if item.weight.cell in numbers or item.written_score.cell in numbers else item
            for item in table.indicators
        ),
        total_score=mend(table.total_score),
        subtotals=tuple(each._replace(weight=mend(each.weight), written_score=mend(each.written_score)) for each in table.subtotals),
    )
