"""D 指标值与完成值的损坏."""

import re

from perfeval_xl.core.measure import Measure
from perfeval_xl.core.number import plain
from perfeval_xl.core.rule import HIGHER, WITHIN
from tests.checks.mutation.damage import Damage, damage, damaging
from tests.checks.mutation.rows import NUMBER, full_rows, is_bound, measured_rows
from tests.checks.mutation.typing_over import recalculated

SIGNS = (">=", ">", "<=", "<")
NOT_COMPARED = "指标值与完成值不再能比较"
NO_SIGN = "符号还是没有写"
RENAMED = {"-B10": NOT_COMPARED, "-B09": NOT_COMPARED, "-E04": NOT_COMPARED, "+E01": "这一行失分没有原因, 原来列在 B09 之下", "-F02": NOT_COMPARED, "-F01": NOT_COMPARED,
           "-D05": "不再是一个数", "-D14": "不再是一个数", "+B12": "同一条提示移到别的行, 或多了一项定性指标", "-B12": "同一条提示移到别的行", "-F03": NOT_COMPARED}  # fmt: skip


def quantities(sheet):
    """Rows whose target and actual both state a quantity with its unit."""
    for row in sheet.rows:
        item = row.indicator
        if isinstance(row.measure, Measure) and item.actual.typed and item.target.typed and row.target.unit and row.actual.unit:
            yield row


@damaging("D01", also=RENAMED)
def other_quantities(sheet):
    """A rate given in money, anything else as a rate."""
    for row in quantities(sheet):
        item, number = row.indicator, NUMBER.search(row.indicator.actual.text)[0]
        if row.target.dimension in ("points", "pp"):
            continue
        other = f"{number}万元" if row.target.dimension == "ratio" else f"{number}%"
        if row.target.dimension == "unit_price" and row.actual.dimension == "unit_price":
            other = f"{number}人次"
        is_odd = other.endswith("%") and any(word in item.name for word in ("率", "比重", "比例", "占比", "满意"))
        is_split = item.unit.typed and item.sign.exists
        if not is_odd and not is_split:
            yield damage(sheet, {item.actual.cell: other}, item.actual.cell)


@damaging("D02", also=RENAMED)
def units_left_out(sheet):
    for row in quantities(sheet):
        item = row.indicator
        if item.name.endswith(("数", "数量")) or "(" in item.name or "（" in item.name or item.unit.exists or (not row.target.low and not row.target.high):
            continue
        if row.measure.direction == WITHIN:
            continue
        cells = {item.target.cell: re.sub(r"[^\d.]+$", "", item.target.text), item.actual.cell: NUMBER.search(item.actual.text)[0]}
        yield damage(sheet, cells, item.target.cell)


@damaging("D03", also=RENAMED)
def units_unlike_their_column(sheet):
    for row in sheet.rows:
        item = row.indicator
        if item.unit.typed and item.actual.typed and row.actual.low is not None:
            other = "%" if item.unit.text != "%" else "万元"
            yield damage(sheet, {item.actual.cell: plain(row.actual.low) + other}, item.actual.cell)


@damaging("D04", also=RENAMED)
def words_for_numbers(sheet):
    for row in measured_rows(sheet):
        yield damage(sheet, {row.indicator.actual.cell: "良好"}, row.indicator.actual.cell)


@damaging("D05", also={"-B10": "没有符号就不能确定方向"})
def signs_left_out(sheet):
    for row in sheet.rows:
        item = row.indicator
        if row.target.kind == "numeric" and row.target.op in (*SIGNS, "=") and item.target.typed and row.target.confidence == "high":
            bare = re.sub(r"^(≥|≤|=|>|<|小于等于|大于等于)", "", item.target.text)
            if bare != item.target.text and bare[:1].isdigit():
                yield damage(sheet, {item.target.cell: bare}, item.target.cell)


@damaging("D06", also=RENAMED)
def signs_turned_round(sheet):
    for row in sheet.rows:
        item, name = row.indicator, row.indicator.name
        if row.target.op not in SIGNS:
            continue
        if "满意" in name:
            yield damage(sheet, {item.target.cell: re.sub("[≥>]", "≤", item.target.text)}, item.target.cell)
        elif "成本" in name and "率" not in name and "控制" not in name and row.target.dimension != "money":
            yield damage(sheet, {item.target.cell: re.sub("[≤<]", "≥", item.target.text)}, item.target.cell)


@damaging("D07", also={"-B10": "同一个完成值", "-F01": "原来也是满分", "-F02": "不再是范围", "-D14": "不再是范围"})
def shares_of_more_than_the_whole(sheet):
    named = ("合格率", "覆盖率", "满意", "及时率", "准确率", "参保率", "比重", "占比", "报销比例", "达标率", "知晓率")
    for row in sheet.rows:
        name, item = row.indicator.name, row.indicator
        is_share = row.actual.dimension == "ratio" and any(word in name for word in named) and "完成率" not in name
        if is_share and item.actual.typed and not re.search("(保险费|保费|待遇).*(收入|支出)比重|支出占基金支出", name):
            yield damage(sheet, {item.actual.cell: "104.5%"}, item.actual.cell)


