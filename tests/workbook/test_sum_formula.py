"""Sums that a program saved without results are added up; other formulas are noted and never called blank."""

import openpyxl
import pytest

from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import Cell
from perfeval_xl.workbook.layout.sum_formula import summed

CELLS = {(1, 1): Cell(1.1), (2, 1): Cell(2.2), (3, 1): Cell("—"), (4, 1): Cell(None, "SUM(A1:A2)"), (5, 1): Cell(None, "A5+A1"), (6, 1): Cell(None, "VLOOKUP(1,B:B,1)")}


@pytest.mark.parametrize(
    ("formula", "total"),
    [
        ("SUM(A1:A3)", 3.3),
        ("sum( $A$1 , A2 )", 3.3),
        ("A1+A2", 3.3),
        ('IF(COUNT(A1:A2)=0,"",SUM(A1:A2))', 3.3),
        ("SUM(A1:A2,A4)", 6.6),
        ("A1+A3", None),
        ("SUM(A1:A2)*2", None),
        ("SUM(A6)", None),
        ("A5+A1", None),
        ("SUM(B1:B9)", None),
        ('IF(COUNT(A1:A2)=0,"",SUM(A1:A2)', None),
    ],
)
def test_a_sum_is_the_sum_of_its_cells_and_nothing_else_is_guessed(formula, total):
    assert summed(CELLS, formula) == (None if total is None else pytest.approx(total))


def test_an_endless_area_is_given_up():
    assert summed(CELLS, "SUM(A1:XFD1048576)") is None


def test_a_case_saved_by_a_program_without_results_is_judged_alike(case_workbook, tmp_path):
    path = tmp_path / "另存.xlsx"
    openpyxl.load_workbook(case_workbook).save(path)
    named = [{(f.check, f.cell, f.level) for f in examined(str(each)).all_findings} for each in (case_workbook, path)]
    assert named[0] == named[1]


def test_a_formula_nobody_computed_is_noted_and_not_called_blank(case_workbook, tmp_path):
    book = openpyxl.load_workbook(case_workbook)
    book["自评表"]["E6"] = "=VLOOKUP(1,Z:Z,1)"
    path = tmp_path / "另存.xlsx"
    book.save(path)
    result = examined(str(path))
    assert [(note.cell, note.reason[:5]) for note in result.unread] == [("E6", "公式未计算")]
    assert not [finding for finding in result.all_findings if (finding.check, finding.cell) == ("A02", "E6")]
