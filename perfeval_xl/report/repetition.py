"""前后一致: the same fact stated twice with different numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.fact import REACHED, TARGET, Fact, RowFact, same_population
from perfeval_xl.report.mention import RATIO, SCORE
from perfeval_xl.report.statement import Statement, alike, holds
from perfeval_xl.report.statement_score import is_of_a_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORTEST_NAME, _SHORTEST_SUBJECT = 8, 10
_SHARED_SUBJECT = 0.7
_POINTING = re.compile(r"项目|该|此|(?<!基)本|其|各|每|某|单次|人均|户均|平均")
_MEASURE = re.compile(r"[一-鿿]{2,3}率$")
_CLOSE = 0.8
_MOST_RATES = 30
_UNIT_SLIPS = (10_000.0, 0.0001)


def repetitions(found: Sequence[Fact]) -> Iterator[Statement]:
    """E08: facts of one name, period and unit whose numbers cannot be one; the number stated less often is the one to look at."""
    stated = Counter((fact.mention.kind, fact.mention.base) for fact in found)
    groups: dict[tuple[int, str, str, int], list[Fact]] = defaultdict(list)
    for fact in found:
        if _is_comparable(fact):
            groups[fact.sentence.scope, fact.name, fact.mention.kind, fact.month % 12].append(fact)
    for group in groups.values():
        yield from _one_name(group, stated)
    yield from _same_subject(found)
    yield from _scores(found)


def _is_comparable(fact: Fact) -> bool:
    named = len(fact.core) >= 2 and len(fact.name) >= _SHORTEST_NAME and not _POINTING.search(fact.name)
    behind = fact.sentence.mask[fact.mention.at + 1 : fact.mention.at + 2]
    return fact.is_whole and named and fact.role == REACHED and not fact.mention.hedged and behind != "（" and fact.mention.kind != SCORE


def _one_name(group: Sequence[Fact], stated: Counter[tuple[str, float]]) -> Iterator[Statement]:
    years = {fact.year for fact in group if fact.year}
    for year in years or {0}:
        same = [fact for fact in group if fact.year in (year, 0) and alike(fact.mention, group[0].mention)]
        if len(same) > 1:
            yield from _values(same, stated)


def _values(same: Sequence[Fact], stated: Counter[tuple[str, float]]) -> Iterator[Statement]:
    clusters: list[list[Fact]] = []
    for fact in same:
        home = next((c for c in clusters if c[0].mention.interval.meets(fact.mention.interval)), None)
        if home is None:
            clusters.append([fact])
        else:
            home.append(fact)
    if len(clusters) == 1:
        yield holds("repetition", same[-1].sentence, same[-1].mention)
        return
    if len(clusters) > 2:
        return      # one name for many: counties, projects, months one after another
    ranked = sorted(clusters, key=lambda cluster: -stated[cluster[0].mention.kind, cluster[0].mention.base])
    for cluster in ranked[1:]:
        yield _conflict(cluster[0], ranked[0][0], len(ranked[0]))


def _conflict(odd: Fact, usual: Fact, times: int) -> Statement:
    ratio = odd.mention.base / usual.mention.base if usual.mention.base else 0.0
    is_sure = odd.year == usual.year > 0 and odd.mention.kind != RATIO and _CLOSE < ratio < 1 / _CLOSE
    is_slip = any(abs(ratio / slip - 1) < 0.01 for slip in _UNIT_SLIPS)
    where = f"第 {usual.sentence.quoted([usual.mention])[0]} 段" + (f"等 {times} 处" if times > 1 else "")
    note = ", 相差一万倍, 像是单位写错" if is_slip else ""
    return Statement(
        "repetition", "D09" if is_slip else "E08", ERROR if is_sure else EXPLAIN, odd.sentence, odd.mention, (odd.mention,),
        f"「{odd.name}」这里是 {odd.sentence.printed(odd.mention)}, {where}是 {usual.sentence.printed(usual.mention)}{note}",
        usual.sentence.printed(usual.mention), "请核对, 全文统一为一个数",
    )  # fmt: skip


def _same_subject(found: Sequence[Fact]) -> Iterator[Statement]:
    """C10: one rate of one subject, named in other words; a question, because the base may differ."""
    rates = [fact for fact in found if fact.mention.kind == RATIO and fact.role == REACHED and not fact.mention.hedged and fact.name.endswith("结余率")][:_MOST_RATES]
    for number, first in enumerate(rates):
        for second in rates[number + 1 :]:
            if first.sentence is second.sentence or first.sentence.scope != second.sentence.scope or 0 < first.year != second.year > 0:
                continue
            if not _is_one_subject(_subject(first), _subject(second)):
                continue
            if first.mention.interval.meets(second.mention.interval):
                yield holds("repetition", second.sentence, second.mention)
                continue
            yield Statement(
                "repetition", "C10", EXPLAIN, second.sentence, second.mention, (second.mention,),
                f"同一笔资金的结余率, 这里是 {second.sentence.printed(second.mention)}, "
                f"第 {first.sentence.quoted([first.mention])[0]} 段是 {first.sentence.printed(first.mention)}",
                first.sentence.printed(first.mention), "请核对, 或说明两处的口径有什么不同",
            )  # fmt: skip


def _subject(fact: Fact) -> str:
    ahead = fact.sentence.mask[: fact.mention.at]
    return re.sub(r"Y|除|[，,：:。]|(?:资金)?结余率(?:为|是)?$", "", _MEASURE.sub("", ahead))


def _is_one_subject(one: str, other: str) -> bool:
    size = _longest_shared(one, other)
    return size >= _SHORTEST_SUBJECT and size >= _SHARED_SUBJECT * min(len(one), len(other))


def _longest_shared(one: str, other: str) -> int:
    best, row = 0, [0] * (len(other) + 1)
    for mark in one:
        new = [0]
        for place, second in enumerate(other):
            new.append(row[place] + 1 if mark == second else 0)
        best, row = max(best, *new), new
    return best


def _scores(found: Sequence[Fact]) -> Iterator[Statement]:
    """The total of one report stated with two numbers."""
    totals = [
        fact for fact in found
        if fact.mention.kind == SCORE and fact.sentence.scope == 0 and fact.mention.value <= 100 and not fact.mention.hedged
        and not is_of_a_group(fact.sentence, fact.mention)
        and re.search(r"(?:自评|综合|总|最终)(?:综合)?(?:得分|评分|分)(?:结果)?(?:为|是|：|:)?$", fact.sentence.name(fact.mention))
    ]  # fmt: skip
    whole = [fact for fact in totals if not re.search(r"指标|满意度|项目|单位|平均|满分", fact.sentence.name(fact.mention))]
    for fact in whole[1:]:
        if fact.mention.value == whole[0].mention.value:
            yield holds("repetition", fact.sentence, fact.mention)
        else:
            yield _conflict(fact._replace(name="自评总分"), whole[0], 1)._replace(level=EXPLAIN)


def targets_in_rows(found: Sequence[Fact], rows: Sequence[RowFact]) -> Iterator[Statement]:
    """E08: a target in the text against the same indicator's target in a table printed in the report; stated targets are exact."""
    for fact in found:
        if fact.role != TARGET or fact.mention.sign in ("", "="):
            continue
        same = [row for row in rows if row.core == fact.core and row.target_mention.kind == fact.mention.kind]
        same = [row for row in same if same_population(row.name, fact.name)]
        if not same:
            continue
        if any(row.target_mention.base == fact.mention.base for row in same):
            yield holds("repetition", fact.sentence, fact.mention)
            continue
        yield Statement(
            "repetition", "E08", EXPLAIN, fact.sentence, fact.mention, (fact.mention,),
            f"「{fact.name}」的指标值这里是 {fact.sentence.printed(fact.mention)}, 报告所附表格 (第 {same[0].paragraph.number} 段) 是 {same[0].target}",
            same[0].target, "请核对, 全文和表格统一为一个指标值",
        )  # fmt: skip


