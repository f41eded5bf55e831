"""基础数据的算式: how a result follows from its amounts, with their names and their numbers."""

from __future__ import annotations

from perfeval_xl.core.arithmetic import Work
from perfeval_xl.core.figure_amounts import amounts_by_key
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval_xl.core.expression import Expression
    from perfeval_xl.core.figure import Variant


def side_text(side: Expression, amounts: Mapping[str, float | None]) -> str:
    """分子或分母, each amount with its name and its number.

    >>> from perfeval_xl.core.expression import variable
    >>> side_text(variable("expenditure_budget") / 12.0, {"expenditure_budget": 106208.0})
    '基金支出预算 106208 ÷ 12'
    """
    known = {key: number for key, number in amounts.items() if number is not None}
    return Work(known, lambda key, value: f"{amounts_by_key()[key].name} {plain(value)}", {}).out(side).text


def quotient_text(variant: Variant, amounts: Mapping[str, float | None]) -> str:
    """分子 ÷ 分母; the amount alone where nothing is divided."""
    sides = [side for side in (variant.numerator, variant.denominator) if side is not None]
    texts = [side_text(side, amounts) for side in sides]
    if len(sides) == 1:
        return texts[0]
    return " ÷ ".join(text if side.operator == "var" else f"({text})" for side, text in zip(sides, texts, strict=True))
