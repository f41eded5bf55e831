"""自带的评分办法 hubei-20-80, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import Ruleset, Sourced

RULESET = Ruleset(
    id="hubei-20-80",
    title="湖北绩效自评: 预算执行率 20 分, 指标 80 分 (条款待核)",
    kinds=("project", "department", "transfer"),
    items={
        "weight.execution": (Sourced(20.0, (2020, 2, 25), None, "待核: 湖北填报系统的执行率得分", "待核", "起用日期未见, 按所附办法的日期"),),
        "weight.output": (Sourced(0.0, (2020, 2, 25), None, "待核: 湖北填报系统的执行率得分", "待核", "分值未见, 写 0 表示不按类核对分值"),),
        "weight.benefit": (Sourced(0.0, (2020, 2, 25), None, "待核: 湖北填报系统的执行率得分", "待核", "分值未见"),),
        "weight.satisfaction": (Sourced(0.0, (2020, 2, 25), None, "待核: 湖北填报系统的执行率得分", "待核", "分值未见"),),
        "rule.default": (Sourced("proportional", (2020, 2, 25), None, "财预〔2020〕10号", "待核", "完成得满分, 未完成按完成比例; 越低越好的指标全国没有算式, 按超出比例扣减是系统里的做法"),),
        "rule.execution": (Sourced("execution", (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.优": (Sourced(90.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.良": (Sourced(80.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.中": (Sourced(60.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.差": (Sourced(0.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.met": (Sourced(0.8, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.partial": (Sourced(0.6, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "threshold.over_completion": (Sourced(1.3, (2020, 2, 25), None, "财预〔2020〕10号", "待核", "全国只要求分析原因, 没有比例; 地方系统有用 1.2 的, 有用 1.3 的, 取较宽的"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
        "rate_digits": (Sourced(4.0, (2020, 2, 25), None, "待核: 湖北填报系统的执行率得分", "待核", "填报系统把执行率保留到万分之一再记分; 起用日期未见"),),
    },
    checks={},
    complete=False,
    based_on="mof-2020-10",
)
