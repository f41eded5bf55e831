"""页面: A4 landscape as it is printed and stamped; pages end where a group of indicators ends."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.building.form import INDICATORS
from perfeval_xl.workbook.building.placement import level_spans

if TYPE_CHECKING:
    from perfeval_xl.workbook.building.canvas import Canvas
    from perfeval_xl.workbook.building.placement import Placement

_A4 = 9
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.7, 0.5, 0.6, 0.6                       # inches
_POINTS_WIDE = (11.69 - _LEFT - _RIGHT) * 72
_POINTS_HIGH = (8.27 - _TOP - _BOTTOM) * 72 * 0.96       # fonts and printers differ a little
_WELL_FILLED = 0.5      # of a page: below that a group too long for the rest of it is cut at its own subgroups

Rows = tuple[int, int]


class Group(Record):
    """Rows that belong together on a page, and the groups they may be cut into."""

    rows: Rows
    parts: tuple[Group, ...] = ()


def set_up_page(canvas: Canvas, placement: Placement, names: list[tuple[str, str]]) -> None:
    """Widths, paper, print titles and page breaks; no colour of the screen is printed."""
    sheet, form = canvas.sheet, placement.form
    for number, width in enumerate(form.widths):
        sheet.set_column(number, number, width)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    sheet.center_horizontally()
    sheet.print_black_and_white()
    first, last = _header_rows(placement)
    sheet.repeat_rows(first - 1, last - 1)
    sheet.print_area(0, 0, placement.last_row - 1, form.width - 1)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.freeze_panes(2, 0)
    sheet.hide_gridlines(2)
    sheet.set_h_pagebreaks(page_breaks(placement, names, canvas.heights, _POINTS_HIGH / _scale(form.widths)))


def _scale(widths: tuple[float, ...]) -> float:
    """The scale at which all columns fit one page; a column of w characters is 7w + 5 pixels wide."""
    points = sum(7 * width + 5 for width in widths) * 0.75
    return min(1.0, _POINTS_WIDE / points)


def _header_rows(placement: Placement) -> Rows:
    block, top = next((block, top) for block, top in placement.blocks if block.of == INDICATORS)
    return top, top + len(block.header) - 1


def page_breaks(placement: Placement, names: list[tuple[str, str]], heights: dict[int, float], room: float) -> list[int]:
    """分页的行: the last row of each page but the last; ``room``: points that a page holds."""
    titles = _header_rows(placement)
    repeated = _high(titles, heights)
    breaks: list[int] = []
    used = 0.0
    waiting = _groups(placement, names)
    while waiting:
        group = waiting.pop(0)
        rows, parts = group
        points = _high(rows, heights)
        if used + points <= room:
            used += points
        elif parts and (used < room * _WELL_FILLED or points + repeated > room):
            waiting[:0] = parts
        elif used:
            breaks.append(rows[0] - 1)
            used = points + (repeated if rows[0] > titles[1] else 0.0)
        else:
            used = points
    return breaks


def _groups(placement: Placement, names: list[tuple[str, str]]) -> list[Group]:
    """Each block; of the indicators each group of level 1, the first one with the header above it."""
    groups = [_by_row(1, placement.blocks[0][1] - 1)]
    for block, top in placement.blocks:
        if block.of != INDICATORS or not names:
            groups.append(_by_row(top, top + placement.height(block) - 1))
            continue
        titles = _header_rows(placement)
        groups += [_level1(placement, names, span, titles) for span in level_spans(names, 0)]
        groups[-1] = _with_row(groups[-1], placement.total_row) if block.total else groups[-1]
    return groups


def _level1(placement: Placement, names: list[tuple[str, str]], span: Rows, titles: Rows) -> Group:
    """A group of level 1 over its groups of level 2 over their rows."""
    inside = [_below(placement, part, titles) for part in level_spans(names, 1) if span[0] <= part[0] <= span[1]]
    return Group((inside[0].rows[0], inside[-1].rows[1]), tuple(inside))


def _below(placement: Placement, span: Rows, titles: Rows) -> Group:
    rows = [placement.indicators_row + 1 + number for number in range(span[0], span[1] + 1)]
    singles = [Group((titles[0] if row == titles[1] + 1 else row, row)) for row in rows]
    return Group((singles[0].rows[0], rows[-1]), tuple(singles))


def _with_row(group: Group, row: int) -> Group:
    """A group that its total row is never parted from."""
    parts = (*group.parts[:-1], _with_row(group.parts[-1], row)) if group.parts else ()
    return Group((group.rows[0], row), parts)


def _by_row(first: int, last: int) -> Group:
    return Group((first, last), tuple(Group((row, row)) for row in range(first, last + 1)))


def _high(rows: Rows, heights: dict[int, float]) -> float:
    return sum(heights.get(row, 15.0) for row in range(rows[0], rows[1] + 1))
