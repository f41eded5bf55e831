"""原因与后果: one finding per cause; what follows from it is named under it."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.number import plain, rounded

# What may follow from what, when both rest on a common cell. Roots stand in the order in which causes are looked for.
_ROW = ("B04", "B07", "B08", "B09", "B10", "B11", "E01", "E02", "E05", "D14")
FOLLOWS: dict[str, tuple[str, ...]] = {
    "A02": ("B01", "B02", "B03", "B06", "B13", "C01", "C02", "C06", *_ROW),
    "A03": ("D04", "D14", *_ROW),
    "D09": ("C11", "C12", "C13", "D01"),
    "D01": ("C11", "C12", "C13", "D07", "D09", *_ROW),
    "D04": ("B07", "B08", "B09", "B11", "E01"),
    "D08": ("B07", "B08", "B09", "E01"),
    "B01": ("B02", "B03"),
    "B02": ("B03",),
    "B04": ("B06", "B07", "B09", "B11", "B13"),
    "B11": ("B09", "E01"),
    "B08": ("B06", "B07", "B13", "E01"),
    "B07": ("B06", "B13", "E01"),
    "B09": ("E01",),
    "B06": ("B13",),
    "C01": ("C02", "C03", "C04", "C05", "C06", "C07", "C10"),
    "C03": ("C02", "C06", "C10"),
    "C05": ("C06",),
    "C02": ("C06",),
    "C13": ("C12",),
    "F02": ("D14",),
}
_ORDER = {check: rank for rank, check in enumerate(FOLLOWS)}
_BY_WEIGHT = ("B07", "B08", "B09", "E01", "B11")

Found = tuple[str, Mismatch]


def roots(found: list[Found], assessment: Assessment) -> list[tuple[str, Mismatch, list[Found]]]:
    """Each root with what follows from it, in the order of ``found``."""
    owner: dict[int, int] = {}
    ranked = sorted(range(len(found)), key=lambda index: _ORDER.get(found[index][0], len(_ORDER)))
    for root in ranked:
        if root in owner:
            continue
        for other in range(len(found)):
            if other != root and other not in owner and _follows(found[other], found[root], assessment):
                owner[other] = root
    return [
        (check, mismatch, [found[other] for other in sorted(owner) if _top(other, owner) == index])
        for index, (check, mismatch) in enumerate(found)
        if index not in owner
    ]


def _top(index: int, owner: dict[int, int]) -> int:
    while index in owner:
        index = owner[index]
    return index


def _follows(other: Found, root: Found, assessment: Assessment) -> bool:
    if root[0] in ("B01", "B02") and other[0] in _BY_WEIGHT:
        return _explained_by_weight(other[1], root[1], assessment)
    if other[0] not in FOLLOWS.get(root[0], ()) or other[0] == root[0]:
        return False
    return root[1].place.cell in other[1].inputs or (root[0] in ("B01", "B02", "C01") and bool(set(root[1].inputs) & set(other[1].inputs)))


def _explained_by_weight(other: Mismatch, root: Mismatch, assessment: Assessment) -> bool:
    """Whether the row is in order once the weight that breaks the sum is put right: full marks of that weight."""
    if other.row < 0:
        return False
    indicator = assessment.indicators[other.row].indicator
    weight, score = indicator.weight.number, indicator.written_score.number
    if weight is None or score is None or indicator.weight.cell not in root.inputs:
        return False
    return plain(rounded(weight - root.gap, 6)) == plain(score)
