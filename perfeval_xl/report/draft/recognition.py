"""认出初稿: paragraphs that still read as the draft wrote them, their facts held against the table one by one."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.draft.content import Grid
from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.piece import FACT, QUOTED, WORDS, Run
from perfeval_xl.report.mention import DATE, flat, mentions
from perfeval_xl.report.statement import alike
from perfeval_xl.report.text import Paragraph, ReportText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.report.draft.content import Draft

_DIGIT = re.compile(r"[0-9]")
_TOKEN = re.compile(r"([0-9]+(?:[0-9,.]*[0-9])?)")
_LEAST_WORDS, _SHORT, _AHEAD, _MARKS = 3, 16, 30, "，。：；\t"
_ANYTHING, _ONE_FACT = r"[\s\S]*?", r"([^，。\t]{1,40}?)"
Line = tuple[tuple[Run, ...], ...]      # one entry for running text, one for each cell of a table row


class Mismatch(Record):
    """与表不同的一个数: the paragraph's number, what it says, what the table says and in which cell."""

    paragraph: int
    quote: str
    written: str
    expected: str
    cell: str


class Recognised(Record):
    """认出的报告. ``text``: the report with every mismatch put right, so that one wrong number is not told twice."""

    text: ReportText
    mismatches: tuple[Mismatch, ...]
    as_drafted: frozenset[int] = frozenset()    # paragraphs that say what the table says, word for word


def recognised(report: ReportText, assessments: Sequence[Assessment]) -> Recognised:
    """对照初稿: what the draft of these tables would say, looked for paragraph by paragraph.

    Gaps may be filled and quoted texts rewritten, but not their numbers alone; a paragraph whose other words were changed is left alone, and so is one that
    two paragraphs of the draft could have become.
    """
    lines = list(_lines(drafted(assessments)))
    untouched = {_plain(line) for line in lines}
    changed = [paragraph for paragraph in report.paragraphs if _written(paragraph) not in untouched]
    present = {_written(paragraph) for paragraph in report.paragraphs}
    sought = [line for line in lines if _plain(line) not in present]
    to_the_letter, rewritten = _patterns(sought, keeps_quoted=True), _patterns(sought, keeps_quoted=False)
    found: dict[int, tuple[Paragraph, list[Mismatch]]] = {}
    for paragraph in changed:
        fitting = _fitting(paragraph, to_the_letter) or _fitting(paragraph, rewritten)
        if len(fitting) == 1:
            found[paragraph.number] = _compared(paragraph, *fitting[0])
    right = tuple(found[p.number][0] if p.number in found else p for p in report.paragraphs)
    as_drafted = frozenset(paragraph.number for paragraph in right if _written(paragraph) in untouched)
    mismatches = tuple(mismatch for _, own in found.values() for mismatch in own)
    return Recognised(report._replace(paragraphs=right), mismatches, as_drafted)


Pattern = tuple[list["Piece"], "re.Pattern[str]"]


def _patterns(lines: Sequence[Line], *, keeps_quoted: bool) -> list[Pattern]:
    sought = [pieces for line in lines if _is_telling(pieces := _pieces(line, keeps_quoted=keeps_quoted))]
    return [(pieces, re.compile("".join(piece.pattern for piece in pieces))) for pieces in sought]


def _fitting(paragraph: Paragraph, patterns: Sequence[Pattern]) -> list[tuple[list[Piece], re.Match[str]]]:
    return [(pieces, match) for pieces, pattern in patterns if (match := pattern.fullmatch(_written(paragraph)))]


def _lines(draft: Draft) -> Iterator[Line]:
    yield (draft.title,)
    for portion in draft.portions:
        if len(draft.portions) > 1:
            yield (portion.title,)
        for chapter in portion.chapters:
            for block in chapter.blocks:
                if isinstance(block, Grid):
                    yield from (tuple((run,) for run in row) for row in block.rows)
                else:
                    yield (block.runs,)
        yield from ((paragraph.runs,) for paragraph in portion.closing)


def _plain(line: Line) -> str:
    return "\t".join(_bare("".join(run.text for run in cell)) for cell in line)


def _written(paragraph: Paragraph) -> str:
    return "\t".join(map(_bare, paragraph.cells)) if paragraph.cells else _bare(paragraph.text)


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_number(run: Run) -> bool:
    return run.kind == FACT and bool(_DIGIT.search(run.text))


class Piece(Record):
    """A stretch of a line as a pattern; ``expected`` is what its group should hold, "" for a stretch without a group."""

    pattern: str
    expected: str = ""
    cell: str = ""
    fixed: int = 0


def _pieces(line: Line, *, keeps_quoted: bool) -> list[Piece]:
    found: list[Piece] = []
    for place, cell in enumerate(line):
        found += [Piece("\t")] if place else []
        for run, following in zip(cell, (*cell[1:], Run(WORDS, "")), strict=True):
            found += _of_run(run, following, keeps_quoted=keeps_quoted)
    return found


def _of_run(run: Run, following: Run, *, keeps_quoted: bool) -> list[Piece]:
    """A short number may be written in another unit; in a name or a long text only the digits may differ."""
    text = _bare(run.text)
    is_quoted = run.kind == QUOTED and keeps_quoted
    if not is_quoted and run.kind not in (WORDS, FACT):
        return [Piece(_ANYTHING)]
    if not _is_number(run) and not (is_quoted and _DIGIT.search(text)):
        return [Piece(re.escape(text), fixed=len(text))]
    if len(text) <= _SHORT and following.kind == WORDS and not is_quoted:
        return [Piece(_ONE_FACT, text, run.cell)]
    tokens = _TOKEN.split(text)
    literal = [Piece(re.escape(token), fixed=len(token)) for token in tokens[::2]]
    numbers = [Piece(f"({_TOKEN.pattern[1:-1]})", token, run.cell) for token in tokens[1::2]]
    return [piece for pair in zip(literal, [*numbers, Piece("")], strict=True) for piece in pair]


def _is_telling(pieces: Sequence[Piece]) -> bool:
    """Enough fixed words to know the paragraph again, and a number to compare."""
    return sum(piece.fixed for piece in pieces) >= _LEAST_WORDS and any(piece.expected for piece in pieces)


def _compared(paragraph: Paragraph, pieces: Sequence[Piece], match: re.Match[str]) -> tuple[Paragraph, list[Mismatch]]:
    facts = [piece for piece in pieces if piece.expected]
    text, found = match[0], []
    for place in range(len(facts), 0, -1):
        fact, written = facts[place - 1], match[place]
        if not _is_same(written, fact.expected):
            begin, end = match.span(place)
            clause = max(match[0].rfind(mark, 0, begin) for mark in _MARKS) + 1
            quote = match[0][max(clause, begin - _AHEAD) : end]
            found.append(Mismatch(paragraph.number, quote, written, fact.expected, fact.cell))
            text = text[:begin] + fact.expected + text[end:]
    if not found:
        return paragraph, []
    return Paragraph(paragraph.number, text, tuple(text.split("\t")) if paragraph.cells else ()), found[::-1]


def _is_same(written: str, expected: str) -> bool:
    """The same text, or the same single number in another spelling or unit."""
    if written == expected:
        return True
    pair = [mentions(flat(text)) for text in (written, expected)]
    if any(len(found) != 1 or found[0].high is not None for found in pair):
        return False
    one, other = pair[0][0], pair[1][0]
    if one.kind == DATE or one.sign != other.sign or not alike(one, other):
        return False
    return one.value == other.value if one.factor == other.factor else one.interval.meets(other.interval)
