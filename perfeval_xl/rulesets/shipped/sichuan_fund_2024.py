"""自带的评分办法 sichuan-fund-2024, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

RULESET = Ruleset(
    id="sichuan-fund-2024",
    title="四川社会保险基金预算绩效自评 2024 (每差一个百分点扣 0.5 分为推断, 待核)",
    kinds=("fund",),
    items={
        "weight.decision": (Sourced(0.0, (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "分值未见, 写 0 表示不按类核对分值"),),
        "weight.process": (Sourced(0.0, (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "分值未见"),),
        "weight.output": (Sourced(0.0, (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "分值未见"),),
        "weight.benefit": (Sourced(0.0, (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "分值未见"),),
        "weight.satisfaction": (Sourced(0.0, (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "分值未见"),),
        "rule.default": (Sourced("step_deduction(points=0.5, per=1, unit=pp, step=started)", (2024, 1, 1), None, "待核: 四川 2024 年度职工医保基金自评报告", "待核", "推断, 待核: 差 5.74 个百分点扣 3 分合 6 步各 0.5 分; 另一处差 0.43 个百分点扣 0.6 分、一处差 0.27 个百分点扣 5 分不合此步长"),),
        "grade.优": (Sourced(90.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "基金办法的等级条款未见, 沿用"),),
        "grade.良": (Sourced(80.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "grade.中": (Sourced(60.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "grade.差": (Sourced(0.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "band.met": (Sourced(0.8, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "band.partial": (Sourced(0.6, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "threshold.over_completion": (Sourced(1.3, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "没有全国比例, 取地方系统中较宽的; 该表完成 124% 未扣分"),),
    },
    checks={"B10": CheckSetting("hint", "基金办法里没有见到超额完成扣分的条款 (待核)"), "E02": CheckSetting("hint", "与 B10 同一原因: 基金办法里没有见到超额完成须说明的条款 (待核)")},
    complete=False,
    based_on="fund-2022-65",
)
