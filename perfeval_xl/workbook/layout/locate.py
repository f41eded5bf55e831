"""找自评表: the tables of a workbook, found by the words of their headers, wherever they stand."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import Table, Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.layout.extract import TableRows, is_blank_form, read_table
from perfeval_xl.workbook.layout.geometry import Geometry, filled_columns
from perfeval_xl.workbook.layout.header_words import GOAL_TABLE, LIST_TABLE, OUR_SHEETS, bare, found
from perfeval_xl.workbook.layout.heading import stated_money_unit
from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader, indicator_header
from perfeval_xl.workbook.layout.marks import FUNDS, INDICATORS, NAME, TITLE, Mark, marks_of
from perfeval_xl.workbook.layout.side_by_side import parts

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Sheet, Workbook

_WIDEST_GAP = 12        # blank rows inside one table
_MOST_BLOCKS = 40       # header rows of one table, repeated page by page
_RULES_SHEET, _RULESET_LABEL = "评分规则", "规则编号"


class _Group(Record):
    """The marks of one table, under the row it begins with."""

    first: int
    is_titled: bool
    blocks: list[Mark]


def find_tables(workbook: Workbook, *, goals: bool = False) -> tuple[list[Table], list[Unread]]:
    """找出并读出全部自评表, in the order of the sheets; with ``goals`` the 绩效目标表 instead.

    The second list holds what belongs to no table: sheets that are something else, hidden tables and blank forms
    beside filled ones; without any table it begins with one sentence that says so. What the cells of a table left
    open stands in that table's ``unread``. Never raises for what a workbook contains.
    """
    ruleset = ruleset_named(workbook)
    tables: list[tuple[Sheet, Table]] = []
    unread: list[Unread] = []
    for sheet in workbook.sheets:
        if sheet.name not in OUR_SHEETS and sheet.state != "veryHidden":
            read, notes = _tables_of(sheet, ruleset, date1904=workbook.date1904, goals=goals)
            tables += [(sheet, table) for table in read]
            unread += notes
    kept, dropped = _filled_and_visible(tables)
    return kept, [*([] if kept else [_nothing_found(unread)]), *unread, *dropped]


def _nothing_found(unread: list[Unread]) -> Unread:
    if unread:
        return unread[0]._replace(reason=f"没有找到绩效自评表: 工作表“{unread[0].sheet}”: {unread[0].reason}")
    return Unread("", "", "没有找到绩效自评表: 表头里要有一级、二级、三级指标和完成值(或得分), 或者预算数和执行数")


def _filled_and_visible(tables: list[tuple[Sheet, Table]]) -> tuple[list[Table], list[Unread]]:
    """Blank forms and hidden sheets count only where there is nothing else."""
    kept = tables
    dropped: list[Unread] = []
    for is_lesser, reason in (
        (lambda sheet, _: sheet.state != "visible", "隐藏的工作表里另有一张自评表, 没有读入"),
        (lambda _, table: is_blank_form(table), "空白表样, 没有填写内容, 没有读入"),
    ):
        lesser = [(sheet, table) for sheet, table in kept if is_lesser(sheet, table)]
        if len(lesser) < len(kept):
            kept = [pair for pair in kept if pair not in lesser]
            dropped += [Unread(sheet.name, table.region.partition(":")[0], reason) for sheet, table in lesser]
    return [table for _, table in kept], dropped


def _tables_of(sheet: Sheet, ruleset: str, *, date1904: bool, goals: bool) -> tuple[list[Table], list[Unread]]:
    filled = filled_columns(sheet)
    marks = marks_of(sheet, filled)
    if not any(mark.sort in (INDICATORS, FUNDS) for mark in marks):
        return [], []
    halves = parts(sheet, filled, [mark.row for mark in marks if mark.sort == INDICATORS][:_MOST_BLOCKS])
    if len(halves) > 1:
        read = [_tables_of(half, ruleset, date1904=date1904, goals=goals) for half in halves]
        return [table for tables, _ in read for table in tables], [note for _, notes in read for note in notes]
    geometry = Geometry(sheet, filled, date1904=date1904)
    tables: list[Table] = []
    unread: list[Unread] = []
    for rows in _table_rows(geometry, marks):
        headers = [indicator_header(geometry, row) for row in rows.indicators]
        reason = _no_goals(headers) if goals else _something_else(geometry, rows, headers)
        if reason:
            geometry.take_notes()
            unread.append(Unread(sheet.name, address(rows.first, (geometry.own(rows.first) or [1])[0]), reason))
        else:
            tables.append(read_table(geometry, rows, headers, ruleset, goals=goals))
    return tables, unread


def _something_else(geometry: Geometry, rows: TableRows, headers: list[IndicatorHeader]) -> str:
    """Why the rows are no self-evaluation table, "" when they are one."""
    above = range(rows.first, min(rows.funds + rows.indicators))
    if any(found(GOAL_TABLE, geometry.words((row, column))) for row in above for column in geometry.own(row)):
        return "这是绩效目标表或监控表, 不是自评表, 没有读入"
    if any(header.is_self_evaluation for header in headers):
        return ""
    if not headers and any(found(LIST_TABLE, geometry.words((row, column))) for row in above for column in geometry.own(row)):
        return "这是汇总表或基础数据表, 不是自评表, 没有读入"
    if rows.is_titled and (rows.funds or _is_listed(geometry, rows)):
        return ""
    return "这里有指标表头, 但没有完成值和得分列, 不是自评表, 没有读入" if headers else "这里有资金表头, 但不像自评表, 没有读入"


def _no_goals(headers: list[IndicatorHeader]) -> str:
    """Why the rows are no table of goals, "" when they are one."""
    if any(header.states_goals for header in headers):
        return ""
    if any(header.is_self_evaluation for header in headers):
        return "这里有完成值或得分列, 是自评表, 不是绩效目标表; 请给批复的绩效目标表, 没有读入"
    return "这里没有指标名称和指标值两列, 不是绩效目标表, 没有读入"


def _is_listed(geometry: Geometry, rows: TableRows) -> bool:
    from perfeval_xl.workbook.layout.listed_funds import is_listed  # noqa: PLC0415 - few files need it

    return is_listed(geometry, range(rows.first, rows.last + 1))


def _table_rows(geometry: Geometry, marks: list[Mark]) -> list[TableRows]:
    """Marks gathered into tables: a new one begins where a title or a name stands before the next block."""
    groups: list[_Group] = []
    pending: list[Mark] = []
    for mark in marks:
        if mark.sort in (TITLE, NAME):
            pending.append(mark)
            continue
        if not groups or _begins(groups[-1].blocks, mark, pending):
            after = groups[-1].blocks[-1].row if groups else 0
            groups.append(_Group(_first_row(geometry, pending, mark, after), any(other.sort == TITLE for other in pending), [mark]))
        elif not _is_stray(groups[-1].blocks, mark):
            groups[-1].blocks.append(mark)
        pending = []
    ends = [group.first - 1 for group in groups[1:]] + [geometry.rows[-1] if geometry.rows else 1]
    return [_rows(geometry, group, end) for group, end in zip(groups, ends, strict=False)]


def _rows(geometry: Geometry, group: _Group, end: int) -> TableRows:
    blocks = group.blocks[:_MOST_BLOCKS]
    if len(blocks) < len(group.blocks):
        end = group.blocks[_MOST_BLOCKS].row - 1
        geometry.note((end + 1, 1), "表头重复出现太多次, 从这里起没有读入")
    return TableRows(
        group.first,
        _last_row(geometry, blocks[-1].row, end),
        tuple(mark.row for mark in blocks if mark.sort == FUNDS),
        tuple(mark.row for mark in blocks if mark.sort == INDICATORS),
        group.is_titled,
    )


def _begins(blocks: list[Mark], mark: Mark, pending: list[Mark]) -> bool:
    """Whether a block begins a new table, given the blocks of the table above and the marks between."""
    if mark.sort == FUNDS and blocks[-1].sort == INDICATORS and any(block.sort == FUNDS for block in blocks):
        return bool(pending) or mark.words > 2
    if mark.sort == INDICATORS and blocks[-1].sort == FUNDS:
        return [other.sort for other in pending][:1] == [TITLE] and any(other.sort == NAME for other in pending)
    return bool(pending)


def _is_stray(blocks: list[Mark], mark: Mark) -> bool:
    """A row among the indicators that only happens to speak of budget and execution."""
    return mark.sort == FUNDS and blocks[-1].sort == INDICATORS and mark.words <= 2


def _first_row(geometry: Geometry, pending: list[Mark], block: Mark, after: int) -> int:
    """The title's row, or the first row of the head; with the 附件 line right above."""
    titles = [mark.row for mark in pending if mark.sort == TITLE]
    first = titles[-1] if titles else _head_row(geometry, min([mark.row for mark in pending], default=block.row), after)
    while first - 1 > after and len(geometry.own(first - 1)) == 1 and _is_above_title(geometry, first - 1):
        first -= 1
    return first


