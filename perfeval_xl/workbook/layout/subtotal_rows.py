"""小计行: 小计, 产出指标小计 among the indicators, and which of the rows above it sums."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Indicator, Subtotal, Value
from perfeval_xl.workbook.layout.header_words import NUMBERING, header_key
from perfeval_xl.workbook.layout.value import points, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.workbook.layout.geometry import Geometry, Place
    from perfeval_xl.workbook.layout.indicator_header import IndicatorHeader

_SUM, _WHOLE = "小计", "合计"
_LONGEST = 16


def subtotal_label(geometry: Geometry, header: IndicatorHeader, row: int, indicators: Sequence[Indicator]) -> Place | None:
    """The cell that calls a row a subtotal: 小计 in a column of names, or with the name of the group above it."""
    for column in geometry.own(row):
        if column > header.levels[-1].last:
            return None
        key = header_key(geometry.words((row, column)))
        if key == _SUM:
            return row, column
        if key.endswith((_SUM, _WHOLE)) and len(key) <= _LONGEST:
            is_first = column <= header.levels[0].last
            if (is_first and key.endswith(_SUM)) or _named(key, indicators):
                return row, column
    return None


def _named(key: str, indicators: Sequence[Indicator]) -> str:
    """The field whose label over the last row a text like 产出指标合计 repeats, "" for none."""
    name, end = _group(key[: -len(_SUM)]), len(indicators)
    over = {field: indicators[group_start(indicators, end, field)] for field in ("level1", "second") if name and end}
    return next((field for field, row in over.items() if _group(getattr(row, field).text) == name), "")


def _group(label: str) -> str:
    return header_key(label).lstrip(NUMBERING).removesuffix("得分").removesuffix("指标")


def subtotal(geometry: Geometry, header: IndicatorHeader, label: Place, indicators: Sequence[Indicator]) -> Subtotal:
    """The values of a subtotal, and the rows of the group it closes: of the second level where the label stands in it or names it."""
    row = label[0]
    fields = {role: _value(geometry, header, role, row) for role in ("weight", "score", "score_rate")}
    named = _named(header_key(geometry.words(label)), indicators)
    field = named or ("second" if _is_within_second(geometry, header, label) else "level1")
    return Subtotal(
        worded(geometry, label), group_start(indicators, len(indicators), field), len(indicators),
        fields["weight"], fields["score"], fields["score_rate"],
    )  # fmt: skip


def _is_within_second(geometry: Geometry, header: IndicatorHeader, label: Place) -> bool:
    """Whether the label of the second level is merged down to this row."""
    column = header.columns.get("level2")
    return column is not None and label[1] > column.last and geometry.anchor(label[0], column.first)[0] < label[0]


def group_start(indicators: Sequence[Indicator], end: int, field: str) -> int:
    """The first of the rows before ``end`` that stand under the same label; a blank label continues the one above."""
    first = end - 1
    while first > 0 and _continues(indicators[first - 1], indicators[first], field):
        first -= 1
    return first


def _continues(above: Indicator, row: Indicator, field: str) -> bool:
    label: Value = getattr(row, field)
    upper: Value = getattr(above, field)
    if field != "level1" and not _continues(above, row, "level1"):
        return False
    return not label.text or label.cell == upper.cell or label.text == upper.text


def _value(geometry: Geometry, header: IndicatorHeader, role: str, row: int) -> Value:
    column = header.columns.get(role)
    spot = geometry.spot(row, column.first, column.last) if column else None
    if spot is None or spot.is_lower or spot.is_shared:
        return ABSENT
    return worded(geometry, spot.place) if role == "score_rate" else points(geometry, spot.place)
