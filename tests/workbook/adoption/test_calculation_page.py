"""The helper formulas of an adopted workbook stand in it as xlsxwriter would write them, cell for cell."""

import pytest
import xlsxwriter

from perfeval_xl.core.assessment import direction_words
from perfeval_xl.core.measure import direction_of
from perfeval_xl.core.reading.target import Reading
from perfeval_xl.core.rule import Rule
from perfeval_xl.workbook.adoption import adopt as adopting
from perfeval_xl.workbook.adoption.calculation_page import calculation_rows
from perfeval_xl.workbook.adoption.plan import Plan
from perfeval_xl.workbook.adoption.rule_page import known_results
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS, row_formulas
from tests.workbook.adoption.office_files import blank_form, packed, parts_of, plain_form

PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def plans(monkeypatch):
    """The plan of every adoption made in a test."""
    made = []
    planned = adopting.planned
    monkeypatch.setattr(adopting, "planned", lambda *arguments, **named: made.append(planned(*arguments, **named)) or made[-1])
    return made


def drawn(plan, path):
    """The part xlsxwriter makes of the same formulas."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for line in plan.lines:
            where = {"weight": line.weight.at(line.sheet), "target": line.target.at(line.sheet), "actual": line.actual.at(line.sheet)}
            guess = direction_of(Reading("", "missing"), direction_words(line.result.indicator))
            formulas = row_formulas(rule_row(line.number), **where, rule=line.rule or Rule("qualitative"), guess=guess)
            for name, formula in formulas.items():
                sheet.write_formula(f"{COLUMNS[name]}{rule_row(line.number)}", "=" + formula, None, known_results(line).get(name, ""))
    return parts_of(path)[PART]


def office_form(folder, name):
    if name == "blank":
        return blank_form(folder / "官方.xlsx")
    changed = {"split": {"D12": "≥8755", "E12": 0.5, "E15": "0"}, "plain": {}, "named": {}}[name]
    path = plain_form(folder / "官方.xlsx", changed=changed)
    if name == "named":
        parts = parts_of(path)
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("自评表".encode(), "自评 &amp; &lt;2024&gt; O'B".encode())
        path.write_bytes(packed(parts))
    return path


@pytest.mark.parametrize("name", ["plain", "blank", "split", "named"])
def test_the_rows_are_those_xlsxwriter_writes(name, plans, tmp_path):
    adopting.adopted(str(office_form(tmp_path, name)), ruleset="", replace=False, macros_too=True)
    rows = calculation_rows(plans[0])
    part = drawn(plans[0], tmp_path / "辅助.xlsx")
    assert f'<dimension ref="{rows.area}"/>'.encode() in part
    assert part.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0] == rows.markup
    assert rows.markup.count(b"<row ") == 5


def test_a_workbook_without_indicators_has_no_rows():
    assert calculation_rows(Plan(())) == ("", b"")
