"""建工作簿: a form and a case become an official workbook, byte for byte the same each time."""

from __future__ import annotations

import io
import re
import tomllib
from datetime import UTC, datetime
from importlib import resources

import xlsxwriter

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.loader import load, load_file
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.base_sheet import draw_figures
from perfeval_xl.workbook.building.canvas import Canvas
from perfeval_xl.workbook.building.case import Case, case_from
from perfeval_xl.workbook.building.computed_actual import asked_rows
from perfeval_xl.workbook.building.controls import add_macros, draw_marks, draw_results, name_rows
from perfeval_xl.workbook.building.drawing import draw_form
from perfeval_xl.workbook.building.form import Form, form_from
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.living import TABLE_SHEET, Living, living
from perfeval_xl.workbook.building.manual import draw_manual
from perfeval_xl.workbook.building.rule_sheet import draw_calculation, draw_rules
from perfeval_xl.workbook.building.sheet import PlainSheet
from perfeval_xl.workbook.building.style import ROLES
from perfeval_xl.workbook.grid import CALC_SHEET, FIGURE_SHEET, MANUAL_SHEET, RESULT_SHEET, RULE_SHEET
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.package_output import write_package
from udfs.reference import functions

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.ruleset import Ruleset
    from perfeval_xl.core.table import Table

_BUILT_AT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def form_named(name: str) -> Form:
    """The form of that id; an unknown name is our own mistake and raises FileNotFoundError."""
    return form_from(tomllib.loads(_source("forms", name)))


def case_named(name: str) -> tuple[Form, Case]:
    """A case of the project with its form."""
    data = tomllib.loads(_source("cases", name))
    form = form_named(data["form"])
    return form, case_from(data, form)


def names_in(folder: str) -> tuple[str, ...]:
    """The names of all sources in a folder (cases, forms), sorted."""
    files = (file.name for file in (resources.files("workbooks") / folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in files if name.lower().endswith(".toml")))


def _source(folder: str, name: str) -> str:
    return (resources.files("workbooks") / folder / f"{name}.toml").read_text("utf-8")


def ruleset_named(name: str) -> Ruleset:
    """A shipped ruleset by its id, an office's own by the path of its file; raises RulesetError."""
    return load_file(name) if name.lower().endswith(".toml") else load(name)


def build(form: Form, case: Case, path: str) -> Table:
    """Write the workbook to ``path`` and return the table as it stands there; ``.xlsm`` brings functions and buttons.

    Raises RulesetError for a ruleset that is none, NoRuleInForceError for one that does not cover the year.
    """
    made = living(form, case, rules_of(ruleset_named(case.ruleset), case.year))
    write_package(path, _parts(_drawn(made, macros=path.lower().endswith(".xlsm"))))
    return made.assessment.table


def _drawn(made: Living, *, macros: bool) -> bytes:
    placement, case, form = made.placement, made.case, made.placement.form
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": case.title, "author": "perfeval_xl", "created": _BUILT_AT})
        book.set_calc_mode("auto")
        formats: dict[str, Any] = {role: book.add_format(look) for role, look in ROLES.items()}
        sheet = book.add_worksheet(TABLE_SHEET, PlainSheet)
        if form.kind == "fund":
            draw_figures(book, book.add_worksheet(FIGURE_SHEET, PlainSheet), formats, case.figures, asked_rows(made.assessment.table))
        names = (RULE_SHEET, RESULT_SHEET, MANUAL_SHEET)
        rule_sheet, result_sheet, manual_sheet = (book.add_worksheet(name, PlainSheet) for name in names)
        draw_form(Canvas(sheet, formats, form), placement, case, made.assessment.table)
        draw_rules(rule_sheet, formats, placement, made.assessment, TABLE_SHEET, [str(row.get("basis") or "") for row in case.indicators])
        calculation = book.add_worksheet(CALC_SHEET, PlainSheet)
        calculation.very_hidden()
        draw_calculation(calculation, placement, made.assessment, TABLE_SHEET)
        draw_results(book, result_sheet, formats)
        draw_manual(manual_sheet, formats, functions())
        draw_marks(book, sheet, placement)
        name_rows(book, placement, (rule_row(-1), rule_row(placement.indicator_count)), TABLE_SHEET)
        if macros:
            add_macros(book, sheet, form.width)
    return buffer.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package, inflated, so that it is stored without any zlib's signature."""
    package = Package(data)
    return {name: _with_empty_texts(package.read(name)) if "/worksheets/" in name else package.read(name) for name in package.members}


def _with_empty_texts(sheet: bytes) -> bytes:
    """A formula that shows nothing keeps an empty text as its result, as Excel saves it; XlsxWriter leaves it without a type."""
    return re.sub(rb'<c (r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)>(<f>[^<]*</f><v></v></c>)', rb'<c \1 t="str">\2', sheet)
