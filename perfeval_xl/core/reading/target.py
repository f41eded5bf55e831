"""指标值与完成值: one reader for what people really type into target and actual cells."""

from __future__ import annotations

import math

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.number import last_place
from perfeval_xl.core.reading.benchmark import benchmark_of, bound_of
from perfeval_xl.core.reading.display import date_letters, displayed
from perfeval_xl.core.reading.doubt import weighed
from perfeval_xl.core.reading.numeral import with_digits
from perfeval_xl.core.reading.phrase import NONE_HAPPENED, Phrase, counts_events, phrase_of, word_of
from perfeval_xl.core.reading.quantity import Quantity, quantities
from perfeval_xl.core.reading.span import Span, in_brackets, of_operator, span_of
from perfeval_xl.core.reading.spelling import LONGEST, has_digit, may_hold_a_date, spelled, without_asides
from perfeval_xl.core.reading.unit import unit_of
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import Any

_ERRORS = frozenset(
    {"#div/0", "#n/a", "#name", "#null", "#num", "#ref", "#value", "#spill", "#calc", "#field", "#getting_data", "#blocked", "#connect"},
)


class Reading(Record):
    """读出的指标值: bounds in the printed unit (90 with %), None where open or absent.

    ``kind``: numeric, interval, qualitative, enum, date, text, composite, missing or invalid.
    ``op``: >= > = <= < ≈ between, plain when no sign is printed; qualitative readings have one only against a benchmark.
    ``dimension``: see core.unit, "none" without a unit; ``factor_to_base`` turns a bound into 元, ratio, persons …
    ``ulp``: the unit of the last printed digit, in the printed unit (3.34 → 0.01, 90 → 1), 0 when there is no number.
    """

    raw: str
    kind: str
    op: str | None = None
    low: float | None = None
    low_inclusive: bool | None = None
    high: float | None = None
    high_inclusive: bool | None = None
    unit: str | None = None
    dimension: str | None = "none"
    factor_to_base: float | None = None
    qualitative: str | None = None
    confidence: str = "high"
    ulp: float = 0.0


def read_text(text: object, *, role: str = "target", indicator: str = "", number_format: str = "General") -> Reading:
    """读一个单元格: what a target or actual cell says; never raises, a blank is ``missing``.

    Args:
        text: the cell's value: text, number, TRUE/FALSE, an error such as ``#DIV/0!``, or None.
        role: "target" or "actual"; 达到95% is a bound in a target and a plain value in an actual.
        indicator: the row's name; decides between a rate and a count where a text names both.
        number_format: decides whether a number is a percentage, a date or a bare number; not used for texts.

    >>> r = read_text("≥3.34亿元")
    >>> r.op, r.low, r.unit, r.factor_to_base, r.ulp
    ('>=', 3.34, '亿元', 100000000.0, 0.01)
    >>> read_text(0.09, number_format="0.00%")[1:9]
    ('numeric', 'plain', 9.0, True, 9.0, True, '%', 'ratio')
    """
    if isinstance(text, str):
        return _of_text(text, role, indicator) if len(text) < LONGEST else _of_text.__wrapped__(text, role, indicator)
    if text is None:
        return Reading("", "missing")
    if isinstance(text, bool):
        return Reading("TRUE" if text else "FALSE", "enum", qualitative="yes" if text else "no")
    return _of_number(text, role, indicator, number_format)


def read_split(
    sign: object, value: object, unit: object, *, role: str = "target", indicator: str = "", number_format: str = "General",
) -> Reading:  # fmt: skip
    """读分栏填写的指标值: 指标性质 | 指标值 | 度量单位; 定量, 定性 and the codes 1–10 count as 指标性质 too.

    What the value itself prints wins over the columns beside it. ``raw`` shows the columns joined by ``|``.

    >>> r = read_split("≤", 101400.0, "元")
    >>> r.raw, r.op, r.high, r.dimension
    ('≤|101400|元', '<=', 101400.0, 'money')
    """
    from perfeval_xl.core.reading.nature import nature_of  # noqa: PLC0415 - only some forms split their targets

    alone = read_text(value, role=role, indicator=indicator, number_format=number_format)
    columns = read_text(sign).raw, alone.raw, read_text(unit).raw
    raw = "|".join(columns)
    sign_text, kind, certain = nature_of(columns[0])
    if kind == "absent":
        return Reading(raw, "missing")
    if alone.kind not in ("numeric", "interval"):
        return alone._replace(raw=raw)
    together = _joined(alone, sign_text, columns[2], role, indicator)
    may_be_a_ratio = alone.unit in (None, "1") and together.unit == "%" and 0 < abs(alone.low or 0) <= 1
    if kind == "words" or not certain or may_be_a_ratio:
        together = _less_sure(together)
    return together._replace(raw=raw)


def _joined(alone: Reading, sign: str, unit: str, role: str, indicator: str) -> Reading:
    named = unit_of(unit)
    bare = alone.unit in (None, "1")
    text = (sign if alone.op == "plain" else "") + alone.raw + (unit if named and bare else "")
    together = _of_text(text, role, indicator)
    if together.unit in (None, "1") and named and together.kind in ("numeric", "interval"):
        return together._replace(unit=named.printed, dimension=named.dimension, factor_to_base=named.factor)
    return together


def _less_sure(reading: Reading) -> Reading:
    return reading._replace(confidence="medium") if reading.confidence == "high" else reading


