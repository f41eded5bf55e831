"""执行率一行: 预算执行率（10分） with its score below the indicators, its label across their columns."""

from __future__ import annotations

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Value
from perfeval_xl.workbook.layout.printed_weight import stated_weight
from perfeval_xl.workbook.layout.value import part, points

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.geometry import Geometry
    from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader


class ExecutionRow(Record):
    """执行率的分值和得分."""

    weight: Value
    score: Value


def execution_row(geometry: Geometry, header: IndicatorHeader, row: int) -> ExecutionRow | None:
    """The points of a row whose label, reaching over the columns of the levels, names the execution rate."""
    label = (row, geometry.own(row)[0])
    if "执行率" not in geometry.words(label) or geometry.area(*label).last_column <= header.levels[-1].last:
        return None
    weight, score = (_points(geometry, header, role, row) for role in ("weight", "score"))
    if score.number is None:
        return None
    if weight.number is None:
        stated = stated_weight(geometry, label)
        weight = part(stated, f"{stated.text}分") if stated.exists else ABSENT
    return ExecutionRow(weight, score)


def _points(geometry: Geometry, header: IndicatorHeader, role: str, row: int) -> Value:
    column = header.columns.get(role)
    spot = geometry.spot(row, column.first, column.last) if column else None
    return points(geometry, spot.place) if spot and not spot.is_lower and not spot.is_shared else ABSENT


def with_execution(geometry: Geometry, funds: list[Fund], found: ExecutionRow) -> list[Fund]:
    """The funds with these points at their total, else their first row; noted where the funds have points already."""
    if not funds or any(fund.weight.exists or fund.written_score.exists for fund in funds):
        from perfeval_xl.workbook.address import place  # noqa: PLC0415 - few files need it

        geometry.note(place(found.score.cell) or (1, 1), "预算执行率一行的得分没有读入: 资金块里没有对应的行, 或者已有得分")
        return funds
    at = next((number for number, fund in enumerate(funds) if is_total_row(fund)), 0)
    return [*funds[:at], funds[at]._replace(weight=found.weight, written_score=found.score), *funds[at + 1 :]]
