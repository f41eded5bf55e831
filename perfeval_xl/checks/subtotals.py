"""B 小计: the weight and the score of a row 小计 are the sums of the rows it closes."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, shown
from perfeval_xl.checks.totals import in_parts, is_sum
from perfeval_xl.checks.weights import is_extra, weight_cells
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.table import Subtotal


def weights_off(assessment: Assessment, parts: set[int]) -> Iterator[Mismatch]:
    """B02 of the rows 小计; ``parts`` are rows whose weight stays blank. Not where another weight is blank."""
    for subtotal, ranges in _ranges(assessment):
        stated = subtotal.weight
        groups = [[assessment.indicators[row].indicator for row in rows if row not in parts] for rows in ranges]
        if not stated.typed or stated.number is None or any(item.weight.exists and item.weight.number is None for item in groups[0]):
            continue
        weights = weight_cells(groups[0])
        sums = [exact_sum([value.number or 0.0 for value in weight_cells(items)]) for items in groups]
        sums.append(exact_sum([value.number or 0.0 for value in weight_cells([item for item in groups[0] if not is_extra(item)])]))
        if weights and stated.number not in sums:
            gap, added = stated.number - sums[0], plain(sums[0])
            yield Mismatch(
                stated, _name(assessment, subtotal), f"小计的分值 {shown(stated)} 不等于该组各项分值合计 {added}", f"请改为 {added}, 或核对该组分值",
                shown(stated), added, cells(stated, *weights),
                mends=(cells_mended(stated, sums[0]), *(cells_mended(value, (value.number or 0.0) + gap) for value in weights)),
            )  # fmt: skip


def scores_off(assessment: Assessment) -> Iterator[tuple[Mismatch, float]]:
    """B06 of the rows 小计, each with what it is off by. Not where a row has no score."""
    for subtotal, ranges in _ranges(assessment):
        stated = subtotal.written_score
        sums = [_scores(assessment.indicators[rows.start : rows.stop]) for rows in ranges]
        known, scored = sums[0], [result.indicator.written_score for result in _scored(assessment, ranges[0])]
        if not stated.typed or stated.number is None or not known or len(known) < len(scored):
            continue
        if any(is_sum(stated.number, scores) for scores in sums):
            continue
        total = exact_sum(known)
        gap = exact_sum([stated.number, -total])
        yield Mismatch(
            stated, _name(assessment, subtotal), f"小计的得分 {shown(stated)} 不等于该组各项得分合计 {plain(total)} ({in_parts(known)})",
            f"请改为 {plain(total)}, 或核对该组得分", shown(stated), plain(total), cells(stated, *scored),
            mends=(cells_mended(stated, total), *(cells_mended(place, (place.number or 0.0) + gap) for place in scored)),
        ), gap  # fmt: skip


def _name(assessment: Assessment, subtotal: Subtotal) -> str:
    own = " ".join(subtotal.label.text.split())
    group = assessment.indicators[subtotal.first].indicator.level1.text.strip()
    return own if group in own else f"{group} {own}"


def _scored(assessment: Assessment, rows: range) -> list[IndicatorResult]:
    return [result for result in assessment.indicators[rows.start : rows.stop] if result.score_rows]


def _scores(results: Sequence[IndicatorResult]) -> list[float]:
    return [
        result.score for result in results if result.score_rows and result.score is not None and not result.indicator.written_score.is_blank
    ]


def _ranges(assessment: Assessment) -> Iterator[tuple[Subtotal, list[range]]]:
    """Each subtotal with the rows of its group, and with the others it may sum: from the subtotal above or another group down."""
    labels = [result.indicator.level1.text for result in assessment.indicators]
    groups = [row for row, label in enumerate(labels) if not row or (label and label != labels[row - 1])]
    above = 0
    for subtotal in assessment.table.subtotals:
        starts = dict.fromkeys([subtotal.first, above, *(row for row in groups if row < subtotal.end)])
        yield subtotal, [range(start, subtotal.end) for start in starts if start < subtotal.end]
        above = subtotal.end
