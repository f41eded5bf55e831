"""差额: 较目标值 P 低 n 个百分点, 较上年 B 增加 A; the difference and its direction against the two values."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import Interval, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, MONTHS, POINTS, RATIO, SPAN, Mention
from perfeval_xl.report.statement import Statement, alike, exactly, holds, shown, wrong_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_UP = "高|多|上升|提高|提升|增长|增加|超|扩大|延长"
_DOWN = "低|少|下降|降低|减少|回落|缩短|差"
_DIFFERENCE = re.compile(
    rf"(?P<compared>(?<!比)较|(?<![占对环同])比(?!例|重|值|率|较)|低于|高于|超过|超出|少于|多于|与)(?P<noun>[^，,；;。：:MPDCOSURNX]{{0,20}})(?P<base>[PRMCO])"
    rf"(?P<noun2>[^，,；;。：:MPDCOSURNX]{{0,10}}?)[，,]?(?P<word>{_UP}|{_DOWN}|相差|的)?(?:了|出)?(?P<change>[DMCOP])"
)
_IMPLIED = re.compile(r"(?P<compared>高于|超过|超出|低于|少于|多于|比|较)(?P<noun>[^，,；;。：:MPDCOSURNX]{2,24})(?P<word>多|少)?(?P<change>[MC])")
_ADVERBS = re.compile(r"同比|相|但|且|仍|还|则|均|略|明显|其中|同时|Y|[^一-鿿]|同")
_TARGET = re.compile(r"目标|标准|指标值|任务|年初设定|计划")
_AMOUNT_NOUN = re.compile(r"(?:费用|支出|收入|资金|金额|经费|人数|人次|结余|数量|总额|规模)(?:Y)?(?:较[^，,]{0,10}|比[^，,]{0,10}|同比)?(?:平均|人均)?$")
_RATE_NOUN = re.compile(r"率|比例|比重|占比|满意度|进度|幅|程度|覆盖|水平|增速|系数|指数|份额|比$|得分")
_CHANGE_OF_POINTS = re.compile(rf"(?P<word>{_UP}|{_DOWN})(?:了)?(?P<change>D)")


def differences(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Differences with both values printed, and those to a target named in the sentence or the one before."""
    done: set[int] = set()
    for match in _DIFFERENCE.finditer(sentence.mask):
        base, change = sentence.by_place[match.start("base")], sentence.by_place[match.start("change")]
        if not _is_difference(base, change, match):
            continue
        done.add(change.at)
        yield from _printed(sentence, match, base, change)
    for match in _IMPLIED.finditer(sentence.mask):
        change = sentence.by_place[match.start("change")]
        if change.at not in done:
            yield from _implied(sentence, before, match, change)
    yield from _points_of_amounts(sentence)


def _is_difference(base: Mention, change: Mention, match: re.Match[str]) -> bool:
    word = match["word"] or ""
    has_direction = bool(word) or match["compared"] in ("低于", "高于", "超过", "超出", "少于", "多于")
    if word == "的" and match["compared"] not in ("低于", "高于", "超过", "少于"):
        return False
    if base.kind == RATIO or (base.kind == SPAN and base.unit == "%"):
        return has_direction and change.kind in (POINTS, RATIO) and not (change.kind == RATIO and word in ("", "的"))
    return has_direction and word != "的" and alike(base, change)


def _printed(sentence: Sentence, match: re.Match[str], base: Mention, change: Mention) -> Iterator[Statement]:
    kind = RATIO if base.kind == SPAN else base.kind
    values = [m for m in sentence.of(kind, 0, match.start()) if kind == RATIO or alike(m, base)]
    behind = [m for m in sentence.of(kind, change.at + 1) if m is not change and (kind == RATIO or alike(m, base))]
    clause = sentence.clause(match.start())[0]
    subject = _ADVERBS.sub("", sentence.mask[clause : match.start()])
    if subject and not sentence.of(kind, clause, match.start()):
        values = [m for m in values if subject in sentence.name(m)]
    if not values or change.hedged or base.hedged:
        return
    stated = change.interval.times(0.01) if change.kind == POINTS else change.interval
    ends = _ends(base, is_target=bool(_TARGET.search(match["noun"] + match["noun2"])))
    fitting = next((value for value in reversed(values) if _gaps(value, ends, stated)), None)
    if fitting is not None:
        wrong_way = _is_wrong_way(fitting, base, match)
        if wrong_way and len(values) == 1:
            yield _backwards(sentence, fitting, base, change, match)
        elif change.kind == RATIO:
            yield from _percent_or_points(sentence, fitting, base, change)
        else:
            yield holds("difference", sentence, change)
        return
    value = values[-1]
    if value.hedged or any(_gaps(one, ends, stated) for one in behind):
        return
    if change.kind == RATIO:
        relative = value.interval.minus(base.interval).over(base.interval)
        if relative is not None and (relative.meets(stated) or relative.times(-1.0).meets(stated)):
            yield holds("difference", sentence, change)
        return
    yield _wrong(sentence, value, base, change, ERROR if len(values) == 1 and not behind else EXPLAIN)


