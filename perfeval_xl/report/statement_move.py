"""变动: 由 A 提高到 B, 提高 n; the change that is printed beside the two values it lies between."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.number import plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, POINTS, RATIO, Mention
from perfeval_xl.report.statement import Statement, alike, holds, percent_of, quotient_fits, said, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_WAY = r"增加|增长|提高|提升|上升|扩大|减少|下降|降低|压减|缩短|降"
_WORDS = r"[^，,；;。：:（）MPDCOSURNX]"
_MOVE = rf"(?:由|从){_WORDS}{{0,16}}(?P<first>[PCM]){_WORDS}{{0,6}}(?:{_WAY}|升)(?:到|至|为)(?P<second>[PCM])"
_BEHIND = re.compile(rf"{_MOVE}[，,（](?:累计|共|净)?(?:{_WAY}|降幅|增幅|升幅)(?:了|为|达)?(?P<change>[DPCM])")
_AHEAD = re.compile(rf"(?:{_WAY})(?:了)?(?P<change>[DPCM])[，,（]{_MOVE}")


def moves(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """The difference, or the growth of amounts in percent, of two values joined by 由 … 到; its direction is checked elsewhere."""
    del before
    for pattern in (_BEHIND, _AHEAD):
        for match in pattern.finditer(sentence.mask):
            first, second, change = (sentence.by_place[match.start(name)] for name in ("first", "second", "change"))
            if alike(first, second) and not any(m.hedged or m.sign for m in (first, second, change)):
                yield from _judged(sentence, first, second, change)


def _judged(sentence: Sentence, first: Mention, second: Mention, change: Mention) -> Iterator[Statement]:
    big, small = (second, first) if second.base >= first.base else (first, second)
    gap = big.interval.minus(small.interval)
    if change.kind == RATIO and first.kind in MONEY + COUNT:
        fits, calculated = quotient_fits(gap, first.interval, change.interval), f"({shown((big,))}-{shown((small,))})÷{shown((first,))}"
        right = percent_of(big.base - small.base, first.base)
    elif change.kind == POINTS and first.kind == RATIO:
        fits, calculated = gap.meets(change.interval.times(0.01)), f"{shown((big,))}-{shown((small,))}"
        right = f"{plain(rounded((big.base - small.base) * 100, 4))}个百分点"
    elif alike(change, first) and first.kind != RATIO:
        fits, calculated, right = gap.meets(change.interval), f"{shown((big,))}-{shown((small,))}", said(big.base - small.base, change)
    else:
        return
    if fits:
        yield holds("move", sentence, change)
        return
    yield Statement(
        "move", "E09", ERROR, sentence, change, (first, second, change),
        f"{calculated}={right}, 报告写的是 {sentence.printed(change)}", right, "请核对前后两个数和变动, 改正写错的一个",
    )  # fmt: skip
