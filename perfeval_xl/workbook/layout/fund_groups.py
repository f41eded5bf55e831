"""并列的几组资金列: 收入 | 支出, or 财政拨款 | 其他资金, each over its own columns of amounts; 预算 | 决算 over the same sources."""

from __future__ import annotations

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import TEXT, Value
from perfeval_xl.workbook.layout.columns import Column, note_unread_columns
from perfeval_xl.workbook.layout.funds_block import fund_rows
from perfeval_xl.workbook.layout.header_words import AMOUNT_COLUMNS, FUND_TITLES, fund_role, header_key
from perfeval_xl.workbook.layout.value import figure, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.table import Fund
    from perfeval_xl.workbook.layout.funds_block import FundsHeader
    from perfeval_xl.workbook.layout.geometry import Geometry, Place

# What a group of columns may be called: where money comes from or what it is for. A time or a change is no group.
_SOURCES = (
    "收入", "支出", "财政", "拨款", "资金", "中央", "省", "市", "县", "区", "自有", "自筹", "单位", "结转", "专项", "统筹", "个人账户", "预算内",
    "预算外", "其他", "上级", "本级", "合计", "小计", "总计",
)  # fmt: skip
_TIMES = ("年", "月", "季", "期初", "期末", "调整", "增减", "差", "比", "率")
_WHOLE = ("合计", "小计", "总计")
_OF_ALL = ("rate", "weight", "score", "reason", "balance")      # what a form with a group 合计 states once for all its groups
_LABELS = ("项目", "科目", "名称", "内容", "来源", "类别")


class Group(Record):
    """一组列: the cell that names it, its columns by use, and where its own labels stand, None for those of the block."""

    name: Place
    columns: dict[str, Column]
    labels: Column | None = None


def sources_below(geometry: Geometry, row: int, named: Sequence[int]) -> int | None:
    """The row below 预算 | 决算 that names the same sources under each of them; None where it does not."""
    areas = [geometry.area(row, column) for column in named if fund_role(geometry.words((row, column))) in AMOUNT_COLUMNS]
    wide = [area for area in areas if area.last_row == row]
    below = [[geometry.words((row + 1, at)) for at in geometry.own(row + 1) if area.first_column <= at <= area.last_column] for area in wide]
    if len(wide) < 2 or any(len(names) < 2 or names != below[0] for names in below):
        return None
    is_source = all(_is_source(name) for name in below[0]) and len(set(below[0])) == len(below[0])
    return row + 1 if is_source else None


def groups_of_columns(geometry: Geometry, top: int, first: int, columns: Sequence[Column]) -> list[Group]:
    """列的分组, where it is certain: every group has a budget and an execution, and a name that no other has; else none."""
    groups = _by_source(geometry, top, columns) or _by_upper(geometry, top, first, columns) or _by_upper(geometry, top - 1, first, columns)
    taken = {column.place for group in groups for column in group.columns.values()}
    shared = {column.role: column for column in columns if column.place not in taken and column.role in _OF_ALL}
    return [group._replace(columns={**shared, **group.columns}) if _is_whole(geometry, group) else group for group in groups]


def _is_whole(geometry: Geometry, group: Group) -> bool:
    return header_key(geometry.words(group.name)) in _WHOLE


def _by_source(geometry: Geometry, top: int, columns: Sequence[Column]) -> list[Group]:
    """预算 | 决算 over the same sources: a group is a source."""
    found: dict[str, Group] = {}
    for column in columns:
        upper = geometry.anchor(top, column.first)
        role, name = fund_role(geometry.words(upper)), geometry.words(column.place)
        if role not in AMOUNT_COLUMNS or upper == column.place:
            continue
        group = found.setdefault(name, Group(column.place, {}))
        if role in group.columns:
            return []
        group.columns[role] = column._replace(role=role)
    return _certain(geometry, [*found.values()])


