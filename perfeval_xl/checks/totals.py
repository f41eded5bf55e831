"""B 合计: the total and the scores of groups are the sums of what stands in the rows."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, shown
from perfeval_xl.checks.label_points import printed_score
from perfeval_xl.checks.weights import groups_of, named_levels, weight_cells
from perfeval_xl.core.assessment import execution_points
from perfeval_xl.core.number import exact_sum, plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.table import Value

_SLACK, _FULL_MARKS = 0.005, 100.0
_MOST_PARTS = 8


def total_is_sum(assessment: Assessment) -> Iterator[Mismatch]:
    """B06 总分: the total equals the sum of the scores as they stand, and so does a score printed in the name of a group or
    in a row 小计.

    Rows without any score make it A02's matter. A group that is off by as much as the total, or as a group inside it, is
    the same mistake.
    """
    gaps: list[float] = []
    for mismatch, gap in (*_wrong_total(assessment), *_wrong_subtotals(assessment), *_wrong_groups(assessment)):
        if gap not in gaps:
            gaps.append(gap)
            yield mismatch


def _wrong_total(assessment: Assessment) -> Iterator[tuple[Mismatch, float]]:
    total = assessment.table.total_score
    if not total.typed or total.number is None:
        return
    places = [result.indicator.written_score for result in assessment.indicators]
    places += [result.fund.written_score for result in assessment.scored_funds]
    scores = [result.score for result in assessment.indicators]
    scores += [_execution_score(result.fund.written_score, result.score) for result in assessment.scored_funds]
    known = [score for score in scores if score is not None]
    if not known or not any(place.exists for place in places) or sum(map(_is_unknown, assessment.indicators)) > 1:
        return
    if sums_indicators_alone(assessment):
        places, scores = places[: len(assessment.indicators)], scores[: len(assessment.indicators)]
        known = [score for score in scores if score is not None]
    added = exact_sum(known)
    if not is_sum(total.number, known):
        mends = [cells_mended(place, (score or 0.0) + total.number - added) for place, score in zip(places, scores, strict=True) if place.exists]
        mismatch = Mismatch(
            total, "合计", f"总分 {shown(total)} 不等于各项得分合计 {plain(added)} ({in_parts(known)})", f"请改为 {plain(added)}",
            shown(total), plain(added), cells(total, *places), mends=(cells_mended(total, added), *mends),
        )  # fmt: skip
        yield mismatch, exact_sum([total.number, -added])


def _wrong_subtotals(assessment: Assessment) -> Iterator[tuple[Mismatch, float]]:
    if assessment.table.subtotals:
        from perfeval_xl.checks.subtotals import scores_off  # noqa: PLC0415 - few forms have subtotals

        yield from scores_off(assessment)


def _is_unknown(result: IndicatorResult) -> bool:
    """A blank score that nothing computes; with two of them nobody can say what the total should be."""
    return result.score is None and result.indicator.written_score.exists and result.indicator.written_score.is_blank and bool(result.indicator.weight.number)


def sums_indicators_alone(assessment: Assessment) -> bool:
    """总分不含预算执行率: the weight in the total row is that of the indicators without it, 90, and so is its score."""
    stated = assessment.table.total_weight.number
    executed = execution_points(assessment.scored_funds)
    if stated is None or stated >= _FULL_MARKS or not executed or all(result.score is None for result in assessment.indicators):
        return False
    points = exact_sum([value.number or 0.0 for value in weight_cells([result.indicator for result in assessment.indicators])])
    return abs(stated - points) < abs(stated - points - executed)


def _wrong_groups(assessment: Assessment) -> Iterator[tuple[Mismatch, float]]:
    """Groups whose name prints another score than their rows have; not where a row has none."""
    indicators = [result.indicator for result in assessment.indicators]
    for level in reversed(named_levels(indicators)):
        if all(printed_score(getattr(indicator, level).text) is None for indicator in indicators):
            continue
        for label, members in groups_of(indicators, level):
            stated = printed_score(label.text)
            if stated is None:
                continue
            by_row = {id(result.indicator): result for result in assessment.indicators}
            scored = [by_row[id(member)] for member in members if by_row[id(member)].score_rows]
            known = [result.score for result in scored if result.score is not None and not result.indicator.written_score.is_blank]
            if known and len(known) == len(scored) and not is_sum(stated, known):
                yield _group(label, stated, known, scored), exact_sum([stated, -exact_sum(known)])


def _group(label: Value, stated: float, known: list[float], scored: list[IndicatorResult]) -> Mismatch:
    added, name = plain(exact_sum(known)), label.text.strip()
    return Mismatch(
        label, name, f"「{name}」标明的得分 {plain(stated)} 不等于该组各项得分合计 {added} ({in_parts(known)})", f"请改为 {added}, 或核对该组得分",
        plain(stated), added, cells(label, *(result.indicator.written_score for result in scored)),
    )  # fmt: skip


def is_sum(stated: float, known: list[float]) -> bool:
    """Whether a score stated to two decimals is the sum of these, as they stand or as they are shown."""
    return abs(exact_sum(known) - stated) < _SLACK or abs(exact_sum([rounded(score) for score in known]) - stated) < _SLACK


def in_parts(known: list[float]) -> str:
    """The sum written out, or how many scores it has."""
    return " + ".join(plain(score) for score in known) if len(known) <= _MOST_PARTS else f"{len(known)} 项得分之和"


def _execution_score(written: Value, computed: float | None) -> float | None:
    return written.number if written.typed and written.number is not None else computed
