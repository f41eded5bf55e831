"""命令 read: how a cell's text is understood."""

from __future__ import annotations

from perfeval_xl.cli.document import print_json
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.reading.reading_text import reading_text
from perfeval_xl.core.reading.target import read_text

HELP = """
用法: perfeval-xl read 文字… [--role target|actual] [--json]

看看工具怎样理解指标值或完成值的文字。

以减号开头的文字前面加 --, 例如: perfeval-xl read -- -0.3

例: perfeval-xl read "≥3.34亿元" "65%-75%" "95%以上"
"""
_FIELDS = (
    "raw", "kind", "op", "low", "low_inclusive", "high", "high_inclusive", "unit", "dimension", "factor_to_base", "qualitative",
    "confidence",
)  # fmt: skip


def run(words: list[str]) -> int:
    """Always 0: every text has a reading."""
    options = options_of(words, HELP, ("role=", "json"), least=1)
    if options is None:
        return 0
    role = options.choice("role", ("target", "actual"), "target")
    readings = [read_text(text, role=role) for text in options.words]
    if options.has("json"):
        print_json([{field: getattr(reading, field) for field in _FIELDS} for reading in readings])
    else:
        print("\n".join(reading_text(reading) for reading in readings))
    return 0
