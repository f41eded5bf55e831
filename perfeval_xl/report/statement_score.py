"""得分: 得分率, points lost and kept, points of groups against their items, the total against both."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.mention import RATIO, SCORE, Mention
from perfeval_xl.report.statement import Statement, holds, percent_of, quotient_fits, shown, subsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.sentence import Sentence

_WEIGHT = re.compile(r"满分|分值|权重|标准分")
_LOST = re.compile(r"扣(?:减|除)?(?:了|分|分值|去)?(?:为|：|:)?$|扣分(?:为|：|:)?$")
_KEPT = re.compile(r"(?:得分?|实得|得分情况)(?:为|是|：|:)?$")
_TOTAL = re.compile(r"(?:自评|评价|总|综合|最终|总体)[^，,；;。：:]{0,8}(?:得|评)?分(?:结果)?(?:为|是|：|:|共|共计)?$")
_RATE = re.compile(r"得分率(?:为|是|达到?|：|:)?$")
_GROUP = re.compile(r"(?P<name>[^，,；;。：:（）MPDCOSURNX]{0,30})(?:（)?(?:(?:满分|权重|分值)(?:为|是|：|:)?|(?<=指标))(?P<weight>S)[，,、]?(?:自评|实际|评价)?(?:实得|得分?)(?:为|是|：|:)?(?P<score>S)")
_STYLES = (r"[一二三四五六七八九十]+\s*[、.．]", r"（[一二三四五六七八九十]+）", r"[0-9]{1,2}\s*[.．、]", r"（[0-9]{1,2}）|\([0-9]{1,2}\)", r"[①-⑳]")
_RESIDUE = re.compile(r"^\s*\[[A-Za-z]+:[^\]]*\]\s*")


class Group(Record):
    """一组: its name, weight and points, and the style of its number in the outline (-1 without one)."""

    sentence: Sentence
    name: str
    weight: Mention
    score: Mention
    style: int


def score_rates(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """得分率 against 满分 and 得分, points above the weight, and points lost plus kept against the weight."""
    del before
    for match in _GROUP.finditer(sentence.mask):
        weight, score = sentence.by_place[match.start("weight")], sentence.by_place[match.start("score")]
        if score.value > weight.value and "加分" not in sentence.mask:
            yield Statement(
                "score", "B04", ERROR, sentence, score, (weight, score), f"得分 {plain(score.value)} 超过满分 {plain(weight.value)}",
                f"不超过 {plain(weight.value)}", "请核对满分和得分",
            )  # fmt: skip
            continue
        yield from _rate(sentence, weight, score)
    yield from _lost_and_kept(sentence)


def _rate(sentence: Sentence, weight: Mention, score: Mention) -> Iterator[Statement]:
    following = [m for m in sentence.of(RATIO + SCORE, score.at + 1) if m.kind == SCORE or _RATE.search(sentence.name(m))]
    rate = following[0] if following and following[0].kind == RATIO else None
    if rate is None or rate.hedged:
        return
    if quotient_fits(score.interval, weight.interval, rate.interval):
        yield holds("score rate", sentence, rate)
        return
    right = percent_of(score.value, weight.value)
    yield Statement(
        "score rate", "B14", EXPLAIN, sentence, rate, (weight, score, rate),
        f"{shown((score,))}÷{shown((weight,))}={right}, 报告写的是 {sentence.printed(rate)}", right, "请核对满分、得分和得分率",
    )  # fmt: skip


def _lost_and_kept(sentence: Sentence) -> Iterator[Statement]:
    points = sentence.of(SCORE)
    weights = [m for m in points if _WEIGHT.search(sentence.name(m))]
    lost = [m for m in points if _LOST.search(sentence.name(m))]
    kept = [m for m in points if m not in lost and _KEPT.search(sentence.name(m))]
    if len(weights) != 1 or len(lost) != 1 or len(kept) != 1:
        return
    weight, minus, score = weights[0], lost[0], kept[0]
    if exact_sum([minus.value, score.value]) == weight.value:
        yield holds("points lost", sentence, minus)
        return
    right = plain(exact_sum([weight.value, -minus.value]))
    yield Statement(
        "points lost", "B16", ERROR, sentence, score, (weight, minus, score),
        f"{plain(weight.value)}-{plain(minus.value)}={right}, 得分写的是 {plain(score.value)} 分", f"{right}分", "请核对满分、扣分和得分",
    )  # fmt: skip


def stated_total(items: Sequence[Sentence]) -> tuple[Sentence, Mention] | None:
    """自评总分 as the text states it first; None where it is not stated, or differs between places of one report."""
    found = [
        (sentence, mention)
        for sentence in items
        for mention in sentence.of(SCORE)
        if _TOTAL.search(sentence.name(mention)) and not mention.hedged and not is_of_a_group(sentence, mention)
    ]
    overall = [(s, m) for s, m in found if m.value <= 100 and "扣" not in s.name(m) and not re.search(r"指标|满意度", s.name(m))]
    return overall[0] if overall and len({m.value for _, m in overall}) == 1 else None


def is_of_a_group(sentence: Sentence, mention: Mention) -> bool:
    """The points stand behind the weight of a group: 满分 15 分, 自评得分 14 分."""
    start, _ = sentence.segment(mention.at)
    points = sentence.of(SCORE, start, mention.at + 1)
    return any(_WEIGHT.search(sentence.name(m)) for m in points[-2:]) or bool(_WEIGHT.search(sentence.name(mention)))


def points_lost(items: Sequence[Sentence]) -> Iterator[Statement]:
    """B15: the points lost that are listed beside a total, against 100 less the total."""
    stated = stated_total(items)
    if stated is None:
        return
    home, mention = stated
    lost = [(s, m) for s in items if s.paragraph == home.paragraph and s.scope == home.scope for m in s.of(SCORE) if _is_lost(s, m)]
    if not lost or any(m.hedged for _, m in lost):
        return
    summed, missing = exact_sum([m.value for _, m in lost]), exact_sum([100, -mention.value])
    if any(exact_sum([m.value for m in chosen]) == missing for chosen in subsets([m for _, m in lost])):
        yield holds("points lost", home, mention)
        return
    sentence, last = lost[-1]
    text = "+".join(plain(m.value) for _, m in lost)
    yield Statement(
        "points lost", "B15", ERROR if summed > missing else EXPLAIN, sentence, last, (last,),
        f"扣分 {text}={plain(summed)}, 而 100-{plain(mention.value)}={plain(missing)}", plain(missing), "请核对总分和各项扣分, 没有列出的扣分请补上",
    )  # fmt: skip


def _is_lost(sentence: Sentence, mention: Mention) -> bool:
    """Points really lost, not the words of a scoring rule: 每低 1 个百分点扣 0.5 分."""
    start, _ = sentence.segment(mention.at)
    ahead = sentence.mask[start : mention.at]
    return bool(_LOST.search(sentence.name(mention))) and not re.search(r"每|的扣|最多|扣完|则扣|酌情|不得分", ahead)


def groups(items: Sequence[Sentence]) -> list[Group]:
    """Every 满分 … 实得 … of the main text, in order."""
    found = []
    for sentence in items:
        for match in _GROUP.finditer(sentence.mask):
            weight, score = sentence.by_place[match.start("weight")], sentence.by_place[match.start("score")]
            found.append(Group(sentence, match["name"], weight, score, _style(sentence)))
    return found


def _style(sentence: Sentence) -> int:
    text = _RESIDUE.sub("", sentence.pieces[0][2]).strip()
    return next((number for number, pattern in enumerate(_STYLES) if re.match(pattern, text)), -1)


def group_scores(items: Sequence[Sentence]) -> Iterator[Statement]:
    """B06: a group's points against its items, and the groups' points against the total."""
    for scope in sorted({sentence.scope for sentence in items}):
        own = [sentence for sentence in items if sentence.scope == scope]
        found = groups(own)
        tops = list(_tops(found))
        correction = 0.0
        for parent, children in tops:
            statement = _group(parent, children)
            if statement is not None:
                yield statement
                if statement.level:
                    correction += parent.score.value - exact_sum([child.score.value for child in children])
        yield from _sum_of_groups(own, [parent for parent, _ in tops], correction)


def _tops(found: Sequence[Group]) -> Iterator[tuple[Group, list[Group]]]:
    """Groups of the highest level with the items below them, by the style of their numbers."""
    styled = [group.style for group in found if group.style >= 0]
    top = min(styled, default=-1)
    place = 0
    while place < len(found):
        group = found[place]
        children: list[Group] = []
        place += 1
        while place < len(found) and group.style == top and found[place].style > top >= 0:
            children.append(found[place])
            place += 1
        lowest = min((child.style for child in children), default=0)
        yield group, [child for child in children if child.style == lowest]


def _group(parent: Group, children: Sequence[Group]) -> Statement | None:
    if not children or exact_sum([child.weight.value for child in children]) != parent.weight.value:
        return None
    summed = exact_sum([child.score.value for child in children])
    if summed == parent.score.value:
        return holds("group", parent.sentence, parent.score)
    parts = "+".join(plain(child.score.value) for child in children)
    return Statement(
        "group", "B06", ERROR, parent.sentence, parent.score, (parent.weight, parent.score),
        f"各项实得 {parts}={plain(summed)} 分, 本组写的是实得 {plain(parent.score.value)} 分", f"{plain(summed)}分", "请核对本组和各项的得分",
    )  # fmt: skip


def _sum_of_groups(items: Sequence[Sentence], tops: Sequence[Group], correction: float) -> Iterator[Statement]:
    stated = stated_total(items)
    if stated is None or len(tops) < 2 or exact_sum([group.weight.value for group in tops]) != 100:
        return
    home, mention = stated
    summed = exact_sum([group.score.value for group in tops])
    if mention.value in (summed, exact_sum([summed, -correction])):
        if not correction:
            yield holds("total", home, mention)
        return
    parts = "+".join(plain(group.score.value) for group in tops)
    yield Statement(
        "total", "B06", ERROR, home, mention, (mention,), f"各组得分 {parts}={plain(summed)}, 总分写的是 {plain(mention.value)} 分",
        f"{plain(summed)}分", "请核对总分和各组得分",
    )  # fmt: skip


def item_scores(items: Sequence[Sentence]) -> Iterator[Statement]:
    """B06: paragraphs numbered 1, 2, 3 … that each give their points, against the total."""
    stated = stated_total(items)
    numbered: dict[int, list[Mention]] = {}
    runs: list[dict[int, list[Mention]]] = []
    for sentence in items:
        text = sentence.pieces[0][0].text
        label = re.match(r"\s*([0-9]{1,2})\s*[.．、](?![0-9](?![0-9]{3}\s*年))", text)
        if not label or (stated is not None and sentence.scope != stated[0].scope):
            continue
        number = int(label[1])
        if number == 1 and len(numbered) > 1:
            runs.append(numbered)
            numbered = {}
        scores = [m for m in sentence.of(SCORE) if _KEPT.search(sentence.name(m)) and not _LOST.search(sentence.name(m))]
        numbered.setdefault(number, []).extend(scores)
    for run in [*runs, numbered]:
        if stated is not None and len(run) >= 5 and list(run) == list(range(1, len(run) + 1)) and all(len(found) == 1 for found in run.values()):
            yield from _items(stated, [found[0] for found in run.values()])


def _items(stated: tuple[Sentence, Mention], scores: Sequence[Mention]) -> Iterator[Statement]:
    home, mention = stated
    summed = exact_sum([m.value for m in scores])
    if summed == mention.value:
        yield holds("total", home, mention)
        return
    parts = "+".join(plain(m.value) for m in scores)
    yield Statement(
        "total", "B06", EXPLAIN, home, mention, (mention,), f"{len(scores)} 项得分 {parts}={plain(summed)}, 总分写的是 {plain(mention.value)} 分",
        f"{plain(summed)}分", "请核对总分和各项得分; 另有预算执行率等得分的请写明",
    )  # fmt: skip
