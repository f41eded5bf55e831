"""What the toolbar answers, from the files and rows it is given."""

import pytest

from perfeval_xl.workbook.extension.answers import answer, demand_ours
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.results.result_rows import HEADINGS
from perfeval_xl.workbook.results.waiting import first_open


def page(*rows):
    """校验结果 with those findings: level, cell, status."""
    lines = [{"级别": level, "单元格": cell, "状态": status} for level, cell, status in rows]
    return [("校验结果",), ("",), ("",), HEADINGS, *(tuple(line.get(heading, "") for heading in HEADINGS) for line in lines)]


def test_the_first_error_comes_before_what_stands_above_it():
    found = page(("▲核实", "自评表 G9", "待说明"), ("✗错误", "自评表 (2) H12", "须修改"))
    assert first_open(found) == ("自评表 (2)", "H12")


def test_without_an_error_the_first_that_still_waits():
    found = page(("▲核实", "自评表 G9", "已说明"), ("●提示", "自评表 G11", "供参考"))
    assert first_open(found) == ("自评表", "G11")


@pytest.mark.parametrize("rows", [[], page(), page(("▲核实", "自评表 G9", "已说明")), page(("", "自评表 G9", "问题已消除"))], ids=str)
def test_nothing_waits_is_a_sentence(rows):
    with pytest.raises(UnusableFile, match="没有需要处理的单元格"):
        first_open(rows)


def test_our_page_and_an_empty_one_may_be_written():
    demand_ours(page())
    demand_ours([])
    demand_ours([("", "")])
    for foreign in ([("", "自己的")], [("校验结果",), ("",), ("",), ("编号",)]):
        with pytest.raises(UnusableFile, match="改名"):
            demand_ours(foreign)


def test_the_answer_has_the_rows_of_the_page_and_the_counts(case_workbook):
    given = answer(str(case_workbook))
    assert given.sentence == "✗错误 0 条 · ▲核实 0 条 · ●提示 2 条 · ✓已说明 0 条 可以报送。"
    assert [row[3].link for row in given.rows[4:]] == ["自评表!F25", "自评表!G28"]


def test_a_refusal_does_not_name_the_copy(tmp_path):
    path = tmp_path / "document.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(UnusableFile) as refusal:
        answer(str(path))
    assert str(tmp_path) not in str(refusal.value)
