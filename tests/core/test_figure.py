"""Amounts of 基础数据 and what follows from them, held against published figures."""

import pytest

from perfeval_xl.core.expression import variable
from perfeval_xl.core.figure import (
    FORMATS,
    MONEY,
    MONTHS,
    RATIO,
    Variant,
    agrees,
    amount_formula,
    amount_of,
    may_agree,
)
from perfeval_xl.core.figure_amounts import AMOUNTS, amounts_by_key, amounts_by_name
from perfeval_xl.core.figure_ratios import FIGURES, figure_named
from perfeval_xl.core.number import Interval, percent, rounded
from perfeval_xl.core.reading.target import read_text

BY_KEY = {figure.key: figure for figure in FIGURES}


@pytest.mark.parametrize(
    ("key", "variant", "figures", "shown"),
    [
        ("premium_share", "", {"premium_actual": 35407, "income_actual": 104642}, "33.84%"),
        ("benefit_share", "", {"benefit_actual": 92586, "expenditure_actual": 103384}, "89.56%"),
        ("benefit_share", "", {"benefit_actual": 94859, "expenditure_actual": 106208}, "89.31%"),
        ("other_share", "", {"other_actual": 110, "expenditure_actual": 103384}, "0.11%"),
        ("handed_up_share", "", {"handed_up_actual": 13715, "expenditure_actual": 224428.66}, "6.11%"),
        ("interest_yield", "", {"interest_actual": 1182, "opening_balance": 83881, "closing_balance": 85139}, "1.40%"),
        ("interest_yield", "年末累计结余", {"interest_actual": 1182, "closing_balance": 85139}, "1.39%"),
        ("deposit_share", "", {"time_deposit": 20000, "closing_balance": 85139}, "23.49%"),
        ("income_completion", "", {"income_actual": 282099.73, "income_budget": 283306.31}, "99.57%"),
        ("expenditure_completion", "", {"expenditure_actual": 224428.66, "expenditure_budget": 231991.90}, "96.74%"),
        ("premium_completion", "", {"premium_actual": 35407, "premium_budget": 33375}, "106.09%"),
        ("benefit_completion", "", {"benefit_actual": 92586, "benefit_budget": 94859}, "97.60%"),
        ("enrolment_task_rate", "", {"insured_all": 109.17, "enrolment_task": 110}, "99.25%"),
        ("repeat_rate", "", {"repeated": 169, "insured": 66.2}, "0.03%"),
        ("pool_current_balance_rate", "", {"pool_current_balance": 59601.78, "pool_income_actual": 220258}, "27.06%"),
        ("current_balance_rate", "统筹基金收入", {"pool_current_balance": 59601.78, "pool_income_actual": 220258}, "27.06%"),
        ("base_rate", "", {"contribution_base": 7107, "social_wage": 6000}, "118.45%"),
        ("collection_rate", "", {"collected": 9999, "due": 10000}, "99.99%"),
        ("enrolment_rate", "", {"insured_all": 107.112, "residents": 120}, "89.26%"),
    ],
)
def test_a_published_rate_follows_from_its_amounts(key, variant, figures, shown):
    assert percent(BY_KEY[key].value(figures, variant)) == shown


@pytest.mark.parametrize(
    ("variant", "months"),
    [("月均预算支出", 9.62), ("月均决算支出", 9.88), ("自填月均支出", 10.04)],
)
def test_payable_months_depend_on_the_denominator_that_is_named(variant, months):
    figures = {"closing_balance": 85139, "expenditure_budget": 106208, "expenditure_actual": 103384, "monthly_expenditure": 8478}
    assert rounded(BY_KEY["payable_months"].value(figures, variant)) == months


