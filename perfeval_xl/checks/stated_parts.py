"""文字里的其中: an amount of money that a text states and the parts that the same text lists behind it."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells
from perfeval_xl.core.finding import EXPLAIN, HINT
from perfeval_xl.core.number import Interval, exact_sum, plain, printed
from perfeval_xl.core.reading.quantity import quantities
from perfeval_xl.core.reading.spelling import LONGEST, spelled
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.reading.quantity import Quantity
    from perfeval_xl.core.table import Value

_MARK, _CLAUSE_ENDS, _IDLE = "其中", ",;。:", " ,:;。、("
_LONGEST_GAP = 12       # between a total and 其中: 90万元用于项目建设,其中
_MOST, _FEWEST, _FEWEST_UNPROVED = 12, 2, 3     # parts; what the reader reads of one text; without another proof that all are listed
_NEAR = 0.2             # of the total: farther off it is no slip of the pen but another list
# Amounts that are no part of the one before them, or no amounts of the money spoken of.
_OTHERS = (
    "较", "比", "增加", "减少", "增长", "下降", "占", "超", "低于", "高于", "上年", "去年", "人均", "户均", "亩均", "每", "平均", "标准", "增收", "收入", "产值",
    "效益", "带动", "节约", "节省", "目标值", "累计", "结余", "剩余", "尚有", "尚未", "未支付",
)  # fmt: skip
_ROUGH_BEFORE, _ROUGH_AFTER = ("约", "近", "超", "逾", "不足", "不少于"), ("左右", "以上", "以下", "余", "多", "上下", "以内")
_OPEN_ENDS, _OPEN_BEGINNINGS = ("等", "以及"), ("主要", "包括", "含", "部分")


class Share(Record):
    """其中一项: its words, the amount as printed, and every true amount in 元 that may stand behind it."""

    name: str
    amount: Quantity
    span: Interval


class Listed(Record):
    """一个总数和其中各项. ``is_open``: the text says itself that not all parts are listed; ``before``: amounts ahead of the total."""

    total: Share
    parts: tuple[Share, ...]
    is_open: bool
    before: tuple[Interval, ...] = ()

    @property
    def adds_up(self) -> bool:
        """All parts, or some of which the others are sub-items, make the total or an amount named just before it."""
        sums = {Interval(0.0, 0.0)}
        for part in self.parts:
            sums |= {one.plus(part.span) for one in sums}
        return any(one.meets(whole) for one in sums for whole in (self.total.span, *self.before))

    @property
    def added(self) -> float:
        """The sum of the parts in 元."""
        return exact_sum([_in_yuan(part.amount) for part in self.parts])

    @property
    def whole(self) -> float:
        """The total in 元."""
        return _in_yuan(self.total.amount)

    @property
    def is_near(self) -> bool:
        """So close to the total that the parts are meant to make it."""
        return abs(self.added - self.whole) <= _NEAR * self.whole

    def lists_the_same(self, other: Listed) -> bool:
        """Whether both list the same things in the same order."""
        return [part.name for part in self.parts] == [part.name for part in other.parts] and any(part.name for part in self.parts)

    def is_wrong(self, others: list[Listed]) -> bool:
        """Certainly: too much, or less though the same list with other amounts makes its total."""
        if self.adds_up:
            return False
        is_proved = any(other.adds_up and self.lists_the_same(other) for other in others)
        return is_proved or (self.added > self.whole and self.is_near)

    @property
    def is_doubtful(self) -> bool:
        """A little less than the total, and nothing says that there is more."""
        return not self.adds_up and not self.is_open and self.is_near and len(self.parts) >= _FEWEST_UNPROVED


def texts_add_up(texts: list[tuple[str, Value]]) -> Iterator[Mismatch]:
    """总数等于其中各项之和, in each of some texts; a list in another of them that adds up shows what is complete."""
    lists = [(item, value, one) for item, value in texts for one in listed(value.text)]
    for item, value, one in lists:
        others = [other for _, _, other in lists if other is not one]
        is_wrong = one.is_wrong(others)
        if is_wrong or one.is_doubtful:
            yield _mismatch(item, value, one, "" if is_wrong and one.added > one.whole else "或补上没有列出的分项", EXPLAIN if is_wrong else HINT)


def _mismatch(item: str, value: Value, one: Listed, more: str, level: str) -> Mismatch:
    added = _in_unit_of(one.total, one.added)
    gap = _in_unit_of(one.total, abs(one.added - one.whole))
    parts = " + ".join(plain(part.amount.value) for part in one.parts)
    fix = "请核对总数和其中各项, 改正写错的一个" + (f", {more}" if more else "")
    return Mismatch(
        value, item, f"写明总数 {_said(one.total)}, 而其中各项 {parts} 合计 {added}, 相差 {gap}", fix, _said(one.total), added, cells(value), level
    )


def _said(share: Share) -> str:
    return plain(share.amount.value) + (share.amount.unit.printed if share.amount.unit else "")


def _in_unit_of(share: Share, yuan: float) -> str:
    """An amount in 元 as it would be printed in the unit of another."""
    unit = share.amount.unit
    return plain(yuan / unit.factor, 6) + unit.printed if unit else plain(yuan, 6)


def listed(text: str) -> Iterator[Listed]:
    """文中各处「总数, 其中…」; only where the total and every part are plain amounts of money.

    >>> [(one.adds_up, one.is_doubtful) for one in listed("共支付90万元,其中:设备50万元,培训30万元,宣传费10万元。")]
    [(True, False)]
    >>> [one.is_doubtful for one in listed("共支付90.00万元,其中设备50.00万元,培训20.00万元,宣传费10.00万元")]
    [True]
    >>> list(listed("共支付90万元,其中设备约50万元,培训30万元")), list(listed("共支付90万元,其中培训30万元"))
    ([], [])
    """
    sentences = spelled(text).split("。")
    if len(text) > LONGEST:
        sentences.pop()     # cut off, perhaps in the middle of an amount
    for number, sentence in enumerate(sentences):
        if sentence.count(_MARK) != 1:
            continue
        head, _, tail = sentence.partition(_MARK)
        opening = head if head.strip(_IDLE) or not number else sentences[number - 1]
        total = _total(opening)
        parts = _parts(_region(head, tail)) if total else ()
        if total and len(parts) >= _FEWEST and all(part.span.high <= total.span.high for part in parts):
            yield Listed(total, parts, _is_open(tail, parts), _before(opening))


def _total(head: str) -> Share | None:
    """The last amount before 其中, in the clause right before it."""
    body = head.rstrip(_IDLE)
    found = quantities(body)
    if not found or len(found) >= _MOST or _MARK in head:
        return None
    amount = found[-1]
    gap = body[amount.end :]
    start = max(body.rfind(mark, 0, amount.start) for mark in _CLAUSE_ENDS) + 1
    is_last = len(gap) <= _LONGEST_GAP and not any(mark in gap for mark in _CLAUSE_ENDS)
    return _share(body[start : amount.start], amount, gap) if is_last else None


def _before(opening: str) -> tuple[Interval, ...]:
    amounts = [quantity for quantity in quantities(opening) if quantity.unit is not None and quantity.unit.dimension == "money"]
    return tuple(printed(amount.value, amount.ulp).times(amount.unit.factor if amount.unit else 1.0) for amount in amounts[:-1])


def _region(head: str, tail: str) -> str:
    """What 其中 speaks of: to the end of its bracket or sentence, without what stands in brackets of its own."""
    kept: list[str] = []
    depth, is_inside = 0, head.count("(") > head.count(")")
    for mark in tail:
        depth += (mark == "(") - (mark == ")")
        if depth < 0 and is_inside:
            break
        if depth <= 0 and mark != ")":
            kept.append(mark)
    return "".join(kept)


def _parts(region: str) -> tuple[Share, ...]:
    """Every amount of money in the region; none at all where one of them is no plain part."""
    found = quantities(region)
    amounts = [quantity for quantity in found if quantity.unit is not None and quantity.unit.dimension in ("money", "unit_price")]
    if len(found) >= _MOST:
        return ()
    ends = [0, *(amount.end for amount in amounts)]
    nexts = [*(amount.start for amount in amounts[1:]), len(region)]
    shares = [_share(region[end : amount.start], amount, region[amount.end : after]) for end, amount, after in zip(ends, amounts, nexts, strict=False)]
    parts = [share for share in shares if share is not None]
    return tuple(parts) if len(parts) == len(shares) else ()


def _share(before: str, amount: Quantity, behind: str) -> Share | None:
    unit = amount.unit
    is_plain = unit is not None and unit.dimension == "money" and not (amount.op or amount.per or unit.per or amount.signed) and amount.sure and amount.value >= 0
    is_rough = before.endswith(_ROUGH_BEFORE) or behind.startswith(_ROUGH_AFTER)
    name = before.replace("上年结转", "").replace("上年结余", "")    # money of this year, by whatever origin
    if unit is None or not is_plain or is_rough or any(word in name for word in _OTHERS):
        return None
    return Share("".join(before.split()).strip(_IDLE), amount, printed(amount.value, amount.ulp).times(unit.factor))


def _is_open(tail: str, parts: tuple[Share, ...]) -> bool:
    last = tail.rpartition(parts[-1].amount.unit.printed if parts[-1].amount.unit else "")[2]
    return last.lstrip(_IDLE).startswith(_OPEN_ENDS) or tail.lstrip(_IDLE).startswith(_OPEN_BEGINNINGS)


def _in_yuan(amount: Quantity) -> float:
    return amount.value * (amount.unit.factor if amount.unit else 1.0)
