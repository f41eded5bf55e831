"""签字栏: 单位负责人, 填表人, 联系电话, 填报日期 … below the table."""

from __future__ import annotations

import unicodedata

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Value
from perfeval_xl.workbook.layout.header_words import SIGNATURES, bare
from perfeval_xl.workbook.layout.value import part, worded

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_LONGEST_CELL = 300


def signatures(geometry: Geometry, rows: Iterable[int]) -> tuple[tuple[str, Value], ...]:
    """签字栏: label and value; several labels may share a cell, a value may stand in the next cell."""
    signed: list[tuple[str, Value]] = []
    for row in rows:
        for column in geometry.own(row):
            signed += _in_cell(geometry, (row, column))
    return tuple(signed)


def _in_cell(geometry: Geometry, place: Place) -> list[tuple[str, Value]]:
    whole = worded(geometry, place)
    text = unicodedata.normalize("NFKC", whole.text)
    short = bare(text) if len(text) <= _LONGEST_CELL else ""
    if not _signs(short):
        return []
    if len(short) <= 12 and _signs(short.rpartition(":")[2]):
        text += ":"
    found = _label_alone(text) or [(bare(match[1]), match[2].strip()) for match in _labelled().finditer(text)]
    signed = [(label, part(whole, _unfilled().sub("", value) if value else value)) for label, value in found if _signs(label)]
    if signed and found[-1][0] == signed[-1][0] and signed[-1][1].is_blank:
        signed[-1] = (signed[-1][0], _beside(geometry, place, signed[-1][1]))
    return signed


def _signs(label: str) -> bool:
    for word in SIGNATURES:  # noqa: SIM110 - asked for every cell around the table
        if word in label:
            return True
    return False


def _beside(geometry: Geometry, place: Place, blank: Value) -> Value:
    beside = geometry.right_of(place)
    if beside[0] != place[0] or geometry.is_blank(beside) or ":" in geometry.words(beside) or _signs(geometry.words(beside)):
        return blank
    return worded(geometry, beside)


def _label_alone(text: str) -> list[tuple[str, str]]:
    """「单位负责人:」 and nothing else, read without a pattern."""
    label, colon, rest = text.strip().partition(":")
    alone = colon and not rest and 2 <= len(label) <= 20 and not any(character.isspace() for character in label)
    return [(bare(label), "")] if alone else []


@cache
def _labelled() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"([^\s:]{2,20}):(.*?)(?=\s+[^\s:]{2,20}:|$)", re.DOTALL)


@cache
def _unfilled() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"^[\s_]*年[\s_]*月[\s_]*日?[\s_]*$|^[\s_]+$")
