"""数量: every number of a text with its unit and the comparison words around it."""

from __future__ import annotations

import math

from perfeval_xl.core.memory import cache
from perfeval_xl.core.number import last_place
from perfeval_xl.core.reading import comparison
from perfeval_xl.core.reading.ordinal import is_ordinal
from perfeval_xl.core.reading.unit import Unit, each, each_before, is_chinese, unit_at, unit_of
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    import re

_DIGITS, _DIGITS_AND_COMMAS = frozenset("0123456789"), frozenset("0123456789,")
_NEGATIVE_AFTER = "比长速幅化动差为是于达在减增"
_CHANGE_RATES = ("增长率", "变动率", "变化率", "偏差率", "偏离率", "增幅率")
_MOST = 12


class Quantity(Record):
    """数量: ``start`` where its operator or number begins, ``end`` behind its unit and suffix words.

    ``op`` is "" when nothing is printed; ``included`` tells （含） True, （不含） False, neither None;
    ``signed`` is the sign a word gives it (下降 −1, 提高 +1, none 0); ``sure`` is False where the sign of the number,
    or what stands in front of it, is a guess; ``per`` is the 月 of 每月 in front.
    """

    start: int
    end: int
    value: float
    ulp: float
    unit: Unit | None
    op: str = ""
    included: bool | None = None
    signed: int = 0
    word: str = ""
    sure: bool = True
    per: str = ""


def quantities(text: str, role: str = "target") -> list[Quantity]:
    """读出文中各数量, in their order; ordinals, list numbers, codes and document numbers are no quantities.

    >>> [(q.value, q.unit.printed, q.op) for q in quantities("1.参保人数≥23.9万人")]
    [(23.9, '万人', '>=')]
    """
    found: list[Quantity] = []
    position = 0
    label_end = -1
    while len(found) < _MOST and (place := _next_number(text, position)):
        start, position = place[0], _end_of_digits(text, *place)
        goes_on = label_end >= 0 and text[label_end:start] == "-"
        if goes_on or is_ordinal(text, start, position):
            label_end = position
            continue
        quantity = _quantity(text, (start, position), role, found[-1].end if found else 0)
        position = max(position, quantity.end)
        found.append(quantity)
    return found


def _next_number(text: str, position: int) -> tuple[int, int] | None:
    """Where the next number stands: 12, 1,234.5, 3. or .5, its sign and exponent apart."""
    last = len(text)
    for start in range(position, last):
        if text[start] in _DIGITS:
            end = _while_in(_DIGITS_AND_COMMAS, text, start)
            return start, _while_in(_DIGITS, text, end + 1) if text[end : end + 1] == "." else end
        if text[start] == "." and text[start + 1 : start + 2] in _DIGITS:
            return start, _while_in(_DIGITS, text, start + 1)
    return None


def _while_in(marks: frozenset[str], text: str, end: int) -> int:
    while end < len(text) and text[end] in marks:
        end += 1
    return end


def _end_of_digits(text: str, start: int, end: int) -> int:
    if "," in text[start:end]:
        return _end_of_groups(text, start, end)
    following = text[end : end + 1]
    if following == " " and end - start <= 3:
        return _end_of_spaced_groups(text, start, end)
    exponent = _exponent().match(text, end) if following in ("e", "E") else None
    return exponent.end() if exponent else end


def _value(printed: str) -> tuple[float, float]:
    """The number and the unit of its last printed digit, 1 for 90 and 0.01 for 3.34."""
    if "," in printed or " " in printed:
        printed = printed.replace(",", "").replace(" ", "")
    if len(printed) > 12:
        return _without_noise(float(printed), _last_printed(printed))
    return float(printed), _last_printed(printed)


def _end_of_groups(text: str, start: int, end: int) -> int:
    groups = text[start:end].partition(".")[0].split(",")
    if len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        return end
    return start + len(groups[0])


@cache
def _spaced_group() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r" [0-9]{3}(?![0-9])")


@cache
def _exponent() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"[eE][+-]?[0-9]{1,3}(?![0-9A-Za-z])")


