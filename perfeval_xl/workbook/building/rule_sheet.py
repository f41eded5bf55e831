"""评分规则 sheet: ruleset id, engine, totals, and one row per indicator with its rule and native formulas."""

from __future__ import annotations

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.labels import DIRECTIONS, RULES
from perfeval_xl.core.measure import Measure, direction_of
from perfeval_xl.core.reading.target import Reading
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import rule_text
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS
from perfeval_xl.workbook.building.formulas import (
    EXECUTION_RULE,
    actual_reference,
    rule_row,
    target_reference,
)
from perfeval_xl.workbook.building.living import total_score, total_weight
from perfeval_xl.workbook.building.native import COLUMNS, SHOWN_RESULTS, row_formulas
from perfeval_xl.workbook.grid import CALC_SHEET, RULE_FIRST_ROW, RULE_SHEET

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.workbook.building.placement import Placement

__all__ = ["draw_calculation", "draw_rules", "grade_formula", "rule_row"]

_FIRST_ROW = RULE_FIRST_ROW
_HEADINGS = (
    "序号", "三级指标", "评分规则", "方向", "指标值下限", "指标值上限", "完成值", "完成率", "偏差率", "偏差\n(百分点)", "依据", "得分\n(内置公式)",
)  # fmt: skip


def draw_rules(
    sheet: Any, formats: dict[str, Any], placement: Placement, assessment: Assessment, table_sheet: str, bases: list[str],
) -> None:  # fmt: skip
    """The whole sheet; every formula with its cached value. ``bases``: what was written about each row's score, "" for nothing."""
    _draw_head(sheet, formats, placement, assessment, table_sheet)
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(_FIRST_ROW - 2, column, heading, formats["side_label"])
    for number, result in enumerate(assessment.indicators):
        _draw_row(sheet, formats, placement, number, result, table_sheet)
        basis = bases[number] or _basis(result, assessment)
        sheet.write_string(rule_row(number) - 1, _HEADINGS.index("依据"), basis, formats["side_text"])
    for column, width in enumerate((10, 34, 22, 10, 14, 14, 14, 10, 10, 10, 26, 11)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST_ROW - 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, _FIRST_ROW - 1 + len(assessment.indicators), len(_HEADINGS) - 1)


def _draw_head(sheet: Any, formats: dict[str, Any], placement: Placement, assessment: Assessment, table_sheet: str) -> None:
    sheet.write_string(0, 0, RULE_SHEET, formats["side_label"])
    sheet.write_string(0, 1, assessment.rules.ruleset.title, formats["side_text"])
    sheet.write_string(1, 0, "规则编号", formats["side_label"])
    sheet.write_string(1, 1, assessment.table.ruleset, formats["side_input"])
    sheet.write_string(2, 0, "计算引擎", formats["side_label"])
    sheet.write_formula(2, 1, '=IFERROR(PE_VERSION(),"内置公式")', formats["side_text"], "内置公式")
    _draw_totals(sheet, formats, placement, assessment, table_sheet)
    note = "黄色单元格可以修改; 改动评分规则后请重新计算。数由 Python 算出, 没有安装时由内置公式算出; 金额按元、比率按 1=100% 换算后比较。"
    rules = "; ".join(f"{name} {words}" for name, words in RULES.items())
    sheet.write_string(6, 0, "说明", formats["side_label"])
    sheet.merge_range(6, 1, 6, len(_HEADINGS) - 1, f"{note}\n可用的评分规则: {rules}", formats["note"])
    sheet.set_row(6, 44)
    if has_execution_score(placement):
        sheet.write_string(EXECUTION_RULE.replace("$", ""), rule_text(assessment.rules.rule("rule.execution")), formats["side_text"])
        sheet.write_string(7, 0, "执行率规则", formats["side_label"])
    sheet.set_row(_FIRST_ROW - 2, 30)


def _draw_totals(sheet: Any, formats: dict[str, Any], placement: Placement, assessment: Assessment, table_sheet: str) -> None:
    """分值合计, 得分合计 and 评价等级; a form without points has none."""
    values = {"weight": total_weight(assessment), "written_score": total_score(assessment)}
    for row, label, field in ((3, "分值合计", "weight"), (4, "得分合计", "written_score")):
        sheet.write_string(row, 0, label, formats["side_label"])
        cells = _counted_cells(table_sheet, placement, field)
        if cells:
            value = values[field]
            formula = f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),2))'
            sheet.write_formula(row, 1, formula, formats["side_number"], "" if value is None else value)
        else:
            sheet.write_string(row, 1, "本表不计分", formats["side_text"])
    sheet.write_string(5, 0, "评价等级", formats["side_label"])
    if _counted_cells(table_sheet, placement, "written_score"):
        grade = "" if values["written_score"] is None else assessment.rules.grade(values["written_score"])
        sheet.write_formula(5, 1, "=" + grade_formula("$B$5", assessment), formats["side_text"], grade)
    else:
        sheet.write_string(5, 1, "本表不计分", formats["side_text"])


