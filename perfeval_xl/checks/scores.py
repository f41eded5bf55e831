"""B 得分: a score within its weight, in line with its target, and totals that add up."""

from __future__ import annotations

import math

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, fund_item, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.finding import EXPLAIN, HINT
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import Interval, exact_sum, plain, rounded
from perfeval_xl.core.rate import is_over_completed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.scoring import bounded_score
from perfeval_xl.core.table import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEDGES = ("较", "基本", "大致", "部分", "比较", "大部分")
_BANDS = {"band 1 (100%-80%)": (0, "达成年度指标"), "band 2 (80%-60%)": (1, "部分达成"), "band 3 (60%-0%)": (2, "未达成")}


def scores_within_weight(assessment: Assessment) -> Iterator[Mismatch]:
    """B04 得分不超过分值: 0 ≤ score ≤ weight, both cut to two decimals. Blanks are A02's.

    Not judged where one of the two is merged over more rows than the other.
    """
    rows = [
        (number, row_item(r), r.indicator.written_score, r.indicator.weight)
        for number, r in numbered(assessment)
        if r.weight_rows == r.score_rows
    ]
    rows += [(-1, fund_item(f), f.written_score, f.weight) for f in assessment.table.funds]
    for number, item, score, weight in rows:
        if score.computed or score.number is None:
            continue
        if weight.number is not None and _cut(score.number) > _cut(weight.number):
            most = plain(weight.number)
            yield Mismatch(
                score, item, f"得分 {shown(score)} 大于分值 {most}", f"请改为不超过 {most}", shown(score), f"不超过 {most}",
                cells(score, weight), row=number,
            )  # fmt: skip
        elif score.number < 0 and "扣" not in item:
            yield Mismatch(score, item, f"得分 {shown(score)} 小于 0", "请改为 0 或以上", shown(score), "不小于 0", cells(score), row=number)


def _cut(score: float) -> float:
    return math.floor(rounded(score, 9) * 100 + 1e-6) / 100


def total_is_sum(assessment: Assessment) -> Iterator[Mismatch]:
    """B06 总分: the total equals the sum of the scores as they stand. Rows without any score make it A02's matter."""
    total = assessment.table.total_score
    if not total.typed or total.number is None:
        return
    places = [result.indicator.written_score for result in assessment.indicators]
    places += [result.fund.written_score for result in assessment.scored_funds]
    scores = [result.score for result in assessment.indicators]
    scores += [_execution_score(result.fund.written_score, result.score) for result in assessment.scored_funds]
    known = [score for score in scores if score is not None]
    if not known or not any(place.exists for place in places):
        return
    added, as_shown = exact_sum(known), exact_sum([rounded(score) for score in known])
    if min(abs(added - total.number), abs(as_shown - total.number)) >= 0.005:
        mends = [cells_mended(place, (score or 0.0) + total.number - added) for place, score in zip(places, scores, strict=True) if place.exists]
        parts = " + ".join(plain(score) for score in known) if len(known) <= 8 else f"{len(known)} 项得分之和"
        yield Mismatch(
            total, "合计", f"总分 {shown(total)} 不等于各项得分合计 {plain(added)} ({parts})", f"请改为 {plain(added)}",
            shown(total), plain(added), cells(total, *places), mends=(cells_mended(total, added), *mends),
        )  # fmt: skip


def _execution_score(written: Value, computed: float | None) -> float | None:
    return written.number if written.typed and written.number is not None else computed


def score_range(result: IndicatorResult) -> Interval | None:
    """Every score the rule may give for true values behind the printed ones; None where it computes none."""
    measure, weight = result.measure, result.indicator.weight.number
    if not isinstance(measure, Measure) or result.rule.is_judged or weight is None or weight < 0 or not measure.is_certain:
        return None
    scores = [
        bounded_score(result.rule, measure.direction, weight, measure.low, measure.high, actual, points=measure.is_ratio)
        for actual in (measure.actual_range.low, measure.actual, measure.actual_range.high)
    ]
    return Interval(min(scores), max(scores))


