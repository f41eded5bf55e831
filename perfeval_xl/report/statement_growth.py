"""增减: 增加 A, 增长 P; 较上年 B 增长 P; the value, the change and the rate must go together."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, DATE, MONEY, Mention
from perfeval_xl.report.statement import Statement, alike, holds, percent_of, quotient_fits, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_UP = r"增加|增长|增收|增支|净增|上升|提高|多收|多支"
_DOWN = r"减少|下降|减收|减支|净减|降低|少收|少支|压减"
_LINK = r"(?:同比|较上年(?:同期)?|比上年(?:同期)?|较去年(?:同期)?|比去年(?:同期)?)?"
_RATE_WORD = r"(?P<way>增长率?|增幅|增加|上升|提高|增速|增长幅度|下降率?|降幅|减少|降低|减幅|下降幅度)(?:了|为|率为|达到|达|约为)?"
_CHANGE = re.compile(rf"(?P<word>{_UP}|{_DOWN})(?:了|额为?|为)?(?P<change>[MC])[，,、（]?(?P<link>{_LINK}){_RATE_WORD}(?P<rate>P)")
_CHANGE_AFTER = re.compile(rf"(?P<word>{_UP}|{_DOWN})(?:了|为)?(?P<rate>P)[，,（](?:即|净)?(?:{_UP}|{_DOWN})(?:了|额为?|为)?(?P<change>[MC])")
_FROM_BASE = re.compile(
    rf"(?P<value>[MC])[，,（]?(?:同比|较|比)(?:上年|去年|Y)[^，,；;。：:MPDCOSURNX]{{0,12}}(?P<base>[MC])的?"
    rf"(?P<word>{_UP}|{_DOWN})(?:了|为)?(?P<rate>P)"
)
_OF_YEARS = re.compile(
    rf"[MC][，,](?:同比|(?:较|比)(?:上年|去年|Y)[^，,；;。：:MPDCOSURNX]{{0,8}})?(?P<word>{_UP}|{_DOWN})(?:了|为|率为|幅度为)?(?P<rate>P)"
)
_COMPARISON = re.compile(
    r"同比|较|比|与|和|相比?|上年度?|去年|Y|同期|同口径|决算数?|年初|预算|数|其中|主要|共|，|,|（|同|年|的|全年|增长|净"
)
_PLANNED = re.compile(r"预算|计划|目标")
_DOWN_WORD = re.compile(_DOWN)


def growths(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Changes with their rate, where the value that changed is in the sentence."""
    done: set[int] = set()
    for pattern in (_CHANGE, _CHANGE_AFTER):
        for match in pattern.finditer(sentence.mask):
            if match.start("rate") not in done:
                done.add(match.start("rate"))
                yield from _changed(sentence, before, match)
    for match in _FROM_BASE.finditer(sentence.mask):
        done.add(match.start("rate"))
        value, base, rate = (sentence.by_place[match.start(name)] for name in ("value", "base", "rate"))
        yield from _from_base(sentence, value, base, rate, match["word"])
    for match in _OF_YEARS.finditer(sentence.mask):
        if match.start("rate") not in done:
            yield from _of_years(sentence, match)


def _changed(sentence: Sentence, before: Sentence | None, match: re.Match[str]) -> Iterator[Statement]:
    rate, change = sentence.by_place[match.start("rate")], sentence.by_place[match.start("change")]
    head = sentence.mask[sentence.clause(match.start())[0] : match.start()]
    base = next((m for m in sentence.of(MONEY + COUNT, match.start() - len(head), match.start()) if alike(m, change)), None)
    if rate.hedged or change.hedged or min(rate.value, change.value) < 0 or _is_other_comparison(head, match):
        return
    if _is_contradicted(match):
        yield Statement(
            "growth", "E05", ERROR, sentence, rate, (change, rate), f"前面说「{match['word']}」, 后面说「{match['way']}」, 方向相反",
            "下降" if _DOWN_WORD.match(match["word"]) else "增长", "请改正方向词, 或核对两个数",
        )  # fmt: skip
        return
    if base is not None:
        fits = quotient_fits(change.interval, base.interval, rate.interval)
        yield holds("growth", sentence, rate) if fits else _wrong(sentence, rate, change, base.base, _plain(base), (base,), ERROR)
        return
    values = [m for m in sentence.of(MONEY + COUNT, 0, match.start()) if alike(m, change) and not _is_change(sentence, m)]
    subject = _COMPARISON.sub("", head)
    if subject:
        values = [m for m in values if subject in sentence.name(m)]
    elif not values and before is not None and not sentence.mask[: match.start()].removesuffix(head):
        earlier = [m for m in before.of(MONEY + COUNT) if alike(m, change)]
        values = earlier if len(earlier) == 1 else []
    if not values:
        return
    falls = bool(_DOWN_WORD.fullmatch(match["word"]))
    if any(_fits(value, change, rate, falls) for value in values):
        yield holds("growth", sentence, rate)
        return
    near = [m for m in values if not _PLANNED.search(sentence.name(m))] or values
    value = near[-1]
    is_here = any(value is own for own in sentence.mentions)
    is_sure = is_here and len(near) == 1 and len(sentence.of(MONEY + COUNT, value.at + 1, match.start())) == 0 and not value.hedged
    sign = "+" if falls else "-"
    previous = value.base + change.base if falls else value.base - change.base
    yield _wrong(sentence, rate, change, previous, f"({_plain(value)}{sign}{_plain(change)})", (value,) if is_here else (), ERROR if is_sure else EXPLAIN)


