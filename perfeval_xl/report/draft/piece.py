"""文字片段: plain words, facts and quoted texts of the table with their cells, and gaps for the clerk to fill."""

from __future__ import annotations

from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from perfeval_xl.core.table import Value

WORDS, FACT, QUOTED, GAP = "words", "fact", "quoted", "gap"
_NOT_CHARACTERS = ("\ufffe", "\uffff")


class Run(Record):
    """一段同样性质的文字. ``cell``: the address it was read from, "" for what is computed from several cells.

    A fact must stay what the table says; a quoted text is a free text of the form, which the clerk may write anew.
    """

    kind: str
    text: str
    cell: str = ""


Part = str | Run


def runs(*parts: Part) -> tuple[Run, ...]:
    """Plain strings become words; neighbours of one kind stay apart, so that every fact can be found again."""
    return tuple(part if isinstance(part, Run) else Run(WORDS, part) for part in parts if part)


def gap(what: str) -> Run:
    """空缺: what the clerk has to write here.

    >>> gap("年度").text
    '【请填写：年度】'
    """
    return Run(GAP, f"【请填写：{what}】")


def said(value: Value, missing: str) -> Run:
    """The cell's text on one line, or a gap that names what is missing."""
    text = one_line(value.text)
    return Run(FACT, text, value.cell) if text else gap(missing)


def amount(value: Value, money_unit: str, missing: str) -> Run:
    """An amount as displayed with the table's money unit; a text that already holds a unit keeps it."""
    text = one_line(value.text)
    if not text:
        return gap(missing)
    return Run(FACT, text if "元" in text or value.number is None else f"{text}{money_unit}", value.cell)


def points(number: float | None, cell: str, missing: str) -> Run:
    """分: weights, scores and points lost without trailing zeros."""
    return gap(missing) if number is None else Run(FACT, f"{plain(number)}分", cell)


def one_line(text: str) -> str:
    r"""单行文字: line ends and runs of blanks become one blank, what no .docx may hold is dropped.

    >>> one_line(" 甲\n乙\x07\u3000丙 ")
    '甲 乙 丙'
    """
    return " ".join(clean(text).split())


def lines(text: str) -> list[str]:
    """The non-blank lines of a cell."""
    return [line for raw in clean(text).splitlines() if (line := " ".join(raw.split()))]


def clean(text: str) -> str:
    r"""只留可以写进文档的字符: control characters, surrogates and non-characters are dropped, line ends are kept.

    >>> clean("a\x00\ud800b\r\nc")
    'ab\r\nc'
    """
    if text.isprintable():
        return text
    return "".join(mark for mark in text if _is_allowed(mark))


def _is_allowed(mark: str) -> bool:
    if mark in "\t\n\r" or " " <= mark < "\x7f":
        return True
    return mark >= "\xa0" and not "\ud800" <= mark <= "\udfff" and mark not in _NOT_CHARACTERS
