"""指标块的表头: which column of the indicators holds what."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.layout.columns import (
    DEEPEST_HEADER,
    Column,
    bottom_row,
    chosen,
    header_columns,
    left_out,
    preferred,
)
from perfeval_xl.workbook.layout.header_words import (
    DEPTHS,
    INDICATOR_TITLES,
    LEVELS,
    indicator_role,
    total_label,
)
from perfeval_xl.workbook.layout.target_parts import holds_signs, polarity_column, sign_column

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.geometry import Geometry

_ROWS_LOOKED_AT = 30
_NAME_WORDS = ("名称", "内容", "具体", "三级")


class IndicatorHeader(Record):
    """指标块的表头: its rows and its columns by use."""

    top: int
    bottom: int
    columns: dict[str, Column]
    levels: tuple[Column, ...]
    unknown: tuple[Column, ...] = ()

    @property
    def is_self_evaluation(self) -> bool:
        """It asks what was reached or how it scores, not only what is planned."""
        known = self.columns.keys()
        is_evaluated = "score" in known or ("actual" in known and bool({"target", "weight"} & known))
        return is_evaluated and bool(self.levels)

    @property
    def states_goals(self) -> bool:
        """It names indicators and their targets, and does not ask what was reached: a table of goals."""
        return "target" in self.columns and bool(self.levels) and not self.columns.keys() & {"actual", "score"}



def indicator_header(geometry: Geometry, row: int) -> IndicatorHeader:
    """指标块表头 found by ``row``, the row that names the levels."""
    roles = {column: indicator_role(geometry.words((row, column))) for column in geometry.own(row)}
    named_levels = [column for column, role in roles.items() if role in LEVELS]
    first = min(named_levels or _unlevelled(geometry, row, roles) or [*roles], default=1)
    top = _top(geometry, row, first)
    named = [column for column, role in roles.items() if role and column >= first]
    bottom = max(bottom_row(geometry, row, named, indicator_role), row)
    last = max(geometry.end_column((at, column)) for at in range(top, bottom + 1) for column in geometry.own(at) or [1])
    columns = header_columns(geometry, top, bottom, first, min(last, geometry.last_column + 1), indicator_role)
    by_role = _by_role(geometry, bottom, columns)
    used = {column.place for column in by_role.values()}
    unknown = tuple(column for column in columns if column.role in ("", "name") and column.place not in used)
    unknown += left_out(columns, by_role)
    levels = tuple(by_role[level] for level in DEPTHS if level in by_role)
    return IndicatorHeader(top, bottom, by_role, levels, unknown)


def _unlevelled(geometry: Geometry, row: int, roles: dict[int, str]) -> list[int]:
    """Columns of names on a form without levels, with the column 指标类型 before them."""
    names = [column for column, role in roles.items() if role == "name"]
    return [column for column in roles if names and column < names[0] and geometry.words((row, column)).endswith("类型")] + names


def _top(geometry: Geometry, row: int, first: int) -> int:
    """The upper header row: areas merged down into this row, or data columns named one row above it."""
    for top in range(row - DEEPEST_HEADER, row):
        if any(column >= first and geometry.end_row((top, column)) >= row for column in geometry.own(top)):
            return top
    here = {indicator_role(geometry.words((row, column))) for column in geometry.own(row)}
    above = {indicator_role(geometry.words((row - 1, column))) for column in geometry.own(row - 1) if column > first}
    needed = {"target", "actual", "score"}
    return row - 1 if not here & needed and len(above & needed) > 1 else row


def _by_role(geometry: Geometry, bottom: int, columns: list[Column]) -> dict[str, Column]:
    polarity = polarity_column(geometry, bottom, columns)
    if any(column.role in ("level3", "level4") for column in columns):
        columns = _with_group(geometry, bottom, columns)
    columns = _levels_named(geometry, bottom, _with_one_sign(geometry, bottom, columns))
    if polarity and not any(column.place == polarity.place and column.role == "sign" for column in columns):
        columns = [*(column for column in columns if column.place != polarity.place), polarity._replace(role="polarity")]
    if not any(column.role == "target" for column in columns):
        columns = [column._replace(role="target") if column.role == "adjusted" else column for column in columns]
    columns = _with_remarks(geometry, bottom, _with_row_weights(geometry, bottom, columns))
    return chosen(geometry, columns, titles=INDICATOR_TITLES)


def _with_group(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """四级指标 that hold names are the indicators and 三级指标 their groups; so do names in a column of their own right of groups."""
    third = next((column for column in columns if column.role == "level3"), None)
    fourth = next((column for column in columns if column.role == "level4"), None) or (third and _names_behind(geometry, bottom, columns, third))
    if fourth is None:
        return columns
    from perfeval_xl.workbook.layout.fourth_level import holds_names  # noqa: PLC0415 - few forms have one

    if not holds_names(geometry, bottom, fourth):
        return [column for column in columns if column is not fourth]
    roles = {third: "group", fourth: "level3"}
    return [column._replace(role=roles.get(column, column.role)) for column in columns]


def _names_behind(geometry: Geometry, bottom: int, columns: list[Column], third: Column) -> Column | None:
    """具体指标 right beside 三级指标 that are merged over several of them."""
    beside = next((column for column in columns if column.first == third.last + 1 and column.role == "name"), None)
    if beside is None:
        return None
    from perfeval_xl.workbook.layout.fourth_level import is_divided  # noqa: PLC0415 - few forms have one

    return beside if is_divided(geometry, bottom, third, beside) else None


def _with_remarks(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """Without a column of reasons a filled column 备注 may hold them."""
    remarks = [column for column in columns if column.role == "other" and column.text.endswith("备注")]
    if len(remarks) != 1 or any(column.role == "reason" for column in columns):
        return columns
    from perfeval_xl.workbook.layout.remarks import holds_reasons  # noqa: PLC0415 - few forms have no column of reasons

    is_reason = holds_reasons(geometry, bottom, columns, remarks[0])
    return [column._replace(role="reason") if column is remarks[0] and is_reason else column for column in columns]


def _with_row_weights(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """Without weights of groups: those left of the names count only where each name has one of its own."""
    deepest = max((column for column in columns if column.role in DEPTHS), key=lambda column: column.first, default=None)
    weights = [column for column in columns if column.role == "weight"]
    if deepest is None or not weights:
        return columns
    behind = [column for column in weights if column.first > deepest.first]
    before = [column for column in weights[-1:] if not behind and _is_one_each(geometry, bottom, column, deepest)]
    if not (behind or before):
        geometry.note(weights[-1].place, "这一列分值在指标名称左边, 不知是每个指标的还是一组指标的, 没有读入")
    return [column for column in columns if column.role != "weight" or column in behind or column in before]


def _is_one_each(geometry: Geometry, bottom: int, weights: Column, names: Column) -> bool:
    below = range(bottom + 1, bottom + _ROWS_LOOKED_AT)
    end = next((row for row in below if (own := geometry.own(row)) and total_label(geometry.words((row, own[0]))) is not None), below.stop)
    rows = range(below.start, end)
    held = {row for row in rows if any(weights.first <= at <= weights.last for at in geometry.own(row))}
    named = {row for row in rows if any(names.first <= at <= names.last for at in geometry.own(row))}
    return bool(named) and named <= held and not any(geometry.area(row, weights.first).last_row > row for row in held)


def _with_one_sign(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """Of several sign columns the one that holds signs; other columns of signs count where a header misleads."""
    signs = [column for column in columns if column.role == "sign"]
    sign = sign_column(geometry, bottom, signs)
    if sign is None:
        columns = _sign_by_content(geometry, bottom, columns, signs)
    return columns if len(signs) < 2 else [column for column in columns if column not in signs or column is sign]


def _sign_by_content(geometry: Geometry, bottom: int, columns: list[Column], signs: list[Column]) -> list[Column]:
    """A column under some other header that holds nothing but ≥, ≤, = is the one of the signs."""
    silent = [column for column in columns if column.role in ("", "other", "name")]
    sign = sign_column(geometry, bottom, [column for column in silent if holds_signs(geometry, bottom, column)])
    if sign is None:
        return columns
    kept = [column for column in columns if column not in signs]
    return [column._replace(role="sign") if column is sign else column for column in kept]


def _levels_named(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """Without a column 三级指标 the column 指标名称 (指标内容, 绩效指标 …) is the name of the indicator."""
    names = [column for column in columns if column.role == "name"]
    others = [column for column in columns if column.role != "name"]
    if not any(column.role in LEVELS[:2] for column in columns):
        others = _with_classes(geometry, bottom, others)
    others = _in_two_classes(others)
    name = names[0] if len(names) == 1 else preferred(names, _NAME_WORDS)
    if name is None or any(column.role == "level3" for column in others):
        return others
    if any(column.role in LEVELS for column in others) or len(names) > 1:
        named = [column._replace(role="level3") if column is name else column for column in names]
        return sorted(named + others, key=lambda column: column.first)
    return _split(geometry, bottom, name) + others


def _in_two_classes(columns: list[Column]) -> list[Column]:
    """指标类别 and 指标分类 side by side, neither called 一级 or 二级: the left one is the first level, the right one the second."""
    classes = sorted((column for column in columns if column.role == "level1"), key=lambda column: column.first)
    is_named = any(word in column.text for column in classes for word in ("一级", "1级"))
    if len(classes) != len(LEVELS[:2]) or is_named or any(column.role == "level2" for column in columns):
        return columns
    return [column._replace(role="level2") if column is classes[1] else column for column in columns]


def _with_classes(geometry: Geometry, bottom: int, columns: list[Column]) -> list[Column]:
    """Without 一级指标 and 二级指标 a column 指标类型 that holds 产出指标, 效益指标 … is the first level."""
    from perfeval_xl.workbook.layout.sections import class_column  # noqa: PLC0415 - few forms have one

    classes = class_column(geometry, bottom, columns)
    return [column._replace(role="level1") if column is classes else column for column in columns]


def _split(geometry: Geometry, bottom: int, wide: Column) -> list[Column]:
    """指标 over two or three columns of labels: the levels in their order."""
    starts = sorted(
        {column for row in range(bottom + 1, bottom + _ROWS_LOOKED_AT) for column in geometry.own(row) if wide.first <= column <= wide.last}
    ) or [wide.first]
    ends = [start - 1 for start in starts[1:]] + [wide.last]
    roles = {1: ("level3",), 2: ("level1", "level3"), 3: LEVELS}.get(len(starts), ())
    return [wide._replace(role=role, first=start, last=end) for role, start, end in zip(roles, starts, ends, strict=False)]
