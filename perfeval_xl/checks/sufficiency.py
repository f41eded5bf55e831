"""A 充分性: enough indicators in each class, and a basis for each score."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item
from perfeval_xl.checks.weights import class_of, part_rows
from perfeval_xl.core.labels import CLASSES
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Indicator


def indicators_enough(assessment: Assessment) -> Iterator[Mismatch]:
    """A05 指标数量: each class has as many indicators as the ruleset asks for; nothing where it states no number.

    Rows such as 其中… do not count, a class without any row is A04's, tables with a class nobody knows are left alone.
    """
    parts = part_rows(assessment)
    groups: dict[str, list[Indicator]] = {}
    for number, result in numbered(assessment):
        if number not in parts:
            groups.setdefault(class_of(result.indicator), []).append(result.indicator)
    if "" in groups:
        return
    for name, members in groups.items():
        least, found = assessment.rules.number(f"minimum.{name}", 0), len(members)
        if found < least:
            place, label = members[0].level1, CLASSES[name]
            yield Mismatch(
                place, label, f"{label}只有 {found} 项, 办法要求至少 {plain(least)} 项", f"请增加到 {plain(least)} 项, 或说明理由",
                f"{found} 项", f"至少 {plain(least)} 项", cells(place),
            )  # fmt: skip


def scores_evidenced(assessment: Assessment) -> Iterator[Mismatch]:
    """A06 评分依据: filled for every scored row of a fund table, elsewhere where the office uses the column at all.

    A blank is the finding; a column blank throughout is one finding, at its first cell. Rows without a score are not
    asked.
    """
    scored = [(number, r) for number, r in numbered(assessment) if r.indicator.evidence.exists and not r.indicator.written_score.is_blank]
    blank = [(number, r) for number, r in scored if r.indicator.evidence.is_blank]
    if len(blank) == len(scored) > 0:
        place = scored[0][1].indicator.evidence
        if assessment.table.kind == "fund":
            yield Mismatch(place, "评分依据", f"「评分依据」整列 {len(blank)} 行都没有填写", "请逐行写明依据的文件或资料", "空", "评分依据", cells(place))
        return
    for number, result in blank:
        item = row_item(result)
        yield Mismatch(
            result.indicator.evidence, item, f"「{item}」的评分依据没有填写", "请写明依据的文件或资料", "空", "评分依据",
            cells(result.indicator.evidence), row=number,
        )  # fmt: skip
