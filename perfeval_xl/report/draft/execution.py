"""预算执行: budgets, what was spent and the rates, row by row of the funding block."""

from __future__ import annotations

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.number import percent
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.content import Paragraph, body
from perfeval_xl.report.draft.indicator_class import fund_score
from perfeval_xl.report.draft.piece import FACT, QUOTED, Run, amount, gap, one_line, points, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, FundResult
    from perfeval_xl.report.draft.piece import Part

_SIDES = ("收入", "支出")
_LOW, _HIGH = 0.9, 1.1      # below and, for income, above it a reader asks for a reason


def budget_paragraphs(assessment: Assessment) -> Iterator[Paragraph]:
    """预算安排和执行: one paragraph for each row that has an amount."""
    total = next((result for result in assessment.funds if is_total_row(result.fund)), None)
    unit = assessment.table.money_unit
    for result in assessment.funds:
        fund = result.fund
        if all(value.is_blank for value in (fund.initial_budget, fund.budget, fund.executed)):
            continue
        side = next((word for word in _SIDES if word in fund.words), "") if assessment.table.kind == "fund" else ""
        if side:
            yield body(*_side(result, side, unit))
        elif result is total or (total is None and result is assessment.funds[0]):
            yield body(*_total(result, unit))
        else:
            yield body(*_share(result, unit))
    if not assessment.funds:
        yield body(gap("预算安排和执行情况"))


def _side(result: FundResult, side: str, unit: str) -> Iterator[Part]:
    fund = result.fund
    yield from (f"{side}预算", amount(fund.budget, unit, f"{side}预算数"), f"，实际{side}")
    yield amount(fund.executed, unit, f"实际{side}")
    rate = rate_run(result)
    if rate:
        yield from (f"，{side}预算执行率", rate)
    yield "。"


def _total(result: FundResult, unit: str) -> Iterator[Part]:
    fund = result.fund
    if not fund.initial_budget.is_blank:
        yield from ("年初预算数", amount(fund.initial_budget, unit, ""), "，")
    yield from ("全年预算数", amount(fund.budget, unit, "全年预算数"), "，")
    yield from ("全年执行数", amount(fund.executed, unit, "全年执行数"))
    rate = rate_run(result)
    if rate:
        yield from ("，预算执行率", rate)
    yield "。"


def _share(result: FundResult, unit: str) -> Iterator[Part]:
    """A row under the total; a row with a single amount says which one it is."""
    fund, name = result.fund, _bare(result.fund.label.text)
    told: list[Part] = [name]
    if not fund.budget.is_blank:
        told += ["预算", amount(fund.budget, unit, "")]
    if not fund.executed.is_blank:
        verb = "" if name.endswith("支出") and len(told) == 1 else "支出"
        told += ["，" if len(told) > 1 else "", verb, amount(fund.executed, unit, "")]
    if len(told) == 1:
        told += ["年初安排", amount(fund.initial_budget, unit, "")]
    rate = rate_run(result)
    yield from (*told, "，执行率", rate, "。") if rate and fund.budget.number else (*told, "。")


def _bare(label: str) -> str:
    name = "".join(one_line(label).split()).rstrip(":：")
    return name.removeprefix("其中").lstrip(":：") or "其他资金"


def rate_run(result: FundResult) -> Run | None:
    """执行率: as printed in the table where that can be true, else computed from the amounts."""
    written, rate = result.fund.written_rate, result.execution_rate
    if rate is None:
        return None
    text = one_line(written.text)
    budget, executed = result.fund.budget.interval, result.fund.executed.interval
    possible = executed.over(budget) if budget and executed else None
    if text.endswith("%") and written.interval and possible and possible.meets(written.interval):
        return Run(FACT, text, written.cell)
    return Run(FACT, percent(rate))


def execution_analysis(assessment: Assessment) -> Iterator[Paragraph]:
    """预算执行情况分析: direction words, points, and reasons where the forms ask for one."""
    for result in assessment.funds:
        rate = result.execution_rate
        if rate is None or (assessment.table.kind != "fund" and result.fund.words.startswith("其中")):
            continue
        yield from _analysed(result, rate, assessment)


def _analysed(result: FundResult, rate: float, assessment: Assessment) -> Iterator[Paragraph]:
    fund = result.fund
    side = next((word for word in _SIDES if word in fund.words), "") if assessment.table.kind == "fund" else ""
    subject = f"实际{side}" if side else f"{_bare(fund.label.text)}全年执行数"
    budget = f"{side}预算" if side else "全年预算数"
    relation = "等于" if rate == 1 else "高于" if rate > 1 else "低于"
    told: list[Part] = [f"{subject}{relation}{budget}"]
    told += [f"，完成{budget}" if rate >= 1 and side == "收入" else ""]
    if result in assessment.scored_funds:
        told += ["，预算执行率满分", points(fund.weight.number, fund.weight.cell, "执行率分值")]
        told += ["，实得", points(fund_score(result), fund.written_score.cell, "执行率得分")]
    yield body(*told, "。")
    reason = one_line(fund.reason.text)
    if reason:
        yield Paragraph(runs("原因：", Run(QUOTED, reason, fund.reason.cell)))
    elif rate < _LOW or rate > (_HIGH if side == "收入" else 1):
        yield body("原因：", gap(f"{budget}执行{'偏低' if rate < _LOW else '超过预算'}的原因"))
