"""文中的数: every number of running text with its unit, sign words and the interval it stands for; dates and codes apart."""

from __future__ import annotations

import re

from perfeval_xl.core.number import Interval, printed
from perfeval_xl.core.reading.unit import is_chinese, unit_at
from perfeval_xl.core.record import Record

MONEY, RATIO, POINTS, COUNT, MONTHS, SCORE, PRICE, DATE, SPAN, BARE, OTHER = "MPDCOSUYRNX"
_KINDS = {"money": MONEY, "ratio": RATIO, "pp": POINTS, "count": COUNT, "points": SCORE, "unit_price": PRICE}
_FLAT = str.maketrans("０１２３４５６７８９％．－～＋：（）；", "0123456789%.-~+：（）；") | {ord("("): "（", ord(")"): "）", ord("\\"): " ", ord("$"): " "}
_NUMBER = re.compile(r"(?<![0-9.])(?<![0-9],)(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)")
_DATE = re.compile(
    r"(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{2})\s*年度?(?P<end>[末底])?(?:\s*(?P<month>[0-9]{1,2})\s*月(?!均|度均)(?:\s*(?P<day>[0-9]{1,2})\s*[日号])?)?"
    r"|(?<!\.)(?P<bare_month>[0-9]{1,2})\s*月(?!均|度均)(?:\s*(?P<bare_day>[0-9]{1,2})\s*[日号])?)(?:份|底|末|初)?"
)
_MONTH_SPAN = re.compile(r"(?:(?:19|20)[0-9]{2}\s*年\s*)?[0-9]{1,2}\s*(?:月份?)?\s*[-~—–至到]\s*[0-9]{1,2}\s*月份?")
_CODE = re.compile(
    r"[〔\[【（]\s*(?:19|20)[0-9]{2}\s*(?:年度?)?\s*[〕\]】）](?:\s*第?\s*[0-9]+\s*号)?|第\s*[0-9]+(?:[、,，\-~至和及][0-9]+)*|[0-9]+\s*号(?:文|令)?"
    r"|(?:附件|附表|表|图|注)\s*[0-9]+|(?<![0-9.,])(?:19|20)[0-9]{2}\s*[-/.~—–至]\s*[0-9]{1,4}(?:\s*[-/.]\s*[0-9]{1,2})?(?![0-9.]*\s*(?:[万亿千百元人家户次件套台亩%]|个(?!月)))\s*(?:年度?|学年)?"
    r"|[0-9]+(?:\.[0-9]+)?(?=\s*[A-Za-z]{2})|(?<=[A-Za-z])-?[0-9]+(?:\.[0-9]+)?|[0-9]+\s*[:：]\s*[0-9]+(?:\s*[:：]\s*[0-9]+)?|[0-9]+/[0-9]+"
)
_LABEL = re.compile(r"(?:^|(?<=[：:；;。]))\s*(?:（[0-9]{1,2}）|[0-9]{1,2}[.．、）](?![0-9](?![0-9]{3}\s*年)))")
_RANGE = re.compile(r"\s*(?:[-~—–～]|至|到)\s*")
_SIGNS = (
    ("大于等于", ">="), ("小于等于", "<="), ("大于或等于", ">="), ("小于或等于", "<="), ("不低于", ">="), ("不少于", ">="), ("不高于", "<="), ("不超过", "<="),
    ("≥", ">="), ("≧", ">="), ("geq", ">="), ("≤", "<="), ("≦", "<="), ("leq", "<="), ("＞", ">"), ("＜", "<"), (">=", ">="), ("<=", "<="), (">", ">"), ("<", "<"), ("=", "="),
    ("控制在", "<="),
)  # fmt: skip
_HEDGES_BEFORE = ("约", "近", "超", "超过", "逾", "不足", "大约", "将近", "接近", "突破", "至少", "最多", "高达", "上", "每", "平均", "达到或超过", "超出")
_HEDGES_BEHIND = ("左右", "以上", "以下", "以内", "上下", "之间")
_MOST_DIGITS = 24
_MONEY_WORDS = ("预算", "资金", "经费", "收入", "支出", "金额", "安排", "追加", "拨款", "拨付", "结余", "补助")


class Mention(Record):
    """文中一个数.

    ``start``, ``end`` in the sentence's text; ``at`` its place in the mask; ``unit`` as printed; ``factor`` to the base unit (元, ratio
    1 = 100 %, 百分点, persons or pieces, months, points). ``high`` is the second number of a range. ``sign`` is >=, <=, >, < or "".
    ``hedged``: 约, 近, 余, 以上 … beside it, so that it is no exact statement. ``date``: year, month, day with 0 where not said.
    """

    kind: str
    start: int
    end: int
    value: float = 0.0
    ulp: float = 0.0
    unit: str = ""
    factor: float = 1.0
    high: float | None = None
    sign: str = ""
    hedged: bool = False
    date: tuple[int, int, int] = (0, 0, 0)
    at: int = 0

    @property
    def interval(self) -> Interval:
        """Every true value that may stand behind what is printed, in the base unit; persons, pieces and points are exact."""
        if self.high is not None:
            return Interval(self.value * self.factor, self.high * self.factor)
        exact = self.kind == SCORE or (self.kind == COUNT and self.factor == 1)
        return printed(self.value, 0.0 if exact else self.ulp).times(self.factor)

    @property
    def base(self) -> float:
        """The printed value in the base unit."""
        return float(f"{self.value * self.factor:.15g}")