def _head_row(geometry: Geometry, row: int, after: int) -> int:
    """Without a title: the first of the filled rows that reach down to ``row``; below a table the row itself."""
    if after:
        return row
    above = [filled for filled in geometry.rows if row - _WIDEST_GAP <= filled <= row]
    return above[0] if above else row


def _is_above_title(geometry: Geometry, row: int) -> bool:
    """附件1, 表2 or 单位：万元 in a row of its own."""
    text = geometry.words((row, geometry.own(row)[0]))
    return len(text) <= 12 and (text.startswith(("附件", "附表", "表")) or bool(stated_money_unit(text)))


def _last_row(geometry: Geometry, row: int, end: int) -> int:
    """The last filled row before ``end`` that no wide gap separates from the table."""
    last = row
    for filled in geometry.rows:
        if filled > end or filled - last > _WIDEST_GAP:
            if filled > row:
                break
        elif filled > last:
            last = filled
    return last


def ruleset_named(workbook: Workbook) -> str:
    """The ruleset that our own sheet names, "" without such a sheet."""
    for sheet in workbook.sheets:
        if sheet.name == _RULES_SHEET:
            spot = ruleset_spot(sheet)
            named = sheet.cells.get(spot) if spot else None
            if spot:
                return named.value.strip() if named is not None and type(named.value) is str else ""
    return ""


def ruleset_spot(sheet: Sheet) -> tuple[int, int] | None:
    """Where 评分规则 names the ruleset: right of its label; None without one."""
    for (row, column), cell in sheet.cells.items():
        if type(cell.value) is str and bare(cell.value).rstrip(":") == _RULESET_LABEL:
            return row, column + 1
    return None
