"""Every form of the project, blank and with 3, 60 and 500 indicators: what is placed, drawn and read back is one table."""

import tomllib
from pathlib import Path

import openpyxl
import pytest

from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.builder import TABLE_SHEET, build, form_named, names_in
from perfeval_xl.workbook.building.case import Row, blank_case
from perfeval_xl.workbook.building.choice import form_for
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS, form_from
from perfeval_xl.workbook.building.living import living
from perfeval_xl.workbook.building.placed import as_read
from perfeval_xl.workbook.layout.locate import find_tables
from perfeval_xl.workbook.layout.rule_texts import with_rules
from perfeval_xl.workbook.reading.reader import read_workbook
from tests.workbook.filled_form import filled_case

FORMS = names_in("forms")
SOURCES = Path(__file__).resolve().parents[2] / "workbooks" / "forms"


def differences(made, read, where="table"):
    """Fields in which two tables differ, by their path."""
    if made == read:
        return []
    if hasattr(made, "_fields") and type(made) is type(read):
        return [found for field in made._fields for found in differences(getattr(made, field), getattr(read, field), f"{where}.{field}")]
    if isinstance(made, tuple) and isinstance(read, tuple) and len(made) == len(read):
        return [found for number, pair in enumerate(zip(made, read, strict=True)) for found in differences(*pair, f"{where}[{number}]")]
    return [(where, made, read)]


def read_back(path):
    (table,), notes = find_tables(read_workbook(str(path)))
    assert notes == []
    return table


def test_the_forms_of_all_four_families_are_there():
    assert FORMS == (
        "department", "department-sichuan", "fund", "project", "project-anhui", "project-sichuan", "project-yunnan", "transfer", "transfer-scored",
    )  # fmt: skip
    assert {form_named(name).kind for name in FORMS} == {"fund", "transfer", "department", "project"}


@pytest.mark.parametrize("name", FORMS)
def test_every_row_of_a_form_fills_its_width(name):
    form = form_named(name)
    for block in form.blocks:
        covered = [[0] * form.width for _ in block.header]
        for number, row in enumerate(block.header):
            at = block.offset
            for box in row:
                while covered[number][at]:
                    at += 1
                for below in range(number, number + box.rows):
                    covered[below][at : at + box.span] = [1] * box.span
                at += box.span
        assert all(all(row[block.offset :]) and len(row) == form.width for row in covered), block
        assert not block.columns or block.offset + sum(column.span for column in block.columns) == form.width


@pytest.mark.parametrize("count", [3, 60, 500])
@pytest.mark.parametrize("name", FORMS)
def test_a_filled_form_is_read_back_as_it_was_placed(name, count, tmp_path):
    form = form_named(name)
    made = build(form, filled_case(form, count), str(tmp_path / "表.xlsx"))
    read = read_back(tmp_path / "表.xlsx")
    assert differences(as_read(made), read) == []
    assert (len(read.indicators), read.kind, read.heading.year) == (count, form.kind, 2025)
    assert {value.state for _, value in read.heading.required} == {"text"}


@pytest.mark.parametrize("name", FORMS)
def test_a_blank_form_is_read_back_as_it_was_placed(name, tmp_path):
    form = form_named(name)
    made = build(form, blank_case(form, 2025, rows=2), str(tmp_path / "表.xlsx"))
    assert differences(as_read(made), read_back(tmp_path / "表.xlsx")) == []


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_gives_the_same_bytes(name, tmp_path):
    form = form_named(name)
    for copy in ("一.xlsm", "二.xlsm"):
        build(form, filled_case(form, 3), str(tmp_path / copy))
    assert (tmp_path / "一.xlsm").read_bytes() == (tmp_path / "二.xlsm").read_bytes()


@pytest.mark.parametrize("name", FORMS)
def test_the_names_of_added_rows_run_from_the_last_header_row_to_below_the_last_indicator(name, tmp_path):
    form = form_named(name)
    table = build(form, filled_case(form, 3), str(tmp_path / "表.xlsx"))
    first, last = (int(table.indicators[number].level3.cell.lstrip("ABCDEFGH")) for number in (0, -1))
    names = openpyxl.load_workbook(tmp_path / "表.xlsx").defined_names
    letter = chr(ord("A") + form.width - 1)
    assert names["pe_rows"].attr_text == f"{TABLE_SHEET}!$A${first - 1}:${letter}${last + 1}"
    assert names["pe_rules"].attr_text.split("!")[1].startswith("$A$9:")
    assert names["pe_rules"].attr_text.endswith("$13")
    assert names["pe_calc"].attr_text.split("!")[1] == names["pe_rules"].attr_text.split("!")[1]


@pytest.mark.parametrize("name", [name for name in FORMS if form_named(name).block(INDICATORS).has("written_score")])
def test_the_total_counts_the_points_for_execution_where_the_form_has_them(name):
    form = form_named(name)
    case = filled_case(form, 6)
    made = living(form, case, rules_of(load(case.ruleset), 2025))
    table = made.assessment.table
    execution = made.assessment.execution_score
    assert (execution is not None) == form.block(FUNDS).has("written_score")
    points = sum(result.score or 0.0 for result in made.assessment.indicators)
    assert table.total_score.number == pytest.approx(points + (execution or 0.0), abs=1e-9)
    assert table.total_weight.number == 6 * 2.5 + (10.0 if execution is not None else 0.0)


