"""资金块: the rows of budget and execution under a header of their own."""

from __future__ import annotations

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Value
from perfeval_xl.workbook.layout.columns import (
    Column,
    bottom_row,
    chosen,
    header_columns,
    holds_numbers,
    left_out,
    note_unread_columns,
)
from perfeval_xl.workbook.layout.header_words import (
    AMOUNT_COLUMNS,
    BLOCKS_AFTER_FUNDS,
    FUND_TITLES,
    LABEL_HEADERS,
    MONEY_COLUMNS,
    MONEY_WORDS,
    bare,
    fund_role,
    header_key,
    indicator_role,
    is_filler,
    tells_change,
)
from perfeval_xl.workbook.layout.rate_scale import settled_rates
from perfeval_xl.workbook.layout.value import amount, figure, points, rate, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.fund_groups import Group
    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_LONGEST_LABEL = 60
_ROWS_LOOKED_AT = 30
_BEFORE_AND_AFTER = 2
_NAMELESS = "这一行有金额但没有名称, 没有读入"
# The roles of the columns in the order of a Fund's fields.
_FIELDS = ("initial_budget", "budget", "executed", "rate", "weight", "score", "reason", "balance", "in_place")
_JOINED = "名称和金额写在同一格里, 不知金额属于哪一列, 没有读入"


class FundsHeader(Record):
    """资金块的表头: its rows, its columns by use, the label of the block and the last row it may reach."""

    top: int
    bottom: int
    columns: dict[str, Column]
    label: tuple[int, int] | None
    last_row: int
    unknown: tuple[Column, ...] = ()
    labels: Column | None = None    # where the labels of the rows stand, known only of a taught layout
    is_bounded: bool = False        # whether every row down to ``last_row`` belongs to the block, whatever it says
    groups: tuple[Group, ...] = ()  # 收入 | 支出 side by side: the columns of each
    name: tuple[int, int] | None = None     # of one group: the cell that names it,
    beside: tuple[Column, ...] = ()         # and the columns of the others


def funds_header(geometry: Geometry, row: int, limit: int) -> FundsHeader | None:
    """资金块表头 found by ``row``; the block ends at ``limit`` or where its own label's merged area does."""
    named = [column for column in geometry.own(row) if fund_role(geometry.words((row, column)))]
    sources = _sources_row(geometry, row, named)
    named = [column for column in named if geometry.end_row((row, column)) == row] if sources else _without_labels(geometry, row, named)
    if not named:
        return None
    bottom = sources or bottom_row(geometry, row, named, fund_role)
    last = max(geometry.end_column((row, column)) for column in geometry.own(row))
    columns = header_columns(geometry, row, bottom, named[0], min(last, geometry.last_column + 1), fund_role)
    rows = range(bottom + 1, min(limit, bottom + _ROWS_LOOKED_AT) + 1)
    columns = _with_initial(geometry, _without_change(columns), rows)
    groups = _groups(geometry, row, columns)
    label = next(((row, column) for column in geometry.own(row) if column < named[0]), None)
    end = geometry.end_row(label) if label else row
    last_row = min(end, limit) if end > bottom else limit
    if groups:
        first_group = groups[0].columns
        return FundsHeader(row, bottom, first_group, label, last_row, _left_over(groups, columns), groups=groups)
    by_role = chosen(geometry, columns, titles=FUND_TITLES, rows=rows)
    if not any(role in by_role for role in AMOUNT_COLUMNS):
        return None
    unknown = (*_unnamed(geometry, row, named[0], rows), *(column for column in columns if not column.role), *left_out(columns, by_role))
    return FundsHeader(row, bottom, by_role, label, last_row, unknown)


def _sources_row(geometry: Geometry, row: int, named: list[int]) -> int | None:
    below = [text for column in geometry.own(row + 1) if (text := geometry.words((row + 1, column)))]
    if len(set(below)) == len(below):
        return None
    from perfeval_xl.workbook.layout.fund_groups import sources_below  # noqa: PLC0415 - few forms have groups of columns

    return sources_below(geometry, row, named)


def _groups(geometry: Geometry, row: int, columns: list[Column]) -> tuple[Group, ...]:
    roles = [column.role for column in columns if column.role in AMOUNT_COLUMNS]
    if len(set(roles)) == len(roles):
        return ()
    from perfeval_xl.workbook.layout.fund_groups import groups_of_columns  # noqa: PLC0415 - few forms have them

    return tuple(groups_of_columns(geometry, row, columns[0].first, columns))


def _left_over(groups: tuple[Group, ...], columns: list[Column]) -> tuple[Column, ...]:
    from perfeval_xl.workbook.layout.fund_groups import left_over  # noqa: PLC0415 - few forms have groups of columns

    return left_over(groups, columns)


