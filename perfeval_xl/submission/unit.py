"""填报单位: whose table it is, as far as the table says so."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval_xl.core.table import Table

_OPINION = "意见"


def stated_unit(table: Table) -> str:
    """表上写明的单位: the line of the unit, else a signature line such as 填报单位; "" where the form has neither.

    The fund's name (险种) and the superior 主管部门 are no units.
    """
    if table.heading.unit.text.strip():
        return table.heading.unit.text.strip()
    signed = (value.text.strip() for label, value in table.signatures if "单位" in label and _OPINION not in label)
    return next(filter(None, signed), "")


def same_unit(one: str, other: str) -> bool:
    """同一个单位: spaces apart."""
    return "".join(one.split()) == "".join(other.split())
