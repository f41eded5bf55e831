"""规定项目: the closed set of things a ruleset may regulate, each with its unit and its range."""

from __future__ import annotations

from perfeval_xl.core.record import Record
from perfeval_xl.core.rule import RULE_NAMES
from perfeval_xl.core.ruleset import WEIGHT_CLASSES

POINTS, RATIO, RULE, DIGITS, COUNT, CHARACTERS, FLAG = "points", "ratio", "rule", "digits", "count", "characters", "flag"
WHOLE = (DIGITS, COUNT, CHARACTERS, FLAG)
GRADE = "grade."
WEIGHT = "weight."
MINIMUM = "minimum."


class Item(Record):
    """一个项目可以写什么: numbers from ``low`` to ``high``, or one of ``rules``."""

    unit: str
    low: float = 0.0
    high: float = 0.0
    rules: tuple[str, ...] = ()


_GRADE = Item(POINTS, 0, 100)
_ITEMS = {
    **{WEIGHT + name: Item(POINTS, 0, 100) for name in WEIGHT_CLASSES},
    "rule.default": Item(RULE, rules=tuple(name for name in RULE_NAMES if name != "execution")),
    "rule.execution": Item(RULE, rules=("execution", "bands")),
    "band.met": Item(RATIO, 0, 1),
    "band.partial": Item(RATIO, 0, 1),
    "threshold.over_completion": Item(RATIO, 1, 10),
    "threshold.execution_floor": Item(RATIO, 0, 1),
    "execution.may_exceed": Item(FLAG, 0, 1),
    "rate_digits": Item(DIGITS, 0, 9),
    "text.reason_min": Item(CHARACTERS, 0, 500),
    **{MINIMUM + name: Item(COUNT, 0, 99) for name in WEIGHT_CLASSES if name != "execution"},
}
ITEM_NAMES = (*_ITEMS, GRADE + "优")


def item_of(name: str) -> Item | None:
    """按名称查项目; None for a name outside the closed set.

    ``grade.`` takes any word after it, because offices name their grades differently.

    >>> item_of("weight.output").unit, item_of("grade.一等").high, item_of("weight.other")
    ('points', 100, None)
    """
    if name.startswith(GRADE) and name.removeprefix(GRADE).strip():
        return _GRADE
    return _ITEMS.get(name)


_CHECKS_PER_FAMILY = {"A": 13, "B": 17, "C": 16, "D": 17, "E": 13, "F": 7, "G": 3}

CHECK_RANGES = "、".join(f"{family}01 到 {family}{last:02d}" for family, last in _CHECKS_PER_FAMILY.items())


def is_check(name: str) -> bool:
    """是否审核规则编号, A01 to F07, and G01 to G03 of the comparison with the approved goals.

    >>> is_check("B10"), is_check("F08"), is_check("b10"), is_check("G03")
    (True, False, False, True)
    """
    family, number = name[:1], name[1:]
    return len(number) == 2 and number.isascii() and number.isdigit() and 1 <= int(number) <= _CHECKS_PER_FAMILY.get(family, 0)