def _unnamed(geometry: Geometry, row: int, end: int, rows: range) -> list[Column]:
    """Columns of numbers before the first known one, under words that are no use of money; not the numbering."""
    places = [(row, column) for column in geometry.own(row)[1:] if column < end]
    columns = [Column("", geometry.words(place), place[1], geometry.end_column(place), place) for place in places]
    return [column for column in columns if not indicator_role(column.text) and _holds_figures(geometry, column, rows)]


def _holds_figures(geometry: Geometry, column: Column, rows: range) -> bool:
    texts = [geometry.words((row, at)) for row in rows for at in geometry.own(row) if column.first <= at <= column.last]
    return any(not text or figure(text) is not None for text in texts)


def _with_initial(geometry: Geometry, columns: list[Column], rows: range) -> list[Column]:
    """预算数 left of 调整后预算数 is the initial budget, where no column is called so."""
    budgets = [column for column in columns if column.role == "budget"]
    if len(budgets) != _BEFORE_AND_AFTER or any(column.role == "initial_budget" for column in columns):
        return columns
    if ["调整" in bare(column.text) for column in budgets] != [False, True] or not holds_numbers(geometry, budgets[0], rows):
        return columns
    return [column._replace(role="initial_budget") if column is budgets[0] else column for column in columns]


def _without_change(columns: list[Column]) -> list[Column]:
    """增减原因 beside 较上年增减 explains the change against the year before, and is no reason of the execution."""
    changes = [column for column in columns if tells_change(column.text)]
    return columns if len(changes) < _BEFORE_AND_AFTER else [column._replace(role="other") if column in changes else column for column in columns]


def _without_labels(geometry: Geometry, row: int, named: list[int]) -> list[int]:
    """Header cells without the block's own label (merged down the block) and the header of the labels below."""
    while len(named) > 1:
        others = max(geometry.end_row((row, column)) for column in named[1:])
        below = geometry.words((others + 1, named[0]))
        if geometry.end_row((row, named[0])) <= others and not _is_label(below):
            break
        named = named[1:]
    return named


def _is_label(text: str) -> bool:
    return not is_filler(text) and not any(letter.isdigit() for letter in text)


def fund_rows(geometry: Geometry, header: FundsHeader, money_unit: str) -> tuple[list[Fund], int]:
    """资金各行, and the last row of the block."""
    if header.groups:
        from perfeval_xl.workbook.layout.fund_groups import grouped_rows  # noqa: PLC0415 - few forms have groups of columns

        return grouped_rows(geometry, header, money_unit)
    first = min(column.first for column in (*header.columns.values(), *header.beside))
    is_bounded = header.is_bounded or (header.label is not None and geometry.end_row(header.label) > header.bottom)
    amounts = [header.columns[role] for role in AMOUNT_COLUMNS if role in header.columns]
    funds: list[Fund] = []
    labelled: set[int] = set()
    last = header.bottom
    for row in range(header.bottom + 1, header.last_row + 1):
        label = _label(geometry, row, first, header) or (None if header.labels else _block_label(geometry, header, row))
        if not is_bounded and _leaves(geometry, row, label, amounts):
            if label is None and row == header.bottom + 1 and _holds_amounts(geometry, header, row):
                geometry.note(geometry.anchor(row, first), _NAMELESS)
            break
        fund = _fund(geometry, header, row, label, first, money_unit)
        if fund is not None and label is not None:
            funds.append(fund)
            labelled.add(label[1])
        last = row if geometry.own(row) else last
    unknown = tuple(column for column in header.unknown if not any(column.first <= at <= column.last for at in labelled))
    note_unread_columns(geometry, unknown, range(header.bottom + 1, last + 1))
    percent = "rate" in header.columns and "%" in bare(header.columns["rate"].text)
    return _with_header_points(geometry, header, settled_rates(geometry, funds, is_percent=percent)), last


def _with_header_points(geometry: Geometry, header: FundsHeader, funds: list[Fund]) -> list[Fund]:
    """The total row, else the first, with the full marks that the header of 得分 states on a form without 分值."""
    score = header.columns.get("score")
    if not funds or score is None or "weight" in header.columns or not any(mark.isdigit() for mark in score.text):
        return funds
    from perfeval_xl.workbook.layout.header_points import header_points  # noqa: PLC0415 - few forms state them there

    at = next((number for number, fund in enumerate(funds) if is_total_row(fund)), 0)
    return [*funds[:at], funds[at]._replace(header_points=header_points(geometry, score)), *funds[at + 1 :]]


def _label(geometry: Geometry, row: int, first: int, header: FundsHeader) -> Place | None:
    """The label of a row: the text of its own under a header like 任务名称, else the one nearest to the amounts."""
    if header.labels is not None:
        return _taught_label(geometry, row, header.labels)
    places = [(row, column) for column in geometry.own(row) if column < first and (row, column) != header.label]
    texts = [place for place in places if geometry.words(place) and figure(geometry.words(place)) is None]
    named = [place for place in texts if any(word in geometry.shown(header.bottom, place[1]) for word in LABEL_HEADERS)]
    return (named or texts)[-1] if texts else None


