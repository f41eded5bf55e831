"""中文序号: 一、 （一） 1. （1）, and 一是 二是."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """汉字数, 1 to 99; larger ones in digits.

    >>> numeral(1), numeral(10), numeral(12), numeral(20), numeral(35), numeral(100)
    ('一', '十', '十二', '二十', '三十五', '100')
    """
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def label(level: int, number: int) -> str:
    """序号 of a heading: level 1 一、, level 2 （一）, level 3 1., deeper （1）.

    >>> label(1, 2), label(2, 3), label(3, 4), label(4, 5)
    ('二、', '（三）', '4.', '（5）')
    """
    if level == 1:
        return f"{numeral(number)}、"
    if level == 2:
        return f"（{numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"
