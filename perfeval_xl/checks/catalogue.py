"""审核规则目录: the ordered list of every check; what is not here is not looked for."""

from __future__ import annotations

from perfeval_xl.checks import (
    budget,
    completeness,
    credibility,
    deductions,
    insurance,
    lengths,
    money,
    reasons,
    repetition,
    score_rates,
    scores,
    signatures,
    spelling,
    storage,
    sufficiency,
    totals,
    values,
    weights,
    wording,
    years,
)
from perfeval_xl.checks.check import Check, CrossCheck, Mismatch
from perfeval_xl.core.assessment import Assessment
from perfeval_xl.core.finding import ERROR, EXPLAIN, HINT

CHECKS = (
    Check("A01", "表头信息完整", ERROR, "heading", completeness.heading_filled),
    Check("A02", "指标各栏填写完整", ERROR, "row", completeness.rows_filled),
    Check("A03", "没有遗留的占位文字", ERROR, "row", completeness.no_placeholder),
    Check("A04", "一级指标齐全", ERROR, "weight.output", completeness.classes_present),
    Check("A05", "各类指标数量足够", EXPLAIN, "minimum.output", sufficiency.indicators_enough),
    Check("A06", "评分依据填写完整", EXPLAIN, "row", sufficiency.scores_evidenced),
    Check("A07", "文字不超过字数", EXPLAIN, "row", lengths.within_limits),
    Check("A08", "签字和日期齐全", EXPLAIN, "heading", signatures.signed),
    Check("A09", "年度前后一致", EXPLAIN, "heading", years.years_agree),
    Check("A13", "指标不重复", EXPLAIN, "row", repetition.not_repeated),
    Check("B01", "分值合计为 100", ERROR, "weight.output", weights.weights_sum),
    Check("B02", "分组分值合计与标明的一致", ERROR, "weight.output", weights.groups_sum),
    Check("B03", "一级指标分值符合办法", EXPLAIN, "weight.output", weights.classes_weighed),
    Check("B04", "得分不超过分值", ERROR, "rule.default", scores.scores_within_weight),
    Check("B05", "分值大于 0", EXPLAIN, "weight.output", weights.weights_positive),
    Check("B06", "总分等于得分合计", ERROR, "rule.default", totals.total_is_sum),
    Check("B07", "得分符合评分规则", EXPLAIN, "rule.default", scores.score_follows_rule),
    Check("B08", "未达标不得满分", ERROR, "rule.default", scores.no_full_marks_when_missed),
    Check("B09", "达标扣分须说明", EXPLAIN, "rule.default", scores.no_silent_deduction),
    Check("B10", "大幅超额须分析原因", EXPLAIN, "threshold.over_completion", scores.over_completion_explained),
    Check("B11", "定性得分在所选档次内", ERROR, "band.met", scores.score_in_band),
    Check("B12", "满分有依据", HINT, "rule.default", scores.not_all_full),
    Check("B13", "等级与总分相符", ERROR, "grade.优", scores.grade_fits_total),
    Check("B14", "得分率等于得分除以分值", EXPLAIN, "rule.default", score_rates.rate_is_share),
    Check("B16", "得分加扣分等于分值", ERROR, "rule.default", deductions.deductions_add_up),
    Check("B17", "得分最多两位小数", HINT, "rule.default", scores.few_decimals),
    Check("C01", "资金合计等于分项之和", ERROR, "rule.execution", money.totals_are_sums),
    Check("C02", "执行率等于执行数除以预算数", ERROR, "rule.execution", money.rate_is_quotient),
    Check("C03", "执行数不超过预算数", ERROR, "rule.execution", money.not_overspent),
    Check("C04", "预算数不为 0", EXPLAIN, "rule.execution", money.budget_not_zero),
    Check("C05", "执行率按调整后预算计算", EXPLAIN, "rule.execution", money.rate_uses_adjusted_budget),
    Check("C06", "执行率得分符合公式", ERROR, "rule.execution", money.execution_score_follows),
    Check("C07", "执行率偏低须说明", ERROR, "threshold.execution_floor", money.low_execution_explained),
    Check("C08", "预算调整须说明", EXPLAIN, "row", budget.adjustment_explained),
    Check("C09", "成本指标与预算相符", EXPLAIN, "row", budget.cost_within_budget),
    Check("C10", "结余等于预算减执行", ERROR, "rule.execution", money.balance_follows),
    Check("C11", "当期结余等于收入减支出", ERROR, "rule.default", insurance.balance_is_difference),
    Check("C12", "支出构成合计 100%", EXPLAIN, "rule.default", insurance.shares_add_up),
    Check("C13", "占比与本表金额一致", EXPLAIN, "rule.default", insurance.shares_share_their_base),
    Check("C14", "资金来源合计等于使用合计", ERROR, "row", money.sources_equal_uses),
    Check("C15", "与决算数一致", ERROR, "row", insurance.accounts_agree),
    Check("C16", "年底下达的资金当年花完", HINT, "row", budget.december_money_asked),
    Check("D01", "计量单位一致", ERROR, "rule.default", values.same_dimension),
    Check("D02", "计量单位齐全", EXPLAIN, "rule.default", values.unit_stated),
    Check("D03", "值里的单位与度量单位栏一致", ERROR, "row", values.unit_fits_column),
    Check("D04", "定量指标填数值", ERROR, "rule.default", values.numbers_where_due),
    Check("D05", "指标值写明符号", HINT, "rule.default", values.sign_stated),
    Check("D06", "指标方向合理", EXPLAIN, "rule.default", values.direction_plausible),
    Check("D07", "比例不超过 100%", EXPLAIN, "rule.default", values.share_at_most_whole),
    Check("D08", "百分点与百分比不混用", EXPLAIN, "rule.default", values.points_or_percent),
    Check("D09", "金额单位与数量级相符", EXPLAIN, "rule.default", insurance.unit_fits_amounts),
    Check("D10", "显示精度不掩盖差距", HINT, "row", storage.display_hides_shortfall),
    Check("D11", "指标值可衡量", EXPLAIN, "row", wording.target_is_measurable),
    Check("D12", "区间不用「-」连接", HINT, "row", spelling.range_sign),
    Check("D13", "没有认错的字符", HINT, "row", spelling.misread_characters),
    Check("D14", "完成值是实际数", EXPLAIN, "rule.default", values.actual_is_measured),
    Check("D15", "一项指标一个目标", HINT, "row", spelling.one_threshold),
    Check("D16", "比较基准写明数值", EXPLAIN, "row", wording.benchmark_has_value),
    Check("D17", "单元格存的与填的一致", EXPLAIN, "row", storage.stored_as_meant),
    Check("E01", "未完成须写原因", ERROR, "rule.default", reasons.shortfall_explained),
    Check("E02", "大幅超额须写原因", EXPLAIN, "threshold.over_completion", reasons.excess_explained),
    Check("E03", "原因不是空话", EXPLAIN, "text.reason_min", reasons.reason_says_something),
    Check("E04", "原因之外写改进措施", HINT, "row", reasons.measure_stated),
    Check("E05", "原因与数值方向一致", EXPLAIN, "rule.default", reasons.words_fit_numbers),
    Check("E06", "原因里的数量与差额相符", HINT, "row", reasons.amounts_fit_gap),
    Check("F01", "满意度满分有调查依据", EXPLAIN, "rule.default", credibility.perfect_satisfaction_proved),
    Check("F02", "满意度是实际数", EXPLAIN, "rule.default", credibility.satisfaction_is_a_number),
    Check("F03", "完成值不是照抄指标值", HINT, "row", credibility.results_are_measured),
    Check("F04", "完成值写明数值", EXPLAIN, "row", credibility.result_is_stated),
    Check("F06", "产出与支出相称", EXPLAIN, "row", credibility.output_fits_spending),
    Check("F07", "指标覆盖年度目标", HINT, "row", credibility.goal_is_covered),
)