def _block_label(geometry: Geometry, header: FundsHeader, row: int) -> Place | None:
    """The label of the block, or the line above it, for its only row of amounts where that row has no label of its own."""
    if row != header.bottom + 1 or not _holds_amounts(geometry, header, row) or _holds_amounts(geometry, header, row + 1):
        return None
    if header.name is not None:
        return header.name
    above = geometry.own(header.top - 1)
    if header.label is not None or len(above) != 1:
        return header.label
    line = (header.top - 1, above[0])
    return line if any(word in geometry.words(line) for word in MONEY_WORDS) else None


def _holds_amounts(geometry: Geometry, header: FundsHeader, row: int) -> bool:
    amounts = [header.columns[role] for role in AMOUNT_COLUMNS if role in header.columns]
    under = [column for column in geometry.own(row) if any(amount.first <= column <= amount.last for amount in amounts)]
    return any(not (text := geometry.words((row, column))) or figure(text) is not None for column in under)


def _taught_label(geometry: Geometry, row: int, labels: Column) -> Place | None:
    """Whatever stands in the column of labels, the innermost where it is indented over several."""
    filled = [(row, column) for column in geometry.own(row) if column <= labels.last and geometry.area(row, column).last_column >= labels.first]
    return filled[-1] if filled else None


def _leaves(geometry: Geometry, row: int, label: Place | None, amounts: list[Column]) -> bool:
    """Whether a row belongs to the next block, where no merged label bounds the funds."""
    own = geometry.own(row)
    if not own:
        return False
    key = header_key(geometry.words((row, own[0])))
    if label is None or len(geometry.words(label)) > _LONGEST_LABEL or key.endswith("目标") or any(word in key for word in BLOCKS_AFTER_FUNDS):
        return True
    texts = (geometry.words((row, column)) for column in own if any(amount.first <= column <= amount.last for amount in amounts))
    return any(_is_label(text) for text in texts)


def _fund(
    geometry: Geometry, header: FundsHeader, row: int, label: Place | None, first: int, money_unit: str
) -> Fund | None:
    """One row of amounts, which begin in column ``first``; notes what cannot be one."""
    if label is not None and _spoils(geometry, row, label, first, is_taught=header.labels is not None):
        _note_joined(geometry, row)
        return None
    fields = {role: _field(geometry, header, role, row, money_unit) for role in header.columns}
    if label is None:
        if any(value.number is not None for value in fields.values()):
            geometry.note(geometry.anchor(row, first), _NAMELESS)
        return None
    if not any(value.exists for value in fields.values()):
        return None
    return fund_of(worded(geometry, label), fields)


def _spoils(geometry: Geometry, row: int, label: Place, first: int, *, is_taught: bool) -> bool:
    """A label that holds an amount itself, or takes up the cell of one."""
    return (not is_taught and _holds_amount(geometry.words(label))) or (label[0] == row and geometry.end_column(label) >= first)


def fund_of(label: Value, fields: dict[str, Value]) -> Fund:
    """资金行 from its values by the role of their columns."""
    return Fund(label, *[fields.get(role, ABSENT) for role in _FIELDS])


def _note_joined(geometry: Geometry, row: int) -> None:
    for column in geometry.own(row):
        if _holds_amount(geometry.words((row, column))):
            geometry.note((row, column), _JOINED)


def _holds_amount(text: str) -> bool:
    """A label and an amount in one cell: 其中:基本支出:1768.16万元."""
    behind = figure(text.rpartition(":")[2]) if ":" in text else None
    return behind is not None


def _field(geometry: Geometry, header: FundsHeader, role: str, row: int, money_unit: str) -> Value:
    """One field of a row; a cell merged down over several rows counts for the first of them only."""
    column = header.columns[role]
    spot = geometry.spot(row, column.first, column.last)
    if spot is None:
        geometry.note((row, column.first), f"“{FUND_TITLES[role]}”下有两格都有内容, 没有读入")
        return ABSENT
    if spot.is_shared and _reaches_another(geometry, header, column, spot.place):
        if not geometry.is_blank(spot.place):
            geometry.note(spot.place, "合并单元格跨了两列, 不知属于哪一列, 没有读入")
        return ABSENT
    if role == "reason":
        return worded(geometry, spot.place)
    if spot.is_lower:
        return ABSENT
    if role in MONEY_COLUMNS and _holds_amount(geometry.words(spot.place)):
        geometry.note(spot.place, _JOINED)
        return ABSENT
    if role in MONEY_COLUMNS:
        return amount(geometry, spot.place, money_unit)
    return rate(geometry, spot.place) if role == "rate" else points(geometry, spot.place)


def _reaches_another(geometry: Geometry, header: FundsHeader, column: Column, place: Place) -> bool:
    area = geometry.area(*place)
    return any(
        other is not column and area.first_column <= other.last and area.last_column >= other.first
        for other in (*header.columns.values(), *header.beside)
    )
