"""建工作簿: a form and a case become an official workbook, byte for byte the same each time."""

from __future__ import annotations

import io
import tomllib
from datetime import UTC, datetime
from importlib import resources

import xlsxwriter

from perfeval_xl.core.assessment import Assessment, assessed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import NUMBER, Indicator, Table
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.case import Case, case_from
from perfeval_xl.workbook.building.controls import add_macros, draw_marks, draw_results, name_rows
from perfeval_xl.workbook.building.drawing import Canvas, draw_form
from perfeval_xl.workbook.building.form import Form, form_from
from perfeval_xl.workbook.building.placement import Placement, placed_table
from perfeval_xl.workbook.building.rule_sheet import draw_calculation, draw_rules, rule_row
from perfeval_xl.workbook.building.style import ROLES
from perfeval_xl.workbook.grid import CALC_SHEET, RESULT_SHEET, RULE_SHEET
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.package_output import write_package

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.ruleset import Rules

TABLE_SHEET = "自评表"
_BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def form_named(name: str) -> Form:
    """The form of that id; KeyError-free: an unknown name is our own mistake and raises FileNotFoundError."""
    return form_from(tomllib.loads(_source("forms", name)))


def case_named(name: str) -> tuple[Form, Case]:
    """A case of the project with its form."""
    data = tomllib.loads(_source("cases", name))
    form = form_named(data["form"])
    return form, case_from(data, form)


def _source(folder: str, name: str) -> str:
    return (resources.files("workbooks") / folder / f"{name}.toml").read_text("utf-8")


def computed_table(form: Form, case: Case, rules: Rules) -> tuple[Placement, Assessment]:
    """Place and compute: a score cell becomes a formula where the rule gives it, else it stays what people typed."""
    placement = Placement(form, len(case.funds), len(case.indicators))
    table = placed_table(case, placement, TABLE_SHEET)
    first = assessed(table, rules)
    indicators = tuple(
        _with_formula(result.indicator, result.computed_score, is_judged=result.rule.is_judged and bool(result.indicator.actual.text or result.indicator.rule))
        for result in first.indicators
    )
    return placement, assessed(table._replace(indicators=indicators), rules)


def _with_formula(indicator: Indicator, computed: float | None, *, is_judged: bool) -> Indicator:
    score = indicator.written_score
    agrees = computed is not None and (score.number is None or score.number == computed)
    if is_judged or not (agrees or (score.is_blank and computed is None)):
        return indicator
    state = score.state if computed is None else NUMBER
    return indicator._replace(written_score=score._replace(computed=True, number=computed, state=state))


def build(form: Form, case: Case, path: str) -> Table:
    """Write the workbook to ``path`` and return the table as it stands there; ``.xlsm`` brings functions and buttons."""
    rules = rules_of(load(case.ruleset), case.year)
    placement, assessment = computed_table(form, case, rules)
    macros = path.lower().endswith(".xlsm")
    write_package(path, _parts(_drawn(form, case, placement, assessment, macros=macros)))
    return assessment.table


def _drawn(form: Form, case: Case, placement: Placement, assessment: Assessment, *, macros: bool) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": case.title, "author": "perfeval_xl", "created": _BUILT_AT})
        book.set_calc_mode("auto")
        formats: dict[str, Any] = {role: book.add_format(look) for role, look in ROLES.items()}
        sheet, rule_sheet, result_sheet = (book.add_worksheet(name) for name in (TABLE_SHEET, RULE_SHEET, RESULT_SHEET))
        draw_form(Canvas(sheet, formats, form), placement, case, assessment)
        draw_rules(rule_sheet, formats, placement, assessment, TABLE_SHEET)
        calculation = book.add_worksheet(CALC_SHEET)
        calculation.very_hidden()
        draw_calculation(calculation, placement, assessment, TABLE_SHEET)
        draw_results(book, result_sheet, formats)
        draw_marks(book, sheet, placement)
        name_rows(book, placement, (rule_row(-1), rule_row(placement.indicator_count)), TABLE_SHEET)
        if macros:
            add_macros(book, sheet, form.width)
    return buffer.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package, inflated, so that it is stored without any zlib's signature."""
    package = Package(data)
    return {name: package.read(name) for name in package.members}
