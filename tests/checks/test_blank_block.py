"""未填的一片: a form just begun is told in one sentence which cells are left, a few blanks each at their own cell."""

from tests.checks.drawn_table import TABLES, drawn, findings_of

ROWS = range(12, 19)


def blanks(*columns, rows=ROWS):
    return {f"{column}{row}": "" for column in columns for row in rows}


def test_the_ranges_of_every_column_are_named_and_interrupted_where_a_cell_is_filled():
    left = {**blanks("E", rows=(12, 13, 14, 16, 17, 18)), **blanks("G", rows=(13, 14, 15, 16, 17, 18)), "G19": "34.78", "H21": "差"}
    (block,) = (finding for finding in findings_of(drawn("project", left)) if finding.check == "A02")
    assert (block.cell, block.item) == ("E12", "绩效指标")
    assert block.message == "自评表 E12 起绩效指标还有 12 格没有填写: 全年完成值 E12:E14、E16:E18; 得分 G13:G18, 请逐格填写"


def test_nothing_else_is_said_of_a_form_just_begun():
    begun = {**blanks("E", rows=range(13, 24)), **blanks("F", rows=range(13, 24)), **blanks("G", rows=range(13, 24)), "G24": "ƒ"}
    (block,) = findings_of(drawn("fund", begun))
    assert (block.check, block.cell, block.level, block.expected) == ("A02", "E13", "error", "年度指标值、全年完成值、得分")


def test_many_blank_amounts_are_one_finding_for_the_funds():
    head = TABLES["fund"]["funds"].strip().splitlines()
    rows = "\n".join([head[0], *(f"{row} | 收入第{row}项: | | | " for row in range(101, 107))])
    found = [finding for finding in findings_of(drawn("fund", funds=rows)) if finding.check == "A02"]
    assert [(finding.cell, finding.item, finding.expected) for finding in found] == [("D101", "资金情况", "全年预算数、全年执行数")]
    assert found[0].message == "自评表 D101 起资金情况还有 12 格没有填写: 全年预算数 D101:D106; 全年执行数 E101:E106, 请逐格填写"
