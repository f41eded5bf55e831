"""沿用去年: what stays from year to year goes into this year's form, what is filled in anew stays empty."""

from __future__ import annotations

import re

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.building.case import Row
from perfeval_xl.workbook.building.form import INDICATORS
from perfeval_xl.workbook.layout.header_words import SIGNS, bare

if TYPE_CHECKING:
    from perfeval_xl.core.table import Fund, Indicator, Table, Value
    from perfeval_xl.workbook.building.case import Case, Entry
    from perfeval_xl.workbook.building.form import Form

_YEAR_LINE = re.compile(r"\s*[（(]\s*(?:20\d\d)?\s*年度?\s*[）)]\s*")
_YEAR = re.compile(r"20\d\d(?=年)")
_NUMBER = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)(\D*)")


def carried_over(blank: Case, form: Form, last: Table, default_rule: str) -> Case:
    """去年的名称、指标、指标值、分值和评分规则 in ``blank``; 完成值, scores, amounts, reasons and results stay empty.

    ``default_rule``: the text of last year's default rule; a row that had no other takes this year's default.
    """
    head = last.heading
    central = next((value.text for label, value in head.required if label.startswith("中央")), "")
    named = {"name": head.name.text, "department": head.department.text, "unit": head.unit.text, "central": central}
    kept = len(form.standard)
    return blank._replace(
        title=_title(head.title.text, blank.year) or blank.title,
        money_unit=last.money_unit or blank.money_unit,
        heading={field: named.get(field) or value for field, value in blank.heading.items()},
        funds=_funds(blank, last),
        goals={"planned": last.goal_planned.text or None},
        indicators=(*(_indicator(row, form, default_rule) for row in last.indicators), *blank.indicators[kept:]),
    )


def _title(text: str, year: int | None) -> str:
    """The title without its line of the year; a year inside it is this year's."""
    short = _YEAR_LINE.sub("", text).strip()
    return _YEAR.sub(str(year), short) if year else short


def _funds(blank: Case, last: Table) -> tuple[Row, ...]:
    """Last year's rows by name, in the looks of the form; where they nest, those of the form."""
    if not last.funds or not blank.funds or sum(fund.words.startswith("其中") for fund in last.funds) > 1:
        return blank.funds
    return tuple(_fund(fund, blank) for fund in last.funds)


def _fund(fund: Fund, blank: Case) -> Row:
    first = blank.funds[0]
    model = first if is_total_row(fund) else next((row for row in blank.funds if row.get("part")), first)
    return Row({**model.values, "label": fund.label.text})


def _indicator(row: Indicator, form: Form, default_rule: str) -> Row:
    levels = {"level1": row.level1.text, "level2": row.level2.text, "level3": row.level3.text}
    rule = "" if row.rule == default_rule else row.rule
    return Row({**levels, "weight": row.weight.number, "rule": rule, **_target(row, is_split=form.block(INDICATORS).has("sign"))})


def _target(row: Indicator, *, is_split: bool) -> dict[str, Entry]:
    """指标值 as the form asks for it: in one cell, or in three."""
    if not is_split:
        return {"target": _entry(row.target)}
    if row.sign.exists or row.unit.exists:
        value = row.target.text.removeprefix(row.sign.text).removesuffix(row.unit.text)
        return {"sign": row.sign.text or None, "target": value or None, "unit": row.unit.text or None}
    return _split(row.target.text)


def _entry(value: Value) -> Entry:
    """What stands in the cell as it is displayed, so that 0.95 under a percent format stays 95%."""
    return value.text or (plain(value.number) if value.number is not None else None)


def _split(text: str) -> dict[str, Entry]:
    """Sign, number and unit of a target in one text; words are a value without sign and unit.

    >>> _split("≥3.34亿元"), _split("及时支付")
    ({'sign': '≥', 'target': '3.34', 'unit': '亿元'}, {'sign': '定性', 'target': '及时支付', 'unit': None})
    """
    short = bare(text)
    sign = next((sign for sign in sorted(SIGNS, key=len, reverse=True) if short.startswith(sign)), "")
    number = _NUMBER.fullmatch(short.removeprefix(sign))
    if number is not None:
        return {"sign": sign or None, "target": number[1], "unit": number[2] or None}
    return {"sign": None if any(letter.isdigit() for letter in short) else "定性", "target": text or None, "unit": None} if short else {}
