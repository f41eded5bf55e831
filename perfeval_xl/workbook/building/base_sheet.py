"""基础数据 sheet: the amounts of a fund to type, and the indicators that follow from them beside what the form states."""

from __future__ import annotations

from perfeval_xl.core.expression import formula_text
from perfeval_xl.core.figure import (
    BASE_FACTORS,
    FORMATS,
    MONEY,
    MONTHS,
    RATIO,
    Figure,
    Variant,
    agrees,
    amount_formula,
    amount_of,
)
from perfeval_xl.core.figure_amounts import AMOUNTS, amounts_by_key
from perfeval_xl.core.figure_ratios import FIGURES
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import NUMBER
from perfeval_xl.workbook.building.computed_actual import (
    HEAD_ROW,
    RESULT_HEAD_ROW,
    RESULT_ROWS,
    Asked,
    Entries,
    quotient_formula,
)
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.style import ROLES
from perfeval_xl.workbook.grid import CALC_SHEET, FIGURE_SHEET
from perfeval_xl.workbook.layout.figures import AMOUNT_HEADINGS, RESULT_HEADING

if TYPE_CHECKING:
    from typing import Any

ALIKE, DIFFERENT, INCOMPARABLE = "一致", "不一致", "不能比较"

_CELLS = {amount.key: f"$C${row}" for row, amount in enumerate(AMOUNTS, HEAD_ROW + 1)}
_RESULT_HEADINGS = (RESULT_HEADING, "口径", "分子", "分母", "由基础数据计算", "自评表填报值", "与填报值\n是否一致", "算式", "依据")
_WIDTHS = (26, 22, 12, 12, 14, 14, 11, 50, 30)
_NOTE = "黄色单元格填数, 空着就不计算。下面的指标由这些数算出: 自评表的完成值没有填过的, 直接取这里的结果; 填过的不改动, 只在这里对照。"
_UNITS = {RATIO: ("%", "‰"), MONTHS: ("个月", ""), MONEY: ("元", "千元", "万元", "百万元", "亿元")}
_POINTS_PER_LINE = 14


def draw_figures(book: Any, sheet: Any, formats: dict[str, Any], entries: Entries, asked: list[Asked]) -> None:
    """The whole sheet; every formula with its cached value."""
    sheet.write_string(0, 0, FIGURE_SHEET, formats["title_left"])
    sheet.write_string(1, 0, _NOTE, formats["note_line"])
    _draw_amounts(sheet, formats, entries)
    for column, heading in enumerate(_RESULT_HEADINGS):
        sheet.write_string(RESULT_HEAD_ROW - 1, column, heading, formats["side_label"])
    looks = {unit: book.add_format({**ROLES["side_number"], "num_format": code, "align": "center"}) for unit, code in FORMATS.items()}
    rows = {row.figure.key: row for row in reversed(asked)}
    for figure in FIGURES:
        _draw_result(sheet, {**formats, **looks}, figure, entries, rows.get(figure.key))
    _mark_differences(book, sheet)
    _set_up_page(sheet)


def _draw_amounts(sheet: Any, formats: dict[str, Any], entries: Entries) -> None:
    for column, heading in enumerate((*AMOUNT_HEADINGS, "预算或决算")):
        sheet.write_string(HEAD_ROW - 1, column, heading, formats["side_label"])
    sheet.write_string(HEAD_ROW - 1, 4, "用于哪些指标", formats["note_line"])
    for row, amount in enumerate(AMOUNTS, HEAD_ROW):
        uses = "、".join(figure.name for figure in FIGURES if amount.key in figure.keys)
        words = "; ".join(part for part in (uses, amount.note) if part)
        sheet.write_string(row, 0, amount.name, formats["side_text"])
        sheet.write_string(row, 1, amount.unit, formats["side_text"])
        value = entries.amounts.get(amount.key)
        if value is None:
            sheet.write_blank(row, 2, None, formats["side_input"])
        else:
            sheet.write_number(row, 2, value, formats["side_input"])
        sheet.write_string(row, 3, amount.basis, formats["side_text"])
        sheet.write_string(row, 4, words, formats["note_line"])    # neither merged nor wrapped: a check reads every cell


def _draw_result(sheet: Any, formats: dict[str, Any], figure: Figure, entries: Entries, asked: Asked | None) -> None:
    row, chosen = RESULT_ROWS[figure.key], figure.variant(entries.variants.get(figure.key, ""))
    sheet.write_string(f"A{row}", figure.name, formats["side_text"])
    _draw_choice(sheet, formats, figure, chosen)
    for column, expression in (("C", chosen.numerator), ("D", chosen.denominator)):
        formula = _chosen(figure, f"$B${row}", numerator=column == "C")
        cache = 1.0 if expression is None else amount_of(expression, entries.amounts)
        sheet.write_formula(f"{column}{row}", "=" + formula, formats["side_number"], "" if cache is None else cache)
    value = entries.value(figure)
    sheet.write_formula(f"E{row}", "=" + quotient_formula(figure, f"$C${row}", f"$D${row}"), formats[figure.unit], "" if value is None else value)
    _draw_comparison(sheet, formats, figure, value, asked)
    words, source = _words(figure), "; ".join(part for part in (figure.source, figure.note) if part)
    sheet.write_string(f"H{row}", "\n".join(words), formats["side_text"])
    sheet.write_string(f"I{row}", source, formats["side_text"])
    lines = max(sum(_lines(line, 7) for line in words), _lines(source, 8))
    sheet.set_row(row - 1, lines * _POINTS_PER_LINE + 4)