def has_execution_score(placement: Placement) -> bool:
    """Whether 预算执行率 is worth points on the form."""
    return placement.form.block(FUNDS).has("written_score")


def _counted_cells(table_sheet: str, placement: Placement, field: str) -> str:
    """The cells that a total adds up: a column of the indicators and, before it, the one of the funds; "" without such a column."""
    if not placement.form.block(INDICATORS).has(field):
        return ""
    area = _column_area(table_sheet, placement, field)
    if not placement.form.block(FUNDS).has(field) or not placement.fund_count:
        return area
    first, last = (placement.fund(number, field).cell for number in (0, placement.fund_count - 1))
    return f"{table_sheet}!{first}:{last},{area}"


def _column_area(table_sheet: str, placement: Placement, field: str) -> str:
    """A column of the indicator block from its heading to the row above the total, whatever rows are inserted."""
    total = placement.total(field).cell
    letters = total.rstrip("0123456789")
    heading = f"{table_sheet}!{letters}{placement.indicators_row}"
    return f"{heading}:INDEX({table_sheet}!{letters}:{letters},ROW({table_sheet}!{total})-1)"


def grade_formula(total: str, assessment: Assessment) -> str:
    """等级 as nested IF over the ruleset's thresholds; "" for a blank total."""
    text = '""'
    for least, word in reversed(assessment.rules.grades):
        text = f'IF({total}>={least:g},"{word}",{text})'
    return f'IF({total}="","",{text})'


def _draw_row(
    sheet: Any, formats: dict[str, Any], placement: Placement, number: int, result: IndicatorResult, table_sheet: str,
) -> None:  # fmt: skip
    row = rule_row(number)
    name = f"{table_sheet}!{placement.indicator(number, 'level3').cell}"
    sheet.write_formula(row - 1, 0, f"=ROW()-{_FIRST_ROW - 1}", formats["side_number"], number + 1)
    sheet.write_formula(row - 1, 1, f'=IF({name}="","",{name})', formats["side_text"], result.indicator.level3.text)
    sheet.write_string(row - 1, 2, rule_text(result.rule), formats["side_input"])
    caches = _caches(result)
    for name in SHOWN_RESULTS:
        style = "side_rate" if name in ("completion", "deviation") else "side_number"
        cell = f"{COLUMNS[name]}{row}"
        shown = _direction_words(f"{CALC_SHEET}!{cell}") if name == "direction" else f"{CALC_SHEET}!{cell}"
        cache = DIRECTIONS.get(str(caches.get(name)), "") if name == "direction" else caches.get(name, "")
        sheet.write_formula(cell, "=" + shown, formats[style], cache)


def _direction_words(cell: str) -> str:
    text = '""'
    for way, words in DIRECTIONS.items():
        text = f'IF({cell}="{way}","{words}",{text})'
    return text


def draw_calculation(sheet: Any, placement: Placement, assessment: Assessment, table_sheet: str) -> None:
    """The helper formulas, each at the address where 评分规则 shows its result."""
    for number, result in enumerate(assessment.indicators):
        row = rule_row(number)
        target = target_reference(placement, number, table_sheet)
        actual = actual_reference(placement, number, result.indicator, table_sheet)
        guess = direction_of(Reading("", "missing"), direction_words(result.indicator))
        caches = _caches(result)
        for name, formula in row_formulas(row, weight=_weight(placement, number, table_sheet), target=target, actual=actual, rule=result.rule, guess=guess).items():
            sheet.write_formula(f"{COLUMNS[name]}{row}", "=" + formula, None, caches.get(name, ""))


def _weight(placement: Placement, number: int, table_sheet: str) -> str:
    """The cell of 分值; an empty text where the form has no such column, so that no score follows."""
    has_weight = placement.form.block(INDICATORS).has("weight")
    return f"{table_sheet}!{placement.indicator(number, 'weight').cell}" if has_weight else '""'


def _basis(result: IndicatorResult, assessment: Assessment) -> str:
    return "人工评分, 依据见评分依据栏" if result.rule.is_judged else assessment.rules.basis("rule.default")


def _caches(result: IndicatorResult) -> dict[str, str | float]:
    measure = result.measure
    if not isinstance(measure, Measure):
        return {}
    values: dict[str, str | float | None] = {
        "direction": measure.direction,
        "low": measure.low,
        "high": measure.high,
        "actual": measure.actual,
        "completion": result.completion_rate,
        "deviation": result.deviation_rate,
        "points": result.deviation_points,
        "score": None if result.rule.is_judged else result.computed_score,
    }
    return {name: "" if value is None else value for name, value in values.items()}
