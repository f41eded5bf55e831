"""我们的三张工作表 for an office's workbook: drawn in a workbook of their own, to be transplanted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from perfeval_xl.core.record import Record
from perfeval_xl.workbook.address import quoted_sheet
from perfeval_xl.workbook.adoption.calculation_page import CalculationRows, calculation_rows
from perfeval_xl.workbook.adoption.rule_page import draw_rules
from perfeval_xl.workbook.building.controls import draw_results
from perfeval_xl.workbook.building.style import ROLES
from perfeval_xl.workbook.grid import CALC_SHEET, RESULT_SHEET, RULE_SHEET
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.relationships import relationships, workbook_part
from perfeval_xl.workbook.vba import procedures

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.adoption.plan import Plan

CODE_NAMES = {RULE_SHEET: "PeRules", RESULT_SHEET: "PeResults", CALC_SHEET: "PeCalc"}
STATES = {CALC_SHEET: "veryHidden"}
# 增加指标行 works on the row selected on the form, so it has no button on another sheet.
_BUTTONS = (("校验", procedures.VALIDATE), ("重新计算", procedures.RECALCULATE), ("生成报送件", procedures.SUBMIT), ("转到第一个错误", procedures.FIRST_ERROR))
_BUTTON_COLUMN, _BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_STEP = 5, 110, 28, 120
_HOME_ROW, _HOME_COLUMN = 3, 5      # where every later result has its link back


class OwnPages(Record):
    """The workbook they were drawn in, its part names by sheet, and the helper formulas, which stand on a sheet drawn empty."""

    package: Package
    parts: dict[str, str]
    calculation: CalculationRows

    def related(self, sheet: str, kind: str) -> str:
        """The part of that kind that belongs to a sheet, "" for none."""
        links = relationships(self.package, self.parts[sheet]).values()
        return next((link.target for link in links if link.kind == kind), "")


class _OwnSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose formulas are written as they are: they hold no function younger than Excel 2010."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - xlsxwriter's own
        return formula.removeprefix("=")


def own_pages(plan: Plan, ruleset: str, *, macros_too: bool) -> OwnPages:
    """Draw 评分规则, 校验结果 with its buttons, and the helper formulas."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats: dict[str, Any] = {role: book.add_format(look) for role, look in ROLES.items()}
        sheets = {name: book.add_worksheet(name, _OwnSheet) for name in CODE_NAMES}
        draw_rules(sheets[RULE_SHEET], formats, plan, ruleset)
        draw_results(book, sheets[RESULT_SHEET], formats)
        _draw_controls(sheets[RESULT_SHEET], plan.tables[0].assessment.table.sheet, macros_too=macros_too)
        for name, sheet in sheets.items():
            sheet.set_vba_name(CODE_NAMES[name])
            sheet.selected = 0
    package = Package(buffer.getvalue())
    links = relationships(package, workbook_part(package)).values()
    parts = [link.target for link in links if link.kind == "worksheet"]
    return OwnPages(package, dict(zip(CODE_NAMES, parts, strict=True)), calculation_rows(plan))


def _draw_controls(sheet: Any, home: str, *, macros_too: bool) -> None:
    """Buttons in the first row, above the columns the results use, and the link to the form."""
    sheet.write_url(_HOME_ROW - 1, _HOME_COLUMN - 1, f"internal:{quoted_sheet(home)}!A1", string=f"返回{home}"[:255])
    sheet.set_row(0, 30)
    for number, (caption, macro) in enumerate(_BUTTONS if macros_too else ()):
        options = {"macro": macro, "caption": caption, "width": _BUTTON_WIDTH, "height": _BUTTON_HEIGHT}
        sheet.insert_button(0, _BUTTON_COLUMN, {**options, "x_offset": 4 + number * _BUTTON_STEP, "y_offset": 4})
