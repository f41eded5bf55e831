"""得分: the closed set of scoring rules, each one expression over weight, bounds and actual value."""

from __future__ import annotations

from perfeval_xl.core.expression import (
    Expression,
    at_least,
    at_most,
    branch,
    equals,
    function_of,
    rounding,
    steps_full,
    steps_started,
    variable,
)
from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER, WITHIN, Rule, parse_rule

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLES = ("weight", "low", "high", "actual", "scale")
EXECUTION_VARIABLES = ("weight", "executed", "budget")
_weight, _low, _high, _actual = (variable(name) for name in VARIABLES[:4])
_scale = variable("scale")      # 100 when gaps count in percentage points, 0 when in percent of the target
_reached = at_least(_actual, 0.0)


def score_expression(rule: Rule, direction: str) -> Expression:
    """评分算式 of a rule for one direction; variables ``weight low high actual scale``.

    ``low`` bounds from below (higher is better, or an interval), ``high`` from above. A target of zero or
    less has no completion rate: then it is all or nothing.
    Source: 财预〔2020〕10号 (条款待核) for proportional; the other forms are local practice named in the ruleset.
    """
    build = _BUILDERS[rule.name]
    if direction == HIGHER:
        return branch(_actual >= _low, _weight, _limited(build(rule, HIGHER, _low)))
    if direction == LOWER:
        return branch(_high >= _actual, _weight, _limited(build(rule, LOWER, _high)))
    below = branch(_low > _actual, _limited(build(rule, HIGHER, _low)), _weight)
    return branch(_actual > _high, _limited(build(rule, LOWER, _high)), below)


def _limited(expression: Expression | float) -> Expression | float:
    if not isinstance(expression, Expression):
        return expression
    return at_most(rounding(at_least(expression, 0.0), 2), _weight)  # last, or 33.333 points could earn 33.34


def _positive(bound: Expression, expression: Expression) -> Expression:
    return branch(bound > 0.0, expression, 0.0)


def _proportional(_: Rule, direction: str, bound: Expression) -> Expression:
    if direction == HIGHER:
        return _positive(bound, _weight * _reached / bound)
    return _positive(bound, _weight * (1.0 - (_actual - bound) / bound))


def _reciprocal(rule: Rule, direction: str, bound: Expression) -> Expression:
    if direction == HIGHER:
        return _proportional(rule, direction, bound)
    return _positive(bound, _weight * bound / _actual)


def _pass_fail(_: Rule, __: str, ___: Expression) -> float:
    return 0.0


def _step_deduction(rule: Rule, direction: str, bound: Expression) -> Expression:
    distance = bound - _actual if direction == HIGHER else _actual - bound
    relative = branch(bound > 0.0, distance / bound * 100.0, 1e9)
    gap = relative if rule.word("unit", "pp") == "percent" else branch(_scale > 0.0, distance * _scale, relative)
    count = steps_full if rule.word("step", "started") == "full" else steps_started
    return _weight - count(gap / rule.number("per", 1.0)) * rule.number("points", 1.0)


def _bands(rule: Rule, direction: str, bound: Expression) -> Expression:
    if direction == HIGHER:
        completion = _reached / bound
    else:
        completion = branch(_actual > 0.0, bound / at_least(_actual, 1e-300), 0.0)
    return _positive(bound, _banded(rule, completion))


def _banded(rule: Rule, completion: Expression) -> Expression:
    result: Expression | float = 0.0
    for least, share in reversed(rule.bands):
        result = branch(rounding(completion, 9) >= least, _weight * share, result)
    return result * 1.0 if isinstance(result, Expression) else _weight * result


_BUILDERS: dict[str, Callable[[Rule, str, Expression], Expression | float]] = {
    "proportional": _proportional,
    "linear_excess": _proportional,
    "interval": _proportional,
    "execution": _proportional,
    "reciprocal": _reciprocal,
    "pass_fail": _pass_fail,
    "step_deduction": _step_deduction,
    "bands": _bands,
}


@lru_cache(512)
def score_function(rule: Rule, direction: str) -> Callable[[float, float, float, float, float], float]:
    """得分函数 compiled once per rule and direction; arguments as in ``VARIABLES``."""
    return function_of(score_expression(rule, direction), VARIABLES)


def execution_expression(rule: Rule) -> Expression:
    """预算执行率得分: weight × rate, at most the weight; a budget of zero earns nothing.

    Source: 财预〔2020〕10号 (条款待核); banded: 财预〔2021〕101号 (条款待核).
    """
    executed, budget = variable("executed"), variable("budget")
    rate = executed / budget
    earned = _banded(rule, rate) if rule.name == "bands" else _weight * at_least(at_most(rate, 1.0), 0.0)
    return branch(equals(budget, 0.0), 0.0, at_most(rounding(earned, 2), _weight))


@lru_cache(64)
def execution_function(rule: Rule) -> Callable[[float, float, float], float]:
    """执行率得分函数; arguments as in ``EXECUTION_VARIABLES``."""
    return function_of(execution_expression(rule), EXECUTION_VARIABLES)


def bounded_score(rule: Rule, direction: str, weight: float, low: float, high: float, actual: float, *, points: bool) -> float:
    """得分 of one indicator, 0…weight.

    Args:
        rule: a computing rule (not qualitative, not manual).
        direction: higher, lower or within.
        weight: 分值 in points.
        low: lower bound in the base unit (ignored for lower).
        high: upper bound in the base unit (ignored for higher).
        actual: 完成值 in the base unit.
        points: gaps count in percentage points (the target is a percentage).

    >>> from perfeval_xl.core.rule import parse_rule
    >>> bounded_score(parse_rule("proportional"), "higher", 15, 8755, 0, 8676, points=False)
    14.86
    >>> bounded_score(parse_rule("step_deduction(points=0.5, per=1)"), "higher", 5, 0.95, 0, 0.8926, points=True)
    2.0
    """
    function = score_function(rule, direction if direction in (HIGHER, LOWER) else WITHIN)
    return function(weight, low, high, actual, 100.0 if points else 0.0)


def execution_score(weight: float | None, executed: float | None, budget: float | None, rule: str = "") -> float | None:
    """预算执行率得分, 0…weight; a blank gives None, an unreadable rule raises ValueError.

    >>> execution_score(10, 1707.31, 1711.75), execution_score(10, 85, 100, "bands(100:1, 80:0.7, 60:0.5)")
    (9.97, 7.0)
    """
    parsed = parse_rule(rule or "execution")
    if isinstance(parsed, str):
        raise ValueError(parsed)
    if weight is None or executed is None or budget is None:
        return None
    return execution_function(parsed)(weight, executed, budget)
