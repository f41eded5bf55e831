"""按行分块: a worksheet part fed to its parser in blocks of rows; blocks of blank rows are passed over.

A form whose formats run down to row 200,000 is common. Such blank rows hold nothing but ``<row`` and
``<c`` tags, which a search tells a hundred times faster than an XML parser.
"""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.markup import Feeder, feed
from perfeval_xl.workbook.merged_areas import LAST_READ_ROW
from perfeval_xl.workbook.package import CHUNK, OVERSIZED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.workbook.package import Package
    from perfeval_xl.workbook.worksheet import Budget, WorksheetContent

_LONGEST_ROW = 4 * CHUNK   # a longer one is fed in pieces
_OVERDRAFT = 4 << 20       # bytes parsed beyond the budget before a sheet without rows is given up


def feed_worksheet(content: WorksheetContent, package: Package, part: str, budget: Budget) -> None:
    """读工作表部件: all of it in small parts, block by block in large ones.

    Raises UnusableFile for broken XML, for sizes beyond the limits and for tags of absurd length.
    """
    member = package.find(part)
    if member is None or member.size <= CHUNK:
        budget.parsed_bytes -= member.size if member else 0
        feed(content.parser, package.read(part), last=True)
        return
    _Blocks(content, budget).feed_all(package.stream(part))


class _Blocks:
    def __init__(self, content: WorksheetContent, budget: Budget) -> None:
        self._content, self._budget = content, budget
        self._feeder = Feeder(content.parser)
        self._skips = True
        self._row = self._rows_end = b""
        self._content_tag = self._hidden = re.compile(b"")

    def feed_all(self, chunks: Iterator[bytes]) -> None:
        pending = b""
        for chunk in chunks:
            pending += chunk
            cut = pending.rfind(self._row) if self._row or self._learn_names(pending) else len(pending)
            if cut > 0:
                self._block(pending[:cut])
                pending = pending[cut:]
            elif len(pending) > _LONGEST_ROW:
                self._feed(pending)
                pending = b""
        self._block(pending, last=True)

    def _learn_names(self, head: bytes) -> bool:
        """The tag names with the prefix this part uses; False while sheetData has not come by."""
        place = head.find(b"sheetData")
        prefix = head[head.rfind(b"<", 0, place) + 1:place]
        if place < 0 or not (prefix == b"" or (prefix.endswith(b":") and prefix[:-1].isalnum())):
            return False
        self._row, self._rows_end = b"<%srow" % prefix, b"</%ssheetData" % prefix
        self._content_tag = re.compile(b"</(?!%brow>)" % prefix)
        self._hidden = re.compile(b"hidden *= *.(?!0|false)")
        return True

    def _block(self, block: bytes, *, last: bool = False) -> None:
        content = self._content
        if block.startswith(self._row) and self._is_over():
            end = block.find(self._rows_end)
            block = block[end:] if end >= 0 else b""
        elif self._skips and not last and self._is_blank(block):
            content.row += block.count(self._row) - 1
            block = block[block.rfind(self._row):]
        self._feed(block, last=last)

    def _is_over(self) -> bool:
        self._content.is_cut = self._content.is_cut or self._budget.parsed_bytes <= 0
        return self._content.is_cut

    def _is_blank(self, block: bytes) -> bool:
        """Whole rows that hold no value, no formula and no mark worth knowing.

        A cell that holds something ends with an end tag; a blank one closes itself.
        """
        return (
            block.startswith(self._row)
            and not (b"!" in block or b"?" in block or b"xmlns" in block)
            and not self._content_tag.search(block)
            and not (self._content.row < LAST_READ_ROW and self._hidden.search(block))
        )

    def _feed(self, data: bytes, *, last: bool = False) -> None:
        """What stands in a comment, CDATA or an instruction looks like rows and is none: skip nothing then."""
        if b"<!" in data or data.find(b"<?", 8) >= 0:
            self._skips = False
        self._feeder.feed(data, last=last)
        self._budget.parsed_bytes -= len(data)
        if self._budget.parsed_bytes < -_OVERDRAFT:
            raise UnusableFile(OVERSIZED)