# Looked for where a workbook holds several tables, and with --goals only.
WORKBOOK_CHECKS = (CrossCheck("F05", "各表自评得分有区别", HINT, "审核惯例", "一个文件里有三张以上自评表时"),)
GOAL_CHECKS = (
    CrossCheck("G01", "指标与批复一致", EXPLAIN, "批复的绩效目标表", "check --goals 时"),
    CrossCheck("G02", "指标值与批复一致", EXPLAIN, "批复的绩效目标表", "check --goals 时"),
    CrossCheck("G03", "分值与批复一致", EXPLAIN, "批复的绩效目标表", "check --goals 时"),
)

BY_ID = {check.id: check for check in CHECKS}
OFF = "off"
Found = tuple[str, Mismatch]


def mismatches(assessment: Assessment) -> list[Found]:
    """逐条审核: all that the checks find which the ruleset leaves on, each with the id of its check, causes unsorted."""
    off = {check for check, setting in assessment.rules.ruleset.checks.items() if setting.level == OFF}
    return [(check.id, mismatch) for check in CHECKS if check.id not in off for mismatch in check.find(assessment)]


def found_by(check: Check, assessment: Assessment) -> list[Found]:
    """一条审核规则的发现; nothing where the ruleset turns it off."""
    if assessment.rules.level(check.id, check.level) == OFF:
        return []
    return [(check.id, mismatch) for mismatch in check.find(assessment)]
