"""整张常规工作表: a small part whose rows all have the plain shape; what frames the rows is parsed once for many files."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.opc.markup import feed, has_plain_shape
from perfeval_xl.workbook.reading.plain_rows import plain_row, row_shape, whole_rows
from perfeval_xl.workbook.reading.worksheet import WorksheetContent

if TYPE_CHECKING:
    from perfeval_xl.workbook.grid import Area

_ROW, _ROWS_START, _ROWS_END = b"<row ", b"<sheetData>", b"</sheetData>"
_LONGEST_FRAME, _LONGEST_SHAPE = 64 << 10, 2 << 10     # bytes and characters worth remembering: a longer row holds texts of its own


class _Frame(Record):
    """What a worksheet part says outside its rows."""

    merges: tuple[Area, ...]
    hidden_columns: frozenset[int]


def take_plain_sheet(content: WorksheetContent, part: bytes) -> bool:
    """整张读入; False, and nothing taken, where the part or one of its rows has another shape.

    Raises UnusableFile for broken XML outside the rows.
    """
    start, end = part.find(_ROW), part.rfind(_ROWS_END)
    head, tail = part[:start], part[end:]
    if not head.endswith(_ROWS_START) or start >= end or len(head) + len(tail) > _LONGEST_FRAME or not has_plain_shape(head) or b"<!" in tail:
        return False
    pieces = whole_rows(part[start:end])
    rows = [plain_row(piece, content.last_letter, _shape if len(piece) < _LONGEST_SHAPE else row_shape) for piece in pieces[:-1]]
    if not rows or pieces[-1] or not all(rows):
        return False
    frame = _frame(head, tail)
    content.merges += frame.merges
    content.hidden_columns |= frame.hidden_columns
    for row in rows:
        if row:
            content.take_row(*row)
    return True


_shape = lru_cache(maxsize=4096)(row_shape)     # the rows of a hundred filled forms differ in their values alone


@lru_cache(maxsize=256)
def _frame(head: bytes, tail: bytes) -> _Frame:
    content = WorksheetContent({}, {})
    feed(content.parser, head + tail, last=True)
    return _Frame(tuple(content.merges), frozenset(content.hidden_columns))
