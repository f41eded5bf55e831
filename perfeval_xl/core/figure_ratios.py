"""基础数据指标: the indicators of a fund that follow from its amounts, with the denominators in use."""

from __future__ import annotations

from perfeval_xl.core.expression import variable
from perfeval_xl.core.figure import MONEY, MONTHS, RATIO, Figure, Variant
from perfeval_xl.core.memory import lru_cache

_NATIONAL = "财社〔2022〕65号 (条款待核)"
_LOCAL = "公开自评报告中的做法 (条款待核)"
_GROWTH = ("增长", "增幅", "增速", "同比", "个人账户")
_PREMIUM = ("保费收入", "保险费收入", "征缴收入")
_OF_INCOME = ("占基金收入", "占总收入", "占收入", "占当期收入", "占比")
_OF_EXPENDITURE = ("占基金支出", "占总支出", "占支出", "占当期支出", "占比")
_OTHER_SUMS = ("补贴", "补助", "利息", "转移", "上解", "其他", "统筹基金", "待遇")
_GROUPS = ("困难", "低收入", "低保", "特困", "脱贫", "贫困", "残疾", "学生", "新生儿", "儿童", "老年", "灵活就业", "重点人群")
_COMPLETED = ("完成率", "执行率", "完成比例")


def _plain(part: str, whole: str) -> tuple[Variant, ...]:
    return (Variant("", variable(part), variable(whole)),)


def _months(pool: str) -> tuple[Variant, ...]:
    """The denominators of 可支付月数: monthly expenditure of budget or accounts, with or without what is handed up."""
    balance = variable(f"{pool}closing_balance")
    budget, actual = variable(f"{pool}expenditure_budget"), variable(f"{pool}expenditure_actual")
    return (
        Variant("月均预算支出", balance, budget / 12.0),
        Variant("月均决算支出", balance, actual / 12.0),
        Variant("月均预算支出(不含上解)", balance, (budget - variable("handed_up_budget")) / 12.0),
        Variant("月均决算支出(不含上解)", balance, (actual - variable("handed_up_actual")) / 12.0),
        Variant("自填月均支出", balance, variable(f"{pool}monthly_expenditure")),
    )


_MONTH_WORDS = (("月数",), ("支付", "可支撑", "可支", "结余"))

