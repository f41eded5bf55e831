"""指标数量: how many 一级, 二级, 三级 and 量化 indicators a report counts, among themselves and against the table."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import third_levels
from perfeval_xl.report.mention import COUNT, Mention
from perfeval_xl.report.statement import Statement, holds
from perfeval_xl.report.statement_score import groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.table import Table
    from perfeval_xl.report.sentence import Sentence

_LEVELS = ("一级", "二级", "三级")
_NAMES = {"一级": "一级指标", "二级": "二级指标", "三级": "三级指标", "量化": "量化指标", "定性": "定性指标"}
_BEHIND = re.compile(r"(?:项|条)?(?P<level>一级|二级|三级|量化|定量|定性)指标")
_AHEAD = re.compile(r"(?P<level>一级|二级|三级|量化|定量|定性)(?:绩效)?指标(?:条数|数量?|个数)?(?:共有?|共计|为|有|设置|：|:)*$")


def counted(sentence: Sentence) -> dict[str, Mention]:
    """The counts of indicators a sentence states, by level."""
    found: dict[str, Mention] = {}
    for mention in sentence.of(COUNT):
        match = _BEHIND.match(sentence.mask, mention.at + 1) or _AHEAD.search(sentence.mask[: mention.at])
        if match and mention.value == int(mention.value) and mention.factor == 1:
            found.setdefault("量化" if match["level"] == "定量" else match["level"], mention)
    return found


def counts(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """A12: no more 量化 indicators than there are; 量化 and 定性 together are all of them."""
    del before
    found = counted(sentence)
    whole, measured, judged = found.get("三级"), found.get("量化"), found.get("定性")
    if whole is None or (measured is None and judged is None):
        return
    parts = [m for m in (measured, judged) if m is not None]
    summed = sum(m.value for m in parts)
    if summed == whole.value or (len(parts) == 1 and summed < whole.value):
        yield holds("count", sentence, whole)
        return
    names = "+".join(f"{_NAMES['量化' if m is measured else '定性']} {plain(m.value)}" for m in parts)
    said = f"{names}{f'={plain(summed)}' if len(parts) == 2 else ''}"
    verb = "多于" if summed > whole.value else "不等于"
    yield Statement(
        "count", "A12", ERROR, sentence, parts[-1], (whole, *parts), f"{said} {verb} 三级指标 {plain(whole.value)}", f"不超过 {plain(whole.value)}",
        "请按自评表重新数一遍各级指标",
    )  # fmt: skip


def counts_of_table(items: Sequence[Sentence], table: Table) -> Iterator[Statement]:
    """A11: the counts stated in the text against the rows of the table."""
    ours = [item for item in table.indicators if item.level3.text or item.level2.text]
    real = {
        "一级": len({_bare(item.level1.text) for item in ours if item.level1.text}),
        "二级": len({(_bare(item.level1.text), _bare(item.second.text)) for item in ours if item.second.text}),
        "三级": third_levels(ours),
    }
    for sentence in items:
        for level, mention in counted(sentence).items():
            right = real.get(level, 0)
            if not right:
                continue
            if right == mention.value:
                yield holds("count", sentence, mention)
            else:
                yield _miscounted(sentence, mention, level, right, "自评表里")


def counts_of_outline(items: Sequence[Sentence]) -> Iterator[Statement]:
    """A11: the counts stated in a report against the indicators it then goes through one by one, where all points are accounted for."""
    found = groups([sentence for sentence in items if sentence.scope == 0])
    styles = sorted({group.style for group in found if group.style >= 0})
    if len(styles) != 2:
        return
    tops = [group for group in found if group.style == styles[0] and "执行" not in group.name]
    below = [group for group in found if group.style == styles[1]]
    weights = sum(group.weight.value for group in found if group.style == styles[0])
    if weights != 100 or sum(group.weight.value for group in below) != sum(group.weight.value for group in tops):
        return
    for sentence in items:
        for level, mention in counted(sentence).items():
            right = {"一级": len(tops), "二级": len(below)}.get(level, 0)
            if right and right == mention.value:
                yield holds("count", sentence, mention)
            elif right:
                yield _miscounted(sentence, mention, level, right, "报告逐项分析的")


def _miscounted(sentence: Sentence, mention: Mention, level: str, right: int, where: str) -> Statement:
    name = _NAMES[level]
    return Statement(
        "count", "A11", EXPLAIN, sentence, mention, (mention,), f"{where}{name}有 {right} 个, 报告写的是 {plain(mention.value)}", str(right),
        "请按自评表重新数一遍各级指标",
    )  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(r"[（(].*|\s", "", text)
