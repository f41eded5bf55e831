"""报告对应的自评表: which of several tables a report is about, by its title and by the names it holds; none where that is not certain."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Table
    from perfeval_xl.report.text import ReportText

_TITLE_LINES, _LONGEST_LINE, _SHORTEST_NAME = 5, 60, 4
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=\s*年)")
_KINDS = {"department": ("整体支出", "部门整体"), "transfer": ("转移支付",), "fund": ("社会保险基金", "保险基金", "医保基金", "基金预算"), "project": ("项目支出",)}


def table_of(report: ReportText, assessments: Sequence[Assessment]) -> Assessment | None:
    """The one table a report is about.

    Its title drops tables of another kind, year, unit or name; what is left must be one table, or the only one whose
    name stands in the text.
    """
    if len(assessments) < 2:
        return next(iter(assessments), None)
    lines = [_bare(paragraph.text) for paragraph in report.paragraphs if paragraph.text.strip() and not paragraph.cells]
    title = "".join(line for line in lines[:_TITLE_LINES] if len(line) <= _LONGEST_LINE)
    left = list(assessments)
    kinds = {kind for kind, words in _KINDS.items() if any(word in title for word in words)}
    left = [one for one in left if not kinds or one.table.kind in kinds]
    years = set(map(int, _YEAR.findall(title)))
    left = [one for one in left if not years or one.table.heading.year in (*years, None)]
    for names in (_unit, _name):
        left = _of_those_named(left, title, names)
    if len(left) > 1:
        left = _of_those_named(left, "".join(lines), _name)
    return left[0] if len(left) == 1 else None


def _of_those_named(left: list[Assessment], text: str, names: Callable[[Table], str]) -> list[Assessment]:
    """Those whose name stands in the text, and not merely inside a longer name that does; all where there are none."""
    known = {name for one in left if len(name := _bare(names(one.table))) >= _SHORTEST_NAME and name in text}
    longest = {name for name in known if name in _without(text, [other for other in known if name != other and name in other])}
    named = [one for one in left if _bare(names(one.table)) in longest]
    return named or left


def _without(text: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _unit(table: Table) -> str:
    return table.heading.unit.text or (table.heading.name.text if table.kind == "department" else "")


def _name(table: Table) -> str:
    return table.heading.name.text


def _bare(text: str) -> str:
    return "".join(text.split())


def why_none(assessments: Sequence[Assessment]) -> str:
    """为什么没有与表对照: the tables there are and what to do."""
    sheets = "、".join(dict.fromkeys(one.table.sheet for one in assessments))
    return (
        f"有 {len(assessments)} 张自评表 ({sheets}), 从报告的标题看不出写的是哪一张, 报告没有与自评表对照; "
        "请在标题里写明年度、单位和项目名称, 或把那一张表单独存成一个文件再校验"
    )
