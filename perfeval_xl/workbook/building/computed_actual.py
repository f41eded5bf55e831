"""完成值取自基础数据: the rows of a fund's form whose 完成值 nobody typed follow from the amounts on 基础数据."""

from __future__ import annotations

from perfeval_xl.core.figure import FORMATS, MONTHS, Figure, quotient_text, unless_blank
from perfeval_xl.core.figure_amounts import AMOUNTS, amounts_by_key
from perfeval_xl.core.figure_ratios import FIGURES, figure_named
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.grid import FIGURE_SHEET, RULE_FIRST_ROW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from perfeval_xl.core.table import Indicator, Table, Value

# Rows of 基础数据, from 1: the headings of the amounts, those of the results, and each result.
HEAD_ROW = 4
RESULT_HEAD_ROW = HEAD_ROW + len(AMOUNTS) + 2
RESULT_ROWS = {figure.key: RESULT_HEAD_ROW + 1 + number for number, figure in enumerate(FIGURES)}


class Entries(Record):
    """填入的基础数据: amounts by key, and the variant chosen for a figure where it is not the first."""

    amounts: dict[str, float]
    variants: dict[str, str]

    def value(self, figure: Figure) -> float | None:
        return figure.value(self.amounts, self.variants.get(figure.key, ""))


NO_ENTRIES = Entries({}, {})


class Asked(Record):
    """自评表里能由基础数据计算的一行: its figure, the reference of 完成值, its row on the sheet of helper formulas, the value there."""

    figure: Figure
    actual: str
    helper_row: int
    value: Value


def entries_from(data: Mapping[str, Any]) -> Entries:
    """The tables ``figures`` and ``figure_variants`` of a case file; an unknown key is our own mistake and raises KeyError."""
    amounts, variants = data.get("figures", {}), data.get("figure_variants", {})
    unknown = [*(set(amounts) - set(amounts_by_key())), *(set(variants) - set(RESULT_ROWS))]
    if unknown:
        raise KeyError(unknown[0])
    return Entries({key: float(value) for key, value in amounts.items()}, dict(variants))


def computed_figure(table: Table, indicator: Indicator) -> Figure | None:
    """The figure by which 基础数据 computes an indicator; only a fund's table has such."""
    return figure_named(indicator.name) if table.kind == "fund" and indicator.actual.exists else None


def asked_rows(table: Table) -> list[Asked]:
    """Every row of the form that 基础数据 can compute, typed or not."""
    found = [(number, item, computed_figure(table, item)) for number, item in enumerate(table.indicators)]
    return [
        Asked(figure, f"{table.sheet}!{item.actual.cell}", RULE_FIRST_ROW + number, item.actual)
        for number, item, figure in found
        if figure is not None
    ]


def actual_formula(figure: Figure) -> str:
    """完成值的公式 on the form: our function over two cells of 基础数据, else the native quotient."""
    row = RESULT_ROWS[figure.key]
    return quotient_formula(figure, f"{FIGURE_SHEET}!$C${row}", f"{FIGURE_SHEET}!$D${row}")


def quotient_formula(figure: Figure, part: str, whole: str) -> str:
    """A figure from the cells of its numerator and its denominator."""
    function = "PE_PAYABLE_MONTHS" if figure.unit == MONTHS else "PE_SHARE"
    return f"IFERROR(0+{function}({part},{whole}),{unless_blank([part, whole], quotient_text(part, whole))})"


def shown_actual(cell: str, indicator: Indicator) -> str:
    """完成值 as it is displayed, with its unit: what the score follows from, in the cell as on the command line."""
    figure = figure_named(indicator.name) if indicator.actual.computed else None
    if figure is None:
        return cell
    code = FORMATS[figure.unit].replace('"', '""')
    return f'IF(ISNUMBER({cell}),TEXT({cell},"{code}"),{cell})'
