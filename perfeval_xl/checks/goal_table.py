"""G 与批复一致: the self-evaluation table held against the approved 绩效目标表, row by row."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, row_item, shortened, shown
from perfeval_xl.core.assessment import read_value
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.reading.spelling import spelled
from perfeval_xl.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.reading.target import Reading
    from perfeval_xl.core.table import Indicator, Table

_NUMBERS = ("numeric", "interval")
_OPEN_SIGNS = ("plain", "=", "≈")
_IDLE = " \t\r\n　,.;:、，。；：★*·\"'"


class Pairing(Record):
    """配对: rows of the self-evaluation with their approved rows, and what is left on either side.

    ``renamed`` pairs rows at the same place with the same target under another name.
    """

    same: list[tuple[int, int]]
    renamed: list[tuple[int, int]]
    added: list[int]
    missing: list[int]


def name_key(name: str) -> str:
    """指标名称 for comparison: width, spaces, list numbers such as 指标1: and points in brackets do not count.

    >>> name_key("指标1：参保 人数（10分）") == name_key("参保人数")
    True
    """
    text = spelled(name).strip(_IDLE)
    if text.startswith("指标"):
        rest = text[2:].lstrip("0123456789")
        text = rest.lstrip(_IDLE) if len(rest) < len(text) - 2 and rest.lstrip(_IDLE) else text
    digits = text.lstrip("0123456789")
    if digits != text and digits[:1] in (".", "、", ")") and digits[1:]:
        text = digits[1:]
    if text.endswith("分)") and "(" in text and text[text.rindex("(") + 1 : -2].replace(".", "").isdigit():
        text = text[: text.rindex("(")]
    return "".join(character for character in text if character not in _IDLE)


def paired(evaluated: Sequence[Indicator], approved: Sequence[Indicator]) -> Pairing:
    """同名的配成一对, in their order where a name occurs twice; of the rest, rows at one place with one target count as renamed."""
    waiting: dict[str, list[int]] = {}
    for row, item in enumerate(approved):
        waiting.setdefault(name_key(item.name), []).append(row)
    same = [(row, rows.pop(0)) for row, item in enumerate(evaluated) if (rows := waiting.get(name_key(item.name), []))]
    added = [row for row, item in enumerate(evaluated) if row not in dict(same) and item.name.strip()]
    missing = sorted(row for key, rows in waiting.items() if key for row in rows)
    renamed = [(row, other) for row in added if (other := _renamed(row, same, missing, evaluated, approved)) is not None]
    return Pairing(
        same,
        renamed,
        [row for row in added if row not in dict(renamed)],
        [row for row in missing if row not in {other for _, other in renamed}],
    )


def _renamed(row: int, same: list[tuple[int, int]], missing: list[int], evaluated: Sequence[Indicator], approved: Sequence[Indicator]) -> int | None:
    """The one unmatched approved row between the same neighbours that asks for the same."""
    before = max((other for own, other in same if own < row), default=-1)
    after = min((other for own, other in same if own > row), default=len(approved))
    alike = [
        other for other in missing
        if before < other < after and _is_same_target(evaluated[row], approved[other])
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else None


def _is_same_target(own: Indicator, approved: Indicator) -> bool:
    if own.target.is_blank or approved.target.is_blank:
        return False
    return same_target(_reading(own), _reading(approved)) is not False


def _reading(item: Indicator) -> Reading:
    return read_value(item.target, role="target", name=item.name)


def names_agree(assessment: Assessment, goals: Table) -> Iterator[Mismatch]:
    """G01 指标与批复一致: no indicator added, left out, renamed or moved. Rows without a name are A02's."""
    own, approved = [result.indicator for result in assessment.indicators], goals.indicators
    pairs = paired(own, approved)
    for row, other in pairs.renamed:
        name, was = own[row].name.strip(), approved[other].name.strip()
        yield Mismatch(
            own[row].level3, name, f"指标「{name}」在批复的绩效目标表 ({_where(goals, approved[other].level3.cell)}) 里是「{was}」",
            f"请改回「{was}」", name, was, cells(own[row].level3), row=row,
        )  # fmt: skip
    for row in pairs.added:
        name = own[row].name.strip()
        yield Mismatch(
            own[row].level3, name, f"批复的绩效目标表里没有指标「{name}」", "请删去这一行, 或说明批准增加的文件", name, "批复的指标",
            cells(own[row].level3), row=row,
        )  # fmt: skip
    for row in pairs.missing:
        yield _left_out(row, pairs, own, goals)
    yield from _moved(pairs, own)


