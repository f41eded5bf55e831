"""算式的写法: an expression worked out with its numbers shown, branch by branch.

It walks the very tree the score is computed from, so that what is shown cannot differ from what is computed.
"""

from __future__ import annotations

import math

from perfeval_xl.core.expression import Expression
from perfeval_xl.core.number import plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SIGNS = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}
_SUM, _PRODUCT, _ATOM = 1, 2, 3
_STRENGTH = {"add": _SUM, "sub": _SUM, "mul": _PRODUCT, "div": _PRODUCT}
_TRUE = {"ge": "≥", "gt": ">", "eq": "="}
_FALSE = {"ge": "<", "gt": "≤", "eq": "≠"}
_TURNED = {"≥": "≤", ">": "<", "=": "=", "<": ">", "≤": "≥", "≠": "≠"}
_MOST = 1e15       # beyond it no decimal is true
_DECIMALS = 4
_STEPS = {"ceil": "不满一步按一步算", "floor": "不满一步不算"}


class Worked(Record):
    """算出的一部分: its value, how it is written, and how strongly the writing holds together."""

    value: float
    text: str
    strength: int = _ATOM


def approximate(value: float) -> str:
    """写到四位小数, further digits as …

    >>> approximate(14.864648), approximate(14.86), approximate(-0.00904), approximate(0.0000123), approximate(-1e308 * 10)
    ('14.8646…', '14.86', '-0.0090…', '0.00001230', '-inf')
    """
    if abs(value) > _MOST:
        return f"{value:g}"
    short = plain(value, _DECIMALS)
    if abs(value - float(short)) <= 1e-12 * max(1.0, abs(value)):
        return short
    if abs(value) < 10.0**-_DECIMALS:
        return f"{value:.8f}"
    size = math.floor(abs(value) * 10**_DECIMALS) / 10**_DECIMALS
    return f"{'-' if value < 0 else ''}{size:.{_DECIMALS}f}…"


