"""A ruleset made for another kind of table is used where it is asked for, and the clerk is told."""

from itertools import pairwise

from perfeval_xl.rulesets.loader import load
from perfeval_xl.workbook.examination import examined


def test_a_ruleset_of_another_kind_is_named(case_workbook):
    result = examined(str(case_workbook), "mof-2021-101")
    (note,) = [note.reason for note in result.unread if "评分办法" in note.reason]
    assert note.startswith("评分办法 mof-2021-101 是给")
    assert "这张表是社会保险基金" in note


def test_the_ruleset_of_the_own_kind_needs_no_word(case_workbook):
    assert examined(str(case_workbook)).unread == ()


def test_a_default_that_is_no_longer_in_force_is_used_as_it_was_last(case_workbook, monkeypatch):
    newest = {item: history[-1] for item, history in load("fund-2022-65").items.items()}
    years = ((2020, 1, 1), (2021, 1, 1), (2023, 1, 1))
    ended = {item: tuple(one._replace(since=since, until=until) for since, until in pairwise(years)) for item, one in newest.items()}
    monkeypatch.setattr("perfeval_xl.workbook.examination.load", lambda name: load(name)._replace(items=ended))
    monkeypatch.setattr("perfeval_xl.workbook.examination.all_with_rules", lambda tables, _: [table._replace(ruleset="") for table in tables])
    (note,) = examined(str(case_workbook)).unread
    assert "先按 2021 年起的规定计算" in note.reason
