"""找自评表: the tables of a workbook, found by the words of their headers, wherever they stand."""

from __future__ import annotations

from operator import itemgetter

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import Table, Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.columns import DEEPEST_HEADER
from perfeval_xl.workbook.extract import TableRows, is_blank_form, read_table
from perfeval_xl.workbook.geometry import Geometry, is_filled
from perfeval_xl.workbook.header_words import (
    AMOUNT_COLUMNS,
    GOAL_TABLE,
    LEVELS,
    OUR_SHEETS,
    bare,
    found,
    fund_role,
    indicator_role,
    is_title,
)
from perfeval_xl.workbook.heading import is_named, stated_money_unit
from perfeval_xl.workbook.indicator_header import indicator_header
from perfeval_xl.workbook.listed_funds import is_listed
from perfeval_xl.workbook.side_by_side import parts
from perfeval_xl.workbook.value import figure

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Cell, Sheet, Workbook

_INDICATORS, _FUNDS, _TITLE, _NAME = "indicators", "funds", "title", "name"
_LONGEST_HEADER = 60
_WIDEST_GAP = 12        # blank rows inside one table
_COLUMN = itemgetter(0)
# Characters without which a row cannot be of a sort; cheaper than reading the words of every row.
_LEVEL_SIGN, _POINTS_SIGNS, _MONEY_SIGNS, _NAME_SIGNS = "级", ("分", "权"), ("执", "算", "支", "划"), ("名", "险")
_TITLE_SIGNS = ("评",)
_HEADER_SIGNS = frozenset((_LEVEL_SIGN, *_POINTS_SIGNS, *_MONEY_SIGNS, *_NAME_SIGNS, *_TITLE_SIGNS))
_RULES_SHEET, _RULESET_LABEL = "评分规则", "规则编号"


class Mark(Record):
    """A row that says where a table or a block begins."""

    row: int
    sort: str
    words: int = 0      # different header words found


def find_tables(workbook: Workbook) -> tuple[list[Table], list[Unread]]:
    """找出并读出全部自评表, in the order of the sheets.

    The second list holds what belongs to no table: sheets that are something else, hidden tables and blank forms
    beside filled ones; without any table it begins with one sentence that says so. What the cells of a table left
    open stands in that table's ``unread``. Never raises for what a workbook contains.
    """
    ruleset = _ruleset(workbook)
    tables: list[tuple[Sheet, Table]] = []
    unread: list[Unread] = []
    for sheet in workbook.sheets:
        if sheet.name not in OUR_SHEETS and sheet.state != "veryHidden":
            read, notes = _tables_of(sheet, ruleset, date1904=workbook.date1904)
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


def _tables_of(sheet: Sheet, ruleset: str, *, date1904: bool) -> tuple[list[Table], list[Unread]]:
    marks = _marks(sheet)
    if not any(mark.sort in (_INDICATORS, _FUNDS) for mark in marks):
        return [], []
    halves = parts(sheet, [mark.row for mark in marks if mark.sort == _INDICATORS])
    if len(halves) > 1:
        read = [_tables_of(half, ruleset, date1904=date1904) for half in halves]
        return [table for tables, _ in read for table in tables], [note for _, notes in read for note in notes]
    geometry = Geometry(sheet, date1904=date1904)
    tables: list[Table] = []
    unread: list[Unread] = []
    for rows in _table_rows(geometry, marks):
        reason = _something_else(geometry, rows, marks)
        if reason:
            geometry.take_notes()
            unread.append(Unread(sheet.name, address(rows.first, (geometry.own(rows.first) or [1])[0]), reason))
        else:
            tables.append(read_table(geometry, rows, ruleset))
    return tables, unread


def _something_else(geometry: Geometry, rows: TableRows, marks: list[Mark]) -> str:
    """Why the rows are no self-evaluation table, "" when they are one."""
    titles = [geometry.words((row, column)) for row in range(rows.first, min(rows.funds + rows.indicators)) for column in geometry.own(row)]
    if any(found(GOAL_TABLE, text) for text in titles):
        return "这是绩效目标表或监控表, 不是自评表, 没有读入"
    if any(indicator_header(geometry, row).is_self_evaluation for row in rows.indicators):
        return ""
    titled = any(mark.sort == _TITLE and rows.first <= mark.row <= rows.last for mark in marks)
    if titled and (rows.funds or is_listed(geometry, range(rows.first, rows.last + 1))):
        return ""
    return "这里有指标表头, 但没有完成值和得分列, 不是自评表, 没有读入" if rows.indicators else "这里有资金表头, 但不像自评表, 没有读入"


def _marks(sheet: Sheet) -> list[Mark]:
    """Rows with header words, titles and name labels; one pass over the cells."""
    texts: dict[int, list[tuple[int, Cell]]] = {}
    hinted: set[int] = set()
    for (row, column), cell in sheet.cells.items():
        if is_filled(cell):
            texts.setdefault(row, []).append((column, cell))
            value = cell.value
            if type(value) is str and len(value) <= _LONGEST_HEADER and not _HEADER_SIGNS.isdisjoint(value):
                hinted.add(row)
    marks: list[Mark] = []
    for row in sorted(hinted):
        for mark in _marks_of(row, [cell for _, cell in sorted(texts[row], key=_COLUMN)]):
            if not (marks and _same_header(marks[-1], mark)):
                marks.append(mark)
            elif marks[-1].words < mark.words:
                marks[-1] = mark
    return marks


