"""批复的绩效目标表: read from any workbook and laid beside the self-evaluation tables it belongs to."""

from __future__ import annotations

from perfeval_xl.checks.goal_table import name_key
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.reading.reader import named_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.table import Table

_LEAST_SHARED = 0.5     # of the smaller table's indicators, where no name of the project says that both belong together


def approved_goals(path: str) -> list[Table]:
    """读批复的绩效目标表; raises UnusableFile with one sentence where the workbook holds none."""
    workbook = named_workbook(path)
    tables, unread = find_tables(workbook, goals=True)
    filled = [table for table in tables if any(item.name.strip() and not item.target.is_blank for item in table.indicators)]
    if not filled:
        reason = next((note.reason for note in unread[1:]), "没有指标名称和指标值两列")
        raise UnusableFile(f"{path}: 没有找到绩效目标表: {reason.removesuffix(', 没有读入')}")
    return filled


def goals_for(tables: Sequence[Table], goals: Sequence[Table], path: str) -> list[Table]:
    """每张自评表的目标表, in their order: of the same name and year, or the only one.

    Raises UnusableFile where a table has none: another year, another project, or several projects in one list.
    """
    return [_goals_of(table, goals, path) for table in tables]


def _goals_of(table: Table, goals: Sequence[Table], path: str) -> Table:
    of_the_year = [other for other in goals if not other.heading.year or not table.heading.year or other.heading.year == table.heading.year]
    if not of_the_year:
        years = "、".join(sorted({f"{other.heading.year} 年" for other in goals}))
        raise UnusableFile(f"{path}: 绩效目标表是 {years}的, 自评表「{table.sheet}」是 {table.heading.year} 年的, 不能对照")
    named = [other for other in of_the_year if _project(other) and _project(other) == _project(table)]
    found = named or [other for other in of_the_year if _shares(table, other)]
    if len(found) == 1:
        return _one_project(found[0], path)
    what = table.heading.name.text.strip() or table.sheet
    if found:
        raise UnusableFile(f"{path}: 有 {len(found)} 张绩效目标表都像是「{what}」的, 请只留一张")
    raise UnusableFile(f"{path}: 没有「{what}」的绩效目标表, 请核对文件和项目名称")


def _project(table: Table) -> str:
    """项目名称 without the code that some systems print in front of it."""
    name = name_key(table.heading.name.text)
    code, dash, rest = name.partition("-")
    return rest if dash and rest and code.isascii() and code.isalnum() and len(code) > 5 else name


def _shares(table: Table, other: Table) -> bool:
    own, approved = ({name_key(item.name) for item in side.indicators} - {""} for side in (table, other))
    return bool(own and approved) and len(own & approved) >= _LEAST_SHARED * min(len(own), len(approved))


def _one_project(goals: Table, path: str) -> Table:
    """A list of many projects repeats its names: which rows are this project's is not told."""
    names = [name_key(item.name) for item in goals.indicators if item.name.strip()]
    if not goals.heading.name.typed and len(set(names)) < len(names):
        raise UnusableFile(f"{path}: 工作表「{goals.sheet}」里像有几个项目的目标, 请只留本项目的各行")
    return goals
