"""B 扣分: the points a reason says were taken are the points that are missing."""

from __future__ import annotations

import unicodedata

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, numbered, row_item, shown
from perfeval_xl.core.memory import cache
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Indicator

_RULE_WORDS = ("每", "/", *(f"{counted}扣" for counted in "次处项例起人个点户件"))
_ELSEWHERE = ("上年", "去年", "往年", "曾", "不扣", "最多", "上限", "可扣", "扣完")


def deductions_add_up(assessment: Assessment) -> Iterator[Mismatch]:
    """B16 得分加扣分等于分值: where the reason of a row says «扣3分», score and deduction make its weight.

    Several deductions count together or one by one, whichever fits. Of rows under one merged reason only that is judged which
    alone lost points. The wording of a rule (每低 1 个百分点扣 0.5 分) is no
    deduction. Blanks are A02's, reasons without a number of points E's.
    """
    for number, result in numbered(assessment):
        indicator, text = result.indicator, result.indicator.reason.text
        score, weight = indicator.written_score, indicator.weight.number
        if not ("扣" in text or "失分" in text) or not result.stands_alone or not score.typed or score.number is None or weight is None:
            continue
        if not _is_of_this_row(assessment, indicator):
            continue
        taken = deducted(text)
        if not taken or any(exact_sum([score.number, points]) == weight for points in (*taken, exact_sum(taken))):
            continue
        points = exact_sum(taken)
        left = exact_sum([weight, -points])
        if left >= 0:
            yield Mismatch(
                score, row_item(result), f"原因写明扣 {plain(points)} 分, 得分 {shown(score)} 加扣分不等于分值 {plain(weight)}",
                f"请把得分改为 {plain(left)}, 或改正原因里的扣分", shown(score), plain(left),
                cells(score, indicator.weight, indicator.reason), row=number, mends=(cells_mended(score, left),),
            )  # fmt: skip


def _is_of_this_row(assessment: Assessment, indicator: Indicator) -> bool:
    """Nobody else lost points under the same reason, or nobody else stands under it."""
    under = [result.indicator for result in assessment.indicators if result.indicator.reason.cell == indicator.reason.cell]
    short = [item for item in under if (item.written_score.number or 0.0) < (item.weight.number or 0.0)]
    return len(under) == 1 or short == [indicator]


def deducted(text: str) -> list[float]:
    """扣分: the points a text says were taken, in its order; none from the wording of a rule.

    >>> deducted("偏远乡镇宣传不足, 扣0.6分"), deducted("每低1个百分点扣0.5分"), deducted("超支扣1分; 延期扣 2 分")
    ([0.6], [], [1.0, 2.0])
    """
    found: list[float] = []
    is_rule = False     # the clause before began the wording of a rule and has not named its points yet
    for clause in _clauses()(unicodedata.normalize("NFKC", text)):
        points = _deduction()(clause)
        is_stated = not is_rule and not any(word in clause for word in (*_RULE_WORDS, *_ELSEWHERE))
        found += [float(match[1]) for match in points if is_stated]
        is_rule = "每" in clause and not points
    return found


@cache
def _clauses() -> Callable[[str], list[str]]:
    import re  # noqa: PLC0415 - few reasons name points

    return re.compile(r"[,;。、\n]").split


@cache
def _deduction() -> Callable[[str], list[re.Match[str]]]:
    import re  # noqa: PLC0415 - few reasons name points

    pattern = re.compile(r"(?:扣[除减分]?|失分|失)[了:为]?\s*(\d+(?:\.\d+)?)\s*分")
    return lambda clause: list(pattern.finditer(clause))
