"""起草: from assessed tables to the content of a report."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.analysis import analysis
from perfeval_xl.report.draft.causes import causes
from perfeval_xl.report.draft.conclusion import conclusion
from perfeval_xl.report.draft.content import (
    ATTACHED,
    CLOSING,
    Chapter,
    Draft,
    Paragraph,
    Portion,
    body,
    heading,
)
from perfeval_xl.report.draft.numbering import label
from perfeval_xl.report.draft.opening import passage, situation, work
from perfeval_xl.report.draft.piece import FACT, Run, gap, one_line, runs
from perfeval_xl.report.draft.title import REPORT, title_of, year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Table


def drafted(assessments: Sequence[Assessment]) -> Draft:
    """起草报告: one portion for each table, in the order of the workbook."""
    portions = tuple(_portion(assessment) for assessment in assessments)
    if len(portions) == 1:
        return Draft(portions[0].title, portions)
    years = {assessment.table.heading.year for assessment in assessments}
    first = assessments[0].table.heading
    return Draft(runs(year_of(first) if len(years) == 1 else "", REPORT), portions)


def _portion(assessment: Assessment) -> Portion:
    chapters = (
        situation(assessment), work(assessment), conclusion(assessment), analysis(assessment), causes(assessment),
        _use(), _problems(assessment.table),
    )  # fmt: skip
    return Portion(title_of(assessment.table), chapters, _closing(assessment.table))


def _use() -> Chapter:
    return Chapter(
        "结果应用", "绩效自评结果拟应用和公开情况",
        (body(gap("自评结果用于以后年度预算安排、完善政策和改进管理的打算")), body(gap("自评结果公开的时间和方式"))),
    )  # fmt: skip


def _problems(table: Table) -> Chapter:
    told = passage(table, "problems") or [body(gap("绩效目标设定、预算执行和管理中存在的问题"))]
    note = passage(table, "note", "自评表说明")
    blocks = (heading(2, label(2, 1), "存在的问题"), *told, heading(2, label(2, 2), "有关建议"), body(gap("对政策、预算安排和绩效管理的建议")), *note)
    return Chapter("问题和建议", "存在的问题和建议", blocks)


def _closing(table: Table) -> tuple[Paragraph, ...]:
    unit = next((cell for cell in (table.heading.unit, table.heading.department) if one_line(cell.text)), None)
    if table.kind == "fund" and unit is table.heading.department:
        unit = None     # the line names the ministries above, not who writes
    signed = gap("单位名称") if unit is None else Run(FACT, one_line(unit.text), unit.cell)
    title = one_line(table.heading.title.text)
    return (
        Paragraph(runs("附件：", Run(FACT, title, table.heading.title.cell) if title else "绩效自评表"), ATTACHED),
        Paragraph(runs(signed), CLOSING),
        Paragraph(runs(gap("年 月 日")), CLOSING),
    )
