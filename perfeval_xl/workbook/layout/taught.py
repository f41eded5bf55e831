"""教会的版面: a layout that an office wrote down once, used where the words of its headers say too little."""

from __future__ import annotations

import tomllib

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Fund, Heading, Table, Unread, Value
from perfeval_xl.workbook.address import address, column_number, place
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.layout.columns import Column
from perfeval_xl.workbook.layout.funds_block import FundsHeader, fund_rows
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.header_words import LEVELS, total_label
from perfeval_xl.workbook.layout.indicator_block import IndicatorRows, indicator_rows
from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader
from perfeval_xl.workbook.layout.totals import as_points
from perfeval_xl.workbook.layout.value import MONEY, part, points, worded

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.grid import Sheet, Workbook

KINDS = ("fund", "transfer", "department", "project")
CELLS = ("title", "name", "department", "unit", "goal_planned", "goal_done", "total_weight", "total_score", "grade")
FUND_COLUMNS = ("label", "initial_budget", "budget", "executed", "in_place", "balance", "rate", "weight", "score", "reason")
INDICATOR_COLUMNS = (*LEVELS, "target", "sign", "unit", "actual", "weight", "score", "reason", "evidence")
_PLAIN = ("sheet", "kind", "form", "year", "money_unit")
_BLOCKS = {"funds": FUND_COLUMNS, "indicators": INDICATOR_COLUMNS}


class TaughtBlock(Record):
    """一块: its first row, its last (0: down to the total), and the columns by use."""

    first_row: int
    last_row: int
    columns: dict[str, tuple[int, int]]


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
    blocks = {name: _block(entry[name], f"{where}的 {name} ", columns, mistakes) for name, columns in _BLOCKS.items() if name in entry}
    if not blocks:
        mistakes.append(f"{where}至少要有 [table.indicators] 或 [table.funds]")
    sheet, kind, form = (str(entry.get(name, "")) for name in ("sheet", "kind", "form"))
    return Taught(sheet, kind, form, year if isinstance(year, int) else None, str(entry.get("money_unit", "")), cells, blocks.get("funds"), blocks.get("indicators"))


def _block(entry: Any, where: str, allowed: tuple[str, ...], mistakes: list[str]) -> TaughtBlock:
    rows = [entry.get("first_row", 0), entry.get("last_row", 0)] if isinstance(entry, dict) else [0, 0]
    stated = entry.get("columns", {}) if isinstance(entry, dict) else {}
    if not all(isinstance(row, int) for row in rows) or rows[0] < 1 or (rows[1] and rows[1] < rows[0]):
        mistakes.append(f"{where}要写 first_row (第一行的行号), last_row 不能小于它")
        rows = [1, 0]
    columns: dict[str, tuple[int, int]] = {}
    for role, text in stated.items() if isinstance(stated, dict) else ():
        span = _span(str(text))
        if role not in allowed:
            mistakes.append(f"{where}没有「{role}」这一列, 可用: {', '.join(allowed)}")
        elif span is None:
            mistakes.append(f"{where}的 {role} 应是列号, 例如 D 或 D:E")
        else:
            columns[role] = span
    if not columns:
        mistakes.append(f"{where}没有写 columns")
    return TaughtBlock(rows[0], rows[1], columns)


def _span(text: str) -> tuple[int, int] | None:
    first, _, last = text.strip().upper().partition(":")
    left, right = column_number(first), column_number(last or first)
    return (left, right) if left and right and left <= right else None


def taught_tables(workbook: Workbook, layouts: tuple[Taught, ...], ruleset: str) -> tuple[list[Table], list[Unread]]:
    """按教会的版面读表. Raises UnusableFile where a sheet of the layout is not in the workbook."""
    tables = [_table(_sheet(workbook, taught.sheet), taught, ruleset, date1904=workbook.date1904) for taught in layouts]
    return tables, []


def _sheet(workbook: Workbook, name: str) -> Sheet:
    visible = [sheet for sheet in workbook.sheets if sheet.state == "visible"]
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    if named or len(visible) == 1:
        return (named or visible)[0]
    raise UnusableFile(f"{workbook.path}: 没有版面文件里写的工作表「{name}」")


def _table(sheet: Sheet, taught: Taught, ruleset: str, *, date1904: bool) -> Table:
    geometry = Geometry(sheet, date1904=date1904)
    cells = {name: _at(geometry, taught, name) for name in CELLS}
    funds = _funds(geometry, taught) if taught.funds else []
    block = _indicators(geometry, taught) if taught.indicators else IndicatorRows([], None, 0)
    named = {name: cells[name] for name in ("title", "name", "department", "unit")}
    labels = {"name": "名称", "department": "主管部门", "unit": "单位"}
    return Table(
        sheet=sheet.name,
        region=_region(geometry),
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
        unread=tuple(geometry.take_notes()),
    )


def _at(geometry: Geometry, taught: Taught, name: str) -> Value:
    spot = place(taught.cells[name]) if name in taught.cells else None
    if spot is None:
        return ABSENT
    if not name.startswith("total_"):
        return worded(geometry, spot)
    printed = total_label(geometry.words(spot))
    return as_points(part(worded(geometry, spot), printed[1])) if printed and printed[1] else points(geometry, spot)


def _region(geometry: Geometry) -> str:
    rows = geometry.rows or [1]
    extent = geometry.extent(rows[0], rows[-1])
    return f"{address(extent.first_row, extent.first_column)}:{address(extent.last_row, extent.last_column)}"


def _columns(geometry: Geometry, block: TaughtBlock) -> dict[str, Column]:
    above = block.first_row - 1
    return {
        role: Column(role, geometry.shown(above, first) if above else "", first, last, (max(above, 1), first))
        for role, (first, last) in block.columns.items()
    }


def _last(geometry: Geometry, block: TaughtBlock) -> int:
    return block.last_row or (geometry.rows[-1] if geometry.rows else block.first_row)


def _funds(geometry: Geometry, taught: Taught) -> list[Fund]:
    block = taught.funds
    assert block is not None
    columns = _columns(geometry, block)
    columns.pop("label", None)
    header = FundsHeader(block.first_row - 1, block.first_row - 1, columns, None, _last(geometry, block))
    funds, _ = fund_rows(geometry, header, taught.money_unit)
    return funds


def _indicators(geometry: Geometry, taught: Taught) -> IndicatorRows:
    block = taught.indicators
    assert block is not None
    columns = _columns(geometry, block)
    levels = tuple(columns[level] for level in LEVELS if level in columns) or tuple(columns.values())[:1]
    header = IndicatorHeader(block.first_row - 1, block.first_row - 1, columns, levels)
    return indicator_rows(geometry, header, _last(geometry, block))


