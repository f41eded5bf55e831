"""完成率和偏差率: a rate reached against the rate aimed at, and the deviation that follows from it."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import Interval, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import RATIO, SPAN, Mention
from perfeval_xl.report.statement import Statement, holds, percent_of, shown, slipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_COMPLETION = re.compile(r"(?:^|指标|，|,|目标|计划)(?:值)?完成率(?:约?为|是|达到?|：|:)?$")
_DEVIATION = re.compile(r"偏差(?:率|度|幅度)?(?:约?为|是|达到?|：|:)?$")
_REFERENCE = re.compile(r"(?:完成|执行|控制|支出|收入)[^，；]{0,4}率(?:均?为|是|达到?|：|:)?$")
_ACTUAL = re.compile(r"完成值|实际|达到|实现|完成")
_TARGET = re.compile(r"指标值|目标值?|年初设定|计划|标准值?")
_ONE = Interval(1.0, 1.0)


def completions(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """完成率 of a percentage against its target, and 偏差率 against what it follows from."""
    rates = sentence.of(RATIO)
    for mention in rates:
        name = sentence.name(mention)
        if mention.hedged:
            continue
        if _COMPLETION.search(name):
            yield from _completion(sentence, before, mention)
        elif _DEVIATION.search(name):
            yield from _deviation(sentence, mention)


def _completion(sentence: Sentence, before: Sentence | None, rate: Mention) -> Iterator[Statement]:
    own = sentence.of(RATIO + SPAN, 0, rate.at)
    is_own = bool(own)
    home = sentence if is_own or before is None else before
    values = [m for m in (own or home.of(RATIO + SPAN)) if not m.hedged and not re.search(r"完成率|偏差", home.name(m))]
    targets = [m for m in values if m.sign or _TARGET.search(home.name(m))]
    actuals = [m for m in values if m not in targets and m.kind == RATIO and _ACTUAL.search(home.name(m))]
    if not targets or not actuals:
        return
    target, actual = targets[-1], actuals[-1]
    if target.kind == SPAN:
        if _ONE.meets(rate.interval) == (target.value <= actual.value <= (target.high or 0.0)):
            yield holds("completion", sentence, rate)
        return
    quotient = actual.interval.over(target.interval)
    if quotient is None:
        return
    turned = Interval(2.0, 2.0).minus(quotient)
    inverse = target.interval.over(actual.interval) or quotient
    if any(found.meets(rate.interval) for found in (quotient, turned, inverse, _ONE)):
        yield holds("completion", sentence, rate)
        return
    right = percent_of(actual.base, target.base)
    is_sure = is_own and len(targets) == len(actuals) == 1
    involved = tuple(m for m in (actual, target, rate) if any(m is own for own in sentence.mentions))
    yield Statement(
        "completion", "E09", ERROR if is_sure else EXPLAIN, sentence, rate, involved,
        f"{shown((actual,))}÷{shown((target,))}={right}, 报告写的是 {sentence.printed(rate)}", right, "请核对指标值、完成值和完成率",
    )  # fmt: skip


def _deviation(sentence: Sentence, deviation: Mention) -> Iterator[Statement]:
    start, _ = sentence.segment(deviation.at)
    ahead = [m for m in sentence.of(RATIO, start, deviation.at) if not m.hedged]
    reference = next((m for m in reversed(ahead) if _REFERENCE.search(sentence.name(m))), None)
    if reference is None:
        return
    gap = reference.interval.minus(_ONE)
    others = [one.interval.over(other.interval) for one in ahead for other in ahead if one is not other]
    gaps = [gap, gap.times(-1.0), *(q.minus(_ONE) for q in others if q is not None), *(_ONE.minus(q) for q in others if q is not None)]
    gaps += [one.interval.minus(other.interval) for one in ahead for other in ahead if one is not other]
    if any(found.meets(deviation.interval) for found in gaps):
        yield holds("deviation", sentence, deviation)
        return
    size = abs(reference.base - 1)
    right = f"{plain(rounded(size * 100, 2))}%"
    note = ", 小数点像是错了位" if slipped(size, deviation) else ""
    yield Statement(
        "deviation", "D09" if note else "E09", EXPLAIN, sentence, deviation, (reference, deviation),
        f"{shown((reference,))} 与 100% 相差 {right}, 偏差率写的是 {sentence.printed(deviation)}{note}", right, "请核对, 或说明偏差率按什么计算",
    )  # fmt: skip