def habits_of(score: float, possible: Interval) -> bool:
    """Whether ``score`` is one of ``possible`` rounded or cut to two decimals or to one."""
    return possible.low - 0.01 - 1e-9 <= score <= possible.high + 0.005 + 1e-9 or (
        abs(score * 10 - round_tenth(score) * 10) < 1e-6 and possible.low - 0.1 < score <= possible.high + 0.05 + 1e-9
    )


def round_tenth(score: float) -> float:
    return rounded(score, 1)


def score_follows_rule(assessment: Assessment) -> Iterator[Mismatch]:
    """B07 得分与办法相符: where the target is missed, the score is what the rule gives.

    Full marks are B08's, a met target is B09's; a lower score with a written reason is the office's own judgement,
    and a higher one a hint where the table does not say which ruleset it follows. Blanks are A02's.
    """
    for number, result in numbered(assessment):
        score, weight, measure = result.indicator.written_score, result.indicator.weight.number, result.measure
        possible = score_range(result) if result.stands_alone else None
        if possible is None or weight is None or not score.typed or score.number is None or not isinstance(measure, Measure):
            continue
        if measure.may_be_met or not 0 <= score.number < weight or habits_of(score.number, possible):
            continue
        if score.number < possible.low and not result.indicator.reason.is_blank:
            continue
        computed = plain(result.computed_score or 0.0)
        level = "" if assessment.table.ruleset or result.indicator.rule or result.indicator.reason.is_blank else HINT
        yield Mismatch(
            score, row_item(result), f"得分 {shown(score)} 与按办法计算的 {computed} 不符", f"请改为 {computed}, 或说明评分依据",
            shown(score), computed, _row_cells(result), level, number,
        )  # fmt: skip


def no_full_marks_when_missed(assessment: Assessment) -> Iterator[Mismatch]:
    """B08 未达标不得满分: full marks although the target is certainly missed. Blanks are A02's.

    Not where the rule itself rounds to full marks. «较及时» against «及时» is asked, not refused: words leave room.
    So does a target without a sign where less may be better, as an amount.
    """
    for number, result in numbered(assessment):
        score, weight = result.indicator.written_score, result.indicator.weight
        if not result.stands_alone or not score.typed or score.number is None or not weight.number or score.number < weight.number:
            continue
        measure, level = result.measure, ""
        if isinstance(measure, Measure):
            possible = score_range(result)
            missed = measure.is_certain and not measure.may_be_met and not (possible and possible.high >= weight.number)
            level = "" if measure.is_evident else EXPLAIN
        else:
            missed, level = _is_hedged(result), EXPLAIN
        if missed:
            target, actual = shown(result.indicator.target), shown(result.indicator.actual)
            expected = plain(result.computed_score) if isinstance(measure, Measure) and result.computed_score is not None else "低于满分"
            yield Mismatch(
                score, row_item(result), f"完成值 {actual} 没有达到指标值 {target}, 得分 {shown(score)} 却是满分",
                f"请改为 {expected}" if expected[0].isdigit() else "请按实际完成情况扣分", shown(score), expected, _row_cells(result),
                level, number,
            )  # fmt: skip


def _is_hedged(result: IndicatorResult) -> bool:
    target, actual = result.indicator.target.text.strip(" 。;；"), result.indicator.actual.text.strip(" 。;；")
    return 0 < len(target) <= 12 and any(actual == hedge + target for hedge in _HEDGES)


def no_silent_deduction(assessment: Assessment) -> Iterator[Mismatch]:
    """B09 达标扣分须说明: the target is met (or repeated word by word) but points are taken and no reason is given.

    Judged only where the form has a column for reasons. Blanks are A02's.
    """
    for number, result in numbered(assessment):
        indicator = result.indicator
        score, weight = indicator.written_score, indicator.weight.number
        if not result.stands_alone or score.computed or score.number is None or weight is None or score.number >= weight:
            continue
        if not indicator.reason.exists or not indicator.reason.is_blank:
            continue
        measure = result.measure
        if isinstance(measure, Measure):
            met = measure.is_certain and measure.is_met
        else:
            met = bool(indicator.target.text.strip()) and indicator.target.text.strip() == indicator.actual.text.strip()
        if met:
            yield Mismatch(
                score, row_item(result),
                f"完成值 {shown(indicator.actual)} 已达到指标值 {shown(indicator.target)}, 得分 {shown(score)} 低于分值 {plain(weight)} 而没有说明",
                f"请改为 {plain(weight)}, 或在原因栏说明扣分理由", shown(score), plain(weight), _row_cells(result), row=number,
            )  # fmt: skip


