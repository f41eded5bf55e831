"""其中各行的单位: a quantity that adds up what its parts count in different measure words."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, nothing_follows, row_item, shown
from perfeval_xl.checks.weights import part_rows
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.number import exact_sum
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.reading.target import Reading

_PART = "其中"
_FEWEST = 2
_ANY_THING = frozenset("个项件种类")      # they count whatever has a word of its own
_ALIKE = ({"人", "名", "位"}, {"户", "家"}, {"次", "期", "场", "批", "回"}, {"台", "套"}, {"处", "座", "所", "家"}, {"份", "册", "本"}, {"条", "根"}, {"棵", "株"})


def units_of_parts(assessment: Assessment) -> Iterator[Mismatch]:
    """D01 of a sum: 192只 above 其中 180只 and 其中 12头, which are 192 animals but not 192只.

    Only where the parts make the sum and it takes the word of some of them for all; words for the same things, 个 and a
    joined 头(只) are left alone. A hint: everyone knows what is meant.
    """
    for number, parts in _sums(assessment):
        result = assessment.indicators[number]
        said = _odd(result.target, [part.target for part in parts]) if _ends_in(result.indicator.target.text, result.target.unit or "") else []
        if said:
            target = result.indicator.target
            listed = " + ".join(shown(part.indicator.target) for part in parts)
            yield Mismatch(
                target, row_item(result), f"指标值 {shown(target)} 由其中各项 {listed} 相加, 各项的计量单位不同",
                f"请改用都适用的单位, 如「{said[0]}({'、'.join(said[1:])})」, 或各项按自己的单位分别填写", shown(target), "同一计量单位",
                cells(target, *(part.indicator.target for part in parts)), HINT, number, nothing_follows(target),
            )  # fmt: skip


def _sums(assessment: Assessment) -> Iterator[tuple[int, list[IndicatorResult]]]:
    """Rows with the rows 其中 right below them."""
    names = [row_item(result).startswith(_PART) for result in assessment.indicators]
    if not any(names):
        return
    parts = part_rows(assessment) | {number for number, is_part in enumerate(names) if is_part}
    for number, is_part in enumerate(names[1:]):
        if is_part and number not in parts:
            end = next((at for at in range(number + 1, len(names)) if at not in parts), len(names))
            yield number, list(assessment.indicators[number + 1 : end])


def _ends_in(text: str, unit: str) -> bool:
    """Nothing but its unit stands behind the number: 192只, not 192头(只)."""
    bare = text.strip(" 。")
    return bool(unit) and bare.endswith(unit) and bare[-len(unit) - 1 : -len(unit)].isdigit()


def _odd(whole: Reading, parts: list[Reading]) -> list[str]:
    """The measure words of the parts where the whole takes one of them for all."""
    readings = [whole, *parts]
    if len(parts) < _FEWEST or any(one.kind != "numeric" or one.dimension != "count" or one.factor_to_base != 1 or one.low is None for one in readings):
        return []
    units = list(dict.fromkeys(one.unit or "" for one in parts))
    is_sum = exact_sum([one.low or 0.0 for one in parts]) == whole.low
    is_one_word = all(len(unit) == 1 and unit not in _ANY_THING for unit in units)
    is_alike = any(set(units) <= group for group in _ALIKE)
    return units if is_sum and is_one_word and not is_alike and len(units) > 1 and whole.unit in units else []