class Work:
    """一次演算: ``values`` and ``texts`` of the variables; ``steps`` grow as the tree is walked.

    ``named`` says how a condition speaks of a variable, e.g. 完成值.
    """

    def __init__(self, values: Mapping[str, float], shown: Callable[[str, float], str], named: Mapping[str, str]) -> None:
        self._values, self._shown, self._named = values, shown, named
        self.steps: list[str] = []

    def out(self, node: Expression | float | str) -> Worked:
        """算出一个节点.

        >>> from perfeval_xl.core.expression import rounding, variable
        >>> work = Work({"weight": 15.0, "actual": 8676.0}, lambda name, value: plain(value), {})
        >>> work.out(rounding(variable("weight") * variable("actual") / 8755.0, 2)).value, work.steps
        (14.86, ['8676 ÷ 8755 × 15 = 14.8646… → 14.86'])
        """
        if not isinstance(node, Expression):
            return Worked(float(node), plain(float(node), 12))
        if node.operator == "var":
            name = str(node.arguments[0])
            return Worked(self._values[name], self._shown(name, self._values[name]))
        special = {"if": self._if, "max": self._max, "min": self._min, "round": self._round, "ceil": self._whole, "floor": self._whole}
        return special.get(node.operator, self._arithmetic)(node)

    def _arithmetic(self, node: Expression) -> Worked:
        left, right = (self.out(argument) for argument in node.arguments)
        value = _result(node.operator, left.value, right.value)
        if right.text == "1" and node.operator in ("mul", "div") and not _is_weight(node.arguments[1]):
            return left
        if _is_weight(node.arguments[0]) and node.operator == "mul" and isinstance(node.arguments[1], Expression):
            return Worked(value, _joined("mul", right, left), _PRODUCT)
        share = node.arguments[0]
        if node.operator == "div" and isinstance(share, Expression) and share.operator == "mul" and _is_weight(share.arguments[0]):
            part, weight = self.out(share.arguments[1]), self.out(share.arguments[0])
            quotient = Worked(value, _joined("div", part, right), _PRODUCT)
            return Worked(value, _joined("mul", quotient, weight), _PRODUCT)
        return Worked(value, _joined(node.operator, left, right), _STRENGTH[node.operator])

    def _if(self, node: Expression) -> Worked:
        condition, then, otherwise = node.arguments
        return self.out(then if self._holds(condition) else otherwise)

    def _holds(self, condition: Expression | float | str) -> bool:
        if not isinstance(condition, Expression):
            return bool(condition)
        left, right = (self.out(argument) for argument in condition.arguments)
        holds = {"ge": left.value >= right.value, "gt": left.value > right.value, "eq": left.value == right.value}[condition.operator]
        sign = (_TRUE if holds else _FALSE)[condition.operator]
        if _is_worth_saying(condition, holds=holds):
            first, second = (self._spoken(argument, worked) for argument, worked in zip(condition.arguments, (left, right), strict=True))
            self._say(f"{second} {_TURNED[sign]} {first}" if _names(condition)[1] == "actual" else f"{first} {sign} {second}")
        return holds

    def _spoken(self, node: Expression | float | str, worked: Worked) -> str:
        if isinstance(node, Expression) and node.operator == "var":
            return f"{self._named.get(str(node.arguments[0]), '')} {worked.text}".strip()
        return worked.text if worked.strength == _ATOM else f"{worked.text} = {approximate(worked.value)}"

    def _max(self, node: Expression) -> Worked:
        left, right = (self.out(argument) for argument in node.arguments)
        if left.value >= right.value:
            return left
        self._say(f"{_equation(left)} < {right.text}, 按 {right.text} 计")
        return right

    def _min(self, node: Expression) -> Worked:
        left, right = (self.out(argument) for argument in node.arguments)
        if left.value <= right.value:
            return left
        self._say(f"{_equation(left)} > {right.text}, 按 {right.text} 计")
        return right

    def _round(self, node: Expression) -> Worked:
        inner, digits = self.out(node.arguments[0]), int(float(str(node.arguments[1])))
        value = rounded(inner.value, digits)
        if digits > _DECIMALS:
            return inner._replace(value=value)
        if inner.strength == _ATOM and inner.value == value:
            return inner
        self._say(f"{_equation(inner)}{'' if _is_short(inner.value, value) else f' → {plain(value)}'}")
        return Worked(value, plain(value))

    def _whole(self, node: Expression) -> Worked:
        inner = self.out(node.arguments[0])
        count = float(math.ceil(inner.value) if node.operator == "ceil" else math.floor(inner.value))
        rest = "" if count == inner.value else f" → {plain(count)} ({_STEPS[node.operator]})"
        self._say(f"{_equation(inner)}{rest}")
        return Worked(count, plain(count))

    def _say(self, step: str) -> None:
        if step not in self.steps:
            self.steps.append(step)


def _result(operator: str, left: float, right: float) -> float:
    if operator == "add":
        return left + right
    if operator == "sub":
        return left - right
    return left * right if operator == "mul" else left / right


def _names(node: Expression) -> list[object]:
    return [argument.arguments[0] if isinstance(argument, Expression) else argument for argument in node.arguments]


def _is_weight(node: Expression | float | str) -> bool:
    return isinstance(node, Expression) and node.operator == "var" and node.arguments[0] == "weight"


def _is_worth_saying(condition: Expression, *, holds: bool) -> bool:
    """Guards that did not bite, and switches no one typed, are not worth a line."""
    if isinstance(condition.arguments[0], Expression) and condition.arguments[0].arguments[0] == "scale":
        return False
    against_zero = condition.arguments[1] == 0.0 and not isinstance(condition.arguments[1], Expression)
    return not against_zero or holds == (condition.operator == "eq")


def _joined(operator: str, left: Worked, right: Worked) -> str:
    strength = _STRENGTH[operator]
    first = left.text if left.strength >= strength else f"({left.text})"
    tight = right.strength > strength or (right.strength == strength and operator in ("add", "mul"))
    return f"{first} {_SIGNS[operator]} {right.text if tight and not right.text.startswith('-') else f'({right.text})'}"


def _equation(worked: Worked) -> str:
    return worked.text if worked.strength == _ATOM else f"{worked.text} = {approximate(worked.value)}"


def _is_short(value: float, result: float) -> bool:
    return approximate(value) == plain(result)
