"""计量单位: what is counted or measured, and how to turn one unit into another."""

from __future__ import annotations

from perfeval_xl.core.reading.spelling import spelled
from perfeval_xl.core.record import Record


class Unit(Record):
    """计量单位 as printed, with its dimension.

    ``dimension``: money, ratio, pp, count, duration_month, duration_day, duration_wday, duration_min, unit_price,
    points, area, length, weight, volume, energy, power, density, ... or "none" for a bare 万 or 亿.
    ``factor``: multiply a number in this unit by it to get the dimension's base: 元, ratio 1 = 100 %, 百分点, persons
    or pieces (in one year for 次/月), months, days, minutes, square metres, metres, kilograms.
    ``per``: what stands below the stroke, 人/年 of 元/人/年, "" for a plain unit.
    """

    printed: str
    dimension: str
    factor: float
    per: str = ""


_UNITS: dict[str, tuple[str, float]] = {
    "元": ("money", 1), "圆": ("money", 1), "元人民币": ("money", 1), "人民币": ("money", 1), "角": ("money", 0.1),
    "美元": ("money_usd", 1), "欧元": ("money_eur", 1), "港元": ("money_hkd", 1), "日元": ("money_jpy", 1),
    "%": ("ratio", 0.01), "百分比": ("ratio", 0.01), "个百分比": ("ratio", 0.01), "‰": ("ratio", 0.001),
    "千分比": ("ratio", 0.001), "‱": ("ratio", 0.0001), "倍": ("ratio", 1), "成": ("ratio", 0.1),
    "百分点": ("pp", 1), "个百分点": ("pp", 1), "pp": ("pp", 1), "基点": ("pp", 0.01), "个基点": ("pp", 0.01),
    "bp": ("pp", 0.01), "千分点": ("pp", 0.1), "个千分点": ("pp", 0.1),
    "个月": ("duration_month", 1), "月": ("duration_month", 1), "年": ("duration_month", 12), "周年": ("duration_month", 12),
    "个年度": ("duration_month", 12), "个季度": ("duration_month", 3), "季度": ("duration_month", 3),
    "天": ("duration_day", 1), "日": ("duration_day", 1), "自然日": ("duration_day", 1), "个自然日": ("duration_day", 1),
    "日历天": ("duration_day", 1), "个日历天": ("duration_day", 1), "周": ("duration_day", 7), "星期": ("duration_day", 7),
    "个星期": ("duration_day", 7), "工作日": ("duration_wday", 1), "个工作日": ("duration_wday", 1),
    "小时": ("duration_min", 60), "个小时": ("duration_min", 60), "h": ("duration_min", 60), "分钟": ("duration_min", 1),
    "min": ("duration_min", 1), "秒": ("duration_min", 1 / 60), "秒钟": ("duration_min", 1 / 60),
    "分": ("points", 1),
    "亩": ("area", 2000 / 3), "公顷": ("area", 10000), "平方米": ("area", 1), "平米": ("area", 1), "m2": ("area", 1),
    "平方": ("area", 1), "平方公里": ("area", 1e6), "平方千米": ("area", 1e6), "km2": ("area", 1e6),
    "米": ("length", 1), "m": ("length", 1), "延米": ("length", 1), "公里": ("length", 1000), "千米": ("length", 1000),
    "km": ("length", 1000), "里": ("length", 500), "厘米": ("length", 0.01), "cm": ("length", 0.01),
    "毫米": ("length", 0.001), "mm": ("length", 0.001),
    "公斤": ("weight", 1), "千克": ("weight", 1), "kg": ("weight", 1), "斤": ("weight", 0.5), "克": ("weight", 0.001),
    "g": ("weight", 0.001), "毫克": ("weight", 1e-6), "mg": ("weight", 1e-6), "吨": ("weight", 1000), "t": ("weight", 1000),
    "立方米": ("volume", 1), "立方": ("volume", 1), "方": ("volume", 1), "m3": ("volume", 1), "升": ("volume", 0.001),
    "l": ("volume", 0.001), "毫升": ("volume", 1e-6), "ml": ("volume", 1e-6),
    "千瓦时": ("energy", 1), "kwh": ("energy", 1), "千瓦": ("power", 1), "kw": ("power", 1), "兆瓦": ("power", 1000),
    "mw": ("power", 1000), "gb": ("data", 1), "tb": ("data", 1024), "mb": ("data", 1 / 1024), "℃": ("temperature", 1),
    "°c": ("temperature", 1), "db": ("sound", 1),
}  # fmt: skip
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_LATIN = frozenset("kKmMgGtTlLcChHpPbBdDwW")
_MEASURES = frozenset(
    "人名位个家户件台组只头条座处套项场期篇份批次起辆艘架所间栋幢层棵株粒颗瓶盒箱袋包张片块本册卷部支枝根面口眼盏门节"
    "课堂班轮遍回趟例宗桩笔单床校村乡镇县区市省院站点队例款种类路孔扇尾匹羽枚桶罐刊集幅首段段科树亩户",
)
_LONG_MEASURES = frozenset(
    {"人次", "人天", "人日", "人月", "人年", "人份", "课时", "学时", "床位", "床日", "台套", "标段", "班次", "个次", "个点"},
)
_PERIODS = {"年": 1, "年度": 1, "半年": 2, "学期": 2, "季": 4, "季度": 4, "月": 12, "旬": 36, "周": 52, "天": 365, "日": 365}
_NOT_MEASURES = frozenset("以及或和与且至到为是在已未不均的含并但其左上下内外前后完达合有无超低高较比等按应全共约号级投")
_OTHER_WORDS = {
    "成": "效果本员为立功品都绩", "分": "之别类组", "方": "面案式针法", "米": "易", "里": "程", "升": "级", "周": "期边岁", "天": "津气",
    "年": "龄级轻", "克": "服", "倍": "增", "日": "常报", "角": "度", "平方": "根",
}  # fmt: skip
_DETACHED = ("人均", "户均", "亩均", "次均", "床均")


