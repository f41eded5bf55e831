"""Reads the drawings in data/strangers: a grid in text, and beside it which cell holds which field.

A drawing begins with lines ``expect``, ``indicator``, ``fund``, ``one`` (a fund by its cells), ``subtotal``, ``section``
(level 1 of some rows), ``third`` (rows in which 三级指标 is the indicator itself) and ``hidden`` (hidden columns of the first
sheet), all with the number of their table, 1 where left out; below the first empty line stands the grid. A row
of it begins with marks: I, F, S, T of the rows that hold an indicator, a fund, a subtotal or the totals (I2 those of the second
table), h of a hidden row. ``<`` continues the cell to the left,
``^`` the one above; ``\\n`` breaks a line, ``'7`` is a number typed as text, ``0.95[0%]`` one with its format,
``=A1/B1->0.5`` a formula and its result. A line ``@name`` begins a sheet of its own. ``adjusted`` of the indicators is a
column whose filled cells hold the target.
"""

from __future__ import annotations

import re
from pathlib import Path

from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.grid import Area, Cell, Sheet, Workbook

FOLDER = Path(__file__).parent / "data" / "strangers"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
SHORT = {"rate": "written_rate", "score": "written_score"}
POINTS = frozenset(("weight", "score"))
SUMS = ("label", "weight", "written_score", "score_rate")
HEADS = ("title", "name", "department", "unit")
WHOLE = ("goal_planned", "goal_done", "total_weight", "total_score", "total_score_rate", "grade")
BLOCKS = {"F": "funds", "I": "indicators", "S": "subtotals"}


class Drawn:
    """A drawing: the workbook, and by table the fields it shows: {(block, row, field): cell} and plain facts."""

    def __init__(self, name):
        head, _, grid = (FOLDER / f"{name}.txt").read_text("utf-8").partition("\n\n")
        self.columns, self.cells, self.facts, self.thirds, self.hidden = {}, {}, {}, set(), frozenset()
        lines = [line.partition(":") for line in head.splitlines() if not line.startswith("#")]
        for words, _, pairs in lines:
            self._directive(words.rstrip("0123456789"), int(words[-1]) if words[-1].isdigit() else 1, pairs.split())
        self.sheets = []
        for part in re.split(r"^(?=@)", grid, flags=re.MULTILINE) if grid.startswith("@") else [f"@自评表\n{grid}"]:
            sheet, _, rows = part.partition("\n")
            if sheet:
                self._draw(_Grid(rows, sheet.removeprefix("@")))
        for cells in self.cells.values():
            thirds = [("indicators", row, "group") for row in self.thirds if ("indicators", row, "group") in cells]
            cells |= {(*key[:2], "level3"): cells.pop(key) for key in thirds}

    @property
    def workbook(self):
        return Workbook("stranger.xlsx", tuple(self.sheets))

    def stored(self, sheet, cell):
        """What the named sheet holds in a cell."""
        return next(drawn for drawn in self.sheets if drawn.name == sheet).cells[place(cell)].value

    def _draw(self, grid):
        hidden = frozenset() if self.sheets else self.hidden
        self.sheets.append(grid.sheet._replace(hidden_columns=hidden))
        for marks, row in grid.marked:
            for mark in marks:
                self._row(mark[0], int(mark[1:] or 1), row)

    def _directive(self, word, table, pairs):
        given = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        cells, facts = self.cells.setdefault(table, {}), self.facts.setdefault(table, {})
        if word == "expect":
            facts |= {name: value for name, value in given.items() if name in ("kind", "year", "money_unit")}
            cells |= {("head", 0, name): cell for name, cell in given.items() if name in HEADS + WHOLE}
        elif word == "one":
            row = _fund_key(given["label"], given.get("budget", ""), cells)
            cells |= {("funds", row, SHORT.get(name, name)): cell for name, cell in given.items()}
        elif word == "third":
            self.thirds |= {int(row) for row in pairs}
        elif word == "section":
            spans = ((cell, map(int, rows.split("-"))) for cell, rows in given.items())
            cells |= {("indicators", row, "level1"): cell for cell, (first, last) in spans for row in range(first, last + 1)}
        elif word == "hidden":
            self.hidden = frozenset(place(f"{column}1")[1] for column in given["columns"].split(","))
        else:
            self.columns[word[0].upper(), table] = {name: place(f"{column}1")[1] for name, column in given.items()}

    def _row(self, mark, table, row):
        columns, cells = dict(self.columns[{"T": "I"}.get(mark, mark), table]), self.cells[table]
        adjusted = columns.pop("adjusted", None)
        if (row, adjusted) in self.sheets[-1].cells:
            columns["target"] = adjusted
        columns = {name: column for name, column in columns.items() if not self._is_taken(row, column, columns.values())}
        for name, column in columns.items():
            if mark == "T" and name in (*POINTS, "score_rate"):
                self._put(cells, ("head", 0, f"total_{name}"), row, column, is_once=False)
            elif mark != "T":
                is_fund = mark == "F"
                key = row * 1000 + columns["label"] if is_fund else row
                once = name in POINTS or (is_fund and name not in ("label", "reason"))
                self._put(cells, (BLOCKS[mark], key, SHORT.get(name, name)), row, column, is_once=once)

    def _is_taken(self, row, column, columns):
        """A cell merged over several columns is that of the first of them."""
        area = next((area for area in self.sheets[-1].merges if (row, column) in area), None)
        return area is not None and any(area.first_column <= other < column for other in columns)

    def _put(self, cells, key, row, column, *, is_once):
        area = next((area for area in self.sheets[-1].merges if (row, column) in area), Area(row, column, row, column))
        at = (area.first_row, area.first_column)
        if at in self.sheets[-1].cells and not (is_once and at[0] < row):
            cells[key] = address(*at)