def test_what_is_handed_up_may_be_left_out_of_the_monthly_expenditure():
    figures = {"pool_closing_balance": 120.0, "pool_expenditure_budget": 252.0, "handed_up_budget": 12.0}
    assert BY_KEY["pool_payable_months"].value(figures, "月均预算支出(不含上解)") == 6.0
    assert BY_KEY["pool_payable_months"].value({**figures, "handed_up_budget": None}, "月均预算支出(不含上解)") is None


@pytest.mark.parametrize(
    ("income", "spent", "balance"), [(282099.73, 224428.66, 57671.07), (104642, 103384, 1258), (100, 130, -30)]
)
def test_the_balance_of_the_year_is_income_less_expenditure(income, spent, balance):
    assert rounded(BY_KEY["current_balance"].value({"income_actual": income, "expenditure_actual": spent})) == balance


@pytest.mark.parametrize("missing", ["benefit_actual", "expenditure_actual"])
def test_a_blank_amount_gives_a_blank(missing):
    figures = {"benefit_actual": 92586.0, "expenditure_actual": 103384.0}
    assert BY_KEY["benefit_share"].value({**figures, missing: None}) is None
    assert BY_KEY["benefit_share"].value({key: value for key, value in figures.items() if key != missing}) is None


def test_zero_is_a_value_as_part_and_no_denominator():
    share = BY_KEY["other_share"]
    assert share.value({"other_actual": 0, "expenditure_actual": 103384}) == 0.0
    assert share.value({"other_actual": 0, "expenditure_actual": 0}) is None


def test_an_unknown_choice_counts_as_the_first():
    months = BY_KEY["payable_months"]
    assert months.variant("没有这一项") is months.variants[0]
    assert months.variant("自填月均支出") is months.variants[4]


def test_the_native_formula_is_the_same_quotient():
    cells = {amount.key: f"C{row}" for row, amount in enumerate(AMOUNTS, 5)}
    assert BY_KEY["premium_share"].variant().formula(cells) == 'IF(COUNT(C8,C6)=2,IF(C6=0,"",C8/C6),"")'
    assert BY_KEY["current_balance"].variant().formula(cells) == 'IF(COUNT(C6,C15)=2,(C6-C15),"")'
    assert BY_KEY["interest_yield"].variant().formula(cells) == 'IF(COUNT(C10,C23,C25)=3,IF(((C23+C25)/2)=0,"",C10/((C23+C25)/2)),"")'


def test_part_and_whole_stand_alone_too():
    monthly = (variable("budget") - variable("handed_up")) / 12.0
    assert amount_of(monthly, {"budget": 252.0, "handed_up": 12.0}) == 20.0
    assert amount_of(monthly, {"budget": 252.0, "handed_up": None}) is None
    assert amount_formula(monthly, {"budget": "C4", "handed_up": "C9"}) == 'IF(COUNT(C4,C9)=2,((C4-C9)/12),"")'


def test_every_amount_has_a_name_of_its_own_and_is_needed_or_explained():
    assert len(amounts_by_key()) == len(amounts_by_name()) == len(AMOUNTS)
    needed = {key for figure in FIGURES for key in figure.keys}
    assert needed <= set(amounts_by_key())


def test_every_variant_has_a_name_where_there_is_a_choice():
    for figure in FIGURES:
        names = [variant.name for variant in figure.variants]
        assert len(set(names)) == len(names)
        assert names == [""] or all(names)
        assert figure.unit in FORMATS


