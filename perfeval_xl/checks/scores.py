"""B 得分: a score within its weight, in line with its target, and totals that add up."""

from __future__ import annotations

import math

from perfeval_xl.checks.check import Mismatch, cells, fund_item, numbered, row_item, shown
from perfeval_xl.checks.completeness import unasked_blanks
from perfeval_xl.checks.no_reasons import FAR_OVER, FIX_WHERE, gives_no_reasons
from perfeval_xl.checks.totals import sums_indicators_alone
from perfeval_xl.checks.weights import part_rows
from perfeval_xl.core.assessment import Assessment, IndicatorResult, direction_words
from perfeval_xl.core.finding import ERROR, EXPLAIN, HINT
from perfeval_xl.core.measure import Measure, direction_of
from perfeval_xl.core.number import Interval, exact_sum, plain, rounded
from perfeval_xl.core.rate import is_over_completed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, WITHIN
from perfeval_xl.core.scoring import bounded_score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.table import Value

_WHOLES = ("执行率", "完成率", "到位率", "及时率", "合格率", "达标率", "覆盖率")
_MOST_DECIMALS, _FEWEST_FULL = 2, 3
_NUMBERS, _WORDS = ("numeric", "interval"), ("qualitative", "enum", "text")
_PAID = ("报销", "可支付")
_HEDGES = ("较", "基本", "大致", "部分", "比较", "大部分")
_BANDS = {"band 1 (100%-80%)": (0, "达成年度指标"), "band 2 (80%-60%)": (1, "部分达成"), "band 3 (60%-0%)": (2, "未达成")}


def scores_within_weight(assessment: Assessment) -> Iterator[Mismatch]:
    """B04 得分不超过分值: 0 ≤ score ≤ weight, both cut to two decimals. Blanks are A02's.

    Not judged where one of the two is merged over more rows than the other.
    """
    for number, r in numbered(assessment):
        if r.weight_rows == r.score_rows and _is_outside(r.indicator.written_score, r.indicator.weight):
            yield from _outside(r.indicator.written_score, r.indicator.weight, row_item(r), number)
    for f in assessment.table.funds:
        if _is_outside(f.written_score, f.weight):
            yield from _outside(f.written_score, f.weight, fund_item(f), -1)


def _is_outside(score: Value, weight: Value) -> bool:
    """Below 0, or above the weight though perhaps by no more than what is cut off."""
    if score.number is None or score.computed:
        return False
    return score.number < 0 or (weight.number is not None and score.number > weight.number)


def _outside(score: Value, weight: Value, item: str, row: int) -> Iterator[Mismatch]:
    number = score.number or 0.0
    if weight.number is not None and _cut(number) > _cut(weight.number):
        most = plain(weight.number)
        yield Mismatch(
            score, item, f"得分 {shown(score)} 大于分值 {most}", f"请改为不超过 {most}", shown(score), f"不超过 {most}",
            cells(score, weight), row=row,
        )  # fmt: skip
    elif number < 0 and "扣" not in item:
        yield Mismatch(score, item, f"得分 {shown(score)} 小于 0", "请改为 0 或以上", shown(score), "不小于 0", cells(score), row=row)


def _cut(score: float) -> float:
    return math.floor(rounded(score, 9) * 100 + 1e-6) / 100


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
        if not isinstance(measure, Measure) or weight is None or score.number is None or not 0 <= score.number < weight:
            continue
        if measure.may_be_met or not score.typed or not result.stands_alone:
            continue
        possible = score_range(result)
        if possible is None or habits_of(score.number, possible):
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
    So does a target without a sign where less may be better, as an amount, and an interval that was left on its better
    side: 76 % reimbursed against 65 %-75 % may be accepted, 60 % may not. Refused there too where the row has a rule of
    its own, which says what the interval means.
    """
    for number, result in numbered(assessment):
        score, weight = result.indicator.written_score, result.indicator.weight
        if not result.stands_alone or not score.typed or score.number is None or not weight.number or score.number < weight.number:
            continue
        measure, level = result.measure, ""
        if isinstance(measure, Measure):
            missed = measure.is_certain and not measure.may_be_met and not _may_earn(result, weight.number)
            level = "" if missed and measure.is_evident and not _is_beyond(result, measure) else EXPLAIN
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


def _may_earn(result: IndicatorResult, points: float) -> bool:
    possible = score_range(result)
    return possible is not None and possible.high >= points


def _is_beyond(result: IndicatorResult, measure: Measure) -> bool:
    """Outside an interval, but on the side that the indicator's words call better."""
    if measure.direction != WITHIN or result.indicator.rule:
        return False
    words = direction_words(result.indicator)
    wanted = HIGHER if any(word in words for word in _PAID) else direction_of(result.target._replace(op="plain"), words)
    return measure.actual > measure.high if wanted == HIGHER else measure.actual < measure.low