class _Grid:
    """The text of a grid as a sheet, and its rows with their marks."""

    def __init__(self, text, name):
        self.marked, cells, joined, hidden = [], {}, {}, set()
        for row, line in enumerate(text.rstrip("\n").split("\n"), 1):
            marks, *texts = line.split("|")
            self.marked.append(([mark for mark in marks.split() if mark != "h"], row))
            hidden |= {row} if "h" in marks.split() else set()
            for column, content in enumerate(map(str.strip, texts), 1):
                if content in ("<", "^"):
                    beside = (row, column - 1) if content == "<" else (row - 1, column)
                    joined[row, column] = joined.get(beside, beside)
                elif content:
                    cells[row, column] = _cell(content)
        areas = {}
        for at, start in joined.items():
            areas.setdefault(start, [start]).append(at)
        merges = tuple(Area(*start, max(r for r, _ in taken), max(c for _, c in taken)) for start, taken in areas.items())
        self.sheet = Sheet(name, "visible", cells, merges, frozenset(hidden))


def _fund_key(label, budget, known):
    """The place of the label as a number; of the budget where the label names a second fund."""
    row, column = place(label)
    if ("funds", row * 1000 + column, "label") in known:
        row, column = place(budget)
    return row * 1000 + column


def _cell(content):
    formula, arrow, content = content.rpartition("->")
    number = re.fullmatch(r"(-?\d+(?:\.\d+)?)(?:\[(.+)\])?", content)
    if number:
        return Cell(float(number[1]), formula.strip().lstrip("=") if arrow else "", number[2] or "General")
    return Cell(content.removeprefix("'").replace("\\n", "\n"), formula.strip().lstrip("=") if arrow else "")


def read_fields(table):
    """What was read: {(block, row, field): Value} of the values that show something, and plain facts."""
    heading, found = table.heading, {}
    whole = {name: getattr(heading, name) for name in HEADS} | {name: getattr(table, name) for name in WHOLE}
    found |= {("head", 0, name): value for name, value in whole.items() if value.text}
    for fund in table.funds:
        row = _fund_key(fund.label.cell, fund.budget.cell, found)
        found |= {("funds", row, name): value for name, value in fund._asdict().items() if value.text and name not in ("header_points", "meaning")}
    for subtotal in table.subtotals:
        row = place(subtotal.label.cell)[0]
        found |= {("subtotals", row, name): getattr(subtotal, name) for name in SUMS if getattr(subtotal, name).text}
    for indicator in table.indicators:
        values = {name: value for name, value in indicator._asdict().items() if name != "rule" and value.text}
        row = max(place(value.cell)[0] for role, value in values.items() if role not in ("level1", "level2") or len(values) == 1)
        found |= {("indicators", row, name): value for name, value in values.items()}
    facts = {"kind": table.kind, "year": str(heading.year or ""), "money_unit": table.money_unit}
    return found, facts
