"""样式: the look of an official form, one named role each; colours vanish in print where the form must be black on white."""

from __future__ import annotations

from perfeval_xl.core.figure import FORMATS, MONEY, MONTHS, RATIO
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

FONT = "宋体"
INPUT_COLOUR = "#FFF9DB"        # 浅黄: 填报单元格
COMPUTED_COLOUR = "#F2F2F2"     # 浅灰: 自动计算

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}

ROLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "year": {"font_name": FONT, "font_size": 11, "align": "center", "valign": "vcenter"},
    "label": {**_BASE, "bold": True},
    "text": {**_BASE},
    "left": {**_BASE, "align": "left", "indent": 1},
    "input": {**_BASE, "bg_color": INPUT_COLOUR, "locked": False},
    "input_text": {**_BASE, "bg_color": INPUT_COLOUR, "locked": False, "num_format": "@"},
    "input_left": {**_BASE, "align": "left", "bg_color": INPUT_COLOUR, "locked": False},
    "amount": {**_BASE, "bg_color": INPUT_COLOUR, "locked": False, "num_format": "#,##0.00"},
    "sum": {**_BASE, "bg_color": COMPUTED_COLOUR, "locked": False, "num_format": "#,##0.00"},
    "rate": {**_BASE, "bg_color": COMPUTED_COLOUR, "num_format": "0.00%"},
    "computed": {**_BASE, "bg_color": COMPUTED_COLOUR, "num_format": "General"},
    "figure_ratio": {**_BASE, "bg_color": COMPUTED_COLOUR, "locked": False, "num_format": FORMATS[RATIO]},
    "figure_months": {**_BASE, "bg_color": COMPUTED_COLOUR, "locked": False, "num_format": FORMATS[MONTHS]},
    "figure_money": {**_BASE, "bg_color": COMPUTED_COLOUR, "locked": False, "num_format": FORMATS[MONEY]},
    "signature": {"font_name": FONT, "font_size": 10, "align": "left", "valign": "vcenter"},
    "note": {"font_name": FONT, "font_size": 9, "font_color": "#595959", "text_wrap": True, "valign": "vcenter"},
    "title_left": {"font_name": FONT, "font_size": 16, "bold": True, "valign": "vcenter"},
    "heading": {"font_name": FONT, "font_size": 12, "bold": True, "font_color": "#1F4E79", "valign": "vcenter"},
    "note_line_wrapped": {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True},
    "note_line": {"font_name": FONT, "font_size": 10, "valign": "vcenter"},
    "side_label": {"font_name": FONT, "font_size": 10, "bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "side_text": {"font_name": FONT, "font_size": 10, "border": 1, "text_wrap": True, "valign": "vcenter"},
    "side_number": {"font_name": FONT, "font_size": 10, "border": 1, "num_format": "General", "valign": "vcenter"},
    "side_rate": {"font_name": FONT, "font_size": 10, "border": 1, "num_format": "0.00%", "valign": "vcenter"},
    "side_input": {"font_name": FONT, "font_size": 10, "border": 1, "bg_color": INPUT_COLOUR, "valign": "vcenter", "text_wrap": True, "locked": False},
}  # fmt: skip

# How the columns of a block look while people fill them in, and what they hold; a formula looks as _COMPUTED says.
POINTS, AMOUNT, WORDS = "points", "amount", "words"
_FUND_LOOKS = {
    "label": ("left", WORDS), "initial_budget": ("amount", AMOUNT), "in_place": ("amount", AMOUNT), "budget": ("amount", AMOUNT),
    "executed": ("amount", AMOUNT), "balance": ("amount", AMOUNT), "written_rate": ("rate", WORDS), "weight": ("text", POINTS),
    "written_score": ("text", POINTS), "reason": ("input_left", WORDS),
}  # fmt: skip
_INDICATOR_LOOKS = {
    "weight": ("input", POINTS), "written_score": ("input", POINTS), "target": ("input_text", WORDS), "actual": ("input_text", WORDS),
    "sign": ("input_text", WORDS), "unit": ("input_text", WORDS), "evidence": ("input_left", WORDS), "reason": ("input_left", WORDS),
}  # fmt: skip
_COMPUTED = {AMOUNT: "sum", POINTS: "computed", WORDS: "computed"}


def fund_look(field: str, *, is_formula: bool = False) -> tuple[str, str]:
    """资金块一列的样式和内容: role and sort."""
    role, sort = _FUND_LOOKS[field]
    return (_COMPUTED[sort] if is_formula and role != "rate" else role), sort


def indicator_look(field: str, *, is_formula: bool = False) -> tuple[str, str]:
    """指标块一列的样式和内容: role and sort; names of indicators may be changed."""
    role, sort = _INDICATOR_LOOKS.get(field, ("input", WORDS))
    return (_COMPUTED[sort] if is_formula else role), sort
