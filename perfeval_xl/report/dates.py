"""日期: months above 12, days a month has not got, two months run together, periods that end before they begin."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.text import Paragraph

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = re.compile(r"(?<![0-9.])(?:(?P<year>(?:19|20)[0-9]{2})\s*年\s*)?(?P<month>[0-9]{1,2})\s*月(?!均|度均)(?:\s*(?P<day>[0-9]{1,3})\s*[日号])?")
_TWO_MONTHS = re.compile(r"(?<![0-9.个])[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*月")
_PERIOD = re.compile(
    r"(?:自|从)?(?P<year>(?:19|20)[0-9]{2})\s*年\s*(?P<month>[0-9]{1,2})\s*月(?:\s*[0-9]{1,2}\s*日)?\s*(?:至|到|-|—|~|–)\s*"
    r"(?P<year2>(?:19|20)[0-9]{2})\s*年\s*(?P<month2>[0-9]{1,2})\s*月"
)
Wrong = tuple[str, int, int, str]    # level, where it begins and ends, what is wrong


def impossible_dates(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, Wrong]]:
    """E13: every date that no calendar has."""
    for paragraph in paragraphs:
        text = flat(paragraph.text)
        if "月" in text:
            yield from ((paragraph, wrong) for wrong in _wrong(text))


def _wrong(text: str) -> Iterator[Wrong]:
    doubled = [match.span() for match in _TWO_MONTHS.finditer(text)]
    for start, end in doubled:
        yield ERROR, start, end, f"「{text[start:end]}」里有两个月份"
    for match in _MONTH.finditer(text):
        if any(start <= match.start() < end for start, end in doubled):
            continue
        problem = _impossible(match)
        if problem:
            yield ERROR, *match.span(), f"「{match[0]}」{problem}"
    for match in _PERIOD.finditer(text):
        first, second = (int(match["year"]), int(match["month"])), (int(match["year2"]), int(match["month2"]))
        if second < first:
            yield EXPLAIN, *match.span(), f"「{match[0]}」结束早于开始"


def _impossible(match: re.Match[str]) -> str:
    month, day, year = int(match["month"]), int(match["day"] or 1), int(match["year"] or 2000)
    if not 1 <= month <= 12:
        return f": 没有 {month} 月"
    most = _DAYS[month - 1] - (month == 2 and not _is_leap(year))
    return "" if 1 <= day <= most else f": {month} 月没有 {day} 日"


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
