"""预算调整: what the text says was added to the opening budget or cut from it, against the year's budget it states."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import MONEY
from perfeval_xl.report.statement import Statement, holds, said, shown, subsets, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.fact import Fact
    from perfeval_xl.report.mention import Mention

INITIAL, FULL = re.compile(r"^年初(?:部门)?预算(?:安排|数)?$"), re.compile(r"^(?:全年|调整后)(?:部门)?预算(?:安排|数)?$")
_ADDED, _CUT = re.compile(r"(?P<word>追加|调增)(?:了)?(?:预算|资金)?$"), re.compile(r"(?P<word>调减)(?:了)?(?:预算|资金)?$")


def additions(found: Sequence[Fact]) -> Iterator[Statement]:
    """C08: what was added and what was cut against the year's budget less the opening one, where the text states each once."""
    for scope in sorted({fact.sentence.scope for fact in found}):
        own = [fact for fact in found if fact.sentence.scope == scope and fact.mention.kind == MONEY]
        initial = {fact.mention.base: fact.mention for fact in own if INITIAL.search(tail(fact))}
        full = {fact.mention.base: fact.mention for fact in own if FULL.search(tail(fact))}
        moved = [(fact, match["word"]) for fact in own if (match := _way(fact))]
        if len(initial) == len(full) == 1 and moved:
            yield _judged(next(iter(initial.values())), next(iter(full.values())), moved)


def _way(fact: Fact) -> re.Match[str] | None:
    name = fact.sentence.name(fact.mention)
    return _ADDED.search(name) or _CUT.search(name)


def _judged(initial: Mention, full: Mention, moved: Sequence[tuple[Fact, str]]) -> Statement:
    added = [fact.mention for fact, word in moved if word != "调减"]
    cut = [fact.mention for fact, word in moved if word == "调减"]
    change = full.interval.minus(initial.interval)
    fact, word = moved[-1]
    ways = ((more, less) for more in ((), *subsets(added)) for less in ((), *subsets(cut)) if more or less)
    if any(total(more).minus(total(less)).meets(change) for more, less in ways):
        return holds("addition", fact.sentence, fact.mention)
    one, other = (initial, full) if added or full.base > initial.base else (full, initial)
    names = ("全年预算", "年初预算") if other is full else ("年初预算", "全年预算")
    right = said(other.base - one.base, fact.mention)
    stated = f"这里写的{word}是 {fact.sentence.printed(fact.mention)}" if not (added and cut) else "这里写的调增和调减合起来不是这个数"
    return Statement(
        "addition", "C08", EXPLAIN, fact.sentence, fact.mention, (fact.mention,),
        f"{names[0]} {shown((other,))}-{names[1]} {shown((one,))}={right}, {stated}", right,
        "请核对, 或说明其余的调整",
    )  # fmt: skip


def tail(fact: Fact) -> str:
    """The last words of the name: 年初部门预算安排 of 某局年初部门预算安排."""
    match = re.search(r"(?:年初|全年|调整后)(?:部门)?预算(?:安排|数)?(?:为|是)?$", fact.sentence.name(fact.mention))
    return re.sub(r"为$|是$", "", match[0]) if match else fact.name
