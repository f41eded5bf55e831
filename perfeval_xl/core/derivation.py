"""来历: how one computed cell came about, step by step, and what any other cell of the table is.

Everything here is taken from what assessment, measure and scoring compute; nothing is computed a second way.
"""

from __future__ import annotations

from perfeval_xl.core.arithmetic import Work, approximate
from perfeval_xl.core.assessment import whole_amounts
from perfeval_xl.core.labels import RULES
from perfeval_xl.core.number import Interval, percent, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import rule_text
from perfeval_xl.core.scoring import execution_expression, execution_function

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, FundResult
    from perfeval_xl.core.rule import Rule
    from perfeval_xl.core.table import Fund, Value

_FUND_NAMES = {"weight": "分值", "budget": "预算数", "executed": "执行数"}
COMPUTED, JUDGED, TYPED, LABEL = "computed", "judged", "typed", "label"


class Input(Record):
    """一个输入: the cell it stands in, its text, how it was read, and what the printed number may stand for."""

    name: str
    cell: str
    text: str
    reading: str = ""
    stands_for: str = ""


class Derivation(Record):
    """一个单元格的来历.

    ``kind``: computed (by a rule), judged (by people), typed or label. ``sentence`` says what the cell is. ``result`` is
    what we compute, as a person writes it, "" where there is nothing to compute; ``written`` what stands in the cell.
    """

    cell: str
    what: str
    item: str
    kind: str
    sentence: str
    inputs: tuple[Input, ...] = ()
    rule: str = ""
    meaning: str = ""
    basis: str = ""
    steps: tuple[str, ...] = ()
    result: str = ""
    written: str = ""
    agrees: bool | None = None      # the written value is what the true values behind the printed ones allow


def rule_named(rule: Rule) -> tuple[str, str]:
    """规则文本 and what it means.

    >>> from perfeval_xl.core.rule import parse_rule
    >>> rule_named(parse_rule("step_deduction(points=0.5, per=1)"))
    ('step_deduction(points=0.5, per=1)', '每差 1 个百分点扣 0.5 分, 不满一步按一步算')
    """
    return rule_text(rule), _meaning(rule)


def _meaning(rule: Rule) -> str:
    if rule.name == "step_deduction":
        unit = "%" if rule.word("unit", "pp") == "percent" else " 个百分点"
        rest = "不满一步不算" if rule.word("step", "started") == "full" else "不满一步按一步算"
        return f"每差 {plain(rule.number('per', 1.0))}{unit}扣 {plain(rule.number('points', 1.0))} 分, {rest}"
    if rule.bands:
        parts = [f"达到 {plain(least * 100)}% 得分值的 {plain(share * 100)}%" for least, share in rule.bands]
        return f"{RULES[rule.name]}: {', '.join(parts)}, 再低得 0 分"
    return RULES[rule.name]


def input_of(name: str, value: Value, reading: str = "") -> Input:
    """A cell as an input: its text, and the interval its number stands for where it was rounded."""
    return Input(name, value.cell, shown(value), reading, stands_for(value.number, value.ulp))


def shown(value: Value) -> str:
    """A value as a person reads it; 空 for a blank."""
    return value.text.strip() or (plain(value.number) if value.number is not None else "空")


def stands_for(number: float | None, unit_in_last_place: float, unit: str = "") -> str:
    """印出的数所代表的区间 as text, "" for an exact or missing number.

    >>> stands_for(8676.0, 1.0), stands_for(-2.5, 0.1), stands_for(0.0, 1.0), stands_for(5.0, 0.0)
    ('[8675.5, 8677)', '(-2.6, -2.45]', '(-1, 1)', '')
    """
    if number is None or not unit_in_last_place:
        return ""
    below, above = unit_in_last_place / 2, unit_in_last_place
    if number == 0:
        return f"({plain(-above)}, {plain(above)}){unit}"
    if number < 0:
        return f"({plain(number - above)}, {plain(number + below)}]{unit}"
    return f"[{plain(number - below)}, {plain(number + above)}){unit}"


