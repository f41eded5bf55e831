"""写成 Word: the content of a draft as an official document; gaps are highlighted."""

from __future__ import annotations

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.shared import Pt

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft import page
from perfeval_xl.report.draft.content import ATTACHED, CLOSING, HEADING, Grid, Paragraph
from perfeval_xl.report.draft.fixed_bytes import fixed_bytes
from perfeval_xl.report.draft.numbering import label, numeral
from perfeval_xl.report.draft.piece import GAP

if TYPE_CHECKING:
    from typing import Any

    from docx.document import Document as WordDocument

    from perfeval_xl.report.draft.content import Draft, Portion
    from perfeval_xl.report.draft.piece import Run

_HEADINGS = {2: page.SECTION, 3: page.ITEM}
_TITLE_LINE = 19


def word_bytes(draft: Draft) -> bytes:
    """The draft as the bytes of a .docx; the same draft gives the same bytes."""
    document = page.official_document()
    _title(document.add_paragraph(style=page.TITLE), draft.title)
    document.add_paragraph()
    for number, portion in enumerate(draft.portions, 1):
        if len(draft.portions) > 1:
            part = document.add_paragraph(f"第{numeral(number)}部分　", style=page.CHAPTER)
            part.paragraph_format.page_break_before = number > 1
            part.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _put(part, portion.title)
        _portion(document, portion)
    return fixed_bytes(document, "".join(run.text for run in draft.title))


def _title(paragraph: Any, runs: tuple[Run, ...]) -> None:
    """A title too long for one line breaks before its last words."""
    if sum(len(run.text) for run in runs) <= _TITLE_LINE:
        _put(paragraph, runs)
        return
    _put(paragraph, runs[:-1])
    paragraph.runs[-1].add_break()
    _put(paragraph, runs[-1:])


def _portion(document: WordDocument, portion: Portion) -> None:
    for number, chapter in enumerate(portion.chapters, 1):
        document.add_paragraph(f"{label(1, number)}{chapter.title}", style=page.CHAPTER)
        for block in chapter.blocks:
            if isinstance(block, Grid):
                _grid(document, block)
            else:
                _paragraph(document, block)
    for paragraph in portion.closing:
        _paragraph(document, paragraph)


def _paragraph(document: WordDocument, block: Paragraph) -> None:
    style = _HEADINGS[block.level] if block.style == HEADING else page.BODY
    if block.style == ATTACHED:
        document.add_paragraph()
    paragraph = document.add_paragraph(style=style)
    if block.style == CLOSING:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32)
    paragraph.paragraph_format.keep_with_next = block.style == HEADING
    _put(paragraph, block.runs)


def _put(paragraph: Any, runs: tuple[Run, ...]) -> None:
    for run in runs:
        written = paragraph.add_run(run.text)
        if run.kind == GAP:
            written.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _grid(document: WordDocument, grid: Grid) -> None:
    caption = document.add_paragraph(grid.caption, style=page.CAPTION)
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(len(grid.rows) + 1, len(grid.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, word in zip(table.rows[0].cells, grid.header, strict=True):
        cell.paragraphs[0].style = page.CELL
        cell.paragraphs[0].add_run(word).font.bold = True
    for row, runs in zip(table.rows[1:], grid.rows, strict=True):
        for cell, run in zip(row.cells, runs, strict=True):
            cell.paragraphs[0].style = page.CELL
            _put(cell.paragraphs[0], (run,))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no other way
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