def _end_of_spaced_groups(text: str, start: int, end: int) -> int:
    if not text[start:end].isdigit():
        return end
    position = end
    while _spaced_group().match(text, position):
        position += 4
    if text[position : position + 1] == ".":
        position += 1
        while text[position : position + 1].isdigit():
            position += 1
    unit, _ = unit_at(text, position)
    return position if position > end and unit and unit.dimension in ("money", "unit_price") else end


def _last_printed(printed: str) -> float:
    if printed.isdigit():
        return 1.0
    mantissa, _, exponent = printed.lower().partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return 1.0 if decimals <= 0 else 1 / 10.0 ** min(decimals, 300)


def _quantity(text: str, digits: tuple[int, int], role: str, earliest: int) -> Quantity:
    unit, end = unit_at(text, digits[1])
    begin, negative, sure = _minus(text, digits[0], earliest)
    per, begin = each_before(text, begin)
    ahead = comparison.before(text, begin, role)
    begin = max(ahead.at, earliest)
    if not per and ahead.op:
        per, begin = each_before(text, begin)
    if unit is None:
        unit, end = _unit_in_brackets(text, end) or (_unit_from_name(text, begin), end)
    if per and unit is not None and not unit.per:
        unit = each(unit, per)
    suffix, end_of_words, included = comparison.after(text, end)
    op = suffix if suffix and (ahead.yields or not ahead.op) else ahead.op
    included = ahead.included if included is None else included
    value, ulp = _value(text[digits[0] : digits[1]])
    value = 0.0 - value if negative else value
    op = op or _implied(text, begin, text[digits[1] : end], unit)
    sure = sure and (bool(ahead.op) or begin == earliest or not _has_odd_prefix(text, begin, earliest))
    signed = 0 if not begin or ahead.word == "到" else comparison.direction(text, begin)
    return Quantity(begin, end_of_words, value, ulp, unit, op, included, signed, ahead.word, sure, per)


def _minus(text: str, start: int, earliest: int) -> tuple[int, bool, bool]:
    if start == earliest:
        return start, False, True
    mark = text[start - 1]
    if mark == "+":
        return start - 1, False, True
    if mark != "-":
        return start, False, True
    ahead = text[start - 2 : start - 1] if start - 1 > earliest else ""
    if not ahead or not is_chinese(ahead):
        follows_a_quantity = start - 1 == earliest and earliest > 0
        return (start, False, True) if follows_a_quantity else (start - 1, True, True)
    if ahead in _NEGATIVE_AFTER or text[: start - 1].endswith(_CHANGE_RATES):
        return start - 1, True, True
    return start - 1, False, False


def _unit_in_brackets(text: str, start: int) -> tuple[Unit, int] | None:
    if text[start : start + 1] != "（" or "）" not in text[start:]:
        return None
    end = text.index("）", start)
    unit = unit_of(text[start + 1 : end])
    return None if unit is None else (unit, end + 1)


def _unit_from_name(text: str, begin: int) -> Unit | None:
    head = text[:begin].rstrip(" :为是")
    if text[:begin].endswith("¥") or text[begin : begin + 1] == "¥":
        return unit_of("元")
    if not head.endswith("）") or "（" not in head:
        return None
    return unit_of(head[head.rindex("（") + 1 : -1])


def _implied(text: str, begin: int, between: str, unit: Unit | None) -> str:
    """3万余人 is more than 3万人, 前10名 is the tenth or better."""
    if "余" in between or "多" in between:
        return ">"
    return "<=" if text[begin - 1 : begin] == "前" and unit is not None and unit.printed in ("名", "位") else ""


def _has_odd_prefix(text: str, begin: int, earliest: int) -> bool:
    head = text[earliest:begin].strip()
    return bool(head) and earliest == 0 and all(mark == "?" or (mark.isascii() and mark.isalpha()) for mark in head)


def _without_noise(value: float, ulp: float) -> tuple[float, float]:
    """Drop single precision residue: nobody types -0.300000152587891."""
    if ulp > 1e-10 or not math.isfinite(value):
        return value, ulp
    tidy = float(f"{value:.6g}")
    digits = f"{abs(tidy):.6g}".replace(".", "").strip("0")
    if len(digits) <= 3 and abs(tidy - value) <= 1e-6 * abs(value):
        return tidy, last_place(tidy)
    return value, ulp
