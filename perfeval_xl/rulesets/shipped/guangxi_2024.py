"""自带的评分办法 guangxi-2024, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

RULESET = Ruleset(
    id="guangxi-2024",
    title="广西绩效自评 2024 (条款待核)",
    kinds=("project", "department", "transfer"),
    items={
        "weight.execution": (Sourced(10.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.output": (Sourced(50.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.benefit": (Sourced(30.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "weight.satisfaction": (Sourced(10.0, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "rule.default": (Sourced("proportional", (2020, 2, 25), None, "财预〔2020〕10号", "待核", "完成得满分, 未完成按完成比例; 越低越好的指标全国没有算式, 按超出比例扣减是系统里的做法"),),
        "rule.execution": (Sourced("execution", (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.met": (Sourced(0.8, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "band.partial": (Sourced(0.6, (2020, 2, 25), None, "财预〔2020〕10号", "待核", ""),),
        "threshold.over_completion": (Sourced(1.3, (2024, 1, 1), None, "待核: 广西填报系统的超额完成规定", "待核", "所有定量指标, 达到 130% 必须写原因; 起用日期未见"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
        "grade.一等": (Sourced(90.0, (2024, 1, 1), None, "待核: 梧州 2024 年度自评结果", "待核", "分数线未见, 沿用全国的 90 分"),),
        "grade.二等": (Sourced(80.0, (2024, 1, 1), None, "待核: 梧州 2024 年度自评结果", "待核", "分数线未见, 沿用全国的 80 分"),),
        "grade.三等": (Sourced(60.0, (2024, 1, 1), None, "待核: 梧州 2024 年度自评结果", "待核", "分数线未见, 沿用全国的 60 分"),),
        "grade.四等": (Sourced(0.0, (2024, 1, 1), None, "待核: 梧州 2024 年度自评结果", "待核", "分数线未见, 沿用全国的"),),
    },
    checks={"B10": CheckSetting("error", "填报系统里达到指标值 130% 而不写原因不能保存 (待核)"), "E02": CheckSetting("error", "与 B10 同一规定, 用于没有得分栏的表 (待核)")},
    complete=True,
    based_on="mof-2020-10",
)
