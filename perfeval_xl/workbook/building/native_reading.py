"""内置公式读数: what a target or actual cell says, taken apart by functions of Excel 2010.

Understood is ``[sign] number [unit]``, ``number [unit] 以上 | 以下 | 以内`` and ``number [unit] - number [unit]``, and
nothing else: signs ≥ ≤ > < = or their words (``SIGN_WORDS``), units in ``UNITS``, one and the same in a range,
numbers with at most nine decimals and well-placed thousands commas. Every other text, such as 「参保率达到95%」, stays
unread and its row blank: a fallback must never guess where Python reads more.
"""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.reading.doubt import RATE_WORDS
from perfeval_xl.core.reading.unit import unit_of
from perfeval_xl.core.record import Record

LONGEST = 25
MOST_DECIMALS = 9
UNITS = (
    "%", "‰", "元", "千元", "万元", "百万元", "亿元", "人", "万人", "人次", "万人次", "户", "万户", "个", "家", "件", "次", "项", "份",
    "名", "位", "所", "台", "套", "条", "只", "辆", "期", "场", "篇", "万件", "万份", "天", "工作日", "个工作日", "个月", "小时", "分钟",
    "分", "亩", "公里", "米", "平方米", "吨", "倍",
)  # fmt: skip
SIGN_WORDS = (
    ("大于或等于", "≥"), ("大于等于", "≥"), ("小于或等于", "≤"), ("小于等于", "≤"), ("不得低于", "≥"), ("不得少于", "≥"), ("不得超过", "≤"),
    ("不得高于", "≤"), ("不低于", "≥"), ("不少于", "≥"), ("不小于", "≥"), ("不超过", "≤"), ("不高于", "≤"), ("不大于", "≤"), ("不多于", "≤"),
    ("至少", "≥"), ("最少", "≥"), ("至多", "≤"), ("最多", "≤"), ("高于", ">"), ("大于", ">"), ("多于", ">"), ("超过", ">"), ("低于", "<"),
    ("小于", "<"), ("少于", "<"),
)  # fmt: skip
RATIO_KIND = 1
UNKNOWN_KIND = -1

ALIKE_CHARACTERS = (
    ("\u3000", " "), ("\u00a0", " "), ("，", ","), ("％", "%"), ("＞", ">"), ("＜", "<"), ("＝", "="), ("．", "."), ("－", "-"), ("—", "-"),
    ("–", "-"), ("−", "-"), ("～", "~"), ("〜", "~"), ("≧", "≥"), ("≦", "≤"), ("⩾", "≥"), ("⩽", "≤"), (">=", "≥"), ("=>", "≥"), ("<=", "≤"),
    ("=<", "≤"), ("≥=", "≥"), ("≤=", "≤"), *((chr(0xFF10 + digit), str(digit)) for digit in range(10)),
)  # fmt: skip
ALIKE_WORDS = (
    ("（含）", ""), ("(含)", ""), ("及以上", "以上"), ("及以下", "以下"), *SIGN_WORDS, ("至", "~"), ("到", "~"),
)  # fmt: skip
_SIGNS = '{"≥","≤",">","<","="}'
_DIGITS = "0123456789"
_UNREAD = '"?"'
_AS_TEXT = '&""'


class Side(Record):
    """读出的一格, by the cells that hold its parts.

    ``number`` and ``second`` hold a number or "", ``unit`` the one unit of both, ``place`` where it stands in ``UNITS``.
    """

    text: str
    words: str
    sign: str
    body: str
    first: str
    last: str
    first_unit: str
    last_unit: str
    first_digits: str
    last_digits: str
    number: str
    second: str
    unit: str
    place: str
    kind: str
    factor: str


