"""名称: every Chinese label of a field, written once."""

KINDS = {"fund": "社会保险基金", "transfer": "转移支付", "department": "部门整体支出", "project": "项目支出"}
LEVELS = {"error": "错误", "explain": "核实", "hint": "提示"}
MARKS = {"error": "✗", "explain": "▲", "hint": "●"}
CLASSES = {
    "execution": "预算执行率",
    "decision": "决策指标",
    "process": "过程指标",
    "cost": "成本指标",
    "output": "产出指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
}
FUND_FIELDS = {
    "initial_budget": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "written_rate": "执行率",
    "weight": "分值",
    "written_score": "得分",
}
INDICATOR_FIELDS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "全年完成值",
    "weight": "分值",
    "written_score": "得分",
    "reason": "未完成原因和改进措施",
    "evidence": "评分依据",
}