def read_parts(text: str, *, role: str = "target") -> tuple[Reading, ...]:
    """读并列的几个值: one reading for each clause that holds a number (药品网采率>85%, 耗材网采率>75%).

    >>> [part.low for part in read_parts("药品网采率>85%, 高值耗材网采率>75%")]
    [85.0, 75.0]
    """
    import re  # noqa: PLC0415 - most tables need no pattern

    clauses = re.split("[;。]|(?<![0-9]),|,(?![0-9]{3})", spelled(text))
    parts = (_of_text(clause, role, "") for clause in clauses if has_digit(clause))
    return tuple(part for part in parts if part.kind in ("numeric", "interval"))


@lru_cache(maxsize=1024)
def _of_text(raw: str, role: str, indicator: str) -> Reading:
    shown = spelled(raw)
    if not shown:
        return Reading(raw, "missing")
    if shown[0] == "#" and (shown.lower() in _ERRORS or not shown.strip("#")):
        return Reading(raw, "invalid")
    word = word_of(shown)
    if word is not None:
        return _worded(raw, word) if shown != "无" or not counts_events(indicator) else _less_sure(_worded(raw, NONE_HAPPENED))
    span = in_brackets(shown)
    if span is not None:
        return _measured(raw, span)
    plain = without_asides(shown)
    if plain != shown and (word := word_of(plain)) is not None:
        return _worded(raw, word)
    return _of_sentence(raw, plain, role, indicator)


def _of_sentence(raw: str, plain: str, role: str, indicator: str) -> Reading:
    if _is_code(plain):
        return Reading(raw, "text", confidence="medium")
    text = with_digits(plain)
    rest, said, state = _times(text, indicator)
    found = quantities(rest, role) if has_digit(rest) else []
    if found:
        reading = _of_numbers(raw, found, rest, role, indicator)
        covers_the_cell = found[0].start == 0 and found[-1].end == len(rest)
        return reading if text == plain or covers_the_cell else _less_sure(reading)
    if state in ("date", "invalid", "doubtful"):
        return _dated(raw, said, state, role)
    if state == "year" and not rest.strip("¤至-~ 全"):
        return Reading(raw, "date", qualitative=said)
    return _worded(raw, benchmark_of(text, role) or phrase_of(text))


def _times(text: str, indicator: str) -> tuple[str, str, str]:
    if not may_hold_a_date(text):
        return text, "", "none"
    from perfeval_xl.core.reading.deadline import moments  # noqa: PLC0415 - its patterns are only paid for by dates

    return moments(text, months_count="月数" in indicator)


def _of_numbers(raw: str, found: list[Quantity], text: str, role: str, indicator: str) -> Reading:
    span = weighed(span_of(text, found), found, text, role, indicator)
    if span.op == "plain" and len(found) == 1 and found[0].start:
        op = bound_of(text, found[0].start)
        span = of_operator(found[0]._replace(op=op))._replace(confidence="medium") if op else span
    return _measured(raw, span)


def _measured(raw: str, span: Span) -> Reading:
    if any(end is not None and not math.isfinite(end) for end in (span.low, span.high)):
        return Reading(raw, "invalid")
    unit = span.unit
    return Reading(
        raw, span.kind, span.op, span.low, span.low_inclusive, span.high, span.high_inclusive,
        unit.printed if unit else None, unit.dimension if unit else "none", unit.factor if unit else None,
        None, span.confidence, span.ulp,
    )  # fmt: skip


def _worded(raw: str, phrase: Phrase) -> Reading:
    return Reading(raw, phrase.kind, phrase.op, None, None, None, None, None, "none", None, phrase.meaning)


def _dated(raw: str, said: str, state: str, role: str) -> Reading:
    """A bare month and day in a target is what Excel makes of a typed 1-3."""
    if state == "invalid":
        return Reading(raw, "invalid")
    if state == "doubtful" and role == "target":
        return Reading(raw, "invalid", confidence="medium")
    return Reading(raw, "date", qualitative=said)


def _is_code(text: str) -> bool:
    """Region codes (0101), phone numbers, account numbers: digits that measure nothing."""
    if text[0] == "0" and text[1:2].isdigit():
        return True
    return text.isascii() and text.isdigit() and (len(text) >= 15 or (len(text) == 11 and text[0] == "1" and text[1] in "3456789"))


def _of_number(value: Any, role: str, indicator: str, number_format: str) -> Reading:
    try:
        number = float(value) if hasattr(type(value), "__float__") else math.nan
    except (OverflowError, TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        return _of_day(value, role)
    shown = displayed(number, number_format)
    if not shown:
        return Reading(f"{number:.15g}", "invalid", confidence="medium")
    reading = _of_text(shown, role, indicator)
    return reading if reading.kind in ("numeric", "interval") or date_letters(number_format) else _bare(shown, number)


def _bare(shown: str, number: float) -> Reading:
    return Reading(shown, "numeric", "plain", number, True, number, True, ulp=last_place(number))


def _of_day(value: object, role: str) -> Reading:
    """A date object of another library; anything else is nothing a cell can hold."""
    if type(value).__name__ in ("date", "datetime", "Timestamp"):
        return _of_text(str(value)[:10], role, "")
    return Reading(f"{value}" if isinstance(value, float) else type(value).__name__, "invalid")
