"""自带的评分办法 anhui-2024, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

RULESET = Ruleset(
    id="anhui-2024",
    title="安徽部门整体支出和项目支出绩效自评 2024 (条款待核)",
    kinds=("department", "project"),
    items={
        "weight.execution": (Sourced(10.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.output": (Sourced(50.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.benefit": (Sourced(30.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.satisfaction": (Sourced(10.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "rule.default": (Sourced("proportional", (2020, 2, 25), None, "财预〔2020〕10号", "待核", "完成得满分, 未完成按完成比例; 越低越好的指标全国没有算式, 按超出比例扣减是系统里的做法"),),
        "rule.execution": (Sourced("execution", (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.优": (Sourced(90.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.良": (Sourced(80.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.中": (Sourced(60.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.差": (Sourced(0.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.met": (Sourced(0.8, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.partial": (Sourced(0.6, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "threshold.over_completion": (Sourced(1.2, (2024, 1, 1), None, "待核: 安徽 2024 年度自评表和填报系统", "待核", "填报系统的缺省值: 达到 120% 标红, 得分可以改低; 安徽是否另有规定未见"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
        "rate_digits": (Sourced(4.0, (2024, 1, 1), None, "待核: 安徽 2024 年度自评表和填报系统", "待核", "填报系统把执行率保留到万分之一 (百分数两位) 再记分"),),
    },
    checks={"B10": CheckSetting("hint", "填报系统只标红, 没有见到必须说明的规定 (待核)"), "E02": CheckSetting("hint", "与 B10 同一原因: 填报系统只标红 (待核)")},
    complete=True,
    based_on="mof-2020-10",
)
