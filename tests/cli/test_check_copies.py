"""Copies that ``check --write`` makes: what a clerk typed into an earlier one is never written over."""

import openpyxl
import pytest

from tests.submission.office_form import office_form


@pytest.fixture
def table(tmp_path):
    return office_form(tmp_path / "自评表.xlsx", "甲县")


def test_a_copy_that_is_there_stays_and_the_next_gets_a_number(tmp_path, table, perfeval):
    names = ["自评表_校验.xlsx", "自评表_校验(2).xlsx", "自评表_校验(3).xlsx"]
    for name in names:
        assert f"校验结果已写入: {name}" in perfeval("check", "自评表.xlsx", "--write").out
        book = openpyxl.load_workbook(tmp_path / name)
        book["校验结果"]["K5"] = f"写在 {name} 里的说明"
        book.save(tmp_path / name)
    assert [openpyxl.load_workbook(tmp_path / name)["校验结果"]["K5"].value for name in names] == [f"写在 {name} 里的说明" for name in names]


@pytest.mark.parametrize("more", [(), ("--report", "报告.txt")], ids=["a table", "a report beside it"])
def test_a_name_that_is_taken_is_refused(tmp_path, table, perfeval, more):
    (tmp_path / "报告.txt").write_text("自评总得分为96分。", "utf-8")
    (tmp_path / "别人的.xlsx").write_bytes(b"mine")
    answer = perfeval("check", "自评表.xlsx", *more, "--write", "-o", "别人的.xlsx")
    assert (answer.code, answer.err.strip()) == (2, "别人的.xlsx: 文件已存在, 没有覆盖; 请换一个文件名")
    assert (tmp_path / "别人的.xlsx").read_bytes() == b"mine"


def test_the_table_itself_is_refused(table, perfeval):
    answer = perfeval("check", "自评表.xlsx", "--write", "-o", "自评表.xlsx")
    assert (answer.code, answer.err.strip()) == (2, "不能覆盖原来的文件。请换一个文件名保存结果。")
