"""方向词: 低于, 高于, 由 A 提高到 B, 超额完成 against the numbers beside them."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, MONTHS, RATIO, SPAN, Mention
from perfeval_xl.report.statement import Statement, alike, exactly, holds, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_KINDS = RATIO + COUNT + MONEY + MONTHS
_COMPARED = re.compile(
    r"(?P<value>[PCMO])[，,]?(?:均|已|略|稍|明显|大幅|远|也|且|，)*(?P<word>低于|小于|少于|未达到?|高于|大于|超过|多于|超出)(?:了)?"
    r"(?P<noun>[^，,；;。：:（）MPDCOSURNX]{0,16})(?P<base>[PCMOR])(?P<behind>的?(?:目标值?|标准值?|指标值|年度目标|预期目标|要求|任务)?)"
)
_MOVED = re.compile(
    r"(?:由|从)(?P<noun>[^，,；;。：:（）MPDCOSURNX]{0,16})(?P<first>[PCMO])[^，,；;。：:（）MPDCOSURNX]{0,6}"
    r"(?P<word>增加|增长|提高|提升|上升|扩大|上调|延长|减少|下降|降低|压减|缩短|下调|降)(?:到|至|为)(?P<second>[PCMO])"
)
_DONE = re.compile(r"(?P<name>[^，,；;。：:（）MPDCOSURNX]{0,20}完成率)(?:为|达到?|是|：|:)?(?P<rate>P)[，,]?(?P<word>超额完成|未完成|圆满完成|全面完成|完成)(?P<noun>[^，,；;。]{0,14}(?:目标|任务|计划))")
_BASIS = re.compile(r"任务|目标|计划")
_FALLING = ("减少", "下降", "降低", "压减", "缩短", "下调", "降")
_BELOW = ("低于", "小于", "少于", "未达", "未达到")
_TARGET = re.compile(r"目标|标准|指标值|预算|任务|计划|年初|要求|下达|警戒|风险")


def directions(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Direction words that contradict the two numbers they stand between."""
    del before
    for match in _COMPARED.finditer(sentence.mask):
        yield from _compared(sentence, match)
    for match in _MOVED.finditer(sentence.mask):
        yield from _moved(sentence, match)
    for match in _DONE.finditer(sentence.mask):
        yield from _done(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    value, base = sentence.by_place[match.start("value")], sentence.by_place[match.start("base")]
    behind = sentence.mask[match.end() : match.end() + 1]
    same = base.unit == value.unit if base.kind == SPAN else alike(value, base)
    if not same or value.hedged or base.hedged or behind in tuple("DS") or sentence.mask[match.end("base") : match.end("base") + 1] == "D":
        return
    following = sentence.mask[match.end("base") : match.end("base") + 1]
    if following == "的" and not match["behind"].strip("的") and not _TARGET.search(match["noun"]):
        return      # 低于 90% 的单位: another matter
    is_below = match["word"] in _BELOW
    low, high = exactly(base) if base.high is None and _TARGET.search(match["noun"] + match["behind"]) else base.interval
    if is_below:
        is_target = bool(match["behind"].strip("的")) or match["word"].startswith("未达")
        if not is_target and not value.interval.low <= high:
            return
        is_wrong = value.interval.low >= high and value.base >= (base.high or base.value) * base.factor
    else:
        is_wrong = value.interval.high <= low and value.base < base.base
    if not is_wrong:
        yield holds("direction", sentence, value)
        return
    if not is_below and not _TARGET.search(match["noun"] + match["behind"]) and base.kind != value.kind:
        return
    relation = "不低于" if is_below else "小于"
    yield Statement(
        "direction", "E05", ERROR, sentence, value, (value, base), f"{shown((value,))} {relation} {sentence.printed(base)}, 不能说「{match['word']}」",
        "高于" if is_below else "低于", "请改正方向词, 或核对两个数",
    )  # fmt: skip


def _moved(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    first, second = sentence.by_place[match.start("first")], sentence.by_place[match.start("second")]
    if not alike(first, second) or first.hedged or second.hedged:
        return
    falls = match["word"] in _FALLING
    is_wrong = first.interval.high <= second.interval.low if falls else second.interval.high <= first.interval.low
    is_wrong = is_wrong and first.base != second.base
    if not is_wrong:
        yield holds("direction", sentence, second)
        return
    yield Statement(
        "direction", "E05", ERROR, sentence, second, (first, second), f"从 {shown((first,))} 到 {shown((second,))}, 不能说「{match['word']}」",
        "上升" if falls else "下降", "请改正方向词, 或核对两个数",
    )  # fmt: skip


def _done(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    """完成率 below 100 % of a task called completed is a question; the target may be another one."""
    rate: Mention = sentence.by_place[match.start("rate")]
    head = sentence.mask[: match.start("rate")]
    if rate.hedged or not (_BASIS.search(head) or match["word"] in ("超额完成", "未完成")):
        return
    claims = match["word"] != "未完成"
    is_reached = rate.interval.high > 1 if match["word"] == "超额完成" else rate.base >= 1
    is_wrong = (claims and not is_reached) or (not claims and rate.interval.low >= 1)
    if not is_wrong:
        yield holds("direction", sentence, rate)
        return
    yield Statement(
        "direction", "E05", EXPLAIN, sentence, rate, (rate,), f"完成率 {shown((rate,))} {'不到' if claims else '已达到'} 100%, 却说「{match['word']}{match['noun']}」",
        "未完成" if claims else "完成", "请改正说法, 或写明是哪个目标",
    )  # fmt: skip
