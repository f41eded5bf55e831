"""基金的收入和支出: points shared between the two, and groups of columns that make up a whole."""

import pytest

from perfeval_xl.checks.review import review
from perfeval_xl.core.assessment import assessed
from perfeval_xl.workbook.examination import examined_workbook
from tests.checks.mutation.typing_over import typed_over
from tests.workbook.stranger_form import Drawn


def found(name, cells):
    (each,) = examined_workbook(Drawn(name).workbook).assessments
    after = assessed(typed_over(each.table, cells, each.rules), each.rules)
    return [(finding.check, finding.cell) for finding in review(after) if finding.level != "hint"]


def test_points_of_income_and_of_expenditure_both_count():
    assert found("fund_resident_numbered_parts", {}) == []


def test_a_total_without_the_points_of_expenditure_is_no_sum():
    assert found("fund_resident_numbered_parts", {"H34": "94.49"}) == [("B06", "H34")]


def test_the_same_points_printed_on_both_sides_count_once_where_only_so_all_make_100():
    once = {"G24": "15", "H24": "15", "H34": "99.49"}
    assert found("fund_resident_numbered_parts", once) == []
    assert found("fund_resident_numbered_parts", once | {"G24": "16", "H24": "16", "H34": "100.49"}) != []


def test_the_groups_of_a_fund_add_up_to_the_whole_and_are_told_once():
    assert found("fund_employee_pool_and_accounts", {}) == []
    assert ("C01", "D11") in found("fund_employee_pool_and_accounts", {"D11": "4.25"})


@pytest.mark.parametrize("cell", ["D5", "E5", "F5"])
def test_the_whole_of_a_department_is_the_sum_of_its_expenditure(cell):
    assert ("C01", cell) in found("department_duties_with_tasks_and_management", {cell: "2000"})
