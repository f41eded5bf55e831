"""汇总各行的标记: rows of the summary as worksheet text, straight from values; texts from received files are always texts.

XlsxWriter takes 4 ms for the 260 cells of one unit, this a tenth of a millisecond. It says the same: inline texts, numbers with 16
digits, characters that XML cannot hold as _xHHHH_. A text such as <r>…</r>, which XlsxWriter takes for markup of its own,
stays a text.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from perfeval_xl.workbook.address import column_letters
from perfeval_xl.workbook.results.new_sheet import looks_like_formula, row_height, wrapped_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from perfeval_xl.consolidate.summary_rows import Row

_LONGEST = 32_767
_LINE_HEIGHT = 13.5    # points, of texts in 10 points
_MOST_KNOWN = 4_000     # texts of one column remembered: units, names of tables, checks and their sources come again
_SPECIAL = re.compile("[&<>\\x00-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9a-fA-F]{4}_")
_RARE = ("<", ">", "&", "_x")       # a printable text without them is written as it is
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class RowMarkup:
    """各列的样式 by number, and ``quoted`` for texts that must never turn into formulas.

    ``widths`` of the columns give rows with wrapped texts their height, which not every program finds by itself; ( ) leaves it to it.
    """

    def __init__(self, styles: Sequence[int], quoted: int, widths: Sequence[float] = ()) -> None:
        fitted = widths or (math.inf,) * len(styles)
        columns = enumerate(zip(styles, fitted, strict=True), 1)
        self._columns: list[tuple[str, int, float, dict[object, tuple[str, int]]]] = [
            (column_letters(column), style, width, {}) for column, (style, width) in columns
        ]
        self._quoted = quoted

    def row(self, number: int, values: Row) -> str:
        """第几行, one-based; None and empty texts keep the frame of their column."""
        cells, most = [], 1
        for (letters, style, width, known), value in zip(self._columns, values, strict=True):
            if value is None or value == "":
                cells.append(f'<c r="{letters}{number}" s="{style}"/>')
                continue
            found = known.get(value)
            if found is None:
                if len(known) > _MOST_KNOWN:
                    known.clear()
                found = known[value] = (self._text(value, style), wrapped_lines(value, width)) if isinstance(value, str) else (_number(value, style), 1)
            rest, lines = found
            most = max(most, lines)
            cells.append(f'<c r="{letters}{number}"{rest}')
        height = f' ht="{row_height(most, _LINE_HEIGHT):g}"' if most > 1 else ""
        return f'<row r="{number}"{height}>{"".join(cells)}</row>'

    def rows(self, first: int, rows: Iterable[Row]) -> Iterator[str]:
        """Rows from that number on."""
        return (self.row(number, values) for number, values in enumerate(rows, first))

    def _text(self, text: str, style: int) -> str:
        look = self._quoted if looks_like_formula(text) else style
        if len(text) > _LONGEST // 2:       # counted as Excel counts, a rare character twice
            text = text.encode("utf-16-le", "replace")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
        if not text.isprintable() or text[0] == " " or text[-1] == " " or any(mark in text for mark in _RARE):
            space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
            return f' s="{look}" t="inlineStr"><is><t{space}>{_SPECIAL.sub(_escape, text)}</t></is></c>'
        return f' s="{look}" t="inlineStr"><is><t>{text}</t></is></c>'


def _number(value: float, style: int) -> str:
    """Excel has no infinite numbers."""
    if math.isfinite(value):
        return f' s="{style}"><v>{value:.16G}</v></c>'
    return f' s="{style}" t="e"><v>{"#NUM!" if math.isnan(value) else "#DIV/0!"}</v></c>'


def _escape(found: re.Match[str]) -> str:
    own = found[0]
    if own in _ESCAPED:
        return _ESCAPED[own]
    if "\ud800" <= own <= "\udfff":
        return "?"
    return f"_x{ord(own):04X}_" if len(own) == 1 else f"_x005F{own}"
