"""读一张自评表: from the rows it takes on a sheet to a core Table."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Indicator, Subtotal, Table, Value
from perfeval_xl.workbook.address import area_text
from perfeval_xl.workbook.layout.columns import Column
from perfeval_xl.workbook.layout.funds_block import fund_rows, funds_header
from perfeval_xl.workbook.layout.goals import goals as goal_texts
from perfeval_xl.workbook.layout.goals import is_goal_line
from perfeval_xl.workbook.layout.header_words import OTHER_MONEY, is_label
from perfeval_xl.workbook.layout.heading import heading, heading_lines, money_unit_in, stated_money_unit
from perfeval_xl.workbook.layout.indicator_block import indicator_rows
from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader
from perfeval_xl.workbook.layout.paired_funds import fund_pairs, money_unit_beside, paired_rows
from perfeval_xl.workbook.layout.passages import passages
from perfeval_xl.workbook.layout.signatures import signatures
from perfeval_xl.workbook.layout.table_kind import form_of, kind_of
from perfeval_xl.workbook.layout.totals import totals
from perfeval_xl.workbook.layout.value import MONEY, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.execution_row import ExecutionRow
    from perfeval_xl.workbook.layout.geometry import Geometry, Place


MOST_BEHIND = 300      # rows below the last block that can belong to a table: notes, signatures


class TableRows(Record):
    """一张表占的行: first and last row, the rows its blocks were found by, and whether a title stands above."""

    first: int
    last: int
    funds: tuple[int, ...]
    indicators: tuple[int, ...]
    is_titled: bool


class _Funds(Record):
    funds: list[Fund]
    columns: tuple[str, ...]
    rows: range
    money_unit: str
    money_cell: Place | None
    gaps: tuple[int, ...] = ()      # rows between two blocks of funds


class _Indicators(Record):
    indicators: list[Indicator]
    header: IndicatorHeader | None
    total_row: int | None
    last_row: int
    execution: ExecutionRow | None = None
    subtotals: tuple[Subtotal, ...] = ()


def read_table(geometry: Geometry, rows: TableRows, headers: list[IndicatorHeader], ruleset: str, *, goals: bool = False) -> Table:
    """读表, a 自评表 or with ``goals`` a 绩效目标表. What cannot be assigned stands in ``unread`` of the table."""
    headers = [header for header in headers if header.states_goals] if goals else _evaluated(geometry, rows, headers)
    tops = sorted([*rows.funds, *(header.top for header in headers), rows.last + 1])
    head_rows = [row for row in range(rows.first, tops[0]) if geometry.own(row)]
    funds = _funds(geometry, rows, tops, head_rows) if rows.funds else _without_header(geometry, rows, head_rows)
    lines = heading_lines(geometry, [row for row in head_rows if row not in funds.rows])
    blocks = _indicators(geometry, headers, tops)
    after = max(blocks.last_row, funds.rows.stop - 1) + 1
    behind = range(after, min(rows.last + 1, after + MOST_BEHIND))
    unit_cell = worded(geometry, funds.money_cell) if funds.money_cell else ABSENT
    head = heading(geometry, head_rows, lines, unit_cell)
    between = _between(geometry, rows, headers, funds)
    planned, done = goal_texts(geometry, [*between, *(header.top - 1 for header in headers[1:] if is_goal_line(geometry, header.top - 1))])
    stated = [row for row in between if row not in head_rows and _may_state_result(geometry, row)]
    closing = [*(line for line in heading_lines(geometry, stated) if is_label(line.label)), *heading_lines(geometry, behind)]
    closing = [line for line in closing if line.role in ("total", "grade")]
    sums = totals(geometry, blocks.header, blocks.total_row, [*head_rows, *behind], lines + closing)
    kind = kind_of(head.title.text, lines)
    reason_title = next((header.columns["reason"].text for header in headers if "reason" in header.columns), "")
    return Table(
        sheet=geometry.sheet.name,
        region=area_text(geometry.extent(rows.first, rows.last)),
        kind=kind,
        form=form_of(kind, funds.columns, _in_order(headers[0].columns) if headers else ()),
        heading=head,
        funds=_scored(geometry, funds.funds, blocks.execution),
        indicators=tuple(blocks.indicators),
        ruleset=ruleset,
        money_unit=funds.money_unit if funds.money_unit in MONEY else "",
        goal_planned=planned,
        goal_done=done,
        total_weight=sums.weight,
        total_score=sums.score,
        grade=sums.grade,
        signatures=signatures(geometry, behind),
        passages=passages(geometry, [*between, *behind]),
        reason_title=reason_title,
        has_reason_room=bool(reason_title) or _has_reason_room(geometry, headers, [*between, *behind]),
        subtotals=blocks.subtotals,
        total_score_rate=sums.score_rate,
        first_indicator=ABSENT if blocks.indicators or not headers else _first_place(geometry, headers[0]),
        unread=tuple(geometry.take_notes()),
    )


def _may_state_result(geometry: Geometry, row: int) -> bool:
    """Whether a row between the blocks speaks of a score or a grade."""
    shown = "".join([geometry.words((row, column)) for column in geometry.own(row)])
    return "得分" in shown or "总分" in shown or "等级" in shown or "等次" in shown


def _has_reason_room(geometry: Geometry, headers: list[IndicatorHeader], rows: list[int]) -> bool:
    from perfeval_xl.workbook.layout.reason_room import has_reason_room  # noqa: PLC0415 - most forms have a column of reasons

    return has_reason_room(geometry, headers, rows)


def _evaluated(geometry: Geometry, rows: TableRows, headers: list[IndicatorHeader]) -> list[IndicatorHeader]:
    """The headers that ask for completion or scores; notes the others."""
    for row, header in zip(rows.indicators, headers, strict=True):
        if not header.is_self_evaluation:
            place = (row, (geometry.own(row) or [1])[0])
            geometry.note(place, "这里有指标表头, 但没有指标值、分值和得分列, 指标没有读入")
    return [header for header in headers if header.is_self_evaluation]


def _between(geometry: Geometry, rows: TableRows, headers: list[IndicatorHeader], funds: _Funds) -> list[int]:
    """The filled rows where goals may stand: above the indicators, outside the funds."""
    end = headers[0].top if headers else rows.last + 1
    return [row for row in range(rows.first, end) if (row not in funds.rows or row in funds.gaps) and geometry.own(row)]


def _without_header(geometry: Geometry, rows: TableRows, head_rows: list[int]) -> _Funds:
    """Funds without a header row of their own: the uses one below the other, or lists of amounts."""
    from perfeval_xl.workbook.layout.transposed_funds import transposed_funds  # noqa: PLC0415 - few files need it

    block = transposed_funds(geometry, head_rows, head_rows)
    if block is None:
        from perfeval_xl.workbook.layout.labelled_funds import labelled_fund  # noqa: PLC0415 - few files need it

        found = labelled_fund(geometry, head_rows)
        if found is None:
            return _listed(geometry, rows, head_rows)
        return _Funds([found.fund], (), range(found.row, found.row + 1), found.money_unit, found.money_cell)
    return _Funds(block.funds, (), block.rows, block.money_unit, block.money_cell)


def _listed(geometry: Geometry, rows: TableRows, head_rows: list[int]) -> _Funds:
    """Lists of amounts; notes a block of funds that was not understood."""
    from perfeval_xl.workbook.layout.listed_funds import listed_funds  # noqa: PLC0415 - few files need it

    funds, unit, unit_cell = listed_funds(geometry, range(rows.first, rows.last + 1))
    for row in head_rows if not funds else ():
        place = (row, geometry.own(row)[0])
        text = geometry.words(place)
        if stated_money_unit(text) and any(word in text for word in ("资金", "预算", "经费")):
            geometry.note(place, "这里像资金块, 但没有认出预算数、执行数的表头, 没有读入")
        for column in geometry.own(row):
            if _tells_amounts(geometry.words((row, column))):
                geometry.note((row, column), "金额写在一段文字里, 没有读入; 请把预算数和执行数各写在一格里")
    return _Funds(funds, (), range(rows.first, rows.first), unit, unit_cell)


def _tells_amounts(text: str) -> bool:
    """预算安排300万元, 实际支出285万元 in one text."""
    return "元" in text and "预算" in text and ("支出" in text or "执行" in text) and any(letter.isdigit() for letter in text)


def _funds(geometry: Geometry, rows: TableRows, tops: list[int], head_rows: list[int]) -> _Funds:
    funds: list[Fund] = []
    columns: tuple[str, ...] = ()
    last = rows.first - 1
    unit, unit_cell = "", None
    gaps: list[int] = []
    for row in rows.funds:
        gaps += range(last + 1, row) if funds else ()
        if _is_other_money(geometry, row):
            continue
        limit = _limit(tops, row)
        pairs = fund_pairs(geometry, row)
        header = None if pairs else funds_header(geometry, row, limit)
        if not unit:
            stated = range(row - _is_headed(geometry, row), (header.bottom if header else row) + 1)
            unit, unit_cell = money_unit_in(geometry, stated, head_rows)
        if not unit and pairs:
            unit, unit_cell = money_unit_beside(geometry, row, pairs)
        if header is not None:
            found, last = fund_rows(geometry, header, unit)
            columns = columns or _in_order(header.columns)
            funds += found
        elif pairs:
            found, last = paired_rows(geometry, pairs, row, limit, unit)
            funds += found
    if not funds and not geometry.has_notes:
        _note_no_funds(geometry, rows.funds[0])
    return _Funds(funds, columns, range(rows.funds[0], max(rows.funds[0], last + 1)), unit, unit_cell, tuple(gaps))


def _is_other_money(geometry: Geometry, row: int) -> bool:
    """A block like “三公”经费, whose figures are part of the budget and no source of it; noted as unread."""
    place = (row, (geometry.own(row) or [1])[0])
    is_other = geometry.end_row(place) > row and any(word in geometry.words(place) for word in OTHER_MONEY)
    if is_other:
        geometry.note(place, "这一块不是预算资金的来源, 没有读入")
    return is_other


def _note_no_funds(geometry: Geometry, row: int) -> None:
    geometry.note((row, (geometry.own(row) or [1])[0]), "这里像资金块, 但没有读出一行预算数和执行数")


def _is_headed(geometry: Geometry, row: int) -> bool:
    """A line of its own right above a header states its money unit: 资金使用情况（元）."""
    above = geometry.own(row - 1)
    return len(above) == 1 and bool(stated_money_unit(geometry.words((row - 1, above[0]))))


def _scored(geometry: Geometry, funds: list[Fund], execution: ExecutionRow | None) -> tuple[Fund, ...]:
    """The funds, with the points of a row 预算执行率 below the indicators."""
    if execution is None:
        return tuple(funds)
    from perfeval_xl.workbook.layout.execution_row import with_execution  # noqa: PLC0415 - few forms have one

    return tuple(with_execution(geometry, funds, execution))


def _indicators(geometry: Geometry, headers: list[IndicatorHeader], tops: list[int]) -> _Indicators:
    indicators: list[Indicator] = []
    totalled, total_row, last = headers[-1] if headers else None, None, 0
    execution = None
    subtotals: list[Subtotal] = []
    for header in headers:
        block = indicator_rows(geometry, header, _limit(tops, header.bottom))
        above = len(indicators)
        subtotals += [each._replace(first=each.first + above, end=each.end + above) for each in block.subtotals]
        indicators += block.indicators
        last = block.last_row
        execution = execution or block.execution
        if block.total_row is not None:
            totalled, total_row = header, block.total_row
    return _Indicators(indicators, totalled, total_row, last, execution, tuple(subtotals))


def _first_place(geometry: Geometry, header: IndicatorHeader) -> Value:
    """The blank cell of the first name; ABSENT where anything stands there that was not read as an indicator."""
    row, asked = header.bottom + 1, [header.columns[role].first for role in ("target", "actual") if role in header.columns]
    name = header.levels[-1].first
    return ABSENT if any(geometry.words((row, column)) for column in (name, *asked)) else worded(geometry, (row, name))


def _limit(tops: list[int], row: int) -> int:
    """The last row before the next block."""
    return next((top for top in tops if top > row), tops[-1]) - 1


def _in_order(columns: dict[str, Column]) -> tuple[str, ...]:
    """The columns that make a form what it is: 得分率, 正向 and 反向 beside the sign and targets adjusted in the year are one office's addition."""
    return tuple(sorted((role for role in columns if role not in ("polarity", "score_rate", "adjusted")), key=lambda role: columns[role].first))


def is_blank_form(table: Table) -> bool:
    """是否空白表样: nobody has typed a name, an amount, a target, an actual value or a score."""
    typed: list[Value] = [table.heading.name, table.heading.unit, table.goal_planned, table.goal_done, table.total_score]
    for fund in table.funds:
        typed += [fund.initial_budget, fund.budget, fund.executed, fund.written_score]
    for indicator in table.indicators:
        typed += [indicator.target, indicator.actual, indicator.written_score]
    return not any(value.typed for value in typed)

