"""未填的一片: many blank cells of one block are one finding that names their ranges; a few stay findings of their own."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.table import Value

MOST_SINGLE = 11        # from a dozen on nobody goes through them one by one: the form was just begun
_MOST_RANGES = 8


class Blank(Record):
    """一个空格: its column and its row, counted from 0 in the block."""

    label: str
    row: int
    value: Value


def whole_block(name: str, blanks: Sequence[Blank]) -> Mismatch:
    """整片未填: at the first blank cell in reading order; every blank counts as an input, so that what follows follows."""
    labels = list(dict.fromkeys(blank.label for blank in blanks))
    first = min(blanks, key=lambda blank: (blank.row, labels.index(blank.label)))
    said = "; ".join(f"{label} {_ranges([blank for blank in blanks if blank.label == label])}" for label in labels)
    return Mismatch(
        first.value, name, f"起{name}还有 {len(blanks)} 格没有填写: {said}", "请逐格填写", "空", "、".join(labels),
        cells(*(blank.value for blank in blanks)),
    )  # fmt: skip


def _ranges(blanks: Sequence[Blank]) -> str:
    """Rows of the form that follow each other are one range, whatever is merged in between.

    >>> from perfeval_xl.core.table import Value
    >>> _ranges([Blank("得分", row, Value(f"H{row}")) for row in (3, 4, 5, 8)])
    'H3:H5、H8'
    """
    runs: list[list[Blank]] = []
    for blank in blanks:
        if runs and runs[-1][-1].row == blank.row - 1:
            runs[-1].append(blank)
        else:
            runs.append([blank])
    said = [run[0].value.cell if len(run) == 1 else f"{run[0].value.cell}:{run[-1].value.cell}" for run in runs]
    return "、".join(said[:_MOST_RANGES]) + (f" 等 {len(blanks)} 格" if len(said) > _MOST_RANGES else "")