def unit_of(text: str) -> Unit | None:
    """读计量单位: the unit a whole text names, None for a blank or for what names no unit.

    >>> unit_of("万元").factor, unit_of("％").dimension, unit_of("元/人/年").per
    (10000.0, 'ratio', '人/年')
    >>> unit_of("无") is None, unit_of("粒")
    (True, Unit(printed='粒', dimension='count', factor=1.0, per=''))
    """
    name = spelled(text).replace(" ", "").replace("(", "（").replace(")", "）")
    if name in ("", "无", "空", "定性", "定量", "无单位", "单位"):
        return None
    unit, end = unit_at(name, 0)
    if unit is not None and end == len(name):
        return unit
    if len(name) > 4:
        return None
    return Unit(name, "count", 1.0) if all(map(is_chinese, name)) else None


def unit_at(text: str, start: int, *, guess: bool = True) -> tuple[Unit | None, int]:
    """Read the unit that follows a number; gives it and where it ends, (None, start) when there is none.

    With ``guess`` an unknown measure word at the end of its clause counts as a unit too.
    """
    if start >= len(text):
        return None, start
    position = start + 1 if text[start] == " " else start
    word = _known(text, position)
    multiple, base = (1.0, position) if word else _multiple(text, position)
    name, dimension, factor, end = _base(text, base, word, guess=guess)
    if not name and base == position:
        return _price_without_money(text, position, start)
    if not name:
        dimension, factor = "none", 1.0
    if base > position:
        name = "".join(mark for mark in text[position:base] if mark in _MULTIPLES) + name
    unit = Unit(name, dimension, multiple * factor, "")
    return _with_denominators(unit, text, end) if end < len(text) else (unit, end)


def _multiple(text: str, position: int) -> tuple[float, int]:
    multiple = 1.0
    while (mark := text[position : position + 1]) and mark in "十百千万亿余多几 ":
        if mark == " " and not _known(text, position + 1):
            break
        multiple *= _MULTIPLES.get(mark, 1)
        position += 1
    return multiple, position


def _known(text: str, position: int) -> str:
    word = text[position : position + 5]
    while word:
        if word in _UNITS or word in _LONG_MEASURES:
            return word
        word = word[:-1]
    return ""


def _base(text: str, position: int, word: str = "", *, guess: bool = True) -> tuple[str, str, float, int]:
    first = text[position : position + 1]
    if first in _LATIN:
        return _latin(text, position)
    word = word or _known(text, position)
    if word:
        dimension, factor = _UNITS.get(word, ("count", 1))
        end = position + len(word)
        name = word[1:] if word[0] == "个" and word not in ("个月", "个次", "个点") else word
        return (name, dimension, float(factor), end) if _ends_a_unit(word, text, end) else ("", "", 1.0, position)
    if first in _MEASURES:
        return _measure(text, position)
    return _unknown(text, position) if guess else ("", "", 1.0, position)


