"""常规行: rows in the very shape Excel and WPS write, taken apart without an XML parser, in two thirds of its time.

A row that differs in anything (attributes in another order, shared formulas, entities, runs, line breaks in a
text) is left to the parser; so are parts with comments, prefixes or another encoding. What is taken here is
exactly what the parser would have found.
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfeval_xl.workbook.reading.worksheet import Look, WorksheetContent

_ROW, _CELL, _VALUE, _FORMULA = '<row r="', '<c r="', "<v>", "<f>"
_VALUE_END, _FORMULA_END, _TEXT_END = "</v></c>", "</f><v>", "</t></is></c>"
_TEXTS = ("<is><t>", '<is><t xml:space="preserve">')


def has_plain_shape(head: bytes) -> bool:
    """部件是否按常规写法: UTF-8, one namespace without prefix, no comment before the rows.

    >>> has_plain_shape(b'<worksheet xmlns="urn:x"><sheetData>'), has_plain_shape(b'<x:worksheet xmlns:x="urn:x">')
    (True, False)
    """
    declaration = head[:100].lower()
    return (
        b"<worksheet " in head
        and head.count(b'xmlns="') == 1
        and (b"encoding" not in declaration or b'encoding="utf-8"' in declaration)
        and b"<!" not in head
        and head.find(b"<?", 8) < 0
    )


class PlainRows:
    """整行的拆分 of one worksheet part: whole rows into ``content``, those of any other shape into ``feed``."""

    def __init__(self, content: WorksheetContent, feed: Callable[[bytes], None]) -> None:
        self._content, self._feed = content, feed
        self._looks: dict[str, Look | None] = {}

    def take(self, rows: bytes) -> None:
        """拆开若干整行, in their order."""
        if b"<!" in rows or b"<?" in rows or b"xmlns" in rows:
            self._feed(rows)
            return
        try:
            pieces = rows.decode().split("</row>")
        except UnicodeDecodeError:
            self._feed(rows)
            return
        for piece in pieces[:-1]:
            if not self._take_row(piece):
                self._feed(f"{piece}</row>".encode())
        if pieces[-1].strip():
            self._feed(pieces[-1].encode())

    def _take_row(self, row: str) -> bool:
        """Whether the row had the plain shape and was taken; nothing of it is taken otherwise."""
        head, _, cells = row.partition(">")
        marks = head.split('"')
        if not (head.startswith(_ROW) and row.isprintable()) or "&" in row or "hidden" in head or "<" in head[1:]:
            return False
        before, *found = cells.split(_CELL)
        if before or marks[-1]:
            return False
        taken = []
        for cell in found:
            head, _, body = cell.partition(">")
            if not body and head.endswith("/"):
                continue
            reference, _, tail = head.partition('"')
            if reference[:1] > self._content.last_letter:
                break
            look = self._looks[tail] if tail in self._looks else self._learn(tail)
            is_value = body.startswith(_VALUE) and body.endswith(_VALUE_END)
            value, formula = (body[3:-8], None) if is_value else _split_body(body)
            if look is None or value is None or "<" in value:
                return False
            taken.append((reference, look, value, formula))
        self._content.take_row(marks[1], taken)
        return True

    def _learn(self, tail: str) -> Look | None:
        """What the attributes after the reference mean, None for others than style and type in this order."""
        marks = tail.split('"')
        names, values = marks[0:-1:2], marks[1::2]
        look = None
        if not marks[-1] and names in ([], [" s="], [" t="], [" s=", " t="]):
            attributes = dict(zip(names, values, strict=True))
            look = self._content.look(attributes.get(" s=", "0"), attributes.get(" t=", "n"))
        self._looks[tail] = look
        return look


def _split_body(body: str) -> tuple[str | None, str | None]:
    """Value and formula of a cell that has more than a value; no value for another shape."""
    if body.startswith(_FORMULA) and body.endswith(_VALUE_END):
        formula, found, value = body[3:-8].partition(_FORMULA_END)
        return (value, formula) if found and "<" not in formula else (None, None)
    if body.startswith(_TEXTS) and body.endswith(_TEXT_END):
        return body[:-13].partition("<t")[2].partition(">")[2], None
    return None, None
