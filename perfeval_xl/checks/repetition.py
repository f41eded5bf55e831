"""A 重复: the same indicator twice."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.checks.weights import part_rows
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Indicator, Value

_VALUES = ("target", "actual", "weight", "written_score")


def not_repeated(assessment: Assessment) -> Iterator[Mismatch]:
    """A13 指标不重复: no two rows under one level-2 name have the same level-3 name, spaces aside.

    Systems match rows by that name when a table is handed in. Rows under a merged name, rows such as 其中… and names
    left blank are not judged.
    """
    parts = part_rows(assessment)
    first: dict[tuple[str, ...], Indicator] = {}
    upper = ("", "")
    for number, result in numbered(assessment):
        item = result.indicator
        upper = _upper(item, upper)
        name = _trimmed(item.level3)
        if not name or number in parts or name.startswith("其中") or not any(map(str.isalpha, name)):
            continue
        earlier = first.setdefault((*upper, name), item)
        if earlier.level3.cell != item.level3.cell:
            same = all(getattr(earlier, field).text == getattr(item, field).text for field in _VALUES)
            said = "整行重复" if same else "名称重复"
            yield Mismatch(
                item.level3, row_item(result), f"指标「{shown(item.level3)}」与 {earlier.level3.cell} {said}",
                "请删去重复的一行" if same else "请改成不同的名称, 或合并成一项", shown(item.level3), "不重复的名称",
                cells(item.level3, earlier.level3), row=number,
            )  # fmt: skip


def _upper(item: Indicator, above: tuple[str, str]) -> tuple[str, str]:
    """The level-1 and level-2 names a row stands under; names written in the first row of a group only hold on."""
    level1, level2 = _trimmed(item.level1), _trimmed(item.level2)
    if level1 and level1 != above[0]:
        return level1, level2
    return above[0], level2 or above[1]


def _trimmed(value: Value) -> str:
    return "".join(value.text.split())
