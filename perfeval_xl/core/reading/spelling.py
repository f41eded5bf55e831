"""规范写法: one spelling for the many ways the same sign, digit or blank gets typed."""

from __future__ import annotations

from unicodedata import is_normalized, normalize

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re

LONGEST = 1000

_INCLUDED, _EXCLUDED = "⊕", "⊖"
_CIRCLED = dict.fromkeys([*range(0x2460, 0x2474), *range(0x2776, 0x277F), *range(0x2488, 0x249C)], ";")
_KEPT_SPACES = {0x09: " ", 0x0A: ";", 0x0B: ";", 0x0C: ";", 0x0D: ";", 0x85: ";", 0x2028: ";", 0x2029: ";"}
_INVISIBLE = [*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
_SIGNS = (
    dict.fromkeys(_INVISIBLE)
    | _KEPT_SPACES
    | dict.fromkeys(map(ord, "≧⩾≽≮"), "≥")
    | dict.fromkeys(map(ord, "≦⩽≼≯"), "≤")
    | dict.fromkeys(map(ord, "—–―‐‑‒−─ー⁃"), "-")
    | dict.fromkeys(map(ord, "〜∼˜∽"), "~")
    | dict.fromkeys(map(ord, "≒≌≃∽"), "≈")
    | dict.fromkeys(map(ord, "【〔「『〖"), "(")
    | dict.fromkeys(map(ord, "】〕」』〗"), ")")
    | dict.fromkeys(map(ord, "“”‘’`´′"), "'")
    | {ord("٪"): "%", ord("⁄"): "/", ord("∕"): "/", ord("∶"): ":", ord("$"): None}
)
_PAIRS = ((">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"), ("≥=", "≥"), ("≤=", "≤"), ("==", "="), ("%%", "%"))
_LATEX = (
    (r"\geq", "≥"), (r"\ge", "≥"), (r"\leq", "≤"), (r"\le", "≤"), (r"\gt", ">"), (r"\lt", "<"), (r"\sim", "~"),
    (r"\pm", "±"), (r"\approx", "≈"), (r"\%", "%"), (r"\text", ""), (r"\,", ""), ("\\", " "),
)  # fmt: skip
_ENTITIES = (("&gt;", ">"), ("&lt;", "<"), ("&ge;", "≥"), ("&le;", "≤"), ("&nbsp;", " "), ("&amp;", "&"))
_DATE_MARKS, _SEPARATORS = frozenset("月年季"), frozenset("-./")
_DIGITS = frozenset("0123456789")
_BULLETS = "·•●▲★◆■▪"


def spelled(text: str) -> str:
    r"""写法归一: full width to half width, every ≥ alike, no invisible characters, no idle punctuation.

    Reads at most the first 1000 characters. Spaces survive only in front of a digit; line breaks become ``;``.

    >>> spelled(" ＞＝９５％。"), spelled("大于等于 3.34 亿元"), spelled(r"$\geq 33\%$")
    ('≥95%', '大于等于 3.34亿元', '≥ 33%')
    """
    text = text[:LONGEST]
    if not text.isascii() and not is_normalized("NFKC", text):
        text = normalize("NFKC", text.translate(_CIRCLED))[:LONGEST]
    text = text.translate(_SIGNS)
    if "\\" in text:
        text = _replaced(text, _LATEX)
    if "&" in text:
        text = _replaced(text, _ENTITIES)
    text = _without_idle_spaces(text)
    if "=" in text or "%%" in text:
        text = _replaced(text, _PAIRS)
    text = _trimmed(text)
    while "--" in text and text.strip("-"):     # a long dash typed as two
        text = text.replace("--", "-")
    return _with_points(text) if "。" in text else text


def _with_points(text: str) -> str:
    """A full stop between digits is a decimal point."""
    pieces = text.split("。")
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += ("." if _ends_digital(joined) and _ends_digital(piece[:1]) else "。") + piece
    return joined


def _ends_digital(text: str) -> bool:
    return text[-1:].isascii() and text[-1:].isdigit()


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _without_idle_spaces(text: str) -> str:
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    return words[0] + "".join(f" {word}" if word[0] in "0123456789." else word for word in words[1:])


def _trimmed(text: str) -> str:
    bare = text.rstrip("。;,、.!?: '\"").lstrip("';,。、: \"")
    if len(bare) > 1:
        bare = bare.lstrip(_BULLETS + " ")
    return bare or text.strip(" '\";")


def without_asides(text: str) -> str:
    """去掉括注: evidence in brackets goes, （含） and （不含） become ⊕ and ⊖, a short unit in brackets stays.

    When no digit stands outside the brackets the inside is kept.

    >>> without_asides("100%(21/21)"), without_asides("90%(含)以上"), without_asides("已完成(100%)")
    ('100%', '90%⊕以上', '已完成 100%')
    """
    if "(" not in text:
        return text
    import re  # noqa: PLC0415 - most cells have no brackets

    brackets = re.compile(r"\(([^()]*)\)")
    outside, times = brackets.subn(_aside, text)
    while times and "(" in outside:
        outside, times = brackets.subn(_aside, outside)
    if not has_digit(outside) and has_digit(text):
        return text.replace("(", " ").replace(")", "").replace("  ", " ").strip()
    return outside


def _aside(match: re.Match[str]) -> str:
    inside = match[1]
    if inside.startswith(("不含", "不包含", "不包括")):
        return _EXCLUDED
    if inside.startswith(("含", "包含", "包括")):
        return _INCLUDED
    return f"（{inside}）" if len(inside) <= 4 and inside and not has_digit(inside) else ""


def has_digit(text: str) -> bool:
    """Whether an ASCII digit occurs."""
    return not _DIGITS.isdisjoint(text)


def may_hold_a_date(text: str) -> bool:
    """Whether it is worth looking for a date: 年, 月 or 季 occurs, or digits with separators around a year."""
    if not _DATE_MARKS.isdisjoint(text):
        return True
    if "20" not in text and "19" not in text:
        return False
    return (len(text) >= 6 and not _SEPARATORS.isdisjoint(text)) or (len(text) == 8 and text.isdigit())