def over_completion_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """B10 超额完成须分析: far above the target with full marks and no reason. Blanks are A02's."""
    threshold = assessment.rules.number("threshold.over_completion", 1.3)
    for number, result in numbered(assessment):
        indicator, measure = result.indicator, result.measure
        if not result.stands_alone or not isinstance(measure, Measure) or not measure.is_certain or not is_over_completed(measure, threshold):
            continue
        full = result.score is not None and indicator.weight.number is not None and result.score >= indicator.weight.number
        if full and indicator.reason.exists and indicator.reason.is_blank:
            rate = plain(rounded((result.completion_rate or 0.0) * 100, 2))
            yield Mismatch(
                indicator.actual, row_item(result),
                f"完成值 {shown(indicator.actual)} 是指标值 {shown(indicator.target)} 的 {rate}%, 超过 {plain(threshold * 100)}% 而没有分析原因",
                "请在原因栏写明大幅超额的原因", shown(indicator.actual), f"写明原因, 或低于 {plain(threshold * 100)}%",
                _row_cells(result), row=number,
            )  # fmt: skip


def score_in_band(assessment: Assessment) -> Iterator[Mismatch]:
    """B11 定性指标档次: the score lies in the band of the chosen level. Other words and blanks are not judged.

    Refused for the levels as the national form words them; a looser «部分达成目标» is asked.
    """
    met, partial = assessment.rules.number("band.met", 0.8), assessment.rules.number("band.partial", 0.6)
    for number, result in numbered(assessment):
        score, weight = result.indicator.written_score, result.indicator.weight.number
        band = _BANDS.get(result.actual.qualitative or "")
        if band is None or not result.stands_alone or score.computed or score.number is None or weight is None:
            continue
        share = ((met, 1.0), (partial, met), (0.0, partial))[band[0]]
        low, high = rounded(weight * share[0]), rounded(weight * share[1])
        inside = low <= score.number <= high if band[0] == 0 else low <= score.number < high
        if not inside and 0 <= score.number <= weight:
            span = f"{plain(low)} 到 {plain(high)}" + ("" if band[0] == 0 else " (不含)")
            yield Mismatch(
                score, row_item(result), f"完成情况为「{shown(result.indicator.actual)}」, 得分 {shown(score)} 不在该档 {span} 之内",
                f"请改为 {span}, 或改选完成档次", shown(score), span, cells(score, result.indicator.actual, result.indicator.weight),
                "" if _is_official(result.indicator.actual.text) else EXPLAIN, number,
            )  # fmt: skip


def _is_official(level: str) -> bool:
    return any(words in level for words in ("年度指标", "预期指标"))


def grade_fits_total(assessment: Assessment) -> Iterator[Mismatch]:
    """B13 等级与总分相符: judged only for a word of the ruleset's own grades. A blank grade is not judged."""
    grade, total = assessment.table.grade, assessment.table.total_score.number
    if assessment.table.total_score.computed or total is None:
        total = assessment.computed_total
    if not grade.typed or total is None or not 0 <= total <= 100:
        return
    expected = assessment.rules.grade(total)
    words = {word for _, word in assessment.rules.grades}
    written = grade.text.strip()
    if written in words and written != expected:
        yield Mismatch(
            grade, "评价等级", f"等级「{written}」与总分 {plain(total)} 不符", f"请改为「{expected}」", written, expected,
            cells(grade, assessment.table.total_score),
        )  # fmt: skip


def _row_cells(result: IndicatorResult) -> tuple[str, ...]:
    indicator = result.indicator
    return cells(indicator.written_score, indicator.weight, indicator.target, indicator.actual, indicator.reason)
