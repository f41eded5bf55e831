"""自带的评分办法 fund-2022-65, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

RULESET = Ruleset(
    id="fund-2022-65",
    title="社会保险基金预算绩效管理办法",
    kinds=("fund",),
    items={
        "weight.decision": (Sourced(10.0, (2023, 1, 1), None, "财社〔2022〕65号", "待核", ""),),
        "weight.process": (Sourced(20.0, (2023, 1, 1), None, "财社〔2022〕65号", "待核", ""),),
        "weight.output": (Sourced(30.0, (2023, 1, 1), None, "财社〔2022〕65号", "待核", ""),),
        "weight.benefit": (Sourced(30.0, (2023, 1, 1), None, "财社〔2022〕65号", "待核", ""),),
        "weight.satisfaction": (Sourced(10.0, (2023, 1, 1), None, "财社〔2022〕65号", "待核", ""),),
        "rule.default": (Sourced("pass_fail", (2023, 1, 1), None, "财社〔2022〕65号", "待核", "该表未完成即不得分: 0.11% 对 =0% 得 0"),),
        "grade.优": (Sourced(90.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "基金办法的等级条款未见, 沿用"),),
        "grade.良": (Sourced(80.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "grade.中": (Sourced(60.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "grade.差": (Sourced(0.0, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "band.met": (Sourced(0.8, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "band.partial": (Sourced(0.6, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "沿用"),),
        "threshold.over_completion": (Sourced(1.3, (2023, 1, 1), None, "财预〔2020〕10号", "待核", "没有全国比例, 取地方系统中较宽的; 该表完成 124% 未扣分"),),
    },
    checks={"B10": CheckSetting("hint", "基金办法里没有见到超额完成扣分的条款 (待核)"), "E02": CheckSetting("hint", "与 B10 同一原因: 基金办法里没有见到超额完成须说明的条款 (待核)")},
    complete=True,
    based_on="",
)
