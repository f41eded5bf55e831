"""勾选的等级: ☑优 □良 □中 □差, a grade ticked among boxes."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Value
from perfeval_xl.workbook.layout.header_words import GRADES, OPEN_BOXES
from perfeval_xl.workbook.layout.value import part, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry

_TICKED = "☑√✓✔■●☒"
_BOXES = frozenset(OPEN_BOXES + _TICKED)


def ticked_grade(geometry: Geometry, rows: Iterable[int]) -> Value:
    """勾选的等级 in some rows, in the cell of the boxes; ABSENT without a cell of grades of which one is ticked."""
    for row in rows:
        for column in geometry.own(row):
            text = geometry.words((row, column))
            grade = "" if _BOXES.isdisjoint(text) else ticked(text)
            if grade:
                return part(worded(geometry, (row, column)), grade)
    return ABSENT


def ticked(text: str) -> str:
    """The one ticked grade of several, "" where none or more than one is, or where other words are ticked.

    >>> ticked("☑优□良□中□差"), ticked("优□良√中□差□"), ticked("□优□良□中□差"), ticked("☑是□否")
    ('优', '良', '', '')
    """
    marks, words, word = "", [], ""
    for letter in text.rpartition(":")[2]:
        if letter in _BOXES:
            marks += letter
            words += [word] if word else []
            word = ""
        elif letter not in "()、,;/":
            word += letter
    words += [word] if word else []
    ticks = [name for name, mark in zip(words, marks, strict=False) if mark in _TICKED]
    are_grades = len(words) == len(marks) > 1 and GRADES.issuperset(words)
    return ticks[0] if are_grades and len(ticks) == 1 else ""