def _ends(base: Mention, *, is_target: bool = False) -> list[Interval]:
    if base.high is None:
        return [exactly(base) if is_target else base.interval]
    return [Interval(end * base.factor, end * base.factor) for end in (base.value, base.high)]


def _gaps(value: Mention, ends: list[Interval], stated: Interval) -> bool:
    differences = [value.interval.minus(end) for end in ends]
    return any(gap.meets(stated) or gap.times(-1.0).meets(stated) for gap in differences)


def _is_wrong_way(value: Mention, base: Mention, match: re.Match[str]) -> bool:
    word = match["word"] if match["word"] not in (None, "的", "相差") else match["compared"]
    low, high = base.interval
    if word in ("低于", "少于") or re.fullmatch(_DOWN, word):
        return value.interval.low > high
    if word in ("高于", "超过", "超出", "多于") or re.fullmatch(_UP, word):
        return value.interval.high < low
    return False


def _backwards(sentence: Sentence, value: Mention, base: Mention, change: Mention, match: re.Match[str]) -> Statement:
    word = match["word"] if match["word"] not in (None, "的") else match["compared"]
    relation = "大于" if value.base > base.base else "小于"
    return Statement(
        "difference", "E05", ERROR, sentence, change, (value, base, change),
        f"{shown((value,))} {relation} {shown((base,))}, 不能说「{word}」", "高" if relation == "大于" else "低", "请改正方向词, 或核对两个数",
    )  # fmt: skip


def _percent_or_points(sentence: Sentence, value: Mention, base: Mention, change: Mention) -> Iterator[Statement]:
    relative = value.interval.minus(base.interval).over(base.interval)
    stated = change.interval
    if relative is not None and (relative.meets(stated) or relative.times(-1.0).meets(stated)):
        yield holds("difference", sentence, change)
        return
    gap = plain(rounded(abs(value.base - base.base) * 100, 4))
    yield Statement(
        "difference", "D08", EXPLAIN, sentence, change, (value, base, change),
        f"{shown((value,))} 与 {shown((base,))} 相差 {gap} 个百分点, 不是 {sentence.printed(change)}", f"{gap}个百分点", "两个百分数之差请写成百分点",
    )  # fmt: skip


def _wrong(sentence: Sentence, value: Mention, base: Mention, change: Mention, level: str) -> Statement:
    ends = [base.base] if base.high is None else [base.base, base.high * base.factor]
    gap = min((abs(value.base - end) for end in ends), key=lambda found: abs(found - abs(change.base) * (0.01 if change.kind == POINTS else 1)))
    problem, right = wrong_gap(sentence, value, base, change, gap)
    return Statement("difference", "E09", level, sentence, change, (value, base, change), problem, right, "请核对两个数和差额, 改正写错的一个")


def _implied(sentence: Sentence, before: Sentence | None, match: re.Match[str], change: Mention) -> Iterator[Statement]:
    """The base is only named; it is known when it stands in the sentence or the one before: then only its truth is told."""
    values = [m for m in sentence.of(MONEY + COUNT + MONTHS, 0, match.start()) if alike(m, change)]
    earlier = [m for m in before.of(change.kind) if alike(m, change)] if before is not None else []
    pairs = [(one, other) for one in values for other in (*values, *earlier) if one is not other]
    if any(_gaps(one, _ends(other), change.interval) for one, other in pairs):
        yield holds("difference", sentence, change)


def _points_of_amounts(sentence: Sentence) -> Iterator[Statement]:
    """D08: an amount rises by percent, only a rate rises by percentage points."""
    for match in _CHANGE_OF_POINTS.finditer(sentence.mask):
        change = sentence.by_place[match.start("change")]
        start, _ = sentence.clause(match.start())
        head = sentence.mask[start : match.start()]
        if _AMOUNT_NOUN.search(re.sub(r"(?:较|比|与)[^，,]*$", "", head)) and not _RATE_NOUN.search(head):
            yield Statement(
                "points", "D08", EXPLAIN, sentence, change, (change,),
                f"「{head}」是数额, 增减应写百分之几, 报告写的是 {sentence.printed(change)}", f"{plain(change.value)}%",
                "请核对: 数额的增减用 %, 两个百分数之差才用百分点",
            )  # fmt: skip
        elif head and _RATE_NOUN.search(head):
            yield holds("points", sentence, change)
