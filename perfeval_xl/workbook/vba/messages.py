"""宏里的中文: a VBA module of functions that give Chinese texts, from a readable file.

VBA sources are ASCII, so each function puts its text together from code points.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from perfeval_xl.workbook.vba.source import Module, standard_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEAD = """\
Attribute VB_Name = "Messages"
Option Explicit
Option Private Module
' Built from messages.toml, where these texts can be read.
"""
_PIECES_PER_LINE = 20  # VBA reads 1023 characters a line


def messages_module(document: str) -> Module:
    """生成 Messages 模块 from the text of messages.toml: each key becomes a function without arguments."""
    texts: Mapping[str, str] = tomllib.loads(document)
    return standard_module("Messages", _HEAD + "".join(_function(name, text) for name, text in texts.items()))


def _function(name: str, text: str) -> str:
    pieces = list(_pieces(text))
    lines = [pieces[start : start + _PIECES_PER_LINE] for start in range(0, len(pieces), _PIECES_PER_LINE)]
    body = "".join(f"    {name} = {name} & {' & '.join(line)}\n" for line in lines)
    return f"\nPublic Function {name}() As String\n{body}End Function\n"


def _pieces(text: str) -> Iterator[str]:
    r"""The operands of one concatenation; a character beyond the basic plane is two.

    >>> list(_pieces("用 Python\n"))
    ['ChrW$(29992)', '" Python"', 'vbLf']
    """
    for run in re.findall(r"[ !#-~]+|.|\n", text):
        if run == "\n":
            yield "vbLf"
        elif run.isascii() and run != '"':
            yield f'"{run}"'
        else:
            units = run.encode("utf-16-le")
            yield from (
                f"ChrW$({low | high << 8})" for low, high in zip(units[::2], units[1::2], strict=True)
            )
