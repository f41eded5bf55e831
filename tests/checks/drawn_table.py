"""画出来的表: tables.toml read as the core's values, with single cells changed."""

import re
import tomllib
from pathlib import Path

from perfeval_xl.checks.review import review
from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.ruleset import Sourced
from perfeval_xl.core.table import (
    ABSENT,
    BLANK,
    NUMBER,
    TEXT,
    Fund,
    Heading,
    Indicator,
    Passage,
    Subtotal,
    Table,
    Value,
)
from perfeval_xl.rulesets.loader import default_for, load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.layout.target_parts import joined_target

TABLES = tomllib.loads((Path(__file__).parent / "tables.toml").read_text("utf-8"))
SHEET = "自评表"
FUND_FIELDS = {
    "资金": "label", "年初预算数": "initial_budget", "全年预算数": "budget", "全年执行数": "executed", "分值": "weight",
    "执行率": "written_rate", "得分": "written_score", "原因": "reason", "结余": "balance", "到位数": "in_place",
    "表头满分": "header_points",
}  # fmt: skip
INDICATOR_FIELDS = {
    "一级指标": "level1", "二级指标": "level2", "三级指标": "level3", "年度指标值": "target", "全年完成值": "actual", "分值": "weight",
    "得分": "written_score", "评分依据": "evidence", "偏差原因分析及改进措施": "reason", "未完成原因和改进措施": "reason",
    "得分率": "score_rate", "指标性质": "sign", "度量单位": "unit", "指标方向": "polarity",
}  # fmt: skip
HEADINGS = {"标题": "title", "金额单位": "money_unit"}
SIGNATURES = ("负责人", "填表人", "电话", "日期")
SUMS = ("小计", "合计")
POINTS = ("weight", "written_score")
NUMBER_TEXT = re.compile(r"(-?)(\d[\d,]*)(?:\.(\d+))?(%|分)?")


def drawn(name, changes=None, *, drop=(), rules=None, **properties):
    """The table ``name`` with the cells of ``changes`` typed over, without the rows ``drop``."""
    source = {**TABLES[name], **properties}
    cells = dict(changes or {})
    rules = {int(row): text for row, text in (rules or {}).items()}
    heading = {label: value_of(place, "words", cells.pop(place, text)) for place, label, text in _lines(source["heading"] + source.get("more", ""))}
    funds = _rows(source["funds"], FUND_FIELDS, cells, drop)
    rows = _rows(source["indicators"], INDICATOR_FIELDS, cells, drop)
    total = next((row for _, row in rows if row["level1"].text == "合计"), {})
    passages = [_passage(line, cells) for line in _lines(source.get("passages", "")) if line != [""]]
    assert not cells, f"表上没有这些单元格: {sorted(cells)}"
    return Table(
        sheet=SHEET,
        region="A1:I30",
        kind=source["kind"],
        form="",
        heading=_heading(heading, source["year"]),
        funds=tuple(Fund(**row) for _, row in funds),
        indicators=tuple(Indicator(**row, rule=rules.get(number, "")) for number, row in rows if row["level1"].text not in SUMS),
        subtotals=tuple(_subtotals([row for _, row in rows if row is not total])),
        total_score_rate=total.get("score_rate", ABSENT),
        ruleset=source.get("ruleset", ""),
        money_unit=source["money_unit"],
        goal_planned=next((value for label, value in heading.items() if "预期目标" in label), ABSENT),
        goal_done=next((value for label, value in heading.items() if "实际完成情况" in label), ABSENT),
        total_weight=total.get("weight", ABSENT),
        total_score=total.get("written_score", ABSENT),
        grade=heading.get("评价等级", ABSENT),
        signatures=tuple((label, value) for label, value in heading.items() if any(word in label for word in SIGNATURES)),
        passages=tuple(passages),
        figures=tuple((name, value_of(place, "words", text)) for place, name, text in _lines(source["figures"])) if "figures" in source else (),
        reason_title=source.get("reason_title", ""),
        has_reason_room=source.get("has_reason_room", True),
    )


def findings_of(table, items=None):
    """What the whole catalogue says of a table under its own ruleset, or its kind's, with some ``items`` added."""
    ruleset = load(table.ruleset or default_for(table.kind, table.heading.year))
    rules = rules_of(ruleset, table.heading.year)
    more = {item: Sourced(value, (2020, 1, 1), None, "样例办法", "第一条") for item, value in (items or {}).items()}
    return review(assessed(table, rules._replace(values={**rules.values, **more})))


def _heading(values, year):
    required = tuple((label, value) for label, value in values.items() if label in ("项目名称", "主管部门", "实施单位", "险种名称", "地方主管部门", "资金使用单位"))
    name = values.get("项目名称") or values.get("险种名称", ABSENT)
    return Heading(year=year, name=name, required=required, **{field: values[label] for label, field in HEADINGS.items()})


def _subtotals(rows):
    """The rows 小计; each closes the rows below the one before it."""
    first = end = 0
    for row in rows:
        if row["level1"].text == "小计":
            yield Subtotal(row["level1"], first, end, *(row.get(field, ABSENT) for field in (*POINTS, "score_rate")))
            first = end
        else:
            end += 1


def _lines(text):
    return [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]


def _passage(line, cells):
    label_place, block, label, place, text = line
    return Passage(block, value_of(label_place, "words", cells.pop(label_place, label)), value_of(place, "words", cells.pop(place, text)))


def _rows(text, fields, cells, drop):
    head, *lines = _lines(text)
    columns = [title.split() for title in head[1:]]
    rows, above = [], {}
    for number, *texts in lines:
        row = {}
        for (letter, title), shown in zip(columns, texts, strict=True):
            field, place = fields[title], f"{letter}{number}"
            row[field] = _cell(place, field, cells.pop(place, shown), above.get(field, ABSENT))
        above = row
        if "unit" in row:
            row["target"] = joined_target(row["target"], row["sign"], row["unit"])
        if int(number) not in drop:
            rows.append((int(number), row))
    return rows


def _cell(place, field, shown, above):
    if shown == "〃":
        return ABSENT if field in POINTS else above
    return value_of(place, field, shown)


def value_of(place, field, shown):
    if shown == "无此格":
        return ABSENT
    computed, stored_as_text = shown.startswith("ƒ"), shown.startswith("'")
    text, _, stored = shown.lstrip("ƒ'").partition("⟵")
    match = NUMBER_TEXT.fullmatch(text)
    if not text or match is None:
        return Value(place, text, state=TEXT if text else BLANK, computed=computed)
    sign, whole, decimals, suffix = match.groups()
    number = float(f"{sign}{whole.replace(',', '')}.{decimals or 0}")
    digits = len(decimals or "") + 2 * (suffix == "%")
    number = float(stored or f"{number * (0.01 if suffix == '%' else 1):.15g}")
    state = TEXT if stored_as_text or suffix == "分" else NUMBER
    return Value(place, text, number, 0.0 if field in POINTS else 1 / 10.0**digits, state, computed)
