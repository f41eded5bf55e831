"""一条审核规则 and what it reports before levels, places and causes are settled."""

from __future__ import annotations

from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import Fund, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Mend = tuple[tuple[str, float], ...]    # cells and the numbers they would hold


class Mismatch(Record):
    """不符之处. ``inputs``: every cell the statement rests on; ``level`` only where it differs from the check's."""

    place: Value
    item: str
    problem: str
    fix: str
    written: str = ""
    expected: str = ""
    inputs: tuple[str, ...] = ()
    level: str = ""
    row: int = -1           # index of the indicator row, -1 for anything else
    mends: tuple[Mend, ...] = ()    # each alone would make a sum right


def cells_mended(value: Value, number: float) -> Mend:
    """The change of one cell that would put a sum right."""
    return ((value.cell, exact_sum([number])),)


def nothing_follows(value: Value) -> tuple[Mend, ...]:
    """A mend that changes no number: what else is wrong with the row stays wrong, and stays a finding of its own."""
    return (((value.cell, value.number or 0.0),),)


class Check(Record):
    """审核规则: id of the catalogue, its name, its level, the item its basis is taken from, and the function."""

    id: str
    title: str
    level: str
    basis: str
    find: Callable[[Assessment], Iterator[Mismatch]]


class CrossCheck(Record):
    """对照规则: holds a table against another table; ``basis`` is said as it stands, ``occasion`` when it is looked for."""

    id: str
    title: str
    level: str
    basis: str
    occasion: str


def cells(*values: Value) -> tuple[str, ...]:
    """The addresses of those values that exist on this form."""
    return tuple(value.cell for value in values if value.cell)


def numbered(assessment: Assessment) -> Iterator[tuple[int, IndicatorResult]]:
    return enumerate(assessment.indicators)


def shown(value: Value) -> str:
    """A value as a person reads it; 空 for a blank."""
    return value.text.strip() or (plain(value.number) if value.number is not None else "空")


def shortened(text: str, most: int = 30) -> str:
    """A long text cut for a message."""
    bare = " ".join(text.split())
    return bare if len(bare) <= most else bare[: most - 1] + "…"


def row_item(result: IndicatorResult) -> str:
    return result.indicator.name.strip() or "(未写名称的指标)"


def fund_item(fund: Fund) -> str:
    return fund.label.text.strip().rstrip(":：") or "资金"
