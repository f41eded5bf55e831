"""别家的表: the drawn forms of strangers and the published layouts, damaged in the ways each check exists for."""

import itertools
import zlib
from functools import cache
from typing import NamedTuple

from perfeval_xl.checks.review import review
from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.finding import ERROR, HINT
from perfeval_xl.workbook.examination import examined_workbook
from tests.checks.mutation.matrix import FAMILIES
from tests.checks.mutation.sheet import sheet_of
from tests.workbook import layout_file, stranger_form

MOST_NEEDED = ("A02", "B01", "B04", "B06", "B08", "C01", "C02", "C03", "D01", "E01")
KNOWN: dict = {}


class Outcome(NamedTuple):
    """What came of one damage: the findings missed, and the roots that came besides, each as check and cell."""

    missed: frozenset
    besides: frozenset


def sampled(step, *names):
    """Whether the thing of these names is among every ``step``-th: by the names alone, so that one form more asks for nothing of the others."""
    return zlib.crc32(" ".join(names).encode()) % step == 0


@cache
def workbooks():
    """{name: workbook} of the forms that were not made here."""
    drawn = {name: stranger_form.Drawn(name).workbook for name in stranger_form.NAMES}
    return drawn | {f"{name} (版式)": layout_file.layout(name)[0] for name in layout_file.NAMES}


@cache
def foreign_sheets():
    """Each table of them; the second on a sheet is told by its number."""
    tables = [(name, number, each) for name, book in workbooks().items() for number, each in enumerate(examined_workbook(book).assessments, 1)]
    return tuple(sheet_of(f"{name} {number}" if number > 1 else name, name, each.table, each.rules) for name, number, each in tables)


def damages(check):
    """The first damage of a check on every second table, on every fifth for the checks less often needed: (sheet, damage)."""
    step = 2 if check in MOST_NEEDED else 5
    for sheet in foreign_sheets():
        for each in itertools.islice(FAMILIES[check].damages(sheet), 1) if sampled(step, check, sheet.source) else ():
            yield sheet, each


def all_outcomes(check):
    """(missed, besides): the tables with the place and what was not said there, or was said beside it."""
    found = [(sheet.source, outcome(check, each, KNOWN)) for sheet, each in damages(check)]
    missed = {(source, " ".join(place)) for source, result in found if result for place in result.missed}
    return missed, {(source, " ".join(place)) for source, result in found if result for place in result.besides}


def outcome(check, each, known) -> Outcome | None:
    """None where the finding was there before the damage. A consequence under another root counts as found."""
    key = id(each.before), id(each.rules)
    if key not in known:
        known[key] = each.before, _found(each.before, each.rules)
    (roots, far), wanted = known[key][1], {(check, place) for place in each.places}
    if wanted & (set(roots) | far):
        return None
    roots_after, far_after = _found(each.after, each.rules)
    gone = {check for check, _ in set(roots) - set(roots_after)}
    came = {key for key, level in roots_after.items() if level != HINT and (level == ERROR or key[0] not in gone)} - set(roots) - far
    also = {sign[1:] for sign in FAMILIES[check].also if sign[0] == "+"}
    return Outcome(frozenset(wanted - set(roots_after) - far_after), frozenset(key for key in came - wanted if key[0] not in also))


def _found(table, rules):
    """The roots with their levels, and what follows from them."""
    findings = review(assessed(table, rules))
    return {(each.check, each.cell): each.level for each in findings}, {(far.check, far.cell) for each in findings for far in each.consequences}

