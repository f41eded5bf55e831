"""版面文字: what was recognised of a table, as the small TOML that ``--layout`` takes back."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT
from perfeval_xl.workbook.address import column_letters, place
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.header_words import bare
from perfeval_xl.workbook.layout.taught import (
    FUND_COLUMNS,
    INDICATOR_COLUMNS,
    TaughtBlock,
    column_span,
    taught_funds,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from perfeval_xl.core.table import Fund, Indicator, Table, Value
    from perfeval_xl.workbook.grid import Workbook

_HEAD = """# 由 perfeval-xl layout show 生成的版面; 改正后用 check、score、report、adopt 的 --layout 交回。
# 列写列号, 合并的几列写成 D:E。各单位行数不同时, 删去 last_row 就读到合计行为止。
# 资金行的名称不合官方叫法时, 在 labels 里改等号右边, 例如 "本年投入" = "年度资金总额"、"财政给的" = "其中：财政拨款"。
"""
_FIELDS = {"rate": "written_rate", "score": "written_score"}


def layout_text(workbook: Workbook, tables: Sequence[Table]) -> str:
    """版面 of every table of a workbook."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    geometries = [Geometry(sheets[table.sheet], date1904=workbook.date1904) for table in tables]
    shown = ("\n".join(_lines(table, geometry)) + "\n" for table, geometry in zip(tables, geometries, strict=True))
    return "\n".join([_HEAD, *shown])


def _lines(table: Table, geometry: Geometry) -> Iterator[str]:
    heading = table.heading
    yield "[[table]]"
    yield f"sheet = {_quoted(table.sheet)}"
    yield f"kind = {_quoted(table.kind)}"
    if table.form:
        yield f"form = {_quoted(table.form)}"
    if heading.year:
        yield f"year = {heading.year}"
    if table.money_unit:
        yield f"money_unit = {_quoted(table.money_unit)}"
    named = {
        "title": heading.title, "name": heading.name, "department": heading.department, "unit": heading.unit,
        "goal_planned": table.goal_planned, "goal_done": table.goal_done, "total_weight": table.total_weight,
        "total_score": table.total_score, "grade": table.grade,
    }  # fmt: skip
    yield from (f"{name} = {_quoted(value.cell)}" for name, value in named.items() if value.exists)
    yield from _funds(table, geometry)
    yield from _block("indicators", INDICATOR_COLUMNS, table.indicators, geometry)


def _funds(table: Table, geometry: Geometry) -> Iterator[str]:
    """资金块 by its columns where they give the very rows that were found, else cell by cell; and its labels."""
    rows = table.funds
    columns, numbers = _columns(FUND_COLUMNS, rows, geometry), _numbers(FUND_COLUMNS, rows)
    if not (columns and numbers):
        return
    spans = {role: span for role, text in columns.items() if (span := column_span(text))}
    again = taught_funds(geometry, TaughtBlock(min(numbers), max(numbers), spans), table.money_unit)
    geometry.take_notes()
    if [fund._replace(meaning=ABSENT) for fund in rows] == again:
        yield from _block("funds", FUND_COLUMNS, rows, geometry)
    else:
        yield "[table.funds]"
        yield "rows = ["
        yield from (f"  {{{_cells(row)}}}," for row in rows)
        yield "]"
    labels = {bare(text): fund.meaning.text or text for fund in rows if (text := " ".join(fund.label.text.split()))}
    if labels:
        yield "[table.funds.labels]"
        yield from (f"{_quoted(own)} = {_quoted(meaning)}" for own, meaning in labels.items())


def _cells(row: Fund) -> str:
    cells = {role: getattr(row, _FIELDS.get(role, role)).cell for role in FUND_COLUMNS}
    return ", ".join(f"{role} = {_quoted(cell)}" for role, cell in cells.items() if cell)


def _block(name: str, roles: tuple[str, ...], rows: Sequence[Fund | Indicator], geometry: Geometry) -> Iterator[str]:
    columns, numbers = _columns(roles, rows, geometry), _numbers(roles, rows)
    if columns and numbers:
        yield f"[table.{name}]"
        yield f"first_row = {min(numbers)}"
        yield f"last_row = {max(numbers)}"
        yield f"[table.{name}.columns]"
        yield from (f"{role} = {_quoted(span)}" for role, span in columns.items())


def _columns(roles: tuple[str, ...], rows: Sequence[Fund | Indicator], geometry: Geometry) -> dict[str, str]:
    found = {role: [getattr(row, _FIELDS.get(role, role)) for row in rows] for role in roles}
    if "group" in found and any(value.exists for value in found["group"]):
        found["level3"] = [name for name, group in zip(found["level3"], found["group"], strict=True) if group.exists]
    return {role: span for role, values in found.items() if (span := _column(role, values, geometry))}


def _numbers(roles: tuple[str, ...], rows: Sequence[Fund | Indicator]) -> list[int]:
    named = [role for role in roles if role in ("label", "level3", "target", "budget", "executed", "actual")]
    return [spot[0] for row in rows for role in named if (spot := _place(getattr(row, _FIELDS.get(role, role))))]


def _column(role: str, values: Iterable[Value], geometry: Geometry) -> str:
    """The column of a field, as narrow as its narrowest cell: a label may reach over the next column or be indented."""
    spans = [geometry.area(*spot) for value in values if (spot := _place(value))]
    if not spans:
        return ""
    first, last = min(area.first_column for area in spans), min(area.last_column for area in spans)
    last = max(last, *(area.first_column for area in spans)) if role == "label" else last
    letters = column_letters(first)
    return letters if last <= first else f"{letters}:{column_letters(last)}"


def _place(value: Value) -> tuple[int, int] | None:
    return place(value.cell) if value.exists else None


def _quoted(text: str) -> str:
    """A text as TOML writes it on one line."""
    escapes = {ord("\\"): "\\\\", ord('"'): '\\"', 0x7F: "\\u007F"} | {code: f"\\u{code:04X}" for code in range(32)}
    return '"' + text.replace("\n", " ").translate(escapes) + '"'
