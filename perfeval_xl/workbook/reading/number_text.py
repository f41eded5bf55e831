"""数的显示文字: a number written under the digit marks of a format, or as General shows it.

Every function here takes numbers ≥ 0 and gives (text, unit): the unit is that of the last shown digit, on the
number's own scale, so that 98.3 % under ``0.0%`` has the unit 0.001.
"""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.number import rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.reading.format_code import (
    COMMA,
    DIGIT,
    EXPONENT,
    GENERAL,
    PERCENT,
    POINT,
    TEXT,
    format_code,
)

if TYPE_CHECKING:
    from perfeval_xl.workbook.reading.format_code import Mark, Section

    Shown = tuple[str, float]

_BEYOND_FORMATS = 1e300
_BEYOND_WIDTH = 1e11
_WIDTH = 11   # characters General uses at most


def number_text(value: float, section: Section) -> Shown:
    """非负数在一段格式下的显示文字和末位单位.

    >>> from perfeval_xl.workbook.reading.format_code import format_code
    >>> [number_text(0.98437, format_code(code).numbers[0]) for code in ("0.00%", "0.0#", 'General"倍"')]
    [('98.44%', 0.0001), ('0.98', 0.01), ('0.98437倍', 1e-05)]
    """
    if section.has(GENERAL, TEXT):
        text, unit = general_text(value)
        return "".join(text if kind in (GENERAL, TEXT) else own for kind, own in section.marks), unit
    layout = _layout(section)
    if layout.is_fraction or value > _BEYOND_FORMATS:
        return general_text(value)
    if section.has(EXPONENT):
        return layout.scientific(value)
    return layout.plain(value)


def general_text(value: float) -> Shown:
    """常规格式: at most 11 characters, E notation outside their reach.

    >>> general_text(10.46), general_text(1 / 3), general_text(285.0), general_text(0.1 + 0.2)
    (('10.46', 0.01), ('0.333333333', 1e-09), ('285', 1.0), ('0.3', 0.1))
    >>> general_text(123456789012.0)[0], general_text(0.0000123456)[0], general_text(0.00002)[0]
    ('1.23457E+11', '1.23456E-05', '0.00002')
    """
    if value < _BEYOND_WIDTH and value.is_integer():
        return str(int(value)), 1.0
    text = repr(value)
    if len(text) > _WIDTH or "e" in text:
        exponent = int(f"{value:.14e}".partition("e")[2])
        decimals = _general_decimals(value, exponent)
        if exponent >= _WIDTH or decimals > _WIDTH - 2:
            return _scientific(value)
        text = f"{rounded(value, decimals):.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if decimals else text
    if len(text) > _WIDTH:
        return _scientific(value)
    return text, _unit(len(text.partition(".")[2]))


def _general_decimals(value: float, exponent: int) -> int:
    """Decimals that fit; below 0.0001 a number shows all of its digits or goes into E notation."""
    if exponent >= -4:
        return max(0, _WIDTH - 2 - max(0, exponent))
    digits = f"{value:.14e}".partition("e")[0].rstrip("0").replace(".", "")
    return len(digits) - exponent - 1


def _scientific(value: float) -> Shown:
    text, _ = _layout(format_code("0.#####E+00").numbers[0]).scientific(value)
    mantissa, _, exponent = text.partition("E")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{exponent}", _unit(len(mantissa.partition(".")[2]) - int(exponent))


def _unit(decimals: int) -> float:
    return 1 / 10.0 ** min(decimals, 300) if decimals >= 0 else 10.0 ** min(-decimals, 300)


def _fixed(value: float, places: int) -> str:
    """Digits with a fixed number of decimals; Excel knows 15 digits, what is left of them are zeros."""
    if value < 1e15:
        return f"{rounded(value, places):.{places}f}"
    mantissa, _, exponent = f"{value:.14e}".partition("e")
    whole = mantissa.replace(".", "") + "0" * (int(exponent) - 14)
    return f"{whole}.{'0' * places}" if places else whole


@lru_cache(maxsize=512)
def _layout(section: Section) -> _Layout:
    return _Layout(section.marks)


class _Layout:
    """The digit marks of one section, sorted into what they do."""

    def __init__(self, marks: list[Mark]) -> None:
        kinds = [kind for kind, _ in marks]
        digits = [place for place, kind in enumerate(kinds) if kind == DIGIT]
        point = kinds.index(POINT) if POINT in kinds else len(marks)
        wholes = [place for place in digits if place < point]
        last_whole = wholes[-1] if wholes else -1
        commas = [place for place, kind in enumerate(kinds) if kind == COMMA]
        scaling = [place for place in commas if last_whole < place <= point or (digits and place > digits[-1])]
        self._whole, self._decimal = marks[:point], marks[point:]
        self._marks = marks
        end = kinds.index(EXPONENT) if EXPONENT in kinds else len(marks)
        self._places = [marks[place][1] for place in digits if point < place < end]
        self._groups = any(place < last_whole for place in commas)
        self._shift = 3 * len(set(scaling)) - 2 * kinds.count(PERCENT)
        self.is_fraction = any(
            mark == "/" and digits and digits[0] < place < digits[-1] for place, (_, mark) in enumerate(marks)
        )

    def plain(self, value: float) -> Shown:
        marks = self._marks
        if not any(kind == DIGIT for kind, _ in marks):
            return "".join(text for _, text in marks), general_text(value)[1]
        places = len(self._places)
        scaled = value / 10.0**self._shift if self._shift > 0 else value * 10.0**-self._shift
        whole, _, rest = _fixed(scaled, places).partition(".")
        while rest and rest[-1] == "0" and self._places[len(rest) - 1] != "0":
            rest = rest[:-1]
        text = self._whole_text(whole) + self._decimal_text(rest)
        return text, _unit(len(rest) - self._shift)

    def scientific(self, value: float) -> Shown:
        mantissa, _, exponent = f"{value:.14e}".partition("e")
        places, power = len(self._places), int(exponent)
        shown = rounded(float(mantissa), places)
        if shown >= 10:
            shown, power = shown / 10, power + 1
        return f"{shown:.{places}f}E{power:+03}", _unit(places - power)

    def _whole_text(self, digits: str) -> str:
        """Right to left: each mark takes a digit, the first mark takes all that are left."""
        open_marks = sum(kind == DIGIT for kind, _ in self._whole)
        rest = "" if digits == "0" else digits
        pieces: list[str] = []
        position = 0
        if not open_marks:
            pieces.append(rest)
        for kind, text in reversed(self._whole):
            if kind != DIGIT:
                pieces.append("" if kind == COMMA else text)
                continue
            open_marks -= 1
            taken = rest[-1:] if open_marks else rest
            rest = rest[:-1]
            for digit in reversed(taken or text.translate(_PADDING)):
                pieces.append("," if self._groups and position and position % 3 == 0 and digit != " " else "")
                pieces.append(digit)
                position += 1
        return "".join(reversed(pieces))

    def _decimal_text(self, rest: str) -> str:
        pieces, place = [], 0
        for kind, text in self._decimal:
            if kind == DIGIT:
                pieces.append(rest[place:place + 1])
                place += 1
            elif kind != COMMA:
                pieces.append(text)
        return "".join(pieces)


_PADDING = {ord("#"): None, ord("?"): " "}
