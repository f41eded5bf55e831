"""自检网页: the lines of a self-check as one page that needs nothing but itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from perfeval_xl.installation.diagnosis import verdict
from perfeval_xl.installation.line import ERROR, OK, WARNING
from perfeval_xl.workbook.results.page_style import STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.installation.line import Line

_LOOKS = {OK: ("done", "✓正常"), WARNING: ("explain", "▲提醒"), ERROR: ("error", "✗错误")}


def page_bytes(lines: Sequence[Line]) -> bytes:
    """自检.html, UTF-8: what has to be mended first."""
    order = (ERROR, WARNING, OK)
    rows = "".join(_row(line) for line in sorted(lines, key=lambda line: order.index(line.level)))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>自检</title>'
        f'<style>{STYLE}</style></head><body><h1>自检</h1><p class="counts">{escape(verdict(list(lines)))}</p>'
        f"<table><thead><tr><th>结果</th><th>项目</th><th>情况</th><th>怎么办</th></tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    ).encode()


def _row(line: Line) -> str:
    look, name = _LOOKS[line.level]
    return f'<tr><td class="{look}">{name}</td><td>{escape(line.topic)}</td><td>{escape(line.said)}</td><td>{escape(line.advice)}</td></tr>\n'
