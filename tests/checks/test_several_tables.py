"""几张表一起看: F05 over the tables of one workbook."""

import pytest

from perfeval_xl.checks.review import review_together
from perfeval_xl.core.assessment import assessed
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from tests.checks.drawn_table import drawn

RULES = rules_of(load("mof-2020-10"), 2024)


def together(*totals):
    tables = [drawn("project", {"G19": total})._replace(sheet=f"表{place}") for place, total in enumerate(totals, start=1)]
    return [(place, f.check, f.level, f.sheet, f.cell) for place, f in review_together([assessed(table, RULES) for table in tables])]


def test_three_tables_with_99_or_more_are_one_hint_at_the_first_total():
    assert together("99", "99.33", "100") == [(0, "F05", "hint", "表1", "G19")]


@pytest.mark.parametrize("totals", [("99", "99.33"), ("99", "98.99", "100"), ("99.5", "99.4", "101"), ("99", "", "100")])
def test_two_tables_or_one_below_99_or_one_beyond_100_say_nothing(totals):
    assert together(*totals) == []


def test_a_table_without_a_total_does_not_hide_the_others():
    assert together("", "99", "99.2", "99.4") == [(1, "F05", "hint", "表2", "G19")]


def test_the_message_names_every_sheet_with_its_total():
    tables = [drawn("project", {"G19": "99.5"})._replace(sheet=f"表{place}") for place in (1, 2, 3)]
    ((_, finding),) = review_together([assessed(table, RULES) for table in tables])
    assert finding.message == "表1 G19 3 张表的自评得分都在 99 分以上 (表1 99.5、表2 99.5、表3 99.5), 请逐项核对得分是否如实, 属实的请备好依据"
