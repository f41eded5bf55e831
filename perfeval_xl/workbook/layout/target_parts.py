"""拆成几列的指标值: 指标性质 | 指标值 | 度量单位 read as one target."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import BLANK, TEXT, Value
from perfeval_xl.workbook.layout.header_words import SIGNS, bare

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry

_ROWS_LOOKED_AT = 40
_TELLING = ("性质", "方向", "正反", "极性", "属性", "类型", "类别")   # what a header over 正向 and 反向 speaks of
_POLARITIES = frozenset(("正向", "反向", "逆向", "负向", "正向指标", "反向指标", "逆向指标", "负向指标"))
_COMPARING = SIGNS - {"定性"}


def joined_target(value: Value, sign: Value, unit: Value) -> Value:
    """指标值 as the form shows it: sign, value and unit in one text, in the cell of the value.

    A sign column that only tells 定量 or 正向 adds nothing; a value that already has its sign or unit keeps it.

    >>> joined_target(Value("L14", "95", 95.0, 1.0, "number"), Value("J14", "≥"), Value("M14", "%")).text
    '≥95%'
    """
    before = sign.text if bare(sign.text) in SIGNS and not value.text.startswith(sign.text or " ") else ""
    behind = unit.text if not value.text.endswith(unit.text or " ") else ""
    if value.state == BLANK or not (before or behind):
        return value
    return value._replace(text=before + value.text + behind, number=None, ulp=0.0, state=TEXT)


def sign_column(geometry: Geometry, header_row: int, columns: list[Column]) -> Column | None:
    """符号列: the one of several that holds ≥, ≤, = …; the others tell 正向 or 定量."""
    comparing = [column for column in columns if _compares(geometry, header_row, column)]
    return comparing[0] if len(comparing) == 1 else None


def holds_signs(geometry: Geometry, header_row: int, column: Column) -> bool:
    """Whether a column holds signs of comparison and, apart from blanks, nothing else."""
    compares = False
    for row in geometry.rows_between(header_row + 1, header_row + _ROWS_LOOKED_AT - 1):
        text = geometry.words((row, column.first)) if column.first in geometry.own(row) else ""
        if text and text not in SIGNS:
            return False
        compares = compares or text not in ("", "定性", "定量")
    return compares


def polarity_column(geometry: Geometry, header_row: int, columns: list[Column]) -> Column | None:
    """方向列: the one of several columns that tells 正向 or 反向."""
    named = [column for column in columns if column.role in ("sign", "other") and any(word in column.text for word in _TELLING)]
    telling = [column for column in named if _holds(geometry, header_row, column, _POLARITIES)]
    return telling[0] if len(telling) == 1 else None


def _holds(geometry: Geometry, header_row: int, column: Column, words: frozenset[str]) -> bool:
    rows = range(header_row + 1, header_row + _ROWS_LOOKED_AT)
    return any(geometry.shown(row, column.first) in words for row in rows)


def _compares(geometry: Geometry, header_row: int, column: Column) -> bool:
    return _holds(geometry, header_row, column, _COMPARING)
