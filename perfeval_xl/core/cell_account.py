"""单元格的说明: which part of the table a cell is, and how its value came about."""

from __future__ import annotations

from perfeval_xl.core.derivation import (
    COMPUTED,
    LABEL,
    TYPED,
    Derivation,
    Input,
    fund_rate,
    fund_score,
    input_of,
    shown,
    written_text,
)
from perfeval_xl.core.indicator_derivation import inputs_of, score_derivation
from perfeval_xl.core.number import exact_sum, plain
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult
    from perfeval_xl.core.table import Value

_FUND_FIELDS = {
    "initial_budget": "年初预算数", "budget": "全年预算数", "executed": "全年执行数", "weight": "预算执行率的分值", "reason": "原因说明",
    "balance": "结余", "in_place": "到位数",
}  # fmt: skip
_INDICATOR_FIELDS = {
    "target": "指标值", "actual": "完成值", "weight": "分值", "reason": "未完成原因和改进措施", "evidence": "评分依据", "sign": "指标性质",
    "unit": "度量单位", "score_rate": "得分率",
}  # fmt: skip
_HEADING_FIELDS = {"title": "表名", "name": "名称", "department": "主管部门", "unit": "实施单位", "money_unit": "金额单位"}


def account_of(assessment: Assessment, cell: str) -> Derivation | None:
    """一个单元格的来历 by its address; None where the table has nothing there.

    A cell merged over several is found by its first one.
    """
    for finder in (_of_funds, _of_indicators, _of_totals, _of_texts):
        found = next((made for address, made in finder(assessment, cell) if address == cell), None)
        if found is not None:
            return found._replace(cell=cell)
    return None


Found = tuple[str, Derivation]


def _of_funds(assessment: Assessment, cell: str) -> Iterator[Found]:
    for result in assessment.funds:
        fund, item = result.fund, result.fund.label.text.strip() or "资金"
        if cell == fund.written_rate.cell:
            yield cell, fund_rate(result, assessment.rules.basis("rule.execution"))
        if cell == fund.written_score.cell:
            yield cell, fund_score(result, assessment)
        yield fund.label.cell, _label(fund.label, "资金行的名称", item)
        for field, name in _FUND_FIELDS.items():
            yield from _typed(getattr(fund, field), name, item)


def _of_indicators(assessment: Assessment, cell: str) -> Iterator[Found]:
    for result in assessment.indicators:
        indicator = result.indicator
        if cell == indicator.written_score.cell:
            yield cell, score_derivation(result, assessment)
        asked, done = inputs_of(result) if cell in (indicator.target.cell, indicator.actual.cell) else (None, None)
        for field, name in _INDICATOR_FIELDS.items():
            read = {"target": asked, "actual": done}.get(field)
            yield from _typed(getattr(indicator, field), name, indicator.name.strip(), read)
    for result in assessment.indicators:
        item = result.indicator
        levels = (item.level1, item.second, item.group, item.level3) if item.group.exists else (*item[:2], item.level3)
        for level, value in zip(("一级", "二级", "三级", "四级"), levels, strict=False):
            yield value.cell, _label(value, f"{level}指标的名称", "")
    for subtotal in assessment.table.subtotals:
        yield subtotal.label.cell, _label(subtotal.label, "小计行的名称", "")
        for value, name in ((subtotal.weight, "分值"), (subtotal.written_score, "得分"), (subtotal.score_rate, "得分率")):
            yield from _typed(value, name, "小计")


def _typed(value: Value, name: str, item: str, read: Input | None = None) -> Iterator[Found]:
    if not value.exists:
        return
    if value.computed:
        sentence = f"{item}的{name}, 由本工具写在表里的公式得出, 现在是 {shown(value)}"
    elif value.is_blank:
        sentence = f"{item}的{name}, 还没有填写"
    else:
        sentence = f"{item}的{name}, 由人填报, 不是算出来的"
    inputs = () if value.is_blank else (read or input_of(name, value),)
    yield value.cell, Derivation(value.cell, name, item, TYPED, sentence, inputs, written=written_text(value))


def _label(value: Value, what: str, item: str) -> Derivation:
    name = " ".join(value.text.split())
    return Derivation(value.cell, what, item or name, LABEL, f"{what}「{name}」, 是表上的文字, 不参与计算", written=written_text(value))


def _of_totals(assessment: Assessment, cell: str) -> Iterator[Found]:
    table = assessment.table
    if cell == table.total_score.cell:
        yield cell, _total(assessment)
    if cell == table.total_weight.cell:
        yield cell, _total_weight(assessment)
    if cell == table.grade.cell:
        yield cell, _grade(assessment)
    yield from _typed(table.total_score_rate, "得分率", "合计")


