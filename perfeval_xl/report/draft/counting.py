"""指标数量: how many indicators of each level, measured in numbers or judged, reached or missed."""

from __future__ import annotations

from perfeval_xl.core.measure import Measure
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import third_levels
from perfeval_xl.report.draft.indicator_class import class_name
from perfeval_xl.report.draft.piece import FACT, Part, Run, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, IndicatorResult

_NUMBERS = ("numeric", "interval")


class Counts(Record):
    """各级指标数. ``measured`` and ``judged`` add up to ``level4``, on forms without it to ``level3``; ``reached`` and ``missed``
    are certain ones only.
    """

    level1: int
    level2: int
    level3: int
    level4: int
    measured: int
    judged: int
    reached: int
    missed: int


def counts_of(assessment: Assessment) -> Counts:
    """Rows with a level-3 name count; without level-3 names every row does."""
    rows = [r for r in assessment.indicators if one_line(r.indicator.level3.text)] or list(assessment.indicators)
    seconds = {(_level1(r), class_name(r.indicator.second.text)) for r in rows if one_line(r.indicator.second.text)}
    measured = sum(is_measured(r) for r in rows)
    thirds, is_grouped = third_levels(r.indicator for r in rows), any(r.indicator.group.exists for r in rows)
    return Counts(
        len({_level1(r) for r in rows if one_line(r.indicator.level1.text)}), len(seconds), thirds if is_grouped else len(rows),
        len(rows) if is_grouped else 0, measured, len(rows) - measured,
        sum(is_reached(r) for r in rows), sum(is_missed(r) for r in rows),
    )  # fmt: skip


def _level1(result: IndicatorResult) -> str:
    return class_name(result.indicator.level1.text)


def is_measured(result: IndicatorResult) -> bool:
    """定量: the target is a number or an interval; without a target, the result is."""
    reading = result.actual if result.target.kind == "missing" else result.target
    return reading.kind in _NUMBERS


def is_reached(result: IndicatorResult) -> bool:
    """Whether the numbers certainly reach the target."""
    measure = result.measure
    return isinstance(measure, Measure) and measure.is_certain and measure.is_met


def is_missed(result: IndicatorResult) -> bool:
    """Whether the numbers certainly miss the target."""
    measure = result.measure
    return isinstance(measure, Measure) and measure.is_certain and not measure.may_be_met


def count_parts(counts: Counts) -> Iterator[Part]:
    """自评表设一级指标5个、二级指标9个、三级指标19个 …"""
    levels = zip(("一级指标", "二级指标", "三级指标", "四级指标"), counts[:4], strict=True)
    named = [(name, number) for name, number in levels if number]
    yield "自评表设"
    for place, (name, number) in enumerate(named):
        yield from ("、" if place else "", name, Run(FACT, f"{number}个"))
    yield from ("，其中定量指标", Run(FACT, f"{counts.measured}个"), "、定性指标", Run(FACT, f"{counts.judged}个"), "。")
