"""别家的表上的错: a form nobody here drew is damaged in one place, and the finding stands there, with nothing else beside it.

What is not found, or found with something beside it, is listed in ``mutation/foreign.toml`` with the reason; both ways exact.
"""

import tomllib
from pathlib import Path

import pytest

from perfeval_xl.checks.catalogue import CHECKS
from perfeval_xl.workbook.examination import examined_workbook
from tests.checks.mutation.foreign import all_outcomes, sampled, workbooks
from tests.checks.mutation.retyped import SEEDS, seeded

LISTED = tomllib.loads((Path(__file__).parent / "mutation" / "foreign.toml").read_text("utf-8"))
OF_CLASSES = {"A04", "A05", "B03"}      # asked by the class names of a ruleset, which foreign forms need not bear
IDS = [check.id for check in CHECKS if check.id not in OF_CLASSES]


def listed(kind, check):
    return {(table, place) for each in LISTED[kind] if each["check"] == check for table, place in each["places"]}


@pytest.mark.parametrize("check", IDS)
def test_what_a_check_exists_for_is_found_on_foreign_forms_and_nothing_else(check):
    missed, besides = all_outcomes(check)
    assert (missed, besides) == (listed("missed", check), listed("besides", check))


def test_every_exception_says_why():
    for kind in ("missed", "besides"):
        assert all(each["why"] and each["places"] and each["check"] in IDS for each in LISTED[kind])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cell_typed_over_in_the_workbook_is_found_there_after_reading_again(seed):
    silent = []
    for name, book in workbooks().items():
        for damaged, check, cell in seeded(book, seed) if sampled(5, seed, name) else ():
            findings = examined_workbook(damaged).all_findings
            said = {(each.check, each.cell) for each in findings} | {(far.check, far.cell) for each in findings for far in each.consequences}
            silent += [] if (check, cell) in said else [[name, cell]]
    assert silent == [place for each in LISTED.get("silent", []) if each["seed"] == seed for place in each["places"]]
