"""编号: numbers that measure nothing: list numbers, document numbers, years, codes, parts of names."""

from __future__ import annotations

from perfeval_xl.core.reading.unit import unit_at

_LIST_MARKS = "、.)"
_CLAUSE_ENDS = ";,。、 :"


def is_ordinal(text: str, start: int, end: int) -> bool:
    """是否编号: whether the digits name or number something instead of measuring it.

    >>> is_ordinal("A4纸", 1, 2), is_ordinal("财预10号", 2, 4), is_ordinal("1.完成率", 0, 2), is_ordinal("5家", 0, 1)
    (True, True, True, False)
    """
    if start and _continues(text, start):
        return True
    printed = text[start:end]
    if printed[0] == "0" and printed[1:2].isdigit():
        return True
    return end < len(text) and _names(text, start, end, printed)


def _continues(text: str, start: int) -> bool:
    """A4, H1N1, COVID-19, 1.2.3, 第3."""
    ahead = text[start - 1]
    if ahead == "-":
        return text[: start - 1].isascii() and text[start - 2 : start - 1].isalpha()
    return ahead == "第" or (ahead.isascii() and (ahead.isalnum() or ahead in ".#"))


def _names(text: str, start: int, end: int, printed: str) -> bool:
    """10号, 二级's 2级, 5G, 9:00, the year 2024, and 1. or 1、 at the head of a clause."""
    behind = text[end]
    if behind in "号级" or _is_part_of_a_word(text, end) or _goes_on(text, end):
        return True
    if behind == "年":
        return len(printed) == 4 and "1900" <= printed <= "2100"
    if not (behind in _LIST_MARKS or printed.endswith(".")) or not _opens_a_clause(text, start):
        return False
    return printed.endswith(".") or (end + 1 < len(text) and not text[end + 1].isdigit())


def _is_part_of_a_word(text: str, end: int) -> bool:
    letter = text[end : end + 1]
    return letter.isascii() and letter.isalpha() and unit_at(text, end)[0] is None


def _goes_on(text: str, end: int) -> bool:
    """Version numbers 1.2.3 and times of day 9:00."""
    mark, following = text[end : end + 1], text[end + 1 : end + 3]
    return (mark == "." and following[:1].isdigit()) or (mark == ":" and following[:1] == "0" and following[1:].isdigit())


def _opens_a_clause(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _CLAUSE_ENDS
