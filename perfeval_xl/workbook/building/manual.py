"""使用手册: one text, shown as a sheet in each workbook and as a page."""

from __future__ import annotations

import re
from importlib import resources

from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_FUNCTIONS = "FUNCTIONS\n"
_WIDTHS = (34, 86)
_BAR = r"\|"


class Line(Record):
    """手册的一行: ``look`` is title, heading, row, head or text; a row of a table has two cells."""

    look: str
    first: str
    second: str = ""


def manual_text(functions: list[tuple[str, str]]) -> str:
    """手册全文 as Markdown, with the table of cell functions (call, what it gives)."""
    text = (resources.files("workbooks") / "manual.md").read_text("utf-8")
    rows = "\n".join(f"| `{call}` | {meaning.replace('|', _BAR)} |" for call, meaning in functions)
    return text.replace(_FUNCTIONS, f"| 函数 | 结果 |\n|---|---|\n{rows}\n")


def manual_lines(text: str) -> Iterator[Line]:
    r"""手册逐行 for a sheet: marks of Markdown become looks.

    >>> [tuple(line) for line in manual_lines("# 手册\n| 词 | 义 |\n|---|---|\n| `a` | **b** |\n1. 填表")]
    [('title', '手册', ''), ('head', '词', '义'), ('row', 'a', 'b'), ('text', '1. 填表', '')]
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.strip() or set(line) <= set("|- "):
            continue
        if line.startswith("|"):
            cells = [_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            is_head = number + 1 < len(lines) and lines[number + 1].startswith("|---")
            yield Line("head" if is_head else "row", cells[0], cells[1] if len(cells) > 1 else "")
        elif line.startswith("#"):
            yield Line("title" if line.startswith("# ") else "heading", _plain(line.lstrip("#")))
        else:
            yield Line("text", _plain(line))


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text).replace(_BAR, "|").strip()


def draw_manual(sheet: Any, formats: dict[str, Any], functions: list[tuple[str, str]]) -> None:
    """手册 as a sheet of two columns, ready to print."""
    looks = {"title": "title_left", "heading": "heading", "head": "side_label", "row": "side_text", "text": "note_line_wrapped"}
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for row, line in enumerate(manual_lines(manual_text(functions))):
        style = formats[looks[line.look]]
        if line.look in ("head", "row"):
            sheet.write_string(row, 0, line.first, style)
            sheet.write_string(row, 1, line.second, style)
            sheet.set_row(row, _height(line.second, _WIDTHS[1]))
        else:
            sheet.merge_range(row, 0, row, 1, "", style)
            sheet.write_string(row, 0, line.first, style)
            sheet.set_row(row, 26 if line.look in ("title", "heading") else _height(line.first, sum(_WIDTHS)))
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _height(text: str, width: float) -> float:
    taken = sum(2.0 if ord(character) > 0x2E7F else 1.05 for character in text)
    return 15.0 * max(1, -(-taken // (width - 2))) + 3
