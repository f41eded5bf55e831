"""标记行: rows with header words, titles or name labels, by which tables are found; one pass over the cells."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.layout.columns import DEEPEST_HEADER
from perfeval_xl.workbook.layout.geometry import is_filled
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
    from perfeval_xl.workbook.grid import Cell, Sheet

INDICATORS, FUNDS, TITLE, NAME = "indicators", "funds", "title", "name"
_LONGEST_HEADER = 60
# Characters without which a row cannot be of a sort; cheaper than reading the words of every row.
_LEVEL_SIGN, _POINTS_SIGNS, _MONEY_SIGNS, _NAME_SIGNS = "级", ("分", "权"), ("执", "算", "支", "划", "决", "用"), ("名", "险")
_TITLE_SIGN = "评"
_ANY_SIGN = frozenset((_LEVEL_SIGN, *_POINTS_SIGNS, *_MONEY_SIGNS, *_NAME_SIGNS, _TITLE_SIGN))


class Mark(Record):
    """标记: a row that says where a table or a block begins; ``words`` counts the different header words found."""

    row: int
    sort: str
    words: int = 0


def marks_of(sheet: Sheet) -> list[Mark]:
    """标记行 of a sheet, from the top."""
    texts: dict[int, list[tuple[int, Cell]]] = {}
    hinted: set[int] = set()
    for (row, column), cell in sheet.cells.items():
        if is_filled(cell):
            texts.setdefault(row, []).append((column, cell))
            value = cell.value
            if type(value) is str and len(value) <= _LONGEST_HEADER and not _ANY_SIGN.isdisjoint(value):
                hinted.add(row)
    marks: list[Mark] = []
    for row in sorted(hinted):
        mark = _mark(row, [cell for _, cell in sorted(texts[row], key=lambda text: text[0])])
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


def _mark(row: int, cells: list[Cell]) -> Mark | None:
    raw = [cell.value if type(cell.value) is str and len(cell.value) <= _LONGEST_HEADER else "" for cell in cells]
    joined = "".join(raw)
    if len(cells) == 1 and _TITLE_SIGN in joined and is_title(bare(joined)):
        return Mark(row, TITLE)
    found = _indicators(row, raw, joined) or (_funds(row, raw) if _has(_MONEY_SIGNS, joined) else None)
    if found is None and _has(_NAME_SIGNS, joined) and any(is_named(text) for text in raw if _has(_NAME_SIGNS, text)):
        return Mark(row, NAME)
    return found


def _indicators(row: int, raw: list[str], joined: str) -> Mark | None:
    if _LEVEL_SIGN not in joined and not (len(raw) > 3 and all(raw) and _has(_POINTS_SIGNS, joined)):
        return None
    roles = {indicator_role(text) for text in raw} - {"", "other"}
    levels = roles.intersection(LEVELS)
    data = roles.intersection(("target", "actual", "weight", "score"))
    is_header = len(levels) > 1 or (levels and len(data) > 1) or ("name" in roles and len(data) > 2)
    return Mark(row, INDICATORS, len(levels)) if is_header else None


def _funds(row: int, raw: list[str]) -> Mark | None:
    if sum(_has(_MONEY_SIGNS, text) and not _has_digit(text) for text in raw) < 2:
        return None
    roles = [fund_role(text) for text in raw]
    money = {*AMOUNT_COLUMNS, "rate"}.intersection(roles)
    if len(money) > 1 and money.intersection(AMOUNT_COLUMNS) and _is_header(raw, roles):
        return Mark(row, FUNDS, len(set(roles) - {"", "other"}))
    return None


def _has(signs: tuple[str, ...], text: str) -> bool:
    for sign in signs:  # noqa: SIM110 - asked for every row of every sheet
        if sign in text:
            return True
    return False


def _has_digit(text: str) -> bool:
    """A digit before any parenthesis: no header has one."""
    return any(letter.isdigit() for letter in text.replace("（", "(").partition("(")[0])


def _is_header(raw: list[str], roles: list[str]) -> bool:
    """No figures among the words; or label, figure, label, figure."""
    if all(raw) and not any(figure(text) for text in raw):
        return True
    is_amount = [not text or any(letter.isdigit() for letter in text) for text in raw]
    alternating = all(bool(role) != amount for role, amount in zip(roles, is_amount, strict=True))
    return bool(roles[0]) and len(raw) > 2 and alternating
