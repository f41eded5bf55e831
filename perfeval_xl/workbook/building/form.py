"""表样: a form as data — its lines, columns and standard indicators; reader, writer and builder share it."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import Any


class Line(Record):
    """One labelled line of the heading: the label, the field it holds, and how many columns each spans."""

    label: str
    label_span: int
    field: str
    field_span: int
    default: str


class Column(Record):
    """One column of a block; ``span`` sheet columns are merged into it."""

    field: str
    label: str
    span: int


class Standard(Record):
    """标准指标: a row the form prints, with its weight (None where the office sets it); ``is_judged``: people score it."""

    level: tuple[str, str, str]
    weight: float | None
    target: str
    is_judged: bool


class Form(Record):
    """表样 of one family."""

    id: str
    kind: str
    title: str
    ruleset: str
    money_unit: str
    widths: tuple[float, ...]
    heading: tuple[Line, ...]
    funds_label: str
    funds_label_span: int
    fund_columns: tuple[Column, ...]
    fund_rows: tuple[str, ...]
    goals_label: str
    goal_columns: tuple[Column, ...]
    indicators_label: str
    columns: tuple[Column, ...]
    total_label: str
    note_label: str
    note_default: str
    signatures: tuple[str, ...]
    standard: tuple[Standard, ...]

    @property
    def width(self) -> int:
        """Number of sheet columns."""
        return len(self.widths)


def form_from(data: dict[str, Any]) -> Form:
    """A Form from the tables of its TOML file; a missing key is our own mistake and raises KeyError."""
    funds, goals, note = data["funds"], data["goals"], data.get("note", {})
    return Form(
        id=data["id"],
        kind=data["kind"],
        title=data["title"],
        ruleset=data["ruleset"],
        money_unit=data["money_unit"],
        widths=tuple(data["widths"]),
        heading=tuple(
            Line(line["label"], line["label_span"], line["field"], line["field_span"], line.get("default", ""))
            for line in data["heading"]
        ),
        funds_label=funds["label"],
        funds_label_span=funds["label_span"],
        fund_columns=_columns(funds["columns"]),
        fund_rows=tuple(funds["rows"]),
        goals_label=goals["label"],
        goal_columns=_columns([{"field": name, **goals[name]} for name in ("planned", "done")]),
        indicators_label=data["indicators"]["label"],
        columns=_columns(data["indicators"]["columns"]),
        total_label=data["total"]["label"],
        note_label=note.get("label", ""),
        note_default=note.get("default", ""),
        signatures=tuple(data["signatures"]["labels"]),
        standard=tuple(_standard(row) for row in data["standard"]),
    )


def _columns(rows: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(row["field"], row["label"], row.get("span", 1)) for row in rows)


def _standard(row: dict[str, Any]) -> Standard:
    level = (*row["level"], "", "", "")[:3]
    weight = row.get("weight")
    return Standard((str(level[0]), str(level[1]), str(level[2])), None if weight is None else float(weight), row.get("target", ""), row.get("judged", False))
