"""填报值的读法: from a cell to a core Value, by what the cell means: words, points, amounts or rates."""

from __future__ import annotations

import unicodedata

from perfeval_xl.core.memory import cache, lru_cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import BLANK, ERROR, LOGICAL, NUMBER, TEXT, Value
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.grid import Cell, ErrorValue
from perfeval_xl.workbook.reading.number_format import decimals_shown, display, is_date

if TYPE_CHECKING:
    import re

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

MONEY = {"元": 1.0, "万元": 1e4, "万": 1e4, "亿元": 1e8, "亿": 1e8}
_LONGEST_NUMBER = 40
_LONGEST_LABEL = 60
_BEYOND_MEANING = 1e30  # a key that stuck: no amount and no count
_PLAIN = ("General", "@")   # formats that show a text as it is
_COUNT_WORDS = frozenset("个月人次家天日年项件户")     # 10个月 is no amount, no share and no score
_INSIDE_RANGES = frozenset("-~—–至")
_ENDINGS = ("%", "分", "亿元", "万元", "元", "亿", "万")
_BEFORE_DIGITS = "+-−－＋¥￥ "
_new = tuple.__new__    # a form has hundreds of values: their own constructor would take a fifth of reading it


class Figure(Record):
    """文字里的数: ``number`` as printed, ``ulp`` of its last digit, and what follows it (%, 分, 万元 …)."""

    number: float
    ulp: float
    suffix: str


def figure(text: str) -> Figure | None:
    """整格是一个数的文字; None for words, ranges and malformed numbers.

    >>> figure("1,208.75万元"), figure("９５％"), figure("7,00.0,77"), figure("约300")
    (Figure(number=1208.75, ulp=0.01, suffix='万元'), Figure(number=95.0, ulp=1.0, suffix='%'), None, None)
    """
    if not text or len(text) > _LONGEST_NUMBER or not (text[0].isdigit() or text[0] in _BEFORE_DIGITS):
        return None
    simple = _simple_figure(text)
    if simple is not None or not _INSIDE_RANGES.isdisjoint(text[1:]) or text[-1] in _COUNT_WORDS:
        return simple
    match = _figure().fullmatch(text if text.isascii() else unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    sign, whole, decimals, suffix = match.groups()
    number = float(f"{whole.replace(',', '')}.{decimals or 0}")
    return Figure(-number if sign in ("-", "−") else number, 1 / 10.0 ** len(decimals or ""), suffix or "")


def _simple_figure(text: str) -> Figure | None:
    """Digits with at most one point and a known ending: most cells, read without compiling a pattern."""
    suffix = next((ending for ending in _ENDINGS if text.endswith(ending)), "") if text.endswith(_ENDINGS) else ""
    body = text[: len(text) - len(suffix)]
    whole, _, decimals = body.partition(".")
    if not (body.isascii() and whole.isdigit() and (not decimals or decimals.isdigit())):
        return None
    return Figure(float(f"{whole}.{decimals or 0}"), 1 / 10.0 ** len(decimals), suffix)


@cache
def _figure() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"([+\-−]?)¥?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?\s*(%|分|亿元|万元|元|亿|万)?")


def rate(geometry: Geometry, place: Place) -> Value:
    """比率: with a percent sign or format a ratio; else the number stands as printed, to be settled by its column."""
    cell = geometry.cells.get(place)
    if cell is not None:
        text, formula, number_format = cell
        if type(text) is str and not formula and number_format in _PLAIN and len(text) <= _LONGEST_LABEL:
            return _label(place, text)
    return _rate(_value(geometry, place))


@lru_cache(4096)
def _label(place: Place, text: str) -> Value:
    """A short text where it stands: most cells of a form say there what they say in every other copy of it."""
    text = text.strip()
    return _rate(_new(Value, (address(*place), text, None, 0.0, TEXT if text else BLANK, False)))


def _rate(value: Value) -> Value:
    number = figure(value.text) if value.state == TEXT else None
    if number is None or number.suffix not in ("", "%"):
        return value
    scale = 0.01 if number.suffix else 1.0
    return _typed(value, _clean(number.number * scale), number.ulp * scale)


# Words are read in the same way: targets, actual values, labels, reasons; a plain number or percent among them as number.
worded = rate


def points(geometry: Geometry, place: Place) -> Value:
    """分值和得分: exact to 15 digits, as Excel shows them; 10分 is 10, a weight of 10% is 10 points of 100, a dash is no number."""
    cell = geometry.cells.get(place)
    if cell is not None and type(cell.value) is float and cell.value > 0 and not cell.formula:
        return _score(place, cell.value, cell.number_format, geometry.date1904)
    return _points(_value(geometry, place))


@lru_cache(4096)
def _score(place: Place, content: float, number_format: str, date1904: bool) -> Value:
    """A number of points where it stands: weights are those of the form, and most scores are full."""
    return _points(_number(address(*place), number_format, content, computed=False, date1904=date1904))