def _total(assessment: Assessment) -> Derivation:
    """总分 from computed scores, as ``Assessment.computed_total`` adds them."""
    rows = [_fund_part(result) for result in assessment.scored_funds]
    rows += [_indicator_part(result) for result in assessment.indicators if result.score_rows]
    total, written = assessment.computed_total, assessment.table.total_score
    inputs = tuple(Input(name, cell, "空" if score is None else plain(score)) for name, cell, score in rows)
    about = Derivation(
        written.cell, "总分", "合计", COMPUTED, "总分 = 各项得分之和, 由公式计算的各项按算出的得分", inputs,
        basis=assessment.rules.basis("rule.default"), written=written_text(written),
    )  # fmt: skip
    if total is None:
        missing = [name for name, _, score in rows if score is None]
        return about._replace(steps=(f"还不能计算, 没有得分的有: {'、'.join(missing) or '全部'}",))
    steps = [f"{' + '.join(plain(score or 0.0) for _, _, score in rows)} = {plain(total)}"]
    as_written = assessment.sum_of_written_scores
    if as_written is not None and as_written != total:
        steps.append(f"表上填写的各项得分合计是 {plain(as_written)}")
    agrees = None if written.number is None else abs(written.number - total) < 0.005
    return about._replace(steps=tuple(steps), result=plain(total), agrees=agrees)


def _fund_part(result: FundResult) -> tuple[str, str, float | None]:
    fund = result.fund
    score = result.score if result.score is not None else fund.written_score.number
    return f"{fund.label.text.strip() or '资金'} (执行率)", fund.written_score.cell, score


def _indicator_part(result: IndicatorResult) -> tuple[str, str, float | None]:
    return result.indicator.name.strip() or "(未写名称的指标)", result.indicator.written_score.cell, result.computed_score


def _total_weight(assessment: Assessment) -> Derivation:
    cells = [(f"{r.fund.label.text.strip() or '资金'} (执行率)", r.fund.weight) for r in assessment.scored_funds if r.fund.weight.exists]
    cells += [(r.indicator.name.strip(), r.indicator.weight) for r in assessment.indicators if r.indicator.weight.exists]
    known = [(name, value, value.number) for name, value in cells if value.number is not None]
    total, written = exact_sum([number for _, _, number in known]), assessment.table.total_weight
    return Derivation(
        written.cell, "分值合计", "合计", COMPUTED, "分值合计 = 各项分值之和, 应为 100",
        tuple(Input(name, value.cell, plain(number)) for name, value, number in known),
        steps=(f"{' + '.join(plain(number) for _, _, number in known) or '0'} = {plain(total)}",),
        basis=assessment.rules.basis("weight.output"), result=plain(total), written=written_text(written),
        agrees=None if written.number is None else abs(written.number - total) < 0.005,
    )  # fmt: skip


def _grade(assessment: Assessment) -> Derivation:
    total, written = assessment.computed_total, assessment.table.grade
    steps: tuple[str, ...] = ("总分还不能计算, 没有等级",)
    if total is not None:
        rungs = [f"{word} 不低于 {plain(least)}" for least, word in assessment.rules.grades]
        steps = (f"总分 {plain(total)}; {', '.join(rungs) or '办法没有规定等级'}", *([f"等级 {assessment.grade}"] if assessment.grade else []))
    grade = assessment.grade
    return Derivation(
        written.cell, "评价等级", "等级", COMPUTED, "等级按总分和办法规定的分数线得出", (Input("总分", assessment.table.total_score.cell, "空" if total is None else plain(total)),),
        basis=assessment.rules.basis(f"grade.{grade}"), steps=steps, result=grade, written=written_text(written),
        agrees=None if not grade or written.is_blank else grade in written.text,
    )  # fmt: skip


def _of_texts(assessment: Assessment, cell: str) -> Iterator[Found]:
    del cell
    table = assessment.table
    for label, value in table.heading.required:
        yield from _typed(value, f"「{label}」", "表头")
    for field, name in _HEADING_FIELDS.items():
        yield from _typed(getattr(table.heading, field), name, "表头")
    yield from _typed(table.goal_planned, "年初目标", "年度总体目标")
    yield from _typed(table.goal_done, "实际完成情况", "年度总体目标")
    for passage in table.passages:
        yield passage.label.cell, _label(passage.label, "文字栏的名称", "")
        yield from _typed(passage.text, "内容", f"文字栏「{' '.join(passage.label.text.split())}」")
    for name, value in (*table.signatures, *table.figures):
        yield from _typed(value, "内容", f"「{name}」")
