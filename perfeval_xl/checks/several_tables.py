"""F 几张表一起看: what no single table of a workbook shows."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, shown
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment

_NEAR_FULL, _FEWEST = 99.0, 3


def scores_differ(assessments: Sequence[Assessment]) -> Iterator[tuple[int, Mismatch]]:
    """F05 自评得分有区别: three tables or more of a workbook, and each total is 99 or more of 100.

    Tables without a total are left out; one total below 99 settles it. One finding, at the first total. Basis: 审核惯例.
    """
    totals = [(place, a.table.total_score) for place, a in enumerate(assessments) if a.table.total_score.number is not None]
    numbers = [value.number or 0.0 for _, value in totals]
    if len(totals) >= _FEWEST and all(_NEAR_FULL <= number <= 100 for number in numbers):
        place, first = totals[0]
        said = "、".join(f"{assessments[at].table.sheet} {shown(value)}" for at, value in totals)
        yield place, Mismatch(
            first, "总分", f"{len(totals)} 张表的自评得分都在 99 分以上 ({said})", "请逐项核对得分是否如实, 属实的请备好依据",
            shown(first), "如实评分", cells(first),
        )  # fmt: skip