@pytest.mark.parametrize(
    ("indicator", "key"),
    [
        ("社会保险费收入占基金收入比重", "premium_share"),
        ("保费收入占基金收入比重", "premium_share"),
        ("社会保险待遇支出占基金支出比重", "benefit_share"),
        ("待遇支出占比", "benefit_share"),
        ("其他支出占基金支出比重", "other_share"),
        ("上解上级支出占基金支出的比重", "handed_up_share"),
        ("利息收益率", "interest_yield"),
        ("基金静态可支付月数", "payable_months"),
        ("统筹基金累计结余可支付月数", "pool_payable_months"),
        ("统筹基金累计结余可支撑月数", "pool_payable_months"),
        ("收入预算完成率", "income_completion"),
        ("基金支出 预算执行率", "expenditure_completion"),
        ("保险费收入预算完成率", "premium_completion"),
        ("待遇支出预算完成率", "benefit_completion"),
        ("综合参保率", "enrolment_rate"),
        ("基本医保参保率（常住人口）", "enrolment_rate"),
        ("参保任务完成率", "enrolment_task_rate"),
        ("缴费基数坐实率", "base_rate"),
        ("基金征缴率", "collection_rate"),
        ("城乡居民重复参保率", "repeat_rate"),
        ("基金当期结余", "current_balance"),
        ("当期结余率", "current_balance_rate"),
        ("统筹基金当期结余率", "pool_current_balance_rate"),
    ],
)
def test_an_indicator_is_known_by_its_words(indicator, key):
    assert figure_named(indicator).key == key


@pytest.mark.parametrize(
    "indicator",
    [
        "", "参保人员满意度", "社会保险费收入", "社会保险待遇支出", "待遇支付及时性", "财政补贴收入预算完成率", "低收入人口参保率",
        "保费收入增长率", "待遇支出占基金支出比重同比增幅", "其他支出占待遇支出比重", "重复参保治理完成率", "政策范围内住院费用报销比例",
        "个人账户支出占基金支出比重", "预算执行率", "大学生参保率",
    ],
)  # fmt: skip
def test_an_indicator_that_only_sounds_alike_is_left_alone(indicator):
    assert figure_named(indicator) is None


@pytest.mark.parametrize(
    ("value", "unit", "text", "verdict"),
    [
        (35407 / 104642, RATIO, "33.84%", True),
        (35407 / 104642, RATIO, "33.83%", True),        # truncated
        (35407 / 104642, RATIO, "33.85%", False),
        (85139 / 8478, MONTHS, "10个月", True),
        (85139 / 8478, MONTHS, "10", True),
        (85139 / 8478, MONTHS, "11个月", False),
        (35407, MONEY, "3.54亿元", True),
        (35407, MONEY, "35407万元", True),
        (35407, MONEY, "3.55亿元", False),
        (-0.02, RATIO, "-2%", True),
        (0.014, RATIO, "达成年度指标", None),
        (0.014, RATIO, "≥1%", None),
        (0.014, RATIO, "3个月", None),
        (0.014, RATIO, "", None),
    ],
)
def test_a_stated_value_agrees_within_its_printed_precision(value, unit, text, verdict):
    assert agrees(value, unit, read_text(text, role="actual")) is verdict


def test_a_variant_without_denominator_is_an_amount():
    assert Variant("", variable("a") - variable("b")).value({"a": 3.0, "b": 5.0}) == -2.0


def test_a_result_of_printed_amounts_is_a_range():
    share = BY_KEY["premium_share"].variant()
    printed_in_yi = {"premium_actual": Interval(35350, 35500), "income_actual": Interval(104550, 104700)}
    low, high = share.span(printed_in_yi)
    assert (percent(low), percent(high)) == ("33.76%", "33.96%")
    assert may_agree(Interval(low, high), RATIO, read_text("33.9%"))
    assert may_agree(Interval(low, high), RATIO, read_text("33.48%")) is False
    assert may_agree(Interval(low, high), RATIO, read_text("较高")) is None


def test_a_range_needs_every_amount_and_a_divisor_above_zero():
    share = BY_KEY["premium_share"].variant()
    assert share.span({"premium_actual": Interval(1, 2), "income_actual": None}) is None
    assert share.span({"premium_actual": Interval(1, 2), "income_actual": Interval(-1, 1)}) is None
    balance = BY_KEY["current_balance"].variant()
    assert balance.span({"income_actual": Interval(10, 11), "expenditure_actual": Interval(12, 13)}) == Interval(-3, -1)