def _left_out(row: int, pairs: Pairing, own: list[Indicator], goals: Table) -> Mismatch:
    """At the row it should stand behind, else at the first."""
    before = [(other, mine) for mine, other in [*pairs.same, *pairs.renamed] if other < row]
    near = own[max(before)[1] if before else 0]
    item = goals.indicators[row]
    name = item.name.strip()
    side = f"请在「{near.name.strip()}」之后补上这一行" if before else f"请在「{near.name.strip()}」之前补上这一行"
    return Mismatch(
        near.level3, name, f"批复的绩效目标表 ({_where(goals, item.level3.cell)}) 有指标「{name}」, 指标值 {shown(item.target)}, 本表没有",
        f"{side}, 或说明批准取消的文件", "无", name, cells(near.level3),
    )  # fmt: skip


def _moved(pairs: Pairing, own: list[Indicator]) -> Iterator[Mismatch]:
    order = [other for _, other in pairs.same]
    for place, (row, _) in enumerate(pairs.same[1:], start=1):
        if order[place] < order[place - 1]:
            name, above = own[row].name.strip(), own[pairs.same[place - 1][0]].name.strip()
            yield Mismatch(
                own[row].level3, name, f"指标顺序与批复的绩效目标表不同: 「{name}」应在「{above}」之前",
                "请按批复的顺序排列", name, f"在「{above}」之前", cells(own[row].level3), HINT, row,
            )  # fmt: skip
            return


def targets_agree(assessment: Assessment, goals: Table) -> Iterator[Mismatch]:
    """G02 指标值与批复一致: the same bounds in any unit, the same words. A sign added to a bare number changes nothing.

    A blank on either side is not judged.
    """
    for row, result, approved in _same_rows(assessment, goals):
        own, was = result.indicator.target, approved.target
        if own.is_blank or was.is_blank or own.computed or _words(own.text) == _words(was.text):
            continue
        if same_target(result.target, _reading(approved)) is not True:
            yield Mismatch(
                own, row_item(result), f"指标值 {shortened(shown(own))} 与批复的 {shortened(shown(was))} ({_where(goals, was.cell)}) 不同",
                f"请改回 {shortened(shown(was))}, 或说明批准调整的文件", shown(own), shown(was), cells(own), row=row,
            )  # fmt: skip


def same_target(own: Reading, approved: Reading) -> bool | None:
    """是否同一指标值; None where one of them is no number and words decide."""
    if own.kind not in _NUMBERS or approved.kind not in _NUMBERS:
        return None
    if own.unit and approved.unit and own.dimension != approved.dimension:
        return False
    ends = [_ends(reading, _factor(reading, other)) for reading, other in ((own, approved), (approved, own))]
    if own.op in _OPEN_SIGNS or approved.op in _OPEN_SIGNS:
        return bool(set(ends[0]) & set(ends[1]))
    return ends[0] == ends[1]


def _factor(reading: Reading, other: Reading) -> float:
    """Without a unit of its own a number takes the other's."""
    return (reading.factor_to_base if reading.unit else other.factor_to_base) or 1.0


def _ends(reading: Reading, factor: float) -> tuple[float | None, float | None]:
    low, high = (None if end is None else float(f"{end * factor:.12g}") for end in (reading.low, reading.high))
    if reading.op in _OPEN_SIGNS:
        return low, low
    return low, high


def _words(text: str) -> str:
    return "".join(character for character in spelled(text) if character not in _IDLE)


def weights_agree(assessment: Assessment, goals: Table) -> Iterator[Mismatch]:
    """G03 分值与批复一致. Not judged where the approved table has no weights, or counts them on another scale."""
    rows = [
        (row, result, approved)
        for row, result, approved in _same_rows(assessment, goals)
        if result.indicator.weight.number is not None and approved.weight.number is not None and result.stands_alone
    ]
    if _is_other_scale([(result.indicator.weight.number or 0.0, approved.weight.number or 0.0) for _, result, approved in rows]):
        return
    for row, result, approved in rows:
        weight, was = result.indicator.weight, approved.weight
        if weight.number != was.number:
            expected = plain(was.number or 0.0)
            yield Mismatch(
                weight, row_item(result), f"分值 {shown(weight)} 与批复的 {expected} ({_where(goals, was.cell)}) 不同",
                f"请改回 {expected}, 或说明批准调整的文件", shown(weight), expected, cells(weight), row=row,
            )  # fmt: skip


def _is_other_scale(pairs: list[tuple[float, float]]) -> bool:
    """Shares instead of points, or 100 points where the form leaves ten of them to the execution rate."""
    if len(pairs) < 2 or all(own == was for own, was in pairs):
        return False
    ours, theirs = exact_sum([own for own, _ in pairs]), exact_sum([was for _, was in pairs])
    return ours != theirs and theirs > 0 and all(abs(own * theirs - was * ours) <= 0.02 * max(ours, theirs) for own, was in pairs)


def _same_rows(assessment: Assessment, goals: Table) -> Iterator[tuple[int, IndicatorResult, Indicator]]:
    own = [result.indicator for result in assessment.indicators]
    for row, other in paired(own, goals.indicators).same:
        yield row, assessment.indicators[row], goals.indicators[other]


def _where(goals: Table, cell: str) -> str:
    return f"{goals.sheet} {cell}".strip()
