"""取值范围: what the quantities of one cell say together: one value, a bound, a range, or several things."""

from __future__ import annotations

import math

from perfeval_xl.core.reading import comparison
from perfeval_xl.core.reading.quantity import Quantity, quantities
from perfeval_xl.core.reading.unit import Unit, comparable, converted, each, is_chinese
from perfeval_xl.core.record import Record

_RANGE_MARKS = frozenset({"-", "~", "--", "~~", "至", "到", "一"})
_AND_MARKS = frozenset({"且", ",", "、", ";", "", "并", ",且", "且又", "同时", ",同时", "并且", "and"})
_BETWEEN_MARKS = frozenset({"和", "与", "及"})
_SUMS = frozenset({"/", "+", "-", "*", "×", "÷", ""})
_LOWER, _UPPER = frozenset({">", ">="}), frozenset({"<", "<="})
RATIO = Unit("1", "ratio", 1.0)


class Span(Record):
    """范围: ``kind`` numeric, interval or composite; None bounds are open; ``ulp`` in the printed unit."""

    kind: str
    op: str | None
    low: float | None = None
    low_inclusive: bool | None = None
    high: float | None = None
    high_inclusive: bool | None = None
    unit: Unit | None = None
    ulp: float = 0.0
    confidence: str = "high"


def span_of(text: str, found: list[Quantity]) -> Span:
    """合并数量: the one thing the text says about a value, or a composite when it says several."""
    kept = _without_weight(text, found)
    if len(kept) == 1:
        return _single(text, kept[0])
    if len(kept) == 2:
        pair = _pair(text, kept[0], kept[1])
        if pair is not None:
            return pair
    return _several(text, kept)


def _single(text: str, quantity: Quantity) -> Span:
    if (quantity.start and text[quantity.start - 1] == "±") or "±" in text[: quantity.start]:
        return _interval(-abs(quantity.value), abs(quantity.value), (True, True), quantity.unit, quantity.ulp)
    op = comparison.sign_at(text, quantity.end)
    if op and not quantity.op and quantity.end + 1 < len(text):
        quantity = quantity._replace(op=comparison.mirrored(op))
    return of_operator(_signed(quantity))


def _signed(quantity: Quantity) -> Quantity:
    unit = quantity.unit
    if quantity.signed >= 0 or quantity.value < 0 or unit is None or unit.dimension not in ("ratio", "pp"):
        return quantity
    return quantity._replace(value=-quantity.value, op=comparison.mirrored(quantity.op))


def of_operator(quantity: Quantity) -> Span:
    """The span of one number with its operator: ≥ leaves the high end open, ≤ the low end."""
    op, value = quantity.op or "plain", quantity.value
    confidence = "high" if quantity.sure else "low"
    if op in _LOWER:
        return Span("numeric", op, value, op == ">=", None, None, quantity.unit, quantity.ulp, confidence)
    if op in _UPPER:
        return Span("numeric", op, None, None, value, op == "<=", quantity.unit, quantity.ulp, confidence)
    return Span("numeric", op, value, True, value, True, quantity.unit, quantity.ulp, confidence)


def _pair(text: str, one: Quantity, two: Quantity) -> Span | None:
    gap = text[one.end : two.start].strip()
    if gap in _RANGE_MARKS or (gap in _BETWEEN_MARKS and text.startswith(("之间", "间"), two.end)):
        return _range(one, two, gap)
    if gap.endswith("±"):
        return _around(one, two)
    if gap in ("/", ":") and one.unit is None and two.unit is None:
        return _proportion(text, one, two)
    if not comparable(one.unit, two.unit):
        return None
    gate = comparison.sign_at(gap, 0)
    if gate and not any(mark in ";,。" for mark in gap) and (one.op == "" and two.op):
        return _bounds(one._replace(op=comparison.mirrored(gate)), two)
    return _bounds(one, two) if gap in _AND_MARKS else None


def _range(one: Quantity, two: Quantity, gap: str) -> Span | None:
    if one.unit is not None and two.unit is not None and not _same_kind(one.unit, two.unit):
        return None
    unit = two.unit or one.unit
    if one.per and unit is not None and not unit.per:
        unit = each(unit, one.per)
    first = one.value
    if one.unit and unit and one.unit.factor != unit.factor and one.unit.dimension != "none":
        first = converted(first, one.unit, unit) or 0.0
    low, high, closed = first, two.value, _closed(one.included, two.included)
    if one.signed < 0 and unit is not None and unit.dimension in ("ratio", "pp"):
        low, high, closed = -high, -low, (closed[1], closed[0])
    if low > high:
        low, high, closed = high, low, (closed[1], closed[0])
    confidence = "high" if gap != "一" and one.sure and two.op not in _LOWER | _UPPER else "medium"
    return _interval(low, high, closed, unit, max(one.ulp, two.ulp))._replace(confidence=confidence)


def _same_kind(one: Unit, two: Unit) -> bool:
    return comparable(one, two)


def _closed(one: bool | None, two: bool | None) -> tuple[bool, bool]:
    """（含） on one end only says that the other end is not included; （不含） the opposite."""
    if one is None and two is None:
        return True, True
    return (not two if one is None else one), (not one if two is None else two)


