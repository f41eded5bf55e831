"""未完成原因和改进措施: every lost point and every missed target with its reason, or a gap where the table has none."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.attainment import indicator_name
from perfeval_xl.report.draft.content import Chapter, Paragraph, body
from perfeval_xl.report.draft.counting import is_missed
from perfeval_xl.report.draft.indicator_class import lost_points
from perfeval_xl.report.draft.numbering import label
from perfeval_xl.report.draft.opening import passage
from perfeval_xl.report.draft.piece import QUOTED, Part, Run, gap, lines, points, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, IndicatorResult


def causes(assessment: Assessment) -> Chapter:
    """The chapter; indicators without a loss are not named."""
    blocks: list[Paragraph] = []
    behind = [result for result in assessment.indicators if (lost_points(result) or 0) > 0 or is_missed(result)]
    for number, result in enumerate(behind, 1):
        blocks += [body(label(2, number), *_loss(result)), *_reason(result)]
    blocks += passage(assessment.table, "reason", "未完成原因")
    blocks += passage(assessment.table, "measures", "改进措施")
    if not blocks:
        blocks.append(body("各项指标均达到年度指标值，没有扣分。" if _all_known(assessment) else gap("未达成目标的原因和改进措施")))
    return Chapter("未达成原因和改进措施", "绩效目标未达成原因和下一步改进措施", tuple(blocks))


def _loss(result: IndicatorResult) -> Iterator[Part]:
    lost = lost_points(result)
    yield indicator_name(result)
    if is_missed(result):
        yield "未完成年度目标"
    if lost is not None and lost > 0:
        weight, score = result.indicator.weight, result.indicator.written_score
        yield from ("，满分" if is_missed(result) else "满分", points(weight.number, weight.cell, ""))
        yield from ("，扣", points(lost, "", ""), "，得", points(result.score, score.cell, ""))
    yield "。"


def _reason(result: IndicatorResult) -> list[Paragraph]:
    reason = result.indicator.reason
    told = lines(reason.text)
    if not told:
        return [body("原因：", gap("未达成的原因")), body("改进措施：", gap("改进措施"))]
    first, *more = told
    return [Paragraph(runs("原因和改进措施：", Run(QUOTED, first, reason.cell))), *(Paragraph(runs(Run(QUOTED, line, reason.cell))) for line in more)]


def _all_known(assessment: Assessment) -> bool:
    return bool(assessment.indicators) and all(lost_points(result) == 0 for result in assessment.indicators)
