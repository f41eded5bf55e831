"""绩效自评单元格函数 for Excel, through xlwings. Wrong input raises: the formula around it then computes natively."""

from __future__ import annotations

from typing import Any

from perfeval_xl import __version__
from perfeval_xl.core.deviation import deviation_points, deviation_rate
from perfeval_xl.core.evaluation import compared, evaluated, is_blank
from perfeval_xl.core.rate import completion_rate, execution_rate, payable_months, share
from perfeval_xl.core.reading.reading_text import reading_text
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.scoring import execution_score
from perfeval_xl.core.status import status
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from udfs.cell_values import checked, number, shown, single, text
from udfs.lean_xlwings import lean_xlwings

xw = lean_xlwings()

_CATEGORY = "绩效自评"
_DEFAULT_RULESET = "mof-2020-10"
_ERRORS_SEEN = {"err_to_str": True}     # else xlwings shows an error cell as a blank


@xw.func(category=_CATEGORY)
@xw.arg("executed", doc="全年执行数", **_ERRORS_SEEN)
@xw.arg("budget", doc="全年预算数(调整后)", **_ERRORS_SEEN)
def pe_execution_rate(executed: Any, budget: Any) -> Any:
    """预算执行率 = 执行数 ÷ 预算数, 是 0 到 1 的比率。空白返回空白, 预算为 0 返回空白。"""
    return shown(execution_rate(number(executed), number(budget)))


@xw.func(category=_CATEGORY)
@xw.arg("actual", doc="全年完成值, 如 3.54亿元", **_ERRORS_SEEN)
@xw.arg("target", doc="年度指标值, 如 ≥3.34亿元", **_ERRORS_SEEN)
def pe_completion_rate(actual: Any, target: Any) -> Any:
    """完成率 = 完成值 ÷ 指标值, 单位自动换算。区间内为 1; 指标值为 0 返回空白。"""
    measure = compared(single(target), single(actual))
    return "" if measure is None else shown(completion_rate(measure))


@xw.func(category=_CATEGORY)
@xw.arg("actual", doc="全年完成值", **_ERRORS_SEEN)
@xw.arg("target", doc="年度指标值", **_ERRORS_SEEN)
def pe_deviation_rate(actual: Any, target: Any) -> Any:
    """偏差率 = 完成率 - 1。区间内为 0; 指标值为 0 返回空白。"""
    measure = compared(single(target), single(actual))
    return "" if measure is None else shown(deviation_rate(measure))


@xw.func(category=_CATEGORY)
@xw.arg("actual", doc="全年完成值", **_ERRORS_SEEN)
@xw.arg("target", doc="年度指标值, 百分数", **_ERRORS_SEEN)
def pe_deviation_points(actual: Any, target: Any) -> Any:
    """偏差百分点 = 完成值 - 指标值, 只用于百分数指标, 其他返回空白。"""
    measure = compared(single(target), single(actual))
    return "" if measure is None else shown(deviation_points(measure))


@xw.func(category=_CATEGORY)
@xw.arg("weight", doc="分值", **_ERRORS_SEEN)
@xw.arg("target", doc="年度指标值", **_ERRORS_SEEN)
@xw.arg("actual", doc="全年完成值", **_ERRORS_SEEN)
@xw.arg("rule", doc="评分规则, 如 proportional 或 step_deduction(points=0.5, per=1); 省略为按比例", **_ERRORS_SEEN)
@xw.arg("indicator", doc="三级指标名称, 指标值没有符号时由它判断越高越好还是越低越好; 可省略", **_ERRORS_SEEN)
def pe_score(weight: Any, target: Any, actual: Any, rule: Any = None, indicator: Any = None) -> Any:
    """指标得分, 0 到分值, 保留两位小数。空白返回空白; 定性和人工评分的规则返回空白。"""
    return shown(evaluated(number(weight), single(target), single(actual), text(rule), text(indicator)).score)


@xw.func(category=_CATEGORY)
@xw.arg("weight", doc="预算执行率的分值", **_ERRORS_SEEN)
@xw.arg("executed", doc="全年执行数", **_ERRORS_SEEN)
@xw.arg("budget", doc="全年预算数(调整后)", **_ERRORS_SEEN)
@xw.arg("rule", doc="execution 或 bands(100:1, 80:0.7, 60:0.5); 省略为按比例", **_ERRORS_SEEN)
def pe_execution_score(weight: Any, executed: Any, budget: Any, rule: Any = None) -> Any:
    """预算执行率得分 = 执行率 × 分值, 不超过分值; 预算为 0 得 0 分。"""
    return shown(execution_score(number(weight), number(executed), number(budget), text(rule)))


