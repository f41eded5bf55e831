"""B 得分率: what share of its weight a score is."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item, shown
from perfeval_xl.core.number import Interval, percent, plain, printed, rounded
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Value

_COARSEST, _HIGHEST_RATIO = 0.01, 1.5


def rate_is_share(assessment: Assessment) -> Iterator[Mismatch]:
    """B14 得分率 = 得分 ÷ 分值, rounded or cut, of each indicator, of the rows 小计 and of the total.

    A number without a percent sign may be a ratio or a percentage. Blanks, words, cells merged over several rows and our own
    formulas are not judged. The column is an office's own addition; no document was read that defines it: 待核.
    """
    table = assessment.table
    for number, result in numbered(assessment):
        item = result.indicator
        if item.score_rate.typed and result.stands_alone:
            yield from _off(item.score_rate, item.written_score, item.weight, row_item(result), number)
    for subtotal in table.subtotals:
        yield from _off(subtotal.score_rate, subtotal.written_score, subtotal.weight, subtotal.label.text.strip(), -1)
    yield from _off(table.total_score_rate, table.total_score, table.total_weight, "合计", -1)


def _off(rate: Value, score: Value, weight: Value, item: str, row: int) -> Iterator[Mismatch]:
    if not rate.typed or rate.number is None or score.number is None or not weight.number or weight.number < 0:
        return
    share = score.number / weight.number
    if any(span.meets(Interval(share, share)) for span in _readings(rate)):
        return
    expected = percent(share) if _is_signed(rate) else plain(rounded(share, 4) if abs(rate.number) <= _HIGHEST_RATIO else rounded(share * 100))
    yield Mismatch(
        rate, item, f"得分率 {shown(rate)} 与得分 {shown(score)} ÷ 分值 {shown(weight)} = {expected} 不符", f"请改为 {expected}, 或核对得分",
        shown(rate), expected, cells(rate, score, weight), row=row,
    )  # fmt: skip


def _readings(rate: Value) -> list[Interval]:
    """The shares a printed rate may stand for."""
    number = rate.number or 0.0
    if _is_signed(rate):
        return [printed(number, rate.ulp)]
    return [printed(number, rate.ulp if rate.ulp < 1 else _COARSEST), printed(number, rate.ulp).times(0.01)]


def _is_signed(rate: Value) -> bool:
    return rate.text.endswith(("%", "％"))
