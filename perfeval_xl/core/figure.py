"""基础数据算式: an indicator computed from named amounts, once for Python and once as native Excel formula text."""

from __future__ import annotations

import unicodedata
from itertools import product

from perfeval_xl.core.expression import Expression, formula_text, function_of
from perfeval_xl.core.figure_amounts import MONEY_UNIT
from perfeval_xl.core.memory import cache
from perfeval_xl.core.number import Interval, percent, plain, printed
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfeval_xl.core.reading.target import Reading

RATIO, MONTHS, MONEY = "ratio", "months", "money"

# How a result is shown, in Excel's own format codes, and the factor from it to the base unit of core/measure.
FORMATS = {RATIO: "0.00%", MONTHS: '0.00"个月"', MONEY: f'0.00"{MONEY_UNIT}"'}
BASE_FACTORS = {RATIO: 1.0, MONTHS: 1.0, MONEY: 10000.0}


class Variant(Record):
    """一种口径: numerator ÷ denominator over the keys of amounts; without a denominator an amount."""

    name: str
    numerator: Expression
    denominator: Expression | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The amounts it needs, in the order of the formula."""
        return tuple(dict.fromkeys([*_keys(self.numerator), *_keys(self.denominator)]))

    def value(self, figures: Mapping[str, float | None]) -> float | None:
        """结果, unrounded; a blank among the amounts or a denominator of zero gives None.

        >>> from perfeval_xl.core.expression import variable
        >>> Variant("", variable("benefit"), variable("spent")).value({"benefit": 92586, "spent": 103384})
        0.8955544378240347
        """
        whole = 1.0 if self.denominator is None else amount_of(self.denominator, figures)
        part = amount_of(self.numerator, figures)
        return None if part is None or not whole else part / whole

    def span(self, figures: Mapping[str, Interval | None]) -> Interval | None:
        """结果的区间: every result that true amounts behind the printed ones may give; None where a divisor may be zero.

        Every formula here rises or falls in each of its amounts, so that the ends suffice.

        >>> from perfeval_xl.core.expression import variable
        >>> Variant("", variable("part"), variable("whole")).span({"part": Interval(90, 91), "whole": Interval(100, 100)})
        Interval(low=0.9, high=0.91)
        """
        known = [span for span in map(figures.get, self.keys) if span is not None]
        if len(known) < len(self.keys):
            return None
        corners = [dict(zip(self.keys, ends, strict=True)) for ends in product(*known)]
        if self.denominator is not None and any((amount_of(self.denominator, corner) or 0.0) <= 0 for corner in corners):
            return None
        results = [result for result in map(self.value, corners) if result is not None]
        return Interval(min(results), max(results))

    def formula(self, cells: Mapping[str, str]) -> str:
        """内置公式 of the result; ``cells`` maps keys to references. Blank amounts give "", as does a denominator of zero.

        >>> from perfeval_xl.core.expression import variable
        >>> Variant("", variable("benefit"), variable("spent")).formula({"benefit": "C14", "spent": "C12"})
        'IF(COUNT(C14,C12)=2,IF(C12=0,"",C14/C12),"")'
        """
        part = formula_text(self.numerator, cells)
        quotient = part if self.denominator is None else quotient_text(part, formula_text(self.denominator, cells))
        return unless_blank([cells[key] for key in self.keys], quotient)


class Figure(Record):
    """由基础数据计算的指标.

    ``words``: groups of words of which each must lend one to the indicator's name; ``none_of``: words that rule it out.
    ``unit``: RATIO (0…1), MONTHS or MONEY. The first variant counts unless another is chosen.
    ``source``: where the formula stands; 待核 where the wording was not seen.
    """

    key: str
    name: str
    unit: str
    words: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]
    variants: tuple[Variant, ...]
    source: str
    note: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The amounts that any of its variants needs."""
        return tuple(dict.fromkeys(key for variant in self.variants for key in variant.keys))

    def variant(self, name: str = "") -> Variant:
        """The variant of that name, else the first."""
        return next((variant for variant in self.variants if variant.name == name), self.variants[0])

    def value(self, figures: Mapping[str, float | None], variant: str = "") -> float | None:
        """结果 in its unit, unrounded; None while an amount is blank or the denominator is zero."""
        return self.variant(variant).value(figures)

    def is_named(self, indicator: str) -> bool:
        """Whether an indicator of that name is this one."""
        name = name_words(indicator)
        return all(any(word in name for word in group) for group in self.words) and not any(word in name for word in self.none_of)


def name_words(indicator: str) -> str:
    """指标名称 without spaces and in usual characters, as figures are recognised by it."""
    return "".join(unicodedata.normalize("NFKC", indicator).split())


def amount_of(expression: Expression, figures: Mapping[str, float | None]) -> float | None:
    """一个数额 over the keys of amounts; None while one of them is blank."""
    keys = _keys(expression)
    known = [value for value in map(figures.get, keys) if value is not None]
    return _function(expression, keys)(*known) if len(known) == len(keys) else None


def amount_formula(expression: Expression, cells: Mapping[str, str]) -> str:
    """一个数额的内置公式; "" while one of its cells is blank."""
    return unless_blank([cells[key] for key in _keys(expression)], formula_text(expression, cells))


def quotient_text(part: str, whole: str) -> str:
    """相除的内置公式; "" for a denominator of zero."""
    return f'IF({whole}=0,"",{part}/{whole})'


def unless_blank(cells: list[str], formula: str) -> str:
    """空白即空白: "" while one of the cells holds no number."""
    return f'IF(COUNT({",".join(cells)})={len(cells)},{formula},"")'


def agrees(value: float, unit: str, stated: Reading) -> bool | None:
    """填报值与计算值是否一致: whether the number as printed may stand for ``value``; None for words and other dimensions.

    >>> from perfeval_xl.core.reading.target import read_text
    >>> [agrees(0.33836, RATIO, read_text(text)) for text in ("33.84%", "33.8%", "33.9%", "较高")]
    [True, True, False, None]
    """
    return may_agree(Interval(value, value), unit, stated)


def may_agree(span: Interval, unit: str, stated: Reading) -> bool | None:
    """填报值与计算值可能一致: as ``agrees``, of a result known to its printed digits."""
    wanted = {RATIO: ("ratio",), MONTHS: ("duration_month", "none"), MONEY: ("money",)}[unit]
    if stated.kind != "numeric" or stated.low is None or stated.op not in ("plain", "=") or stated.dimension not in wanted:
        return None
    shown = printed(stated.low, stated.ulp).times(stated.factor_to_base or 1.0)
    return shown.meets(span.times(BASE_FACTORS[unit]))


def result_text(value: float, unit: str) -> str:
    """结果的写法, as 完成值 shows it.

    >>> result_text(0.33836, RATIO), result_text(10.0424, MONTHS), result_text(1258.0, MONEY)
    ('33.84%', '10.04个月', '1258万元')
    """
    return percent(value) if unit == RATIO else plain(value, 2) + {MONTHS: "个月", MONEY: MONEY_UNIT}[unit]


def _keys(expression: Expression | float | str | None) -> tuple[str, ...]:
    """The variables of an expression in the order in which they occur."""
    if not isinstance(expression, Expression):
        return ()
    if expression.operator == "var":
        return (str(expression.arguments[0]),)
    return tuple(dict.fromkeys(key for argument in expression.arguments for key in _keys(argument)))


@cache
def _function(expression: Expression, keys: tuple[str, ...]) -> Callable[..., float]:
    return function_of(expression, keys)
