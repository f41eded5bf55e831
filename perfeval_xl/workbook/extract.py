"""读一张自评表: from the rows it takes on a sheet to a core Table."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Indicator, Table, Value
from perfeval_xl.workbook.address import area_text
from perfeval_xl.workbook.columns import Column
from perfeval_xl.workbook.funds_block import fund_rows, funds_header
from perfeval_xl.workbook.goals import goals
from perfeval_xl.workbook.heading import Line, heading, heading_lines, money_unit_in, stated_money_unit
from perfeval_xl.workbook.indicator_block import indicator_rows
from perfeval_xl.workbook.indicator_header import IndicatorHeader, indicator_header
from perfeval_xl.workbook.listed_funds import listed_funds
from perfeval_xl.workbook.paired_funds import fund_pairs, paired_rows
from perfeval_xl.workbook.signatures import signatures
from perfeval_xl.workbook.table_kind import form_of, kind_of
from perfeval_xl.workbook.totals import totals
from perfeval_xl.workbook.value import MONEY, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.geometry import Geometry, Place


class TableRows(Record):
    """一张表占的行: first and last row, and the rows its blocks were found by."""

    first: int
    last: int
    funds: tuple[int, ...]
    indicators: tuple[int, ...]


class _Funds(Record):
    funds: list[Fund]
    columns: tuple[str, ...]
    rows: range
    money_unit: str
    money_cell: Place | None


class _Indicators(Record):
    indicators: list[Indicator]
    headers: list[IndicatorHeader]
    total_row: int | None
    last_row: int


def read_table(geometry: Geometry, rows: TableRows, ruleset: str) -> Table:
    """读表. What cannot be assigned stands in ``unread`` of the table."""
    headers = [header for row in rows.indicators if (header := indicator_header(geometry, row)).is_self_evaluation]
    tops = sorted([*rows.funds, *(header.top for header in headers), rows.last + 1])
    head_rows = [row for row in range(rows.first, tops[0]) if geometry.own(row)]
    funds = _funds(geometry, rows, tops, head_rows) if rows.funds else _listed(geometry, rows)
    _note_unread_funds(geometry, head_rows, funds)
    for row in rows.indicators:
        if not headers:
            place = (row, geometry.own(row)[0])
            geometry.note(place, "这里有指标表头, 但没有指标值、分值和得分列, 指标没有读入")
    blocks = _indicators(geometry, headers, tops, rows.last)
    lines = heading_lines(geometry, head_rows)
    behind = range(max(blocks.last_row, funds.rows.stop - 1) + 1, rows.last + 1)
    between = [row for row in range(rows.first, min([header.top for header in headers], default=rows.last + 1)) if row not in funds.rows]
    planned, done = goals(geometry, between)
    unit_cell = worded(geometry, funds.money_cell) if funds.money_cell else ABSENT
    head = heading(geometry, head_rows, lines, unit_cell)
    sums = totals(geometry, headers[-1] if headers else None, blocks.total_row, [*head_rows, *behind], _closing(geometry, lines, behind))
    kind = kind_of(head.title.text, lines)
    return Table(
        sheet=geometry.sheet.name,
        region=area_text(geometry.extent(rows.first, rows.last)),
        kind=kind,
        form=form_of(kind, funds.columns, _in_order(headers[0].columns) if headers else ()),
        heading=head,
        funds=tuple(funds.funds),
        indicators=tuple(blocks.indicators),
        ruleset=ruleset,
        money_unit=funds.money_unit if funds.money_unit in MONEY else "",
        goal_planned=planned,
        goal_done=done,
        total_weight=sums.weight,
        total_score=sums.score,
        grade=sums.grade,
        signatures=signatures(geometry, behind),
        unread=tuple(geometry.take_notes()),
    )


def _closing(geometry: Geometry, lines: list[Line], behind: range) -> list[Line]:
    """Lines that may state total and grade: those of the head, and those below the table."""
    return lines + [line for line in heading_lines(geometry, behind) if line.role in ("total", "grade")]


def _note_unread_funds(geometry: Geometry, head_rows: list[int], funds: _Funds) -> None:
    for row in head_rows if not funds.funds else ():
        place = (row, geometry.own(row)[0])
        text = geometry.words(place)
        if stated_money_unit(text) and any(word in text for word in ("资金", "预算", "经费")):
            geometry.note(place, "这里像资金块, 但没有认出预算数、执行数的表头, 没有读入")


def _listed(geometry: Geometry, rows: TableRows) -> _Funds:
    funds, unit, unit_cell = listed_funds(geometry, range(rows.first, rows.last + 1))
    return _Funds(funds, (), range(rows.first, rows.first), unit, unit_cell)


def _funds(geometry: Geometry, rows: TableRows, tops: list[int], head_rows: list[int]) -> _Funds:
    funds: list[Fund] = []
    columns: tuple[str, ...] = ()
    first, last = (rows.funds or (rows.last + 1,))[0], rows.first - 1
    unit, unit_cell = "", None
    for row in rows.funds:
        limit = min(top for top in tops if top > row) - 1
        pairs = fund_pairs(geometry, row)
        header = None if pairs else funds_header(geometry, row, limit)
        if not pairs and header is None:
            continue
        if not unit:
            unit, unit_cell = money_unit_in(geometry, range(row, (header.bottom if header else row) + 1), head_rows)
        if header is not None:
            found, last = fund_rows(geometry, header, unit)
            columns = columns or _in_order(header.columns)
        else:
            found, last = paired_rows(geometry, pairs, row, limit, unit)
        funds += found
    return _Funds(funds, columns, range(first, max(first, last + 1)), unit, unit_cell)


def _indicators(geometry: Geometry, headers: list[IndicatorHeader], tops: list[int], last_row: int) -> _Indicators:
    indicators: list[Indicator] = []
    total_row, last = None, 0
    for header in headers:
        limit = min([top for top in tops if top > header.bottom], default=last_row + 1) - 1
        block = indicator_rows(geometry, header, limit)
        indicators += block.indicators
        total_row, last = block.total_row, block.last_row
    return _Indicators(indicators, headers, total_row, last)


def _in_order(columns: dict[str, Column]) -> tuple[str, ...]:
    return tuple(sorted(columns, key=lambda role: columns[role].first))


def is_blank_form(table: Table) -> bool:
    """是否空白表样: nobody has typed a name, an amount, a target, an actual value or a score."""
    typed: list[Value] = [table.heading.name, table.heading.unit, table.goal_planned, table.goal_done, table.total_score]
    for fund in table.funds:
        typed += [fund.initial_budget, fund.budget, fund.executed, fund.written_score]
    for indicator in table.indicators:
        typed += [indicator.target, indicator.actual, indicator.written_score]
    return not any(value.typed for value in typed)