def _is_hedged(result: IndicatorResult) -> bool:
    target, actual = result.indicator.target.text.strip(" 。;；"), result.indicator.actual.text.strip(" 。;；")
    return 0 < len(target) <= 12 and any(actual == hedge + target for hedge in _HEDGES)


def no_silent_deduction(assessment: Assessment) -> Iterator[Mismatch]:
    """B09 达标扣分须说明: the target is met (or repeated word by word) but points are taken and no reason is given.

    Judged only where the form has a column for reasons. Blanks are A02's; but 100 % of a 执行率 or 完成率 needs no target,
    and points taken from a row with neither target nor actual nor reason rest on nothing, which no form accepts.
    """
    for number, result in numbered(assessment):
        indicator = result.indicator
        score, weight = indicator.written_score, indicator.weight.number
        if score.number is None or weight is None or score.number >= weight or score.computed or not result.stands_alone:
            continue
        if not indicator.reason.exists or not indicator.reason.is_blank:
            continue
        measure = result.measure
        if _has_no_values(result) and (number, "target") not in unasked_blanks(assessment):
            yield _unfounded(result, number)
            continue
        if isinstance(measure, Measure):
            met = measure.is_certain and measure.is_met
        else:
            met = _is_repeated(result) or _is_all(result)
        if met:
            reached = f"已达到指标值 {shown(indicator.target)}" if indicator.target.text.strip() else "已经是全部"
            yield Mismatch(
                score, row_item(result),
                f"完成值 {shown(indicator.actual)} {reached}, 得分 {shown(score)} 低于分值 {plain(weight)} 而没有说明",
                f"请改为 {plain(weight)}, 或在原因栏说明扣分理由", shown(score), plain(weight), _row_cells(result), row=number,
            )  # fmt: skip


def _has_no_values(result: IndicatorResult) -> bool:
    return all(value.exists and value.is_blank and not value.computed for value in (result.indicator.target, result.indicator.actual))


def _unfounded(result: IndicatorResult, row: int) -> Mismatch:
    """It rests on the points alone: a target filled in later still leaves them unexplained."""
    indicator = result.indicator
    weight = plain(indicator.weight.number or 0.0)
    return Mismatch(
        indicator.written_score, row_item(result),
        f"指标值、完成值和原因都没有填写, 得分 {shown(indicator.written_score)} 低于分值 {weight}, 看不出为什么扣分",
        f"请补填指标值和完成值, 并在原因栏说明扣分理由; 没有扣分理由的改为 {weight}", shown(indicator.written_score), weight,
        cells(indicator.written_score, indicator.weight, indicator.reason), ERROR, row,
    )  # fmt: skip


def _is_repeated(result: IndicatorResult) -> bool:
    target = result.indicator.target.text.strip()
    return bool(target) and target == result.indicator.actual.text.strip()


def _is_all(result: IndicatorResult) -> bool:
    is_whole = result.actual.dimension == "ratio" and result.actual.op == "plain" and result.actual.low == 100
    return is_whole and result.indicator.target.is_blank and row_item(result).endswith(_WHOLES)


def over_completion_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """B10 超额完成须分析: far above the target with full marks and no reason. Blanks are A02's.

    On a form without a place for reasons it takes twice the target, and no text of the table that explains anything.
    """
    threshold = assessment.rules.number("threshold.over_completion", 1.3)
    is_nowhere = gives_no_reasons(assessment)
    threshold = max(threshold, FAR_OVER) if is_nowhere else threshold
    for number, result in numbered(assessment):
        indicator, measure = result.indicator, result.measure
        if not result.stands_alone or not isinstance(measure, Measure) or not measure.is_certain or not is_over_completed(measure, threshold):
            continue
        full = result.score is not None and indicator.weight.number is not None and result.score >= indicator.weight.number
        if full and indicator.reason.is_blank and (indicator.reason.exists or is_nowhere):
            rate = plain(rounded((result.completion_rate or 0.0) * 100, 2))
            yield Mismatch(
                indicator.actual, row_item(result),
                f"完成值 {shown(indicator.actual)} 是指标值 {shown(indicator.target)} 的 {rate}%, 超过 {plain(threshold * 100)}% 而没有分析原因",
                f"请核对指标值和完成值, 无误的请{FIX_WHERE}写明大幅超额的原因" if is_nowhere else "请在原因栏写明大幅超额的原因", shown(indicator.actual), f"写明原因, 或低于 {plain(threshold * 100)}%",
                _row_cells(result), row=number,
            )  # fmt: skip