def flat(text: str) -> str:
    """One spelling for digits, brackets and signs, character by character, so that places stay."""
    return text.translate(_FLAT)


def mentions(text: str) -> list[Mention]:
    """读出文中各数: ``text`` as ``flat`` gives it; list labels, document numbers and codes are left out.

    >>> [(m.kind, m.value, m.unit) for m in mentions("2023年支出 1,200.5 万元，增长8%（巴财〔2022〕2号）")]
    [('Y', 0.0, ''), ('M', 1200.5, '万元'), ('P', 8.0, '%')]
    """
    taken = _codes(text)
    found = [_dated(match) for match in _DATE.finditer(text) if not _overlaps(taken, match.start(), match.end())]
    taken += [(mention.start, mention.end) for mention in found]
    spans = [match for match in _NUMBER.finditer(text) if not _overlaps(taken, match.start(), match.end())]
    position = 0
    for match in spans:
        if match.start() >= position and len(match[0]) <= _MOST_DIGITS:
            mention = _mention(text, match, taken)
            position = mention.end
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _codes(text: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _LABEL.finditer(text)]
    for pattern in (_MONTH_SPAN, _CODE):
        found += [match.span() for match in pattern.finditer(text) if not _overlaps(found, *match.span())]
    return [span for span in found if not text[span[0] : span[1]].endswith(("月", "月份")) or not _DATE.fullmatch(text[span[0] : span[1]])]


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < last and first < end for first, last in taken)


def _dated(match: re.Match[str]) -> Mention:
    year, month, day = match["year"], match["month"] or match["bare_month"], match["day"] or match["bare_day"]
    is_end = not month and (match["end"] or match[0].endswith(("末", "底")))
    return Mention(DATE, *match.span(), date=(int(year or 0), 12 if is_end else int(month or 0), int(day or 0)))


def _mention(text: str, match: re.Match[str], taken: list[tuple[int, int]]) -> Mention:
    start, end = match.span()
    unit, behind = unit_at(text, _after_space(text, end), guess=False)
    value, ulp = _number(match[0]), _last_printed(match[0])
    if _is_negative(text, start):
        value, start = -value, start - 1
    gap = _RANGE.match(text, behind)
    second = _NUMBER.match(text, gap.end()) if gap else None
    high = None
    if second and not _overlaps(taken, *second.span()):
        other, behind_other = unit_at(text, _after_space(text, second.end()), guess=False)
        if other is not None and (unit is None or unit.dimension == other.dimension):
            high = _number(second[0]) * other.factor / (unit or other).factor
            unit, behind = unit or other, behind_other
    kind = SPAN if high is not None else _kind(text, start, unit)
    hedged = _is_hedged(text, start, behind)
    factor = unit.factor if unit else 1.0
    return Mention(kind, start, max(behind, end), value, ulp, unit.printed if unit else "", factor, high, _sign(text, start), hedged)


def _is_negative(text: str, start: int) -> bool:
    """A minus stands behind words, 结余-20万元, and not between two numbers."""
    return text[start - 1 : start] == "-" and start > 1 and is_chinese(text[start - 2]) and text[start - 2] not in "元人年月日个"


def _after_space(text: str, end: int) -> int:
    while text[end : end + 1] in (" ", "\u3000", "\xa0"):
        end += 1
    return end


def _kind(text: str, start: int, unit: object) -> str:
    dimension, name = getattr(unit, "dimension", ""), getattr(unit, "printed", "")
    if not dimension:
        return BARE
    if dimension == "none":
        return MONEY if any(word in text[max(0, start - 16) : start] for word in _MONEY_WORDS) else OTHER
    if dimension == "ratio":
        return RATIO if name in ("%", "‰", "百分比") else OTHER
    if dimension == "duration_month":
        return MONTHS if name == "个月" else OTHER
    return _KINDS.get(dimension, OTHER)


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("，", ""))


def _last_printed(number: str) -> float:
    decimals = len(number.partition(".")[2])
    return 1.0 if not decimals else 1 / 10.0**decimals


def _sign(text: str, start: int) -> str:
    ahead = text[max(0, start - 8) : start].rstrip(" ")
    return next((sign for word, sign in _SIGNS if ahead.endswith(word)), "")


def _is_hedged(text: str, start: int, end: int) -> bool:
    ahead, behind = text[max(0, start - 6) : start].rstrip(" "), text[end : end + 3].lstrip(" ")
    inside = text[start:end]
    return ahead.endswith(_HEDGES_BEFORE) or behind.startswith(_HEDGES_BEHIND) or "余" in inside or "多" in inside
