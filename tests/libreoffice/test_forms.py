"""Every form alive in LibreOffice: with the add-in and with native formulas alone, each computed cell shows what Python computes."""

import pytest

from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.builder import TABLE_SHEET, build, form_named, names_in
from perfeval_xl.workbook.building.case import Formula
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.living import living
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.grid import RULE_SHEET
from tests.libreoffice.living import differences, rule_values
from tests.libreoffice.picture import page_count, page_size, page_text, rendered
from tests.workbook.filled_form import filled_case

ROWS = 60


FORMS = [*((name, None) for name in names_in("forms")), ("project", "jiangxi-bands"), ("project", "hubei-20-80")]


@pytest.fixture(scope="module", params=FORMS, ids=str)
def made(request, tmp_path_factory):
    """A filled form, where it is saved, and what Python computes of it; two rulesets round the rate before scoring."""
    name, ruleset = request.param
    form = form_named(name)
    case = filled_case(form, ROWS, ruleset=ruleset)
    path = tmp_path_factory.mktemp(form.id) / f"{form.id}.xlsm"
    build(form, case, str(path))
    return living(form, case, rules_of(load(case.ruleset), case.year)), str(path)


def expected(made):
    """Every computed cell by its address; "" for a blank."""
    placement, assessment, form = made.placement, made.assessment, made.placement.form
    blocks = ((FUNDS, made.case.funds, placement.fund), (INDICATORS, made.case.indicators, placement.indicator))
    cells = {
        f"{TABLE_SHEET}!{spot(number, column.field).cell}": entry.cache
        for of, rows, spot in blocks
        for number, row in enumerate(rows)
        for column in form.block(of).columns
        if isinstance(entry := row.get(column.field), Formula)
    }
    for number, result in enumerate(assessment.indicators):
        for name, value in rule_values(result).items():
            if name != "score" or form.block(INDICATORS).has("weight"):
                cells[f"{RULE_SHEET}!{COLUMNS[name]}{rule_row(number)}"] = value
    if form.block(INDICATORS).total:
        for cell, value in (("B4", assessment.table.total_weight), ("B5", assessment.table.total_score)):
            cells[f"{RULE_SHEET}!{cell}"] = value.number
            cells[f"{TABLE_SHEET}!{value.cell}"] = value.number
        cells[f"{RULE_SHEET}!B6"] = assessment.rules.grade(assessment.table.total_score.number)
    return cells


def test_every_computed_cell_shows_what_python_computes(made, either_calc):
    table, path = made
    wanted = expected(table)
    assert len(wanted) > ROWS * 7
    with either_calc.open(path) as document:
        assert differences(document, wanted) == {}


def test_a_changed_amount_changes_sum_rate_points_and_total(calc, tmp_path):
    form = form_named("project")
    case = filled_case(form, 3)
    build(form, case, str(tmp_path / "项目.xlsm"))
    with calc.open(tmp_path / "项目.xlsm") as document:
        document.put({f"{TABLE_SHEET}!F7": 0, f"{TABLE_SHEET}!F8": 0, f"{TABLE_SHEET}!F9": 169, f"{TABLE_SHEET}!E9": 114})
        shown = document.values([f"{TABLE_SHEET}!{cell}" for cell in ("E6", "F6", "H6", "I6")])
        assert list(shown.values()) == [338.0, 169.0, 0.5, 5.0]
        assert document[f"{RULE_SHEET}!B5"] == pytest.approx(5.0 + 2.5 + 2.08 + 2.14)


def test_another_execution_rule_works_with_the_add_in_and_leaves_the_native_points_blank(calc, calc_with_addin, tmp_path):
    form = form_named("project")
    build(form, filled_case(form, 3), str(tmp_path / "项目.xlsm"))
    for engine, points in ((calc_with_addin, 7.0), (calc, "")):
        with engine.open(tmp_path / "项目.xlsm") as document:
            document.put({f"{RULE_SHEET}!B8": "bands(100:1, 80:0.7, 60:0.5)"})
            assert document[f"{TABLE_SHEET}!I6"] == points


@pytest.mark.parametrize(
    ("sign", "value", "unit", "score"),
    [("≥", "≥95", "%", 2.5), ("≥", "95%", "%", 2.5), ("＞", "96", "%", 2.5), (None, "95", "%", 2.5), ("≥", None, "%", ""), ("正向", "95", "%", 2.5)],
)
def test_a_split_target_is_joined_in_the_cell_as_the_reader_joins_it(sign, value, unit, score, either_calc, split_form):
    placement, path = split_form
    with either_calc.open(path) as document:
        typed = {"sign": sign, "target": value, "unit": unit}
        document.put({f"{TABLE_SHEET}!{placement.indicator(0, field).cell}": entry for field, entry in typed.items()})
        assert document[f"{TABLE_SHEET}!{placement.indicator(0, 'written_score').cell}"] == score


@pytest.fixture(scope="module")
def split_form(tmp_path_factory):
    form = form_named("project-yunnan")
    case = filled_case(form, 3)
    path = tmp_path_factory.mktemp("split") / "云南.xlsm"
    build(form, case, str(path))
    return living(form, case, rules_of(load(case.ruleset), case.year)).placement, str(path)


def test_a_form_prints_on_landscape_a4_and_no_page_begins_inside_a_group(made, calc, tmp_path):
    _, path = made
    pdf, _ = rendered(calc, path, tmp_path, sheet=TABLE_SHEET, dots_per_inch=40)
    assert page_size(pdf) == (297, 210)
    assert 2 < page_count(pdf) < 10
    assert page_text(pdf).count("三级指标") in (page_count(pdf), page_count(pdf) - 1)
