"""Forms drawn by someone who had not seen the reader: every field in its cell, nothing else, what is open said aloud."""

import pytest

from perfeval_xl.workbook.layout.locate import find_tables
from tests.workbook.stranger_form import NAMES, Drawn, read_fields

NUMBERS = ("weight", "written_score", "initial_budget", "budget", "executed", "written_rate", "total_weight", "total_score")
# What a drawing leaves open and the reader therefore has to say.
SAID = {
    "amounts_in_a_sentence": {"B4", "J7"},
    "service_purchase": {"J11"},
    "bond_land_reserve_portrait": {"G5"},
    "department_two_year_budget": {"D3", "E10"},
    "hospital_bond_self_check": {"C4", "D4"},
    "township_fund_supervision": {"I10"},
    "bureau_function_scorecard": {"F5"},
    "hunan_income_and_spending_halves": {"C7", "G7", "G8", "C9"},
    "transfer_five_levels_of_money": {"I7"},
    "counties_share_the_special_money": {"J4"},
    "stray_notes_beside_the_form": {"J11"},
    "level_points_and_two_judges": {"F4"},
    "works_project_total_and_year_money": {"D7", "F7"},
    "transfer_direct_money_inside_columns": {"E7", "G7"},
    "fund_two_insurances_beside": {"D11", "E11", "F11", "G11"},
    "department_three_public_expenses": {"A8"},
    "center_purchase_year_values": {"E7", "F7"},
    "department_tasks_money_by_source": {"E5", "F5", "H5", "I5"},
    "fund_resident_two_years_of_results": {"E5", "E14"},
    "department_duties_with_tasks_and_management": {"G14"},
    "fund_statement_with_last_year": {"D4"},
    "half_year_and_year_end": {"E5", "F5", "E10"},
    "hunan_department_by_nature_in_words": {"B8", "F8", "B9", "F9", "B10", "B11"},
    "jiangxi_many_columns": {"I8", "K8"},
    "multi_year_project_mid": {"E5", "F5"},
    "policy_project_wide_register": {"H9"},
    "resident_fund_last_year_beside": {"C5"},
    "shaanxi_tasks": {"E5", "F5", "H5", "I5"},
    "special_bond_hospital": {"G7"},
    "special_funds_arrival_and_midyear": {"E14"},
    "transfer_center_capacity_quarter": {"F12"},
    "transfer_counties_across_values": {"E14", "F14", "H14", "I14"},
    "transfer_region_management_hidden_check": {"H7"},
}
# The sheets that hold something else, and are said to.
ELSE = {
    "bureau_workbook_list_then_projects": {"目录"},
    "several_sheets_of_a_bureau": {"汇总"},
    "hunan_base_data_beside": {"1基础数据表", "3项目自评表（空表）"},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_form_of_an_office_nobody_met_is_read_cell_by_cell(name):
    drawn = Drawn(name)
    tables, notes = find_tables(drawn.workbook)
    assert {note.sheet for note in notes} == ELSE.get(name, set())
    assert len(tables) == len(drawn.cells)
    for number, table in enumerate(tables, 1):
        found, facts = read_fields(table)
        assert {field: facts[field] for field in drawn.facts[number]} == drawn.facts[number]
        assert {key: value.cell for key, value in found.items()} == drawn.cells[number]
    assert {note.cell for table in tables for note in table.unread} == SAID.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_what_shows_a_number_is_read_as_one(name):
    drawn = Drawn(name)
    tables, _ = find_tables(drawn.workbook)
    for table in tables:
        found, _ = read_fields(table)
        for (_, _, field), value in found.items():
            stored = drawn.stored(table.sheet, value.cell)
            if field in NUMBERS and any(mark.isdigit() for mark in str(stored)):
                assert value.number is not None, (field, value.cell, stored)
