"""在表上改填: single cells of a table typed over as a clerk would, and our own formulas computed anew."""

import re

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.number import exact_sum, percent, plain
from perfeval_xl.core.table import BLANK, NUMBER, Fund, Heading, Indicator, Passage, Subtotal, Table, Value
from tests.checks.drawn_table import POINTS, value_of


def typed_over(table: Table, cells: dict[str, str], rules) -> Table:
    """The table with ``cells`` typed over in the notation of tables.toml; a blank empties a cell, formulas included."""
    left = dict(cells)

    def typed(field, value):
        if value.cell not in cells:
            return value
        left.pop(value.cell, None)
        return value_of(value.cell, field, _points_in(cells[value.cell]) if field in POINTS else cells[value.cell])

    def record(kind, row):
        return kind(*(typed(field, value) if isinstance(value, Value) else value for field, value in zip(row._fields, row, strict=True)))

    def pairs(values):
        return tuple((name, typed("words", value)) for name, value in values)

    heading = record(Heading, table.heading)._replace(required=pairs(table.heading.required))
    made = table._replace(
        heading=heading,
        funds=tuple(record(Fund, fund) for fund in table.funds),
        indicators=tuple(record(Indicator, item) for item in table.indicators),
        goal_planned=typed("words", table.goal_planned),
        goal_done=typed("words", table.goal_done),
        total_weight=typed("weight", table.total_weight),
        total_score=typed("written_score", table.total_score),
        grade=typed("words", table.grade),
        signatures=pairs(table.signatures),
        passages=tuple(record(Passage, passage) for passage in table.passages),
        figures=pairs(table.figures),
        subtotals=tuple(record(Subtotal, each) for each in table.subtotals),
        total_score_rate=typed("rate", table.total_score_rate),
    )
    assert not left, f"表上没有这些单元格: {sorted(left)}"
    return recalculated(made, rules)


def _points_in(text: str) -> str:
    """What is read as points of a cell: of a name with (10分) behind it the 10, as text."""
    behind = re.search(r"[(（](\d+(?:\.\d+)?)分[)）]$", text)
    return f"'{behind[1]}" if behind else text


def recalculated(table: Table, rules) -> Table:
    """What Excel shows in the cells that hold our formulas after the inputs have changed."""
    result = assessed(table, rules)
    funds = tuple(
        fund._replace(written_rate=_shown(fund.written_rate, each.execution_rate, "rate"), written_score=_shown(fund.written_score, each.score, "score"))
        for fund, each in zip(table.funds, result.funds, strict=True)
    )
    rows = tuple(
        item._replace(written_score=_shown(item.written_score, each.computed_score, "score"))
        for item, each in zip(table.indicators, result.indicators, strict=True)
    )
    made = table._replace(funds=funds, indicators=rows)
    known = [row.written_score.number for row in (*funds, *rows) if row.written_score.number is not None]
    weights = {row.weight.cell: row.weight.number for row in (*funds, *rows) if row.weight.number is not None}
    return made._replace(
        total_score=_shown(table.total_score, exact_sum(known) if known else None, "score"),
        total_weight=_shown(table.total_weight, exact_sum(list(weights.values())) if weights else None, "score"),
    )


def _shown(value: Value, number: float | None, what: str) -> Value:
    if not value.computed:
        return value
    if number is None:
        return Value(value.cell, "", None, 0.0, BLANK, computed=True)
    return Value(value.cell, percent(number) if what == "rate" else plain(number), number, 1e-4 if what == "rate" else 0.0, NUMBER, computed=True)


def with_total(table: Table, cells: dict[str, str]) -> dict[str, str]:
    """The changes together with the sums that follow from them, where a person typed these: rows 小计, the total, their 得分率."""
    total = table.total_score
    if not total.typed or total.number is None or total.cell in cells:
        return cells
    sums = [(each.written_score, each.weight, each.score_rate, table.indicators[each.first : each.end]) for each in table.subtotals]
    sums.append((total, table.total_weight, table.total_score_rate, _counted(table)))
    found = dict(cells)
    for row in table.indicators:
        if row.score_rate.exists and row.weight.number and cells.get(row.written_score.cell):
            found[row.score_rate.cell] = percent(float(cells[row.written_score.cell]) / row.weight.number)
    for stated, weight, rate, rows in sums:
        scores = {row.written_score.cell: row.written_score.number or 0.0 for row in rows if row.written_score.exists}
        moved = [float(text or 0) - scores[cell] for cell, text in cells.items() if cell in scores]
        if any(moved):
            number = exact_sum([stated.number, *moved])
            found[stated.cell] = plain(number)
            found |= {rate.cell: percent(number / weight.number)} if rate.exists else {}
    return found


def _counted(table: Table) -> tuple[Fund | Indicator, ...]:
    """The rows the total is the sum of: on some forms the indicators alone."""
    scores = {row.written_score.cell: row.written_score.number for row in table.indicators if row.written_score.number is not None}
    is_without_money = abs(exact_sum(list(scores.values())) - table.total_score.number) < 0.005 if scores else False
    return table.indicators if is_without_money else (*table.funds, *table.indicators)


assert POINTS == ("weight", "written_score")