def test_carried_over_and_current_funds_make_the_budget_of_the_scored_transfer_form(tmp_path):
    form = form_named("transfer-scored")
    case = filled_case(form, 3)
    first, carried, current = case.funds
    funds = (
        first._replace(values={**first.values, "executed": 465.41}),
        carried._replace(values={**carried.values, "budget": 77.40, "executed": None}),
        current._replace(values={**current.values, "budget": 437.0, "executed": None}),
    )
    build(form, case._replace(funds=funds), str(tmp_path / "表.xlsx"))
    total = read_back(tmp_path / "表.xlsx").funds[0]
    assert (total.budget.number, total.executed.number, total.written_rate.text) == (514.4, 465.41, "90.48%")
    formulas = openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]
    assert formulas[total.budget.cell].value == '=IF(COUNT(E8,E9)=0,"",SUM(E8,E9))'
    assert formulas[total.executed.cell].value == 465.41


def test_a_typed_total_that_differs_from_its_parts_stays_typed(tmp_path):
    form = form_named("project")
    case = filled_case(form, 3)
    first = case.funds[0]
    build(form, case._replace(funds=(first._replace(values={**first.values, "budget": 1.0}), *case.funds[1:])), str(tmp_path / "表.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]["E6"].value == 1.0


@pytest.mark.parametrize("name", ["project-sichuan", "project-yunnan"])
def test_a_split_target_is_scored_from_sign_value_and_unit(name, tmp_path):
    form = form_named(name)
    table = build(form, filled_case(form, 3), str(tmp_path / "表.xlsx"))
    assert [row.target.text for row in table.indicators] == ["≥95%", "≥120人次", "≤3.5天"]
    assert [row.written_score.number for row in table.indicators] == [2.5, 2.08, 2.14]


def test_rules_stay_with_their_indicators_where_lines_of_the_form_are_left_empty(tmp_path):
    form = form_named("project")
    case = filled_case(form, 8)
    rows = list(case.indicators)
    rows[0], rows[2], rows[3] = (Row({"level1": "产出指标", "level2": "数量指标"}) for _ in range(3))
    build(form, case._replace(indicators=tuple(rows)), str(tmp_path / "表.xlsx"))
    workbook = read_workbook(str(tmp_path / "表.xlsx"))
    ruled = with_rules(find_tables(workbook)[0][0], workbook)
    assert [(row.name, row.rule) for row in ruled.indicators] == [
        ("第2项工作", "proportional"), ("第5项工作", "proportional"), ("第6项工作", "qualitative"), ("第7项工作", "proportional"), ("第8项工作", "proportional"),
    ]  # fmt: skip
    assert ruled.unread == ()


def test_a_form_without_points_has_no_score_formula(tmp_path):
    form = form_named("transfer")
    build(form, filled_case(form, 3), str(tmp_path / "表.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")[TABLE_SHEET]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert [formula for formula in formulas if "SCORE" in formula or "评分规则" in formula] == []
    assert len([formula for formula in formulas if "PE_EXECUTION_RATE" in formula]) == 4


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_known_by_its_columns(name, tmp_path):
    """Anhui prints the national columns; only the funding rows differ."""
    build(form_named(name), filled_case(form_named(name), 3), str(tmp_path / "表.xlsx"))
    assert read_back(tmp_path / "表.xlsx").form == {"project-anhui": "project"}.get(name, name)


def test_unknown_points_stay_empty_in_the_sichuan_department_form():
    case = blank_case(form_named("department-sichuan"), 2023)
    assert {row.get("weight") for row in case.indicators} == {None}
    progress = [(row.get("level3"), row.get("target")) for row in case.indicators if str(row.get("level3")).startswith("执行进度")]
    assert progress == [("执行进度（6月）", "≥40%"), ("执行进度（9月）", "≥67.5%"), ("执行进度（11月）", "≥82.5%")]


def test_the_points_for_execution_follow_the_ruleset():
    form = form_named("project")
    for ruleset, points in (("mof-2020-10", 10.0), ("hubei-20-80", 20.0)):
        case = blank_case(form, 2024, 0, ruleset, rules_of(load(ruleset), 2024))
        assert [row.get("weight") for row in case.funds] == [points, "—", "—", "—"]


@pytest.mark.parametrize(
    ("kind", "ruleset", "form"),
    [
        ("fund", "fund-2022-65", "fund"),
        ("fund", "sichuan-fund-2024", "fund"),
        ("transfer", "mof-2020-10", "transfer"),
        ("department", "mof-2020-10", "department"),
        ("department", "anhui-2024", "department"),
        ("department", "sichuan-department-2023", "department-sichuan"),
        ("project", "mof-2020-10", "project"),
        ("project", "sichuan-department-2023", "project-sichuan"),
        ("project", "anhui-2024", "project-anhui"),
        ("transfer", "sichuan-department-2023", "transfer-scored"),
    ],
)
def test_the_form_follows_the_ruleset(kind, ruleset, form):
    assert form_for(kind, load(ruleset)).id == form


def test_every_source_is_a_form_whose_id_is_its_name():
    for path in SOURCES.glob("*.toml"):
        assert form_from(tomllib.loads(path.read_text("utf-8"))).id == path.stem
