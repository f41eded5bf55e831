"""得分的构成: 自评得分 T 分, 其中 甲 a 分, 乙 b 分 …; the points of the groups in one sentence against the total."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import SCORE
from perfeval_xl.report.statement import Statement, holds, subsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.report.sentence import Sentence

_TOTAL = re.compile(r"(?:自评|评价|综合|最终|总)(?:得分|总分|评分|分)(?:数|结果)?(?:为|是|：|:|共|共计)?(?P<total>S)[，,（；;]?(?:其中|包括|分别为)[：:，,]?")
_OTHER_POINTS = re.compile(r"满分|分值|权重|扣|每|标准|加分|上年|Y|指标总分")
_PARTS = 3
_NEAR = 0.9


def score_parts(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """At least three named parts behind a total; a list that is well short of the total may be incomplete and is left alone."""
    del before
    for match in _TOTAL.finditer(sentence.mask):
        whole = sentence.by_place[match.start("total")]
        parts = sentence.of(SCORE, match.end())
        region = sentence.mask[match.end() :]
        if len(parts) < _PARTS or whole.hedged or _OTHER_POINTS.search(region) or any(not sentence.name(m) or m.hedged for m in parts):
            continue
        if any(exact_sum([m.value for m in chosen]) == whole.value for chosen in subsets(parts, _PARTS)):
            yield holds("score parts", sentence, whole)
            continue
        summed = exact_sum([m.value for m in parts])
        if summed >= _NEAR * whole.value:
            yield Statement(
                "score parts", "B06", EXPLAIN, sentence, whole, (whole, *parts), f"各部分 {'+'.join(plain(m.value) for m in parts)}={plain(summed)} 分, 总分写的是 {plain(whole.value)} 分",
                f"{plain(summed)}分", "请核对总分和各部分得分, 改正写错的一个",
            )  # fmt: skip
