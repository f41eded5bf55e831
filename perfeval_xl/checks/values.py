"""D 指标值与完成值: units, signs and words of the cells a rate is computed from."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, nothing_follows, numbered, row_item, shown
from perfeval_xl.checks.money import FACTORS
from perfeval_xl.core.assessment import Assessment, IndicatorResult, direction_words
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.measure import NO_COMMON_SCALE, Measure, direction_of
from perfeval_xl.core.memory import latest, lru_cache
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.reading.unit import unit_at, unit_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.rule import HIGHER, LOWER
from perfeval_xl.core.table import ABSENT, Indicator, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = ("numeric", "interval")
_SHARE_WORDS = ("合格率", "覆盖率", "满意", "及时率", "准确率", "参保率", "比重", "占比", "报销比例", "达标率", "普及率", "知晓率", "好评率")
_NOT_SHARES = ("完成率", "坐实", "增长", "控制率", "执行率")
_COST_WORDS = ("成本", "投诉", "差错率", "故障率", "事故")
_COST_GUARD = ("满意", "节约", "降低", "下降", "减少", "处理", "处置", "办结", "控制", "渠道", "电话", "平台")
_POLARITIES = {"正": HIGHER, "反": LOWER, "逆": LOWER, "负": LOWER}   # 向
_ABSURD = 1000.0
_MOST_MONEY, _BILLION = 1e11, 1e8      # 一千亿元, and 亿元 to say it in
_RATE_ENDS, _NO_RATES = ("率", "比例", "比重", "占比"), ("效率", "频率", "利率", "汇率", "费率", "税率", "概率", "功率", "速率")
_AT_ONCE = ("当日", "当天", "当场", "即时", "即办", "随到随办", "立等可取")     # a time in words, within any number of days
_SHARE = "1"     # the unit the reader gives a number that may be a share
_FEWEST_POINTS, _FULL_MARKS = 4, 100.0
_RELATED = ({"money", "unit_price", "density"}, {"count", "density"}, {"points", "ratio"})


def same_dimension(assessment: Assessment) -> Iterator[Mismatch]:
    """D01 单位一致: target and actual can be compared, and are not a thousandfold apart after conversion.

    天 against 工作日, a price against an amount, and what was read with little confidence are asked, not refused.
    Blanks and values without any unit are not judged; 百分点 against % is D08's. A 率 given in heads is asked; amounts of
    a funding block that no budget reaches in the unit it states are in another unit. Words against a target with a
    unit have none: said under D04, their cause.
    """
    yield from _impossible_amounts(assessment)
    if any(result.indicator.level3.text.startswith("其中") for result in assessment.indicators):
        from perfeval_xl.checks.part_units import units_of_parts  # noqa: PLC0415 - few tables list parts among the indicators

        yield from units_of_parts(assessment)
    for number, result in numbered(assessment):
        if result.measure == NO_COMMON_SCALE and not _is_points_against_percent(result):
            level = EXPLAIN if _is_related(result) or "low" in (result.target.confidence, result.actual.confidence) else ""
            yield _unit_mismatch(result, _odd_one(assessment, result), number, "单位不同, 无法直接比较" if level else "不是同一种量", level)
        elif isinstance(result.measure, Measure) and _is_absurd(result):
            yield _unit_mismatch(result, _odd_one(assessment, result), number, "换算后相差一千倍以上")
        elif _is_in_words(result) and _is_known_unit(result.target.unit or "") and not _mentions_number(result):
            yield _unmeasured(result, number)
        elif _is_rate_in_heads(result):
            target = result.indicator.target
            yield Mismatch(
                target, row_item(result), f"「{row_item(result)}」是比率, 指标值 {shown(target)} 却是数量", "请改填百分比, 或把指标改名为数量",
                shown(target), "百分比", cells(target, result.indicator.actual), EXPLAIN, number, nothing_follows(target),
            )  # fmt: skip


def _unmeasured(result: IndicatorResult, row: int) -> Mismatch:
    """完成 held against 30万元: neither a number nor a unit. It follows from D04, which asks for both."""
    target, actual = result.indicator.target, result.indicator.actual
    return Mismatch(
        actual, row_item(result), f"指标值 {shown(target)} 按「{result.target.unit}」计量, 完成值「{shown(actual)}」没有数值和单位, 无法比较",
        "请填写实际完成的数值和单位", shown(actual), "同一计量单位", cells(actual, target), EXPLAIN, row,
    )  # fmt: skip


def _is_rate_in_heads(result: IndicatorResult) -> bool:
    """签约率 24694人: both cells count what has a unit, under a name that ends as a share does."""
    readings = (result.target, result.actual)
    if any(reading.dimension != "count" for reading in readings) or not all(_is_known_unit(reading.unit or "") for reading in readings):
        return False
    name = row_item(result)
    return name.endswith(_RATE_ENDS) and not name.endswith(_NO_RATES)


def _impossible_amounts(assessment: Assessment) -> Iterator[Mismatch]:
    """A hundred billion 元 and more in one project, unit or transfer; a fund may have it."""
    table = assessment.table
    factor = FACTORS.get(table.money_unit, 0.0)
    for fund in table.funds if table.kind != "fund" and factor > 1 else ():
        amounts = (fund.budget, fund.initial_budget, fund.executed)
        place = next((value for value in amounts if (value.number or 0.0) * factor >= _MOST_MONEY), None)
        if place is not None:
            meant = plain((place.number or 0.0) / factor, 6) + table.money_unit
            yield Mismatch(
                place, fund_item(fund), f"{shown(place)} 是按{table.money_unit}填的, 相当于 {plain((place.number or 0.0) * factor / _BILLION)} 亿元, 多半填的是元",
                f"请核对金额单位, 如果填的是元应改为 {meant}", shown(place), meant, cells(place, table.heading.money_unit),
            )  # fmt: skip
            return


def unit_fits_column(assessment: Assessment) -> Iterator[Mismatch]:
    """D03 值里的单位与度量单位一致: 28.8万元 beside 度量单位 %. Another scale of the same kind (人 and 万人) is asked.

    Judged where the form has the column and both state a unit; blanks are D02's.
    """
    for number, result in numbered(assessment):
        indicator = result.indicator
        column = unit_of(indicator.unit.text) if indicator.unit.typed and _is_known_unit(indicator.unit.text) else None
        if column is None or column.dimension == "none":
            continue
        alone = indicator.target.text.removesuffix(indicator.unit.text)
        for value, text, role in ((indicator.target, alone, "target"), (indicator.actual, indicator.actual.text, "actual")):
            inside = read_text(text, role=role)
            if inside.kind not in _NUMBERS or inside.dimension in ("none", None) or not _is_known_unit(inside.unit or ""):
                continue
            kinds = {inside.dimension, column.dimension}
            if (len(kinds) == 1 and inside.factor_to_base == column.factor) or kinds == {"pp", "ratio"}:
                continue
            is_near = len(kinds) == 1 or any(kinds <= family for family in _RELATED) or all(str(kind).startswith("duration") for kind in kinds)
            yield Mismatch(
                value, row_item(result), f"{text} 里写的单位与度量单位栏的「{shown(indicator.unit)}」不一致",
                f"请统一成一个单位: 值里只填数, 单位写在度量单位栏 (如 {inside.unit})", shown(value), "同一计量单位",
                cells(value, indicator.unit), EXPLAIN if is_near else "", number,
            )  # fmt: skip


@lru_cache(maxsize=512)
def _is_known_unit(text: str) -> bool:
    """A unit of the list, no unknown word taken for a measure word (比率, 文字, 定性描述)."""
    name = text.strip()
    found, end = unit_at(name, 0, guess=False)
    return found is not None and end == len(name) and found.printed != _SHARE


@latest
def holds_points(assessment: Assessment) -> bool:
    """指标值栏里填的是不是分值: bare numbers in every row that add up to 100, on a form without columns of points."""
    rows = assessment.indicators
    if any(result.indicator.weight.exists or result.indicator.written_score.exists for result in rows):
        return False
    targets = [result.target.low for result in rows if result.target.kind == "numeric" and result.target.op == "plain" and result.target.unit is None]
    return len(targets) == len(rows) >= _FEWEST_POINTS and exact_sum([low or 0.0 for low in targets]) == _FULL_MARKS


def _is_related(result: IndicatorResult) -> bool:
    kinds = {result.target.dimension or "", result.actual.dimension or ""}
    return all(kind.startswith("duration") for kind in kinds) or any(kinds <= family for family in _RELATED)


def _unit_mismatch(result: IndicatorResult, place: Value, row: int, why: str, level: str = "") -> Mismatch:
    target, actual = shown(result.indicator.target), shown(result.indicator.actual)
    return Mismatch(
        place, row_item(result), f"指标值 {target} 与完成值 {actual} {why}", _unit_fix(result, place), shown(place), "同一计量单位",
        cells(result.indicator.actual, result.indicator.target), level, row,
    )  # fmt: skip


def _unit_fix(result: IndicatorResult, place: Value) -> str:
    """Which cell is to take whose unit."""
    of_actual = place.cell == result.indicator.actual.cell
    mine, other = ("完成值", "指标值") if of_actual else ("指标值", "完成值")
    unit = result.target.unit if of_actual else result.actual.unit
    return f"请把{mine}改用{other}的单位「{unit}」填写, 或改正{other}的单位" if unit else f"请把{mine}和{other}写成同一个单位"


def _is_absurd(result: IndicatorResult) -> bool:
    measure = result.measure
    if not isinstance(measure, Measure) or result.target.unit is None or result.actual.unit is None:
        return False
    if result.target.factor_to_base == result.actual.factor_to_base:
        return False
    low, high = sorted((abs(measure.actual), abs(measure.bound)))
    return low > 0 and high / low >= _ABSURD


def _odd_one(assessment: Assessment, result: IndicatorResult) -> Value:
    """The cell whose unit is the odd one: the target where only the actual fits the name or the money of the table."""
    indicator = result.indicator
    ratio_name = any(word in row_item(result) for word in ("率", "比重", "比例", "占比", "满意"))
    if ratio_name and result.actual.dimension == "ratio" and result.target.dimension != "ratio":
        return indicator.target
    if result.actual.dimension == result.target.dimension == "money":
        unit = assessment.table.money_unit
        if unit and result.actual.unit == unit and result.target.unit != unit:
            return indicator.target
    return indicator.actual


def unit_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """D02 计量单位: a quantitative target names its unit, in the cell or in the indicator's name; 人数 or 数量 count pieces.

    Zero is zero in any unit. Blanks are A02's, a column of points is D04's.
    """
    for number, result in numbered(assessment) if not holds_points(assessment) else ():
        target = result.target
        if target.kind not in _NUMBERS or target.unit is not None or result.actual.unit is not None or not (target.low or target.high):
            continue
        name = row_item(result)
        if not name.endswith(("数", "数量")) and "（" not in name and "(" not in name:
            yield Mismatch(
                result.indicator.target, name, f"指标值 {shown(result.indicator.target)} 没有计量单位", "请补上计量单位, 如 %、个、万元",
                shown(result.indicator.target), "带计量单位", cells(result.indicator.target), row=number,
            )  # fmt: skip


def numbers_where_due(assessment: Assessment) -> Iterator[Mismatch]:
    """D04 定量指标须填数: words as actual value of a signed numeric target. A bare target is asked, not refused.

    全覆盖 says 100 %, 未发生 says 0 and 当日 a time. A column of targets that holds points is one finding, at its first cell.
    Blanks are A02's, references to another system F04's.
    """
    if holds_points(assessment):
        targets = [result.indicator.target for result in assessment.indicators]
        yield Mismatch(
            targets[0], "年度指标值", f"指标值一栏填的像是分值: 各行都是没有单位的数, 合计 {plain(_FULL_MARKS)}", "请填写各项指标的目标值和实际完成值, 带计量单位",
            shown(targets[0]), "指标值", cells(*targets),
        )  # fmt: skip
        return
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        if _is_in_words(result):
            is_signed = result.target.op in (">=", ">", "<=", "<", "=", "between") and result.target.confidence != "low"
            level = "" if is_signed and not _mentions_number(result) else EXPLAIN
            yield Mismatch(
                actual, row_item(result), f"指标值 {shown(result.indicator.target)} 是数量, 完成值却是文字「{shown(actual)}」",
                "请填写实际完成的数值和单位", shown(actual), "数值", cells(actual, result.indicator.target), level, number,
            )  # fmt: skip


def _is_in_words(result: IndicatorResult) -> bool:
    """Words, no number, as actual value of a quantitative target."""
    is_worded = result.actual.kind in ("text", "qualitative", "enum") and not _is_number_in_words(result)
    return result.target.kind in _NUMBERS and is_worded and result.indicator.actual.typed


def _mentions_number(result: IndicatorResult) -> bool:
    return any(map(str.isdigit, result.indicator.actual.text))


def _is_number_in_words(result: IndicatorResult) -> bool:
    target, said = result.target, result.actual.qualitative
    if (target.dimension or "").startswith("duration") and any(word in result.indicator.actual.text for word in _AT_ONCE):
        return True
    whole = target.dimension == "ratio" and target.low == 100
    return (said == "full coverage" and whole) or (said == "zero occurrence" and not target.low and not target.high)


def sign_stated(assessment: Assessment) -> Iterator[Mismatch]:
    """D05 符号: a quantitative target says ≥, ≤ or =; without it the direction is a guess.

    Blanks are A02's, a column of points is D04's.
    """
    for number, result in numbered(assessment) if not holds_points(assessment) else ():
        if result.target.kind == "numeric" and result.target.op in ("plain", "≈"):
            sign = "≤" if direction_of(result.target, direction_words(result.indicator)) == LOWER else "≥"
            yield Mismatch(
                result.indicator.target, row_item(result), f"指标值 {shown(result.indicator.target)} 没有写 ≥、≤ 或 =, 按 {sign} 理解",
                f"请写明符号, 例如 {sign}{shown(result.indicator.target)}", shown(result.indicator.target), f"{sign}{shown(result.indicator.target)}",
                cells(result.indicator.target), row=number,
            )  # fmt: skip


def direction_plausible(assessment: Assessment) -> Iterator[Mismatch]:
    """D06 方向: a cost, complaint or fault is not wanted high, satisfaction not low; a column 正向 or 反向 agrees with the sign.

    Judged only on a written sign.
    """
    for number, result in numbered(assessment):
        if result.target.op not in (">=", ">", "<=", "<"):
            continue
        name, direction = row_item(result), direction_of(result.target)
        cost = direction == HIGHER and any(word in name for word in _COST_WORDS) and not any(word in name for word in _COST_GUARD) and "率" not in name.replace("差错率", "").replace("故障率", "")
        wrong = cost or (direction == LOWER and "满意" in name and "不满意" not in name)
        if wrong:
            sign, bound = ("≤", result.target.low) if direction == HIGHER else ("≥", result.target.high)
            better = f"{sign}{plain(bound)}{result.target.unit or ''}" if bound is not None else {"≤": "不高于", "≥": "不低于"}[sign]
            place = _sign_place(result.indicator)
            yield Mismatch(
                place, name, f"「{name}」的指标值 {shown(result.indicator.target)} 方向可能反了", f"请核对, 一般应写 {better}",
                shown(place), sign if place.cell == result.indicator.sign.cell else better, cells(place, result.indicator.target), row=number,
            )  # fmt: skip
            continue
        told = _told_direction(result.indicator)
        if told.typed and _POLARITIES[told.text.strip()[0]] != direction:
            yield _contradicted(result, told, number)


def _told_direction(indicator: Indicator) -> Value:
    """The cell that says 正向 or 反向: in a column of its own, or in that of the signs; ABSENT where none does."""
    cells_read = (indicator.polarity, indicator.sign)
    return next((value for value in cells_read if value.text.strip().removesuffix("指标")[1:] == "向" and value.text.strip()[0] in _POLARITIES), ABSENT)


def _sign_place(indicator: Indicator) -> Value:
    """The cell the sign of the target was written in: the column of signs, or the target itself."""
    sign, alone = indicator.sign, indicator.target.text.removeprefix(indicator.sign.text)
    return sign if sign.typed and alone != indicator.target.text and read_text(alone).op == "plain" else indicator.target


def _contradicted(result: IndicatorResult, told: Value, row: int) -> Mismatch:
    indicator = result.indicator
    wants_more = _POLARITIES[told.text.strip()[0]] == HIGHER
    meaning, sign = ("越高越好", "≥") if wants_more else ("越低越好", "≤")
    other = "反向" if wants_more else "正向"
    place = _sign_place(indicator)
    return Mismatch(
        place, row_item(result), f"{told.cell} 填的是「{shown(told)}」({meaning}), 指标值 {shown(indicator.target)} 的符号却相反",
        f"请核对: 确实{meaning}的, 符号改为 {sign}; 不是的, 把 {told.cell} 改为「{other}」", shown(place), f"{sign}, 或 {told.cell} 改为{other}",
        cells(place, told, indicator.target), row=row,
    )  # fmt: skip


def share_at_most_whole(assessment: Assessment) -> Iterator[Mismatch]:
    """D07 比例不超过 100%: for shares by name; ratios such as 完成率 or 坐实率 may exceed it. Blanks are not judged."""
    for number, result in numbered(assessment):
        name, actual = row_item(result), result.actual
        if actual.dimension != "ratio" or actual.low is None or actual.low * (actual.factor_to_base or 0.01) <= 1 + 1e-9:
            continue
        if any(word in name for word in _SHARE_WORDS) and not any(word in name for word in _NOT_SHARES):
            yield Mismatch(
                result.indicator.actual, name, f"「{name}」完成值 {shown(result.indicator.actual)} 超过 100%", "请核对分子与分母, 分子应是分母的一部分; 确实可以超过的, 请把名称改为完成率一类",
                shown(result.indicator.actual), "不超过 100%", cells(result.indicator.actual), row=number,
            )  # fmt: skip


def _is_points_against_percent(result: IndicatorResult) -> bool:
    one, other = result.target.dimension, result.actual.dimension
    return (one == "pp" and other == "ratio") or (one == "ratio" and other == "pp")


def _is_amount_in_points(result: IndicatorResult) -> bool:
    if result.actual.dimension != "pp":
        return False
    name = row_item(result)
    return any(word in name for word in ("费用", "成本", "金额")) and not any(word in name for word in ("率", "比", "幅"))


def _points_fix(result: IndicatorResult) -> str:
    """The actual value as it would be in the unit of its target."""
    number = plain(result.actual.low if result.actual.low is not None else result.actual.high or 0.0)
    if result.target.dimension == "ratio":
        return f"如果说的是比率, 请把完成值改为 {number}%, 如果说的是增减, 请把指标值也写成百分点"
    if result.target.dimension == "pp":
        return f"如果说的是增减, 请把完成值改为 {number}个百分点, 如果说的是比率, 请把指标值也写成 %"
    return f"金额的增减请写成 %, 如 {number}%, 或写增减的金额"


def points_or_percent(assessment: Assessment) -> Iterator[Mismatch]:
    """D08 百分点与百分比: one cell speaks of 百分点, the other of %; or an amount "falls by 百分点". Blanks are not judged."""
    for number, result in numbered(assessment):
        if _is_points_against_percent(result) or _is_amount_in_points(result):
            yield Mismatch(
                result.indicator.actual, row_item(result),
                f"指标值 {shown(result.indicator.target)} 与完成值 {shown(result.indicator.actual)} 混用了百分点和百分比",
                _points_fix(result), shown(result.indicator.actual), "统一的单位",
                cells(result.indicator.actual, result.indicator.target), row=number,
            )  # fmt: skip


def actual_is_measured(assessment: Assessment) -> Iterator[Mismatch]:
    """D14 完成值应为实际数: an inequality is a target, not a result. Of satisfaction F02 says more; blanks are A02's."""
    for number, result in numbered(assessment):
        actual = result.indicator.actual
        if result.actual.kind == "numeric" and result.actual.op in (">=", ">", "<=", "<"):
            rests_on = (actual,) if "满意" in row_item(result) else (actual, result.indicator.target)
            yield Mismatch(
                actual, row_item(result), f"完成值 {shown(actual)} 是一个范围, 不是实际完成的数", "请填写实际完成的数值",
                shown(actual), "一个确定的数", cells(*rests_on), row=number,
            )  # fmt: skip
