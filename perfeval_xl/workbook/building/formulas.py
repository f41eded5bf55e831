"""活的单元格: the formulas of the official sheet, each with our function first and a native formula behind it."""

from __future__ import annotations

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.measure import COST_LEVEL
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import rule_text
from perfeval_xl.core.scoring import execution_expression
from perfeval_xl.workbook.building.computed_actual import shown_actual
from perfeval_xl.workbook.building.form import INDICATORS
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.grid import RULE_FIRST_ROW, RULE_SHEET

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Rules
    from perfeval_xl.core.table import Indicator
    from perfeval_xl.workbook.building.placement import Placement

EXECUTION_RULE, TOTAL_WEIGHT, TOTAL_SCORE = "$B$8", "$B$4", "$B$5"    # on 评分规则
_SIGNS = "≥|≤|=|>|<|≧|≦|⩾|⩽|＝|＞|＜|≠|定性|大于等于|小于等于|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|等于|高于|低于|超过|至少"


def rule_row(number: int) -> int:
    """The row on 评分规则 of the indicator with that zero-based number."""
    return RULE_FIRST_ROW + number


def rate_formula(placement: Placement, number: int) -> str:
    """执行率 of a funding row."""
    executed, budget = placement.fund(number, "executed").cell, placement.fund(number, "budget").cell
    return f'IFERROR(0+PE_EXECUTION_RATE({executed},{budget}),IF(OR({executed}="",N({budget})=0),"",{executed}/{budget}))'


def execution_formula(placement: Placement, number: int, rules: Rules) -> str:
    """预算执行率得分 of a funding row; native as long as 评分规则 names the rule it was built with."""
    rule, digits, at = rules.rule("rule.execution"), rules.rate_digits, f"{RULE_SHEET}!{EXECUTION_RULE}"
    weight, executed, budget = (placement.fund(number, field).cell for field in ("weight", "executed", "budget"))
    ready = ",".join(f"ISNUMBER({cell})" for cell in (weight, executed, budget))
    points = formula_text(execution_expression(rule), {"weight": weight, "executed": executed, "budget": budget})
    asked = f"{executed},{budget}"
    if digits is not None:      # the rate counts as it is printed
        rate = f"ROUND({executed}/{budget},{digits})"
        points = f"IF({budget}=0,0,{formula_text(execution_expression(rule), {'weight': weight, 'executed': rate, 'budget': '1'})})"
        asked = f'IF(COUNT({executed},{budget})<2,"",{rate}),1'
    native = f'IF(AND({ready},EXACT({at},"{rule_text(rule)}")),{points},"")'
    return f"IFERROR(0+PE_EXECUTION_SCORE({weight},{asked},{at}),{native})"


def sum_formula(placement: Placement, field: str, parts: tuple[int, ...]) -> str:
    """合计 of some funding rows; blank while all of them are."""
    cells = ",".join(placement.fund(number, field).cell for number in parts)
    return f'IF(COUNT({cells})=0,"",SUM({cells}))'


def target_reference(placement: Placement, number: int, sheet: str = "") -> str:
    """指标值 as one text: a cell, or sign, value and unit joined as ``layout.target_parts`` joins them."""
    prefix = f"{sheet}!" if sheet else ""
    value = prefix + placement.indicator(number, "target").cell
    if not placement.form.block(INDICATORS).has("sign"):
        return value
    sign, unit = (prefix + placement.indicator(number, field).cell for field in ("sign", "unit"))
    before = f'IF(OR(LEFT({value},LEN({sign}))={sign}&"",ISERROR(FIND({sign},"{_SIGNS}"))),"",{sign})'
    behind = f'IF(RIGHT({value},LEN({unit}))={unit}&"","",{unit})'
    return f'IF({value}="","",{before}&{value}&{behind})'


def actual_reference(placement: Placement, number: int, indicator: Indicator, sheet: str = "") -> str:
    """完成值 as it is displayed; one that follows from 基础数据 with its unit."""
    return shown_actual((f"{sheet}!" if sheet else "") + placement.indicator(number, "actual").cell, indicator)


def score_formula(placement: Placement, number: int, indicator: Indicator) -> str:
    """得分 of an indicator by the rule that 评分规则 names."""
    row = rule_row(number)
    weight, name = (placement.indicator(number, field).cell for field in ("weight", "level3"))
    actual = actual_reference(placement, number, indicator)
    rule, native = f"{RULE_SHEET}!${COLUMNS['rule']}{row}", f"{RULE_SHEET}!${COLUMNS['score']}{row}"
    if direction_words(indicator) != indicator.name:
        name = f'{name}&"{COST_LEVEL}"'
    return f"IFERROR(0+PE_SCORE({weight},{target_reference(placement, number)},{actual},{rule},{name}),{native})"
