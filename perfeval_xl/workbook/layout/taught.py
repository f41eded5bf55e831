"""教会的版面: a layout that an office wrote down once, used where the words of its headers say too little."""

from __future__ import annotations

import tomllib

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Heading, Table, Unread, Value
from perfeval_xl.workbook.address import area_text, column_number, place
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.layout.columns import Column
from perfeval_xl.workbook.layout.extract import MOST_BEHIND
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.header_words import DEPTHS, OUR_SHEETS, total_label
from perfeval_xl.workbook.layout.indicator_block import IndicatorRows, indicator_rows
from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader
from perfeval_xl.workbook.layout.passages import passages
from perfeval_xl.workbook.layout.signatures import signatures
from perfeval_xl.workbook.layout.taught_funds import funds_by_cell, funds_by_column, with_meanings
from perfeval_xl.workbook.layout.totals import as_points
from perfeval_xl.workbook.layout.value import MONEY, part, points, worded

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.grid import Sheet, Workbook

KINDS = ("fund", "transfer", "department", "project")
CELLS = ("title", "name", "department", "unit", "goal_planned", "goal_done", "total_weight", "total_score", "grade")
FUND_COLUMNS = ("label", "initial_budget", "budget", "executed", "in_place", "balance", "rate", "weight", "score", "reason")
INDICATOR_COLUMNS = (*DEPTHS, "target", "sign", "unit", "actual", "weight", "score", "score_rate", "reason", "evidence")
_PLAIN = ("sheet", "kind", "form", "year", "money_unit")
_BLOCKS = {"funds": FUND_COLUMNS, "indicators": INDICATOR_COLUMNS}
_BLOCK_KEYS = {"funds": ("first_row", "last_row", "columns", "rows", "labels"), "indicators": ("first_row", "last_row", "columns")}


class TaughtBlock(Record):
    """一块: its first row, its last (0: down to the total), and the columns by use.

    ``rows``: instead of columns the cells of every row by use. ``labels``: what an office's own labels of rows are called
    on official forms.
    """

    first_row: int
    last_row: int
    columns: dict[str, tuple[int, int]]
    rows: tuple[dict[str, str], ...] = ()
    labels: dict[str, str] = {}  # noqa: RUF012 - never mutated


class Taught(Record):
    """一张表的版面. ``sheet`` "" stands for the only visible sheet."""

    sheet: str
    kind: str
    form: str
    year: int | None
    money_unit: str
    cells: dict[str, str]
    funds: TaughtBlock | None
    indicators: TaughtBlock | None


def taught_layouts(path: str) -> tuple[Taught, ...]:
    """读版面文件. Raises UnusableFile with one sentence that names every mistake."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs a click
            data = tomllib.loads(file.read().decode("utf-8-sig"))
    except OSError:
        raise UnusableFile(f"{path}: 读不到版面文件, 请检查路径") from None
    except RecursionError:
        raise UnusableFile(f"{path}: 括号套得太深, 这不是版面文件") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableFile(f"{path}: 版面文件写法有误{_place_of(error)}, 请改正, 或用 perfeval-xl layout show 重新生成") from None
    entries = data.get("table")
    if not isinstance(entries, list) or not entries:
        raise UnusableFile(f"{path}: 版面文件里没有 [[table]]")
    mistakes: list[str] = []
    found = tuple(_taught(entry, number, mistakes) for number, entry in enumerate(entries, 1) if isinstance(entry, dict))
    if mistakes:
        raise UnusableFile(f"{path}: " + "; ".join(mistakes))
    return found


def _place_of(error: ValueError) -> str:
    """Where a file is no TOML, in the clerk's words."""
    if isinstance(error, UnicodeDecodeError):
        return " (不是 UTF-8 编码)"
    number = str(error).rpartition("line ")[2].partition(",")[0]
    return f" (第 {number} 行)" if number.isdecimal() else " (文件末尾: 括号或引号没有成对)"


def _taught(entry: dict[str, Any], number: int, mistakes: list[str]) -> Taught:
    where = f"第 {number} 个 [[table]] "
    known = (*_PLAIN, *CELLS, *_BLOCKS)
    mistakes += [f"{where}有不认识的键「{key}」, 可用: {', '.join(known)}" for key in entry if key not in known]
    if entry.get("kind") not in KINDS:
        mistakes.append(f"{where}的 kind 应是 {', '.join(KINDS)} 之一")
    if entry.get("money_unit", "") not in ("", *MONEY):
        mistakes.append(f"{where}的 money_unit 应是 元、万元 或 亿元")
    year = entry.get("year")
    if year is not None and not isinstance(year, int):
        mistakes.append(f"{where}的 year 应是四位年度, 例如 2024")
    cells = {name: str(entry[name]) for name in CELLS if name in entry}
    mistakes += [f"{where}的 {name} 应是单元格, 例如 C3" for name, cell in cells.items() if place(cell) is None]
    blocks = {name: _block(entry[name], f"{where}的 {name} ", name, mistakes) for name in _BLOCKS if name in entry}
    if not blocks:
        mistakes.append(f"{where}至少要有 [table.indicators] 或 [table.funds]")
    sheet, kind, form = (str(entry.get(name, "")) for name in ("sheet", "kind", "form"))
    return Taught(sheet, kind, form, year if isinstance(year, int) else None, str(entry.get("money_unit", "")), cells, blocks.get("funds"), blocks.get("indicators"))


