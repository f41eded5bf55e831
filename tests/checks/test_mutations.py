"""变异测试: whatever each check exists for is done to every cell of every case where it can be done, and is found there."""

import pytest

from perfeval_xl.checks.catalogue import CHECKS
from perfeval_xl.checks.causes import FOLLOWS
from perfeval_xl.core.assessment import assessed
from tests.checks.mutation.damage import FAMILIES
from tests.checks.mutation.matrix import all_faults, damaged_file, tried
from tests.checks.mutation.sheet import roots_of, sheets

IDS = [check.id for check in CHECKS]
BEFORE: dict = {}


@pytest.mark.parametrize("check", IDS)
def test_what_a_check_exists_for_is_found_where_it_was_done_and_nothing_else(check):
    assert all_faults(check, BEFORE) == []


@pytest.mark.parametrize("check", IDS)
def test_every_check_is_tried_on_some_table(check):
    assert tried(check)


def test_every_family_of_damages_belongs_to_a_check_and_says_why_hints_come_and_go():
    assert set(FAMILIES) == set(IDS)
    for family in FAMILIES.values():
        assert all(sign[0] in "+-" and sign[1:] in IDS and reason for sign, reason in family.also.items()), family.check


def test_no_damage_is_let_off_with_an_error_elsewhere():
    """What may come beside a root is a question or a hint of its own; C13 and C15 only after a name was copied."""
    levels = {check.id: check.level for check in CHECKS}
    errors = {(family.check, sign) for family in FAMILIES.values() for sign in family.also if sign[0] == "+" and levels[sign[1:]] == "error"}
    assert errors == {
        ("A02", "+E01"), ("A03", "+E01"), ("A13", "+C15"), ("C11", "+C15"), ("D01", "+E01"), ("D02", "+E01"), ("D03", "+E01"), ("D04", "+E01"),
        ("D06", "+E01"), ("D08", "+E01"), ("D11", "+E01"), ("D13", "+E01"), ("D15", "+E01"), ("D16", "+E01"), ("F04", "+E01"),
    }  # fmt: skip


def test_what_follows_is_declared():
    for sheet in sheets():
        for (check, _), far in roots_of(sheet.table, sheet.rules).items():
            assert all(other in FOLLOWS.get(check, ()) or any(other in FOLLOWS.get(mid, ()) for mid in FOLLOWS[check]) for other, _ in far)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.source)
def test_computing_our_formulas_anew_leaves_an_undamaged_table_as_it_was(sheet):
    again = assessed(sheet.table, sheet.rules)
    assert (again.computed_total, again.written_scores) == (sheet.assessment.computed_total, sheet.assessment.written_scores)


@pytest.mark.parametrize(
    ("case", "cells", "root"),
    [
        ("bazhou-2023-resident-fund", {"H19": 6}, "B04 H19"),
        ("bazhou-2023-resident-fund", {"E18": 6}, "B01 E30"),
        ("bazhou-2023-resident-fund", {"G24": None}, "A02 G24"),
        ("bazhou-2023-resident-fund", {"G29": "95%以上"}, "F02 G29"),
        ("hefei-2024-district-department", {"I5": 0.9124}, "C02 I5"),
        ("hefei-2024-district-department", {"I14": None}, "E01 I14"),
        ("panzhihua-2023-center-project-rent", {"J8": 9}, "C06 J8"),
        ("panzhihua-2024-employee-fund", {"G23": "良好"}, "D04 G23"),
    ],
)
def test_the_command_line_finds_the_same_in_a_file(case, cells, root, tmp_path, capsys):
    before, after = damaged_file(case, cells, tmp_path, capsys)
    assert [found for found in after if found not in before] == [root]
