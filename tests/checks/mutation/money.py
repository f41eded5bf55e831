"""C 资金的损坏."""

import re
import tomllib
from pathlib import Path

from perfeval_xl.core.assessment import assessed, is_total_row
from perfeval_xl.core.number import plain, rounded
from perfeval_xl.core.table import ABSENT
from tests.checks.drawn_table import drawn
from tests.checks.mutation.damage import damage, damaging
from tests.checks.mutation.rows import stating, total_fund
from tests.checks.mutation.sheet import sheet_of, with_items
from tests.checks.mutation.typing_over import typed_over

AMOUNTS = ("initial_budget", "budget", "in_place", "executed")
CASES = Path(__file__).resolve().parent.parent / "cases"


def like(value, number):
    """The number with as many decimals as the cell shows."""
    decimals = len(value.text.partition(".")[2])
    return f"{rounded(number, decimals):.{decimals}f}"


def consistent(sheet, factors):
    """Every amount of some columns times a factor, with the rates, balances and points that follow from them."""
    cells = {getattr(fund, field).cell: like(getattr(fund, field), getattr(fund, field).number * factor)
             for fund in sheet.table.funds for field, factor in factors.items() if getattr(fund, field).number is not None}  # fmt: skip
    after = typed_over(sheet.table, cells, sheet.rules)
    for fund, result in zip(after.funds, assessed(after, sheet.rules).funds, strict=True):
        if fund.written_rate.typed and fund.written_rate.number is not None:
            cells[fund.written_rate.cell] = "—" if result.execution_rate is None else f"{rounded(result.execution_rate * 100):.2f}%"
        if fund.balance.number is not None:
            cells[fund.balance.cell] = like(fund.balance, fund.budget.number - fund.executed.number)
        if fund.written_score.typed and result.score is not None:
            cells[fund.written_score.cell] = plain(result.score)
    return cells


@damaging("C01")
def totals_that_are_no_sums(sheet):
    funds = sheet.table.funds
    total = total_fund(sheet)
    for field in AMOUNTS if total is not None and len(funds) > 1 and sheet.table.kind != "fund" else ():
        value = getattr(total, field)
        parts = [fund for fund in funds if fund is not total and getattr(fund, field).number]
        if not value.number or not parts:
            continue
        yield damage(sheet, {value.cell: like(value, value.number / 3)}, value.cell)
        for part in parts:
            place = getattr(part, field)
            yield damage(sheet, {place.cell: like(place, place.number + value.number)}, value.cell)


@damaging("C02")
def rates_miscalculated(sheet):
    for fund in sheet.table.funds:
        rate = fund.written_rate
        if rate.number is not None:
            for by in (0.03, -0.11):
                yield damage(sheet, {rate.cell: f"{rate.number * 100 + by * 100:.2f}%"}, rate.cell)


@damaging("C03")
def more_spent_than_there_was(sheet):
    """Half as much again of every amount spent, with all that follows from it; for a fund a budget that was too small."""
    funds = sheet.table.funds
    if sheet.rules.number("execution.may_exceed", 0.0):
        return
    for fund in funds:
        if fund.executed.number and fund.budget.number and fund.reason.is_blank and not (sheet.table.kind == "fund" and "收入" in fund.label.text):
            is_part = not is_total_row(fund) and total_fund(sheet) is not fund
            if sheet.table.kind == "fund":
                mine = {value.cell for value in fund}
                if not sheet.table.figures:
                    yield damage(sheet, {cell: text for cell, text in consistent(sheet, {"budget": 0.6}).items() if cell in mine}, fund.executed.cell)
            elif not is_part:
                yield damage(sheet, consistent(sheet, {"executed": 1.5}), fund.executed.cell, total=True)


@damaging("C04", also={"-C08": "两个预算数都成了 0"})
def budgets_of_zero(sheet):
    total = total_fund(sheet)
    if total is not None and is_total_row(total) and total.budget.number:
        cells = consistent(sheet, dict.fromkeys(AMOUNTS, 0.0))
        yield damage(sheet, cells, total.budget.cell, total=True)


