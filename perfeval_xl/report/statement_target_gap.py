"""与目标之差: 目标值 B, 实际 A, 高于目标 n 个百分点; 预算 B, 支出 A, 低于预算 n 万元."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.number import Interval
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, POINTS, RATIO, Mention
from perfeval_xl.report.statement import Statement, alike, exactly, holds, shown, wrong_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_TARGET = r"(?:预算|目标|计划|任务|指标)(?:数|值|额|任务|指标|要求)?"
_GAP = re.compile(
    rf"(?P<word>高于|超过|超出|多于|低于|少于|超额?完成)(?P<noun>(?:年初|年度|全年|预期|设定|既定|的|该项)*(?:{_TARGET})?)"
    r"(?:任务)?(?:共|约)?(?P<change>[DMC])(?!的)"
)
_STATED = re.compile(rf"{_TARGET}(?:设定|确定|批复|安排|下达)?(?:资金|金额|人数|总额)?(?:为|是|：|:|共|了)?$")
_OF_ANOTHER = re.compile(r"上年|去年|Y|同期|全国|全省|全市|完成率|执行率|进度|平均")


def target_gaps(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """The gap to a target that is named, where one stated target and one value of its kind stand ahead of it.

    Two values, or none, ahead of it leave it open which one is meant: nothing is said then.
    """
    del before
    for match in _GAP.finditer(sentence.mask):
        change = sentence.by_place[match.start("change")]
        pair = _pair(sentence, match, change)
        if pair is not None and not any(m.hedged for m in (*pair, change)):
            yield _judged(sentence, match["word"], pair, change)


def _pair(sentence: Sentence, match: re.Match[str], change: Mention) -> tuple[Mention, Mention] | None:
    """The value and its target, in this order."""
    if not match["noun"] and not match["word"].endswith("完成"):
        return None
    start, _ = sentence.segment(match.start())
    kinds = RATIO if change.kind == POINTS else MONEY + COUNT
    ahead = [m for m in sentence.of(kinds, start, match.start()) if change.kind == POINTS or alike(m, change)]
    targets = [m for m in ahead if _STATED.search(sentence.name(m))]
    if len(ahead) != 2 or len(targets) != 1 or any(_OF_ANOTHER.search(sentence.name(m).replace("年初", "")) for m in ahead):
        return None
    (value,) = [m for m in ahead if m is not targets[0]]
    return (value, targets[0]) if value.at > targets[0].at else None


def _judged(sentence: Sentence, word: str, pair: tuple[Mention, Mention], change: Mention) -> Statement:
    value, target = pair
    is_below = word in ("低于", "少于")
    big, small = (target, value) if is_below else (value, target)
    stated = change.interval.times(0.01) if change.kind == POINTS else change.interval
    if _less(big, small, target).meets(stated):
        return holds("target gap", sentence, change)
    if _less(small, big, target).meets(stated):
        return Statement(
            "target gap", "E05", ERROR, sentence, change, (target, value, change),
            f"{shown((value,))} {'大于' if is_below else '小于'} {shown((target,))}, 不能说「{word}」", "高于" if is_below else "低于",
            "请改正方向词, 或核对两个数",
        )  # fmt: skip
    problem, right = wrong_gap(sentence, value, target, change, abs(value.base - target.base))
    return Statement("target gap", "E09", ERROR, sentence, change, (target, value, change), problem, right, "请核对目标、实际和差额, 改正写错的一个")


def _less(one: Mention, other: Mention, target: Mention) -> Interval:
    first, second = (exactly(m) if m is target and m.kind == RATIO else m.interval for m in (one, other))
    return first.minus(second)
