"""Reads the layout skeletons in data/layouts: a grid, and the tables a reader should find in it."""

import tomllib
from pathlib import Path

from perfeval_xl.core.table import Indicator
from perfeval_xl.workbook.address import area, place
from perfeval_xl.workbook.grid import Cell, Sheet, Workbook

FOLDER = Path(__file__).parent / "data" / "layouts"
FIELDS = Indicator._fields
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def layout(name):
    """A skeleton: (workbook, the tables written beside it)."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return workbook(data), data["tables"]


def workbook(data):
    cells = {place(where): _cell(value) for where, value in data["cells"].items()}
    merges = tuple(area(text) for text in data.get("merges", "").split())
    sheet = Sheet("自评表", "visible", cells, merges, frozenset(data.get("hidden_rows", ())))
    return Workbook("layout.xlsx", (sheet,))


def _cell(value):
    return Cell(value[0], "", value[1]) if isinstance(value, list) else Cell(value)


def fields(table):
    """Every field of a table that holds something, as the skeletons write it."""
    heading, found = table.heading, {}
    named = {name: getattr(heading, name) for name in ("title", "name", "department", "unit")}
    named |= {name: getattr(table, name) for name in ("goal_planned", "goal_done", "total_weight", "total_score")}
    found |= {name: [value.cell, value.text] for name, value in named.items() if value.text}
    found |= {"region": table.region, "kind": table.kind, "year": heading.year, "money_unit": table.money_unit}
    found["funds"] = [_row(fund) for fund in table.funds]
    found["indicators"] = [_row(indicator[: FIELDS.index("sign")], FIELDS) for indicator in table.indicators]
    return found


def _row(values, names=None):
    names = names or values._fields
    return {name: [value.cell, value.text] for name, value in zip(names, values, strict=False) if value.text}
