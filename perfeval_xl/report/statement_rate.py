"""完成率和占比: A … 完成预算 B 的 P, 执行率 P, 占 B 的 P; numerator and base are looked for in the same sentence."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, PRICE, Mention
from perfeval_xl.report.statement import (
    Statement,
    alike,
    exactly,
    holds,
    percent_of,
    quotient_fits,
    shown,
    slipped,
    subsets,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.sentence import Sentence

_AMOUNTS = MONEY + COUNT + PRICE
_INLINE = re.compile(
    r"(?P<verb>完成|占到?|达到?|为|是|相当于)(?P<noun>[^，,；;。：:（）、MPDCOSURNX]{0,24})(?P<base>[MCU])(?P<tail>[^，,；;。：:（）、MPDCOSURNX]{0,12})的"
    r"(?:比重|比例|比率)?(?:为|是|达到?)?(?P<rate>P)"
)
_OF_BUDGET = re.compile(
    r"(?:完成|占|达到?|为)(?P<noun>[^，,；;。：:MPDCOSURNX]{0,24}(?:预算|计划|任务|目标)[^，,；;。：:MPDCOSURNX]{0,6})的(?P<rate>P)"
)
_NAMED = re.compile(
    r"(?P<name>[^，,；;。：:（）、MPDCOSURNX]{0,24}(?:完成|执行|支付|到位|使用|支出|拨付)(?:完成|执行|支付|到位)?(?:率|进度|比例))"
    r"(?:约?为|是|达到|达|仅为|：|:)?(?P<rate>P)"
)
_SHARE = re.compile(
    r"占(?P<noun>[^，,；;。：:（）MPDCOSURNX]{0,24}?)的?(?:比重|比例|比率)?(?:为|是|达到|达|：|:)?(?P<rate>P)"
)
_BUDGET_END = re.compile(r"(?:预算|计划|任务|目标)(?:数|总额|资金|安排|金额|值|人数|指标)?(?:共计|为|共|是|了)?$")
_DONE = re.compile(r"执行|支出|支付|使用|完成|决算|开支|实际(?!下达|到位|安排)")
_PLANNED = re.compile(r"预算|安排|计划|任务|目标|下达|结转|批复|申报|总投资|资金|年初|应[收缴]|共|总额")
_COMPARING = re.compile(r"较|比|高于|低于|超|多于|少于|增加|减少|增长|下降|追加了?$|相差")
_GENERAL = re.compile(
    r"预算|资金|项目|总体?|整体|全年|年度|财政|经费|当年|本年|基金|率|进度|比例|完成|执行|支付|到位|使用|支出|拨付|该|此|其|我[市州县区省局]|Y|截至|实际|的|年|指标|任务|目标|参保|数"
)
_OF_OTHER_THINGS = re.compile(r"指标|工作|绩效|采购|计划(?!资金)|任务|建设|项目完成|目标|协议")
_DIFFERENT = "分别"
_WHOLE = 100
_FEW = 4        # numbers that may add up to a numerator or a base


def rates(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Every rate or share whose base is printed in the sentence, or stated as the target in the one before."""
    done: set[int] = set()
    for match in _INLINE.finditer(sentence.mask):
        kind = "share" if match["verb"].startswith("占") else "rate"
        if kind == "rate" and not _PLANNED.search(match["noun"] + match["tail"]) and match["verb"] != "相当于":
            continue
        done.add(match.start("rate"))
        yield from _inline(sentence, match, kind)
    for pattern, judge in ((_OF_BUDGET, _of_budget), (_NAMED, _named), (_SHARE, _share)):
        for match in pattern.finditer(sentence.mask):
            if match.start("rate") not in done:
                done.add(match.start("rate"))
                yield from judge(sentence, match, before)


def _inline(sentence: Sentence, match: re.Match[str], kind: str) -> Iterator[Statement]:
    rate, base = sentence.by_place[match.start("rate")], sentence.by_place[match.start("base")]
    parts = [m for m in _before(sentence, base, match.start()) if kind == "share" or not _is_planned(sentence, m)]
    if not parts or rate.hedged or base.hedged or parts[-1].hedged:
        return
    if any(quotient_fits(part.interval, base.interval, rate.interval) for part in parts):
        yield holds(kind, sentence, rate)
        return
    between = sentence.mask[parts[-1].at + 1 : match.start()]
    is_sure = len(between) <= 6 and _DIFFERENT not in sentence.mask and not _COMPARING.search(sentence.name(parts[-1]))
    yield _wrong(sentence, kind, rate, (parts[-1],), (base,), ERROR if is_sure else EXPLAIN)


