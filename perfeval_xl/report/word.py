"""Word 报告: paragraphs and table rows of a .docx in their order, and the copy with comments."""

from __future__ import annotations

import io
import zipfile
import zlib

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_output import write_refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from perfeval_xl.core.finding import Finding

_MOST_UNPACKED = 200_000_000
_AUTHOR, _INITIALS = "绩效自评校验", "校验"
_DAMAGED = "文件损坏或不是 Word 文档, 请在 Word 里打开后另存一次"
_TEXT, _TAB, _BREAK, _DELETED = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:del")
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")


def word_rows(path: str, data: bytes) -> list[tuple[str, ...]]:
    """Every paragraph as a row of one text, every table row as a row of its cells."""
    return [tuple(map(_cell_text, cells)) for cells in _blocks(_opened(path, data))]


def write_commented(source: str, target: str, findings: Sequence[Finding]) -> None:
    """写批注: a copy of the report with each finding as a comment at its words; the source is never changed."""
    with open(source, "rb") as file:  # noqa: PTH123 - the same bytes that were read before
        document = _opened(source, file.read())
    blocks = [cells for cells in _blocks(document) if any(_cell_text(cell).strip() for cell in cells)]
    for finding in findings:
        if finding.place is None or finding.place[0] > len(blocks):
            continue
        paragraphs = [element for cell in blocks[finding.place[0] - 1] for element in _own_paragraphs(cell)]
        runs = next((found for element in paragraphs if (found := _runs(document, element, finding.place[1]))), None)
        runs = runs or next((found for element in paragraphs if (found := _runs(document, element, ""))), None)
        if runs:
            document.add_comment(runs, text=f"{finding.check} {finding.message}", author=_AUTHOR, initials=_INITIALS)
    try:
        document.save(target)
    except OSError as reason:
        raise UnusableFile(write_refusal(target, reason)) from None


def _opened(path: str, data: bytes) -> WordDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > _MOST_UNPACKED:
                raise UnusableFile(f"{path}: 解开后过大, 不像一份报告")
        return Document(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, KeyError, ValueError, AttributeError, NotImplementedError):
        raise UnusableFile(f"{path}: {_DAMAGED}") from None


def _blocks(document: WordDocument) -> Iterator[list[Any]]:
    """Paragraph elements one by one, table rows as lists of their cells; tables inside cells count with their cell."""
    stack = [iter(document.element.body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == _PARAGRAPH:
            yield [element]
        elif element.tag == _TABLE:
            for row in element.iter(_ROW):
                if next(row.iterancestors(_TABLE)) is element:
                    yield [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]
        else:
            stack.append(iter(element))


def _own_paragraphs(block: Any) -> list[Any]:
    return [block] if block.tag == _PARAGRAPH else list(block.iter(_PARAGRAPH))


def _cell_text(block: Any) -> str:
    return " ".join(filter(None, (_text(paragraph) for paragraph in _own_paragraphs(block)))).replace("\t", " ")


def _text(paragraph: Any) -> str:
    pieces = []
    for node in paragraph.iter(_TEXT, _TAB, _BREAK):
        if next(node.iterancestors(_PARAGRAPH)) is not paragraph or next(node.iterancestors(_DELETED), None) is not None:
            continue
        pieces.append(node.text or "" if node.tag == _TEXT else " ")
    return "".join(pieces)


def _runs(document: WordDocument, element: Any, quote: str) -> list[Run]:
    """First and last run that hold the quote; every run for an empty one, [] where the quote is not here."""
    paragraph = WordParagraph(element, document)
    runs = paragraph.runs
    texts = [run.text.replace("\t", " ").replace("\n", " ") for run in runs]
    start = "".join(texts).find(quote)
    if not runs or start < 0:
        return []
    if not quote:
        return [runs[0], runs[-1]]
    place, held = 0, []
    for run, text in zip(runs, texts, strict=True):
        if place < start + len(quote) and place + len(text) > start:
            held.append(run)
        place += len(text)
    return [held[0], held[-1]]
