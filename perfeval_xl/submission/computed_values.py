"""算出的数: what the cells with our formulas show, computed afresh from what was typed."""

from __future__ import annotations

from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.address import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Value
    from perfeval_xl.workbook.examination import Examined

    Content = str | float | bool | None


def computed_values(examined: Examined, *, is_stale: bool) -> dict[str, dict[tuple[int, int], Content]]:
    """算出的数 by sheet and place.

    A cell of ours that cannot be computed yet shows what the native formula made of it, as the file says; where the
    file itself says that it was changed without being calculated (``is_stale``), it shows nothing.
    """
    found: dict[str, dict[tuple[int, int], Content]] = {}
    for assessment in examined.assessments:
        own = found.setdefault(assessment.table.sheet, {})
        for value, content in _pairs(assessment):
            spot = place(value.cell)
            if value.computed and spot is not None and (is_stale or content is not None):
                own[spot] = content
    return found


def _pairs(assessment: Assessment) -> Iterator[tuple[Value, Content]]:
    for result in assessment.funds:
        yield result.fund.written_rate, result.execution_rate
        yield result.fund.written_score, result.score
    for row in assessment.indicators:
        yield row.indicator.written_score, row.computed_score
    table = assessment.table
    yield table.total_score, assessment.computed_total
    yield table.total_weight, _total_weight(assessment)
    yield table.grade, assessment.grade


def _total_weight(assessment: Assessment) -> float | None:
    weights = [row.indicator.weight.number for row in assessment.indicators]
    weights += [result.fund.weight.number for result in assessment.scored_funds]
    known = [weight for weight in weights if weight is not None]
    return exact_sum(known) if known else None
