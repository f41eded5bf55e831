"""版面文字: what was recognised of a table, as the small TOML that ``--layout`` takes back."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import column_letters, place
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.taught import FUND_COLUMNS, INDICATOR_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from perfeval_xl.core.table import Fund, Indicator, Table, Value
    from perfeval_xl.workbook.grid import Workbook

_HEAD = """# 由 perfeval-xl layout show 生成的版面; 改正后用 check、score、adopt 的 --layout 交回。
# 列写列号, 合并的几列写成 D:E。各单位行数不同时, 删去 last_row 就读到合计行为止。
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
    yield from _block("funds", FUND_COLUMNS, table.funds, geometry)
    yield from _block("indicators", INDICATOR_COLUMNS, table.indicators, geometry)


def _block(name: str, roles: tuple[str, ...], rows: Sequence[Fund | Indicator], geometry: Geometry) -> Iterator[str]:
    columns = {role: span for role in roles if (span := _column((getattr(row, _FIELDS.get(role, role)) for row in rows), geometry))}
    numbers = [spot[0] for row in rows for role in roles if (spot := _place(getattr(row, _FIELDS.get(role, role)))) and role in ("label", "level3", "target", "budget", "executed", "actual")]
    if columns and numbers:
        yield f"[table.{name}]"
        yield f"first_row = {min(numbers)}"
        yield f"last_row = {max(numbers)}"
        yield f"[table.{name}.columns]"
        yield from (f"{role} = {_quoted(span)}" for role, span in columns.items())


def _column(values: Iterable[Value], geometry: Geometry) -> str:
    """The column of a field, as narrow as its narrowest cell: a label may reach over the next column."""
    spans = [geometry.area(*spot) for value in values if (spot := _place(value))]
    if not spans:
        return ""
    first, last = min(area.first_column for area in spans), min(area.last_column for area in spans)
    letters = column_letters(first)
    return letters if last <= first else f"{letters}:{column_letters(last)}"


def _place(value: Value) -> tuple[int, int] | None:
    return place(value.cell) if value.exists else None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
