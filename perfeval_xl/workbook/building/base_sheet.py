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
    quotient_text,
    unless_blank,
)
from perfeval_xl.core.figure_amounts import AMOUNTS, amounts_by_key
from perfeval_xl.core.figure_ratios import FIGURES, figure_named
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.style import ROLES
from perfeval_xl.workbook.grid import CALC_SHEET
from perfeval_xl.workbook.layout.figures import AMOUNT_HEADINGS, FIGURE_SHEET, RESULT_HEADING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ALIKE, DIFFERENT, INCOMPARABLE = "一致", "不一致", "不能比较"

_HEAD_ROW = 4
_RESULT_HEAD = _HEAD_ROW + len(AMOUNTS) + 2
_CELLS = {amount.key: f"$C${_HEAD_ROW + 1 + number}" for number, amount in enumerate(AMOUNTS)}
_ROWS = {figure.key: _RESULT_HEAD + 1 + number for number, figure in enumerate(FIGURES)}
_RESULT_HEADINGS = (RESULT_HEADING, "口径", "分子", "分母", "由基础数据计算", "自评表填报值", "与填报值\n是否一致", "算式", "依据")
_WIDTHS = (30, 24, 16, 16, 16, 18, 12, 52, 34)
_NOTE = "黄色单元格填数, 空着就不计算。下面的指标由这些数算出; 自评表完成值一栏没有填过的, 直接取这里的结果, 填过的不改动, 只在这里对照。"
_UNITS = {RATIO: ("%", "‰"), MONTHS: ("个月", ""), MONEY: ("元", "千元", "万元", "百万元", "亿元")}
_FUNCTIONS = {RATIO: "PE_SHARE", MONTHS: "PE_PAYABLE_MONTHS", MONEY: "PE_SHARE"}


class Entries(Record):
    """填入的基础数据: amounts by key, and the variant chosen for a figure where it is not the first."""

    amounts: dict[str, float]
    variants: dict[str, str]

    def value(self, figure: Figure) -> float | None:
        return figure.value(self.amounts, self.variants.get(figure.key, ""))


class Asked(Record):
    """自评表里能由基础数据计算的一行: its figure, the reference of 完成值, its row on the sheet of helper formulas, what is typed."""

    figure: Figure
    actual: str
    helper_row: int
    typed: str


def entries_from(data: Mapping[str, Any]) -> Entries:
    """The tables ``figures`` and ``figure_variants`` of a case file; an unknown key is our own mistake and raises KeyError."""
    amounts, variants = data.get("figures", {}), data.get("figure_variants", {})
    unknown = [key for key in amounts if key not in amounts_by_key()] + [key for key in variants if key not in _ROWS]
    if unknown:
        raise KeyError(unknown[0])
    return Entries({key: float(value) for key, value in amounts.items()}, dict(variants))


def computed_figure(kind: str, indicator: str) -> Figure | None:
    """The figure by which 基础数据 computes an indicator of that name; only funds have one."""
    return figure_named(indicator) if kind == "fund" else None


def actual_formula(figure: Figure) -> str:
    """完成值的公式 on the form: our function over the two cells of 基础数据, else the native quotient."""
    return _quotient(figure, f"{FIGURE_SHEET}!$C${_ROWS[figure.key]}", f"{FIGURE_SHEET}!$D${_ROWS[figure.key]}")


def as_shown(cell: str, figure: Figure) -> str:
    """完成值 as text with its unit, the way it is displayed: what the score is computed from, here as on the command line."""
    code = FORMATS[figure.unit].replace('"', '""')
    return f'IF(ISNUMBER({cell}),TEXT({cell},"{code}"),{cell})'


def draw_figures(book: Any, sheet: Any, formats: dict[str, Any], entries: Entries, asked: list[Asked]) -> None:
    """The whole sheet; every formula with its cached value."""
    sheet.write_string(0, 0, FIGURE_SHEET, formats["title_left"])
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, _NOTE, formats["note"])
    _draw_amounts(sheet, formats, entries)
    for column, heading in enumerate(_RESULT_HEADINGS):
        sheet.write_string(_RESULT_HEAD - 1, column, heading, formats["side_label"])
    looks = {unit: book.add_format({**ROLES["side_number"], "num_format": code}) for unit, code in FORMATS.items()}
    rows = {row.figure.key: row for row in reversed(asked)}
    for figure in FIGURES:
        _draw_result(sheet, {**formats, **looks}, figure, entries, rows.get(figure.key))
    _mark_differences(book, sheet)
    _set_up_page(sheet)


def _draw_amounts(sheet: Any, formats: dict[str, Any], entries: Entries) -> None:
    for column, heading in enumerate((*AMOUNT_HEADINGS, "预算或决算")):
        sheet.write_string(_HEAD_ROW - 1, column, heading, formats["side_label"])
    sheet.merge_range(_HEAD_ROW - 1, 4, _HEAD_ROW - 1, len(_WIDTHS) - 1, "用于哪些指标", formats["side_label"])
    for row, amount in enumerate(AMOUNTS, _HEAD_ROW):
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
        sheet.merge_range(row, 4, row, len(_WIDTHS) - 1, words, formats["side_text"])


