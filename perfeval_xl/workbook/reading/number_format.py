"""数字格式: what a cell shows for its value, and how precise that is."""

from __future__ import annotations

from perfeval_xl.workbook.reading.format_code import (
    DATE,
    ELAPSED,
    GENERAL,
    MERIDIEM,
    PERCENT,
    TEXT,
    format_code,
)
from perfeval_xl.workbook.reading.number_text import general_text, number_text

_DATE_MARKS = (DATE, ELAPSED, MERIDIEM)


def display(value: float | str | bool | None, number_format: str = "General", *, date1904: bool = False) -> str:
    """单元格显示的文字, as Excel shows it, without the blanks a format puts around it.

    A blank shows "", a logical TRUE or FALSE, an error value itself, a text goes through the format's text
    section. A negative or endless date, which Excel shows as a row of #, comes as a plain number.

    >>> display(10.464, "0.00"), display(1.0295, "0.00%"), display(1234.5, "#,##0.00"), display(98.0)
    ('10.46', '102.95%', '1,234.50', '98')
    >>> display(45291.0, "yyyy-mm-dd"), display(45291.0, 'm"月"d"日"'), display(5.0, 'General"个"')
    ('2023-12-31', '12月31日', '5个')
    >>> display(-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '), display("合格", '@"级"')
    ('-1,234.50', '合格级')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, number_format)
    return _number(value, number_format, date1904=date1904)[0].strip()


def decimals_shown(value: float, number_format: str = "General") -> float:
    """显示的末位单位, on the value's own scale: 1.0295 under 0.00% → 0.0001; a date → 1, one day.

    >>> decimals_shown(10.46), decimals_shown(10.4642, "0.00"), decimals_shown(10.1, "0.00")
    (0.01, 0.01, 0.01)
    >>> decimals_shown(1.0295, "0.00%"), decimals_shown(285.0), decimals_shown(12345.0, '0.0,"千"')
    (0.0001, 1.0, 100.0)
    """
    if is_date(number_format):
        return 1.0
    return _number(value, number_format, date1904=False)[1]


def is_percent(number_format: str) -> bool:
    """是否百分比格式: shows positive numbers with a percent sign that multiplies.

    >>> is_percent("0.00%"), is_percent('0"%"'), is_percent("General")
    (True, False, False)
    """
    return format_code(number_format).numbers[0].has(PERCENT)


def is_date(number_format: str) -> bool:
    """是否日期或时间格式.

    >>> is_date("yyyy-mm-dd"), is_date("[h]:mm"), is_date("0.00"), is_date('"yd"0'), is_date("General")
    (True, True, False, False, False)
    """
    return format_code(number_format).numbers[0].has(*_DATE_MARKS)


def _number(value: float, number_format: str, *, date1904: bool) -> tuple[str, float]:
    section, has_minus = format_code(number_format).section_for(value)
    if section.has(*_DATE_MARKS) and not section.has(GENERAL):
        from perfeval_xl.workbook.reading.date_text import date_text  # noqa: PLC0415 - few files need it

        shown = date_text(value, section, date1904=date1904)
        text, unit = (shown, 1.0) if shown is not None else general_text(abs(value))
        return ("-" + text if shown is None and value < 0 else text), unit
    text, unit = number_text(abs(value), section)
    return ("-" + text.lstrip() if has_minus else text), unit


def _text(value: str, number_format: str) -> str:
    section = format_code(number_format).text
    if section is None:
        return value
    return "".join(value if kind == TEXT else text for kind, text in section.marks).strip()