def _same_header(above: Mark, mark: Mark) -> bool:
    """Rows of one header: only one of them names the levels."""
    near = mark.row - above.row <= DEEPEST_HEADER
    return near and above.sort == mark.sort == _INDICATORS and min(above.words, mark.words) < 2 <= max(above.words, mark.words)


def _marks_of(row: int, cells: list[Cell]) -> list[Mark]:
    raw = [cell.value if type(cell.value) is str and len(cell.value) <= _LONGEST_HEADER else "" for cell in cells]
    joined = "".join(raw)
    return (
        _indicator_mark(row, raw, joined)
        or _funds_mark(row, raw, joined)
        or ([Mark(row, _TITLE)] if len(cells) == 1 and _TITLE_SIGNS[0] in joined and is_title(bare(raw[0])) else [])
        or ([Mark(row, _NAME)] if _has(_NAME_SIGNS, joined) and any(is_named(text) for text in raw if _has(_NAME_SIGNS, text)) else [])
    )


def _indicator_mark(row: int, raw: list[str], joined: str) -> list[Mark]:
    if _LEVEL_SIGN not in joined and not (_has(_POINTS_SIGNS, joined) and len(raw) > 2):
        return []
    roles = {indicator_role(text) for text in raw} - {"", "other"}
    levels = roles.intersection(LEVELS)
    data = roles.intersection(("target", "actual", "weight", "score"))
    is_header = len(levels) > 1 or (levels and len(data) > 1) or ("name" in roles and len(data) > 2)
    return [Mark(row, _INDICATORS, len(levels))] if is_header else []


def _funds_mark(row: int, raw: list[str], joined: str) -> list[Mark]:
    if not _has(_MONEY_SIGNS, joined):
        return []
    roles = [fund_role(text) for text in raw]
    money = {*AMOUNT_COLUMNS, "rate"}.intersection(roles)
    if len(money) > 1 and money.intersection(AMOUNT_COLUMNS) and _is_header_row(raw, roles):
        return [Mark(row, _FUNDS, len(set(roles) - {"", "other"}))]
    return []


def _has(signs: tuple[str, ...], text: str) -> bool:
    return any(sign in text for sign in signs)


def _is_header_row(raw: list[str], roles: list[str]) -> bool:
    """No figures among the words; or label, figure, label, figure."""
    if all(raw) and not any(figure(text) for text in raw):
        return True
    is_amount = [not text or any(letter.isdigit() for letter in text) for text in raw]
    alternating = all(bool(role) != amount for role, amount in zip(roles, is_amount, strict=True))
    return bool(roles[0]) and len(raw) > 2 and alternating


def _table_rows(geometry: Geometry, marks: list[Mark]) -> list[TableRows]:
    """Marks gathered into tables: a new one begins where a title or a name stands before the next block."""
    groups: list[tuple[int, list[Mark]]] = []
    pending: list[Mark] = []
    for mark in marks:
        if mark.sort in (_TITLE, _NAME):
            pending.append(mark)
            continue
        if not groups or _begins(groups[-1][1], mark, pending):
            groups.append((_first_row(geometry, pending, mark, groups), [mark]))
        elif not _is_stray(groups[-1][1], mark):
            groups[-1][1].append(mark)
        pending = []
    ends = [first - 1 for first, _ in groups[1:]] + [geometry.rows[-1]] if groups else []
    return [
        TableRows(
            first,
            _last_row(geometry, blocks[-1].row, end),
            tuple(mark.row for mark in blocks if mark.sort == _FUNDS),
            tuple(mark.row for mark in blocks if mark.sort == _INDICATORS),
        )
        for (first, blocks), end in zip(groups, ends, strict=True)
    ]


def _begins(blocks: list[Mark], mark: Mark, pending: list[Mark]) -> bool:
    """Whether a block begins a new table, given the blocks of the table above and the marks between."""
    if mark.sort == _FUNDS and blocks[-1].sort == _INDICATORS and any(block.sort == _FUNDS for block in blocks):
        return bool(pending) or mark.words > 2
    if mark.sort == _INDICATORS and blocks[-1].sort == _FUNDS:
        return [other.sort for other in pending][:1] == [_TITLE] and any(other.sort == _NAME for other in pending)
    return bool(pending)


def _is_stray(blocks: list[Mark], mark: Mark) -> bool:
    """A row among the indicators that only happens to speak of budget and execution."""
    return mark.sort == _FUNDS and blocks[-1].sort == _INDICATORS and mark.words <= 2


def _first_row(geometry: Geometry, pending: list[Mark], block: Mark, groups: list[tuple[int, list[Mark]]]) -> int:
    """The title's row, or the first row of the head; with the 附件 line right above."""
    titles = [mark.row for mark in pending if mark.sort == _TITLE]
    after = groups[-1][1][-1].row if groups else 0
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


def _ruleset(workbook: Workbook) -> str:
    """The ruleset that our own sheet names, "" without such a sheet."""
    for sheet in workbook.sheets:
        if sheet.name == _RULES_SHEET:
            for (row, column), cell in sheet.cells.items():
                if type(cell.value) is str and bare(cell.value).rstrip(":") == _RULESET_LABEL:
                    beside = sheet.cells.get((row, column + 1))
                    return beside.value.strip() if beside is not None and type(beside.value) is str else ""
    return ""
