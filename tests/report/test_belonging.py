"""A report beside several tables: held against the one its title or its text names, against none where that is not certain."""

import pytest

from perfeval_xl.core.assessment import assessed
from perfeval_xl.report.belonging import table_of
from perfeval_xl.report.review import review_text
from perfeval_xl.report.text import Paragraph, ReportText
from perfeval_xl.rulesets.loader import default_for, load
from perfeval_xl.rulesets.periods import rules_of
from tests.checks.drawn_table import drawn


def table(base, sheet, *, year=2024, cells=None):
    made = drawn(base, cells or {}, year=year)._replace(sheet=sheet)
    return assessed(made, rules_of(load(made.ruleset or default_for(made.kind, year)), year))


def report(*lines):
    return ReportText("报告.txt", tuple(Paragraph(number, line) for number, line in enumerate(lines, start=1)))


TRAINING, DEVICES = "基层经办人员培训项目", "基层经办设备更新项目"
TABLES = (
    table("project", "培训"), table("project", "设备", cells={"B3": DEVICES}), table("project", "培训2023", year=2023), table("fund", "基金2024", year=2024),
    table("fund", "基金2023", year=2023),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sheet"),
    [
        (("2024年城乡居民医保基金绩效自评报告",), "基金2024"),
        (("城乡居民基本医疗保险基金预算绩效自评报告", "（2023年度）"), "基金2023"),
        ((f"{TRAINING}2024年度绩效自评报告",), "培训"),
        ((f"{DEVICES}绩效自评报告",), "设备"),
        (("2024年项目支出绩效自评报告", f"为做好{DEVICES}, 现将情况报告如下。"), "设备"),
        (("2023年项目支出绩效自评报告", "现将情况报告如下。"), "培训2023"),
    ],
)
def test_the_title_or_a_name_in_the_text_tells_the_table(lines, sheet):
    assert table_of(report(*lines), TABLES).table.sheet == sheet


@pytest.mark.parametrize(
    "lines",
    [
        ("绩效自评报告",),
        ("2024年项目支出绩效自评报告", f"本年实施{TRAINING}和{DEVICES}。"),
        ("2024年部门整体支出绩效自评报告", f"其中{DEVICES}已完成。"),
        ("2021年城乡居民医保基金绩效自评报告",),
        (f"{TRAINING}绩效自评报告",),
    ],
)
def test_no_table_is_chosen_where_the_report_leaves_room(lines):
    assert table_of(report(*lines), TABLES) is None


def test_a_name_inside_a_longer_name_is_not_meant():
    longer = table("project", "二期", cells={"B3": TRAINING + "二期"})
    assert table_of(report(f"2024年{TRAINING}二期绩效自评报告"), (TABLES[0], longer)).table.sheet == "二期"
    assert table_of(report(f"2024年{TRAINING}绩效自评报告"), (TABLES[0], longer)).table.sheet == "培训"


def test_the_only_table_is_the_reports_whatever_it_says():
    assert table_of(report("绩效自评报告"), TABLES[:1]) is TABLES[0]


def test_the_table_that_is_meant_is_compared_and_no_other():
    lines = ("2024年城乡居民医保基金绩效自评报告", "全年基金收入预算完成率为99.57%。")
    review = review_text(report(*lines), TABLES)
    assert (review.sheet, review.unread) == ("基金2024", ())
    assert [(finding.check, finding.expected) for finding in review.findings] == [("E07", "102.95%")]


def test_a_report_that_is_compared_with_none_says_so():
    review = review_text(report("绩效自评报告", "全年基金收入预算完成率为99.57%。"), TABLES)
    assert (review.sheet, review.findings) == ("", ())
    (note,) = review.unread
    assert note.reason.startswith("有 5 张自评表 (培训、设备、培训2023、基金2024、基金2023), 从报告的标题看不出写的是哪一张")
