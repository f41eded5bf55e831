"""比较词: the words and signs around a number that say at least, at most, above, below, about."""

from __future__ import annotations

from perfeval_xl.core.record import Record

_SIGNS = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "=", "≈": "≈"}
_WORDS = {
    "大于": ">", "高于": ">", "多于": ">", "超过": ">", "超出": ">", "突破": ">", "长于": ">", "优于": ">", "强于": ">", "超": ">",
    "小于": "<", "低于": "<", "少于": "<", "短于": "<", "不足": "<", "不到": "<", "不满": "<", "差于": "<", "弱于": "<",
    "至少": ">=", "最少": ">=", "最低": ">=", "起码": ">=", "下限": ">=", "至多": "<=", "最多": "<=", "最高": "<=", "上限": "<=",
    "达到": ">=", "达": ">=", "控制在": "<=", "限制在": "<=", "压减到": "<=", "控制到": "<=", "排名前": "<=",
    "约": "≈", "大约": "≈", "接近": "≈", "将近": "≈", "近": "≈", "大概": "≈", "左右": "≈", "等于": "=",
}  # fmt: skip
_YIELDING = frozenset({"达到", "达", "控制在", "限制在", "约", "大约", "近", "接近", "将近", "大概", "到", "至"})
_NEGATORS = ("不", "未", "没有", "不得", "不能", "不应", "不可", "不宜", "不会", "没", "勿")
_RISING = ("提高", "提升", "增长", "增加", "上升", "升", "扩大", "增强", "高", "增", "上涨")
_FALLING = ("降低", "下降", "减少", "下跌", "缩短", "压减", "缩减", "下滑", "回落", "低", "降", "减", "下浮")
_SUFFIXES = (
    ("以上", ">="), ("之上", ">="), ("以下", "<="), ("之下", "<="), ("以内", "<="), ("之内", "<="), ("内", "<="), ("左右", "≈"),
    ("上下", "≈"), ("有余", ">"), ("余", ">"), ("多", ">"), ("+", ">="), ("为上限", "<="), ("为下限", ">="), ("封顶", "<="),
)  # fmt: skip
_SUFFIX_STARTS = frozenset(word[0] for word, _ in _SUFFIXES)
_STARTS_OF_INNER_WORDS = "设部容外地蒙涵控审科镜陆"
_NEGATED = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
_INCLUSIVE = {">": ">=", "<": "<="}
_STRICT = {">=": ">", "<=": "<"}


class Comparison(Record):
    """比较: ``op`` is one of >= > = <= < ≈ or ""; ``at``: where its words begin or end; ``yields`` to 以上 or 以内."""

    op: str
    at: int
    included: bool | None = None
    yields: bool = False
    word: str = ""


_NOTHING = Comparison("", 0)


def before(text: str, end: int, role: str) -> Comparison:
    """比较词在数字前: the operator whose words end where the number begins.

    >>> before("不低于95%", 3, "target").op, before("稳健提升≥90%", 5, "target").op, before("大于等于5", 4, "target").op
    ('>=', '>=', '>=')
    """
    if not end:
        return _NOTHING
    head = text[max(0, end - 14) : end]
    bare = head.rstrip(" :;¥")
    included = True if bare.endswith("⊕") else None
    bare = bare.rstrip("⊕ ")
    start = end - len(head)
    if bare[-1:] in _SIGNS and bare:
        return _sign(bare, start, included)
    for tail in ("了", "为", "是", "在"):
        if bare.endswith(tail) and not bare.endswith(("控制在", "限制在")):
            bare = bare[:-1]
    return _word(bare, start, role, included) or Comparison("", end, included)


def _sign(bare: str, start: int, included: bool | None) -> Comparison:
    op = _SIGNS[bare[-1]]
    rest = bare[:-1].rstrip()
    word = _word(rest, start, "target", included) if op == "=" else None
    if word and word.op in _INCLUSIVE:
        return Comparison(_INCLUSIVE[word.op], word.at, included, False, "=")
    return Comparison(op, start + len(rest), included, False, bare[-1])


