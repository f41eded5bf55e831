"""损坏: what a clerk does wrong in one place, and where the one finding about it must stand."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from perfeval_xl.core.table import Table
from tests.checks.mutation.sheet import Sheet, roots_of
from tests.checks.mutation.typing_over import typed_over, with_total


class Damage(NamedTuple):
    """``before``: the table, with what must be there first filled in; ``place``: the cells of the findings, mostly one."""

    what: str
    before: Table
    after: Table
    places: tuple[str, ...]
    rules: object


class Family(NamedTuple):
    """All damages one check exists for. ``also``: hints and questions that come (+) or go (-) with it, each with its reason."""

    check: str
    damages: Callable[[Sheet], Iterator[Damage]]
    also: dict[str, str]


FAMILIES: dict[str, Family] = {}


def damaging(check: str, also: dict[str, str] | None = None):
    """Registers the damages of a check."""

    def register(function):
        assert check not in FAMILIES, check
        FAMILIES[check] = Family(check, function, also or {})
        return function

    return register


def damage(sheet: Sheet, cells: dict[str, str], *places: str, first: dict[str, str] | None = None, rules=None, total: bool = False) -> Damage:
    """``cells`` typed over after ``first``, with the total that follows from them if ``total``."""
    rules = rules or sheet.rules
    before = typed_over(sheet.table, with_total(sheet.table, first), rules) if first else sheet.table
    wanted = with_total(before, cells) if total else cells
    grade, points = before.grade, wanted.get(before.total_score.cell)
    if total and points and grade.typed:
        wanted = {**wanted, grade.cell: rules.grade(float(points))}
    return Damage(", ".join(f"{cell} 改为「{text[:20]}」" for cell, text in cells.items()), before, typed_over(before, wanted, rules), places, rules)


def faults(each: Damage, family: Family, known: dict) -> list[str]:
    """What is not as it should be: a finding missed, another root, or one that went without reason."""
    key = id(each.before), id(each.rules)
    if key not in known:
        known[key] = each.before, roots_of(each.before, each.rules)
    before, after = known[key][1], roots_of(each.after, each.rules)
    wanted = {(family.check, place) for place in each.places}
    if wanted & set(before):
        return [f"{family.check} 在损坏前就有: {sorted(wanted & set(before))}"]
    came, went = set(after) - set(before), set(before) - set(after)
    far = {key for place in wanted & came for key in after[place]}
    wrong = [f"没有报出 {key}" for key in sorted(wanted - came)]
    wrong += [f"另外报出 {key}" for key in sorted(came - wanted) if f"+{key[0]}" not in family.also]
    return wrong + [f"不再报出 {key}" for key in sorted(went - far) if f"-{key[0]}" not in family.also]
