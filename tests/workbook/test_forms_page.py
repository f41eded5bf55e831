"""How a form goes onto paper: one page wide, titles repeated, pages that end where a group of indicators ends."""

from itertools import pairwise

import openpyxl
import pytest

from perfeval_xl.workbook.building.builder import TABLE_SHEET, build, case_named, form_named, names_in
from perfeval_xl.workbook.building.page import page_breaks
from perfeval_xl.workbook.building.placement import Placement
from tests.workbook.filled_form import filled_case

ROOM = 600.0


def form_and_names(count, group, part=0):
    """A project form with groups of that many rows, of ``part`` rows below them (half of the group)."""
    placement = Placement(form_named("project"), 4, count)
    return placement, [(f"一级{number // group}", f"二级{number // (part or max(1, group // 2))}") for number in range(count)]


def breaks(placement, names, points):
    heights = dict.fromkeys(range(1, placement.indicators_row + 1), 20.0)
    heights |= dict.fromkeys(range(placement.indicators_row + 1, placement.last_row + 1), points)
    return page_breaks(placement, names, heights, ROOM)


def test_a_form_of_one_page_has_no_break():
    placement, names = form_and_names(9, 3)
    assert breaks(placement, names, 20.0) == []


def test_a_page_ends_with_a_group_of_level_1():
    placement, names = form_and_names(40, 8)
    found = breaks(placement, names, 20.0)
    rows = [row - placement.indicators_row for row in found]
    assert rows == [16]
    assert all(names[row - 1][0] != names[row][0] for row in rows)


def test_a_group_longer_than_a_page_is_cut_at_level_2():
    placement, names = form_and_names(60, 60, 7)
    rows = [row - placement.indicators_row for row in breaks(placement, names, 20.0)]
    assert rows == [14, 42]
    assert all(names[row - 1][1] != names[row][1] for row in rows)


def test_a_group_of_level_2_longer_than_a_page_is_cut_between_rows():
    placement, names = form_and_names(120, 240)
    rows = [row - placement.indicators_row for row in breaks(placement, names, 20.0)]
    assert len(rows) == 4
    assert max(after - before for before, after in pairwise(rows)) == 29


def test_the_total_is_never_alone_on_a_page():
    for count in range(1, 60):
        placement, names = form_and_names(count, 4)
        assert placement.total_row - 1 not in breaks(placement, names, 20.0)


def test_the_header_is_never_parted_from_the_first_group():
    for count in range(1, 60):
        placement, names = form_and_names(count, 6)
        assert placement.indicators_row not in breaks(placement, names, 30.0)


@pytest.mark.parametrize("name", names_in("forms"))
def test_a_form_is_one_page_wide_landscape_and_repeats_its_whole_header(name, tmp_path):
    form = form_named(name)
    build(form, filled_case(form, 60), str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]
    placement = Placement(form, 0, 0)
    rows = len(next(block.header for block in form.blocks if block.of == "indicators"))
    first, last = (int(row) for row in sheet.print_title_rows.replace("$", "").split(":"))
    assert (last - first + 1, sheet.cell(first, 2).value) == (rows, "一级指标")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_options.horizontalCentered) == (True, True)
    assert sheet.page_setup.blackAndWhite is True
    assert sheet.print_area.endswith(f"${chr(ord('A') + form.width - 1)}${sheet.max_row}")
    assert len(sheet.row_breaks.brk) >= 1
    assert placement.form.width == form.width


def test_the_published_table_is_cut_between_groups(tmp_path):
    form, case = case_named("bazhou-2023-resident-fund")
    build(form, case, str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]
    (found,) = [each.id for each in sheet.row_breaks.brk]
    assert sheet.cell(found + 1, 2).value == "产出指标(30分)"


def test_word_limits_are_asked_for_where_the_form_prints_them(tmp_path):
    form = form_named("project-sichuan")
    build(form, filled_case(form, 3), str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]
    limits = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "textLength"}
    labels = {sheet.cell(row, 1).value: limits.get(f"B{row}") for row in range(1, sheet.max_row + 1)}
    assert [labels[name] for name in ("评价结论\n（200字以内）", "存在问题\n（200字以内）", "改进措施\n（200字以内）")] == ["200"] * 3
    assert sorted(limits.values()) == ["100", "200", "200", "200"]
