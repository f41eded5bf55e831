"""表头: title, year, money unit and the labelled lines above the blocks."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Heading, Value
from perfeval_xl.workbook.layout.header_words import (
    bare,
    head_role,
    header_key,
    is_label,
    is_title,
    nearness,
    total_label,
)
from perfeval_xl.workbook.layout.value import MONEY, part, worded

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from perfeval_xl.workbook.layout.geometry import Geometry, Place

_REQUIRED = ("name", "department", "unit", "finance")
_WHO_FILLS = ("单位名称", "填报", "填表", "编制", "编报", "报送")
_UNIT_RANK = {"unit": 1, "finance": 0}


class Line(Record):
    """栏目: a label, what it stands for, and the value beside it or behind its colon."""

    role: str
    label: str
    value: Value


def heading_lines(geometry: Geometry, rows: Iterable[int]) -> list[Line]:
    """表头各栏: every labelled line in some rows; a cell that is the value of a label is no label itself."""
    lines: list[Line] = []
    for row in rows:
        value: Place | None = None
        if _is_over_values(geometry, row):
            lines += _over_values(geometry, row)
            continue
        for column in geometry.own(row):
            if (row, column) == value:
                continue
            several = _segments(geometry, (row, column))
            if several:
                lines += _written_in_one(geometry, (row, column), several)
                continue
            line, value = _line(geometry, (row, column))
            lines += [line] if line else []
    return lines


def _is_over_values(geometry: Geometry, row: int) -> bool:
    """A row of nothing but labels, each over the cell of its value."""
    own, below = geometry.own(row), geometry.own(row + 1)
    if len(own) < 2 or not below or not set(below) <= set(own):
        return False
    return all(is_label(geometry.words((row, column))) for column in own) and not any(
        head_role(geometry.words((row + 1, column)).partition(":")[0]) for column in below
    )


def _over_values(geometry: Geometry, row: int) -> list[Line]:
    labels = [(column, geometry.words((row, column)).rstrip(":")) for column in geometry.own(row)]
    return [Line(head_role(label), label, worded(geometry, (row + 1, column))) for column, label in labels]


def _segments(geometry: Geometry, place: Place) -> list[str]:
    """The parts of a line that one cell holds: 填报单位：某局　　2023年度　　单位：万元; none for a single part."""
    cell = geometry.cell(place)
    if cell is None or type(cell.value) is not str or not _has_gap(cell.value):
        return []
    parts: list[str] = []
    for piece in cell.value.replace("\u3000", "  ").replace("\t", "  ").split("  "):
        if piece.strip() and (not parts or _begins_part(bare(piece))):
            parts.append(piece.strip())
        elif piece.strip():
            parts[-1] += f"  {piece.strip()}"
    return parts if len(parts) > 1 else []


def _has_gap(text: str) -> bool:
    return "  " in text or "\u3000" in text or "\t" in text


def _begins_part(text: str) -> bool:
    label, colon, _ = text.partition(":")
    return bool(colon and (head_role(label) or stated_money_unit(text))) or _whole_year(text) is not None


def _written_in_one(geometry: Geometry, place: Place, parts: list[str]) -> list[Line]:
    """The labelled ones among the parts of one cell."""
    cell, lines = worded(geometry, place), []
    for text in parts:
        label, colon, rest = text.replace("：", ":").partition(":")
        role = head_role(label) if colon else ""
        if role and bare(rest) not in MONEY:
            lines.append(Line(role, bare(label), part(cell, rest)))
    return lines


def _line(geometry: Geometry, place: Place) -> tuple[Line | None, Place | None]:
    """The line that a cell begins, and the cell that holds its value where that is another one."""
    label, colon, rest = geometry.words(place).partition(":")
    role = head_role(label)
    if not role:
        return None, None
    total = total_label(geometry.words(place))
    if total is not None and total[1]:
        return Line("total", label, part(worded(geometry, place), total[1])), None
    if rest.rstrip(")") in MONEY:
        return None, None
    if rest:
        behind = worded(geometry, place)
        return Line(role, label, part(behind, behind.text.replace("：", ":").partition(":")[2])), None
    beside = _beside(geometry, place)
    if beside is None:
        return (Line(role, label, part(worded(geometry, place), "")) if colon else None), None
    return Line(role, label, _same_part(label, worded(geometry, beside))), beside


def _beside(geometry: Geometry, place: Place) -> Place | None:
    """The cell of a label's value: the first filled one before the next label, else the one next to it.

    None behind a label that is merged up to the last column of the form.
    """
    nearest = geometry.right_of(place)
    if nearest[1] > geometry.last_column and nearest[1] - place[1] > 1:
        return None
    if nearest[0] != place[0] or nearest[1] > geometry.last_column + 1 or is_label(geometry.words(nearest)):
        return None
    for column in geometry.own(place[0]):
        if column >= nearest[1]:
            return nearest if is_label(geometry.words((place[0], column))) else (place[0], column)
    return nearest


def _same_part(label: str, value: Value) -> Value:
    """Under a label of two parts (实施单位/项目负责人) the first part of a value written the same way."""
    if label.count("/") == 1 and value.text.count("/") == 1:
        return part(value, value.text.partition("/")[0])
    return value


def first_of(lines: list[Line], role: str) -> Value:
    """某一用途的第一栏: its value, ABSENT without such a line."""
    return next((line.value for line in lines if line.role == role), ABSENT)


def heading(geometry: Geometry, rows: list[int], lines: list[Line], money_unit: Value) -> Heading:
    """表头的值. ``rows`` are the sheet rows above the blocks, ``lines`` their labelled lines."""
    title = _title(geometry, rows)
    departments = [line for line in lines if line.role == "department"]
    units = sorted((line for line in lines if line.role in _UNIT_RANK), key=lambda line: -_UNIT_RANK[line.role])
    unit = _own_unit(units)
    return Heading(
        title=worded(geometry, title) if title else ABSENT,
        year=_year(geometry, rows, title) or _stated_year(lines),
        name=first_of(lines, "name"),
        department=max(departments, key=lambda line: nearness(line.label)).value if departments else ABSENT,
        unit=unit,
        money_unit=money_unit,
        required=tuple((line.label, line.value) for line in lines if line.role in _REQUIRED),
    )


def _own_unit(units: list[Line]) -> Value:
    """实施单位 before a mere 单位名称 or 编制单位, and all before 财政部门."""
    named = [line for line in units if not any(word in line.label for word in _WHO_FILLS)]
    return (named or units)[0].value if units and (named or units) else ABSENT


def _title(geometry: Geometry, rows: list[int]) -> Place | None:
    """The cell of the title, above the first label: it reads like one, or is a lone line that ends in 表."""
    lone: list[Place] = []
    for row in rows:
        places = [(row, column) for column in geometry.own(row)]
        if any(is_label(geometry.words(place)) for place in places):
            break
        titles = [place for place in places if is_title(geometry.words(place))]
        if titles:
            return titles[0]
        lone += places if len(places) == 1 and header_key(geometry.words(places[0])).endswith("表") else []
    return lone[0] if lone else None


def _year(geometry: Geometry, rows: list[int], title: Place | None) -> int | None:
    """The year of a line of its own like (2023年度), else the only one in the title."""
    for row in rows:
        for column in geometry.own(row):
            for text in _segments(geometry, (row, column)) or (geometry.words((row, column)),):
                year = _whole_year(bare(text))
                if year is not None:
                    return year
    years = set(_year_word().findall(_with_digits(geometry.words(title)))) if title else set()
    return int(years.pop()) if len(years) == 1 else None


def _stated_year(lines: list[Line]) -> int | None:
    """The year of a line 评价年度, or of a line 项目起止时间 that begins and ends in one year."""
    for line in lines:
        year = _whole_year(bare(line.value.text)) if line.label.endswith("年度") else None
        if year is not None:
            return year
    periods = [bare(line.value.text) for line in lines if any(word in line.label for word in ("起止", "实施期", "评价时段"))]
    years = {year for period in periods for year in _year_word().findall(period)}
    return int(years.pop()) if len(years) == 1 else None


def _whole_year(text: str) -> int | None:
    """The year that is all of a text: 2023, 2023年, (2023年度)."""
    digits = _with_digits(text).removeprefix("(").removesuffix(")").removesuffix("度").removesuffix("年")
    is_year = len(digits) == 4 and digits.startswith("20") and digits.isascii() and digits.isdigit()
    return int(digits) if is_year else None


_NUMERALS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")


def _with_digits(text: str) -> str:
    """A year in Chinese numerals, 二〇二三年, in digits; other texts as they are."""
    at = text.find("年")
    if at < 4 or text[at - 4] != "二":
        return text
    return text[: at - 4] + text[at - 4 : at].translate(_NUMERALS) + text[at:]


@cache
def _year_word() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"(?<!\d)(20\d\d)年")


@cache
def _money() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - most tables need no pattern

    return re.compile(r"[(（][^()（）]*?(亿元|万元|千元|百万元|元)[)）]|单位[:：]?(亿元|万元|千元|元)|[:：,，](亿元|万元|元)$")


def stated_money_unit(text: str) -> str:
    """写明的金额单位, "" when the text states none.

    >>> stated_money_unit("预算资金(亿元)"), stated_money_unit("金额单位：万元"), stated_money_unit("单位:区商务局")
    ('亿元', '万元', '')
    """
    if "元" not in text:
        return ""
    short = bare(text)
    stated = next((unit for unit in ("亿元", "万元", "元") if short.endswith(f"({unit})")), "")
    if stated:
        return stated
    match = _money().search(short)
    return next((group for group in match.groups() if group), "") if match else ""


def money_unit_in(geometry: Geometry, header: Iterable[int], head: Iterable[int]) -> tuple[str, Place | None]:
    """金额单位 and the cell that states it: the header rows of the funds first, then a line of its own above."""
    for rows in (header, head):
        places = [(row, column) for row in rows for column in geometry.own(row)]
        stated = {place: unit for place in places if (unit := _unit_at(geometry, place))}
        if len(set(stated.values())) == 1:
            place, unit = next(iter(stated.items()))
            if unit not in MONEY:
                geometry.note(place, f"金额单位“{unit}”不是元、万元或亿元, 金额按所填的数读入")
            return unit, place
        for place in stated:
            geometry.note(place, "表头里写了不同的金额单位, 无法确定用哪一个")
        if stated:
            return "", None
    return "", None


def _unit_at(geometry: Geometry, place: Place) -> str:
    """The money unit that a cell states, also one that is all of it, beside the label 单位."""
    text = geometry.words(place)
    return text if text in ("元", "万元", "亿元") else stated_money_unit(text)


def is_named(text: str) -> bool:
    """是否名称栏: the label of the table's name, 项目名称, 险种名称 …"""
    label = bare(text).partition(":")[0]
    return len(header_key(label)) <= 10 and head_role(label) == "name"