@xw.func(category=_CATEGORY)
@xw.arg("part", doc="部分, 如待遇支出", **_ERRORS_SEEN)
@xw.arg("whole", doc="总额, 如基金支出", **_ERRORS_SEEN)
def pe_share(part: Any, whole: Any) -> Any:
    """占比 = 部分 ÷ 总额, 是 0 到 1 的比率。总额为 0 返回空白。"""
    return shown(share(number(part), number(whole)))


@xw.func(category=_CATEGORY)
@xw.arg("balance", doc="累计结余", **_ERRORS_SEEN)
@xw.arg("monthly_expenditure", doc="月均支出, 与结余同单位", **_ERRORS_SEEN)
def pe_payable_months(balance: Any, monthly_expenditure: Any) -> Any:
    """静态可支付月数 = 累计结余 ÷ 月均支出。月均支出为 0 返回空白。"""
    return shown(payable_months(number(balance), number(monthly_expenditure)))


@xw.func(category=_CATEGORY)
@xw.arg("total", doc="总分", **_ERRORS_SEEN)
@xw.arg("ruleset", doc="评分办法编号, 省略为 mof-2020-10", **_ERRORS_SEEN)
def pe_grade(total: Any, ruleset: Any = None) -> Any:
    """评价等级: 按评分办法由总分得出, 如 优 良 中 差。"""
    points = number(total)
    return "" if points is None else rules_of(load(text(ruleset) or _DEFAULT_RULESET), None).grade(points)


@xw.func(category=_CATEGORY)
@xw.arg("weight", doc="分值", **_ERRORS_SEEN)
@xw.arg("target", doc="年度指标值", **_ERRORS_SEEN)
@xw.arg("actual", doc="全年完成值", **_ERRORS_SEEN)
@xw.arg("score", doc="得分", **_ERRORS_SEEN)
@xw.arg("reason", doc="未完成原因和改进措施", **_ERRORS_SEEN)
@xw.arg("rule", doc="评分规则", **_ERRORS_SEEN)
def pe_status(weight: Any, target: Any, actual: Any, score: Any, reason: Any, rule: Any = None) -> Any:
    """填报状态: 未填写 / 达标 / 未达标 / 请写原因 / 已说明 / 得分大于分值 / 请核对单位。"""
    return status(number(weight), single(target), single(actual), number(score), text(reason), text(rule))


@xw.func(category=_CATEGORY)
@xw.arg("content", doc="指标值或完成值", **_ERRORS_SEEN)
def pe_read_target(content: Any) -> Any:
    """工具怎样理解这个指标值, 如「数量, 不小于 90%」。空白返回空白。"""
    value = single(content)
    return "" if is_blank(value) else reading_text(read_text(value))


@xw.func(category=_CATEGORY)
@xw.arg("table", "raw", doc="四列: 分值 | 指标值 | 完成值 | 评分规则")
@xw.arg("ruleset", "raw", doc="评分办法编号, 规则为空白的行用它的规则; 省略为 mof-2020-10")
@xw.ret("raw")
def pe_score_table(table: Any, ruleset: Any = None) -> Any:
    """整表计算: 每行给出 得分 | 完成率 | 偏差率 | 偏差百分点; 不能计算的行为空白。"""
    default = rules_of(load(text(ruleset) or _DEFAULT_RULESET), None).default_rule_text
    return tuple(_row(row, default) for row in _rows(table))


def _rows(table: Any) -> Any:
    if isinstance(table, (list, tuple)) and table and isinstance(table[0], (list, tuple)) and len(table[0]) == len("WTAR"):
        return table
    raise ValueError("请选四列: 分值、指标值、完成值、评分规则")


def _row(row: Any, default: str) -> tuple[Any, ...]:
    weight, target, actual, rule = row
    try:
        result = evaluated(number(weight), checked(target), checked(actual), text(rule) or default)
        return tuple(shown(value) for value in result)
    except ValueError:
        return ("", "", "", "")


@xw.func(category=_CATEGORY)
def pe_version() -> Any:
    """计算引擎的版本; 没有 Python 时单元格显示「内置公式」。"""
    return f"Python 版本 {__version__}"
