"""比较基准: targets held against last year, the budget or another yardstick instead of a number."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.reading.comparison import before, sign_at
from perfeval_xl.core.reading.phrase import BENCHMARK, BUDGET, QUALITATIVE, Phrase
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_LAST_YEAR = ("上年", "去年", "上一年", "往年", "前一年", "上年度", "同比")
_YARDSTICKS = (
    "同期", "平均", "标准", "利率", "全国", "全省", "全市", "全县", "国家", "上级", "目标", "计划", "基准", "水平", "社平", "均值", "历史", "前三年",
    "规定", "期初", "年初", "基期", "上月", "上季",
)  # fmt: skip
_WORDS = (
    "不低于", "不高于", "不超过", "不大于", "不小于", "不少于", "不多于", "不得低于", "不得高于", "不得超过", "大于等于", "小于等于", "不超", "高于",
    "低于", "超过", "大于", "小于", "多于", "少于", "优于", "未超过", "未超",
)  # fmt: skip
_RISES = ("提高", "提升", "增长", "增加", "上升", "改善", "好转", "扩大", "上涨")
_FALLS = ("下降", "降低", "减少", "缩短", "回落", "压减", "下跌")
_LEVEL = ("持平", "一致", "相当", "不变")
_MEANINGS = {
    ">": "above last year", ">=": "not below last year", "<": "below last year", "<=": "not above last year", "=": "level with last year",
}  # fmt: skip


@cache
def _two_years() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"([0-9]{4})年[^0-9]{0,8}?(大于|高于|超过|多于|小于|低于|少于)(了?)[^0-9]{0,4}([0-9]{4})年")


def benchmark_of(text: str, role: str) -> Phrase | None:
    """与基准相比: what is compared and how, None when no yardstick is named; a threshold is never invented.

    >>> benchmark_of("不低于上年水平", "target")
    Phrase(kind='qualitative', meaning='not below last year', op='>=')
    >>> benchmark_of("不超预算", "target").meaning
    '≤ budget figure'
    """
    if "年" in text:
        found = _years_compared(text, role)
        if found:
            return found
    if "预算" in text or "概算" in text:
        return _budget(text)
    if "只减不增" in text or "只增不减" in text:
        op = "<=" if "只减不增" in text else ">="
        return Phrase(QUALITATIVE, _MEANINGS[op], op)
    if any(word in text for word in _LAST_YEAR) or text.startswith(("持平", "基本持平", "保持持平")):
        op = _operator_towards(text, _LAST_YEAR) or _change(text)
        return Phrase(QUALITATIVE, _MEANINGS[op], op) if op in _MEANINGS else None
    op = _operator_towards(text, _YARDSTICKS)
    return Phrase(QUALITATIVE, BENCHMARK, op) if op else None


def bound_of(text: str, end: int) -> str:
    """The operator of a yardstick whose value follows: 不低于上年水平95%; "" when the words before name none.

    >>> bound_of("不低于上年水平95%", 7), bound_of("同比增长95%", 4)
    ('>=', '')
    """
    head = text[:end].rstrip(" :¤为的是即")
    if not head.endswith(_LAST_YEAR[:-1] + _YARDSTICKS):
        return ""
    return _operator_towards(head, _LAST_YEAR[:-1] + _YARDSTICKS)


def _years_compared(text: str, role: str) -> Phrase | None:
    """2024年大于了2023年: in a target cell 了 tells how the target was missed, so the target is the opposite."""
    match = _two_years().search(text)
    if match is None or int(match[1]) != int(match[4]) + 1:
        return None
    op = ">" if match[2] in ("大于", "高于", "超过", "多于") else "<"
    if role == "target" and match[3]:
        op = "<=" if op == ">" else ">="
    return Phrase(QUALITATIVE, _MEANINGS[op], op)


def _budget(text: str) -> Phrase | None:
    kept = ("不超预算", "不超过预算", "预算内", "预算以内", "预算范围内", "控制在预算", "未超预算", "未超过预算", "不突破预算", "不高于预算", "不大于预算",
            "≤预算", "<=预算", "不超出预算", "无超预算")  # fmt: skip
    joined = text.replace("概算", "预算").replace("年初", "").replace("年度", "").replace("批复", "").replace("全年", "").replace("的", "").replace("总", "")
    if any(words in joined for words in kept):
        return Phrase(QUALITATIVE, BUDGET, "<=")
    op = _operator_towards(joined, ("预算",))
    return Phrase(QUALITATIVE, BENCHMARK, op) if op else None


def _operator_towards(text: str, yardsticks: tuple[str, ...]) -> str:
    for sign in "≥≤><=":
        position = text.find(sign)
        if position >= 0 and text.startswith(yardsticks, position + 1):
            return sign_at(text, position)
    for word in _WORDS:
        position = text.find(word)
        if position >= 0 and any(mark in text[position + len(word) :] for mark in yardsticks):
            return before(text, position + len(word), "target").op
    return ""


def _change(text: str) -> str:
    if any(word in text for word in _LEVEL):
        return "="
    if any(word in text for word in _RISES):
        return ">"
    return "<" if any(word in text for word in _FALLS) else ""
