"""按钮与标记: what makes a form a living workbook, all of it outside the printed page."""

from __future__ import annotations

import io
from typing import Any

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import column_letters, quoted_sheet
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.style import FONT
from perfeval_xl.workbook.grid import CALC_SHEET, RESULT_SHEET, RULE_SHEET
from perfeval_xl.workbook.results.result_looks import COLUMN_STYLES, CONDITIONS
from perfeval_xl.workbook.results.result_rows import (
    FIRST_ROW,
    HEADER_ROW,
    HEADINGS,
    LAST_ROW,
    MARK_COLUMN,
    WIDTHS,
)
from perfeval_xl.workbook.vba import procedures

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.placement import Placement

MARKS_NAME, ROWS_NAME, RULES_NAME, CALC_NAME = "pe_marks", "pe_rows", "pe_rules", "pe_calc"
_BUTTONS = (
    ("校验", procedures.VALIDATE),
    ("重新计算", procedures.RECALCULATE),
    ("增加指标行", procedures.ADD_ROW),
    ("生成报送件", procedures.SUBMIT),
    ("转到第一个错误", procedures.FIRST_ERROR),
)
MARK_LOOKS = {
    "error": {"bg_color": "#F8CBAD", "bold": True},
    "explain": {"bg_color": "#FFE699"},
    "hint": {"bg_color": "#DDEBF7"},
}
_RESULT_STYLES: dict[str, dict[str, Any]] = {
    "body": {"valign": "vcenter", "text_wrap": True},
    "centred": {"align": "center", "valign": "vcenter", "text_wrap": True},
    "place": {"valign": "vcenter", "text_wrap": True, "font_color": "#0563C1", "underline": 1},
    "typed": {"valign": "vcenter", "text_wrap": True, "locked": False},
}
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_STEP = 120, 30, 38


def add_macros(book: Any, sheet: Any, width: int) -> None:
    """The VBA project, code names and the buttons beside the form (``width`` columns wide)."""
    from perfeval_xl.workbook.vba.macros import macro_project  # noqa: PLC0415 - starts a child process, for a build alone

    names = [f"Sheet{number}" for number in range(1, len(book.worksheets()) + 1)]
    project = macro_project("perfeval.xlsm", names)
    book.add_vba_project(io.BytesIO(project.binary), is_stream=True)
    book.set_vba_name(procedures.WORKBOOK_CODE_NAME)
    for worksheet, name in zip(book.worksheets(), names, strict=True):
        worksheet.set_vba_name(name)
    for number, (caption, macro) in enumerate(_BUTTONS):
        options = {"macro": macro, "caption": caption, "width": _BUTTON_WIDTH, "height": _BUTTON_HEIGHT}
        sheet.insert_button(0, width + 1, {**options, "y_offset": 4 + number * _BUTTON_STEP})
    sheet.write_url(len(_BUTTONS) + 4, width + 1, f"internal:{quoted_sheet(RESULT_SHEET)}!A1", string="看校验结果")
    sheet.set_column(width + 1, width + 1, 18)


def draw_results(book: Any, sheet: Any, formats: dict[str, Any]) -> None:
    """校验结果 before the first check: title, headings and looks; the marks the table looks up get their name."""
    sheet.write_string(0, 0, RESULT_SHEET, formats["title_left"])
    sheet.write_string(1, 0, "还没有校验, 请按「校验」按钮", formats["note_line"])
    styles = {name: book.add_format({"font_name": FONT, "font_size": 10, **look}) for name, look in _RESULT_STYLES.items()}
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(HEADER_ROW - 1, column, heading, formats["side_label"])
        sheet.set_column(column, column, width, styles[COLUMN_STYLES[column]])
    sheet.set_column(MARK_COLUMN - 1, MARK_COLUMN - 1, 3, None, {"hidden": True})
    for each in CONDITIONS:
        look = {"font_color": each.font and f"#{each.font}", "bg_color": each.fill and f"#{each.fill}", "bold": each.is_bold}
        paint = book.add_format({"border": 1, "border_color": "#BFBFBF", **{name: value for name, value in look.items() if value}})
        sheet.conditional_format(each.area, {"type": "formula", "criteria": f"={each.formula}", "format": paint})
    sheet.autofilter(HEADER_ROW - 1, 0, LAST_ROW - 1, len(HEADINGS) - 1)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.repeat_rows(HEADER_ROW - 1)
    letter = chr(ord("A") + MARK_COLUMN - 1)
    book.define_name(MARKS_NAME, f"={RESULT_SHEET}!${letter}${FIRST_ROW}:${letter}${LAST_ROW}")


def name_rows(book: Any, placement: Placement, rule_rows: tuple[int, int], table_sheet: str) -> None:
    """Names that 增加指标行 goes by: the form from the last row of its indicator heading to the row below the last indicator, rules and helper formulas likewise."""
    last = column_letters(placement.form.width)
    book.define_name(ROWS_NAME, f"={quoted_sheet(table_sheet)}!$A${placement.indicators_row}:${last}${placement.total_row}")
    first_row, last_row = rule_rows
    letters = list(COLUMNS.values())
    for name, sheet in ((RULES_NAME, RULE_SHEET), (CALC_NAME, CALC_SHEET)):
        book.define_name(name, f"={sheet}!$A${first_row}:${letters[-1]}${last_row}")


def draw_marks(book: Any, sheet: Any, placement: Placement) -> None:
    """Cells with findings stand out by conditional formats over 校验结果: no fill of a cell is ever changed."""
    for level, look in MARK_LOOKS.items():
        criteria = f'=COUNTIF({MARKS_NAME},"{level}:"&ADDRESS(ROW(),COLUMN(),4))>0'
        sheet.conditional_format(
            0, 0, placement.last_row - 1, placement.form.width - 1,
            {"type": "formula", "criteria": criteria, "format": book.add_format(look)},
        )  # fmt: skip