def fund_rate(result: FundResult, basis: str) -> Derivation:
    """执行率 of a funding row."""
    fund, rate = result.fund, result.execution_rate
    inputs = (input_of("全年预算数", fund.budget), input_of("全年执行数", fund.executed))
    item = fund.label.text.strip() or "资金"
    about = Derivation(fund.written_rate.cell, "执行率", item, COMPUTED, "执行率 = 全年执行数 ÷ 全年预算数", inputs, basis=basis)
    if rate is None or fund.budget.number is None or fund.executed.number is None:
        why = "预算数为 0" if fund.budget.number == 0 else "预算数或执行数还是空的"
        return about._replace(steps=(f"{why}, 没有执行率",), written=written_text(fund.written_rate))
    steps = [f"{plain(fund.executed.number)} ÷ {plain(fund.budget.number)} = {approximate(rate)} → {percent(rate)}"]
    possible = _quotient(fund.executed, fund.budget)
    if possible is not None and possible.low != possible.high:
        steps.append(f"按印出的数, 执行率在 {percent(possible.low, 4)} 与 {percent(possible.high, 4)} 之间都有可能")
    written = fund.written_rate
    agrees = None if written.interval is None or possible is None else written.interval.meets(possible)
    return about._replace(steps=tuple(steps), result=percent(rate), written=written_text(written), agrees=agrees)


def _quotient(executed: Value, budget: Value) -> Interval | None:
    if executed.interval is None or budget.interval is None:
        return None
    return executed.interval.over(budget.interval)


def fund_score(result: FundResult, assessment: Assessment) -> Derivation:
    """预算执行率得分 of a funding row."""
    fund, rule = result.fund, assessment.rules.rule("rule.execution")
    inputs = (input_of("分值", fund.full_marks), input_of("全年预算数", fund.budget), input_of("全年执行数", fund.executed))
    text, meaning = rule_named(rule)
    about = Derivation(
        fund.written_score.cell, "执行率得分", fund.label.text.strip() or "资金", COMPUTED, "执行率得分按预算执行率计算", inputs,
        text, meaning, assessment.rules.basis("rule.execution"), written=written_text(fund.written_score),
    )  # fmt: skip
    weight, (budget, executed) = fund.full_marks.number, whole_amounts(assessment.table.funds, assessment.funds.index(result))
    if result.score is None or weight is None or budget is None or executed is None:
        return about._replace(steps=("分值、预算数或执行数还是空的, 还不能计算",))
    digits, said = assessment.rules.rate_digits, []
    if (budget, executed) != (fund.budget.number, fund.executed.number):
        said = [f"总额填的是 0, 按其下各行合计: 预算数 {plain(budget)}, 执行数 {plain(executed)}"]
    if digits is not None and budget:
        rate = rounded(executed / budget, digits)
        said += [f"{plain(executed)} ÷ {plain(budget)} = {approximate(executed / budget)} → {plain(rate)} (执行率先保留 {digits} 位小数)"]
        executed, budget = rate, 1.0
    work = Work({"weight": weight, "executed": executed, "budget": budget}, lambda _, value: plain(value), _FUND_NAMES)
    worked = work.out(execution_expression(rule))
    possible = _possible_scores(rule, weight, fund) if digits is None else None
    return with_score(about._replace(steps=(*said, *work.steps)), worked.value, fund.written_score, possible)


def _possible_scores(rule: Rule, weight: float, fund: Fund) -> Interval | None:
    """The scores that true amounts behind the printed ones may earn."""
    rates = _quotient(fund.executed, fund.budget)
    if rates is None:
        return None
    ends = [execution_function(rule)(weight, rate, 1.0) for rate in rates]
    return Interval(min(ends), max(ends))


def with_score(about: Derivation, score: float, written: Value, possible: Interval | None = None) -> Derivation:
    """The derivation of a score with its result; ``possible`` are the scores that true values may earn."""
    low, high = possible or Interval(score, score)
    agrees = None if written.number is None else low - 0.005 < written.number < high + 0.005
    return about._replace(result=plain(score), written=written_text(written), agrees=agrees)


def written_text(value: Value) -> str:
    """What stands in the cell; "" for a blank or a cell the form has not got."""
    return "" if value.is_blank or not value.exists else shown(value)
