"""自洽: whether what a ruleset says fits together; every mistake a sentence, never an exception."""

from __future__ import annotations

from itertools import pairwise

from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.items import GRADE, WEIGHT
from perfeval_xl.rulesets.periods import days_of_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from perfeval_xl.core.ruleset import Day, Rules, Sourced
    from perfeval_xl.rulesets.edition import Edition

_FULL_SCORE = 100.0


def agreement_mistakes(edition: Edition, doubtful: frozenset[str] = frozenset(), *, lists_documents: bool = True) -> Iterator[str]:
    """互相矛盾之处; dates are judged first, because sums make sense only on days that exist.

    ``doubtful``: items known to be wrong otherwise, by name or beginning of a name; what needs them all is not judged.
    """
    ruleset = edition.ruleset
    if lists_documents:
        yield from _source_mistakes(edition)
    dates = {name: tuple(_date_mistakes(name, history)) for name, history in ruleset.items.items()}
    for mistakes in dates.values():
        yield from mistakes
    doubtful |= {name for name, mistakes in dates.items() if mistakes}
    dated = ruleset._replace(items={name: history for name, history in ruleset.items.items() if not dates[name]})
    rules = [dated.on(day) for day in days_of_change(dated)] if dated.items else []
    if dated.items and not rules and not doubtful:
        yield "没有一天所有规定同时有效; 请核对各项的 from 和 to"
    for beginning, mistakes_on in ((WEIGHT, _weight_mistakes), (GRADE, _grade_mistakes), ("band.", _band_mistakes)):
        if not any(name.startswith(beginning) or beginning.startswith(name) for name in doubtful):
            yield from _on_first_day(mistakes_on, rules)


def _on_first_day(mistakes_on: Callable[[Rules], Iterator[str]], days: Iterable[Rules]) -> list[str]:
    """A mistake that lasts for years is told once, on its first day."""
    return next((found for rules in days if (found := [*mistakes_on(rules)])), [])


def _source_mistakes(edition: Edition) -> Iterator[str]:
    numbers = [document.number for document in edition.documents]
    for name, history in edition.ruleset.items.items():
        for sourced in history:
            if sourced.document not in numbers:
                listed = f", 或改成 {'、'.join(numbers)}" if numbers else ""
                yield f"「{name}」引用的「{sourced.document}」没有列出; 请补一段 [[document]]{listed}"


def _date_mistakes(name: str, history: tuple[Sourced, ...]) -> Iterator[str]:
    for sourced in history:
        if sourced.until is not None and sourced.until <= sourced.since:
            yield f"「{name}」的 to 早于 from ({_text(sourced.since)}); to 是最后有效的一天"
    for earlier, later in pairwise(history):
        if earlier.until is None or earlier.until > later.since:
            yield f"「{name}」在 {_text(later.since)} 有两个值; 请把前一个值的 to 写成这一天的前一天"
        elif earlier.until < later.since:
            yield f"「{name}」从 {_text(earlier.until)} 起没有值, 到 {_text(later.since)} 才有; 请让前后两个值的日期相接"


def _weight_mistakes(rules: Rules) -> Iterator[str]:
    weights, complete = rules.weights, rules.ruleset.complete
    total = exact_sum([*weights.values()])
    if complete and not weights:
        yield f"没有规定分值; 请写 {WEIGHT}output 等各类分值, 或写 complete = false"
    elif total > _FULL_SCORE or (complete and total != _FULL_SCORE):
        names = "、".join(WEIGHT + name for name in weights)
        yield f"各类分值从 {_text(rules.day)} 起合计 {plain(total)}, 应为 100; 请改 {names}"


def _grade_mistakes(rules: Rules) -> Iterator[str]:
    bounds = [least for least, _ in rules.grades]
    for least in dict.fromkeys(bounds):
        if bounds.count(least) > 1:
            words = "、".join(word for bound, word in rules.grades if bound == least)
            yield f"等级 {words} 从 {_text(rules.day)} 起下限都是 {plain(least)}; 请写不同的下限"
    if bounds and bounds[-1] != 0:
        yield f"低于 {plain(bounds[-1])} 分从 {_text(rules.day)} 起没有等级; 请写一个下限为 0 的 {GRADE}…"


def _band_mistakes(rules: Rules) -> Iterator[str]:
    met, partial = (rules.values.get(name) for name in ("band.met", "band.partial"))
    if met and partial and float(met.value) <= float(partial.value):
        yield f"band.partial 从 {_text(rules.day)} 起不低于 band.met; 部分达成的下限应低于达成的下限"


def _text(day: Day) -> str:
    return "{:04d}-{:02d}-{:02d}".format(*day)
