"""自带的评分办法 sichuan-department-2023, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import Ruleset, Sourced

RULESET = Ruleset(
    id="sichuan-department-2023",
    title="四川部门整体支出绩效自评 2023 (分值和条款待核)",
    kinds=("department",),
    items={
        "weight.execution": (Sourced(0.0, (2023, 1, 1), None, "待核: 四川部门整体支出自评表", "待核", "执行进度、预算完成是指标, 没有单列的执行率分值"),),
        "weight.output": (Sourced(0.0, (2023, 1, 1), None, "待核: 四川部门整体支出自评表", "待核", "表中没有这一类"),),
        "weight.benefit": (Sourced(0.0, (2023, 1, 1), None, "待核: 四川部门整体支出自评表", "待核", "表中没有这一类"),),
        "weight.satisfaction": (Sourced(0.0, (2023, 1, 1), None, "待核: 四川部门整体支出自评表", "待核", "表中没有这一类"),),
        "rule.default": (Sourced("proportional", (2020, 2, 25), None, "财预〔2020〕10号", "待核", "完成得满分, 未完成按完成比例; 越低越好的指标全国没有算式, 按超出比例扣减是系统里的做法"),),
        "rule.execution": (Sourced("execution", (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.优": (Sourced(90.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.良": (Sourced(80.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.中": (Sourced(60.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.差": (Sourced(0.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.met": (Sourced(0.8, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.partial": (Sourced(0.6, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "threshold.over_completion": (Sourced(1.3, (2023, 1, 1), None, "待核: 四川部门整体支出自评表", "待核", "目标实现一项: 数量指标超过指标值 30% 以上的不算实现; 2020 年度表的说明, 2023 年度是否照旧未见"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
    },
    checks={},
    complete=False,
    based_on="mof-2020-10",
)
