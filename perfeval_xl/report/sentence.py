"""句子: one sentence of a report, its numbers, and a mask in which each number is one letter, for patterns to be written in words."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import DATE, Mention, flat, mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from perfeval_xl.report.text import Paragraph

CLAUSE_MARKS = "，,；;：:。！？!?（）、"
SEGMENT_MARKS = "；;。！？!?"
_STOP = re.compile(r"[。！？!?]+[”」』）]*|\n")
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]|（[一二三四五六七八九十]+）|[0-9]{1,2}\s*[.．、]|（[0-9]{1,2}）|附件|附表|第[一二三四五六七八九十]+[章节部])")
_ANNEX = re.compile(r"^\s*附件\s*[0-9一二三四五六七八九十]*\s*$")
_LETTER = re.compile(r"[A-Za-z]")
_LONG_LINE = 18
_LONG_CELL = 30
_LONGEST = 800
_MOST_QUOTED, _LEAST_QUOTED = 60, 8
_ENDS = "。！？!?；;：:）”」|"


class Sentence:
    """一句: ``mask`` has one letter for each number (``mention``), no spaces and no other letters.

    ``scope`` counts the annexes before it: numbers of different annexes are never held against each other.
    """

    def __init__(self, pieces: Sequence[tuple[Paragraph, int, str]], scope: int = 0) -> None:
        self.pieces, self.scope = pieces, scope
        self.text = "".join(text for _, _, text in pieces)
        self.mask, self.mentions, self.origin = _masked(flat(self.text))
        self.by_place = {mention.at: mention for mention in self.mentions}
        self._names: dict[int, str] = {}

    @property
    def paragraph(self) -> int:
        return self.pieces[0][0].number

    def of(self, kinds: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """The numbers of these kinds between two places of the mask."""
        last = len(self.mask) if end is None else end
        return [mention for mention in self.mentions if mention.kind in kinds and start <= mention.at < last]

    def segment(self, place: int) -> tuple[int, int]:
        """The part between semicolons that holds a place of the mask."""
        start = max((self.mask.rfind(mark, 0, place) for mark in SEGMENT_MARKS), default=-1) + 1
        ends = [end for mark in SEGMENT_MARKS if (end := self.mask.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.mask))

    def clause(self, place: int) -> tuple[int, int]:
        """The clause that holds a place of the mask."""
        start = max(self.mask.rfind(mark, 0, place) for mark in CLAUSE_MARKS) + 1
        ends = [end for mark in CLAUSE_MARKS if (end := self.mask.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.mask))

    def name(self, mention: Mention) -> str:
        """The words right before a number in its clause, other numbers not crossed."""
        known = self._names.get(mention.at)
        if known is None:
            start, _ = self.clause(mention.at)
            others = [other.at + 1 for other in self.mentions if other.kind != DATE and other.at < mention.at]
            known = self._names[mention.at] = self.mask[max([start, *others]) : mention.at]
        return known

    def printed(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end].strip()

    def quoted(self, involved: Iterable[Mention]) -> tuple[int, str]:
        """Paragraph and fragment: from the clause of the first number to the last one, inside one paragraph."""
        places = sorted(involved, key=lambda mention: mention.start)
        last = places[-1]
        first = next((m for m in places if last.end - m.start <= _MOST_QUOTED and self._piece(m.start) == self._piece(last.start)), last)
        piece_start, piece_end = self._bounds(last.start)
        clause = self.clause(first.at)[0]
        start = max(piece_start, self.origin[clause]) if first.end - self.origin[clause] <= _MOST_QUOTED else first.start
        paragraph = self.pieces[self._piece(last.start)][0]
        end = max(last.end, start + 1)
        if end - start < _LEAST_QUOTED:
            end = self.origin[self.clause(last.at)[1]]
        return paragraph.number, self.text[start : min(end, piece_end)].strip()

    def _piece(self, place: int) -> int:
        position = 0
        for number, (_, _, text) in enumerate(self.pieces):
            position += len(text)
            if place < position:
                return number
        return len(self.pieces) - 1

    def _bounds(self, place: int) -> tuple[int, int]:
        number = self._piece(place)
        start = sum(len(text) for _, _, text in self.pieces[:number])
        return start, start + len(self.pieces[number][2])


def sentences(paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    """分句: a line that breaks off in the middle of a sentence is joined with the next one; table rows give their long cells only."""
    found: list[Sentence] = []
    open_pieces: list[tuple[Paragraph, int, str]] = []
    scope = 0
    for paragraph in paragraphs:
        scope += bool(_ANNEX.match(paragraph.text))
        if open_pieces and (paragraph.cells or _HEADING.match(paragraph.text) or _ANNEX.match(paragraph.text)):
            found.append(Sentence(tuple(open_pieces), scope))
            open_pieces = []
        if paragraph.cells:
            found += [Sentence(((paragraph, 0, piece),), scope) for cell in paragraph.cells if len(cell) > _LONG_CELL for piece in _pieces(cell)]
            continue
        *whole, rest = _pieces(paragraph.text) or [""]
        for piece in [*whole, rest]:
            open_pieces.append((paragraph, 0, piece))
            if piece is not rest or not _breaks_off(paragraph.text) or sum(len(text) for _, _, text in open_pieces) > _LONGEST:
                found.append(Sentence(tuple(open_pieces), scope))
                open_pieces = []
    return [*found, *([Sentence(tuple(open_pieces), scope)] if open_pieces else [])]


def _breaks_off(text: str) -> bool:
    bare = text.rstrip()
    is_title = bool(_HEADING.match(bare)) and not any(mark in bare for mark in "，。；")
    return len(bare) >= _LONG_LINE and bare[-1] not in _ENDS and not is_title


def _pieces(text: str) -> list[str]:
    found, start = [], 0
    for stop in _STOP.finditer(text):
        if stop[0].startswith(("。", "!", "?", "！", "？", "\n")):
            found.append(text[start : stop.end()])
            start = stop.end()
    return [part for piece in [*found, text[start:]] if piece.strip() for part in _parts(piece)]


def _parts(piece: str) -> list[str]:
    """No sentence is longer than a page: what is longer is cut at a semicolon or comma."""
    found = []
    while len(piece) > _LONGEST:
        cut = max(piece.rfind(mark, 0, _LONGEST) for mark in "；;，,")
        cut = cut + 1 if cut > _LONGEST // 2 else _LONGEST
        found.append(piece[:cut])
        piece = piece[cut:]
    return [*found, piece]


def _masked(text: str) -> tuple[str, list[Mention], list[int]]:
    marks: list[str] = []
    origin: list[int] = []
    found: list[Mention] = []
    position = 0
    for mention in [*mentions(text), None]:
        end = len(text) if mention is None else mention.start
        for place in range(position, end):
            if not text[place].isspace():
                marks.append(_LETTER.sub("x", text[place]))
                origin.append(place)
        if mention is not None:
            found.append(mention._replace(at=len(marks)))
            marks.append(mention.kind)
            origin.append(mention.start)
            position = mention.end
    return "".join(marks), found, [*origin, len(text)]


def neighbours(items: Sequence[Sentence]) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence with the one before it in the same scope."""
    before: Sentence | None = None
    for item in items:
        yield before if before is not None and before.scope == item.scope else None, item
        before = item
