"""基础数据项: every amount that 基础数据 asks for, in the order of the sheet."""

from __future__ import annotations

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.table import ABSENT, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDGET, ACTUAL = "预算", "决算"
MONEY_UNIT = "万元"     # the unit of every amount of money on 基础数据


class Amount(Record):
    """一项基础数据: ``key`` in code, ``name`` as on the sheet, ``basis`` 预算 or 决算, "" for a stock or a count."""

    key: str
    name: str
    unit: str = MONEY_UNIT
    basis: str = ""
    note: str = ""


AMOUNTS = (
    Amount("income_budget", "基金收入预算", basis=BUDGET, note="调整后的全年预算"),
    Amount("income_actual", "基金收入决算", basis=ACTUAL),
    Amount("premium_budget", "保险费收入预算", basis=BUDGET),
    Amount("premium_actual", "保险费收入决算", basis=ACTUAL),
    Amount("subsidy_actual", "财政补贴收入决算", basis=ACTUAL),
    Amount("interest_actual", "利息收入决算", basis=ACTUAL),
    Amount("granted_actual", "上级补助收入决算", basis=ACTUAL),
    Amount("received_actual", "下级上解收入决算", basis=ACTUAL),
    Amount("moved_in_actual", "转移收入决算", basis=ACTUAL),
    Amount("expenditure_budget", "基金支出预算", basis=BUDGET, note="调整后的全年预算"),
    Amount("expenditure_actual", "基金支出决算", basis=ACTUAL),
    Amount("benefit_budget", "待遇支出预算", basis=BUDGET),
    Amount("benefit_actual", "待遇支出决算", basis=ACTUAL),
    Amount("other_actual", "其他支出决算", basis=ACTUAL),
    Amount("handed_up_budget", "上解上级支出预算", basis=BUDGET, note="省级统筹调剂金"),
    Amount("handed_up_actual", "上解上级支出决算", basis=ACTUAL, note="省级统筹调剂金"),
    Amount("granted_down_actual", "补助下级支出决算", basis=ACTUAL),
    Amount("moved_out_actual", "转移支出决算", basis=ACTUAL),
    Amount("opening_balance", "年初累计结余"),
    Amount("current_balance", "当期结余", basis=ACTUAL, note="决算报表所列, 应等于收入减支出"),
    Amount("closing_balance", "年末累计结余"),
    Amount("time_deposit", "定期存款余额"),
    Amount("monthly_expenditure", "月均支出", note="不按预算或决算除以 12 时填写"),
    Amount("pool_income_actual", "统筹基金收入决算", basis=ACTUAL),
    Amount("pool_expenditure_budget", "统筹基金支出预算", basis=BUDGET),
    Amount("pool_expenditure_actual", "统筹基金支出决算", basis=ACTUAL),
    Amount("pool_current_balance", "统筹基金当期结余", basis=ACTUAL),
    Amount("pool_closing_balance", "统筹基金年末累计结余"),
    Amount("pool_monthly_expenditure", "统筹基金月均支出", note="不按预算或决算除以 12 时填写"),
    Amount("insured", "参保人数", "万人", note="本险种"),
    Amount("insured_all", "基本医疗保险参保总人数", "万人", note="职工和居民合计"),
    Amount("residents", "常住人口", "万人"),
    Amount("registered", "户籍人口", "万人"),
    Amount("obliged", "应参保人数", "万人"),
    Amount("enrolment_task", "参保任务数", "万人", note="上级下达"),
    Amount("repeated", "重复参保人数", "人"),
    Amount("contribution_base", "单位平均缴费基数", "元"),
    Amount("social_wage", "上年度社会平均工资", "元"),
    Amount("due", "应征缴收入", basis=ACTUAL),
    Amount("collected", "实际征缴收入", basis=ACTUAL),
)  # fmt: skip


@cache
def amounts_by_name() -> dict[str, Amount]:
    """Every amount by its name on the sheet."""
    return {amount.name: amount for amount in AMOUNTS}


@cache
def amounts_by_key() -> dict[str, Amount]:
    """Every amount by its key."""
    return {amount.key: amount for amount in AMOUNTS}


def filled_amounts(figures: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """填了的基础数据 by key, from what stands on the sheet by name; ABSENT for an amount it does not have."""
    by_name = dict(figures)
    return {key: by_name.get(amount.name, ABSENT) for key, amount in amounts_by_key().items()}
