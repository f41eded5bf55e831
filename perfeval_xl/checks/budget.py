"""C 预算: what the year changed about it, what it bounds, and money that came too late to be spent well."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, numbered, row_item, shown
from perfeval_xl.checks.money import FACTORS
from perfeval_xl.core.assessment import Assessment, IndicatorResult, main_fund
from perfeval_xl.core.number import Interval, plain, printed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Fund, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHANGES = ("追加", "调整", "调减", "调增", "压减", "核减", "收回", "增拨", "增加预算", "减少预算", "结转")
_PRINTED_NOTES = ("需说明原因", "应单独说明", "需单独说明", "字以内")
_TOTAL_COSTS = ("总成本", "项目成本", "成本控制", "成本总额", "总投入", "总投资", "资金总额", "预算控制", "预算总额", "经费总额", "投入成本")
_PART_COSTS = ("单位", "人均", "次均", "平均", "户均", "每", "率", "补贴标准", "补助标准", "培训成本")
_LATE_WORDS = ("下达", "到账", "拨入", "收到", "到位")
_DEADLINES = ("底前", "日前", "月前", "以前", "之前")


def adjustment_explained(assessment: Assessment) -> Iterator[Mismatch]:
    """C08 预算调整须说明: 全年预算 differs from 年初预算 and the form's place for the reason is blank.

    The place is 预算调整说明 or the reason column of the funds; a form with neither asks for nothing. A change equal to
    the carry-over listed below, or spoken of anywhere on the form, is explained. Blank amounts are not judged.
    Source: 四川省部门预算项目支出绩效自评表 填表说明 2.
    """
    fund = main_fund(assessment.table.funds)
    if fund is None or fund.initial_budget.interval is None or fund.budget.interval is None:
        return
    change = fund.budget.interval.minus(fund.initial_budget.interval)
    place = _place_of_reason(assessment, fund)
    if place is None or change.meets(Interval(0.0, 0.0)) or change.meets(_carried_over(assessment)) or _is_spoken_of(assessment):
        return
    difference = (fund.budget.number or 0.0) - (fund.initial_budget.number or 0.0)
    way = "增加" if difference > 0 else "减少"
    yield Mismatch(
        place, fund_item(fund), f"全年预算数 {shown(fund.budget)} 比年初预算数 {shown(fund.initial_budget)} {way} {plain(abs(difference))}, 没有说明调整原因",
        "请写明追加或调减的依据和原因", "空" if place.is_blank else "只有填表说明", "调整原因",
        cells(place, fund.initial_budget, fund.budget, *(row.budget for row in _carried(assessment))),
    )  # fmt: skip


def _place_of_reason(assessment: Assessment, fund: Fund) -> Value | None:
    """The blank cell where the form asks for the reason; a printed filling note in it is no answer."""
    passages = [passage.text for passage in assessment.table.passages if passage.block == "adjustment"]
    places = [value for value in (*passages, fund.reason) if value.exists]
    return places[0] if places and all(value.is_blank or _is_printed_note(value) for value in places) else None


def _is_printed_note(value: Value) -> bool:
    return any(words in value.text for words in _PRINTED_NOTES)


def _carried(assessment: Assessment) -> list[Fund]:
    return [fund for fund in assessment.table.funds if "结转" in fund.words and fund.budget.number is not None and not fund.initial_budget.number]


def _carried_over(assessment: Assessment) -> Interval:
    total = Interval(0.0, 0.0)
    for fund in _carried(assessment):
        total = total.plus(fund.budget.interval or Interval(0.0, 0.0))
    return total


def _is_spoken_of(assessment: Assessment) -> bool:
    table = assessment.table
    values = [*(passage.text for passage in table.passages), *(fund.reason for fund in table.funds), table.goal_done]
    values += [result.indicator.reason for result in assessment.indicators]
    return any(word in value.text for value in values if not _is_printed_note(value) for word in _CHANGES)


def cost_within_budget(assessment: Assessment) -> Iterator[Mismatch]:
    """C09 成本指标与预算: a target for the whole cost of the project says ≤, and is no more than its budget.

    Judged only where the indicator names the whole cost and its target is an amount of money; held against the larger
    of 年初预算 and 全年预算. Blanks are not judged.
    """
    limit = _budget(assessment)
    for number, result in numbered(assessment):
        target, value = result.target, result.indicator.target
        if not _is_whole_cost(result):
            continue
        if target.op in (">=", ">"):
            most = plain(target.low or 0.0) + (target.unit or "")
            yield Mismatch(
                value, row_item(result), f"成本指标的指标值 {shown(value)} 写成了下限, 花得越多越算完成", f"请核对, 一般应写 ≤{most}",
                shown(value), f"≤{most}", cells(value), row=number,
            )  # fmt: skip
            continue
        bound = target.low if target.high is None else target.high
        if limit is None or bound is None:
            continue
        if printed(bound, target.ulp).times(target.factor_to_base or 1.0).low > limit[0]:
            most = shown(limit[1]) + assessment.table.money_unit
            yield Mismatch(
                value, row_item(result), f"成本指标的指标值 {shown(value)} 大于项目预算 {most}", f"请核对, 应不超过预算 {most}",
                shown(value), f"不超过 {most}", cells(value, limit[1]), row=number,
            )  # fmt: skip


def _is_whole_cost(result: IndicatorResult) -> bool:
    name = row_item(result)
    if result.target.dimension != "money" or result.target.kind != "numeric" or any(word in name for word in _PART_COSTS):
        return False
    levels = result.indicator.level1.text + result.indicator.level2.text
    return any(word in name for word in _TOTAL_COSTS) and "成本" in levels + name


def _budget(assessment: Assessment) -> tuple[float, Value] | None:
    """The larger budget of the total row: its highest true value in 元, and the cell."""
    factor = FACTORS.get(assessment.table.money_unit)
    fund = main_fund(assessment.table.funds)
    if factor is None or fund is None:
        return None
    filled = [value for value in (fund.budget, fund.initial_budget) if value.number]
    most = max(filled, key=lambda value: value.number or 0.0, default=ABSENT)
    return None if most.interval is None else (most.interval.high * factor, most)


def december_money_asked(assessment: Assessment) -> Iterator[Mismatch]:
    """C16 十二月下达当年花完: a text of the form says that the money came in December, and all of it is spent.

    Only a sentence whose single month is 12月 counts, and no deadline (12月底前). Blanks are not judged.
    """
    fund = main_fund(assessment.table.funds)
    if fund is None or not fund.executed.number or fund.executed.number != fund.budget.number:
        return
    places = [*(passage.text for passage in assessment.table.passages), *(row.reason for row in assessment.table.funds)]
    for place in dict.fromkeys(places):
        said = next(filter(_came_in_december, place.text.replace("；", "。").replace(";", "。").replace("\n", "。").split("。")), "")
        if said:
            yield Mismatch(
                place, fund_item(fund), f"写明资金 12 月才下达, 而全年执行数 {shown(fund.executed)} 已全部支出", "请核对支出是否真实完成, 并说明年底集中支付的原因",
                said.strip()[:40], "年底集中支付的说明", cells(place, fund.executed),
            )  # fmt: skip
            return


def _came_in_december(sentence: str) -> bool:
    if "12月" not in sentence or not any(word in sentence for word in _LATE_WORDS) or any(word in sentence for word in _DEADLINES):
        return False
    return sentence.count("月") == sentence.count("12月") and not any(word in sentence for word in ("不予下达", "未下达", "未到位", "未到账"))
