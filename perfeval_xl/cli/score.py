"""命令 score: rates, deviations, scores, total and grade, without Excel."""

from __future__ import annotations

from perfeval_xl.cli.document import print_json, score_document
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.labels import KINDS
from perfeval_xl.core.number import percent, plain
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.examination import examined

if TYPE_CHECKING:
    from perfeval_xl.core.assessment import Assessment, IndicatorResult

HELP = """
用法: perfeval-xl score 文件 [--ruleset 编号] [--json]

不用 Excel 计算自评表: 执行率、完成率、偏差、各项得分、总分和等级。

例: perfeval-xl score 自评表.xlsx
"""


def run(words: list[str]) -> int:
    """Always 0 once the file could be read."""
    options = options_of(words, HELP, ("ruleset=", "json"), least=1, most=1)
    if options is None:
        return 0
    result = examined(options.words[0], options.text("ruleset"))
    if options.has("json"):
        print_json(score_document(result))
    else:
        print("\n\n".join(score_text(assessment) for assessment in result.assessments))
    return 0


def score_text(assessment: Assessment) -> str:
    """The whole computation of one table as a person reads it."""
    table = assessment.table
    lines = [f"{table.sheet} · {KINDS[table.kind]} · 评分办法 {assessment.rules.ruleset.id}"]
    rated = [fund for fund in assessment.funds if fund.execution_rate is not None]
    lines += [f"  {fund.fund.label.text} 执行率 {percent(fund.execution_rate or 0.0)}" for fund in rated]
    lines += [_row(result) for result in assessment.indicators]
    total = assessment.computed_total
    lines.append("总分 " + ("还不能计算, 有指标没有得分" if total is None else f"{plain(total)} {assessment.grade}"))
    return "\n".join(lines)


def _row(result: IndicatorResult) -> str:
    parts = [f"  {result.indicator.name}:"]
    if result.completion_rate is not None:
        parts.append(f"完成率 {percent(result.completion_rate)}")
    if result.deviation_points is not None:
        parts.append(f"偏差 {plain(result.deviation_points, 4)} 个百分点")
    elif result.deviation_rate is not None:
        parts.append(f"偏差率 {percent(result.deviation_rate)}")
    score, weight = result.computed_score, result.indicator.weight.number
    parts.append("得分 " + ("—" if score is None else plain(score)) + (f" / {plain(weight)}" if weight is not None else ""))
    return " ".join(parts)