def reading_formulas(source: str, at: Side, target_of: str = "") -> dict[str, str]:
    """读数公式 by the fields of ``Side``, for the cell ``source``; ``target_of``: where a target's indicator is named."""
    return {
        "text": f"TRIM({_replaced(source + _AS_TEXT, ALIKE_CHARACTERS)})",
        "words": _words(at.text),
        "sign": _sign(at.words),
        "body": _body(at),
        "first": f'LEFT({at.body},FIND("~",{at.body}&"~")-1)',
        "last": f'MID({at.body},FIND("~",{at.body}&"~")+1,{LONGEST})',
        "first_unit": _without_number(at.first),
        "last_unit": _without_number(at.last),
        "first_digits": f"LEFT({at.first},LEN({at.first})-LEN({at.first_unit}))",
        "last_digits": f"LEFT({at.last},LEN({at.last})-LEN({at.last_unit}))",
        "number": _number(at.first, at.first_digits, at.first_unit),
        "second": _number(at.last, at.last_digits, at.last_unit),
        "unit": _unit(at),
        "place": _place(at),
        "kind": _kind(at, target_of),
        "factor": _factor(at, target_of),
    }


def largest(at: Side) -> str:
    """The larger number in size of a value or range, as printed."""
    return f'MAX(ABS({at.number}),IF({at.second}="",0,ABS({at.second})))'


def holds(cell: str, words: tuple[str, ...]) -> str:
    """Whether a cell's text holds one of the words."""
    listed = ",".join(f'"{word}"' for word in words)
    return f"COUNT(FIND({{{listed}}},{cell}))>0"


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _words(text: str) -> str:
    """Signs for words, no spaces; a space between two digits, or a long text, makes it unread."""
    places = range(1, LONGEST - 1)
    one, two, three = ("{" + ",".join(str(place + shift) for place in places) + "}" for shift in range(3))
    digit = f'ISNUMBER(FIND(MID({text},{{}},1),"{_DIGITS}.,"))'
    parted = f'SUMPRODUCT({digit.format(one)}*(MID({text},{two},1)=" ")*{digit.format(three)})'
    ended = f'IF(RIGHT({text},1)="。",LEFT({text},LEN({text})-1),{text})'
    return f"IF(LEN({text})>{LONGEST},{_UNREAD},IF({parted}>0,{_UNREAD},{_replaced(ended, ((' ', ''), *ALIKE_WORDS))}))"


def _leads(words: str) -> str:
    return f"COUNT(FIND({_SIGNS},LEFT({words},1)))>0"


def _sign(words: str) -> str:
    tail = f"RIGHT({words},2)"
    return f'IF({_leads(words)},LEFT({words},1),IF({tail}="以上","≥",IF(OR({tail}="以下",{tail}="以内"),"≤","")))'


def _body(at: Side) -> str:
    """Number and unit without the sign, "~" between the ends of a range; a minus only at the very start."""
    start = f"IF({_leads(at.words)},2,1)"
    length = f'IF({_leads(at.words)},{LONGEST},LEN({at.words})-IF({at.sign}="",0,2))'
    return f'MID({at.words},{start},1)&SUBSTITUTE(MID({at.words},{start}+1,MAX(0,{length}-1)),"-","~")'


def _without_number(part: str) -> str:
    return _replaced(part, tuple((mark, "") for mark in f"{_DIGITS}.,-"))


def _number(part: str, digits: str, unit: str) -> str:
    """The number in front of ``unit``: no leading zeros, commas only between thousands, one to nine decimals behind a point."""
    value = f'VALUE(SUBSTITUTE({digits},",",""))'
    whole = f'SUBSTITUTE(LEFT({digits},FIND(".",{digits}&".")-1),"-","")'
    decimals = f'MID({digits},FIND(".",{digits}&"."),{LONGEST})'
    size = f"INT(ABS({value}))"
    is_well_written = (
        f'AND({digits}&{unit}={part},OR({whole}=TEXT({size},"0"),{whole}=TEXT({size},"#,##0")),'
        f'ISERROR(FIND(",",{decimals})),{decimals}<>".",LEN({decimals})<={MOST_DECIMALS}+1)'
    )
    return f'IFERROR(IF({is_well_written},{value},""),"")'


