"""E 原因的损坏."""

from perfeval_xl.core.number import plain
from perfeval_xl.core.rule import HIGHER
from tests.checks.mutation.damage import damage, damaging
from tests.checks.mutation.rows import (
    first_number,
    full_rows,
    measured_rows,
    missed_rows,
    stating,
    wants_more,
)


@damaging("E01", also={"-E04": "没有原因就归 E01"})
def reasons_left_out(sheet):
    for row, first in missed_rows(sheet):
        yield damage(sheet, {row.indicator.reason.cell: ""}, row.indicator.reason.cell, first=first)
    for row in sheet.rows:
        item = row.indicator
        if item.reason.typed and item.weight.number and row.score is not None and row.score < item.weight.number:
            yield damage(sheet, {item.reason.cell: ""}, item.reason.cell)


@damaging("E02")
def targets_far_exceeded(sheet):
    for row in measured_rows(sheet):
        item, measure = row.indicator, row.measure
        is_asked = not item.written_score.exists and item.reason.exists and item.reason.is_blank
        if is_asked and wants_more(row) and row.target.op in (">=", ">") and measure.actual < measure.bound * 1.3:
            yield damage(sheet, {item.target.cell: stating(item.target.text, first_number(item.target.text) / 2)}, item.reason.cell)


@damaging("E03", also={"-E04": "空话归 E03"})
def reasons_that_say_nothing(sheet):
    for row, first in missed_rows(sheet):
        for text in ("无", "已完成。", "数据属实", "客观原因"):
            yield damage(sheet, {row.indicator.reason.cell: text}, row.indicator.reason.cell, first=first)


@damaging("E04")
def measures_left_out(sheet):
    has_own = any(passage.block == "measures" and passage.text.typed for passage in sheet.table.passages)
    for row, first in missed_rows(sheet) if "措施" in sheet.table.reason_title and not has_own else ():
        yield damage(sheet, {row.indicator.reason.cell: "偏远乡镇宣传次数偏少, 群众不了解"}, row.indicator.reason.cell, first=first)


@damaging("E05", also={"+E04": "只写了这一句, 没有措施", "-B10": "写了原因"})
def reasons_against_the_numbers(sheet):
    for row, first in missed_rows(sheet):
        yield damage(sheet, {row.indicator.reason.cell: "超额完成年度目标, 下一年加强管理"}, row.indicator.reason.cell, first=first)
    for row in full_rows(sheet):
        if row.indicator.reason.exists and wants_more(row) and row.measure.actual > row.measure.bound * 1.01:
            yield damage(sheet, {row.indicator.reason.cell: "因人手不足未完成目标, 下一年加强管理"}, row.indicator.reason.cell)


@damaging("E06")
def gaps_misstated(sheet):
    for row, first in missed_rows(sheet):
        measure = row.measure
        if measure.direction != HIGHER or not measure.bound:
            continue
        gap, unit = measure.bound * 0.5, row.target.unit or ""
        if measure.is_ratio:
            said = f"比目标值低{plain(gap * 100 + 8, 1)}个百分点"
        elif row.target.dimension in ("count", "money") and unit:
            said = f"比目标值少{plain(gap * 1.4 / row.target.factor_to_base, 2)}{unit}"
        else:
            continue
        yield damage(sheet, {row.indicator.reason.cell: f"{said}, 偏远乡镇宣传次数偏少, 下一年增加入村宣讲"}, row.indicator.reason.cell, first=first)