def _draw_result(sheet: Any, formats: dict[str, Any], figure: Figure, entries: Entries, asked: Asked | None) -> None:
    row = _ROWS[figure.key]
    sheet.write_string(row - 1, 0, figure.name, formats["side_text"])
    chosen = figure.variant(entries.variants.get(figure.key, ""))
    _draw_choice(sheet, formats, figure, row, chosen)
    for column, expression in (("C", chosen.numerator), ("D", chosen.denominator)):
        formula = _chosen(figure, f"$B${row}", numerator=column == "C")
        cache = 1.0 if expression is None else amount_of(expression, entries.amounts)
        sheet.write_formula(f"{column}{row}", "=" + formula, formats["side_number"], "" if cache is None else cache)
    value = entries.value(figure)
    sheet.write_formula(f"E{row}", "=" + _quotient(figure, f"$C${row}", f"$D${row}"), formats[figure.unit], "" if value is None else value)
    _draw_comparison(sheet, formats, figure, value, asked)
    sheet.write_string(f"H{row}", _words(figure), formats["side_text"])
    sheet.write_string(f"I{row}", "; ".join(part for part in (figure.source, figure.note) if part), formats["side_text"])


def _draw_choice(sheet: Any, formats: dict[str, Any], figure: Figure, row: int, chosen: Variant) -> None:
    if len(figure.variants) == 1:
        sheet.write_string(f"B{row}", "—", formats["side_text"])
        return
    sheet.write_string(f"B{row}", chosen.name, formats["side_input"])
    names = [variant.name for variant in figure.variants]
    sheet.data_validation(f"B{row}", {
        "validate": "list", "source": names, "error_title": "口径", "error_message": f"请从列表中选: {'、'.join(names)}"[:255],
    })  # fmt: skip


def _draw_comparison(sheet: Any, formats: dict[str, Any], figure: Figure, value: float | None, asked: Asked | None) -> None:
    row = _ROWS[figure.key]
    if asked is None:
        sheet.write_blank(f"F{row}", None, formats["side_text"])
        sheet.write_blank(f"G{row}", None, formats["side_text"])
        return
    typed: str | float = asked.typed
    if not asked.typed and value is not None:
        typed = value
    sheet.write_formula(f"F{row}", f'=IF({asked.actual}="","",{asked.actual})', formats[figure.unit], typed)
    sheet.write_formula(f"G{row}", "=" + _comparison(figure, row, asked.helper_row), formats["side_text"], _verdict(figure, value, asked))


def _verdict(figure: Figure, value: float | None, asked: Asked) -> str:
    """What the comparison shows: nothing while either side is blank."""
    if value is None:
        return ""
    if not asked.typed:
        return ALIKE
    alike = agrees(value, figure.unit, read_text(asked.typed, role="actual"))
    return INCOMPARABLE if alike is None else ALIKE if alike else DIFFERENT


def _comparison(figure: Figure, row: int, helper_row: int) -> str:
    """Whether the stated number may stand for the computed one, rounded or truncated to its last digit."""
    at = {name: f"{CALC_SHEET}!${COLUMNS[f'actual_{name}']}{helper_row}" for name in ("number", "second", "unit", "factor", "first_digits")}
    number, factor = at["number"], f"IF({at['factor']}>0,{at['factor']},1)"
    places = f"MAX(0,LEN({at['first_digits']})-FIND(\".\",{at['first_digits']}&\".\"))"
    size = f"IF({number}<0,-1,1)*$E${row}*{BASE_FACTORS[figure.unit]:g}/{factor}"
    last = f"10^-{places}"
    is_near = f"AND({size}>=ABS({number})-{last}/IF({number}=0,1,2)-1E-9,{size}<=ABS({number})+{last}+1E-9)"
    known = ",".join(f'{at["unit"]}="{unit}"' for unit in _UNITS[figure.unit])
    is_comparable = f'IF(ISNUMBER({number}),AND(OR({known}),{at["second"]}=""),FALSE)'
    verdict = f'IF({is_comparable},IF({is_near},"{ALIKE}","{DIFFERENT}"),"{INCOMPARABLE}")'
    return f'IF(OR($E${row}="",$F${row}=""),"",{verdict})'


def _quotient(figure: Figure, part: str, whole: str) -> str:
    native = unless_blank([part, whole], quotient_text(part, whole))
    return f"IFERROR(0+{_FUNCTIONS[figure.unit]}({part},{whole}),{native})"


def _chosen(figure: Figure, choice: str, *, numerator: bool) -> str:
    """Numerator or denominator (1 for an amount) of the variant that is chosen; another word counts as the first."""
    sides = [(v.name, v.numerator if numerator else v.denominator) for v in figure.variants]
    formulas = [(name, "1" if side is None else amount_formula(side, _CELLS)) for name, side in sides]
    text = formulas[0][1]
    for name, formula in reversed(formulas[1:]):
        text = text if formula == formulas[0][1] else f'IF({choice}="{name}",{formula},{text})'
    return text


def _words(figure: Figure) -> str:
    """The formula of each variant in the names of the amounts."""
    names = {key: amount.name for key, amount in amounts_by_key().items()}
    return "; ".join((f"{variant.name}: " if variant.name else "") + _quotient_words(variant, names) for variant in figure.variants)


def _quotient_words(variant: Variant, names: dict[str, str]) -> str:
    sides = [formula_text(side, names) for side in (variant.numerator, variant.denominator) if side is not None]
    text = " ÷ ".join(sides) if len(sides) > 1 else sides[0].removeprefix("(").removesuffix(")")
    return text.replace("/", "÷").replace("*", "×").replace("-", " − ").replace("+", " + ")


def _mark_differences(book: Any, sheet: Any) -> None:
    area = (_RESULT_HEAD, 6, _RESULT_HEAD + len(FIGURES) - 1, 6)
    look = book.add_format({"bg_color": "#FFE699", "bold": True})
    sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{DIFFERENT}"', "format": look})


def _set_up_page(sheet: Any) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(1, 28)
    sheet.set_row(_RESULT_HEAD - 1, 30)
    sheet.freeze_panes(_HEAD_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, _RESULT_HEAD + len(FIGURES) - 1, len(_WIDTHS) - 1)
