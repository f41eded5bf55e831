"""中文数字: 两次, 一百, 百分之九十五, 三分之二 written with digits."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.reading.unit import unit_at
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_MARKS = frozenset(_DIGITS) | frozenset(_TENS)
_PER = {"百": "%", "千": "‰", "万": "‱"}
_BOUND = "统唯之同第专单逐几数成万百千"
_VERB_ENDS = "展开织办成了共计到达增训设于过少查报出排立印放举签审不超约"
_RUN = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = f"[{_RUN}]+"


@cache
def _fraction() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(f"({_NUMERAL})分之({_NUMERAL}|[0-9]+(?:[.][0-9]+)?)")


def with_digits(text: str) -> str:
    """数字化: numerals that count something become digits; ordinals and set phrases (一站式, 统一) stay.

    Where digits are printed already only 百分之… and the like are rewritten.

    >>> with_digits("两次"), with_digits("百分之九十五以上"), with_digits("一体化"), with_digits("第一季度")
    ('2次', '95%以上', '一体化', '第一季度')
    """
    if _MARKS.isdisjoint(text):
        return text
    if "分之" in text:
        text = _fraction().sub(_as_fraction, text)
    return text if has_digit(text) else _with_runs_written(text)


def _with_runs_written(text: str) -> str:
    pieces: list[str] = []
    position = 0
    while position < len(text):
        end = position
        while end < len(text) and text[end] in _RUN:
            end += 1
        pieces.append(_as_digits(text, position, end) if end > position else text[position])
        position = max(end, position + 1)
    return "".join(pieces)


def _as_fraction(match: re.Match[str]) -> str:
    below, above = match[1], match[2]
    value = above if above[0].isdigit() and above.isascii() else _written(value_of(above))
    if below in _PER:
        return value + _PER[below]
    return f"{value}/{_written(value_of(below))}"


def _as_digits(text: str, start: int, end: int) -> str:
    run = whole = text[start:end]
    while run and run[-1] in _MYRIADS and len(run) > 1:
        run, end = run[:-1], end - 1
    if not run or run[0] in _MYRIADS or not _counts(run, text, start, end):
        return whole
    value = value_of(run)
    return whole if value is None else _written(value) + whole[len(run) :]


def _counts(run: str, text: str, start: int, end: int) -> bool:
    if start == 0 and end == len(text):
        return True
    if start and (text[start - 1] in _BOUND or text[max(0, start - 2) : start - 1] == run == "一"):
        return False
    if text[end : end + 1] in ("至", "到", "-", "~") and text[end + 1 : end + 2] in _MARKS:
        return True
    unit, after = unit_at(text, end, guess=False)
    following = text[after : after + 1]
    if unit is None or unit.dimension == "volume" or following in ("性", "制", "档", "策", "议", "化", "式"):
        return False
    if text[end] in "月日季分":
        return False
    if not following or following in "以左内及⊕/;,。、":
        return True
    return run != "一" and text[end] != "年" and (start == 0 or text[start - 1] in _VERB_ENDS)


def value_of(run: str) -> float | None:
    """The value of a Chinese numeral, None when the marks make no number.

    >>> value_of("十二"), value_of("两万五千"), value_of("一百零五"), value_of("九五")
    (12.0, 25000.0, 105.0, 95.0)
    """
    if all(mark in _DIGITS for mark in run):
        return float("".join(str(_DIGITS[mark]) for mark in run))
    total = section = digit = 0.0
    for mark in run:
        if mark in _DIGITS and digit:
            return None
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _TENS:
            section += (digit or 1) * _TENS[mark]
            digit = 0
        elif not section + digit + total:
            return None
        else:
            total = (total + section + digit) * _MYRIADS[mark] if mark == "亿" else total + (section + digit) * _MYRIADS[mark]
            section = digit = 0
    return total + section + digit


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"
