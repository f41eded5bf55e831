"""合计与其中: a total, its parts, and lists that say that they are complete."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import COUNT, MONEY, PRICE, Mention
from perfeval_xl.report.statement import Statement, alike, holds, said, shown, subsets, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from perfeval_xl.report.sentence import Sentence

_AMOUNTS = MONEY + COUNT + PRICE
_MARKER = re.compile(r"其中|包括|包含|分别为|分别是|一是|(?<=由)(?=[^，。；]{2,12}[MCU][^。；]{0,40}(?:组成|构成))")
_COMPLETE = re.compile(r"(?:合计|共计|总计|两项合计|三项合计|合计共)(?P<noun>[^，,；;。：:（）MPDCOSURNX]{0,6})(?P<total>[MCU])")
_BRACKET = re.compile(r"(?P<total>[MCU])（(?!其中|包括|包含|含|较|比|上年)")
_CLOSED = (("基本支出", "项目支出"), ("年初预算", "追加"))
_NOT_A_PART = re.compile(r"较|比|增加|减少|增长|下降|占|超|低于|高于|完成[^，]{0,12}预算|上年|去年|人均|户均|每|平均|预算(?:数|安排)?$|目标|指标")
_MAY_BE_NEGATIVE = re.compile(r"结余|差额|净|盈余|余额|赤字")
_SPENT = re.compile(r"支出|支付|使用|列支")
_CARRIED_OVER = re.compile(r"上年(?=结转|结余)")
_PAIRS = (("基本支出", "项目支出"), ("人员", "公用"), ("个人缴费", "财政补助"), ("定量", "定性"))
_NEAR = 0.1
_LIST_GAP = re.compile(r"^[，,、和及]{1,2}[^，,、；;。：:MPDCOSURNX]{1,10}$")
_VERBS = re.compile(r"支出|收回|结余|收入|支付|资金|预算|到位|拨付|均|大于|小于|高于|低于|不足|共|完成|查处|追回|签订|受理|许可|检查|办理|回访|开展|召开|组织|发放|推送|认定|下降|增加|实现|处理|较|比|占|达")


def sums(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Totals with their parts; an incomplete list is no error unless the sentence says that it is complete."""
    for match in _MARKER.finditer(sentence.mask):
        yield from _listed(sentence, before, match)
    for match in _COMPLETE.finditer(sentence.mask):
        yield from _added(sentence, match)
    for match in _BRACKET.finditer(sentence.mask):
        whole = sentence.by_place[match.start("total")]
        parts = sentence.of(_AMOUNTS, match.end(), _region_end(sentence, match.end()))
        is_balance = _MAY_BE_NEGATIVE.search(sentence.name(whole)) and any(_SPENT.search(sentence.name(m)) for m in parts)
        if len(parts) > 1 and all(alike(m, whole) for m in parts) and not whole.hedged and not is_balance:
            yield from _judged(sentence, whole, (match.end(), _region_end(sentence, match.end())), "（")
    yield from _pairs(sentence)
    yield from _by_place(sentence)


def _listed(sentence: Sentence, before: Sentence | None, match: re.Match[str]) -> Iterator[Statement]:
    start, end = match.end(), _region_end(sentence, match.start())
    whole = _whole(sentence, before, match.start(), start, end)
    if whole is not None and not whole.hedged:
        yield from _judged(sentence, whole, (start, end), match[0])


def _judged(sentence: Sentence, whole: Mention, region: tuple[int, int], marker: str) -> Iterator[Statement]:
    start, end = region
    segment_end = min(end, sentence.segment(start)[1])
    parts = _parts(sentence, start, end, whole)
    near = [m for m in parts if m.at < segment_end]
    if not parts:
        return
    if any(total(chosen).meets(whole.interval) for chosen in subsets(parts)):
        yield holds("sum", sentence, whole if _is_in(whole, sentence) else parts[-1])
        return
    listed = near if len(near) > 1 else parts
    level = _level(sentence, listed, whole, marker)
    if listed is parts and level and marker != "一是" and not _is_close(parts, whole):
        level = ""      # what stands behind a semicolon may be another matter
    if level:
        yield _wrong(sentence, listed, whole, level)


