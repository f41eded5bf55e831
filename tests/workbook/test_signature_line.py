"""签字栏: several labels in one cell, blank or filled."""

import pytest

from perfeval_xl.workbook.grid import Cell, Sheet
from perfeval_xl.workbook.layout.geometry import Geometry
from perfeval_xl.workbook.layout.signatures import signatures


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("单位负责人： 财务负责人： 填表人：", [("单位负责人", ""), ("财务负责人", ""), ("填表人", "")]),
        ("单位负责人：甲某  财务负责人：  填表人：乙某", [("单位负责人", "甲某"), ("财务负责人", ""), ("填表人", "乙某")]),
        ("填表人：乙某    填报日期：    年  月  日", [("填表人", "乙某"), ("填报日期", "")]),
    ],
)
def test_a_blank_line_never_takes_the_next_label_for_its_value(text, signed):
    geometry = Geometry(Sheet("表", "visible", {(3, 1): Cell(text)}))
    assert [(label, value.text) for label, value in signatures(geometry, [3])] == signed
