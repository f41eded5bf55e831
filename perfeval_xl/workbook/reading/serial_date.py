"""日期序号: days as Excel counts them, with its 29 February 1900, without the datetime module."""

from __future__ import annotations

DAYS_1904 = 1462           # between the two date systems of Excel
LAST_SERIAL = 2_958_465    # 9999-12-31
_MARCH_ERA = 146_097       # days in 400 years
_EPOCH = 693_899           # 1899-12-30, counted from 1 March of year 0
_LEAP_BUG = 60             # the day that never was


def civil(days: int) -> tuple[int, int, int]:
    """序号换成 (年, 月, 日) in the 1900 system; 60 is Excel's own 29 February 1900, 0 its "day 0".

    >>> civil(45291), civil(60), civil(1), civil(0)
    ((2023, 12, 31), (1900, 2, 29), (1900, 1, 1), (1900, 1, 0))
    """
    if days in (0, _LEAP_BUG):
        return (1900, 1, 0) if days == 0 else (1900, 2, 29)
    era, day_of_era = divmod(_EPOCH + days + (days < _LEAP_BUG), _MARCH_ERA)
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    march_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * march_month + 2) // 5 + 1
    month = march_month + 3 if march_month < 10 else march_month - 9
    return year + era * 400 + (month <= 2), month, day


def serial(year: int, month: int, day: int) -> int:
    """(年, 月, 日) 换成序号 in the 1900 system.

    >>> serial(2023, 12, 31), serial(1900, 1, 1), serial(1900, 3, 1)
    (45291, 1, 61)
    """
    march_year = year - (month <= 2)
    era, year_of_era = divmod(march_year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    days = era * _MARCH_ERA + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH
    return days if days > _LEAP_BUG else days - 1


def serial_from_iso(text: str) -> float | None:
    """ISO 8601 的日期或时间换成序号 in the 1900 system; None when it is neither.

    >>> serial_from_iso("2023-12-31"), serial_from_iso("2023-12-31T12:00:00"), serial_from_iso("18:00:00Z")
    (45291.0, 45291.5, 0.75)
    >>> serial_from_iso("2023-13-01"), serial_from_iso("去年"), serial_from_iso("")
    (None, None, None)
    """
    import re  # noqa: PLC0415 - most tables need no pattern

    match = re.fullmatch(
        r"(?:(\d{4})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:Z|[+-]\d\d:\d\d)?", text, re.ASCII,
    )
    if match is None or not (match[1] or match[4]):
        return None
    year, month, day = (int(part or 0) for part in match.groups()[:3])
    if match[1] and not (1 <= month <= 12 and 1 <= day <= 31 and year >= 1900):
        return None
    hours, minutes = int(match[4] or 0), int(match[5] or 0)
    seconds = float(match[6] or 0)
    if hours > 24 or minutes > 59 or seconds >= 61:
        return None
    whole = serial(year, month, day) if match[1] else 0
    return whole + (hours * 3600 + minutes * 60 + seconds) / 86_400
