"""残留: what a template, a converter or a slip of the hand left behind."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.text import Paragraph

_LEFT = re.compile(
    r"(?P<bookmark>\[bookmark:[^\]]*\])|(?P<latex>\$[^$\n]{0,40}\\[a-z]+[^$\n]{0,40}\$|\\(?:geq|leq|times|text)\b)"
    r"|(?P<field>错误[!！]\s*(?:未找到引用源|未定义书签|链接无效)|Error! (?:Reference|Bookmark)|PAGEREF\s+_\w+|HYPERLINK\s+\"?\\l|#(?:REF|DIV/0|VALUE|NAME|N/A)[!?]?)"
    r"|(?P<template>\{\{[^}]*\}\}|\{%[^%]*%\}|<<[^<>]{1,20}>>)"
    r"|(?P<blank>[×xX]{2,}(?=年|月|市|县|区|局|万元|单位|项目|分)|[＊*]{2,}(?=年|月|万元|项目|%|分|市|县)|_{3,}(?=年|月|日|万元|分|%|人))"
    r"|(?P<unit>(?P<name>万元|亿元|百分点) ?[0-9][0-9,.]* ?(?P=name)|[0-9] ?(?P<twice>万元|亿元|元|%|个百分点) ?(?P=twice))"
    r"|(?P<mark>[，,]{2,}|。{2}(?!。)|；；|、、|，。|。，|；。|：：)"
)
_WORDS = {
    "bookmark": "是转换文档时留下的书签", "latex": "是没有转换的公式代码", "field": "是失效的域或错误值", "template": "是模板里没有替换的占位符",
    "blank": "是没有填写的占位", "unit": "里单位重复", "mark": "标点重复",
}  # fmt: skip
_MOST_OF_A_KIND = 5    # a table of contents gone wrong is one thing to mend, not fifty
_ELLIPSIS = "。。。"


def residues(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, int, int, str]]:
    """E12: every leftover with its place and what it is."""
    times: dict[str, int] = {}
    for paragraph in paragraphs:
        for match in _LEFT.finditer(paragraph.text):
            kind = match.lastgroup if match.lastgroup in _WORDS else "unit"
            if kind == "mark" and _ELLIPSIS in paragraph.text[max(0, match.start() - 1) : match.end() + 1]:
                continue
            times[kind or ""] = times.get(kind or "", 0) + 1
            if times[kind or ""] <= _MOST_OF_A_KIND:
                yield paragraph, match.start(), match.end(), f"「{match[0]}」{_WORDS[kind or 'unit']}"