@damaging("C05")
def rates_by_the_opening_budget(sheet):
    for fund in sheet.table.funds:
        opening, budget, executed = fund.initial_budget.number, fund.budget.number, fund.executed.number
        if opening and budget and executed and abs(executed / opening - executed / budget) > 0.005 and fund.written_rate.number is not None:
            yield damage(sheet, {fund.written_rate.cell: f"{rounded(executed / opening * 100):.2f}%"}, fund.written_rate.cell)


@damaging("C06")
def execution_scores_miscalculated(sheet):
    for fund in sheet.table.funds:
        if fund.weight.number and fund.written_score.number is not None:
            for by in (-0.5, -3):
                yield damage(sheet, {fund.written_score.cell: plain(fund.written_score.number + by)}, fund.written_score.cell)


def spending(sheet, share):
    """Changes after which only this share of the budget is spent."""
    total = total_fund(sheet)
    return consistent(sheet, {"executed": share * total.budget.number / total.executed.number})


@damaging("C07", also={"-C08": "同一格原因", "+F06": "支出少了, 产出照样完成"})
def low_execution_without_a_word(sheet):
    fund = sheet.table.funds[0] if sheet.table.funds else None
    if fund is not None and fund.reason.exists and fund.reason.is_blank and fund.budget.number and fund.executed.number:
        rules = with_items(sheet.rules, {"threshold.execution_floor": 0.9})
        yield damage(sheet, spending(sheet, 0.7), fund.reason.cell, rules=rules, total=True)


@damaging("C08", also={"+C09": "成本的指标值大于改小了的预算"})
def budgets_changed_without_a_word(sheet):
    """The opening budget was another one, in the total and in every part."""
    total = total_fund(sheet)
    places = [p.text for p in sheet.table.passages if p.block == "adjustment" and p.text.exists] + ([total.reason] if total is not None and total.reason.exists else [])
    if not places or not places[0].is_blank or not total.initial_budget.number:
        return
    carries_over = any("结转" in fund.label.text and fund.budget.number for fund in sheet.table.funds)
    if carries_over or abs(total.initial_budget.number - total.budget.number) < 0.5:
        yield damage(sheet, consistent(sheet, {"initial_budget": 0.6}), places[0].cell)


@damaging("C09", also={"-D05": "写了符号"})
def costs_as_they_should_not_be(sheet):
    for row in sheet.rows:
        item = row.indicator
        named = any(word in item.name for word in ("总成本", "项目成本", "成本控制", "预算控制", "控制成本"))
        if not named or row.target.dimension != "money" or row.target.op not in ("<=", "<"):
            continue
        bare = re.sub(r"^\D+", "", item.target.text)
        yield damage(sheet, {item.target.cell: "≥" + bare}, item.target.cell)
        yield damage(sheet, {item.target.cell: "≤" + stating(bare, row.target.high * 3)}, item.target.cell)


@damaging("C10")
def balances_miscalculated(sheet):
    for fund in sheet.table.funds:
        if fund.balance.number is not None and fund.budget.number is not None:
            yield damage(sheet, {fund.balance.cell: like(fund.balance, fund.balance.number + 7)}, fund.balance.cell)


@damaging("C11", also={"+C15": "当期结余与决算数也不同了"})
def balances_of_funds_miscalculated(sheet):
    figures = dict(sheet.table.figures)
    for name, one, two in (("当期结余", "基金收入决算", "基金支出决算"), ("年末累计结余", "年初累计结余", "当期结余")):
        values = [figures.get(key, ABSENT) for key in (name, one, two)]
        if all(value.number is not None for value in values):
            yield damage(sheet, {values[0].cell: plain(values[0].number + 900)}, values[0].cell.rpartition("!")[2])
    for row in sheet.rows:
        if "当期结余" in row.indicator.name and row.actual.dimension == "money":
            yield damage(sheet, {row.indicator.actual.cell: stating(row.indicator.actual.text, row.actual.low + 3)}, row.indicator.actual.cell)


