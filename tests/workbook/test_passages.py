"""文字栏: where 评价结论, 存在问题, 说明 and 资金管理情况 are found."""

from perfeval_xl.workbook.grid import Area, Cell, Sheet
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.passages import passages


def found(cells, merges=()):
    sheet = Sheet("表", "visible", {place: Cell(text) for place, text in cells.items()}, merges, frozenset())
    rows = sorted({row for row, _ in cells})
    return [(p.block, p.label.cell, p.text.cell, p.text.text) for p in passages(Geometry(sheet), rows)]


def test_the_text_stands_in_the_next_cell_or_behind_the_colon():
    cells = {(3, 1): "评价\n结论（200字以内）", (3, 3): "资金按计划使用", (4, 1): "备注：数据截至年底"}
    expected = [("conclusion", "A3", "C3", "资金按计划使用"), ("note", "A4", "A4", "数据截至年底")]
    assert found(cells, (Area(3, 1, 3, 2),)) == expected


def test_a_label_without_text_is_a_blank_passage():
    assert found({(5, 1): "存在问题", (5, 9): "签字"}, (Area(5, 2, 5, 8),)) == [("problems", "A5", "B5", "")]


def test_a_column_header_is_no_passage():
    assert found({(5, 1): "指标", (5, 2): "得分", (5, 3): "未完成原因", (6, 1): "人数"}) == []


def test_management_rows_give_two_texts_each():
    cells = {
        (7, 1): "资金管理情况", (7, 3): "情况说明", (7, 4): "存在问题和改进措施",
        (8, 2): "分配科学性", (8, 3): "按办法分配", (9, 2): "下达及时性", (9, 3): "按时下达", (9, 4): "无", (10, 1): "说明", (10, 2): "略",
    }  # fmt: skip
    merges = (Area(7, 1, 9, 1),)
    assert found(cells, merges) == [
        ("management", "B8", "C8", "按办法分配"),
        ("management", "B8", "D8", ""),
        ("management", "B9", "C9", "按时下达"),
        ("management", "B9", "D9", "无"),
        ("note", "A10", "B10", "略"),
    ]


def test_a_heading_over_the_whole_width_has_its_text_below():
    text = "本年度自评得分99.36分，基金运行平稳，待遇按时足额支付。"
    merges = (Area(5, 1, 5, 4), Area(6, 1, 6, 4))
    assert found({(5, 1): "五、自评结论", (6, 1): text}, merges)[0] == ("conclusion", "A5", "A6", text)


def test_a_label_below_a_heading_is_no_text_of_it():
    merges = (Area(5, 1, 5, 4), Area(6, 1, 6, 4))
    (passage,) = found({(5, 1): "五、自评结论", (6, 1): "单位负责人（签字）", (7, 5): "日期"}, merges)
    assert (passage[0], passage[3]) == ("conclusion", "")
