"""表头写明的满分: 得分(20分*执行率) over the execution score of a form without a column of weights."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Value
from perfeval_xl.workbook.layout.header_words import bare
from perfeval_xl.workbook.layout.value import part, worded

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.columns import Column
    from perfeval_xl.workbook.layout.geometry import Geometry

_MOST = 50.0    # above it the header speaks of the points of the whole table
_TIMES = ("*", "x", "X", "×", "✕")
_RATES = ("执行率", "预算执行率", "资金执行率", "B/A")
_FULL = ("(", "(满分", "(分值", "满分", "=")


def header_points(geometry: Geometry, column: Column) -> Value:
    """表头写明的满分, as a part of the header's cell; ABSENT where it states none."""
    points = stated_points(column.text)
    return part(worded(geometry, column.place), points) if points else ABSENT


@lru_cache(256)
def stated_points(header: str) -> str:
    """The full marks a header of 得分 states, "" for none; a header with several numbers is not judged.

    >>> stated_points("得分（20分*执行率）"), stated_points("得分(执行率×10)"), stated_points("得　分（满分10分）")
    ('20', '10', '10')
    >>> stated_points("得分（保留2位小数）"), stated_points("得分（100分）"), stated_points("得分（90%以上得10分）")
    ('', '', '')
    """
    text = bare(header)
    places = [place for place, mark in enumerate(text) if mark in "0123456789."]
    if not places or places[-1] - places[0] != len(places) - 1:
        return ""
    before, points, behind = text[: places[0]], text[places[0] : places[-1] + 1], text[places[-1] + 1 :]
    is_stated = _is_multiplied(before, behind) or (before.endswith(_FULL) and behind in ("分", "分)"))
    return points if is_stated and points.replace(".", "", 1).isdigit() and 0 < float(points) <= _MOST else ""


def _is_multiplied(before: str, behind: str) -> bool:
    """20分*执行率, or 执行率*20分 to the end of the bracket."""
    rest = behind.removeprefix("分")
    if rest.startswith(_TIMES):
        return rest[1:].lstrip("(").startswith(_RATES)
    return before.endswith(_TIMES) and before[:-1].rstrip(")").endswith(_RATES) and rest.strip(")") == ""