def _lines(text: str, column: int) -> int:
    """Lines that a text takes in a column; a Chinese character is two wide."""
    return max(1, -(-sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) // (_WIDTHS[column] - 2)))


def _draw_choice(sheet: Any, formats: dict[str, Any], figure: Figure, chosen: Variant) -> None:
    cell = f"B{RESULT_ROWS[figure.key]}"
    if len(figure.variants) == 1:
        sheet.write_string(cell, "—", formats["side_text"])
        return
    names = [variant.name for variant in figure.variants]
    sheet.write_string(cell, chosen.name, formats["side_input"])
    sheet.data_validation(cell, {"validate": "list", "source": names, "error_title": "口径", "error_message": "请从列表中选一种口径"})


def _draw_comparison(sheet: Any, formats: dict[str, Any], figure: Figure, value: float | None, asked: Asked | None) -> None:
    row = RESULT_ROWS[figure.key]
    if asked is None:
        sheet.write_blank(f"F{row}", None, formats["side_text"])
        sheet.write_blank(f"G{row}", None, formats["side_text"])
        return
    stated = asked.value.number if asked.value.state == NUMBER and asked.value.number is not None else asked.value.text
    sheet.write_formula(f"F{row}", f'=IF({asked.actual}="","",{asked.actual})', formats[figure.unit], stated)
    sheet.write_formula(f"G{row}", "=" + _comparison(figure, row, asked.helper_row), formats["side_text"], verdict(figure, value, asked.value.text))


def verdict(figure: Figure, value: float | None, stated: str) -> str:
    """与填报值是否一致, in words; "" while either side is blank."""
    if value is None or not stated:
        return ""
    alike = agrees(value, figure.unit, read_text(stated, role="actual"))
    return INCOMPARABLE if alike is None else ALIKE if alike else DIFFERENT


def _comparison(figure: Figure, row: int, helper_row: int) -> str:
    """Whether the stated number may stand for the computed one, rounded or truncated to its last digit.

    No formula of this sheet holds <, > or an ampersand: a row without them is read many times faster.
    """
    parts = ("number", "second", "sign", "unit", "factor", "first_digits")
    at = {part: f"{CALC_SHEET}!${COLUMNS[f'actual_{part}']}{helper_row}" for part in parts}
    number, digits, factor = at["number"], at["first_digits"], f"IF(N({at['factor']})=0,1,{at['factor']})"
    last = f'10^-IFERROR(LEN({digits})-FIND(".",{digits}),0)'
    size = f"IF(SIGN({number})=-1,-1,1)*$E${row}*{BASE_FACTORS[figure.unit]:g}/{factor}"
    least, most = f"ABS({number})-{last}/IF({number}=0,1,2)-1E-9", f"ABS({number})+{last}+1E-9"
    units = ",".join(f'{at["unit"]}="{unit}"' for unit in _UNITS[figure.unit])
    is_plain = f'OR({at["sign"]}="",{at["sign"]}="=")'
    is_comparable = f'IF(ISNUMBER({number}),AND(OR({units}),{is_plain},{at["second"]}=""),FALSE)'
    told = f'IF({is_comparable},IF(MEDIAN({least},{size},{most})={size},"{ALIKE}","{DIFFERENT}"),"{INCOMPARABLE}")'
    return f'IF(OR($E${row}="",$F${row}=""),"",{told})'


def _chosen(figure: Figure, choice: str, *, numerator: bool) -> str:
    """Numerator or denominator (1 for an amount) of the variant that is chosen; another word counts as the first."""
    sides = [(v.name, v.numerator if numerator else v.denominator) for v in figure.variants]
    formulas = [(name, "1" if side is None else amount_formula(side, _CELLS)) for name, side in sides]
    text = formulas[0][1]
    for name, formula in reversed(formulas[1:]):
        text = text if formula == formulas[0][1] else f'IF({choice}="{name}",{formula},{text})'
    return text


def _words(figure: Figure) -> list[str]:
    """The formula of each variant in the names of the amounts."""
    names = {key: amount.name for key, amount in amounts_by_key().items()}
    return [(f"{variant.name}: " if variant.name else "") + _quotient_words(variant, names) for variant in figure.variants]


def _quotient_words(variant: Variant, names: dict[str, str]) -> str:
    sides = [formula_text(side, names) for side in (variant.numerator, variant.denominator) if side is not None]
    text = " ÷ ".join(sides) if len(sides) > 1 else sides[0].removeprefix("(").removesuffix(")")
    return text.replace("/", "÷").replace("*", "×").replace("-", " − ").replace("+", " + ")


def _mark_differences(book: Any, sheet: Any) -> None:
    area = (RESULT_HEAD_ROW, 6, RESULT_HEAD_ROW + len(FIGURES) - 1, 6)
    look = book.add_format({"bg_color": "#FFE699", "bold": True})
    sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{DIFFERENT}"', "format": look})


def _set_up_page(sheet: Any) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(1, 18)
    sheet.set_row(RESULT_HEAD_ROW - 1, 30)
    sheet.freeze_panes(HEAD_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, RESULT_HEAD_ROW + len(FIGURES) - 1, len(_WIDTHS) - 1)
