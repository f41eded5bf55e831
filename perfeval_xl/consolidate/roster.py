"""应报单位名单: one column of an .xlsx or .csv file."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

from perfeval_xl.workbook.grid import UnusableFile

_HEADINGS = ("单位名称", "单位", "部门名称", "部门", "名称", "填报单位", "预算单位")
_HEADING_ENDS = ("单位名称", "部门名称", "机构名称", "单位", "部门", "机构")
_COMPANIONS = frozenset(("序号", "编号", "代码", "备注", "联系人", "联系电话", "电话", "手机"))    # columns beside the units
_NO_UNITS = frozenset(("合计", "总计", "小计", "共计"))
_HEAD_ROWS = 10
_ENCODINGS = ("utf-8-sig", "gb18030")
_MOST_BYTES = 10_000_000     # more than all units of the country


def roster_of(path: Path) -> list[str]:
    """应报单位, each once, in the order of the list; rows of sums and bare numbers are none. Raises UnusableFile with one sentence."""
    rows = _csv_rows(path) if path.suffix.lower() in (".csv", ".txt") else _sheet_rows(path)
    column, first = _column(rows)
    units = [row[column].strip() for row in rows[first:] if column < len(row) and _is_unit(row[column])]
    if not units:
        raise UnusableFile(f"{path}: 名单里没有单位; 请在第一列写单位名称, 一行一个")
    return list(dict.fromkeys(units))


def _is_unit(text: str) -> bool:
    name = plain_name(text)
    return any(mark.isalpha() for mark in name) and name not in _NO_UNITS


def _column(rows: list[list[str]]) -> tuple[int, int]:
    """The column of units and the row below its heading: a heading of the usual words, else one that ends in them above
    other columns; without a heading the first column that holds names.
    """
    head = [[plain_name(text) for text in row] for row in rows[:_HEAD_ROWS]]
    for number, row in enumerate(head):
        for heading in _HEADINGS:
            if heading in row:
                return row.index(heading), number + 1
    beside = next((number for number, row in enumerate(head) if not _COMPANIONS.isdisjoint(row)), -1)
    if beside < 0:
        return _first_named(rows), 0
    column = next((place for place, text in enumerate(head[beside]) if text.endswith(_HEADING_ENDS)), None)
    return _first_named(rows[beside + 1 :]) if column is None else column, beside + 1


def _first_named(rows: list[list[str]]) -> int:
    """The first column most rows of which hold a name."""
    named = Counter(column for row in rows for column, text in enumerate(row) if text and _is_unit(text))
    most = max(named.values(), default=0)
    return min((column for column, count in named.items() if count * 2 > most), default=0)


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST_BYTES else b""
    except (OSError, ValueError):
        raise UnusableFile(f"{path}: 读不到单位名单, 请检查路径") from None
    if size > _MOST_BYTES:
        raise UnusableFile(f"{path}: 超过 {_MOST_BYTES // 1_000_000} MB, 不像单位名单; 请只留单位名称, 一行一个")
    for encoding in _ENCODINGS:
        try:
            return list(csv.reader(data.decode(encoding).splitlines()))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise UnusableFile(f"{path}: 看不懂名单的文字编码, 请在 Excel 里另存为 .xlsx")


def _sheet_rows(path: Path) -> list[list[str]]:
    """The filled rows of the first sheet with any. A self-evaluation table given by mistake is no list: its words are no units."""
    from perfeval_xl.workbook.layout.locate import find_tables  # noqa: PLC0415 - a list may as well be a text
    from perfeval_xl.workbook.reading.reader import named_workbook  # noqa: PLC0415

    workbook = named_workbook(str(path))
    if find_tables(workbook)[0]:
        raise UnusableFile(f"{path}: 这是绩效自评表, 不是单位名单; 名单的第一列写单位名称, 一行一个")
    cells = next((sheet.cells for sheet in workbook.sheets if sheet.cells), {})
    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(cells.items()):
        own = rows.setdefault(row, [])
        own += [""] * (column - len(own))
        own[column - 1] = "" if cell.value is None else str(cell.value)
    return list(rows.values())


def plain_name(text: str) -> str:
    """单位名称 for comparison: half width, no spaces.

    >>> plain_name("某　县（市）医保局 ")
    '某县(市)医保局'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
