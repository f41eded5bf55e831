"""日期的显示文字: a date serial written under the date marks of a format."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.reading.format_code import DATE, DIGIT, ELAPSED, MERIDIEM
from perfeval_xl.workbook.reading.serial_date import DAYS_1904, LAST_SERIAL, civil

if TYPE_CHECKING:
    from perfeval_xl.workbook.reading.format_code import Section

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_CHINESE_DAYS = "日一二三四五六"
_CHINESE_DIGITS = "〇一二三四五六七八九"


def date_text(value: float, section: Section, *, date1904: bool) -> str | None:
    """日期时间的显示文字; None for a number that is no date (Excel fills such a cell with #)."""
    days = value + DAYS_1904 if date1904 else value
    if not 0 <= days < LAST_SERIAL + 1:
        return None
    return _Clock(days, section).text()


class _Clock:
    """One moment, and how a section's marks show it."""

    def __init__(self, days: float, section: Section) -> None:
        self._marks, self._chinese = section.marks, section.is_chinese
        digits = sum(kind == DIGIT for kind, _ in section.marks)
        self._seconds = round(days * 86_400, digits)
        self._day, within = divmod(self._seconds, 86_400)
        self._within = within
        self._year, self._month, self._month_day = civil(int(self._day))

    def text(self) -> str:
        pieces = []
        marks = self._marks
        for index, (kind, text) in enumerate(marks):
            if kind == DATE:
                pieces.append(self._part(text, is_minute=self._is_minute(index)))
            elif kind == ELAPSED:
                unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
                pieces.append(str(int(self._seconds // unit)).zfill(len(text)))
            elif kind == MERIDIEM:
                morning, _, evening = text.partition("/")
                pieces.append(evening if self._within >= 43_200 else morning)
            elif kind == DIGIT:
                place = sum(mark[0] == DIGIT for mark in marks[:index])
                pieces.append(f"{self._seconds % 1:.9f}"[2 + place])
            else:
                pieces.append(text)
        return "".join(pieces)

    def _is_minute(self, index: int) -> bool:
        """The mark m means minutes right after an hour or right before a second."""
        before = [mark for mark in self._marks[:index] if mark[0] in (DATE, ELAPSED)]
        after = [mark for mark in self._marks[index + 1:] if mark[0] in (DATE, ELAPSED)]
        return bool(before and before[-1][1][0] == "h") or bool(after and after[0][1][0] == "s")

    def _part(self, mark: str, *, is_minute: bool) -> str:
        letter, length = mark[0], len(mark)
        if letter == "m" and is_minute and length <= 2:
            return self._digits(int(self._within // 60 % 60), length)
        if letter == "h":
            hour = int(self._within // 3600)
            twelve = any(kind == MERIDIEM for kind, _ in self._marks)
            return self._digits((hour - 1) % 12 + 1 if twelve else hour, length)
        if letter == "s":
            return self._digits(int(self._within % 60), length)
        return self._calendar_part(letter, length)

    def _calendar_part(self, letter: str, length: int) -> str:
        if letter in "ye":
            year = f"{self._year % 100:02}" if letter == "y" and length <= 2 else str(self._year)
            return "".join(_CHINESE_DIGITS[int(digit)] for digit in year) if self._chinese else year
        if letter == "a":
            return ("星期" if length > 3 else "") + _CHINESE_DAYS[self._weekday()]
        if length <= 2:
            return self._digits(self._month if letter == "m" else self._month_day, length)
        name = _MONTHS[self._month - 1] if letter == "m" else _DAYS[self._weekday()]
        return name[:3] if length == 3 else name if length == 4 else name[0]

    def _weekday(self) -> int:
        return int(self._day - 1) % 7

    def _digits(self, number: int, length: int) -> str:
        if not self._chinese:
            return str(number).zfill(length)
        tens, ones = divmod(number, 10)
        head = {0: "", 1: "十"}.get(tens, _CHINESE_DIGITS[tens % 10] + "十")
        return head + ("" if tens and not ones else _CHINESE_DIGITS[ones])
