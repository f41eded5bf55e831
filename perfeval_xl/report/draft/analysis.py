"""绩效目标实现情况分析: execution, then every indicator under its class."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.attainment import attainment
from perfeval_xl.report.draft.content import Chapter, Paragraph, body, heading
from perfeval_xl.report.draft.execution import execution_analysis
from perfeval_xl.report.draft.indicator_class import classes
from perfeval_xl.report.draft.numbering import label
from perfeval_xl.report.draft.opening import passage, texts
from perfeval_xl.report.draft.piece import gap, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.report.draft.indicator_class import IndicatorClass


def analysis(assessment: Assessment) -> Chapter:
    """The chapter; each class is a heading with one numbered sentence for each indicator."""
    table = assessment.table
    blocks: list[Paragraph] = [heading(2, label(2, 1), "预算执行情况分析")]
    blocks += list(execution_analysis(assessment)) or [body(gap("预算执行情况"))]
    blocks += [*passage(table, "management", "资金管理情况"), heading(2, label(2, 2), "总体目标完成情况分析")]
    blocks += [*texts(table.goal_done, "总体目标的完成情况"), heading(2, label(2, 3), "绩效指标完成情况分析")]
    for number, each in enumerate(classes(assessment), 1):
        blocks += _class(number, each)
    if not assessment.indicators:
        blocks.append(body(gap("各项绩效指标的完成情况")))
    return Chapter("绩效目标实现情况分析", "绩效目标实现情况分析", tuple(blocks))


def _class(number: int, each: IndicatorClass) -> Iterator[Paragraph]:
    yield heading(3, label(3, number), each.name)
    level2 = ""
    for place, result in enumerate(each.results, 1):
        own = one_line(result.indicator.level2.text)
        shown = f"{own}：" if own and own != level2 and one_line(result.indicator.level3.text) else ""
        level2 = own or level2
        yield body(label(4, place), shown, *attainment(result), "。")
