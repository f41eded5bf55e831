"""每项的评分规则: what a clerk may have changed on our own sheet 评分规则."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import parse_rule
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import RULE_FIRST_ROW, RULE_SHEET

if TYPE_CHECKING:
    from perfeval_xl.core.table import Indicator, Table
    from perfeval_xl.workbook.grid import Sheet, Workbook

_NAME, _RULE = 2, 3


def with_rules(table: Table, workbook: Workbook) -> Table:
    """The one table of a workbook with the rule of each indicator as 评分规则 states it."""
    return all_with_rules([table], workbook)[0]


def all_with_rules(tables: list[Table], workbook: Workbook) -> list[Table]:
    """Every table of a workbook with its rules: 评分规则 lists their indicators one table after the other.

    A table that names no ruleset is none of ours. A rule that cannot be read, or that stands beside another
    indicator's name, is reported and not applied.
    """
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == RULE_SHEET), None)
    if sheet is None:
        return tables
    found: list[Table] = []
    row = RULE_FIRST_ROW
    for table in tables:
        ruled, row = _ruled_table(sheet, row, table)
        found.append(ruled if table.ruleset else table)
    return found


def _ruled_table(sheet: Sheet, row: int, table: Table) -> tuple[Table, int]:
    """The table with the rules from ``row`` on, and the row below them."""
    ruled: list[Indicator | Unread] = []
    for indicator in table.indicators:
        row = _own_row(sheet, row, indicator.name.strip())
        ruled.append(_ruled(sheet, row, indicator))
        row += 1
    notes = tuple(found for found in ruled if isinstance(found, Unread))
    indicators = tuple(own if isinstance(found, Unread) else found for own, found in zip(table.indicators, ruled, strict=True))
    return table._replace(indicators=indicators, unread=(*table.unread, *notes)), row


def _own_row(sheet: Sheet, row: int, name: str) -> int:
    """The row of an indicator, at ``row`` or behind the rows of form lines that nobody filled."""
    if name and _text(sheet, row, _NAME) == name:
        return row
    own = row
    while _text(sheet, own, _RULE) and not _text(sheet, own, _NAME):
        own += 1
    return own if _text(sheet, own, _NAME) == name else row


def _ruled(sheet: Sheet, row: int, indicator: Indicator) -> Indicator | Unread:
    text, name = _text(sheet, row, _RULE), _text(sheet, row, _NAME)
    if not text:
        return indicator
    place = address(row, _RULE)
    if name and name != indicator.name.strip():
        return Unread(sheet.name, place, f"这一行写的是「{name}」, 自评表同一位置是「{indicator.name}」, 没有采用这条规则")
    parsed = parse_rule(text)
    return Unread(sheet.name, place, parsed) if isinstance(parsed, str) else indicator._replace(rule=text)


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return cell.value.strip() if cell is not None and type(cell.value) is str else ""
