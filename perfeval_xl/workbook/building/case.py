"""填报内容: what is typed into a form, from a case file or empty for a blank form."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.building.form import Form, Standard

Entry = str | float | None


class Row(Record):
    """The typed values of one row by field name; a missing field is a blank."""

    values: dict[str, Entry]

    def get(self, field: str) -> Entry:
        return self.values.get(field)


class Case(Record):
    """填报内容 of one table; nothing here is computed."""

    title: str
    year: int | None
    money_unit: str
    ruleset: str
    heading: dict[str, Entry]
    funds: tuple[Row, ...]
    goals: dict[str, Entry]
    indicators: tuple[Row, ...]
    note: str


def case_from(data: dict[str, Any], form: Form) -> Case:
    """A Case from the tables of its TOML file."""
    goals = data.get("goals", {})
    planned = goals.get("planned", [])
    return Case(
        title=data.get("title", form.title),
        year=data.get("year"),
        money_unit=data.get("money_unit", form.money_unit),
        ruleset=data.get("ruleset", form.ruleset),
        heading=_heading(data, form),
        funds=tuple(_fund(row) for row in data.get("funds", [])),
        goals={"planned": "\n".join(planned) if isinstance(planned, list) else planned, "done": goals.get("done")},
        indicators=tuple(_indicator(row) for row in data.get("indicators", [])),
        note=data.get("note", form.note_default),
    )


def blank_case(form: Form, year: int | None, rows: int = 0, ruleset: str = "") -> Case:
    """空表: the form's own labels and weights, nothing else; ``rows`` extra empty indicator rows."""
    standard = [Row(_standard_row(item)) for item in form.standard]
    return Case(
        title=form.title,
        year=year,
        money_unit=form.money_unit,
        ruleset=ruleset or form.ruleset,
        heading={line.field: line.default or None for line in form.heading},
        funds=tuple(Row({"label": label}) for label in form.fund_rows),
        goals={},
        indicators=(*standard, *(Row({}) for _ in range(rows))),
        note=form.note_default,
    )


def _standard_row(item: Standard) -> dict[str, Entry]:
    level1, level2, level3 = item.level
    rule = "qualitative" if item.is_judged else ""
    return {"level1": level1, "level2": level2, "level3": level3, "weight": item.weight, "target": item.target or None, "rule": rule}


def _heading(data: dict[str, Any], form: Form) -> dict[str, Entry]:
    named = {
        "name": data.get("insurance") or data.get("project_name") or data.get("unit_name"),
        "department": "、".join(data["departments"]) if data.get("departments") else data.get("department"),
        "unit": data.get("unit_name"),
    }
    return {line.field: named.get(line.field) or line.default or None for line in form.heading}


def _fund(row: dict[str, Any]) -> Row:
    return Row({name: row.get(name) for name in ("label", "initial_budget", "budget", "executed", "weight", "reason")})


def _indicator(row: dict[str, Any]) -> Row:
    level1, level2, level3 = (*row["level"], "", "")[:3]
    score = row.get("score")
    return Row(
        {
            "level1": level1,
            "level2": level2,
            "level3": level3,
            "weight": None if row.get("weight") is None else float(row["weight"]),
            "target": row.get("target"),
            "actual": row.get("actual"),
            "written_score": None if score is None else float(score),
            "reason": row.get("reason"),
            "evidence": row.get("basis"),
            "rule": row.get("rule", ""),
        }
    )
