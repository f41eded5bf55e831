"""数字格式代码: a number format taken apart into sections of marks, once per code."""

from __future__ import annotations

from perfeval_xl.core.memory import lru_cache

# Kinds of marks; each mark is (kind, text).
LITERAL, DIGIT, POINT, COMMA, PERCENT, EXPONENT = "literal", "digit", "point", "comma", "percent", "exponent"
GENERAL, TEXT, DATE, ELAPSED, MERIDIEM = "general", "text", "date", "elapsed", "meridiem"
Mark = tuple[str, str]

_WORDS = (
    ("general", GENERAL), ("g/通用格式", GENERAL), ("am/pm", MERIDIEM), ("a/p", MERIDIEM), ("上午/下午", MERIDIEM),
)
_COMPARISONS = ("<=", ">=", "<>", "<", ">", "=")


class Section:
    """格式的一段: its marks and, in square brackets, for which numbers it holds."""

    __slots__ = ("comparison", "is_chinese", "kinds", "marks", "operand")

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.kinds: set[str] = set()
        self.comparison = ""
        self.operand = 0.0
        self.is_chinese = False

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def holds(self, value: float) -> bool:
        """Whether the section's own condition admits the value; one without a condition admits none."""
        return {
            "<": value < self.operand, "<=": value <= self.operand, ">": value > self.operand,
            ">=": value >= self.operand, "=": value == self.operand, "<>": value != self.operand,
        }.get(self.comparison, False)


class FormatCode:
    """数字格式: sections for numbers, and the one for texts if there is one."""

    __slots__ = ("numbers", "text")

    def __init__(self, sections: list[Section]) -> None:
        has_text = len(sections) > 3 or sections[-1].has(TEXT)
        self.numbers = sections[:-1] if has_text and len(sections) > 1 else sections
        self.text = sections[-1] if has_text else None

    def section_for(self, value: float) -> tuple[Section, bool]:
        """The section that shows a number, and whether that section needs a minus sign before it.

        Without conditions the sections are for positive, negative and zero; the last one takes what is left.
        """
        last = len(self.numbers) - 1
        for index, section in enumerate(self.numbers):
            if section.comparison:
                if section.holds(value):
                    only_negative = section.comparison in ("<", "<=") and section.operand <= 0
                    return section, value < 0 and not only_negative
            elif index == last:
                return section, value < 0 and (index != 1 or bool(self.numbers[0].comparison))
            elif (index == 0 and (value > 0 or (value == 0 and last == 1))) or (index == 1 and value < 0):
                return section, False
        return self.numbers[-1], value < 0


@lru_cache(maxsize=512)
def format_code(code: str) -> FormatCode:
    """解析数字格式代码; every text is some format, an unknown mark stands for itself.

    >>> [kind for kind, _ in format_code('#,##0.0"元"').numbers[0].marks]
    ['digit', 'comma', 'digit', 'digit', 'digit', 'point', 'digit', 'literal']
    >>> len(format_code("0.00;[Red]-0.00;@").numbers), format_code("yyyy-mm-dd;@").text is not None
    (2, True)
    """
    return FormatCode(_Scanner(code or "General").sections)


class _Scanner:
    """One walk along the code; ``sections`` is the result."""

    def __init__(self, code: str) -> None:
        self.sections = [Section()]
        self._code, self._lower, self._at = code, code.lower(), 0
        while self._at < len(code):
            self._step(code[self._at])

    def _step(self, character: str) -> None:
        code, start = self._code, self._at
        self._at += 1
        if character == ";":
            self.sections.append(Section())
        elif character == '"':
            end = code.find('"', self._at)
            end = len(code) if end < 0 else end
            self._add(LITERAL, code[self._at:end])
            self._at = end + 1
        elif character in "\\!_*":
            self._at += 1
            self._add(LITERAL, code[start + 1:start + 2] if character in "\\!" else " " if character == "_" else "")
        elif character == "[":
            end = code.find("]", self._at)
            end = len(code) if end < 0 else end
            self._bracket(code[self._at:end])
            self._at = end + 1
        elif not self._word(start):
            self._single(character)

    def _word(self, start: int) -> bool:
        for word, kind in _WORDS:
            if self._lower.startswith(word, start):
                self._add(kind, self._code[start:start + len(word)])
                self._at = start + len(word)
                return True
        if self._lower.startswith(("e+", "e-"), start):
            self._add(EXPONENT, self._code[start:start + 2])
            self._at = start + 2
            return True
        letter = self._lower[start]
        end = len(self._lower) - len(self._lower[start:].lstrip(letter))
        if letter in "ymdhse" or (letter == "a" and end - start >= 3):
            self._add(DATE, self._lower[start:end])
            self._at = end
            return True
        return False

    def _single(self, character: str) -> None:
        kinds = {"0": DIGIT, "#": DIGIT, "?": DIGIT, ".": POINT, ",": COMMA, "%": PERCENT, "@": TEXT}
        self._add(kinds.get(character, LITERAL), character)

    def _bracket(self, inside: str) -> None:
        section, lower = self.sections[-1], inside.lower()
        if lower and set(lower) in ({"h"}, {"m"}, {"s"}):
            self._add(ELAPSED, lower)
        elif inside.startswith("$"):
            self._add(LITERAL, inside[1:].partition("-")[0])
        elif lower.startswith("dbnum"):
            section.is_chinese = True
        for comparison in _COMPARISONS:
            if inside.startswith(comparison):
                section.operand, section.comparison = _operand(inside[len(comparison):]), comparison
                break

    def _add(self, kind: str, text: str) -> None:
        if text:
            self.sections[-1].marks.append((kind, text))
            self.sections[-1].kinds.add(kind)


def _operand(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
