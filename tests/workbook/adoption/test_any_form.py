"""Forms nobody prepared the tool for: adopted, checked alike, computed, and given back byte for byte."""

import pytest
from openpyxl import Workbook

from perfeval_xl.workbook.address import address, place
from perfeval_xl.workbook.adoption.adopt import adopt
from perfeval_xl.workbook.adoption.undo import restored
from perfeval_xl.workbook.examination import examined
from tests.workbook.adoption.office_files import parts_of
from tests.workbook.drawn_form import drawn_form

SEEDS = range(24)


def _file(seed, path):
    """The drawn form as a file; every second one without its scores and rates."""
    sheet, expected = drawn_form(seed)
    emptied = set()
    if seed % 2:
        rows = [row["score"][0] for row in expected.indicators if "score" in row] + [fund["rate"][0] for fund in expected.funds if "rate" in fund]
        emptied = {place(cell) for cell in rows if cell}
    book = Workbook()
    page = book.active
    page.title = sheet.name
    for spot, cell in sheet.cells.items():
        if spot not in emptied:
            page[address(*spot)] = cell.value
        page[address(*spot)].number_format = cell.number_format
    for area in sheet.merges:
        page.merge_cells(start_row=area.first_row, start_column=area.first_column, end_row=area.last_row, end_column=area.last_column)
    book.save(path)
    return path


@pytest.fixture(params=SEEDS)
def office(request, tmp_path):
    return _file(request.param, tmp_path / "官方.xlsx")


def _findings(path, left_out):
    """Findings at cells people fill, each with its place."""
    found = [finding for finding in examined(str(path)).all_findings if (finding.sheet, finding.cell) not in left_out]
    return {(finding.check, finding.level, finding.sheet, finding.cell, finding.message) for finding in found}


def _is_still_blank(finding, adoption):
    """A score that stays blank is missing by itself once its neighbours are computed."""
    check, _, sheet, cell, _ = finding
    return check == "A02" and (sheet, cell) in {(each.sheet, each.cell) for each in adoption.kept}


def test_an_unknown_form_becomes_living_and_comes_back(office, tmp_path):
    living = tmp_path / "活.xlsm"
    adoption = adopt(str(office), str(living))
    filled = {(each.sheet, each.cell) for each in adoption.touched}
    new = _findings(living, filled) - _findings(office, filled)
    assert {finding for finding in new if not _is_still_blank(finding, adoption)} == set()
    assert not filled & {(each.sheet, each.cell) for each in adoption.kept}
    assert restored(str(living)).data == office.read_bytes()
    before, after = parts_of(office), parts_of(living)
    assert {name for name in before if before[name] != after.get(name)} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml"
    }  # fmt: skip


def test_every_score_that_is_filled_is_the_one_the_command_line_computes(office, tmp_path):
    living = tmp_path / "活.xlsm"
    adoption = adopt(str(office), str(living), replace=True)
    values = {each.cell: each.value for each in adoption.touched}
    for assessment in examined(str(living)).assessments:
        computed = [(result.indicator.written_score, result.computed_score) for result in assessment.indicators]
        computed += [(result.fund.written_rate, result.execution_rate) for result in assessment.funds]
        for written, number in computed:
            if written.cell in values and written.computed:
                given = values[written.cell]
                assert (given == "") if number is None else given in (pytest.approx(number), pytest.approx(100 * number, abs=5e-3))