def _unit(at: Side) -> str:
    """The one unit of both ends of a range; without any the empty text."""
    return f'IF({at.last_unit}="",{at.first_unit},IF(OR({at.first_unit}="",{at.first_unit}={at.last_unit}),{at.last_unit},{_UNREAD}))'


def _place(at: Side) -> str:
    """Where the unit stands in ``UNITS``, from 1; 0 for none and for an unknown one. EXACT, for no text is a pattern to it."""
    listed = ",".join(f'"{name}"' for name in UNITS)
    places = ",".join(str(place) for place in range(1, len(UNITS) + 1))
    return f"SUMPRODUCT(EXACT({at.unit},{{{listed}}})*{{{places}}})"


@cache
def _kinds() -> str:
    """The dimension of each of ``UNITS`` as a number; ratios have the first."""
    dimensions = [unit.dimension for unit in map(unit_of, UNITS) if unit]
    numbers = {dimension: number for number, dimension in enumerate(dict.fromkeys(dimensions), RATIO_KIND)}
    return ",".join(str(numbers[dimension]) for dimension in dimensions)


@cache
def _factors() -> str:
    return ",".join(f"{unit.factor:.15G}" for unit in map(unit_of, UNITS) if unit)


def _kind(at: Side, target_of: str) -> str:
    """What is measured: the number of a dimension, 0 without a unit, -1 where the text is unread."""
    kind = f'IF({at.place}>0,INDEX({{{_kinds()}}},{at.place}),IF({at.unit}="",0,{UNKNOWN_KIND}))'
    if target_of:
        kind = f"IF({_is_share(at, target_of)},{RATIO_KIND},{kind})"
    is_read = f"AND({_is_whole(at)},NOT({_may_be_otherwise(at)}))"
    return f"IF(ISNUMBER({at.number}),IF({is_read},{kind},{UNKNOWN_KIND}),{UNKNOWN_KIND})"


def _factor(at: Side, target_of: str) -> str:
    """The unit's factor to its base; 0 without a unit."""
    factor = f"IF({at.place}>0,INDEX({{{_factors()}}},{at.place}),0)"
    return f"IF({_is_share(at, target_of)},1,{factor})" if target_of else factor


def _is_whole(at: Side) -> str:
    """No range with a sign, an end missing or a third number."""
    marks = f'LEN({at.body})-LEN(SUBSTITUTE({at.body},"~",""))'
    return f'IF({at.last}="",{marks}=0,AND(ISNUMBER({at.second}),{marks}=1,{at.sign}=""))'


def _is_share(at: Side, name: str) -> str:
    """A bare 0.95 as target of a rate is what a percent format leaves in a copied cell."""
    bare = f'{at.sign}="",{at.last}="",{at.first_unit}=""'
    may_be_a_rate = f'OR({name}="",{holds(name, RATE_WORDS)})'
    return f"IF(AND({bare},ISNUMBER({at.number})),AND({at.number}<>0,ABS({at.number})<=1,{may_be_a_rate}),FALSE)"


def _may_be_otherwise(at: Side) -> str:
    """A bare number that may be a date or a code; ≤0 without a unit, perhaps a rate of change; 不低于-5, perhaps a hyphen."""
    bare = f'AND({at.first_unit}="",{at.last_unit}="")'
    year = f'AND({at.last}<>"",{at.first_unit}="",ABS({at.number})>=1900,ABS({at.number})<2100)'
    day = f'AND({at.last}="",{at.number}>=19000000,{at.number}<21000000)'
    change = f'AND({at.number}=0,OR({at.sign}="≤",{at.sign}="<"))'
    hyphen = f'AND(LEFT({at.body},1)="-",{at.sign}<>"",NOT({_leads(at.text)}))'
    return f"OR({year},{hyphen},AND({bare},OR({day},ABS({at.number})>=1E+10,{change})))"
