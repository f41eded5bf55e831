"""自带的评分办法 shanghai-2024, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import Ruleset, Sourced

RULESET = Ruleset(
    id="shanghai-2024",
    title="上海绩效自评 2024: 优、良、合格、不合格 (分数线待核)",
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
        "threshold.over_completion": (Sourced(1.3, (2020, 2, 25), None, "财预〔2020〕10号", "待核", "全国只要求分析原因, 没有比例; 地方系统有用 1.2 的, 有用 1.3 的, 取较宽的"),),
        "threshold.execution_floor": (Sourced(0.9, (2020, 2, 25), None, "四川省 510000_0013zp 表", "待核", "地方做法, 全国办法没有这个数; 起用日期未见, 按所附办法的日期"),),
        "grade.优": (Sourced(90.0, (2024, 1, 1), None, "待核: 上海普陀 2024 年度绩效自评", "待核", "分数线未见, 沿用全国的 90 分"),),
        "grade.良": (Sourced(80.0, (2024, 1, 1), None, "待核: 上海普陀 2024 年度绩效自评", "待核", "分数线未见, 沿用全国的 80 分"),),
        "grade.合格": (Sourced(60.0, (2024, 1, 1), None, "待核: 上海普陀 2024 年度绩效自评", "待核", "分数线未见, 沿用全国的 60 分"),),
        "grade.不合格": (Sourced(0.0, (2024, 1, 1), None, "待核: 上海普陀 2024 年度绩效自评", "待核", "分数线未见, 沿用全国的"),),
    },
    checks={},
    complete=True,
    based_on="mof-2020-10",
)
