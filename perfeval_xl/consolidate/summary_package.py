"""汇总的文件包: rows go from their values into the compressed sheet, a piece at a time; none is kept."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

from perfeval_xl.consolidate.row_markup import RowMarkup
from perfeval_xl.consolidate.summary_rows import Row
from perfeval_xl.workbook.address import address

_LEVEL = 1      # a third of the time of the usual level, a fifth more bytes
_PIECE = 200    # rows
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')


@dataclass(frozen=True)
class Page:
    """一张数据表: which sheet of the frame it is, its first row, how many there are.

    In the frame two rows of empty cells stand there: one that shows each column's style, one that shows the style of texts
    that look like formulas.
    """

    number: int
    first: int
    count: int
    rows: Iterator[Row]
    widths: tuple[float, ...] = ()


def fill_frame(frame: IO[bytes], path: object, pages: list[Page]) -> None:
    """写出 the frame with the rows of its pages. Raises OSError where it cannot be written."""
    parts = {f"xl/worksheets/sheet{page.number}.xml": page for page in pages}
    with zipfile.ZipFile(frame) as source, zipfile.ZipFile(str(path), "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target:
        for member in source.infolist():
            page = parts.get(member.filename)
            if page is None:
                target.writestr(member, source.read(member), compresslevel=_LEVEL)
                continue
            with target.open(zipfile.ZipInfo(member.filename, member.date_time), "w", force_zip64=True) as part:
                for piece in _sheet(source.read(member).decode("utf-8"), page):
                    part.write(piece.encode("utf-8"))


def _sheet(frame: str, page: Page) -> Iterator[str]:
    start, end = frame.index(f'<row r="{page.first}"'), frame.index("</sheetData>")
    styles, quoted = (list(map(int, _STYLE.findall(row))) for row in frame[start:end].split("</row>")[:2])
    last = address(page.first - 1 + page.count, len(styles))
    yield re.sub(r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}"/>', frame[:start], count=1)
    written = RowMarkup(styles, quoted[0], page.widths).rows(page.first, page.rows)
    while piece := "".join(islice(written, _PIECE)):
        yield piece
    yield frame[end:]
