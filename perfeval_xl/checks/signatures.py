"""A 签字: who answers for the table, and when it was signed."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, shown
from perfeval_xl.checks.years import day_in
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment

_ASKED = ("负责人", "填表人", "填报人", "制表人", "经办人")
_BY_HAND = ("签", "章")     # signed or stamped on the printed copy
_DATE = "日期"
_SEALED = "()（）签字章名盖公 "
_LEFT_OPEN = "年月日时_-—/. \u3000:："


def signed(assessment: Assessment) -> Iterator[Mismatch]:
    """A08 签字和日期: 负责人, 填表人 and the date are filled, and the date is not before the end of the table's year.

    Where every line is blank the printed copy is signed by hand and nothing is said; so is a line that asks for a
    signature or a seal.
    """
    table = assessment.table
    if all(_is_open(value) for _, value in table.signatures):
        return
    for label, value in table.signatures:
        is_date = _DATE in label
        if _is_open(value):
            is_by_hand = any(word in label + value.text for word in _BY_HAND)
            if is_date or (any(word in label for word in _ASKED) and not is_by_hand):
                yield Mismatch(value, label, f"「{label}」没有填写", f"请填写{label}", "空", label, cells(value))
        elif is_date and table.heading.year is not None:
            day = day_in(value.text)
            if day is not None and day < (table.heading.year, 12, 31):
                yield Mismatch(
                    value, label, f"{label}写的是 {shown(value)}, 早于 {table.heading.year} 年年底, 全年完成情况当时还没有结果",
                    "请核对日期或表头的年度", shown(value), f"{table.heading.year}年12月31日或以后", cells(value, table.heading.title),
                )  # fmt: skip


def _is_open(value: Value) -> bool:
    """Blank, nothing but 年 月 日 or (签字), or the next label of the same cell."""
    return value.is_blank or not value.text.strip(_LEFT_OPEN) or not value.text.strip(_SEALED) or value.text.rstrip().endswith((":", "："))
