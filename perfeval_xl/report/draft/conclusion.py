"""综合评价结论: the total, the grade, points lost and the points of each class."""

from __future__ import annotations

from perfeval_xl.core.number import exact_sum, percent
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.content import Block, Chapter, Grid, body
from perfeval_xl.report.draft.counting import counts_of
from perfeval_xl.report.draft.indicator_class import classes, fund_score, has_scores, total
from perfeval_xl.report.draft.opening import passage
from perfeval_xl.report.draft.piece import FACT, Part, Run, gap, one_line, points
from perfeval_xl.report.draft.title import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment

_FULL = 100
_HEADER = ("一级指标", "满分", "得分", "得分率")


def conclusion(assessment: Assessment) -> Chapter:
    """The chapter; a form without points tells how many targets were reached instead."""
    blocks: list[Block] = []
    if has_scores(assessment):
        blocks += [body(*_total(assessment)), *_points_grid(assessment)]
    else:
        blocks += [body(*_reached(assessment))]
    told = passage(assessment.table, "conclusion")
    return Chapter("综合评价结论", "综合评价结论", (*blocks, *(told or [body(gap("对目标完成和资金使用效果的总体评价"))])))


def _total(assessment: Assessment) -> Iterator[Part]:
    number, cell = total(assessment)
    yield from (year_of(assessment.table.heading), "绩效自评总分为", points(number, cell, "总分"))
    grade, grade_cell = grade_of(assessment)
    if grade:
        yield from ("，评价等级为“", Run(FACT, grade, grade_cell), "”")
    elif number is not None:
        yield from ("，评价等级为", gap("评价等级"))
    if number is not None and number <= _FULL and _is_of_hundred(assessment):
        yield from ("，共扣", points(exact_sum([_FULL, -number]), "", "")) if number < _FULL else ("，没有扣分",)
    yield "。"


def grade_of(assessment: Assessment) -> tuple[str, str]:
    """评价等级 as typed, else by the rules from the total; "" where neither is possible."""
    typed = assessment.table.grade
    if one_line(typed.text):
        return one_line(typed.text), typed.cell
    number, _ = total(assessment)
    return ("" if number is None else assessment.rules.grade(number)), ""


def _is_of_hundred(assessment: Assessment) -> bool:
    weights = [r.indicator.weight.number for r in assessment.indicators if r.weight_rows]
    weights += [r.fund.weight.number for r in assessment.scored_funds]
    known = [weight for weight in weights if weight is not None]
    return len(known) == len(weights) and exact_sum(known) == _FULL


def _points_grid(assessment: Assessment) -> Iterator[Grid]:
    rows = points_rows(assessment)
    if len(rows) > 1:
        yield Grid("各类指标得分情况", _HEADER, rows)


def points_rows(assessment: Assessment) -> tuple[tuple[Run, ...], ...]:
    """各类指标得分: name, weight, points and their rate for every class whose weights are all known."""
    rows = [_row("预算执行率", r.fund.weight.number, fund_score(r)) for r in assessment.scored_funds if r.fund.weight.number]
    return (*rows, *(_row(each.name, each.weight, each.score) for each in classes(assessment) if each.weight is not None))


def _row(name: str, weight: float | None, score: float | None) -> tuple[Run, ...]:
    rate = Run(FACT, percent(score / weight)) if weight and score is not None else gap("得分率")
    return Run(FACT, name), _bare(points(weight, "", "满分")), _bare(points(score, "", "得分")), rate


def _bare(run: Run) -> Run:
    return run._replace(text=run.text.removesuffix("分")) if run.kind == FACT else run


def _reached(assessment: Assessment) -> Iterator[Part]:
    counts = counts_of(assessment)
    yield from ("本表不设分值，按目标完成情况评价。能够用数值判断的指标中，完成年度目标的", Run(FACT, f"{counts.reached}项"))
    yield from ("，未完成的", Run(FACT, f"{counts.missed}项"), "。")
