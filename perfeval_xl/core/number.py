"""数值: rounding as Excel does it, and printed numbers as intervals of possible true values."""

from __future__ import annotations

import math

from perfeval_xl.core.record import Record

_TIE_WIDTH = 1e-7
_RELATIVE_TIE_WIDTH = 1e-13
_SLACK = 1e-12
_MOST_DECIMALS = 300
_DIGITS = 15        # significant digits a stored number holds for certain


def rounded(value: float, digits: int = 2) -> float:
    """四舍五入, 与 Excel 的 ROUND 一致: 15 significant digits, half away from zero.

    Args:
        value: any finite number.
        digits: decimals to keep; negative digits round before the decimal point.

    >>> rounded(2.675), rounded(-0.5, 0), rounded(1.005), rounded(1234.5, -2)
    (2.68, -1.0, 1.01, 1200.0)
    """
    if digits < 0:
        return rounded(value / 10.0**-digits, 0) * 10.0**-digits
    power = 10.0**digits
    scaled = abs(value) * power
    if scaled >= 1e15 or math.isinf(scaled) or math.isnan(scaled):
        return value
    whole = math.floor(scaled)
    distance = scaled - whole - 0.5
    if abs(distance) <= _TIE_WIDTH + scaled * _RELATIVE_TIE_WIDTH:
        size = _rounded_decimal(abs(value), digits)
    else:
        size = (whole + (distance > 0)) / power
    return math.copysign(size, value) + 0.0  # never -0.0


def _rounded_decimal(value: float, digits: int) -> float:
    from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415 - only near a tie, keeps a click cheap

    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def exact_sum(values: list[float]) -> float:
    """精确合计: numbers added without binary residue (0.1 ten times is 1): what 15 digits of the largest hold, 9 decimals at most.

    >>> exact_sum([0.1] * 10) == 1, exact_sum([1000000000.12, -1000000000.0])
    (True, 0.12)
    """
    total = math.fsum(values)
    return rounded(total, _certain_decimals(max([abs(total), *map(abs, values)]), 9))


def _certain_decimals(size: float, most: int) -> int:
    """Decimals that 15 significant digits leave to numbers of that size, at most ``most``."""
    if size * 10.0**most < 10.0**_DIGITS or not math.isfinite(size):
        return most
    return max(0, _DIGITS - 1 - math.floor(math.log10(size)))


class Interval(Record):
    """取值区间: every true value that may stand behind what is printed; both ends count as possible."""

    low: float
    high: float

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, float)) and self.meets(Interval(value, value))

    def meets(self, other: Interval) -> bool:
        """Whether one true value could satisfy both; a relative slack of 1e-12 absorbs binary noise."""
        slack = _SLACK * max([1.0, *(abs(end) for end in (*self, *other) if math.isfinite(end))])
        return self.low <= other.high + slack and other.low <= self.high + slack

    def plus(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: float) -> Interval:
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """Quotient; None when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        quotients = [a / b for a in self for b in other]
        return Interval(min(quotients), max(quotients))


def printed(value: float, unit_in_last_place: float) -> Interval:
    """印出来的数所代表的区间: n ≥ 0 printed with last digit u stands for [n − u/2, n + u).

    That covers rounding (n − u/2 … n + u/2) and truncation (n … n + u); negatives are mirrored. A printed
    zero may hide either sign.

    >>> printed(99.0, 1.0)
    Interval(low=98.5, high=100.0)
    >>> printed(-2.5, 0.1)
    Interval(low=-2.6, high=-2.45)
    """
    if value < 0:
        low, high = printed(-value, unit_in_last_place)
        return Interval(-high, -low)
    below = unit_in_last_place / 2 if value else unit_in_last_place
    return Interval(value - below, value + unit_in_last_place)


def last_place(value: float) -> float:
    """末位单位 of a stored number: 10.46 → 0.01, 285 → 1; at most 15 significant digits count.

    >>> last_place(10.46), last_place(285.0), last_place(0.1 + 0.2)
    (0.01, 1.0, 0.1)
    """
    mantissa, _, exponent = f"{value:.15g}".partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return 1.0 if decimals <= 0 else 1 / 10.0 ** min(decimals, _MOST_DECIMALS)


def plain(value: float, most_digits: int = 9) -> str:
    """写成人读的数: no exponent, no trailing zeros, no more decimals than 15 significant digits hold.

    >>> plain(50.10), plain(98.0), plain(0.1 + 0.2), plain(123456789.1)
    ('50.1', '98', '0.3', '123456789.1')
    """
    digits = _certain_decimals(abs(value), most_digits)
    text = f"{rounded(value, digits):.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def percent(ratio: float, digits: int = 2) -> str:
    """比率写成百分数.

    >>> percent(1.029527559)
    '102.95%'
    """
    return f"{rounded(ratio * 100, digits):.{digits}f}%"