def _is_contradicted(match: re.Match[str]) -> bool:
    """减少 A, 增长 P: right beside each other and about the same thing."""
    way = match.groupdict().get("way")
    falls = re.compile(rf"{_DOWN}|降|减")
    return bool(way) and not match["link"] and bool(falls.match(match["word"])) != bool(falls.match(str(way)))


def _is_other_comparison(head: str, match: re.Match[str]) -> bool:
    """The amount is compared with the budget, the rate with last year."""
    return bool(match.groupdict().get("link")) and bool(re.search(r"较|比", head)) and not re.search(r"上年|去年|Y|同期|同比", head)


def _is_change(sentence: Sentence, mention: Mention) -> bool:
    return bool(re.search(rf"(?:{_UP}|{_DOWN})(?:了|额为?|为)?$", sentence.name(mention)))


def _fits(value: Mention, change: Mention, rate: Mention, falls: bool) -> bool:
    previous = value.interval.plus(change.interval) if falls else value.interval.minus(change.interval)
    return quotient_fits(change.interval, previous, rate.interval)


def _of_years(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    """Two amounts of two years in the sentence, and the rate between them."""
    start, _ = sentence.segment(match.start())
    amounts = sentence.of(MONEY + COUNT, start, match.start() + 1)
    dated = [(m, dates[-1].date[0]) for m in amounts if (dates := sentence.of(DATE, sentence.clause(m.at)[0], m.at)) and dates[-1].date[0]]
    if len(amounts) != 2 or len(dated) != 2 or dated[0][1] == dated[1][1]:
        return
    (base, _), (value, _) = sorted(dated, key=lambda pair: pair[1])
    yield from _from_base(sentence, value, base, sentence.by_place[match.start("rate")], match["word"])


def _from_base(sentence: Sentence, value: Mention, base: Mention, rate: Mention, word: str) -> Iterator[Statement]:
    if not alike(value, base) or any(m.hedged for m in (value, base, rate)):
        return
    falls = bool(_DOWN_WORD.fullmatch(word))
    change = base.interval.minus(value.interval) if falls else value.interval.minus(base.interval)
    if quotient_fits(change, base.interval, rate.interval):
        yield holds("growth", sentence, rate)
        return
    difference = base.base - value.base if falls else value.base - base.base
    sign = f"({_plain(base)}-{_plain(value)})" if falls else f"({_plain(value)}-{_plain(base)})"
    right = percent_of(difference, base.base)
    yield Statement(
        "growth", "E09", ERROR, sentence, rate, (value, base, rate),
        f"{sign}÷{_plain(base)}={right}, 报告写的是 {sentence.printed(rate)}", right, "请核对两年的数和增减幅度, 改正写错的一个",
    )  # fmt: skip


def _plain(mention: Mention) -> str:
    return shown((mention,))


def _wrong(
    sentence: Sentence, rate: Mention, change: Mention, previous: float, calculation: str, more: tuple[Mention, ...], level: str
) -> Statement:
    right = percent_of(change.base, previous)
    return Statement(
        "growth", "E09", level, sentence, rate, (*more, change, rate),
        f"{_plain(change)}÷{calculation}={right}, 报告写的是 {sentence.printed(rate)}", right, "请核对增减额、上年数和增减幅度, 改正写错的一个",
    )  # fmt: skip
