"""F 可信度的损坏."""

import re

from perfeval_xl.core.assessment import is_total_row
from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import plain
from perfeval_xl.core.table import Value
from tests.checks.mutation.damage import Damage, damage, damaging
from tests.checks.mutation.money import spending
from tests.checks.mutation.rows import measured_rows, total_fund
from tests.checks.mutation.sheet import with_items

NOT_A_NUMBER = "完成值不再是数"


@damaging("F01", also={"-B10": "完成值改动", "-F02": "不再是范围", "+B10": "满意度超过指标值很多"})
def perfect_satisfaction(sheet):
    for row in sheet.rows:
        item = row.indicator
        if "满意" in item.name and item.actual.typed and item.actual.text != "100%":
            cells = {item.actual.cell: "100%"} | ({item.evidence.cell: "办理记录"} if item.evidence.typed else {})
            yield damage(sheet, cells, item.actual.cell)


@damaging("F02", also={"-F01": NOT_A_NUMBER, "-B10": NOT_A_NUMBER})
def satisfaction_as_a_range(sheet):
    for row in sheet.rows:
        item = row.indicator
        if "满意" in item.name and row.actual.op == "plain" and row.actual.dimension == "ratio":
            for text in ("≥" + item.actual.text, item.actual.text + "以上"):
                yield damage(sheet, {item.actual.cell: text}, item.actual.cell)


@damaging("F03", also={"+B12": "每一项都成了满分", "-D14": "完成值改动", "-B10": "完成值改动"})
def targets_copied_as_results(sheet):
    rows = [row for row in measured_rows(sheet) if row.measure.is_certain]
    room = [row for row in rows if row.target.op in (">=", ">", "<=", "<") and row.measure.bound and not (row.measure.is_ratio and row.measure.bound >= 1)]
    if sheet.table.kind == "fund" or len(room) < 5 or len(rows) < sum(isinstance(row.measure, Measure) for row in sheet.rows):
        return
    cells = {}
    for row in rows if all(row.indicator.weight.number for row in rows if row.indicator.written_score.exists) else ():
        item = row.indicator
        bare = item.target.text.lstrip("≥≤=><")
        cells[item.actual.cell] = bare
        if item.written_score.typed and row.score != item.weight.number:
            cells |= {item.written_score.cell: plain(item.weight.number), item.reason.cell: ""}
    if cells:
        first = next(row for row in rows if row in room or (row.target.op == "plain" and row.target.unit and row.measure.bound and not (row.measure.is_ratio and row.measure.bound >= 1)))
        yield damage(sheet, cells, first.indicator.actual.cell, total=True)


@damaging("F04", also={"-D05": NOT_A_NUMBER, "-B10": NOT_A_NUMBER, "-B09": NOT_A_NUMBER, "-F02": NOT_A_NUMBER, "-F01": NOT_A_NUMBER, "-D14": NOT_A_NUMBER,
                       "+E01": "这一行失分没有原因, 原来列在 B09 之下", "+B12": "同一条提示, 多了一行", "-B12": "同一条提示, 少了一行"})  # fmt: skip
def results_put_off(sheet):
    for row in sheet.rows:
        item = row.indicator
        if item.actual.typed:
            yield damage(sheet, {item.actual.cell: "以平台数据为准"}, item.actual.cell)


@damaging("F06", also={"-C08": "同一格原因"})
def all_done_with_little_money(sheet):
    total = total_fund(sheet)
    if total is None or sheet.table.kind == "fund" or not total.executed.number or not total.budget.number:
        return
    outputs = [row for row in measured_rows(sheet) if row.indicator.level1.text.startswith("产出") and row.measure.is_met and "成本" not in row.indicator.level2.text + row.indicator.name]
    outputs = [row for row in outputs if not any(word in row.indicator.name for word in ("资金", "支付", "拨付", "预算"))]
    missed = [row for row in measured_rows(sheet) if row.indicator.level1.text.startswith("产出") and not row.measure.is_met]
    is_whole = is_total_row(total) or len(sheet.table.funds) == 1
    if len(outputs) >= 2 and not missed and total.reason.is_blank and is_whole:
        rules = with_items(sheet.rules, {"threshold.execution_floor": 0.0})
        yield damage(sheet, spending(sheet, 0.3), total.executed.cell, rules=rules, total=True)


@damaging("F07", also={"-A09": "目标改写"})
def goals_with_other_quantities(sheet):
    """The planned goal names twice as much of the very thing of an indicator; drawn tables get a cell for it."""
    for row in sheet.rows:
        item = row.indicator
        if row.target.kind != "numeric" or row.target.dimension != "count" or not row.target.low or not row.target.unit or "每" in item.name:
            continue
        goal = sheet.table.goal_planned
        cell = goal.cell if goal.exists else "B9"
        text = f"全年{re.split('[(（]', item.name)[0]}{plain(row.target.low * 2 + 3)}{row.target.unit}"
        before = sheet.table._replace(goal_planned=Value(cell, "完成年度任务", state="text"))
        after = before._replace(goal_planned=Value(cell, text, state="text"))
        yield Damage(f"目标写成「{text}」", before, after, (cell,), sheet.rules)