def _block(entry: Any, where: str, name: str, mistakes: list[str]) -> TaughtBlock:
    stated = entry if isinstance(entry, dict) else {}
    mistakes += [f"{where}有不认识的键「{key}」, 可用: {', '.join(_BLOCK_KEYS[name])}" for key in stated if key not in _BLOCK_KEYS[name]]
    labels = _labels(stated.get("labels", {}), where, mistakes)
    if "rows" in stated:
        if "columns" in stated:
            mistakes.append(f"{where}的 rows 和 columns 只写一种")
        rows = _rows(stated["rows"], where, mistakes)
        first, last = _reach(rows)
        return TaughtBlock(first, last, {}, rows, labels)
    ends = [stated.get("first_row", 0), stated.get("last_row", 0)]
    if not all(isinstance(row, int) for row in ends) or ends[0] < 1 or (ends[1] and ends[1] < ends[0]):
        mistakes.append(f"{where}要写 first_row (第一行的行号), last_row 不能小于它")
        ends = [1, 0]
    return TaughtBlock(ends[0], ends[1], _spans(stated.get("columns"), where, _BLOCKS[name], mistakes), (), labels)


def _spans(stated: Any, where: str, allowed: tuple[str, ...], mistakes: list[str]) -> dict[str, tuple[int, int]]:
    columns: dict[str, tuple[int, int]] = {}
    for role, text in stated.items() if isinstance(stated, dict) else ():
        span = column_span(str(text))
        if role not in allowed:
            mistakes.append(f"{where}没有「{role}」这一列, 可用: {', '.join(allowed)}")
        elif span is None:
            mistakes.append(f"{where}的 {role} 应是列号, 例如 D 或 D:E")
        else:
            columns[role] = span
    if not columns:
        mistakes.append(f"{where}没有写 columns")
    return columns


def _rows(stated: Any, where: str, mistakes: list[str]) -> tuple[dict[str, str], ...]:
    """Rows whose every cell is named: {label = "B5", budget = "C5"}."""
    rows = [row for row in stated if isinstance(row, dict)] if isinstance(stated, list) else []
    for row in rows:
        mistakes += [f"{where}的 rows 没有「{role}」这一项, 可用: {', '.join(FUND_COLUMNS)}" for role in row if role not in FUND_COLUMNS]
        mistakes += [f"{where}的 rows 里 {role} 应是单元格, 例如 C5" for role, cell in row.items() if place(str(cell)) is None]
    if not rows:
        mistakes.append(f'{where}的 rows 要逐行写单元格, 例如 {{label = "B5", budget = "C5"}}')
    return tuple({role: str(cell) for role, cell in row.items()} for row in rows)


def _reach(rows: tuple[dict[str, str], ...]) -> tuple[int, int]:
    numbers = [spot[0] for row in rows for cell in row.values() if (spot := place(cell))] or [1]
    return min(numbers), max(numbers)


def _labels(stated: Any, where: str, mistakes: list[str]) -> dict[str, str]:
    if not isinstance(stated, dict) or not all(isinstance(meaning, str) for meaning in stated.values()):
        mistakes.append(f'{where}的 labels 应写 表里的叫法 = 官方表的叫法, 例如 "本年投入" = "年度资金总额"')
        return {}
    return stated


def column_span(text: str) -> tuple[int, int] | None:
    """列号 D or D:E as the first and the last column; None for anything else."""
    first, _, last = text.strip().upper().partition(":")
    left, right = column_number(first), column_number(last or first)
    return (left, right) if left and right and left <= right else None


def taught_tables(workbook: Workbook, layouts: tuple[Taught, ...], ruleset: str) -> tuple[list[Table], list[Unread]]:
    """按教会的版面读表. Raises UnusableFile where a sheet of the layout is not in the workbook."""
    sheets = [_sheet(workbook, taught.sheet) for taught in layouts]
    tops = [(sheet.name, _top(taught)) for sheet, taught in zip(sheets, layouts, strict=True)]
    tables = []
    for sheet, taught, (name, top) in zip(sheets, layouts, tops, strict=True):
        on_sheet = sorted(other for its, other in tops if its == name)
        geometry = Geometry(sheet, date1904=workbook.date1904)
        first = 1 if top == on_sheet[0] else top
        last = next((other - 1 for other in on_sheet if other > top), (geometry.rows or [1])[-1])
        tables.append(_table(geometry, taught, [row for row in geometry.rows if first <= row <= last], ruleset))
    return tables, []


