"""一级指标汇总: weights, points and counts of the indicators under one level-1 name, as they stand in the table."""

from __future__ import annotations

from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.draft.piece import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult

_UNNAMED = "其他指标"


class IndicatorClass(Record):
    """一类指标. ``weight`` and ``score`` are None while a row has none."""

    name: str
    results: tuple[IndicatorResult, ...]
    weight: float | None
    score: float | None


def classes(assessment: Assessment) -> list[IndicatorClass]:
    """The level-1 groups in the order of the form."""
    groups: dict[str, list[IndicatorResult]] = {}
    for result in assessment.indicators:
        groups.setdefault(class_name(result.indicator.level1.text), []).append(result)
    return [_summed(name, results) for name, results in groups.items()]


def class_name(text: str) -> str:
    r"""The words of a level-1 cell without the points printed behind them.

    >>> class_name("产出指标(30分)"), class_name("效 益\n指标（满分30分, 实得30分）"), class_name("")
    ('产出指标', '效益指标', '其他指标')
    """
    name = "".join(one_line(text).split())
    for mark in "(（[【":
        head, found, tail = name.partition(mark)
        if found and "分" in tail:
            name = head
    return name or _UNNAMED


def _summed(name: str, results: Sequence[IndicatorResult]) -> IndicatorClass:
    weights = [r.indicator.weight.number for r in results if r.weight_rows]
    scores = [r.score for r in results if r.score_rows]
    return IndicatorClass(name, tuple(results), _sum(weights), _sum(scores))


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return exact_sum(known) if known and len(known) == len(values) else None


def total(assessment: Assessment) -> tuple[float | None, str]:
    """总分 as typed in the table with its cell, else the sum of the points as they stand; None while one is missing."""
    written = assessment.table.total_score
    if written.typed and written.number is not None:
        return written.number, written.cell
    scores = [result.score for result in assessment.indicators if result.score_rows]
    scores += [fund_score(result) for result in assessment.scored_funds]
    return _sum(scores), written.cell


def fund_score(result: FundResult) -> float | None:
    """预算执行率得分 as it stands: what was typed, else what is computed."""
    written = result.fund.written_score
    return written.number if written.typed and written.number is not None else result.score


def has_scores(assessment: Assessment) -> bool:
    """Whether the form has points at all; 转移支付 tables often have none."""
    rows = [cell for r in assessment.indicators for cell in (r.indicator.weight, r.indicator.written_score)]
    return any(cell.exists or cell.text for cell in (*rows, assessment.table.total_score)) or total(assessment)[0] is not None


def lost_points(result: IndicatorResult) -> float | None:
    """扣分 = 分值 − 得分; None where one of them is missing or merged with a neighbour's."""
    weight, score = result.indicator.weight.number, result.score
    if weight is None or score is None or not result.stands_alone:
        return None
    return exact_sum([weight, -score])
