"""采用后的评分规则: one row per indicator of every table; the helper formulas stand at the same places of their own sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.core.labels import DIRECTIONS, RULES
from perfeval_xl.core.rule import rule_text
from perfeval_xl.workbook.address import quoted_sheet
from perfeval_xl.workbook.adoption.total_formulas import (
    ENGINE_ROW,
    EXECUTION_ROW,
    GRADE_ROW,
    SCORE_ROW,
    WEIGHT_ROW,
)
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS, SHOWN_RESULTS
from perfeval_xl.workbook.building.rule_sheet import (
    _FIRST_ROW,
    _HEADINGS,
    _basis,
    _caches,
    _direction_words,
    grade_formula,
)
from perfeval_xl.workbook.grid import CALC_SHEET, RULE_SHEET

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.workbook.adoption.indicator_formulas import Line
    from perfeval_xl.workbook.adoption.plan import Plan, TablePlan

_WIDTHS = (10, 34, 22, 10, 14, 14, 14, 10, 10, 10, 26, 11)
_NOTE = (
    "黄色单元格可以修改; 改动评分规则后请重新计算。数由 Python 算出, 没有安装时由内置公式算出; 金额按元、比率按 1=100% 换算后比较。"
    "官方表里只有得分、执行率和合计的空格填了公式, 其余单元格没有动。"
)
_UNNAMED = "规则编号空着时, 校验按表的种类和年度用默认办法, 本页改动的规则只影响单元格公式; 填上编号后校验也照本页。"


def draw_rules(sheet: Any, formats: dict[str, Any], plan: Plan, ruleset: str) -> None:
    """The whole sheet; every formula with its cached value. ``ruleset`` "" leaves the choice to each table's kind."""
    _draw_head(sheet, formats, plan, ruleset)
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(_FIRST_ROW - 2, column, heading, formats["side_label"])
    for table in plan.tables:
        for line in table.lines:
            _draw_line(sheet, formats, line, table.assessment)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST_ROW - 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _draw_head(sheet: Any, formats: dict[str, Any], plan: Plan, ruleset: str) -> None:
    titles = dict.fromkeys(table.assessment.rules.ruleset.title for table in plan.tables)
    for row, label in enumerate((RULE_SHEET, "规则编号", "计算引擎", "分值合计", "得分合计", "评价等级", "说明", "执行率规则")):
        sheet.write_string(row, 0, label, formats["side_label"])
    sheet.write_string(0, 1, "、".join(titles), formats["side_text"])
    if ruleset:
        sheet.write_string(1, 1, ruleset, formats["side_input"])
    else:
        sheet.write_blank(1, 1, None, formats["side_input"])
    sheet.write_formula(2, 1, '=IFERROR(PE_VERSION(),"内置公式")', formats["side_text"], "内置公式")
    for number, table in enumerate(plan.tables):
        _draw_totals(sheet, formats, table)
        if number:
            own = table.assessment.table
            sheet.write_string(f"{table.totals_column}{ENGINE_ROW}", f"另一张表: {own.sheet} {own.region}", formats["side_text"])
    rules = "; ".join(f"{name} {words}" for name, words in RULES.items())
    note = f"{_NOTE}{'' if ruleset else _UNNAMED}\n可用的评分规则: {rules}"
    sheet.merge_range(6, 1, 6, len(_HEADINGS) - 1, note, formats["note"])
    sheet.set_row(6, 58)
    sheet.set_row(_FIRST_ROW - 2, 30)


def _draw_totals(sheet: Any, formats: dict[str, Any], table: TablePlan) -> None:
    column, at = table.totals_column, quoted_sheet(table.assessment.table.sheet) + "!"
    for row, found in ((WEIGHT_ROW, table.totals.weight), (SCORE_ROW, table.totals.score)):
        sheet.write_formula(f"{column}{row}", "=" + found.at(at), formats["side_number"], found.value)
    grade = "" if table.totals.score.value == "" else table.assessment.rules.grade(float(table.totals.score.value))
    sheet.write_string(f"{column}{EXECUTION_ROW}", rule_text(table.assessment.rules.rule("rule.execution")), formats["side_text"])
    sheet.write_formula(f"{column}{GRADE_ROW}", "=" + grade_formula(f"${column}${SCORE_ROW}", table.assessment), formats["side_text"], grade)


def _draw_line(sheet: Any, formats: dict[str, Any], line: Line, assessment: Assessment) -> None:
    row, result = rule_row(line.number), line.result
    name = line.name.replace("\0", line.sheet)
    sheet.write_formula(row - 1, 0, f"=ROW()-{_FIRST_ROW - 1}", formats["side_number"], line.number + 1)
    if name:
        sheet.write_formula(row - 1, 1, f'=IF({name}="","",{name})', formats["side_text"], result.indicator.name)
    else:
        sheet.write_blank(row - 1, 1, None, formats["side_text"])
    if line.rule:
        sheet.write_string(row - 1, 2, rule_text(line.rule), formats["side_input"])
    else:
        sheet.write_blank(row - 1, 2, None, formats["side_input"])
    sheet.write_string(row - 1, 10, line.reason or _basis(result, assessment), formats["side_text"])
    caches = known_results(line)
    for column in SHOWN_RESULTS:
        style = "side_rate" if column in ("completion", "deviation") else "side_number"
        cell = f"{COLUMNS[column]}{row}"
        shown = _direction_words(f"{CALC_SHEET}!{cell}") if column == "direction" else f"{CALC_SHEET}!{cell}"
        cache = DIRECTIONS.get(str(caches.get(column)), "") if column == "direction" else caches.get(column, "")
        sheet.write_formula(cell, "=" + shown, formats[style], cache)


def known_results(line: Line) -> dict[str, str | float]:
    """现在的结果 by column: what native formulas give now; nothing where they leave the row unread."""
    if not line.is_read:
        return {}
    caches = _caches(line.result)
    has_weight = isinstance(line.weight.content, float)
    return caches if has_weight else {**caches, "score": ""}