def _by_upper(geometry: Geometry, top: int, first: int, columns: Sequence[Column]) -> list[Group]:
    """收入 | 支出, each over 预算数 | 决算数: a group is what stands under one cell."""
    found: dict[Place, Group] = {}
    for column in columns:
        upper = geometry.anchor(top, column.first)
        if upper == column.place or geometry.end_column(upper) == upper[1] or column.role not in FUND_TITLES:
            continue
        group = found.setdefault(upper, Group(upper, {}))
        if column.role in group.columns or fund_role(geometry.words(column.place)) != column.role:
            return []
        group.columns[column.role] = column
    groups = [_with_labels(geometry, group, first, columns) for group in found.values()]
    return _certain(geometry, groups) if len({group.labels is None for group in groups}) == 1 else []


def _with_labels(geometry: Geometry, group: Group, first: int, columns: Sequence[Column]) -> Group:
    """The group with the column 项目 or 科目 that begins it."""
    own = next((column for column in columns if column.first == group.name[1] and not column.role and _names_labels(column.text)), None)
    row = min(column.place[0] for column in group.columns.values())
    if own is None and group.name[1] < first and _names_labels(geometry.words((row, group.name[1]))):
        place = (row, group.name[1])
        own = Column("", geometry.words(place), place[1], geometry.end_column(place), place)
    return group if own is None else group._replace(labels=own)


def _names_labels(text: str) -> bool:
    return header_key(text).endswith(_LABELS)


def _certain(geometry: Geometry, groups: list[Group]) -> list[Group]:
    names = [geometry.words(group.name) for group in groups]
    if len(groups) < 2 or len(set(names)) < len(names) or not all(map(_is_source, names)):
        return []
    is_complete = all("executed" in group.columns and {"budget", "initial_budget"} & group.columns.keys() for group in groups)
    return groups if is_complete else []


def _is_source(name: str) -> bool:
    key = header_key(name)
    return any(word in key for word in _SOURCES) and not any(word in key for word in _TIMES) and figure(name) is None


def left_over(groups: Sequence[Group], columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that no group has: a rate or a score for all of them belongs to none."""
    taken = {column.place for group in groups for column in (*group.columns.values(), *([group.labels] if group.labels else []))}
    return tuple(column for column in columns if column.place not in taken and column.role in ("", *FUND_TITLES))


def grouped_rows(geometry: Geometry, header: FundsHeader, money_unit: str) -> tuple[list[Fund], int]:
    """资金各行 group by group, and the last row of the block.

    A single row is known by the names of the groups, that of 合计 by the label of the block, which then means the total; one of
    several rows by its own name with the group's behind it, but for that of 合计. Groups with labels of their own are lists side by side: 个人缴费
    under 收入 means 个人缴费(收入).
    """
    read = [fund_rows(geometry, _alone(header, group), money_unit) for group in header.groups]
    last = max(row for _, row in read)
    note_unread_columns(geometry, header.unknown, range(header.bottom + 1, last + 1))
    named: list[Fund] = []
    is_single = all(len(funds) < 2 for funds, _ in read)
    for group, (funds, _) in zip(header.groups, read, strict=True):
        name = worded(geometry, group.name)
        if is_single and header.label and _is_whole(geometry, group):
            named += [fund._replace(label=worded(geometry, header.label), meaning=Value(text=_WHOLE[0], state=TEXT)) for fund in funds]
        elif group.labels:
            named += [fund._replace(meaning=Value(text=_within(fund, name), state=TEXT)) for fund in funds]
        elif _is_whole(geometry, group) and not is_single:
            named += funds
        elif is_single:
            named += [fund._replace(label=name) for fund in funds]
        else:
            named += [fund._replace(label=fund.label._replace(text=_within(fund, name))) for fund in funds]
    return sorted(named, key=lambda fund: not is_total_row(fund)) if is_single and not header.groups[0].labels else named, last


def _within(fund: Fund, group: Value) -> str:
    return f"{fund.label.text.strip()}({header_key(group.text)})"


def _alone(header: FundsHeader, group: Group) -> FundsHeader:
    """The header as if it had this group only."""
    beside = () if group.labels else tuple(column for other in header.groups if other is not group for column in other.columns.values())
    return header._replace(columns=group.columns, labels=group.labels, groups=(), unknown=(), name=group.name, beside=beside)
