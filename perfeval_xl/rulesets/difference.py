"""不同之处: what a ruleset says otherwise than the one it is based on, in words."""

from __future__ import annotations

from perfeval_xl.core.labels import RULES
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import Rule, parse_rule
from perfeval_xl.rulesets.items import CHARACTERS, COUNT, DIGITS, FLAG, GRADE, POINTS, RATIO, WEIGHT, item_of

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Sourced
    from perfeval_xl.rulesets.edition import Edition

_UNITS = {POINTS: " 分", DIGITS: " 位小数", COUNT: " 个", CHARACTERS: " 字"}


class Difference(Record):
    """一处不同: ``was`` in the ruleset below, ``now`` in this one; "" where the one does not regulate it."""

    name: str
    label: str
    was: str
    now: str


def differences(found: Edition, below: Edition | None) -> list[Difference]:
    """与上级办法的不同 in the newest values, in the order of the file; nothing for a ruleset that stands alone."""
    if below is None:
        return []
    old, new = below.ruleset.items, found.ruleset.items
    changed = [name for name in new if name not in old or new[name][-1].value != old[name][-1].value]
    gone = [name for name in old if name not in new]
    return [
        *(Difference(name, found.labels[name], _newest(name, old.get(name)), _newest(name, new[name])) for name in changed),
        *(Difference(name, below.labels[name], _newest(name, old[name]), "") for name in gone),
    ]


def difference_text(difference: Difference) -> str:
    """一处不同的说法.

    >>> difference_text(Difference("threshold.over_completion", "明显超过指标值的起点", "130%", "120%"))
    '明显超过指标值的起点 130% → 120%'
    >>> difference_text(Difference("grade.差", "等级 差", "0 分", ""))
    '等级 差 不用'
    """
    if not difference.now:
        return f"{difference.label} 不用"
    return f"{difference.label} {difference.was} → {difference.now}" if difference.was else f"{difference.label} {difference.now}"


def value_text(name: str, value: float | str) -> str:
    """规定的值 as a person reads it, by the unit of its item.

    >>> value_text("weight.output", 50.0), value_text("weight.cost", 0.0), value_text("band.met", 0.8)
    ('50 分', '未设分值', '80%')
    >>> value_text("rule.execution", "bands(100:1, 80:0.7)")
    '按完成率分档 bands(100:1, 80:0.7)'
    """
    if isinstance(value, str):
        rule = parse_rule(value)
        return f"{RULES[rule.name]} {value}" if isinstance(rule, Rule) else value
    item = item_of(name)
    unit = item.unit if item else ""
    if unit == FLAG:
        return "可以" if value else "不可以"
    if unit == RATIO:
        return f"{plain(value * 100)}%"
    if not value and name.startswith(WEIGHT):
        return "未设分值"
    return f"{plain(value)}{_UNITS.get(unit, '')}" + (" 起" if name.startswith(GRADE) else "")


def _newest(name: str, history: tuple[Sourced, ...] | None) -> str:
    return value_text(name, history[-1].value) if history else ""