def _region_end(sentence: Sentence, start: int) -> int:
    """The closing bracket where the list stands in brackets, else the next list or the end of the sentence."""
    depth = sentence.mask[:start].count("（") - sentence.mask[:start].count("）")
    level = depth
    for place in range(start, len(sentence.mask)):
        level += {"（": 1, "）": -1}.get(sentence.mask[place], 0)
        if level < depth:
            return place
    following = re.compile("其中").search(sentence.mask, start + 2)
    return following.start() if following and depth <= 0 else len(sentence.mask)


def _whole(sentence: Sentence, before: Sentence | None, marker: int, start: int, end: int) -> Mention | None:
    listed = sentence.of(_AMOUNTS, start, end)
    ahead = [m for m in sentence.of(_AMOUNTS, 0, marker) if _depth(sentence, m.at, marker) == 0]
    if ahead:
        found = ahead[-1]
        gap = sentence.mask[found.at + 1 : marker]
        return found if any(alike(found, m) for m in listed) and len(gap) <= 40 and "。" not in gap else None
    if before is not None and not sentence.mask[:marker].strip("，,") and sentence.mask.startswith("其中"):
        amounts = before.of(_AMOUNTS)
        return amounts[0] if len(amounts) == 1 and any(alike(amounts[0], m) for m in listed) else None
    return None


def _depth(sentence: Sentence, start: int, end: int) -> int:
    """How many brackets that are open at ``start`` have closed before ``end``."""
    level, lowest = 0, 0
    for mark in sentence.mask[start:end]:
        level += {"（": 1, "）": -1}.get(mark, 0)
        lowest = min(lowest, level)
    return lowest


def _parts(sentence: Sentence, start: int, end: int, whole: Mention) -> list[Mention]:
    found: list[tuple[str, Mention]] = []
    level = 0
    is_cumulative = "累计" in (sentence.name(whole) if _is_in(whole, sentence) else "")
    for place in range(start, end):
        level += {"（": 1, "）": -1}.get(sentence.mask[place], 0)
        mention = sentence.by_place.get(place)
        if mention is None or level > 0 or mention.sign or not alike(mention, whole):
            continue
        name = sentence.name(mention)
        if not _NOT_A_PART.search(name) and not ("累计" in name and not is_cumulative) and not _is_progress(name, found):
            found.append((name[-(place - start):], mention))
    return [mention for _, mention in found]


def _is_progress(name: str, parts: Iterable[tuple[str, Mention]]) -> bool:
    """How much of a part is done by now: 「农村300万元，农村已发放297万元」."""
    return any(part and name.startswith((f"{part}已", f"{part}实际")) for part, _ in parts)


def _level(sentence: Sentence, parts: Sequence[Mention], whole: Mention, marker: str) -> str:
    names = [sentence.name(m) for m in parts]
    is_pair = len(parts) == 2 and any(one in names[0] and other in names[1] for one, other in _PAIRS)
    if len(parts) < 2 or any(m.hedged for m in parts):
        return ""
    summed = total(parts)
    if marker in ("分别为", "分别是"):
        gap = sentence.mask[whole.at + 1 : parts[0].at].partition("分别")[0] if _is_in(whole, sentence) else "别处"
        return ERROR if _is_total(sentence, whole) and not gap.strip("，,：:其中") else ""
    if is_pair or marker == "":
        return ERROR if marker == "" else EXPLAIN
    if summed.low > whole.interval.high and not _MAY_BE_NEGATIVE.search(sentence.name(whole)):
        return EXPLAIN
    margin = _NEAR if len(parts) == 2 else 2 * _NEAR
    return EXPLAIN if summed.high >= whole.interval.low * (1 - margin) else ""


def _is_close(parts: Sequence[Mention], whole: Mention) -> bool:
    return abs(sum(m.base for m in parts) - whole.base) <= _NEAR / 2 * whole.base


