"""显示文本: a stored number as its number format shows it, without losing stored digits, and Excel's day numbers."""

from __future__ import annotations

from perfeval_xl.core.memory import cache, lru_cache
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re

Format = tuple[str, str, int, bool]
_EARLIEST_YEAR = 1990
_PLAIN: Format = ("", "", 0, False)


@cache
def _literals() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')


@cache
def _digit_blocks() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?")


def _section(number_format: str, *, negative: bool) -> str:
    sections = number_format.split(";")
    return sections[1] if negative and len(sections) > 1 and sections[1] else sections[0]


@lru_cache(maxsize=128)
def date_letters(number_format: str) -> str:
    """日期格式: the letters of y m d h s a date format uses, "" for a number format.

    >>> date_letters('yyyy"年"m"月"d"日"'), date_letters('m"月"d"日";@'), date_letters("0.00%"), date_letters("General")
    ('ymd', 'md', '', '')
    """
    bare = _literals().sub("", _section(number_format, negative=False)).lower()
    return "" if "general" in bare else "".join(letter for letter in dict.fromkeys(bare) if letter in "ymdhs")


@lru_cache(maxsize=128)
def format_of(number_format: str, *, negative: bool = False) -> Format:
    """读数字格式: literal text before and after the number, decimals shown, whether it is a percentage.

    Fractions and scaled formats (0!.0,"万") change the number itself, so nothing is taken from them; a negative
    number keeps its own minus instead of the brackets of its format.

    >>> format_of('"≥"0.00%'), format_of("General")
    (('≥', '%', 2, True), ('', '', 0, False))
    """
    if number_format in ("", "General", "@", "G/通用格式"):
        return _PLAIN
    section = _section(number_format, negative=negative)
    bare = _literals().sub("", section)
    if "!" in bare or "/" in bare or bare.rstrip().endswith(",") or ",." in bare:
        return _PLAIN
    shown = _literals().sub(_literal, section)
    match = _digit_blocks().search(shown)
    if match is None:
        return _PLAIN
    decimals = len(match[0].partition(".")[2])
    prefix, suffix = shown[: match.start()], shown[match.end() :]
    if negative:
        prefix, suffix = prefix.strip(" -("), suffix.rstrip(" )")
    return prefix, suffix, decimals, "%" in bare


def _literal(match: re.Match[str]) -> str:
    return match[1] or match[2] or ""


def displayed(value: float, number_format: str) -> str:
    """显示为文本: every stored digit (15 at most) and at least the decimals shown; 0.09 as 0.00% is 9.00%.

    A date format gives the date, without its year where the format shows none, and "" where the number cannot have
    been meant as a date: a time of day, a month alone, or a day before 1990.

    >>> displayed(0.09, "0.00%"), displayed(3.34, '0.00"亿元"'), displayed(1234.5, "#,##0"), displayed(0.07, "0%")
    ('9.00%', '3.34亿元', '1234.5', '7%')
    >>> displayed(45657, "yyyy/m/d"), displayed(45657, 'm"月"d"日"'), displayed(95, "yyyy/m/d")
    ('2024-12-31', '12月31日', '')
    """
    letters = date_letters(number_format)
    if letters:
        return _date(value, letters)
    prefix, suffix, decimals, percent = format_of(number_format, negative=value < 0)
    return f"{prefix}{_digits(value * 100 if percent else value, decimals)}{suffix}"


def _date(serial: float, letters: str) -> str:
    date = date_of_serial(serial)
    if date is None or date[0] < _EARLIEST_YEAR or "d" not in letters:
        return ""
    year, month, day = date
    return f"{year}-{month:02}-{day:02}" if "y" in letters else f"{month}月{day}日"


def _digits(value: float, decimals: int) -> str:
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.20f}".rstrip("0")
    whole, _, fraction = text.partition(".")
    fraction = fraction.ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def date_of_serial(serial: float) -> tuple[int, int, int] | None:
    """Excel 序列号换算日期: day 1 is 1900-01-01, the day that never was (60) counted; None outside 1900–2199.

    >>> date_of_serial(45657), date_of_serial(1), date_of_serial(-3)
    ((2024, 12, 31), (1900, 1, 1), None)
    """
    if not 1 <= serial < 109575:
        return None
    return _civil(int(serial) + (1 if serial < 60 else 0) + 693899)


def _civil(days: int) -> tuple[int, int, int]:
    """Gregorian date of a day count whose day 0 is 0000-03-01."""
    era, of_era = divmod(days, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1
