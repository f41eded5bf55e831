"""A draft as the paragraphs a reader of .docx gives, with one fact changed where asked."""

import re

from perfeval_xl.report.draft.content import Grid
from perfeval_xl.report.draft.numbering import label
from perfeval_xl.report.draft.piece import FACT
from perfeval_xl.report.text import Paragraph, ReportText

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def lines(draft):
    """Every paragraph as a list of cells, a cell as a list of runs; plain strings are headings."""
    yield [list(draft.title)]
    for portion in draft.portions:
        if len(draft.portions) > 1:
            yield [list(portion.title)]
        for number, chapter in enumerate(portion.chapters, 1):
            yield [[label(1, number) + chapter.title]]
            for block in chapter.blocks:
                if isinstance(block, Grid):
                    yield [[block.caption]]
                    yield [[word] for word in block.header]
                    yield from ([[run] for run in row] for row in block.rows)
                else:
                    yield [list(block.runs)]
        yield from ([list(paragraph.runs)] for paragraph in portion.closing)


def number_facts(draft):
    """Every fact with a number in it, as it stands in ``lines``."""
    return [run for line in lines(draft) for cell in line for run in cell if not isinstance(run, str) and run.kind == FACT and NUMBER.search(run.text)]


def report_text(draft, place=None):
    """The report; the number of the fact ``place`` (of ``number_facts``) has another first digit."""
    paragraphs, facts = [], 0
    for number, line in enumerate(lines(draft), 1):
        cells = []
        for cell in line:
            text = ""
            for run in cell:
                said = run if isinstance(run, str) else run.text
                if not isinstance(run, str) and run.kind == FACT and NUMBER.search(said):
                    said = changed(said) if facts == place else said
                    facts += 1
                text += said
            cells.append(text)
        paragraphs.append(Paragraph(number, "\t".join(cells), tuple(cells) if len(cells) > 1 else ()))
    return ReportText("报告", tuple(paragraphs))


def changed(text):
    """The same text with the first digit of its first number one higher."""
    found = NUMBER.search(text)
    digit = (int(found[0][0]) + 1) % 10 or 1
    return f"{text[: found.start()]}{digit}{text[found.start() + 1 :]}"


def texts(draft, key):
    """The running text of the chapter ``key``, paragraph by paragraph."""
    return [block.text for portion in draft.portions for chapter in portion.chapters if chapter.key == key for block in chapter.blocks if not isinstance(block, Grid)]
