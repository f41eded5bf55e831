"""A ruleset made for another kind of table is used where it is asked for, and the clerk is told."""

from perfeval_xl.workbook.examination import examined


def test_a_ruleset_of_another_kind_is_named(case_workbook):
    result = examined(str(case_workbook), "mof-2021-101")
    (note,) = [note.reason for note in result.unread if "评分办法" in note.reason]
    assert note.startswith("评分办法 mof-2021-101 是给")
    assert "这张表是社会保险基金" in note


def test_the_ruleset_of_the_own_kind_needs_no_word(case_workbook):
    assert examined(str(case_workbook)).unread == ()
