"""Rows 小计 among the indicators: their values and the rows they close."""

from tests.workbook.typed_sheet import one, texts

HEAD = """
项目支出绩效自评表
项目名称|甲项目
一级指标|二级指标|三级指标|分值|指标值|完成值|得分|得分率
"""


def closed(table):
    return [(row.label.text, row.first, row.end) for row in table.subtotals]


def test_a_subtotal_in_the_first_column_closes_its_level_1_group():
    table = one(
        f"""{HEAD.strip()}
产出|数量|人数|30|≥5|6|30|100%
|质量|合格率|20|≥95%|97%|20|100%
小计|||50|||50|100%
效益|社会|知晓率|50|≥80%|82%|45|90%
小计|||50|||45|90%
合计|||100|||95|95%
"""
    )
    assert closed(table) == [("小计", 0, 2), ("小计", 2, 3)]
    assert [texts(row)[1:] for row in ((each.label, each.weight, each.written_score, each.score_rate) for each in table.subtotals)] == [
        [("D6", "50"), ("G6", "50"), ("H6", "100%")], [("D8", "50"), ("G8", "45"), ("H8", "90%")],
    ]  # fmt: skip
    assert (table.total_score_rate.cell, table.total_score_rate.number, len(table.indicators)) == ("H9", 0.95, 3)


def test_a_subtotal_beside_a_merged_second_level_closes_that_level_only():
    table = one(
        f"""{HEAD.strip()}
产出|数量|人数|30|≥5|6|30|
||次数|20|≥5|6|20|
||小计|50|||50|
|质量|合格率|50|≥95%|97%|50|
||小计|50|||50|
""",
        "A4:A8 B4:B6 B7:B8",
    )
    assert closed(table) == [("小计", 0, 2), ("小计", 2, 3)]


def test_a_subtotal_may_say_the_name_of_its_group():
    table = one(
        f"""{HEAD.strip()}
产出指标|数量指标|人数|30|≥5|6|30|
|质量指标|合格率|20|≥95%|97%|20|
|质量指标小计||20|||20|
产出指标合计|||50|||50|
效益指标|社会效益|知晓率|50|≥80%|82%|50|
效益得分小计|||50|||50|
"""
    )
    assert closed(table) == [("质量指标小计", 1, 2), ("产出指标合计", 0, 2), ("效益得分小计", 2, 3)]


def test_an_indicator_whose_name_ends_in_a_sum_is_no_subtotal():
    table = one(
        f"""{HEAD.strip()}
产出|成本|人员经费支出合计|30|≤50万元|48万元|30|
||公用经费小计|20|≤5万元|4万元|20|
"""
    )
    assert [row.level3.text for row in table.indicators] == ["人员经费支出合计", "公用经费小计"]
    assert table.subtotals == ()


def test_subtotals_below_a_repeated_header_count_on():
    table = one(
        f"""{HEAD.strip()}
产出|数量|人数|30|≥5|6|30|
|小计||30|||30|
一级指标|二级指标|三级指标|分值|指标值|完成值|得分|得分率
效益|社会|知晓率|70|≥80%|82%|70|
|小计||70|||70|
"""
    )
    assert closed(table) == [("小计", 0, 1), ("小计", 1, 2)]
