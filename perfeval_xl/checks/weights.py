"""B 分值: weights and the sums they must give."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, cells_mended, numbered, row_item, shown
from perfeval_xl.checks.label_points import printed_weight
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.labels import CLASSES
from perfeval_xl.core.memory import latest, lru_cache
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import Indicator, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = {"决策": "decision", "过程": "process", "成本": "cost", "产出": "output", "效益": "benefit", "满意": "satisfaction"}
_EXTRA, _EXTRA_ENDS = ("加分项", "加分指标", "加分(", "加分（", "扣分项", "减分项", "扣分指标"), ("加分", "附加分", "奖励分")
_FEWEST_GROUPS = 2
_FEWEST_ROWS, _FULL = 3, 100.0
_SHARED_SCALES = (100.0, 90.0, 80.0)    # without the 10 or 20 points of 预算执行率, where the form prints them elsewhere


def weights_sum(assessment: Assessment) -> Iterator[Mismatch]:
    """B01 分值合计: 100 with the execution points, or what is left of 100 where the form prints no execution weight.

    The total row states that sum. A blank weight is A02's; then nothing is said here unless the filled ones alone exceed 100. Points of a row 加分 or
    扣分 come on top of the 100. Weights that are printed in labels of single rows only are no complete list and are not
    added; those of all level-1 labels are.
    """
    yield from _wrong_sum(assessment)


@latest
def _wrong_sum(assessment: Assessment) -> list[Mismatch]:
    return list(_sum_mismatches(assessment))


def _sum_mismatches(assessment: Assessment) -> Iterator[Mismatch]:
    indicators = [result.indicator for result in assessment.indicators]
    weights = weight_cells([item for item in indicators if not is_extra(item)])
    if not weights or _are_label_weights(indicators):
        yield from _labels_sum(assessment)
        return
    execution = [result.fund.weight for result in assessment.scored_funds if result.fund.weight.number]
    cell_values = (*weights, *execution)
    total = exact_sum([value.number or 0.0 for value in cell_values])
    with_extra = exact_sum([value.number or 0.0 for value in (*weight_cells(indicators), *execution)])
    if any(_is_whole(points, assessment, execution) for points in (total, with_extra)):
        yield from _misstated(assessment.table.total_weight, [total, with_extra, exact_sum([value.number or 0.0 for value in weights]), _FULL], cell_values)
        return
    if total < _FULL and _has_blank(indicators, part_rows(assessment)):
        return
    place, aim = _total_place(assessment, weights), _aim(assessment, execution)
    yield Mismatch(
        place, "合计", f"分值合计为 {plain(total)}, 不等于 {plain(aim)}", f"请核对各项分值, 使合计为 {plain(aim)}",
        plain(total), plain(aim), cells(*cell_values, place),
        mends=tuple(cells_mended(value, (value.number or 0.0) - total + aim) for value in cell_values),
    )  # fmt: skip


def _misstated(stated: Value, sums: list[float], rests_on: tuple[Value, ...]) -> Iterator[Mismatch]:
    """The weights are right, and the total row says something else: neither their sum, nor that of the indicators, nor 100."""
    if stated.typed and stated.number is not None and stated.number not in sums:
        total = plain(sums[0])
        yield Mismatch(
            stated, "合计", f"分值合计写的是 {shown(stated)}, 各项分值相加是 {total}", f"请改为 {total}", shown(stated), total, cells(stated, *rests_on),
        )  # fmt: skip


def _aim(assessment: Assessment, execution: list[Value]) -> float:
    """100, or the 90 or 80 that the total row states where the points of 预算执行率 stand elsewhere."""
    stated = assessment.table.total_weight.number
    is_part = stated in _SHARED_SCALES and not execution and assessment.table.kind != "fund"
    return stated if is_part and stated is not None else _FULL


def is_extra(indicator: Indicator) -> bool:
    """加分项、扣分项: points beside the 100 of the form."""
    return _names_extra(indicator.level1.text) or _names_extra(indicator.level2.text) or _names_extra(indicator.level3.text)


@lru_cache(maxsize=1024)
def _names_extra(label: str) -> bool:
    return label.strip().endswith(_EXTRA_ENDS) or any(word in label for word in _EXTRA)


def _labels_sum(assessment: Assessment) -> Iterator[Mismatch]:
    """B01 of a form whose weights are printed in its level-1 labels alone: they make 100 with the execution points."""
    groups = groups_of([result.indicator for result in assessment.indicators], "level1")
    printed = [printed_weight(label.text) for label, _ in groups]
    weights = [weight for weight in printed if weight is not None]
    if len(weights) < len(printed) or len(weights) < _FEWEST_GROUPS or _has_weights(assessment):
        return
    executed = exact_sum([r.fund.weight.number or r.fund.written_score.number or 0.0 for r in assessment.scored_funds])
    total = exact_sum(weights)
    if total > 100 or exact_sum([total, executed]) > 100 or (not executed and total not in _SHARED_SCALES):
        said = f"{plain(total)} 分" if not executed else f"{plain(total)} 分, 加上预算执行率 {plain(executed)} 分是 {plain(exact_sum([total, executed]))} 分"
        yield Mismatch(
            groups[0][0], "合计", f"各一级指标标明的分值合计 {said}, 不等于 100", "请核对各一级指标的分值, 使合计为 100",
            plain(exact_sum([total, executed])), "100", cells(*(label for label, _ in groups)),
        )  # fmt: skip


def _has_weights(assessment: Assessment) -> bool:
    return any(result.indicator.weight.exists for result in assessment.indicators)


def _are_label_weights(indicators: list[Indicator]) -> bool:
    in_labels = any(item.weight.exists and item.weight.cell in (item.level2.cell, item.group.cell, item.level3.cell) for item in indicators)
    return in_labels and not all(item.weight.exists for item in indicators)


def _is_whole(total: float, assessment: Assessment, execution: list[Value]) -> bool:
    return total in ((100.0,) if execution or assessment.table.kind == "fund" else _SHARED_SCALES) or total == 1.0


def _has_blank(indicators: list[Indicator], parts: set[int]) -> bool:
    return any(item.weight.exists and item.weight.is_blank and row not in parts for row, item in enumerate(indicators))


@latest
def part_rows(assessment: Assessment) -> set[int]:
    """分项行: rows such as 其中… without weight and score, where the weights of the other rows are complete."""
    indicators = [result.indicator for result in assessment.indicators]
    bare = {
        row
        for row, item in enumerate(indicators)
        if item.weight.exists and item.weight.is_blank and item.written_score.is_blank and not item.weight.computed
    }
    execution = [result.fund.weight for result in assessment.scored_funds if result.fund.weight.number]
    total = exact_sum([value.number or 0.0 for value in (*weight_cells(indicators), *execution)])
    if _is_whole(total, assessment, execution):
        return bare
    return {row for row in bare if indicators[row].name.strip().startswith("其中")}


def _total_place(assessment: Assessment, weights: list[Value]) -> Value:
    table = assessment.table
    return next((value for value in (table.total_weight, table.total_score) if value.exists), weights[-1])


def weight_cells(indicators: list[Indicator]) -> list[Value]:
    """分值单元格, each once: a weight merged over several rows counts a single time."""
    found: dict[str, Value] = {}
    for indicator in indicators:
        if indicator.weight.number is not None:
            found.setdefault(indicator.weight.cell, indicator.weight)
    return list(found.values())


def groups_sum(assessment: Assessment) -> Iterator[Mismatch]:
    """B02 分组分值: the weights under a label add up to the weight printed in it, and those above a row 小计 to its weight.

    Groups with a blank weight are left to A02; labels that print no weight are not judged. A row 小计 may count what stands
    under its label or what stands below the row 小计 before it.
    """
    parts = part_rows(assessment)
    if assessment.table.subtotals:
        from perfeval_xl.checks.subtotals import weights_off  # noqa: PLC0415 - few forms have subtotals

        yield from weights_off(assessment, parts)
    indicators = [result.indicator for row, result in numbered(assessment) if row not in parts and result.weight_rows]
    for level in named_levels(indicators):
        for label, members in groups_of(indicators, level):
            expected = printed_weight(label.text)
            if expected is None or any(m.weight.number is None for m in members):
                continue
            weights = weight_cells(members)
            total = exact_sum([value.number or 0.0 for value in weights])
            without_extra = exact_sum([value.number or 0.0 for value in weight_cells([m for m in members if not is_extra(m)])])
            if expected not in (total, without_extra):
                yield Mismatch(
                    label, label.text.strip(),
                    f"「{label.text.strip()}」下各项分值合计 {plain(total)}, 与标明的 {plain(expected)} 分不符",
                    f"请核对该组分值, 使合计为 {plain(expected)}", plain(total), plain(expected), cells(label, *weights),
                    mends=tuple(cells_mended(value, (value.number or 0.0) - total + expected) for value in weights),
                )  # fmt: skip


def named_levels(indicators: list[Indicator]) -> tuple[str, ...]:
    """分组的名称: the labels over several indicators as the form prints them, by field, from the widest."""
    return ("level1", "second", "group") if any(item.group.exists for item in indicators) else ("level1", "level2")


def groups_of(indicators: list[Indicator], level: str) -> list[tuple[Value, list[Indicator]]]:
    """分组: rows under one label, whether it is merged down, repeated in each row, or written in the first row only."""
    groups: list[tuple[Value, list[Indicator]]] = []
    upper = ""
    for indicator in indicators:
        label: Value = getattr(indicator, level)
        above = "" if level == "level1" else indicator.level1.text + (indicator.second.text if level == "group" else "")
        begins = not groups or bool(above and above != upper) or bool(label.text and label.text != groups[-1][0].text)
        begins = begins or (level == "group" and not label.exists)
        upper = above or upper
        if begins:
            groups.append((label, []))
        groups[-1][1].append(indicator)
    return groups


def class_of(indicator: Indicator) -> str:
    """一级指标的类别 by its words; "" where they name none."""
    return _class_named(indicator.level1.text) or _class_named(indicator.level2.text)


@lru_cache(maxsize=512)
def _class_named(label: str) -> str:
    text = "".join(label.split())
    return next((name for word, name in _WORDS.items() if word in text), "")


def classes_weighed(assessment: Assessment) -> Iterator[Mismatch]:
    """B03 一级分值: the split over the classes is the ruleset's. Asked only where the table names its ruleset,
    a hint elsewhere, because an office may lawfully choose another split. Blank weights are A02's.

    A single row with half of the points of all indicators, and more than the ruleset gives its whole class, is asked of
    satisfaction, which rests on one survey; elsewhere it is a hint. On a form without 分值 full scores tell them.
    """
    wanted = assessment.rules.weights
    heavy = _heavy_row(assessment)
    if heavy:
        yield heavy     # what the other classes lack went there
        return
    groups: dict[str, list[Indicator]] = {}
    for result in assessment.indicators if wanted else ():
        if not is_extra(result.indicator):
            groups.setdefault(class_of(result.indicator), []).append(result.indicator)
    if "" in groups or any(i.weight.number is None for group in groups.values() for i in group):
        return
    if next(weights_sum(assessment), None) is not None:
        return
    for name, members in groups.items():
        total = exact_sum([value.number or 0.0 for value in weight_cells(members)])
        if name in wanted and total != wanted[name]:
            place = members[0].level1
            yield Mismatch(
                place, CLASSES[name], f"{CLASSES[name]}合计 {plain(total)} 分, 办法规定 {plain(wanted[name])} 分",
                "请按办法调整, 或说明本单位的分值依据", plain(total), plain(wanted[name]),
                cells(place, *weight_cells(members)), level="" if assessment.table.ruleset else HINT,
            )  # fmt: skip


def _heavy_row(assessment: Assessment) -> Mismatch | None:
    rows = [result for result in assessment.indicators if not is_extra(result.indicator)]
    points = _points(assessment, rows)
    total = exact_sum([value.number or 0.0 for value in points])
    for result, value in zip(rows, points, strict=bool(points)) if len(points) >= _FEWEST_ROWS else ():
        name, most = class_of(result.indicator), value.number or 0.0
        due = assessment.rules.weights.get(name, _FULL)
        if most * 2 >= total and most > due:
            is_survey = name == "satisfaction"
            return Mismatch(
                value, row_item(result), f"「{row_item(result)}」一项就有 {plain(most)} 分, 占各项指标 {plain(total)} 分的一半或更多, 办法规定{CLASSES[name]}一共 {plain(due)} 分",
                "请按办法把分值分给各项指标, 确有特殊情况的请写明分值依据", plain(most), f"不超过 {plain(due)}", cells(value),
                "" if is_survey or assessment.table.ruleset else HINT,
            )  # fmt: skip
    return None


def _points(assessment: Assessment, rows: list[IndicatorResult]) -> list[Value]:
    """分值 of each row; on a form without them the scores, where they are full marks because they make 100; else nothing."""
    if not all(result.stands_alone for result in rows):
        return []
    if _has_weights(assessment):
        weights = [result.indicator.weight for result in rows]
        is_right = all(weight.number is not None for weight in weights) and next(weights_sum(assessment), None) is None
        return weights if is_right else []
    scores = [result.indicator.written_score for result in rows]
    executed = [result.fund.written_score.number or 0.0 for result in assessment.scored_funds]
    is_full = all(score.number is not None for score in scores) and exact_sum([*(score.number or 0.0 for score in scores), *executed]) == _FULL
    return scores if is_full else []


def weights_positive(assessment: Assessment) -> Iterator[Mismatch]:
    """B05 分值为正: an indicator carries points. A blank is A02's; rows 加分 and 扣分 have none of the 100."""
    for number, result in numbered(assessment):
        weight = result.indicator.weight
        if weight.number is not None and weight.number <= 0 and not is_extra(result.indicator):
            yield Mismatch(
                weight, row_item(result), f"分值 {shown(weight)} 不大于 0", "请填写大于 0 的分值", shown(weight), "大于 0",
                cells(weight), row=number,
            )  # fmt: skip
