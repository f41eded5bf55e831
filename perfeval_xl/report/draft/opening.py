"""基本情况和自评工作: the first two chapters."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.content import Chapter, Paragraph, body, heading
from perfeval_xl.report.draft.counting import count_parts, counts_of
from perfeval_xl.report.draft.execution import budget_paragraphs
from perfeval_xl.report.draft.numbering import label
from perfeval_xl.report.draft.piece import FACT, QUOTED, Part, Run, gap, lines, one_line, runs
from perfeval_xl.report.draft.title import ending_of, name_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Table, Value

_SUBJECT = {
    "fund": "覆盖范围、筹资和待遇政策", "transfer": "资金用途、下达文号和分配情况", "department": "主要职责、机构设置和人员情况",
    "project": "立项依据、实施内容和受益对象",
}  # fmt: skip


def situation(assessment: Assessment) -> Chapter:
    """基本情况: what was evaluated, its budget and its goals."""
    table = assessment.table
    blocks: list[Paragraph] = [heading(2, label(2, 1), "概况"), body(*_subject(table)), *passage(table, "content", "实施内容")]
    blocks += [body(gap(_SUBJECT[table.kind])), heading(2, label(2, 2), "预算安排和执行情况"), *budget_paragraphs(assessment)]
    blocks += [*passage(table, "adjustment", "预算调整情况"), heading(2, label(2, 3), "年度绩效目标"), *texts(table.goal_planned, "年度总体目标")]
    return Chapter("基本情况", "基本情况", tuple(blocks))


def _subject(table: Table) -> Iterator[Part]:
    yield from ("本次评价的对象为", year_of(table.heading), name_of(table), ending_of(table))
    for what, value in (("主管部门", table.heading.department), ("实施单位", table.heading.unit)):
        text = one_line(value.text)
        if text:
            yield from (f"，{what}为", Run(FACT, text, value.cell))
        elif value.exists:
            yield from (f"，{what}为", gap(what))
    yield "。"


def work(assessment: Assessment) -> Chapter:
    """自评工作开展情况: counts from the table; how the office worked is a gap."""
    return Chapter(
        "自评工作开展情况",
        "绩效自评工作开展情况",
        (
            heading(2, label(2, 1), "前期准备"),
            body(gap("自评通知的名称和文号、责任分工、时间安排")),
            heading(2, label(2, 2), "组织过程"),
            body(*count_parts(counts_of(assessment))),
            body(gap("数据来源、采用的评价方法、现场核实和满意度调查的情况")),
        ),
    )


def texts(value: Value, missing: str) -> list[Paragraph]:
    """The lines of a cell, each a paragraph of its own; a gap for a blank."""
    found = [Paragraph(runs(Run(QUOTED, line, value.cell))) for line in lines(value.text)]
    return found or [body(gap(missing))]


def passage(table: Table, block: str, title: str = "") -> list[Paragraph]:
    """The filled texts of a block of the form, [] where there are none worth a line."""
    values = [p.text for p in table.passages if p.block == block and one_line(p.text.text) not in ("", "无", "无。")]
    found = [Paragraph(runs(Run(QUOTED, line, value.cell))) for value in values for line in lines(value.text)]
    if found and title:
        found[0] = Paragraph(runs(f"{title}：", *found[0].runs))
    return found