def _points(value: Value) -> Value:
    if value.state == NUMBER and value.number is not None:
        return _typed(value, _clean(value.number * 100 if value.text.endswith("%") else value.number), 0.0)
    number = figure(value.text.strip("()（）")) if value.state == TEXT else None
    if number is None or number.suffix not in ("", "分", "%"):
        return value
    return _typed(value, number.number, 0.0)


def amount(geometry: Geometry, place: Place, money_unit: str) -> Value:
    """金额, in the table's money unit; an amount typed with another unit is converted."""
    value = _value(geometry, place)
    number = figure(value.text) if value.state == TEXT else None
    if number is None or number.suffix in ("%", "分") or (number.suffix and money_unit not in MONEY):
        return value
    scale = MONEY[number.suffix] / MONEY[money_unit] if number.suffix else 1.0
    return _typed(value, _clean(number.number * scale), number.ulp * scale)


def scaled(value: Value, factor: float) -> Value:
    """换刻度: the value on another scale, its last digit with it."""
    return value if value.number is None else _typed(value, _clean(value.number * factor), value.ulp * factor)


def part(value: Value, text: str) -> Value:
    """单元格里的一部分文字, as a value of its own; a number of points is given as number."""
    text = text.strip()
    found = figure(text)
    number = found.number if found is not None and found.suffix in ("", "分") else None
    return _new(Value, (value.cell, text, number, 0.0, TEXT if text else BLANK, value.computed))


def _typed(value: Value, number: float, ulp: float) -> Value:
    where, text, _, _, state, computed = value
    return _new(Value, (where, text, number, ulp, state, computed))


def _value(geometry: Geometry, place: Place) -> Value:
    """The value of a cell as displayed; notes a formula that was saved without its result."""
    where, cell = address(*place), geometry.cells.get(place)
    if cell is None:
        return _new(Value, (where, "", None, 0.0, BLANK, False))
    content, formula, number_format = cell
    computed = formula != "" and is_ours(formula)
    if content is None and formula and not computed:
        content = _uncached(geometry, place, cell)
        computed = content is None
    if type(content) is str:
        wraps = "@" in number_format and number_format != "@"
        text = (display(content, number_format) if wraps else content).strip()
        return _new(Value, (where, text, None, 0.0, TEXT if text else BLANK, computed))
    if content is None:
        return _new(Value, (where, "", None, 0.0, BLANK, computed))
    if isinstance(content, ErrorValue):
        return Value(where, str(content), None, 0.0, ERROR, computed)
    if isinstance(content, bool):
        return Value(where, "TRUE" if content else "FALSE", None, 0.0, LOGICAL, computed)
    return _number(where, number_format, float(content), computed=computed, date1904=geometry.date1904)


def _uncached(geometry: Geometry, place: Place, cell: Cell) -> float | None:
    """A sum that was saved without its result, added up; any other formula is noted, and its cell never blamed for being blank."""
    from perfeval_xl.workbook.layout.sum_formula import summed  # noqa: PLC0415 - few files need it

    total = summed(geometry.sheet.cells, cell.formula)
    if total is None:
        geometry.note(place, "公式未计算: 文件里没有保存它的结果, 请在 Excel 中打开、重新计算并保存")
    return total


def _number(where: str, number_format: str, content: float, *, computed: bool, date1904: bool) -> Value:
    """A number as displayed; a date is a text, because the number behind it was never typed."""
    if not abs(content) < _BEYOND_MEANING:
        return Value(where, str(content), None, 0.0, ERROR, computed)
    text, ulp = _shown(content, number_format, date1904)
    if ulp is None:
        return Value(where, text, None, 0.0, TEXT, computed)
    return _new(Value, (where, text, content, ulp, NUMBER, computed))


@lru_cache(2048)
def _shown(content: float, number_format: str, date1904: bool) -> tuple[str, float | None]:
    """What a number is displayed as, and the unit of its last digit; None for dates."""
    text = display(content, number_format, date1904=date1904)
    return text, None if is_date(number_format) else decimals_shown(content, number_format)


def is_ours(formula: str) -> bool:
    """是否本工具的公式: it calls one of our functions, whatever stands before the name.

    >>> is_ours("IFERROR(0+PE_SCORE(E5,F5,G5),0)"), is_ours("SUM(H5:H9)"), is_ours("TYPE_X(A1)")
    (True, False, False)
    """
    if "评分规则!" in formula or "评分规则'!" in formula:
        return True
    text = formula.upper()
    place = text.find("PE_")
    while place > 0 and (text[place - 1].isalnum() or text[place - 1] == "_"):
        place = text.find("PE_", place + 1)
    return place >= 0


def _clean(number: float) -> float:
    """The number without the binary residue of a multiplication."""
    return float(f"{number:.15g}")

