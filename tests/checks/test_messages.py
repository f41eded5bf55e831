"""出错的话: it says what to type, not only what is wrong."""

import pytest

from tests.checks.drawn_table import drawn, findings_of
from tests.checks.mutation.damage import FAMILIES
from tests.checks.mutation.matrix import tried
from tests.checks.mutation.sheet import roots_of

SAID = [
    ("project", {"D5": "34.20"}, {}, "C01 D5", "把合计改为 32.4, 或改正写错的分项"),
    ("fund", {"F17": "36.84%"}, {}, "C13 F17", "改为 33.84%, 另有基数的请写明用的是哪个数"),
    ("fund", {"F19": "14.5%"}, {}, "C12 F19", "改正写多的占比, 合计多出 4.06%"),
    ("fund", {"F16": "9.26万元"}, {}, "D01 F16", "把完成值改用指标值的单位「亿元」填写, 或改正指标值的单位"),
    ("project", {"E12": "21.2%"}, {}, "D01 E12", "把完成值改用指标值的单位「人次」填写, 或改正指标值的单位"),
    ("project", {"D15": "≥1500元/人"}, {}, "D06 D15", "核对, 一般应写 ≤1500元/人"),
    ("project", {"E13": "104.5%"}, {}, "D07 E13", "核对分子与分母, 分子应是分母的一部分; 确实可以超过的, 请把名称改为完成率一类"),
    ("project", {"E13": "96.5个百分点"}, {}, "D08 E13", "如果说的是比率, 请把完成值改为 96.5%, 如果说的是增减, 请把指标值也写成百分点"),
    ("fund", {"A5": "预算资金(万元)"}, {"money_unit": "万元"}, "D09 A5", "核对表头的金额单位, 按指标里的金额应为「亿元」"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "cells", "properties", "root", "fix"), SAID, ids=[row[3] for row in SAID])
def test_the_way_to_mend_it_names_what_to_type(table, cells, properties, root, fix):
    said = {f"{finding.check} {finding.cell}": finding.fix for finding in findings_of(drawn(table, cells, **properties))}
    assert said[root].removeprefix("请") == fix


def test_low_execution_names_its_rate():
    cells = {"D5": "60.00", "D6": "57.60", "G5": "52.82%", "G6": "51.22%", "H5": "5.28", "G19": "94.83"}
    found = [finding for finding in findings_of(drawn("project", cells), {"threshold.execution_floor": 0.9}) if finding.check == "C07"]
    assert [(finding.cell, finding.message.split(",")[0]) for finding in found] == [("I5", "自评表 I5 执行率 52.82% 低于 90% 而没有说明原因")]


def test_a_damage_is_one_root_whatever_follows():
    """Spot check through the engine of the mutation test: each root names its consequences and no finding twice."""
    for check in ("D09", "C15", "B01"):
        assert FAMILIES[check].check == check
        _, each = tried(check)[0]
        roots = roots_of(each.after, each.rules)
        far = [key for keys in roots.values() for key in keys]
        assert not set(far) & set(roots)
