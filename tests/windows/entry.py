"""录入: what Excel makes of a value that is typed or assigned, and how COM hands a cell's value over."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#GETTING_DATA": -2146826245,
    "#SPILL!": -2146826243,
    "#FIELD!": -2146826239,
    "#CALC!": -2146826238,
}
_ERROR_NAMES = {number: name for name, number in ERRORS.items()}
_FIRST_DAY = datetime(1899, 12, 30)
_NUMBER = re.compile(r"([+-]?)[¥￥$]?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(?:[eE]([+-]?\d+))?(%?)")
_DAY = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})(?:[-/月](\d{1,2})日?)?")
_LINK = re.compile(r'=HYPERLINK\("(?:[^"]|"")*","((?:[^"]|"")*)"\)')
_LONGEST_TEXT, _LONGEST_FORMULA_TEXT = 32_767, 255


class Content(NamedTuple):
    """A cell: its value as ``Value2`` gives it, its formula with "=" or "", its number format."""

    value: Any = None
    formula: str = ""
    number_format: str = "General"


class RefusedEntry(Exception):  # noqa: N818 - Excel's answer, not ours
    """What Excel answers with error 1004."""


def as_com(value: Any) -> Any:
    """A cell's value as COM hands it over: every number a double, every error an integer of its own."""
    if isinstance(value, str) and value in ERRORS:
        return ERRORS[value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def plain(value: Any) -> Any:
    """The value as JSON carries it: an error by its name."""
    return _ERROR_NAMES.get(value, value) if type(value) is int else value


def with_its_type(value: Any, number_format: str) -> Any:
    """What ``Value`` makes of ``Value2``: a day where the format is a date's, a Decimal where it is a currency's."""
    if type(value) is not float:
        return value
    if is_day(number_format):
        import pywintypes

        day = _FIRST_DAY + timedelta(days=value)
        return pywintypes.TimeType(day.year, day.month, day.day, day.hour, day.minute, day.second)
    return round(Decimal(repr(value)), 4) if re.search("[¥￥$]", number_format) else value


def is_day(number_format: str) -> bool:
    return bool(re.search("[yd]", re.sub(r'"[^"]*"|\\.|\[[^]]*]', "", number_format)))


def entered(value: Any, number_format: str = "General") -> Content:
    """What stands in a cell of this format once ``value`` has been assigned to it.

    A text is read as if typed: it becomes a number, a percentage, a day, a formula wherever it looks like one. An
    apostrophe in front keeps it a text, and so does the text format.
    """
    if isinstance(value, date):
        return Content(float((datetime(value.year, value.month, value.day) - _FIRST_DAY).days), "", "yyyy/m/d")
    if not isinstance(value, str):
        return Content(float(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else value, "", number_format)
    if len(value) > _LONGEST_TEXT:
        raise RefusedEntry("文字太长")
    if value.startswith("'"):
        return Content(value[1:], "", number_format)
    if number_format == "@" or not value:
        return Content(value or None, "", number_format)
    return _as_number(value, number_format) or _as_day(value, number_format) or _as_word(value, number_format)


def _as_number(text: str, number_format: str) -> Content | None:
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not (match[2] or (match[3] or ".") != "."):
        return None
    number = float(f"{match[1]}{(match[2] or '0').replace(',', '')}{match[3] or ''}e{match[4] or 0}")
    is_percent = bool(match[5]) or "%" in number_format
    general = "0.00%" if match[5] and "." in text else "0%" if match[5] else "General"
    return Content(number / 100 if is_percent else number, "", general if number_format == "General" else number_format)


def _as_day(text: str, number_format: str) -> Content | None:
    match = _DAY.fullmatch(text.strip())
    if match is None or not (match[1] or match[3]):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        moment = datetime(year or 2026, month, day or 1)
    except ValueError:
        return None
    shown = "yyyy/m/d" if year and day else "mmm-yy" if year else 'm"月"d"日"'
    return Content(float((moment - _FIRST_DAY).days), "", shown if number_format == "General" else number_format)


def _as_word(text: str, number_format: str) -> Content:
    if text[0] in "=+-@" and len(text) > 1:
        return _as_formula(text if text[0] == "=" else f"={text}", number_format)
    if text.upper() in ("TRUE", "FALSE"):
        return Content(text.upper() == "TRUE", "", number_format)
    return Content(as_com(text), "", number_format)


def _as_formula(text: str, number_format: str) -> Content:
    """Only links are computed; anything else that is no number is a name Excel does not know."""
    if any(len(literal) > _LONGEST_FORMULA_TEXT for literal in re.findall(r'"((?:[^"]|"")*)"', text)):
        raise RefusedEntry("公式里的文字超过 255 个字符")
    if text.count("(") != text.count(")") or text.count('"') % 2:
        raise RefusedEntry("公式有错误")
    link = _LINK.fullmatch(text)
    if link:
        return Content(link[1].replace('""', '"'), text, number_format)
    number = _as_number(text[1:], "General")
    return Content(number.value if number else ERRORS["#NAME?"], text, number_format)


def formula_of(content: Content) -> str:
    """What ``Formula`` gives: the formula, or the constant as English text; a text keeps no apostrophe."""
    if content.formula:
        return content.formula
    value = plain(content.value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)