FIGURES = (
    Figure("income_completion", "收入预算完成率", RATIO, (("收入",), ("预算",), _COMPLETED), (*_PREMIUM, *_OTHER_SUMS, *_GROWTH),
           _plain("income_actual", "income_budget"), _NATIONAL),
    Figure("premium_completion", "保费收入预算完成率", RATIO, (_PREMIUM, ("预算",), _COMPLETED), _GROWTH,
           _plain("premium_actual", "premium_budget"), _NATIONAL),
    Figure("expenditure_completion", "支出预算完成率", RATIO, (("支出",), ("预算",), _COMPLETED), (*_OTHER_SUMS, *_GROWTH),
           _plain("expenditure_actual", "expenditure_budget"), _NATIONAL),
    Figure("benefit_completion", "待遇支出预算完成率", RATIO, (("待遇支出",), ("预算",), _COMPLETED), _GROWTH,
           _plain("benefit_actual", "benefit_budget"), _NATIONAL),
    Figure("premium_share", "保费收入占基金收入比重", RATIO, (_PREMIUM, _OF_INCOME), _GROWTH,
           _plain("premium_actual", "income_actual"), _NATIONAL),
    Figure("benefit_share", "待遇支出占基金支出比重", RATIO, (("待遇支出", "待遇性支出"), _OF_EXPENDITURE), _GROWTH,
           _plain("benefit_actual", "expenditure_actual"), _NATIONAL),
    Figure("other_share", "其他支出占基金支出比重", RATIO, (("其他支出",), _OF_EXPENDITURE), _GROWTH,
           _plain("other_actual", "expenditure_actual"), _NATIONAL),
    Figure("handed_up_share", "上解支出占基金支出比重", RATIO, (("上解",), _OF_EXPENDITURE), _GROWTH,
           _plain("handed_up_actual", "expenditure_actual"), _LOCAL),
    Figure("interest_yield", "利息收益率", RATIO, (("利息收益率", "利息收入率", "存款收益率", "基金收益率"),), _GROWTH,
           (Variant("年初年末平均结余", variable("interest_actual"), (variable("opening_balance") + variable("closing_balance")) / 2.0),
            Variant("年末累计结余", variable("interest_actual"), variable("closing_balance"))), "待核", "分母的口径未见规定"),
    Figure("deposit_share", "定期存款占累计结余比重", RATIO, (("定期存款",), ("占",)), _GROWTH,
           _plain("time_deposit", "closing_balance"), _LOCAL),
    Figure("payable_months", "基金静态可支付月数", MONTHS, _MONTH_WORDS, ("统筹", *_GROWTH), _months(""), "待核",
           "月均支出按预算还是决算、是否含上解调剂金, 各地不同"),
    Figure("pool_payable_months", "统筹基金可支付月数", MONTHS, (*_MONTH_WORDS, ("统筹",)), _GROWTH, _months("pool_"), "待核",
           "月均支出按预算还是决算、是否含上解调剂金, 各地不同"),
    Figure("current_balance", "当期结余", MONEY, (("当期结余", "当年结余", "本年结余"),), ("率", "统筹", *_GROWTH),
           (Variant("", variable("income_actual") - variable("expenditure_actual")),), _NATIONAL),
    Figure("pool_current_balance", "统筹基金当期结余", MONEY, (("当期结余", "当年结余", "本年结余"), ("统筹",)), ("率", *_GROWTH),
           (Variant("", variable("pool_income_actual") - variable("pool_expenditure_actual")),), _LOCAL),
    Figure("current_balance_rate", "当期结余率", RATIO, (("当期结余率", "当年结余率", "本年结余率"),), ("统筹", *_GROWTH),
           (Variant("基金收入", variable("income_actual") - variable("expenditure_actual"), variable("income_actual")),
            Variant("统筹基金收入", variable("pool_current_balance"), variable("pool_income_actual"))), _LOCAL),
    Figure("pool_current_balance_rate", "统筹基金当期结余率", RATIO, (("当期结余率", "当年结余率", "本年结余率"), ("统筹",)), _GROWTH,
           _plain("pool_current_balance", "pool_income_actual"), _LOCAL),
    Figure("enrolment_rate", "参保率", RATIO, (("参保率",),), ("重复", "任务", "目标", *_GROUPS, *_GROWTH),
           (Variant("参保总人数÷常住人口", variable("insured_all"), variable("residents")),
            Variant("参保总人数÷户籍人口", variable("insured_all"), variable("registered")),
            Variant("参保人数÷应参保人数", variable("insured"), variable("obliged")),
            Variant("参保人数÷常住人口", variable("insured"), variable("residents"))), "待核", "分母用常住人口还是户籍人口, 各地不同"),
    Figure("enrolment_task_rate", "参保任务完成率", RATIO, (("参保",), ("任务", "目标", "计划"), _COMPLETED), ("重复", *_GROWTH),
           (Variant("参保总人数÷任务数", variable("insured_all"), variable("enrolment_task")),
            Variant("参保人数÷任务数", variable("insured"), variable("enrolment_task"))), _LOCAL),
    Figure("base_rate", "缴费基数坐实率", RATIO, (("缴费基数",), ("坐实率", "坐实", "夯实率")), _GROWTH,
           _plain("contribution_base", "social_wage"), _LOCAL),
    Figure("collection_rate", "基金征缴率", RATIO, (("征缴率", "征收率", "收缴率"),), _GROWTH, _plain("collected", "due"), _LOCAL),
    Figure("repeat_rate", "重复参保率", RATIO, (("重复参保",), ("率",)), (*_GROWTH, "治理", "清理", "下降", "处理"),
           (Variant("", variable("repeated"), variable("insured") * 10000.0),), _LOCAL),
)  # fmt: skip


@lru_cache(256)
def figure_named(indicator: str) -> Figure | None:
    """由基础数据计算的指标 that an indicator's name means; None for any other.

    >>> [figure.key if figure else None for figure in map(figure_named, ("社会保险费收入占基金收入比重", "利息收益率", "参保人员满意度"))]
    ['premium_share', 'interest_yield', None]
    """
    found = [figure for figure in FIGURES if figure.is_named(indicator)]
    return found[0] if len(found) == 1 else None
