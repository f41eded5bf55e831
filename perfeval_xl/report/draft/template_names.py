"""模板名称: what an office's own template may name, filled from the same content as our own document."""

from __future__ import annotations

from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.attainment import attainment
from perfeval_xl.report.draft.conclusion import grade_of, points_rows
from perfeval_xl.report.draft.content import Grid
from perfeval_xl.report.draft.counting import counts_of
from perfeval_xl.report.draft.execution import rate_run
from perfeval_xl.report.draft.indicator_class import fund_score, lost_points, total
from perfeval_xl.report.draft.piece import Run, one_line, runs
from perfeval_xl.report.draft.title import name_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult
    from perfeval_xl.report.draft.content import Draft, Portion

NEW_PARAGRAPH = "\a"    # docxtpl begins a new paragraph of the same style here
Names = dict[str, object]


def names_of(draft: Draft, assessments: Sequence[Assessment]) -> Names:
    """Every name with its text; with several tables the plain names are the first table's, 各表 holds all of them."""
    tables = [_table(portion, each) for portion, each in zip(draft.portions, assessments, strict=True)]
    return {**tables[0], "报告标题": _text(draft.title), "各表": tables}


def _table(portion: Portion, assessment: Assessment) -> Names:
    table, counts = assessment.table, counts_of(assessment)
    number, _ = total(assessment)
    lost = [result for result in assessment.indicators if (lost_points(result) or 0) > 0]
    closing = [paragraph.text for paragraph in portion.closing]
    return {
        "标题": _text(portion.title), "年度": str(table.heading.year or ""), "名称": name_cell(table)[0],
        "主管部门": one_line(table.heading.department.text), "实施单位": one_line(table.heading.unit.text), "金额单位": table.money_unit,
        "总分": _number(number), "等级": grade_of(assessment)[0],
        "一级指标数": str(counts.level1), "二级指标数": str(counts.level2), "三级指标数": str(counts.level3),
        "定量指标数": str(counts.measured), "定性指标数": str(counts.judged),
        **{chapter.key: _chapter(chapter.blocks) for chapter in portion.chapters}, "附件": closing[0],
        "资金表": [_fund(result) for result in assessment.funds],
        "得分表": [dict(zip(("名称", "满分", "得分", "得分率"), map(_plain, row), strict=True)) for row in points_rows(assessment)],
        "指标表": [_indicator(result) for result in assessment.indicators], "扣分表": [_indicator(result) for result in lost],
    }  # fmt: skip


def _chapter(blocks: Iterable[object]) -> str:
    return NEW_PARAGRAPH.join(str(getattr(block, "text", "")) for block in blocks if not isinstance(block, Grid))


def _fund(result: FundResult) -> Names:
    fund, rate = result.fund, rate_run(result)
    return {
        "名称": one_line(fund.label.text).rstrip(":："), "年初预算": one_line(fund.initial_budget.text), "全年预算": one_line(fund.budget.text),
        "全年执行": one_line(fund.executed.text), "执行率": rate.text if rate else "",
        "分值": _number(fund.weight.number), "得分": _number(fund_score(result)), "原因": one_line(fund.reason.text),
    }  # fmt: skip


def _indicator(result: IndicatorResult) -> Names:
    indicator = result.indicator
    return {
        "一级": one_line(indicator.level1.text), "二级": one_line(indicator.level2.text), "名称": one_line(indicator.name),
        "指标值": one_line(indicator.target.text), "完成值": one_line(indicator.actual.text), "分值": _number(indicator.weight.number),
        "得分": _number(result.score), "扣分": _number(lost_points(result)), "原因": one_line(indicator.reason.text),
        "完成情况": _text(runs(*attainment(result))),
    }  # fmt: skip


def _text(parts: Iterable[Run]) -> str:
    return "".join(run.text for run in parts)


def _plain(run: Run) -> str:
    return run.text


def _number(value: float | None) -> str:
    return "" if value is None else plain(value)
