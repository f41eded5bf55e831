"""评分表达式: a rule as one small expression, compiled to a Python function and to Excel formula text.

One tree, several texts: whatever a cell, the button or the command line computes comes from the same place.
"""

from __future__ import annotations

import math

from perfeval_xl.core.number import rounded
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ARITHMETIC = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
_COMPARISON = {"ge": ">=", "gt": ">", "eq": "=="}


class Expression:
    """算式: a node of the tree. Built with + - * / and the functions below, never from text."""

    __slots__ = ("arguments", "operator")

    def __init__(self, operator: str, *arguments: Expression | float | str) -> None:
        self.operator, self.arguments = operator, arguments

    def __add__(self, other: Expression | float) -> Expression:
        return Expression("add", self, other)

    def __sub__(self, other: Expression | float) -> Expression:
        return Expression("sub", self, other)

    def __rsub__(self, other: float) -> Expression:
        return Expression("sub", other, self)

    def __mul__(self, other: Expression | float) -> Expression:
        return Expression("mul", self, other)

    def __truediv__(self, other: Expression | float) -> Expression:
        return Expression("div", self, other)

    def __ge__(self, other: Expression | float) -> Expression:
        return Expression("ge", self, other)

    def __gt__(self, other: Expression | float) -> Expression:
        return Expression("gt", self, other)


def variable(name: str) -> Expression:
    return Expression("var", name)


def equals(left: Expression, right: Expression | float) -> Expression:
    return Expression("eq", left, right)


def branch(condition: Expression, then: Expression | float, otherwise: Expression | float) -> Expression:
    return Expression("if", condition, then, otherwise)


def at_least(expression: Expression, bound: Expression | float) -> Expression:
    return Expression("max", expression, bound)


def at_most(expression: Expression, bound: Expression | float) -> Expression:
    return Expression("min", expression, bound)


def rounding(expression: Expression, digits: int) -> Expression:
    return Expression("round", expression, digits)


def steps_started(expression: Expression) -> Expression:
    """Smallest whole number not below a value ≥ 0; nine decimals count, so 6.0000000001 steps are six."""
    return Expression("ceil", rounding(expression, 9))


def steps_full(expression: Expression) -> Expression:
    return Expression("floor", rounding(expression, 9))


def python_text(node: Expression | float | str) -> str:
    """The expression as Python source of a closed set of names."""
    if not isinstance(node, Expression):
        return repr(node)
    if node.operator == "var":
        return str(node.arguments[0])
    texts = [python_text(argument) for argument in node.arguments]
    if node.operator in _ARITHMETIC or node.operator in _COMPARISON:
        sign = _ARITHMETIC.get(node.operator) or _COMPARISON[node.operator]
        return f"({texts[0]}{sign}{texts[1]})"
    if node.operator == "if":
        return f"({texts[1]} if {texts[0]} else {texts[2]})"
    name = {"round": "rounded"}.get(node.operator, node.operator)
    return f"{name}({', '.join(texts)})"


_FORMULA_NAMES = {"max": "MAX", "min": "MIN", "round": "ROUND", "if": "IF"}


def formula_text(node: Expression | float | str, cells: Mapping[str, str]) -> str:
    """The expression as Excel formula text; ``cells`` maps each variable to a reference.

    Only functions of Excel 2010 and before occur, so that WPS and LibreOffice compute the same.

    >>> formula_text(rounding(variable("weight") * at_most(variable("actual") / 8, 1.0), 2), {"weight": "E5", "actual": "G5"})
    'ROUND((E5*MIN((G5/8),1)),2)'
    """
    if not isinstance(node, Expression):
        return f"{node:.15G}" if isinstance(node, float) else str(node)
    if node.operator == "var":
        return cells[str(node.arguments[0])]
    texts = [formula_text(argument, cells) for argument in node.arguments]
    if node.operator in _ARITHMETIC:
        return f"({texts[0]}{_ARITHMETIC[node.operator]}{texts[1]})"
    if node.operator in _COMPARISON:
        return texts[0] + _COMPARISON[node.operator].replace("==", "=") + texts[1]
    if node.operator in ("ceil", "floor"):
        return f"{'ROUNDUP' if node.operator == 'ceil' else 'ROUNDDOWN'}({texts[0]},0)"
    return f"{_FORMULA_NAMES[node.operator]}({','.join(texts)})"


def function_of(expression: Expression, names: tuple[str, ...]) -> Callable[..., float]:
    """Compile once to a Python function of ``names``; as fast as one written by hand."""
    source = f"lambda {', '.join(names)}: {python_text(expression)}"
    scope = {"__builtins__": {}, "rounded": rounded, "max": max, "min": min, "ceil": math.ceil, "floor": math.floor}
    compiled: Callable[..., float] = eval(source, scope)  # noqa: S307 - our own tree, no user text
    return compiled
