"""报告内容: chapters, paragraphs and grids of runs; what every way of writing a report starts from."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.draft.piece import GAP, Part, Run, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY, HEADING, CLOSING, ATTACHED = "body", "heading", "closing", "attached"


class Paragraph(Record):
    """一段. ``style``: body, heading (of ``level`` 2 or 3), attached (附件) or closing (落款)."""

    runs: tuple[Run, ...]
    style: str = BODY
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Grid(Record):
    """表格: a caption, the header words and rows of one run for each cell."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


Block = Paragraph | Grid


class Chapter(Record):
    """一章. ``key`` is its name in templates; the title has no number."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def runs(self) -> Iterator[Run]:
        for block in self.blocks:
            if isinstance(block, Grid):
                for row in block.rows:
                    yield from row
            else:
                yield from block.runs


class Portion(Record):
    """一张表的部分: the chapters written from one table."""

    title: tuple[Run, ...]
    chapters: tuple[Chapter, ...]
    closing: tuple[Paragraph, ...]


class Draft(Record):
    """一份报告初稿; one portion for each table."""

    title: tuple[Run, ...]
    portions: tuple[Portion, ...]

    @property
    def runs(self) -> Iterator[Run]:
        """Every run of the report in order."""
        yield from self.title
        for portion in self.portions:
            if len(self.portions) > 1:
                yield from portion.title
            for chapter in portion.chapters:
                yield from chapter.runs
            for paragraph in portion.closing:
                yield from paragraph.runs

    @property
    def gaps(self) -> list[str]:
        """What the clerk still has to write, in order."""
        return [run.text for run in self.runs if run.kind == GAP]


def body(*parts: Part) -> Paragraph:
    """A paragraph of running text."""
    return Paragraph(runs(*parts))


def heading(level: int, *parts: Part) -> Paragraph:
    """A heading of level 2 or 3, its number included."""
    return Paragraph(runs(*parts), HEADING, level)