def few_decimals(assessment: Assessment) -> Iterator[Mismatch]:
    """B17 得分小数位数: no score is printed with more than two decimals. Blanks and our own formulas are not judged."""
    for number, r in numbered(assessment):
        if _has_many_decimals(r.indicator.written_score):
            yield _many_decimals(r.indicator.written_score, row_item(r), number)
    for f in assessment.table.funds:
        if _has_many_decimals(f.written_score):
            yield _many_decimals(f.written_score, fund_item(f), -1)


def _has_many_decimals(score: Value) -> bool:
    if "." not in score.text or score.number is None or not score.typed:
        return False
    decimals = score.text.strip().removesuffix("分").partition(".")[2]
    return decimals.isdigit() and len(decimals) > _MOST_DECIMALS


def _many_decimals(score: Value, item: str, row: int) -> Mismatch:
    short = plain(rounded(score.number or 0.0))
    return Mismatch(score, item, f"得分 {shown(score)} 的小数超过两位", f"请改为 {short}", shown(score), short, cells(score), row=row)


def not_all_full(assessment: Assessment) -> Iterator[Mismatch]:
    """B12 是否都是满分: every indicator, or every one judged by words, has full marks and none says on what basis.

    One hint for the table. Rows with a 评分依据 are left out, and so are tables with fewer than three such rows or with a
    weight or a score left blank.
    """
    parts = part_rows(assessment)
    scored = [r for number, r in numbered(assessment) if r.stands_alone and number not in parts]
    if any(not r.indicator.weight.number or r.score is None or r.indicator.written_score.is_blank for r in scored):
        return
    judged = [r for r in scored if r.target.kind not in _NUMBERS and r.actual.kind in _WORDS]
    for rows, said in ((scored, "各项指标"), (judged, "定性指标")):
        if any(r.score != r.indicator.weight.number for r in rows):
            continue
        bare = [r for r in rows if r.indicator.evidence.is_blank]
        if len(bare) >= _FEWEST_FULL:
            place, has_column = bare[0].indicator.written_score, bare[0].indicator.evidence.exists
            without = ", 没有写明评分依据" if has_column else ""
            fix = "请逐项核对, 并写明评分依据" if has_column else "请逐项核对是否都有依据"
            yield Mismatch(place, said, f"{said} {len(rows)} 项全部是满分{without}", fix, f"{len(rows)} 项满分", "有依据的得分", cells(*(r.indicator.written_score for r in rows)))
            return


def score_in_band(assessment: Assessment) -> Iterator[Mismatch]:
    """B11 定性指标档次: the score lies in the band of the chosen level. Other words and blanks are not judged.

    Refused for the levels as the national form words them; a looser «部分达成目标» is asked.
    """
    met, partial = assessment.rules.number("band.met", 0.8), assessment.rules.number("band.partial", 0.6)
    for number, result in numbered(assessment):
        band = _BANDS.get(result.actual.qualitative or "")
        score, weight = result.indicator.written_score, result.indicator.weight.number
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
    """B13 等级与总分相符: judged only for a word of the ruleset's own grades. A blank grade is not judged.

    Asked, not refused, where the table names no ruleset and the word is the next one: offices draw the lines elsewhere
    too, 80/70/60 for one.
    """
    grade, total = assessment.table.grade, assessment.table.total_score.number
    if assessment.table.total_score.computed or total is None:
        total = assessment.computed_total
    elif total is not None and sums_indicators_alone(assessment):
        total = exact_sum([total, *(result.fund.written_score.number or result.score or 0.0 for result in assessment.scored_funds)])
    if not grade.typed or total is None or not 0 <= total <= 100:
        return
    expected = assessment.rules.grade(total)
    words = [word for _, word in assessment.rules.grades]
    written = grade.text.strip()
    if written in words and written != expected:
        is_next = expected in words and abs(words.index(written) - words.index(expected)) == 1
        yield Mismatch(
            grade, "评价等级", f"等级「{written}」与总分 {plain(total)} 不符", f"请改为「{expected}」", written, expected,
            cells(grade, assessment.table.total_score), EXPLAIN if is_next and not assessment.table.ruleset else "",
        )  # fmt: skip


def _row_cells(result: IndicatorResult) -> tuple[str, ...]:
    indicator = result.indicator
    return cells(indicator.written_score, indicator.weight, indicator.target, indicator.actual, indicator.reason, indicator.sign)
