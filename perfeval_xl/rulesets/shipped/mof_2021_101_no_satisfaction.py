"""自带的评分办法 mof-2021-101-no-satisfaction, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import Ruleset, Sourced

RULESET = Ruleset(
    id="mof-2021-101-no-satisfaction",
    title="中央部门项目支出取值指引（试行）: 不设满意度指标",
    kinds=("project",),
    items={
        "weight.execution": (Sourced(10.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.output": (Sourced(40.0, (2021, 8, 18), None, "财预〔2021〕101号", "待核", ""),),
        "weight.benefit": (Sourced(30.0, (2021, 8, 18), None, "财预〔2021〕101号", "待核", "并入满意度的 10 分, 未见原文"),),
        "weight.satisfaction": (Sourced(0.0, (2021, 8, 18), None, "财预〔2021〕101号", "待核", "不设满意度指标"),),
        "rule.default": (Sourced("proportional", (2020, 2, 25), None, "财预〔2020〕10号", "待核", "完成得满分, 未完成按完成比例; 越低越好的指标全国没有算式, 按超出比例扣减是系统里的做法"),),
        "rule.execution": (Sourced("bands(100:1, 80:0.7, 60:0.5)", (2021, 8, 18), None, "财预〔2021〕101号", "待核", "这几档见于地方系统, 是否出自本指引待核"),),
        "grade.优": (Sourced(90.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.良": (Sourced(80.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.中": (Sourced(60.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "grade.差": (Sourced(0.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.met": (Sourced(0.8, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.partial": (Sourced(0.6, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "threshold.over_completion": (Sourced(1.3, (2020, 2, 25), None, "财预〔2020〕10号", "待核", "全国只要求分析原因, 没有比例; 地方系统有用 1.2 的, 有用 1.3 的, 取较宽的"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
        "weight.cost": (Sourced(20.0, (2021, 8, 18), None, "财预〔2021〕101号", "待核", ""),),
    },
    checks={},
    complete=True,
    based_on="mof-2021-101",
)
