"""时限: dates, months, quarters and deadlines in a text."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    import re

_MASK = "¤"
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_BY = ("之前", "以前", "前", "之内", "以内", "内", "截止", "为止")
_FROM = ("之后", "以后", "后", "起")
_NOT_LATER = ("≤", "<", "不晚于", "不迟于", "早于", "截止", "截止到", "截止至")


class Moments(Record):
    """文中的时间: ``rest`` is the text with a mask for every date; ``said`` like "<= 2024-12-31" or "" for a mere year.

    ``state``: "none", "year" (only years occur), "date", "invalid" (no such date), "doubtful" (a bare month and day
    that Excel may have made of a range such as 1-3).
    """

    rest: str
    said: str = ""
    state: str = "none"


class _Moment(Record):
    start: int
    end: int
    first: str
    last: str
    valid: bool
    month_only: bool
    year_only: bool
    doubtful: bool = False


# No date without one of these; most cells have none, and the patterns cost more to compile than a table to read.
_DIGITAL_MARKS, _WRITTEN_MARKS = frozenset("-./"), frozenset("月年季")


@cache
def _digital() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(
        r"(?<![0-9.])((?:19|20)[0-9]{2})([-./])([0-9]{1,2})(?:\2([0-9]{1,2}))?(?![0-9.%])"
        r"(?: ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?",
    )


@cache
def _written() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(
        r"(?:((?:19|20)[0-9]{2})年度? ?)?(?:"
        r"(?<![0-9.,])([0-9]{1,2})月?(?:[-~至到] ?([0-9]{1,2}))?月份? ?"
        r"(?:([0-9]{1,2})[日号]?(?:[-~至到]([0-9]{1,2}))?[日号]|([底末初]|[上中下]旬))?"
        r"|第?([一二三四1-4])季度(?:末|底)?|([上下])半年)"
        r"|[每当次本]月([0-9]{1,2})[日号]"
        r"|(?:((?:19|20)[0-9]{2})|(?<![0-9一二两三四五]))年度?[底末内](?=[前之以完内到达,;。]|$)"
        r"|((?:19|20)[0-9]{2})(?:年?[-~至到]((?:19|20)[0-9]{2}))?(?:学年|年度?)",
    )


def moments(text: str, *, months_count: bool = False) -> Moments:
    """读时间: the date, period or deadline a text gives; with ``months_count`` a bare 6月 is a number of months.

    >>> moments("2024年12月31日前").said, moments("12月底之前").said, moments("2023年1-12月").said
    ('<= 2024-12-31', '<= 12-31', '2023-01..2023-12')
    >>> moments("9月6月上解").state
    'invalid'
    """
    if len(text) == 8 and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found: list[_Moment] = []
    if not _DIGITAL_MARKS.isdisjoint(text):
        found = [moment for moment in map(_digital_moment, _digital().finditer(text)) if moment.valid]
    if not found and not _WRITTEN_MARKS.isdisjoint(text.replace("个月", "")):
        written = (_written_moment(match) for match in _written().finditer(text))
        found = [moment for moment in written if not _is_duration(text, moment, months_count=months_count)]
    if not found:
        return Moments(text)
    return Moments(_masked(text, found), *_said(text, found))


def _digital_moment(match: re.Match[str]) -> _Moment:
    year, month = int(match[1]), int(match[3])
    valid = 1 <= month <= 12 and (match[4] is not None or match[2] != ".")
    said = f"{year}-{month:02}"
    if valid and match[4]:
        said += f"-{int(match[4]):02}"
        valid = 1 <= int(match[4]) <= _month_days(year, month)
    return _Moment(match.start(), match.end(), said, said, valid, match[4] is None, year_only=False)


def _written_moment(match: re.Match[str]) -> _Moment:
    year = int(match[1]) if match[1] else None
    prefix = f"{year}-" if year else ""
    if match[11]:
        return _years(match)
    if match[2]:
        return _month(match, year, prefix)
    if match[7]:
        last = _QUARTERS[match[7]] * 3
        return _whole(match, year, prefix, last - 2, last)
    if match[8]:
        return _whole(match, year, prefix, 1 if match[8] == "上" else 7, 6 if match[8] == "上" else 12)
    if match[9]:
        return _point(match, f"day {match[9]}", valid=1 <= int(match[9]) <= 31)
    return _point(match, f"{match[10]}-12-31" if match[10] else "12-31")


def _years(match: re.Match[str]) -> _Moment:
    first, last = match[11], match[12] or match[11]
    return _Moment(match.start(), match.end(), first, last, first <= last, month_only=False, year_only=True)


def _month(match: re.Match[str], year: int | None, prefix: str) -> _Moment:
    month, last = int(match[2]), int(match[3] or match[2])
    if not (1 <= month <= 12 and 1 <= last <= 12):
        return _point(match, "", valid=False)
    if match[3]:
        start = f"{prefix}{month:02}"
        return _Moment(match.start(), match.end(), start, f"{prefix}{last:02}", month <= last, month_only=True, year_only=False)
    if match[4]:
        return _day(match, year, prefix, month)
    if match[6]:
        day = {"初": 1, "上旬": 10, "中旬": 20}.get(match[6], _month_days(year, month))
        return _point(match, f"{prefix}{month:02}-{day:02}")
    return _point(match, f"{prefix}{month:02}")._replace(month_only=True)


def _day(match: re.Match[str], year: int | None, prefix: str, month: int) -> _Moment:
    day, last, most = int(match[4]), int(match[5] or match[4]), _month_days(year or 2024, month)
    if not 1 <= day <= last <= most:
        return _point(match, "", valid=False)
    first, second = f"{prefix}{month:02}-{day:02}", f"{prefix}{month:02}-{last:02}"
    doubtful = year is None and month < day <= 12 and not match[5] and match[0] == match.string
    return _Moment(match.start(), match.end(), first, second, valid=True, month_only=False, year_only=False, doubtful=doubtful)


def _whole(match: re.Match[str], year: int | None, prefix: str, first: int, last: int) -> _Moment:
    ends = match.string.startswith(_BY, match.end()) or match[0].endswith(("末", "底"))
    if ends:
        return _point(match, f"{prefix}{last:02}-{_month_days(year, last):02}")
    return _Moment(match.start(), match.end(), f"{prefix}{first:02}", f"{prefix}{last:02}", valid=True, month_only=False, year_only=False)


def _point(match: re.Match[str], said: str, *, valid: bool = True) -> _Moment:
    return _Moment(match.start(), match.end(), said, said, valid, month_only=False, year_only=False)


def _month_days(year: int | None, month: int) -> int:
    leap = year is not None and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def _is_duration(text: str, moment: _Moment, *, months_count: bool) -> bool:
    if not moment.month_only or "年" in text[moment.start : moment.end]:
        return False
    return months_count or text[moment.start - 1 : moment.start] in set("≥≤<>=±")


def _masked(text: str, found: list[_Moment]) -> str:
    parts, position = [], 0
    for moment in found:
        parts += [text[position : moment.start], _MASK]
        position = moment.end
    return "".join([*parts, text[position:]])


def _said(text: str, found: list[_Moment]) -> tuple[str, str]:
    dated = [moment for moment in found if not moment.year_only]
    if not all(moment.valid for moment in found) or _is_slip(dated):
        return "", "invalid"
    first, last = (dated or found)[0], (dated or found)[-1]
    said = _relation(text, first, last)
    if not dated:
        return said, "year"
    return said, "doubtful" if first.doubtful else "date"


def _is_slip(dated: list[_Moment]) -> bool:
    """9月6月: two months side by side, the second meant as a day."""
    ends = {moment.end for moment in dated if moment.month_only}
    return any(moment.month_only and moment.start in ends for moment in dated)


def _relation(text: str, first: _Moment, last: _Moment) -> str:
    between = text[first.end : last.start].strip()
    if first is not last and between in ("-", "~", "至", "到"):
        year = first.first[:5] if first.first[4:5] == "-" and last.last[4:5] != "-" else ""
        return f"{first.first}..{year}{last.last}"
    if first.first != first.last:
        return f"{first.first}..{first.last}"
    if text[: first.start].endswith(_NOT_LATER) or text.startswith(_BY, first.end) or text[first.start : first.end].endswith("内"):
        return f"<= {first.last}"
    return f">= {first.first}" if text.startswith(_FROM, first.end) else f"= {first.first}"