def _interval(low: float, high: float, closed: tuple[bool, bool], unit: Unit | None, ulp: float) -> Span:
    return Span("interval", "between", low, closed[0], high, closed[1], unit, ulp, "high")


def _around(one: Quantity, two: Quantity) -> Span | None:
    unit = one.unit or two.unit
    is_share = two.unit is not None and two.unit.dimension == "ratio"
    margin = abs(two.value)
    if is_share and (one.unit is None or one.unit.dimension != "ratio"):
        margin, unit = abs(one.value) * margin * 0.01, one.unit
    low, high = float(f"{one.value - margin:.12g}"), float(f"{one.value + margin:.12g}")
    found = _interval(low, high, (True, True), unit, max(one.ulp, two.ulp))
    return found._replace(confidence="low" if is_share else "high")


def _proportion(text: str, one: Quantity, two: Quantity) -> Span | None:
    whole = one.start == 0 and two.end == len(text)
    if not two.value or not math.isfinite(one.value / two.value):
        return None
    ratio = one._replace(value=one.value / two.value, ulp=0.0, unit=RATIO, op=one.op or two.op)
    return of_operator(ratio)._replace(confidence="medium" if whole else "low")


def _bounds(one: Quantity, two: Quantity) -> Span | None:
    lower, upper = (one, two) if one.op in _LOWER else (two, one)
    if lower.op not in _LOWER or upper.op not in _UPPER:
        return None
    unit = upper.unit or lower.unit
    low, high = lower.value, upper.value
    if unit and lower.unit and lower.unit.factor != unit.factor:
        low = converted(low, lower.unit, unit) or 0.0
    if low > high:
        return None
    closed = (lower.op == ">=", upper.op == "<=")
    return _interval(low, high, closed, unit, max(one.ulp, two.ulp))


def _without_weight(text: str, found: list[Quantity]) -> list[Quantity]:
    """A bare number (or 10分) set apart by a space behind a complete quantity is the row's weight."""
    if len(found) < 2:
        return found
    last, ahead = found[-1], found[-2]
    apart = (text[ahead.end : last.start] == "" and text[last.start : last.start + 1] == " ") or text[ahead.end : last.start] == " "
    bare = last.unit is None or last.unit.printed == "分"
    if apart and bare and not last.op and ahead.unit is not None and last.end == len(text):
        return found[:-1]
    return found


def _several(text: str, found: list[Quantity]) -> Span:
    result = _result_of_a_calculation(text, found) or _beside_its_fraction(text, found) or _named_by_numbers(text, found)
    if result is not None:
        return result
    last = found[-1].unit
    units = [quantity.unit for quantity in found if quantity.unit is not None]
    related = all(unit.dimension in ("ratio", "pp") for unit in units) or all(comparable(unit, last) for unit in units)
    return Span("composite", None, unit=last if related else None, confidence="high" if len(units) == len(found) else "low")


def _result_of_a_calculation(text: str, found: list[Quantity]) -> Span | None:
    last = found[-1]
    if last.word != "=" or last.end != len(text) or found[0].start:
        return None
    gaps = {text[found[place - 1].end : found[place].start].strip() for place in range(1, len(found))}
    return of_operator(last._replace(op="")) if gaps <= _SUMS else None


def _beside_its_fraction(text: str, found: list[Quantity]) -> Span | None:
    """A value and the fraction it comes from: 95.5%, 191/200."""
    if len(found) != 3 or found[1].unit or found[2].unit or text[found[1].end : found[2].start] != "/":
        return None
    return of_operator(_signed(found[0])) if found[0].unit is not None else None


def _named_by_numbers(text: str, found: list[Quantity]) -> Span | None:
    """One comparison or range at the end of a clause whose name holds numbers: 15个县参保率≥95%, 110接警率100%."""
    if any(mark in ";,。" for mark in text[found[0].start : found[-1].start]):
        return None
    pair = _pair(text, found[-2], found[-1]) if len(found) > 2 else None
    names = found[:-2] if pair else found[:-1]
    meant = pair or of_operator(_signed(found[-1]))
    nameless = all(name.unit is None and is_chinese(text[name.end]) for name in names)
    if any(name.op for name in names) or (meant.op == "plain" and not nameless):
        return None
    if all(comparable(name.unit, meant.unit) and name.unit for name in names):
        return None
    return meant._replace(confidence="medium")


def in_brackets(text: str) -> Span | None:
    """区间记号: [65%,75%) with a comma or [90%,+∞); None for any other bracket.

    >>> in_brackets("[65%,75%)")[1:6]
    ('between', 65.0, True, 75.0, False)
    """
    if text[0] not in "[(" or len(text) < 5 or text[-1] not in ")]" or "," not in text:
        return None
    inside = text[1:-1]
    found = quantities(inside)
    closed = (text[0] == "[", text[-1] == "]")
    if len(found) == 1 and "∞" in inside:
        upward = inside.rstrip().endswith("∞")
        op = ((">=" if closed[0] else ">") if upward else ("<=" if closed[1] else "<"))
        return of_operator(found[0]._replace(op=op))
    if len(found) != 2 or found[0].start or found[1].end != len(inside) or inside[found[0].end : found[1].start].strip() != ",":
        return None
    one, two = found
    return _interval(one.value, two.value, closed, two.unit or one.unit, max(one.ulp, two.ulp)) if one.value <= two.value else None
