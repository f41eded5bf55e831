"""存疑: how sure a reading is, and what the row's name settles."""

from __future__ import annotations

import math

from perfeval_xl.core.reading.quantity import Quantity
from perfeval_xl.core.reading.span import RATIO, Span, of_operator
from perfeval_xl.core.reading.unit import Unit, unit_of

_SENTENCE = 60
_MONEY = ("费", "金额", "资金", "支出", "收入", "成本", "经费", "预算", "投资", "价格", "补助", "工资", "金")
_COUNTS = ("人数", "人次", "户数", "数量", "次数", "个数", "人口", "数")
_PEOPLE = ("人", "户", "群众", "居民", "职工", "患者", "学生", "对象")
RATE_WORDS = ("率", "比例", "占比", "比重", "满意度", "程度", "幅度", "比")
_BOUNDS = (">=", ">", "<=", "<")
_SHARE_WORDS = ("率", "占比", "比例", "比重", "占", "度")


def weighed(span: Span, found: list[Quantity], text: str, role: str, indicator: str) -> Span:
    """掂量: the span with the unit its context settles and with its confidence lowered by every doubt."""
    if span.kind == "composite":
        return _settled(span, found, indicator)
    named = _with_unit(span, text, role, indicator)
    doubts = (
        _of_unit(span, named, text),
        _of_direction(named, role),
        _of_recognition(named, found[0], text, role),
        _of_wording(named, found, text),
    )
    lowest = "low" if "low" in doubts else "medium" if "medium" in doubts else "high"
    if lowest == "high" or named.confidence == "low":
        return named
    return named._replace(confidence=lowest)


def _settled(span: Span, found: list[Quantity], indicator: str) -> Span:
    """Of several numbers in one cell the only percentage is the value of an indicator called …率; not of two bounds, for these are two targets."""
    if not indicator.endswith(RATE_WORDS) or sum(quantity.op in _BOUNDS for quantity in found) > 1:
        return span
    shares = [quantity for quantity in found if quantity.unit is not None and quantity.unit.dimension == "ratio"]
    return of_operator(shares[0])._replace(confidence="medium") if len(shares) == 1 else span


def _with_unit(span: Span, text: str, role: str, indicator: str) -> Span:
    unit = span.unit
    if unit is not None:
        return span._replace(unit=_named_myriad(unit, text, indicator)) if unit.dimension == "none" else span
    if _is_change_bound(span) and _may_be_a_rate(indicator):
        return span._replace(unit=unit_of("%"))
    if span.op == "plain" and role == "target" and _is_share(span.low, text) and _may_be_a_rate(indicator):
        return span._replace(unit=RATIO)
    return span


def _may_be_a_rate(indicator: str) -> bool:
    return not indicator or any(word in indicator for word in RATE_WORDS)


def _is_change_bound(span: Span) -> bool:
    """Only a rate of change is bounded by ≤ 0: a count would be =0."""
    return span.op in ("<=", "<") and span.high == 0


def _is_share(value: float | None, text: str) -> bool:
    """A bare number up to 1 is what a percent format leaves in a copied cell; 0 is 0 in any unit."""
    return value is not None and 0 < abs(value) <= 1 and not text.strip("+-.0123456789eE ")


def _named_myriad(unit: Unit, text: str, indicator: str) -> Unit:
    """A bare 万 or 亿 takes its kind from the words around it: 资金 3359.62万, 参保人数 23.9万."""
    around = text + indicator
    if indicator.endswith(_COUNTS) or any(word in text for word in _COUNTS[:-1]):
        return unit._replace(dimension="count")
    if any(word in around for word in _MONEY):
        return unit._replace(dimension="money")
    return unit._replace(dimension="count") if any(word in around for word in _PEOPLE) else unit


def _of_unit(span: Span, named: Span, text: str) -> str:
    unit = named.unit
    if span.unit is None and unit is not None and _is_change_bound(named):
        return "medium"
    if unit is None:
        return "medium" if len(text.strip(" 0123456789.,+-≥≤<>=~")) > 0 and named.kind == "numeric" else "high"
    if unit.dimension == "none" or (unit.dimension == "unit_price" and "元" in unit.printed and "元" not in text):
        return "medium"
    return "high"


def _of_direction(span: Span, role: str) -> str:
    """A percentage target without a sign may be a floor or a ceiling; only 100 % needs none."""
    is_percent = span.unit is not None and span.unit.dimension == "ratio" and span.unit is not RATIO
    if role == "target" and span.op == "plain" and is_percent and span.low != 100:
        return "medium"
    return "high"


def _of_recognition(span: Span, quantity: Quantity, text: str, role: str) -> str:
    """Scanned tables show ≥ as 2: 292% is ≥92%, 2280次 perhaps ≥280次; a bare day number may be a date."""
    value, unit = span.low, span.unit
    if span.op == "between" and unit is None and _may_be_a_day(span, text):
        return "medium"
    if span.op != "plain" or value is None or not math.isfinite(value):
        return "high"
    if unit is None and _may_be_a_date(value, text):
        return "medium"
    if role != "target" or quantity.start or unit is None:
        return "high"
    if unit.printed == "%" and 210 <= value < 300:
        return "low"
    digits = f"{value:.0f}"
    suspicious = unit.dimension == "count" and unit.factor == 1 and len(digits) >= 3 and digits[0] == "2" and digits[1] != "0"
    return "medium" if suspicious and value.is_integer() else "high"


def _may_be_a_day(span: Span, text: str) -> bool:
    """12-31 typed as text is a day as well as a range."""
    return "-" in text and 1 <= (span.low or 0) <= 12 and (span.high or 0) <= 31 and "." not in text


def _may_be_a_date(value: float, text: str) -> bool:
    """Excel's day numbers of 2020–2030, and 2024.12."""
    return (text.isdigit() and 43831 <= value < 47849) or (1900 <= value < 2100 and text[4:5] == "." and 6 <= len(text) <= 7)


def _of_wording(span: Span, found: list[Quantity], text: str) -> str:
    unit, quantity = span.unit, found[-1]
    if len(text) > _SENTENCE or (span.low or 0) > 1000 * (unit is not None and unit.printed == "%") > 0:
        return "medium"
    if unit is None:
        return "high"
    if unit.dimension == "count" and quantity.word in ("大于", "小于"):
        return "medium"
    if unit.dimension == "pp" and _is_money_named(text[: quantity.start]):
        return "medium"
    return "high"


def _is_money_named(words: str) -> bool:
    return any(word in words for word in _MONEY) and not any(word in words for word in _SHARE_WORDS)
