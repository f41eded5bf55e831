"""A 年度: the year of the title is the year the texts speak of."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment

Day = tuple[int, int, int]

_GOAL, _TARGET, _ACTUAL = "goal", "target", "actual"
_BASIS_BEFORE = ("较", "比", "同", "与", "自", "从", "以", "按", "高于", "低于", "大于", "小于", "少于", "多于", "优于", "等于", "基于")
_BASIS_BEHIND = (
    "基础", "水平", "基数", "同期", "底数", "以来", "起", "结转", "结余", "标准", "价", "启动", "立项", "印发", "下达", "批复", "修订", "版", "申报", "开工",
    "尾款", "欠", "遗留", "续建", "清算", "补发", "奖", "考核", "决算", "工资",
)  # fmt: skip
_PLANS = ("前", "底", "止", "计划", "目标", "预算", "规划", "预计", "拟", "力争", "确保")
_UP_TO, _AT = ("截至", "截止", "截止到", "截至到", "截止至"), ("于", "在")
_THIS_YEAR = ("本年", "今年", "当年")
_TO = "-—–~～至到、和及/"
_STOPS = "，。；、：,.;:\n \u3000"
_LAST_MONTHS = 7    # what was reached by then belongs to the report of its own year


class _Stated(Record):
    """A year in a text: what stands before it, and behind its 年."""

    year: int
    before: str
    behind: str


def years_agree(assessment: Assessment) -> Iterator[Mismatch]:
    """A09 年度一致: title, goals, targets and actual values speak of the table's year.

    A year counts only where it is the period of the data: not the basis of a comparison, the number of a document, one
    end of a range, a plan for later years, or the year in the project's own name or the title. Blanks and a table without a year
    are not judged.
    """
    table = assessment.table
    if table.heading.year is None:
        return
    title = table.heading.title
    other = next((stated.year for stated in _stated(title.text) if stated.behind.startswith("度")), table.heading.year)
    if other != table.heading.year:
        yield _other_year(title, "标题", other, table.heading.year)
    named = table.heading.name.text + title.text
    texts = [(table.goal_planned, "年度总体目标", _GOAL, named, -1), (table.goal_done, "全年实际完成情况", _GOAL, named, -1)]
    for number, result in numbered(assessment):
        item = result.indicator
        for value, role in ((item.target, _TARGET), (item.actual, _ACTUAL)):
            if "20" in value.text:
                texts.append((value, row_item(result), role, named + item.level2.text + item.level3.text, number))
    for value, label, role, own, row in texts:
        wrong = _period(value.text, table.heading.year, role, own) if "20" in value.text else None
        if wrong is not None:
            yield _other_year(value, label, wrong, table.heading.year)._replace(row=row)


def _other_year(value: Value, item: str, other: int, year: int) -> Mismatch:
    return Mismatch(
        value, item, f"「{item}」写的是 {other} 年, 本表是 {year} 年度", f"请改为 {year} 年的内容, 或核对表头的年度",
        shown(value)[:60], f"{year}年", cells(value),
    )  # fmt: skip


def _period(text: str, year: int, role: str, own: str) -> int | None:
    """The other year a text speaks of, None where it may well speak of ``year``."""
    if str(year) in text or any(word in text for word in _THIS_YEAR):
        return None
    stated = _stated(text) or _whole_date(text)
    is_other = bool(stated) and all(str(found.year) not in own and _is_period(found, year, role) for found in stated)
    return stated[0].year if is_other else None


def _is_period(found: _Stated, year: int, role: str) -> bool:
    before = found.before.rstrip(" \u3000")
    clause = found.behind[: next((place for place, sign in enumerate(found.behind) if sign in _STOPS), None)]
    if before.endswith(_BASIS_BEFORE) or any(word in clause for word in _BASIS_BEHIND) or _is_end_of_range(before, clause):
        return False
    if before.endswith(_UP_TO):
        return True
    if before and before[-1] not in _STOPS and not before.endswith(_AT):
        return False
    if found.year < year:
        return True
    is_planned = role == _TARGET or any(word in clause for word in _PLANS)
    month = _numbers(clause)[:1] if "月" in clause else []
    return not is_planned and (role == _GOAL or not month or month[0] >= _LAST_MONTHS)


def _is_end_of_range(before: str, clause: str) -> bool:
    is_last = len(before) > 1 and before[-1] in _TO and (before[-2].isdigit() or before[-2] in "年月日")
    return is_last or clause.removeprefix("度")[:1] in tuple(_TO) or any(f"{sign}20" in clause for sign in _TO)


def _stated(text: str) -> list[_Stated]:
    """Every 20xx年 of a text."""
    found: list[_Stated] = []
    place = text.find("20")
    while place >= 0:
        digits, sign = text[place : place + 4], text[place + 4 : place + 5]
        if sign == "年" and digits.isdigit() and not text[max(0, place - 1) : place].isdigit():
            found.append(_Stated(int(digits), text[:place], text[place + 5 :]))
        place = text.find("20", place + 2)
    return found


def _whole_date(text: str) -> list[_Stated]:
    """A cell that is nothing but a date: 2022-12-31, 2022/12/31."""
    numbers = _numbers(text)
    is_date = len(numbers) == 3 and not text.strip("0123456789-/. ") and 2000 <= numbers[0] < 2100
    return [_Stated(numbers[0], "", f"{numbers[1]}月")] if is_date else []


def day_in(text: str) -> Day | None:
    """日期 written in digits; a missing month or day counts as the last one; None without a year.

    >>> day_in("2024年3月5日"), day_in("2024.12"), day_in("三月五日")
    ((2024, 3, 5), (2024, 12, 31), None)
    """
    numbers = _numbers(text)
    if not numbers or not 2000 <= numbers[0] < 2100:
        return None
    year, month, day = (*numbers, 12, 31)[:3] if len(numbers) == 1 else (*numbers, 31)[:3]
    return year, month, day


def _numbers(text: str) -> list[int]:
    return [int(part) for part in "".join(sign if sign.isascii() and sign.isdigit() else " " for sign in text).split()]
