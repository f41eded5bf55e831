"""评分规则表的单元格: how what our own rules sheet shows came about."""

from __future__ import annotations

from perfeval_xl.core.cell_account import account_of
from perfeval_xl.core.derivation import COMPUTED, LABEL, TYPED, Derivation, rule_named
from perfeval_xl.core.indicator_derivation import (
    bound_derivation,
    completion_derivation,
    deviation_derivation,
    points_derivation,
    score_derivation,
)
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import column_letters, place
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.grid import RULE_FIRST_ROW

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, IndicatorResult

_BOUNDS = {"direction": "方向", "low": "指标值下限", "high": "指标值上限", "actual": "完成值"}
_DERIVED = {"completion": completion_derivation, "deviation": deviation_derivation, "points": points_derivation}
_TOTALS = {4: "total_weight", 5: "total_score", 6: "grade"}


def rule_account(assessment: Assessment, cell: str) -> Derivation | None:
    """The derivation of a cell of 评分规则; None for cells that hold no indicator and no total."""
    row, column = place(cell) or (0, 0)
    letters = column_letters(column)
    if letters == "B" and row in _TOTALS:
        value = getattr(assessment.table, _TOTALS[row])
        found = account_of(assessment, value.cell) if value.exists else None
        return found and found._replace(cell=cell)
    number = row - RULE_FIRST_ROW
    name = next((name for name, own in COLUMNS.items() if own == letters), "")
    if not 0 <= number < len(assessment.indicators):
        return None
    found = _of_column(assessment, assessment.indicators[number], name)
    return found and found._replace(cell=cell)


def _of_column(assessment: Assessment, result: IndicatorResult, name: str) -> Derivation | None:
    item = result.indicator.name.strip()
    if name in _DERIVED:
        return _DERIVED[name](result)
    if name in _BOUNDS:
        return bound_derivation(result, _BOUNDS[name])
    if name == "score":
        return score_derivation(result, assessment)
    text, meaning = rule_named(result.rule)
    if name == "rule":
        return Derivation("", "评分规则", item, TYPED, f"{item}的评分规则, 可以改写: {meaning}", rule=text, meaning=meaning, written=text)
    if name == "name":
        return Derivation("", "指标名称", item, LABEL, f"由自评表带来的指标名称「{item}」, 不参与计算", written=item)
    basis = "" if result.rule.is_judged else assessment.rules.basis("rule.default")
    return Derivation("", "依据", item, COMPUTED, "评分规则的依据, 由评分办法带来", basis=basis, result=basis) if name == "basis" and basis else None