def _before(sentence: Sentence, like: Mention, end: int) -> list[Mention]:
    start, _ = sentence.segment(max(0, end - 1))
    found = [m for m in sentence.of(_AMOUNTS, start, end) if alike(m, like)]
    return found or [m for m in sentence.of(_AMOUNTS, 0, end) if alike(m, like)]


def _of_budget(sentence: Sentence, match: re.Match[str], before: Sentence | None) -> Iterator[Statement]:
    del before
    yield from _from_roles(sentence, match, _amounts(sentence, match.start()), "rate")


def _named(sentence: Sentence, match: re.Match[str], before: Sentence | None) -> Iterator[Statement]:
    amounts = _amounts(sentence, match.start())
    counts = [m for m in amounts if m.kind == COUNT]
    if counts and before is not None and not any(m.kind == MONEY for m in amounts) and not any(_is_planned(sentence, m) for m in counts):
        targets = [m for m in before.of(COUNT) if re.search(r"年初|目标|任务|计划|设定", before.name(m)) and alike(m, counts[0])]
        yield from _counted(sentence, match, counts, targets[-1:], before)
        return
    yield from _from_roles(sentence, match, amounts, "rate")


def _amounts(sentence: Sentence, end: int) -> list[Mention]:
    start, _ = sentence.segment(max(0, end - 1))
    return sentence.of(MONEY + COUNT, start, end)


def _from_roles(sentence: Sentence, match: re.Match[str], amounts: Sequence[Mention], kind: str) -> Iterator[Statement]:
    rate = sentence.by_place[match.start("rate")]
    name = match.groupdict().get("name") or ""
    is_money = any(m.kind == MONEY for m in amounts)
    amounts = [m for m in amounts if m.kind == (MONEY if is_money else COUNT)]
    planned = [m for m in amounts if _is_planned(sentence, m, name)]
    done = [m for m in amounts if m not in planned and _is_done(sentence, m, name)]
    planned = [m for m in planned if any(alike(m, other) for other in done)]
    done = [m for m in done if any(alike(m, other) for other in planned)]
    amounts = [m for m in amounts if planned and alike(m, planned[-1])]
    if rate.hedged or not planned or not done or (name and not _is_of_these(sentence, name, done, planned, is_money)):
        return
    is_capped = rate.value == _WHOLE and any(m.base >= other.base for m in done for other in planned)
    if is_capped or _fits(amounts, planned, done, rate):
        yield holds(kind, sentence, rate)
    elif not any(m.hedged for m in (*planned, *done)):
        is_single = len(planned) == len(done) == 1 and len(amounts) == 2
        is_plain = not name or re.search(r"预算|执行|支付|支出|到位", name) or not is_money
        is_sure = is_single and is_plain and _DIFFERENT not in sentence.mask
        yield _wrong(sentence, kind, rate, done[-1:], _base(sentence, planned), ERROR if is_sure else EXPLAIN)


def _base(sentence: Sentence, planned: Sequence[Mention]) -> Sequence[Mention]:
    """The most likely base of several: carry-over and this year's money together, else the amount called the whole, else the last."""
    if any("结转" in sentence.name(m) for m in planned):
        return planned
    whole = next((m for m in planned if re.search(r"共|总|全年|调整", sentence.name(m))), planned[-1])
    return (whole,)


def _is_planned(sentence: Sentence, mention: Mention, rate: str = "") -> bool:
    name = sentence.name(mention)
    if _COMPARING.match(name):
        return False
    called = _BUDGET_END.search(name)
    if called:
        return not re.search(r"实际|已" if "预算" in called[0] else r"实际|(?<!计划)(?<!应)完成|已", name)
    arrived = "到位" in rate and re.search(r"到位|下达|拨付", name)
    return not arrived and not _DONE.search(name) and bool(_PLANNED.search(name))


def _is_done(sentence: Sentence, mention: Mention, rate: str = "") -> bool:
    name = sentence.name(mention)
    if _COMPARING.match(name) or re.search(r"结余|剩余|结转", name):
        return False
    if "到位" in rate or "拨付" in rate:
        return bool(re.search(r"到位|下达|拨付|拨入", name))
    return bool(_DONE.search(name)) or bool(re.search(r"收入|总额|参保|人数", name))


def _is_of_these(sentence: Sentence, name: str, done: Sequence[Mention], planned: Sequence[Mention], is_money: bool) -> bool:
    """Whether the rate speaks of these amounts and not of something else named in it."""
    if is_money and _OF_OTHER_THINGS.search(name):
        return False
    names = "".join(sentence.name(m) for m in (*done, *planned))
    if any(word in name and word not in names for word in ("收入", "支出预算")):
        return False
    rest = _GENERAL.sub("", name.replace("收入", ""))
    return len(rest) < 2 or rest in names


