"""常规行: rows in the very shape Excel and WPS write, taken apart without an XML parser, in two thirds of its time.

A row that differs in anything (attributes in another order, shared formulas, entities, runs, line breaks in a
text) is left to the parser; so are parts with comments, prefixes or another encoding. What is taken here is
exactly what the parser would have found.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place
from perfeval_xl.workbook.opc.markup import has_plain_characters, natural, resolved
from perfeval_xl.workbook.reading.merged_areas import LAST_READ_COLUMN, LAST_READ_ROW
from perfeval_xl.workbook.reading.texts import unescaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval_xl.workbook.reading.worksheet import Look, RowCell, WorksheetContent

    PlainRow = tuple[int, tuple[RowCell, ...], list[str]]
    Shape = tuple[int, tuple[RowCell, ...], tuple[str | None, ...]]

_ROW, _CELL, _VALUE, _FORMULA = '<row r="', '<c r="', "<v>", "<f>"
_VALUE_END, _FORMULA_END, _TEXT_END = "<v>/v></c>", "</f>", "</t></is></c>"     # a value was cut out together with the bracket behind it
_TEXTS = ("<is><t>", '<is><t xml:space="preserve">')


class PlainRows:
    """整行的拆分 of one worksheet part: whole rows into ``content``, those of any other shape into ``feed``."""

    def __init__(self, content: WorksheetContent, feed: Callable[[bytes], None]) -> None:
        self._content, self._feed = content, feed

    def take(self, rows: bytes) -> None:
        """拆开若干整行, in their order."""
        pieces = whole_rows(rows)
        if not pieces:
            self._feed(rows)
            return
        for piece in pieces[:-1]:
            row = plain_row(piece, self._content.last_letter, row_shape)
            if row:
                self._content.take_row(*row)
            else:
                self._feed(f"{piece}</row>".encode())
        if pieces[-1].strip():
            self._feed(pieces[-1].encode())


def whole_rows(rows: bytes) -> list[str]:
    """整行逐个, without their end tags, and what stands behind the last; empty where only a parser can tell."""
    if b"<!" in rows or b"<?" in rows or b"xmlns" in rows or not has_plain_characters(rows, lines=False):
        return []
    try:
        return rows.decode().split("</row>")
    except UnicodeDecodeError:
        return []


def plain_row(row: str, last_letter: str, shape_of: Callable[[str, str], Shape | None]) -> PlainRow | None:
    """一整行拆成行号、单元格和它们的值, as WorksheetContent.take_row wants them; None for another than the plain shape.

    ``shape_of`` takes apart what is left without the values.
    """
    first, *others = row.split(_VALUE)
    values, pieces = [], [first]
    for other in others:
        value, _, rest = other.partition("<")
        values.append(value)
        pieces.append(rest)
    shape = shape_of(_VALUE.join(pieces), last_letter)
    if shape is None:
        return None
    number, cells, texts = shape
    if texts:
        given = iter(values)
        values = [next(given, "") if text is None else text for text in texts]
    if "&" in row:
        values = [resolved(value) for value in values]
    return number, cells, values


def row_shape(row: str, last_letter: str) -> Shape | None:
    """A row without its values: its number, its cells, their texts if they stand inside; None for another than the plain shape."""
    head, _, cells = row.partition(">")
    marks = head.split('"')
    before, *found = cells.split(_CELL)
    if not head.startswith(_ROW) or "hidden" in head or "<" in head[1:] or before or marks[-1]:
        return None
    taken, texts = [], []
    for cell in found:
        head, _, body = cell.partition(">")
        if not body and head.endswith("/"):
            continue
        reference, _, tail = head.partition('"')
        if reference[:1] > last_letter:
            break
        spot, look, content = place(reference), _look(tail), _content(body)
        if spot is None or look is None or content is None or spot[0] > LAST_READ_ROW or spot[1] > LAST_READ_COLUMN:
            return None
        text, formula = content
        taken.append((spot, look, formula))
        texts.append(text)
    return natural(marks[1]), tuple(taken), tuple(texts) if any(text is not None for text in texts) else ()


def _look(tail: str) -> Look | None:
    """Style and type in the attributes after the reference, None for others than these in this order."""
    marks = tail.split('"')
    names, values = marks[0:-1:2], marks[1::2]
    if marks[-1] or "&" in tail or names not in ([], [" s="], [" t="], [" s=", " t="]):
        return None
    attributes = dict(zip(names, values, strict=True))
    return attributes.get(" s=", "0"), attributes.get(" t=", "n")


def _content(body: str) -> tuple[str | None, str] | None:
    """Text that stands inside, or None where a value was, and the formula of a cell; None for another shape."""
    if body == _VALUE_END:
        return None, ""
    if body.startswith(_FORMULA) and body.endswith(_FORMULA_END + _VALUE_END):
        formula = body[len(_FORMULA):-len(_FORMULA_END + _VALUE_END)]
        return None if "<" in formula else (None, unescaped(resolved(formula)))
    if body.startswith(_TEXTS) and body.endswith(_TEXT_END):
        text = body[:-len(_TEXT_END)].partition("<t")[2].partition(">")[2]
        return None if "<" in text else (text, "")
    return None