@damaging("D08", also=RENAMED)
def points_for_percent(sheet):
    for row in quantities(sheet):
        item = row.indicator
        if row.target.dimension == "ratio" and item.actual.text.endswith("%"):
            yield damage(sheet, {item.actual.cell: item.actual.text.rstrip("%") + "个百分点"}, item.actual.cell)


@damaging("D09")
def another_unit_in_the_header(sheet):
    table = sheet.table
    unit = table.heading.money_unit
    amounts = [row for row in sheet.rows if row.actual.dimension == "money" and re.search("保险费收入|待遇支出", row.indicator.name)]
    if table.kind == "fund" and unit.exists and amounts and table.money_unit == "亿元":
        made = damage(sheet, {unit.cell: unit.text.replace("亿元", "万元")}, unit.cell)
        yield Damage(made.what, made.before, recalculated(made.after._replace(money_unit="万元"), sheet.rules), made.places, made.rules)


@damaging("D10", also={"-B10": "完成值改小", "-F01": "完成值改小"})
def shortfalls_hidden_by_the_display(sheet):
    for row in full_rows(sheet):
        item, measure = row.indicator, row.measure
        if not is_bound(sheet, row) and measure.is_ratio and row.target.unit == "%" and measure.direction == HIGHER and 0 < measure.low < 1 and row.target.op in (">=", ">"):
            shown = plain(row.target.low)
            stored = row.target.low / 100 - 0.3 / 10 ** (2 + len(shown.partition(".")[2]))
            yield damage(sheet, {item.actual.cell: f"{shown}%⟵{stored:.15g}"}, item.actual.cell)


@damaging("D11", also={**RENAMED, "-D16": "不再与利率比较"})
def targets_without_a_measure(sheet):
    for row in sheet.rows:
        item = row.indicator
        if item.target.typed and item.actual.typed and not isinstance(row.measure, Measure) and not any(mark.isdigit() for mark in item.actual.text):
            yield damage(sheet, {item.target.cell: "稳步提升"}, item.target.cell)


@damaging("D12", also={"-B10": "改成了区间", "-D05": "改成了区间"})
def ranges_with_a_hyphen(sheet):
    for row in full_rows(sheet):
        item, measure = row.indicator, row.measure
        if sheet.table.kind != "fund" and measure.is_ratio and row.target.unit == "%" and 0.5 < measure.actual < 1:
            low, high = int(measure.actual * 100) - 5, int(measure.actual * 100) + 1
            yield damage(sheet, {item.target.cell: f"{low}%-{high}%"}, item.target.cell, first={item.target.cell: f"{low}%~{high}%"})


@damaging("D13", also=RENAMED)
def letters_for_digits(sheet):
    for row in sheet.rows:
        for value, reading in ((row.indicator.target, row.target), (row.indicator.actual, row.actual)):
            text = value.text
            if not value.typed or reading.kind != "numeric" or reading.confidence != "high" or not re.search(r"\d0", text):
                continue
            yield damage(sheet, {value.cell: re.sub(r"(\d)0", r"\1O", text, count=1)}, value.cell)


@damaging("D14", also={"-B10": "完成值成了范围"})
def inequalities_for_results(sheet):
    for row in measured_rows(sheet):
        item = row.indicator
        if row.actual.op == "plain" and "满意" not in item.name:
            yield damage(sheet, {item.actual.cell: "≥" + item.actual.text}, item.actual.cell)


@damaging("D15", also=RENAMED)
def two_targets_in_one(sheet):
    for row in sheet.rows:
        item = row.indicator
        if row.target.kind == "numeric" and row.target.op in SIGNS and not item.unit.exists:
            yield damage(sheet, {item.target.cell: f"{item.target.text}, 差错率≤3%"}, item.target.cell)


@damaging("D16", also=RENAMED)
def benchmarks_without_a_value(sheet):
    for row in sheet.rows:
        item = row.indicator
        texts = item.actual.text + item.evidence.text + item.reason.text
        is_worded = not isinstance(row.measure, Measure) and row.target.kind not in ("numeric", "interval", "composite")
        if item.target.typed and item.actual.typed and is_worded and not any(mark.isdigit() for mark in texts) and "利率" not in item.target.text:
            yield damage(sheet, {item.target.cell: "高于同期三个月定期存款利率"}, item.target.cell)


@damaging("D17")
def numbers_stored_as_text(sheet):
    for row in (*sheet.table.funds, *(row.indicator for row in sheet.rows)):
        for field in ("initial_budget", "budget", "executed", "weight", "written_score"):
            value = getattr(row, field, None)
            if value is not None and value.typed and value.number is not None and value.state == "number" and "%" not in value.text:
                yield damage(sheet, {value.cell: "'" + value.text.replace(",", "")}, value.cell)

