"""标记行: rows with header words, titles or name labels, by which tables are found; one pass over the cells."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.layout.columns import DEEPEST_HEADER
from perfeval_xl.workbook.layout.header_words import (
    AMOUNT_COLUMNS,
    LEVELS,
    bare,
    fund_role,
    indicator_role,
    is_title,
)
from perfeval_xl.workbook.layout.heading import is_named
from perfeval_xl.workbook.layout.value import figure

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Sheet
    from perfeval_xl.workbook.layout.geometry import Filled

INDICATORS, FUNDS, TITLE, NAME = "indicators", "funds", "title", "name"
_LONGEST_HEADER = 60
_YEAR = len("2024年")
# Characters without which a row cannot be of a sort; cheaper than reading the words of every row.
_LEVEL_SIGN, _POINTS_SIGNS, _MONEY_SIGNS, _TITLE_SIGN = "级", frozenset("分权"), frozenset("执算支划决用"), "评"
_ANY_SIGN = frozenset((_LEVEL_SIGN, *_POINTS_SIGNS, *_MONEY_SIGNS, "名", "险", _TITLE_SIGN))


class Mark(Record):
    """标记: a row that says where a table or a block begins; ``words`` counts the different header words found."""

    row: int
    sort: str
    words: int = 0


def marks_of(sheet: Sheet, filled: Filled) -> list[Mark]:
    """标记行 of a sheet, from the top; ``filled`` are its filled cells."""
    cells = sheet.cells
    marks: list[Mark] = []
    for row, columns in filled.items():
        values = [cells[row, column].value for column in columns]
        texts = [value if type(value) is str and len(value) <= _LONGEST_HEADER else "" for value in values]
        joined = "".join(texts)
        mark = None if _ANY_SIGN.isdisjoint(joined) else _mark(row, texts, joined)
        if mark is None:
            continue
        if not (marks and _same_header(marks[-1], mark)):
            marks.append(mark)
        elif marks[-1].words < mark.words:
            marks[-1] = mark
    return marks


def _same_header(above: Mark, mark: Mark) -> bool:
    """Rows of one header: only one of them names the levels."""
    near = mark.row - above.row <= DEEPEST_HEADER
    return near and above.sort == mark.sort == INDICATORS and min(above.words, mark.words) < 2 <= max(above.words, mark.words)


def _mark(row: int, raw: list[str], joined: str) -> Mark | None:
    if len(raw) == 1 and _TITLE_SIGN in joined and is_title(bare(joined)):
        return Mark(row, TITLE)
    found = _indicators(row, raw, joined) or _funds(row, raw)
    if found is None and _may_name(joined):
        for text in raw:
            if _may_name(text) and is_named(text):
                return Mark(row, NAME)
    return found


def _may_name(text: str) -> bool:
    return ("名" in text and "称" in text) or ("险" in text and "种" in text)


def _indicators(row: int, raw: list[str], joined: str) -> Mark | None:
    if _LEVEL_SIGN not in joined and (len(raw) < 4 or not all(raw) or _POINTS_SIGNS.isdisjoint(joined)):
        return None
    roles = {indicator_role(text) for text in raw} - {"", "other"}
    levels = roles.intersection(LEVELS)
    data = roles.intersection(("target", "actual", "weight", "score"))
    is_header = len(levels) > 1 or (levels and len(data) > 1) or ("name" in roles and len(data) > 2)
    return Mark(row, INDICATORS, len(levels)) if is_header else None


def _funds(row: int, raw: list[str]) -> Mark | None:
    if not (all(raw) or fund_role(raw[0])):
        return None     # figures stand among the words
    money = [text for text in raw if not _MONEY_SIGNS.isdisjoint(text)]
    if len(money) < 2 or sum(not _has_digit(text) for text in money) < 2:
        return None
    roles = [fund_role(text) for text in raw]
    amounts = {*AMOUNT_COLUMNS, "rate"}.intersection(role for role, text in zip(roles, raw, strict=True) if not _has_digit(text))
    if len(amounts) > 1 and amounts.intersection(AMOUNT_COLUMNS) and _is_header(raw, roles):
        return Mark(row, FUNDS, len(set(roles) - {"", "other"}))
    return None


def _has_digit(text: str) -> bool:
    """A digit before any parenthesis, other than of a year in front: no header has one."""
    words = text.replace("（", "(").partition("(")[0]
    behind = words[_YEAR:] if words.startswith("20") and words[4:_YEAR] == "年" else words
    return any(letter.isdigit() for letter in behind)


def _is_header(raw: list[str], roles: list[str]) -> bool:
    """No figures among the words; or label, figure, label, figure."""
    if all(raw) and not any(figure(text) for text in raw):
        return True
    is_amount = [not text or any(letter.isdigit() for letter in text) for text in raw]
    alternating = all(bool(role) != amount for role, amount in zip(roles, is_amount, strict=True))
    return bool(roles[0]) and len(raw) > 2 and alternating
