"""填报内容: what is typed into a form, from a case file or empty for a blank form."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.building.computed_actual import NO_ENTRIES, Entries, entries_from
from perfeval_xl.workbook.building.form import FUNDS, MANAGEMENT

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.ruleset import Rules
    from perfeval_xl.workbook.building.form import Form, Standard


class Formula(Record):
    """公式 in place of a typed value: its text without "=", what it shows, and its look where that is not the column's own."""

    text: str
    cache: str | float
    role: str = ""


Entry = str | float | Formula | None

_FUND_FIELDS = (
    "label", "initial_budget", "in_place", "budget", "executed", "balance", "written_rate", "weight", "written_score", "reason",
)  # fmt: skip
_INDICATOR_FIELDS = ("target", "sign", "unit", "actual", "reason")


class Row(Record):
    """The typed values of one row by field name; a missing field is a blank."""

    values: dict[str, Entry]

    def get(self, field: str) -> Entry:
        return self.values.get(field)


class Case(Record):
    """填报内容 of one table; nothing here is computed.

    ``passages``: 评价结论, 存在问题 … by the field of their box. ``management``: the rows of 资金管理情况 (label, situation, mending).
    ``figures``: the amounts of 基础数据.
    """

    title: str
    year: int | None
    money_unit: str
    ruleset: str
    heading: dict[str, Entry]
    funds: tuple[Row, ...]
    goals: dict[str, Entry]
    indicators: tuple[Row, ...]
    note: str
    passages: dict[str, Entry] = {}  # noqa: RUF012 - never mutated; Record needs a default
    management: tuple[Row, ...] = ()
    figures: Entries = NO_ENTRIES

    def text(self, field: str) -> Entry:
        """What stands in the box of that field."""
        return {**self.heading, **self.goals, **self.passages, "note": self.note}.get(field)


def case_from(data: dict[str, Any], form: Form) -> Case:
    """A Case from the tables of its TOML file; fund rows are matched to the form's own by their labels."""
    goals = data.get("goals", {})
    planned = goals.get("planned", [])
    return Case(
        title=data.get("title", form.title),
        year=data.get("year"),
        money_unit=data.get("money_unit", form.money_unit),
        ruleset=data.get("ruleset", form.ruleset),
        heading=_heading(data, form),
        funds=_funds(data.get("funds", []), form),
        goals={"planned": "\n".join(planned) if isinstance(planned, list) else planned, "done": goals.get("done")},
        indicators=tuple(_indicator(row) for row in data.get("indicators", [])),
        note=data.get("note", form.note_default),
        passages=dict(data.get("passages", {})),
        management=_management(data.get("management", {}), form),
        figures=entries_from(data),
    )


def blank_case(form: Form, year: int | None, rows: int = 0, ruleset: str = "", rules: Rules | None = None) -> Case:
    """空表: the form's own labels and weights, nothing else; ``rows`` extra empty indicator rows.

    ``rules``: what the ruleset says about the points of 预算执行率 comes before what the form prints.
    """
    standard = [Row(_standard_row(item)) for item in form.standard]
    execution = rules.weights.get("execution") if rules else None
    return Case(
        title=form.title,
        year=year,
        money_unit=form.money_unit,
        ruleset=ruleset or form.ruleset,
        heading={box.field: box.default or None for box in form.boxes},
        funds=tuple(Row(_weighted(dict(entry), execution)) for entry in form.block(FUNDS).entries),
        goals={},
        indicators=(*standard, *(Row({}) for _ in range(rows))),
        note=form.note_default,
        management=_management({}, form),
    )


def _weighted(entry: dict[str, Entry], execution: float | None) -> dict[str, Entry]:
    return {**entry, "weight": execution} if execution is not None and isinstance(entry.get("weight"), (int, float)) else entry


def _standard_row(item: Standard) -> dict[str, Entry]:
    level1, level2, level3 = item.level
    rule = "qualitative" if item.is_judged else ""
    return {"level1": level1, "level2": level2, "level3": level3, "weight": item.weight, "target": item.target or None, "rule": rule}


def _heading(data: dict[str, Any], form: Form) -> dict[str, Entry]:
    departments = data.get("departments")
    named: dict[str, Entry] = {
        "name": data.get("insurance") or data.get("project_name") or data.get("unit_name"),
        "department": "、".join(departments) if departments else data.get("department"),
        "unit": data.get("unit_name"),
        **data.get("heading", {}),
    }
    return {box.field: named.get(box.field) or box.default or None for box in form.boxes}


def _funds(rows: list[dict[str, Any]], form: Form) -> tuple[Row, ...]:
    """The case's rows; what the form prints in a row of the same label holds where the case says nothing."""
    printed = {str(entry.get("label")): entry for entry in form.block(FUNDS).entries}
    return tuple(
        Row({**printed.get(row.get("label", ""), {}), **{name: row[name] for name in _FUND_FIELDS if row.get(name) is not None}})
        for row in rows
    )


def _management(texts: dict[str, list[str]], form: Form) -> tuple[Row, ...]:
    labels = [str(entry["label"]) for entry in form.block(MANAGEMENT).entries]
    return tuple(
        Row({"label": label, **dict(zip(("situation", "mending"), texts.get(label, ()), strict=False))}) for label in labels
    )


def _indicator(row: dict[str, Any]) -> Row:
    level1, level2, level3 = (*row["level"], "", "")[:3]
    score = row.get("score")
    return Row(
        {
            "level1": level1,
            "level2": level2,
            "level3": level3,
            "weight": None if row.get("weight") is None else float(row["weight"]),
            "written_score": None if score is None else float(score),
            "evidence": row.get("basis"),
            "rule": row.get("rule", ""),
            "basis": row.get("rule_basis"),
            **{field: row.get(field) for field in _INDICATOR_FIELDS},
        }
    )
