"""内置公式能读多远: what ``building.native_reading`` makes of a text, told in advance.

A formula goes into an office's cell only where it also computes without Python; this mirrors the few steps that decide
whether a text is taken apart or left unread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from perfeval_xl.core.reading.doubt import RATE_WORDS
from perfeval_xl.core.reading.unit import unit_of
from perfeval_xl.core.record import Record
from perfeval_xl.workbook.adoption.operand import general
from perfeval_xl.workbook.building.native_reading import (
    ALIKE_CHARACTERS,
    ALIKE_WORDS,
    LONGEST,
    MOST_DECIMALS,
    UNITS,
)

if TYPE_CHECKING:
    from perfeval_xl.workbook.adoption.operand import Content

_SIGNS = "≥≤><="
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.([0-9]+))?")
_PARTED = re.compile(r"[0-9.,] [0-9.,]")
_RATIO, _NO_UNIT = "ratio", ""


class Side(Record):
    """读出的一边: its dimension ("" without a unit) and its largest number in size, as printed."""

    dimension: str
    largest: float


def native_side(content: Content, target_of: str | None = None) -> Side | None:
    """What a native formula reads in a cell; None where it leaves it unread. ``target_of``: the name, for a target.

    >>> native_side("≥95%", "参保率"), native_side("3.34亿元")
    (Side(dimension='ratio', largest=95.0), Side(dimension='money', largest=3.34))
    >>> native_side("参保率达到95%"), native_side("及时"), native_side("1 000人"), native_side("≥1,2%")
    (None, None, None, None)
    """
    text = _text("" if content is None else content if isinstance(content, str) else general(content))
    words = _words(text)
    if not words:
        return None
    leads = words[0] in _SIGNS
    tail = words[-2:]
    sign = words[0] if leads else "≥" if tail == "以上" else "≤" if tail in ("以下", "以内") else ""
    body = words[1:] if leads else words[: len(words) - (2 if sign else 0)]
    body = body[:1] + body[1:].replace("-", "~")
    ends = [_end(part) for part in body.split("~")]
    if len(ends) > 2 or (len(ends) == 2 and sign) or None in ends:
        return None
    known = [end for end in ends if end is not None]
    units = {unit for _, unit in known if unit}
    if len(units) > 1 or (len(known) == 2 and known[0][1] and not known[1][1]):
        return None
    return _side(known, units, sign, target_of, is_hyphen=body.startswith("-") and bool(sign) and text[0] not in _SIGNS)


def natively_comparable(target: Content, actual: Content, name: str) -> bool:
    """Whether native formulas bring both to one scale.

    >>> natively_comparable("≥95%", "96.5%", "参保率"), natively_comparable("≥95%", 0.965, "参保率"), natively_comparable("≥3亿元", "5人", "")
    (True, False, False)
    """
    asked, done = native_side(target, name), native_side(actual)
    if asked is None or done is None:
        return False
    same = _NO_UNIT in (asked.dimension, done.dimension) or asked.dimension == done.dimension
    return same and not (_is_ambiguous(done, asked) or _is_ambiguous(asked, done))


def _is_ambiguous(bare: Side, full: Side) -> bool:
    return bare.dimension == _NO_UNIT and full.dimension == _RATIO and 0 < bare.largest <= 1 < full.largest


def _text(text: str) -> str:
    for old, new in ALIKE_CHARACTERS:
        text = text.replace(old, new)
    return re.sub(" +", " ", text.strip(" "))


def _words(text: str) -> str:
    """Signs for words, no spaces; "" where the text is too long or a space parts two digits."""
    if len(text) > LONGEST or _PARTED.search(text):
        return ""
    text = text.removesuffix("。").replace(" ", "")
    for old, new in ALIKE_WORDS:
        text = text.replace(old, new)
    return text


def _end(part: str) -> tuple[float, str] | None:
    """The number in front of the unit, and the unit."""
    unit = re.sub(r"[0-9.,-]", "", part)
    digits = part[: len(part) - len(unit)]
    match = _NUMBER.fullmatch(digits)
    if digits + unit != part or match is None or len(match[1] or "") > MOST_DECIMALS or (unit and unit not in UNITS):
        return None
    return float(digits.replace(",", "")), unit


def _side(ends: list[tuple[float, str]], units: set[str], sign: str, target_of: str | None, *, is_hyphen: bool) -> Side | None:
    first, largest = ends[0][0], max(abs(number) for number, _ in ends)
    unit = unit_of(next(iter(units))) if units else None
    if is_hyphen or _may_be_otherwise([number for number, _ in ends], ends[0][1], sign, has_unit=bool(units)):
        return None
    may_be_share = target_of is not None and (not target_of or any(word in target_of for word in RATE_WORDS))
    if may_be_share and not sign and len(ends) == 1 and not units and 0 < abs(first) <= 1:
        return Side(_RATIO, largest)
    return Side((unit.dimension or _NO_UNIT) if unit else _NO_UNIT, largest)


def _may_be_otherwise(numbers: list[float], first_unit: str, sign: str, *, has_unit: bool) -> bool:
    """A bare number that may be a year, a day or a code; ≤0 without a unit, perhaps a rate of change."""
    first = numbers[0]
    if len(numbers) == 2 and not first_unit and 1900 <= abs(first) < 2100:
        return True
    is_day = len(numbers) == 1 and 19_000_000 <= first < 21_000_000
    return not has_unit and (is_day or abs(first) >= 1e10 or (first == 0 and sign in ("≤", "<")))
