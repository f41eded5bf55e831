"""Whose file it is, which of two counts, and what is said of it."""

import pytest

from perfeval_xl.consolidate.arrival import situation_of
from perfeval_xl.consolidate.outcome import Outcome, TableOutcome
from perfeval_xl.consolidate.summary_rows import counted

UNITS = ("甲县医保局", "乙县(市)医保局", "丙县医保局")


def table(unit="", year=2024, title="表"):
    return TableOutcome("自评表", "project", "", year, unit, title, "mof-2020-10", None, None, None, None, "", 0.0)


def arrived(*files):
    return situation_of([(name, modified, outcome) for name, modified, outcome in files], UNITS)


@pytest.mark.parametrize(
    ("file", "outcome", "unit"),
    [
        ("a.xlsx", Outcome(tables=[table("乙县（市）医保局 ")]), "乙县(市)医保局"),
        ("丙县医保局_2024.xlsx", Outcome(tables=[table("下属中心")]), "丙县医保局"),
        ("丙县医保局/自评表.xlsx", Outcome(reason="坏"), "丙县医保局"),
        ("a.xlsx", Outcome(tables=[table()], unit="甲县医保局"), "甲县医保局"),
        ("丁县_2024_表.xlsx", Outcome(tables=[table()]), "丁县"),
    ],
)
def test_the_unit_comes_from_the_table_the_record_or_the_name_of_the_file(file, outcome, unit):
    assert [arrival.unit for arrival in arrived((file, 1.0, outcome)).arrivals] == [unit]


def test_who_sent_nothing_is_not_who_sent_what_cannot_be_read():
    situation = arrived(("甲县医保局.xlsx", 1.0, Outcome(tables=[table()])), ("丙县医保局.xlsx", 1.0, Outcome(reason="坏")))
    assert (situation.missing, situation.unusable) == (("乙县(市)医保局",), ("丙县医保局",))
    assert situation.sentence == "应报 3 家, 已报 1 家 (1/3), 未报 1 家; 1 家报来的文件都无法读取; 1 份无法读取"


def test_the_record_tells_the_newest_before_the_time_of_the_file():
    early = Outcome(tables=[table()], made_at="2024-03-01T09:00:00+08:00")
    late = Outcome(tables=[table()], made_at="2024-03-02T09:00:00+08:00")
    situation = arrived(("甲县医保局1.xlsx", 2e9, early), ("甲县医保局2.xlsx", 1e9, late))
    assert situation.latest["甲县医保局1.xlsx"].file == "甲县医保局2.xlsx"
    assert [[sent.file for sent in group] for group in situation.doubled] == [["甲县医保局1.xlsx", "甲县医保局2.xlsx"]]


def test_between_copies_of_one_submission_the_younger_file_counts():
    same = Outcome(tables=[table()], made_at="2024-03-01T09:00:00+08:00")
    assert arrived(("甲县医保局1.xlsx", 5.0, same), ("甲县医保局2.xlsx", 4.0, same)).latest["甲县医保局2.xlsx"].file == "甲县医保局1.xlsx"


def test_two_different_tables_of_one_unit_are_no_double():
    files = [("甲县医保局1.xlsx", 1.0, Outcome(tables=[table(title="甲项目")])), ("甲县医保局2.xlsx", 1.0, Outcome(tables=[table(title="乙项目")]))]
    assert arrived(*files).doubled == ()


def test_a_table_sent_twice_does_not_swallow_the_other_table_of_the_unit():
    first, second = Outcome(tables=[table(title="甲项目")]), Outcome(tables=[table(title="乙项目")])
    situation = arrived(("甲县医保局1.xlsx", 1.0, first), ("甲县医保局2.xlsx", 2.0, first), ("甲县医保局3.xlsx", 3.0, second))
    assert [arrival.file for arrival in counted(situation)] == ["甲县医保局2.xlsx", "甲县医保局3.xlsx"]
    assert situation.sentence == "应报 3 家, 已报 1 家 (1/3), 未报 2 家; 1 家重复报送"


def test_another_year_an_old_template_and_a_reason_are_said():
    usual = [(f"丙县医保局{n}.xlsx", 1.0, Outcome(tables=[table(title=str(n))])) for n in range(3)]
    odd = Outcome(tables=[table(year=2022)], engine="0.0.1", forced="系统故障, 已电话说明")
    situation = arrived(*usual, ("甲县医保局.xlsx", 1.0, odd))
    remarks = {arrival.file: arrival.remarks for arrival in situation.arrivals}
    assert [remark.partition(" (")[0] for remark in remarks.pop("甲县医保局.xlsx")] == [
        "年度是 2022, 其余单位多为 2024", "用旧版模板", "带着未处理的问题报送, 理由: 系统故障, 已电话说明",
    ]  # fmt: skip
    assert set(remarks.values()) == {()}


def test_a_unit_on_no_roster_is_named():
    assert arrived(("丁县_表.xlsx", 1.0, Outcome(tables=[table()]))).strangers == ("丁县",)
