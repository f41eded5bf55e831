"""清单式资金块: a list 预算资金总额 / 其中:中央补助 / 市级资金 with each amount beside its label, without a header."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Fund, Value
from perfeval_xl.workbook.layout.header_words import bare
from perfeval_xl.workbook.layout.heading import stated_money_unit
from perfeval_xl.workbook.layout.value import amount, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_TOTALS = ("资金总额", "预算总额", "支出总额", "金额合计", "资金合计")
_BUDGET, _EXECUTED = ("预算",), ("执行", "支出")


def listed_funds(geometry: Geometry, rows: Iterable[int]) -> tuple[list[Fund], str, Place | None]:
    """清单里的资金: rows, money unit and the cell that states it.

    Each list begins with a total whose words say whether it is the budget or what was spent, and goes on with
    其中… in the same column. A programme named to the left of the total is the label of the total.
    """
    starts = [place for row in rows for column in geometry.own(row) if _begins(geometry, place := (row, column))]
    funds: list[Fund] = []
    unit, unit_cell = "", None
    for start in starts:
        label = _programme(geometry, start)
        stated = stated_money_unit(geometry.words(label)) or stated_money_unit(geometry.words(start))
        if not unit:
            unit, unit_cell = stated, label if stated else None
        elif stated and stated != unit:
            geometry.note(label, f"金额单位是{stated}, 与上面的{unit}不同, 没有读入")
            continue
        funds += _list(geometry, start, label, unit)
    return funds, unit, unit_cell


def _begins(geometry: Geometry, place: Place) -> bool:
    text = geometry.words(place)
    is_total = any(word in text for word in _TOTALS) and any(word in text for word in _BUDGET + _EXECUTED)
    return is_total and geometry.words((place[0] + 1, place[1])).startswith("其中")


def _programme(geometry: Geometry, start: Place) -> Place:
    """The cell left of the total that names the programme and reaches down beside its parts; else the total."""
    left = geometry.anchor(start[0], start[1] - 1)
    named = left[0] == start[0] and geometry.words(left) and geometry.area(*left).last_row > start[0]
    return left if named else start


def _list(geometry: Geometry, start: Place, label: Place, unit: str) -> list[Fund]:
    spent = any(word in geometry.words(start) for word in _EXECUTED)
    funds = [_fund(label, geometry, start, unit, spent=spent)]
    row = start[0] + 1
    while geometry.words((row, start[1])) and not _begins(geometry, (row, start[1])):
        funds.append(_fund((row, start[1]), geometry, (row, start[1]), unit, spent=spent))
        row += 1
    return funds


def _fund(label: Place, geometry: Geometry, place: Place, unit: str, *, spent: bool) -> Fund:
    beside = geometry.right_of(place)
    value: Value = amount(geometry, beside, unit) if beside[0] == place[0] else ABSENT
    name = worded(geometry, label)
    return Fund(name, executed=value) if spent else Fund(name, budget=value)


def is_listed(geometry: Geometry, rows: Iterable[int]) -> bool:
    """是否有资金清单 in some rows."""
    return any(bare(geometry.words((row, column))) and _begins(geometry, (row, column)) for row in rows for column in geometry.own(row))