def _word(bare: str, start: int, role: str, included: bool | None) -> Comparison | None:
    for length in (3, 2, 1):
        word = bare[-length:]
        if len(word) == length and word in _WORDS:
            return _negated(bare[:-length], word, start, role, included)
    if bare.endswith(("到", "至")):
        return _destination(bare[:-1], start, role)
    return None


def _negated(rest: str, word: str, start: int, role: str, included: bool | None) -> Comparison:
    op = _WORDS[word]
    if word == "等于":
        return _or_equal(rest, start, role)
    for length in (2, 1):
        if rest[-length:] in _NEGATORS and op in _NEGATED:
            return Comparison(_NEGATED[op], start + len(rest) - length, None, False, word)
    if word in ("达到", "达") and role == "actual":
        op = ""
    return Comparison(_INCLUSIVE.get(op, op) if included else op, start + len(rest), None, word in _YIELDING, word)


def _or_equal(rest: str, start: int, role: str) -> Comparison:
    stem = rest
    for joint in ("或者", "或", "、", "及", "和"):
        stem = stem.removesuffix(joint)
    found = _word(stem, start, role, included=None)
    if found and found.op in _INCLUSIVE:
        return Comparison(_INCLUSIVE[found.op], found.at, None, False, "等于")
    return Comparison("=", start + len(rest), None, False, "等于")


def _destination(rest: str, start: int, role: str) -> Comparison | None:
    if rest.endswith(_RISING):
        return Comparison("" if role == "actual" else ">=", start + len(rest), None, True, "到")
    if rest.endswith(_FALLING):
        return Comparison("" if role == "actual" else "<=", start + len(rest), None, True, "到")
    return None


def after(text: str, start: int) -> tuple[str, int, bool | None]:
    """比较词在数字后: the operator, where its words end, and whether the number itself is included.

    以上 and 以下 include the number, ⊖ (不含) takes it out again.

    >>> after("%以上", 1), after("人以下⊖", 1), after("个内设机构", 1)
    (('>=', 3, None), ('<', 4, False), ('', 1, None))
    """
    if start >= len(text):
        return "", start, None
    included, position = _marker(text, start)
    op, end = _suffix(text, position)
    if op:
        following, end = _marker(text, end)
        included = included if following is None else following
    if included is False:
        op = _STRICT.get(op, op)
    return op, end if op else position, included


def _marker(text: str, start: int) -> tuple[bool | None, int]:
    mark = text[start : start + 1]
    if mark == " ":
        return _marker(text, start + 1) if text[start + 1 : start + 2] in ("⊕", "⊖") else (None, start)
    if mark and mark in "⊕⊖":
        return mark == "⊕", start + 1
    return None, start


def _suffix(text: str, start: int) -> tuple[str, int]:
    position = start
    while (joint := text[position : position + 1]) and joint in "及或和并含且 ":
        position += 1
    if text[position : position + 1] not in _SUFFIX_STARTS:
        return "", start
    for word, op in _SUFFIXES:
        if text.startswith(word, position):
            end = position + len(word)
            following = text[end : end + 1]
            if word == "内" and following and following in _STARTS_OF_INNER_WORDS:
                continue
            return op, end
    return "", start


def direction(text: str, end: int) -> int:
    """变动方向: −1 where 下降, 减少, 低 … stand right in front of the number, +1 for 提高, 增长, 高 …, else 0.

    >>> direction("同比下降3%", 4), direction("较上年提高了2个百分点", 6), direction("下降率5%", 3)
    (-1, 1, 0)
    """
    head = text[max(0, end - 6) : end].rstrip(" 了:约")
    if head.endswith(_FALLING):
        return -1
    return 1 if head.endswith(_RISING) else 0


def mirrored(op: str) -> str:
    """The same comparison read from the other side: 80 ≤ X is X ≥ 80.

    >>> mirrored("<="), mirrored("=")
    ('>=', '=')
    """
    return _MIRRORED.get(op, op)


def sign_at(text: str, position: int) -> str:
    """The operator a single sign at this place stands for, "" for another character."""
    return _SIGNS.get(text[position : position + 1], "")
