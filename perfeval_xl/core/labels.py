"""名称: every Chinese label of a field, written once."""

KINDS = {"fund": "社会保险基金", "transfer": "转移支付", "department": "部门整体支出", "project": "项目支出"}
LEVELS = {"error": "错误", "explain": "核实", "hint": "提示"}
MARKS = {"error": "✗", "explain": "▲", "hint": "●"}
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "within": "区间内"}
RULES = {
    "proportional": "按完成比例",
    "pass_fail": "达标满分, 不达标 0 分",
    "step_deduction": "每差一步扣若干分",
    "interval": "区间内满分, 区间外按比例",
    "bands": "按完成率分档",
    "linear_excess": "越低越好, 超出部分按比例扣",
    "reciprocal": "越低越好, 按 指标值÷完成值",
    "qualitative": "定性, 三档人工评分",
    "execution": "按执行率",
    "manual": "人工评分并写明依据",
}
CLASSES = {
    "execution": "预算执行率",
    "decision": "决策指标",
    "process": "过程指标",
    "cost": "成本指标",
    "output": "产出指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
