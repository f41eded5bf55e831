"""表样: a form as data — blocks from top to bottom, their cells, columns and rows; whoever draws or places shares it."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.building.case import Entry

GRID, FUNDS, MANAGEMENT, INDICATORS = "grid", "funds", "management", "indicators"


class Box(Record):
    """格: a label that is printed, or the field that is filled in there; over ``span`` columns and ``rows`` rows.

    ``lines``: the least height of the row, in lines of text. ``limit``: the most characters a text may have, 0 without limit.
    """

    label: str = ""
    field: str = ""
    span: int = 1
    rows: int = 1
    default: str = ""
    role: str = ""
    lines: int = 1
    limit: int = 0


class Column(Record):
    """One column of a block; ``span`` sheet columns are merged into it. ``is_merged``: one cell for all rows of the block."""

    field: str
    label: str
    span: int
    is_merged: bool


class Block(Record):
    """块: a grid of boxes, or the funding rows, the rows of 资金管理情况, the indicators under their header.

    ``side``: the label merged down the whole block, the total row left out. ``entries``: the rows that the form prints.
    ``total``: the label of the total row, "" without one.
    """

    of: str
    side: Box | None
    header: tuple[tuple[Box, ...], ...]
    columns: tuple[Column, ...]
    entries: tuple[dict[str, Entry], ...]
    total: str

    @property
    def offset(self) -> int:
        """Sheet columns that the side label takes."""
        return self.side.span if self.side else 0

    def has(self, field: str) -> bool:
        return any(column.field == field for column in self.columns)


class Standard(Record):
    """标准指标: a row the form prints, with its weight (None where the office sets it); ``is_judged``: people score it."""

    level: tuple[str, str, str]
    weight: float | None
    target: str
    is_judged: bool


class Form(Record):
    """表样 of one family. ``rulesets``: patterns of the rulesets that ask for this form."""

    id: str
    kind: str
    title: str
    ruleset: str
    rulesets: tuple[str, ...]
    money_unit: str
    widths: tuple[float, ...]
    is_year_in_title: bool
    blocks: tuple[Block, ...]
    standard: tuple[Standard, ...]

    @property
    def width(self) -> int:
        """Number of sheet columns."""
        return len(self.widths)

    def block(self, of: str) -> Block:
        """The block of that sort; an empty one where the form has none."""
        return next((block for block in self.blocks if block.of == of), Block(of, None, (), (), (), ""))

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box that is filled in, in the order of the form."""
        grids = (block.header for block in self.blocks if block.of == GRID)
        return tuple(box for rows in grids for row in rows for box in row if box.field)

    @property
    def note_default(self) -> str:
        return next((box.default for box in self.boxes if box.field == "note"), "")


def form_from(data: dict[str, Any]) -> Form:
    """A Form from the tables of its TOML file; a missing key is our own mistake and raises KeyError."""
    return Form(
        id=data["id"],
        kind=data["kind"],
        title=data["title"],
        ruleset=data["ruleset"],
        rulesets=tuple(data.get("rulesets", ())),
        money_unit=data["money_unit"],
        widths=tuple(data["widths"]),
        is_year_in_title=data.get("year_in_title", False),
        blocks=tuple(_block(block) for block in data["block"]),
        standard=tuple(_standard(row) for row in data.get("standard", ())),
    )


def _block(data: dict[str, Any]) -> Block:
    columns = tuple(
        Column(row["field"], row.get("label", ""), row.get("span", 1), row.get("merged", False)) for row in data.get("columns", ())
    )
    given = data.get("rows" if "of" not in data else "header")
    rows = tuple(tuple(Box(**box) for box in row) for row in given) if given else (tuple(Box(c.label, span=c.span) for c in columns),)
    side = data.get("side")
    return Block(
        of=data.get("of", GRID),
        side=Box(**side) if side else None,
        header=rows,
        columns=columns,
        entries=tuple(data.get("entries", ())),
        total=data.get("total", ""),
    )


def _standard(row: dict[str, Any]) -> Standard:
    level = (*row["level"], "", "", "")[:3]
    weight = row.get("weight")
    return Standard(
        (str(level[0]), str(level[1]), str(level[2])),
        None if weight is None else float(weight),
        row.get("target", ""),
        row.get("judged", False),
    )