@damaging("C12")
def shares_of_more_than_all(sheet):
    rows = [row for row in sheet.rows if "支出占基金支出" in row.indicator.name and row.actual.dimension == "ratio"]
    others = [row for row in rows if "其他" in row.indicator.name]
    for row in others if len(rows) > 1 else ():
        yield damage(sheet, {row.indicator.actual.cell: "14.5%"}, rows[-1].indicator.actual.cell)


@damaging("C13", also={"-B10": "改了完成值"})
def shares_of_another_base(sheet):
    amounts = [row for row in sheet.rows if row.actual.dimension == "money" and re.search("保险费收入|待遇支出", row.indicator.name)]
    for row in sheet.rows if amounts else ():
        name, item = row.indicator.name, row.indicator
        if re.search("(保险费|保费|待遇).*(收入|支出)比重", name) and row.actual.dimension == "ratio":
            yield damage(sheet, {item.actual.cell: f"{row.actual.low - 5:.2f}%"}, item.actual.cell)
            yield damage(sheet, {item.actual.cell: f"{row.actual.low + 3:.2f}%"}, item.actual.cell)


@damaging("C14")
def uses_unlike_sources(sheet):
    """On a form that lists both; none of the project's own does, so the table of the case file is drawn."""
    if sheet.source != "project (画)":
        return
    case = next(case for case in tomllib.loads((CASES / "C14.toml").read_text("utf-8"))["case"] if not case.get("findings") and "funds" in case)
    table = drawn(case["table"], case.get("set"), **{key: case[key] for key in ("funds", "kind", "money_unit") if key in case})
    two_sided = sheet_of(sheet.source, sheet.form, table, sheet.rules)
    sources = next(fund for fund in table.funds if "来源" in fund.label.text)
    use = next(fund for fund in table.funds if "来源" not in fund.label.text and re.search("(使用|支出).*(合计|总计|总额)", fund.label.text))
    for field in ("initial_budget", "budget"):
        value = getattr(use, field)
        if value.number is not None and getattr(sources, field).number is not None:
            yield damage(two_sided, {value.cell: like(value, value.number + 0.7)}, value.cell)


@damaging("C15")
def amounts_unlike_the_accounts(sheet):
    figures = dict(sheet.table.figures)
    for word in ("收入", "支出"):
        rows = [fund for fund in sheet.table.funds if word in fund.label.text]
        for name, field in (("预算", "budget"), ("决算", "executed")):
            if len(rows) == 1 and figures.get(f"基金{word}{name}", ABSENT).number:
                value = getattr(rows[0], field)
                yield damage(sheet, {value.cell: like(value, value.number * 0.98)}, value.cell)
    for row in sheet.rows if figures else ():
        booked = {"社会保险费收入": "保险费收入决算", "社会保险待遇支出": "待遇支出决算"}.get(row.indicator.name, "")
        if figures.get(booked, ABSENT).number:
            yield damage(sheet, {row.indicator.actual.cell: stating(row.indicator.actual.text, row.actual.low * 0.99)}, row.indicator.actual.cell)


@damaging("C16", also={"-C08": "原因栏里有了话"})
def money_of_december(sheet):
    """The year's money is spent to the last, and a text says that it came in December."""
    total = total_fund(sheet)
    if total is None or not is_total_row(total) or not total.budget.number or not total.executed.number:
        return
    first = consistent(sheet, {"executed": total.budget.number / total.executed.number})
    first |= {fund.executed.cell: plain(fund.budget.number) for fund in sheet.table.funds if fund.budget.number is not None and fund.executed.number is not None}
    places = [passage.text for passage in sheet.table.passages if passage.block != "management"] + [total.reason]
    for place in places:
        if place.exists:
            yield damage(sheet, {place.cell: "本年资金于12月18日下达"}, place.cell, first=first)