def _is_total(sentence: Sentence, whole: Mention) -> bool:
    return bool(re.search(r"共|总|合计", sentence.name(whole)))


def _added(sentence: Sentence, match: re.Match[str]) -> Iterator[Statement]:
    whole = sentence.by_place[match.start("total")]
    start, _ = sentence.segment(match.start())
    parts = [m for m in sentence.of(_AMOUNTS, start, match.start()) if alike(m, whole) and _can_be_added(sentence.name(m))]
    if len(parts) < 2 or whole.hedged or any(m.hedged for m in parts):
        return
    if any(total(chosen).meets(whole.interval) for chosen in subsets(parts, 2)):
        yield holds("sum", sentence, whole)
        return
    inside = sentence.mask[parts[0].at : match.start()]
    is_plain = not match["noun"].strip("为共") and "其中" not in inside and len(sentence.of("MPCU", parts[0].at, match.start())) == len(parts)
    level = ERROR if is_plain else EXPLAIN
    if match["noun"].strip("为共资金额") == "" and total(parts).high >= whole.interval.low * (1 - _NEAR):
        yield _wrong(sentence, parts, whole, level)


def _can_be_added(name: str) -> bool:
    return not _NOT_A_PART.search(_CARRIED_OVER.sub("", name))


def _pairs(sentence: Sentence) -> Iterator[Statement]:
    """Two amounts that make up the one before them, though no 其中 says so: 基本支出 and 项目支出, 年初预算 and 追加."""
    amounts = [m for m in sentence.of(MONEY) if sentence.mask[: m.at].count("（") == sentence.mask[: m.at].count("）")]
    for place, first in enumerate(amounts[1:-1], start=1):
        whole, second = amounts[place - 1], amounts[place + 1]
        names = sentence.name(first), sentence.name(second)
        is_whole = _is_total(sentence, whole) and "其中" not in sentence.mask[whole.at : second.at].split("（")[0]
        if is_whole and any(one in names[0] and other in names[1] for one, other in _CLOSED) and not any(m.hedged for m in (whole, first, second)):
            fits = total((first, second)).meets(whole.interval)
            yield holds("sum", sentence, whole) if fits else _wrong(sentence, (first, second), whole, EXPLAIN)


def _by_place(sentence: Sentence) -> Iterator[Statement]:
    """A total and at least three short names with numbers behind it: 31家, 甲县7家, 乙县9家, 丙县15家."""
    mentions = sentence.of(_AMOUNTS)
    for number, whole in enumerate(mentions):
        parts: list[Mention] = []
        for previous, mention in zip(mentions[number:], mentions[number + 1 :], strict=False):
            gap = sentence.mask[previous.at + 1 : mention.at]
            if mention.unit != whole.unit or not _LIST_GAP.match(gap) or _VERBS.search(gap) or _NOT_A_PART.search(gap):
                break
            parts.append(mention)
        if len(parts) < 3 or whole.hedged:
            continue
        if total(parts).meets(whole.interval):
            yield holds("sum", sentence, whole)
        elif max(m.base for m in parts) < whole.base and abs(sum(m.base for m in parts) - whole.base) <= 2 * _NEAR * whole.base:
            yield _wrong(sentence, parts, whole, EXPLAIN)
        return


def _wrong(sentence: Sentence, parts: Sequence[Mention], whole: Mention, level: str) -> Statement:
    right = said(sum(m.base for m in parts), whole)
    is_here = _is_in(whole, sentence)
    return Statement(
        "sum", "E09", level, sentence, whole if is_here else parts[-1], (whole, *parts) if is_here else tuple(parts),
        f"{shown(parts)}={right}, 合计写的是 {plain_total(whole)}", right, "请核对合计和各分项, 改正写错的一个, 或说明还有哪些没有列出",
    )  # fmt: skip


def _is_in(mention: Mention, sentence: Sentence) -> bool:
    return any(mention is own for own in sentence.mentions)


def plain_total(whole: Mention) -> str:
    return shown((whole,))
