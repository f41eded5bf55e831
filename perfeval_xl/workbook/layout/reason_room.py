"""写原因的地方: whether a form without a column of reasons leaves room for them elsewhere, or speaks of them."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval_xl.workbook.layout.geometry import Geometry
    from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader

_TITLES = ("原因", "措施", "问题", "备注", "说明", "分析", "理由", "扣分", "评价")     # of columns that are not read
_LABELS = ("原因", "措施", "问题", "理由")


def has_reason_room(geometry: Geometry, headers: Sequence[IndicatorHeader], rows: Iterable[int]) -> bool:
    """Whether a header of the indicators or a cell of the rows outside the blocks may hold reasons."""
    heads = (row for header in headers for row in range(header.top, header.bottom + 1))
    return _speaks(geometry, heads, _TITLES) or _speaks(geometry, rows, _LABELS)


def _speaks(geometry: Geometry, rows: Iterable[int], words: tuple[str, ...]) -> bool:
    texts = ("".join(geometry.words((row, column)).split()) for row in rows for column in geometry.own(row))
    return any(word in text for text in texts for word in words)