def _ends_a_unit(word: str, text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not following or following not in _OTHER_WORDS.get(word, "")


def _latin(text: str, position: int) -> tuple[str, str, float, int]:
    end = position
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    word = text[position:end]
    known = word.lower() if len(word) > 1 else word
    if known in _UNITS:
        dimension, factor = _UNITS[known]
        return word, dimension, float(factor), end
    return "", "", 1.0, position


def _measure(text: str, position: int) -> tuple[str, str, float, int]:
    end = position + 1
    if text[end : end + 1] == "次" and text[position] not in "次项":
        end += 1
    elif text[end : end + 1] == "（" and text[end + 2 : end + 3] == "）":
        end += 3
    elif text[end : end + 1] == "（" and text[end + 3 : end + 4] == "）":
        end += 4
    return text[position:end].replace("（", "(").replace("）", ")"), "count", 1.0, end


def _unknown(text: str, position: int) -> tuple[str, str, float, int]:
    end = position
    while end < len(text) and end - position < 3 and is_chinese(text[end]) and text[end] not in _NOT_MEASURES:
        end += 1
    at_the_end = end >= len(text) or not is_chinese(text[end]) or text[end] in "以左内及或含"
    if 0 < end - position <= 2 and at_the_end:
        return text[position:end], "count", 1.0, end
    return "", "", 1.0, position


def _with_denominators(unit: Unit, text: str, end: int) -> tuple[Unit, int]:
    per: list[str] = []
    while (stroke := text[end : end + 1]) and (stroke in "/每" or (per and stroke in "·.")):
        word = _denominator(text, end + 1)
        if not word:
            break
        per.append(word)
        end += 1 + len(word)
    return (each(unit, "/".join(per)), end) if per else (unit, end)


def _denominator(text: str, position: int) -> str:
    for period in ("半年", "年度", "学期", "季度"):
        if text.startswith(period, position):
            return period
    name, _, _, end = _base(text, position)
    if name:
        return text[position:end]
    _, end = _multiple(text, position)
    return text[position:end] + _base(text, end)[0] if end > position else ""


def each(unit: Unit, per: str) -> Unit:
    """The unit taken per something: 元 per 人/年 is a unit price, 次 per 月 counts twelve times in a year."""
    printed = f"{unit.printed}/{per}"
    if unit.dimension == "money":
        return Unit(printed, "unit_price", unit.factor, per)
    if per in _PERIODS:
        times = 1 if unit.dimension in ("ratio", "pp") else _PERIODS[per]
        return Unit(printed, unit.dimension, unit.factor * times, per)
    return Unit(printed, "density", unit.factor, per)


def each_before(text: str, end: int) -> tuple[str, int]:
    """What 每月, 每人每年, 人均 in front of a number say; gives ("人/年", where the words begin)."""
    if "每" not in text and "均" not in text:
        return "", end
    per: list[str] = []
    while True:
        head = text[max(0, end - 4) : end]
        if head.endswith(_DETACHED):
            return "/".join([head[-2], *per]), end - 2
        mark = head.rfind("每")
        word = head[mark + 1 :]
        if mark < 0 or not (word in _PERIODS or word in _MEASURES or word in _LONG_MEASURES):
            break
        per.insert(0, word)
        end -= len(word) + 1
    return "/".join(per), end


def _price_without_money(text: str, position: int, start: int) -> tuple[Unit | None, int]:
    word = _denominator(text, position + 1) if text[position : position + 1] == "/" else ""
    if not word or word in _PERIODS:
        return None, start
    return _with_denominators(Unit("元", "money", 1.0), text, position)


def comparable(one: Unit | None, other: Unit | None) -> bool:
    """能否相比: whether numbers in the two units speak of the same thing; a missing unit fits every unit.

    A unit price fits a plain amount (400元/人 against 400元), a yearly count a plain one; 天 never fits 工作日.

    >>> comparable(unit_of("万元"), unit_of("亿元")), comparable(unit_of("个"), unit_of("%"))
    (True, False)
    """
    if one is None or other is None or "none" in (one.dimension, other.dimension):
        return True
    if one.dimension != other.dimension:
        return {one.dimension, other.dimension} == {"money", "unit_price"}
    return not one.per or not other.per or one.per == other.per or (one.per in _PERIODS and other.per in _PERIODS)


def converted(value: float, one: Unit, other: Unit) -> float | None:
    """换算: the value in the other unit, None when the units cannot be compared.

    >>> converted(35407, unit_of("万元"), unit_of("亿元")), converted(5, unit_of("天"), unit_of("工作日"))
    (3.5407, None)
    """
    if not comparable(one, other):
        return None
    return float(f"{value * one.factor / other.factor:.15g}")


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character (CJK unified ideograph)."""
    return "一" <= character <= "鿿"
