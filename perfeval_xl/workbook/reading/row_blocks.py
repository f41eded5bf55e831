"""按行分块: a worksheet part fed to its parser in blocks of rows; blocks of blank rows are passed over.

A form whose formats run down to row 200,000 is common. Such blank rows hold nothing but ``<row`` and
``<c`` tags, which a search tells a hundred times faster than an XML parser.
"""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.markup import Feeder, has_plain_shape
from perfeval_xl.workbook.opc.package import CHUNK, OVERSIZED
from perfeval_xl.workbook.reading.merged_areas import LAST_READ_ROW
from perfeval_xl.workbook.reading.plain_rows import PlainRows
from perfeval_xl.workbook.reading.plain_sheet import take_plain_sheet

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from perfeval_xl.workbook.opc.package import Package
    from perfeval_xl.workbook.reading.worksheet import Budget, WorksheetContent

_SMALL = CHUNK // 4        # a block not worth asking whether it is blank
_LONGEST_ROW = 4 * CHUNK   # a longer one is fed in pieces
_ENDLESS_ROW = 4 << 20     # 16,384 cells of a row take a fraction of it
_OVERDRAFT = 4 << 20       # bytes parsed beyond the budget before a sheet without rows is given up


def feed_worksheet(content: WorksheetContent, package: Package, part: str, budget: Budget) -> None:
    """读工作表部件, block by block.

    Raises UnusableFile for broken XML, for sizes beyond the limits and for tags of absurd length.
    """
    member = package.find(part)
    if member and member.size <= CHUNK and budget.parsed_bytes > CHUNK and content.has_room(member.size):
        data = package.read(part)
        if take_plain_sheet(content, data):
            budget.parsed_bytes -= len(data)
            return
    _Blocks(content, budget).feed_all(package.stream(part))


class _Blocks:
    def __init__(self, content: WorksheetContent, budget: Budget) -> None:
        self._content, self._budget = content, budget
        self._feeder = Feeder(content.parser)
        self._plain_rows = PlainRows(content, self._feed)
        self._skips, self._is_plain = True, False
        self._row = self._rows_end = b""

    def feed_all(self, chunks: Iterator[bytes]) -> None:
        pending, of_one_row = b"", 0
        for chunk in chunks:
            pending += chunk
            if not self._row:
                start = self._learn_names(pending)
                self._feed(pending[:start])
                pending = pending[start:]
            cut = pending.rfind(self._row) if self._row else 0
            if cut > 0:
                self._block(pending[:cut])
                pending, of_one_row = pending[cut:], 0
            elif len(pending) > _LONGEST_ROW:
                of_one_row += len(pending)
                if of_one_row > _ENDLESS_ROW and self._rows_end not in pending:
                    raise UnusableFile(OVERSIZED)
                self._feed(pending)
                pending = b""
        end = pending.find(self._rows_end)
        if self._row and end > 0:
            self._block(pending[:end])
            pending = pending[end:]
        self._feed(pending, last=True)

    def _learn_names(self, head: bytes) -> int:
        """Where the rows begin; the tag names with the prefix this part uses, once sheetData has come by."""
        place = head.find(b"sheetData")
        prefix = head[head.rfind(b"<", 0, place) + 1:place]
        row = b"<%srow " % prefix
        start = head.find(row, place)
        if place < 0 or start < 0 or not (prefix == b"" or (prefix.endswith(b":") and prefix[:-1].isalnum())):
            return len(head)
        self._row, self._rows_end = row, b"</%ssheetData" % prefix
        self._is_plain = not prefix and has_plain_shape(head[:start])
        return start

    def _block(self, block: bytes) -> None:
        content = self._content
        if not (self._skips and block.startswith(self._row)):
            self._feed(block)
        elif self._is_over():
            end = block.find(self._rows_end)
            self._feed(block[end:] if end >= 0 else b"")
        elif len(block) > _SMALL and self._is_blank(block):
            last = block[block.rfind(self._row):]
            if b' r="' not in last[:last.find(b">")]:      # else it says itself which row it is
                content.row += block.count(self._row) - 1
            self._feed(last)
        elif self._is_plain:
            self._budget.parsed_bytes -= len(block)
            self._plain_rows.take(block)
        else:
            self._feed(block)

    def _is_over(self) -> bool:
        self._content.is_cut = self._content.is_cut or self._budget.parsed_bytes <= 0
        return self._content.is_cut

    def _is_blank(self, block: bytes) -> bool:
        """Whole rows that hold no value, no formula and no mark worth knowing.

        A cell that holds something ends with an end tag; a blank one closes itself.
        """
        content_tag, hidden = _marks(self._row)
        return (
            not (b"!" in block or b"?" in block or b"xmlns" in block)
            and not content_tag.search(block)
            and not (self._content.row < LAST_READ_ROW and hidden.search(block))
        )

    def _feed(self, data: bytes, *, last: bool = False) -> None:
        """What stands in a comment, CDATA or an instruction looks like rows and is none: skip nothing then."""
        if not data and not last:
            return
        declaration = 8 if self._feeder.fed == 0 else 0
        if b"<!" in data or data.find(b"<?", declaration) >= 0:
            self._skips = False
        self._feeder.feed(data, last=last)
        self._budget.parsed_bytes -= len(data)
        if self._budget.parsed_bytes < -_OVERDRAFT:
            raise UnusableFile(OVERSIZED)


@cache
def _marks(row: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """What blank rows do not hold: the end tag of anything but a row; a row that is hidden."""
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(b"</(?!%s>)" % row[1:-1]), re.compile(b"hidden *= *.(?!0|false)")
