"""陈述: what a report says of its numbers, whether it can be true, and the arithmetic as a person would write it."""

from __future__ import annotations

from itertools import combinations
from math import fsum, isfinite, log10

from perfeval_xl.core.number import Interval, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.mention import COUNT, POINTS, PRICE, RATIO, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval_xl.report.sentence import Sentence

_MOST_PARTS = 10
_SLIPS = (10_000.0, 0.0001, 100.0, 0.01, 10.0, 0.1)


class Statement(Record):
    """一条陈述. ``level`` is "" when it can be true, else error, explain or hint; ``kind`` names what was recognised.

    ``main`` is the number that is probably wrong, ``involved`` every number of the sentence the arithmetic uses.
    """

    kind: str
    check: str
    level: str
    sentence: Sentence
    main: Mention
    involved: tuple[Mention, ...] = ()
    problem: str = ""
    expected: str = ""
    fix: str = ""


def holds(kind: str, sentence: Sentence, main: Mention) -> Statement:
    """A statement that can be true."""
    return Statement(kind, "", "", sentence, main)


def alike(one: Mention, other: Mention) -> bool:
    """Whether two numbers count or measure the same kind of thing: money with money, 人 with 万人, 家 with 家."""
    if one.kind != other.kind:
        return False
    return one.kind not in (COUNT, PRICE) or one.unit.lstrip("十百千万亿余多") == other.unit.lstrip("十百千万亿余多")


def total(mentions: Iterable[Mention]) -> Interval:
    """Every sum the numbers may have."""
    intervals = [mention.interval for mention in mentions]
    return Interval(fsum(each.low for each in intervals), fsum(each.high for each in intervals))


def subsets(mentions: Sequence[Mention], least: int = 1, most: int = _MOST_PARTS) -> list[tuple[Mention, ...]]:
    """Every choice of at least ``least`` of the numbers; of many numbers only all, so that it stays cheap."""
    if len(mentions) > most:
        return [tuple(mentions)]
    return [chosen for size in range(least, len(mentions) + 1) for chosen in combinations(mentions, size)]


def exactly(mention: Mention) -> Interval:
    """A stated target stands for itself, not for what may be rounded to it."""
    return Interval(mention.base, mention.base)


def quotient_fits(part: Interval, whole: Interval, stated: Interval) -> bool:
    """Whether part ÷ whole may be the stated share."""
    found = part.over(whole)
    return found is not None and found.meets(stated)


def percent_of(part: float, whole: float) -> str:
    """The quotient as a percentage with two decimals."""
    return f"{plain(rounded(part / whole * 100, 2))}%" if whole else "无法计算"


def said(value: float, like: Mention) -> str:
    """A value in the base unit, printed in the unit of a number of the sentence."""
    digits = max(0, -round(log10(like.ulp))) if 0 < like.ulp < 1 and isfinite(like.ulp) else 0
    scaled = rounded(value / like.factor, max(digits, 2))
    return f"{plain(scaled)}{like.unit}"


def wrong_gap(sentence: Sentence, value: Mention, other: Mention, change: Mention, gap: float) -> tuple[str, str]:
    """What is wrong with a stated difference of two numbers, and what it should be; ``gap`` in the base unit."""
    right = f"{plain(rounded(gap * 100, 4))}个百分点" if change.kind == POINTS else said(gap, change)
    big, small = (value, other) if value.base >= other.base else (other, value)
    return f"{shown((big,))}-{shown((small,))}={right}, 报告写的是 {sentence.printed(change)}", right


def shown(mentions: Iterable[Mention], sign: str = "+") -> str:
    """The numbers with their units, joined by a sign."""
    return sign.join(f"{plain(mention.value)}{mention.unit}" for mention in mentions)


def slipped(calculated: float, stated: Mention) -> float:
    """By which power of ten the stated number is off; 0 where none explains it."""
    for factor in _SLIPS:
        if calculated and Interval(calculated * factor, calculated * factor).meets(stated.interval):
            return factor
    return 0.0


def is_percent(mention: Mention) -> bool:
    return mention.kind == RATIO