def _fits(amounts: Sequence[Mention], planned: Sequence[Mention], done: Sequence[Mention], rate: Mention) -> bool:
    parts = [*((m,) for m in amounts if m not in planned), *subsets(done, 2, _FEW)]
    wholes = [*((m,) for m in amounts if m not in done), *subsets(planned, 2, _FEW)]
    return any(
        quotient_fits(total(part), total(whole), rate.interval) for part in parts for whole in wholes if not set(part) & set(whole)
    )


def _counted(
    sentence: Sentence, match: re.Match[str], counts: Sequence[Mention], targets: Sequence[Mention], before: Sentence
) -> Iterator[Statement]:
    rate = sentence.by_place[match.start("rate")]
    done = [m for m in counts if not _COMPARING.match(sentence.name(m)) and _is_done(sentence, m)]
    if not done or not targets or rate.hedged or any(m.hedged for m in (*done, *targets)):
        return
    if any(quotient_fits(m.interval, exactly(t), rate.interval) or (rate.value == _WHOLE and m.base >= t.base) for m in done for t in targets):
        yield holds("rate", sentence, rate)
        return
    is_sure = len(done) == 1 and _shared(sentence.name(done[0]), before.name(targets[0])) >= 4
    yield _wrong(sentence, "rate", rate, tuple(done[:1]), tuple(targets), ERROR if is_sure else EXPLAIN)


def _shared(one: str, other: str) -> int:
    """Length of the longest run of characters both hold."""
    return max((size for size in range(len(one) + 1) for at in range(len(one) - size + 1) if one[at : at + size] in other), default=0)


def _share(sentence: Sentence, match: re.Match[str], before: Sentence | None) -> Iterator[Statement]:
    rate = sentence.by_place[match.start("rate")]
    start, _ = sentence.segment(match.start())
    parts = [m for m in sentence.of(MONEY + COUNT, start, match.start()) if len(sentence.mask[m.at : match.start()]) <= 30]
    if not parts or rate.hedged or parts[-1].hedged:
        return
    part = parts[-1]
    others = [m for m in sentence.of(part.kind, 0, match.start()) if m is not part and alike(m, part)]
    earlier = [m for m in before.of(part.kind) if alike(m, part)] if before is not None else []
    pairs = [(one, whole) for one in parts for whole in (*others, *earlier) if alike(one, whole) and one is not whole]
    if any(quotient_fits(one.interval, whole.interval, rate.interval) for one, whole in pairs):
        yield holds("share", sentence, rate)
        return
    noun = match["noun"].removesuffix("的").lstrip("其全")
    wholes = [m for m in others if m.at < part.at and _is_whole(sentence.name(m), noun)]
    if not others and before is not None:
        wholes = [m for m in earlier if _is_whole(before.name(m), noun)]
    if len(wholes) == 1 and not sentence.mask[part.at + 1 : match.start()].strip("，,"):
        yield _wrong(sentence, "share", rate, (part,), tuple(wholes), EXPLAIN)


def _is_whole(name: str, noun: str) -> bool:
    bare = re.sub(r"总额|总量|总数|合计数?|总|的|比$|数$|基金", "", noun)
    return (len(bare) >= 2 and bare in name) or (not bare and bool(re.search(r"总|共|合计", name)))


def _wrong(
    sentence: Sentence, kind: str, rate: Mention, parts: Sequence[Mention], wholes: Sequence[Mention], level: str
) -> Statement:
    part, whole = sum(m.base for m in parts), sum(m.base for m in wholes)
    right = percent_of(part, whole)
    slip = slipped(part / whole if whole else 0.0, rate)
    is_unit = bool(slip) and slip in (10_000.0, 0.0001)
    calculated = f"{_bracketed(parts)}÷{_bracketed(wholes)}={right}"
    note = ", 相差一万倍, 像是万元与元、亿元弄混" if is_unit else ""
    involved = tuple(m for m in (*parts, *wholes, rate) if any(m is own for own in sentence.mentions))
    return Statement(
        kind, "D09" if is_unit else "E09", level, sentence, rate, involved,
        f"{calculated}, 报告写的是 {sentence.printed(rate)}{note}", right, "请核对金额、基数和百分数, 改正写错的一个",
    )  # fmt: skip


def _bracketed(mentions: Sequence[Mention]) -> str:
    return shown(mentions) if len(mentions) == 1 else f"({shown(mentions)})"