def _top(taught: Taught) -> int:
    """The first row that a layout speaks of."""
    named = [spot[0] for cell in taught.cells.values() if (spot := place(cell))]
    return min([*named, *(max(block.first_row - 1, 1) for block in (taught.funds, taught.indicators) if block)])


def _sheet(workbook: Workbook, name: str) -> Sheet:
    visible = [sheet for sheet in workbook.sheets if sheet.state == "visible" and sheet.name not in OUR_SHEETS]
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    if named or len(visible) == 1:
        return (named or visible)[0]
    raise UnusableFile(f"{workbook.path}: 没有版面文件里写的工作表「{name}」")


def _table(geometry: Geometry, taught: Taught, rows: list[int], ruleset: str) -> Table:
    cells = {name: _at(geometry, taught, name) for name in CELLS}
    columns = _columns(geometry, taught.indicators) if taught.indicators else {}
    funds = taught_funds(geometry, taught.funds, taught.money_unit) if taught.funds else []
    block = _indicators(geometry, taught.indicators, columns) if taught.indicators else IndicatorRows([], None, 0)
    between, behind = _around(taught, block, rows)
    named = {name: cells[name] for name in ("title", "name", "department", "unit")}
    labels = {"name": "名称", "department": "主管部门", "unit": "单位"}
    return Table(
        sheet=geometry.sheet.name,
        region=_region(geometry, rows),
        kind=taught.kind,
        form=taught.form,
        heading=Heading(**named, year=taught.year, required=tuple((words, cells[name]) for name, words in labels.items() if cells[name].exists)),
        funds=tuple(funds),
        indicators=tuple(block.indicators),
        ruleset=ruleset,
        money_unit=taught.money_unit,
        goal_planned=cells["goal_planned"],
        goal_done=cells["goal_done"],
        total_weight=cells["total_weight"],
        total_score=cells["total_score"],
        grade=cells["grade"],
        signatures=signatures(geometry, behind),
        passages=passages(geometry, [*between, *behind]),
        reason_title=columns["reason"].text if "reason" in columns else "",
        unread=tuple(geometry.take_notes()),
    )


def _around(taught: Taught, block: IndicatorRows, rows: list[int]) -> tuple[list[int], list[int]]:
    """The rows above the indicators that are no funds, and those behind the last block."""
    funds, indicators = taught.funds, taught.indicators
    ends = (block.last_row, block.total_row or 0, funds.last_row or funds.first_row if funds else 0)
    top = max(indicators.first_row - 1, 1) if indicators else max(ends) + 1
    between = [row for row in rows if row < top and not (funds and funds.first_row <= row <= ends[2])]
    return between, [row for row in rows if max(ends) < row <= max(ends) + MOST_BEHIND]


def _at(geometry: Geometry, taught: Taught, name: str) -> Value:
    spot = place(taught.cells[name]) if name in taught.cells else None
    if spot is None:
        return ABSENT
    if not name.startswith("total_"):
        return worded(geometry, spot)
    printed = total_label(geometry.words(spot))
    return as_points(part(worded(geometry, spot), printed[1])) if printed and printed[1] else points(geometry, spot)


def _region(geometry: Geometry, rows: list[int]) -> str:
    return area_text(geometry.extent(rows[0], rows[-1])) if rows else "A1:A1"


def _columns(geometry: Geometry, block: TaughtBlock) -> dict[str, Column]:
    above = block.first_row - 1
    return {
        role: Column(role, geometry.shown(above, first) if above else "", first, last, (max(above, 1), first))
        for role, (first, last) in block.columns.items()
    }


def _last(geometry: Geometry, block: TaughtBlock) -> int:
    return block.last_row or (geometry.rows[-1] if geometry.rows else block.first_row)


def taught_funds(geometry: Geometry, block: TaughtBlock, money_unit: str) -> list[Fund]:
    """资金各行 as a block of a layout says."""
    if block.rows:
        funds = funds_by_cell(geometry, block.rows, money_unit)
    else:
        rows = block.first_row, _last(geometry, block)
        funds = funds_by_column(geometry, _columns(geometry, block), rows, money_unit, is_bounded=bool(block.last_row))
    return with_meanings(funds, block.labels)


def _indicators(geometry: Geometry, block: TaughtBlock, columns: dict[str, Column]) -> IndicatorRows:
    levels = tuple(columns[level] for level in DEPTHS if level in columns) or tuple(columns.values())[:1]
    header = IndicatorHeader(block.first_row - 1, block.first_row - 1, columns, levels)
    return indicator_rows(geometry, header, _last(geometry, block))
