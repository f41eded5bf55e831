"""资金块的公式: execution rates and the points for them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.number import rounded
from perfeval_xl.core.rule import rule_text
from perfeval_xl.core.scoring import execution_expression, execution_score
from perfeval_xl.workbook.adoption.computed_cell import EXECUTION_SCORE, RATE, Request
from perfeval_xl.workbook.adoption.operand import Operand, number_operand
from perfeval_xl.workbook.adoption.total_formulas import EXECUTION_ROW
from perfeval_xl.workbook.grid import RULE_SHEET

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, FundResult
    from perfeval_xl.core.ruleset import Rules
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.adoption.form_cells import FormCells
    from perfeval_xl.workbook.adoption.form_sheet import Place

_NO_AMOUNTS = "预算数或执行数不是单独的数 (带单位、文字, 或没有这一列), 公式算不了"
_BALANCE = "结余没有执行率, 空着没有填"
_BALANCES = ("结余", "结存")     # of a fund: what is left over is neither planned nor carried out
_NO_WEIGHT = "分值不是单独的数, 公式算不了"
_OTHERWISE = "评分办法的算法不能写成单元格公式"


def rate_request(cells: FormCells, result: FundResult, kind: str) -> tuple[Value, Request] | None:
    """执行率 of a funding row of a table of that kind; None where the form has no cell for it."""
    fund = result.fund
    spot = cells.spot(fund.written_rate)
    if spot is None:
        return None
    executed, budget = number_operand(cells, fund.executed), number_operand(cells, fund.budget)
    item = fund.label.text.strip()
    if kind == "fund" and cells.held(spot) is None and any(word in fund.words for word in _BALANCES):
        return fund.written_rate, Request(spot, RATE, item, "", None, _BALANCE)
    if executed is None or budget is None:
        return fund.written_rate, Request(spot, RATE, item, "", None, _NO_AMOUNTS)
    in_points = _is_in_points(cells, spot)
    value = result.execution_rate
    shown = None if value is None else rounded(value * 100) if in_points else value
    return fund.written_rate, Request(spot, RATE, item, _rate(executed, budget, in_points=in_points), shown, is_ratio=not in_points)


def _is_in_points(cells: FormCells, spot: Place) -> bool:
    """The header asks for a number under 「执行率(%)」: 99.74, no percent sign."""
    return not cells.is_percent(spot) and "%" in unicodedata.normalize("NFKC", cells.header_above(spot, "率"))


def _rate(executed: Operand, budget: Operand, *, in_points: bool) -> str:
    done, planned = executed.at(), budget.at()
    ours, native = f"PE_EXECUTION_RATE({done},{planned})", f"{done}/{planned}"
    if in_points:
        ours, native = f"ROUND(100*{ours},2)", f"ROUND(100*{native},2)"
    return f'IFERROR(0+{ours},IF(OR({done}="",N({planned})=0),"",{native}))'


def score_request(cells: FormCells, result: FundResult, assessment: Assessment, column: str) -> tuple[Value, Request] | None:
    """执行率得分 of a row whose points count; None where the form has no cell for it.

    ``column``: of 评分规则, where the rule for execution stands.
    """
    fund = result.fund
    spot = cells.spot(fund.written_score)
    if spot is None or cells.spot(fund.weight) is None:
        return None
    weight, executed, budget = (number_operand(cells, value) for value in (fund.weight, fund.executed, fund.budget))
    item = fund.label.text.strip()
    if executed is None or budget is None:
        return fund.written_score, Request(spot, EXECUTION_SCORE, item, "", None, _NO_AMOUNTS)
    if weight is None:
        return fund.written_score, Request(spot, EXECUTION_SCORE, item, "", None, _NO_WEIGHT)
    formula = _points(weight, executed, budget, assessment.rules, f"{RULE_SHEET}!${column}${EXECUTION_ROW}")
    if result.score != _foreseen(result, assessment.rules):
        return fund.written_score, Request(spot, EXECUTION_SCORE, item, "", None, _OTHERWISE)
    return fund.written_score, Request(spot, EXECUTION_SCORE, item, formula, result.score)


def _points(weight: Operand, executed: Operand, budget: Operand, rules: Rules, at: str) -> str:
    """Points for the rate, which some rulesets round before it counts; native as long as ``at`` names the same rule."""
    done, planned, earned = executed.at(), budget.at(), weight.at()
    rule, digits = rules.rule("rule.execution"), rules.rate_digits
    is_ready = ",".join(f"ISNUMBER({place})" for place in (earned, done, planned))
    ratio = (done, planned) if digits is None else (f"ROUND({done}/{planned},{digits})", "1")
    native = formula_text(execution_expression(rule), {"weight": earned, "executed": ratio[0], "budget": ratio[1]})
    native = native if digits is None else f"IF({planned}=0,0,{native})"
    asked = ratio[0] if digits is None else f'IF(AND(ISNUMBER({done}),ISNUMBER({planned})),{ratio[0]},"")'
    ours = f"PE_EXECUTION_SCORE({earned},{asked},{ratio[1]},{at})"
    return f'IFERROR(0+{ours},IF(AND({is_ready},EXACT({at},"{rule_text(rule)}")),{native},""))'


def _foreseen(result: FundResult, rules: Rules) -> float | None:
    """What that formula gives for the amounts as they stand."""
    weight, executed, budget = (value.number for value in (result.fund.weight, result.fund.executed, result.fund.budget))
    text, digits = rule_text(rules.rule("rule.execution")), rules.rate_digits
    if digits is not None and executed is not None and budget:
        executed, budget = rounded(executed / budget, digits), 1.0
    return execution_score(weight or None, executed, budget, text)
