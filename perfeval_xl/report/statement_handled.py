"""发放率、收回率、办结率: what was handed out, brought back or settled against what had to be, both printed right before the rate."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.statement import Statement, alike, holds, percent_of, quotient_fits, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_WORDS = r"[^，,；;。：:（）、MPDCOSURNX]"
_DUE = rf"(?:应|需|须)(?:当|该|予)?(?P<due>发放?|收回|回收|追回|退回|兑付|办结|整改){_WORDS}{{0,16}}"
_TAKEN_IN = rf"(?:受理|接到|接收|收到){_WORDS}{{0,16}}"
_SENT_OUT = rf"(?:发放|发出){_WORDS}{{0,8}}(?:问卷|调查表|测评表|评议表){_WORDS}{{0,4}}"
_LATELY = r"(?:已经?|实际?|共|累计|全年|目前|截至Y|截至目前|其中)*"
_ACTS = {"发放": "发放?", "收回": "收回|回收|追回|退回", "兑付": "兑付", "办结": "办结", "整改": "整改"}
_FULL_MARK = 100


def _shape(whole: str, act: str) -> re.Pattern[str]:
    part = rf"{_LATELY}(?P<act>{act})(?:到位|完成|了)?{_WORDS}{{0,10}}(?P<part>[MC])"
    return re.compile(rf"{whole}(?P<whole>[MC])[，,；;]{part}[，,](?P<of>{_WORDS}{{0,6}}?)(?:{act})率(?:约?为|是|达到?|：|:)?(?P<rate>P)")


_SHAPES = (*(_shape(_DUE, act) for act in _ACTS.values()), _shape(_TAKEN_IN, "办结"), _shape(_SENT_OUT, "收回|回收"))


def handled(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Two numbers and a rate side by side, of one act; 按期办结率 and whatever else the rate is of besides is another matter."""
    del before
    for shape in _SHAPES if "率" in sentence.mask else ():
        for match in shape.finditer(sentence.mask):
            yield from _judged(sentence, match)


def _judged(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    whole, part, rate = (sentence.by_place[match.start(name)] for name in ("whole", "part", "rate"))
    named = match.groupdict().get("due") or ""
    is_one_act = not named or any(re.fullmatch(words, named) and re.fullmatch(words, match["act"]) for words in _ACTS.values())
    if not is_one_act or not alike(whole, part) or any(m.hedged or m.sign for m in (whole, part, rate)):
        return
    if match["of"] not in sentence.mask[match.start() : match.end("part")]:
        return
    is_capped = rate.value == _FULL_MARK and part.base >= whole.base
    if is_capped or quotient_fits(part.interval, whole.interval, rate.interval):
        yield holds("handled", sentence, rate)
        return
    right = percent_of(part.base, whole.base)
    yield Statement(
        "handled", "E09", ERROR, sentence, rate, (whole, part, rate),
        f"{shown((part,))}÷{shown((whole,))}={right}, 报告写的是 {sentence.printed(rate)}", right, "请核对两个数和百分数, 改正写错的一个",
    )  # fmt: skip
