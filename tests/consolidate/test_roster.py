"""The list of those who must send: offices keep it with titles, numbers, telephones and sums around the names."""

from pathlib import Path

import openpyxl
import pytest

from perfeval_xl.consolidate.roster import roster_of
from perfeval_xl.workbook.grid import UnusableFile
from tests.submission.office_form import office_form


def saved(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [["甲县医保局"], ["乙县医保局"]],
        [["2024年应报单位名单"], ["序号", "联系电话", "报送单位名称", "备注"], [1, 13800000001, "甲县医保局", None], [2, None, "乙县医保局", "新增"], ["合计", None, None, "2家"]],
        [["序号", "县区", "电话"], [1, "甲县医保局", 1], [2, "乙县医保局", 2]],
        [["单位", "联系人"], ["甲县医保局", "某人"], ["乙县医保局", "某人"], ["合 计", "2人"]],
        [[1, "甲县医保局"], [2, "乙县医保局"], [3, "甲县医保局"]],
        [["上级单位名单"], ["编号", "主管部门", "填报单位"], ["A1", "市局", "甲县医保局"], ["A2", "市局", "乙县医保局"]],
    ],
    ids=["names alone", "a title, numbers and a sum", "a heading of its own", "the usual heading", "no heading", "the usual heading before another"],
)
def test_the_units_are_found_among_other_columns(tmp_path, rows):
    assert roster_of(saved(tmp_path / "名单.xlsx", rows)) == ["甲县医保局", "乙县医保局"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_text_may_come_from_any_editor(tmp_path, encoding):
    (tmp_path / "名单.csv").write_bytes("序号,报送单位\r\n1,甲县医保局\r\n2,乙县医保局\r\n".encode(encoding))
    assert roster_of(tmp_path / "名单.csv") == ["甲县医保局", "乙县医保局"]


def test_a_list_of_numbers_names_nobody(tmp_path):
    with pytest.raises(UnusableFile, match="名单里没有单位"):
        roster_of(saved(tmp_path / "名单.xlsx", [[1, 2], ["合计", 3]]))


def test_the_first_sheet_with_anything_on_it_is_the_list_however_far_its_cells_lie_apart(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("名单")
    for row, unit in ((3, "甲县医保局"), (20_000, "乙县医保局")):
        sheet.cell(row, 2, unit)
    sheet.cell(5, 16_384, "2024")
    book.save(tmp_path / "名单.xlsx")
    assert roster_of(tmp_path / "名单.xlsx") == ["甲县医保局", "乙县医保局"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("名单.xlsx", b"\x89PNG\r\n\x1a\n", "名单.xlsx: 这是 PNG 图片"),
        ("名单.csv", b"\xd2" * 10_000_001, "名单.csv: 超过 10 MB, 不像单位名单"),
    ],
    ids=["a picture", "a huge text"],
)
def test_what_is_no_list_is_named_in_the_sentence(tmp_path, monkeypatch, name, data, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnusableFile, match=sentence):
        roster_of(Path(name))


def test_a_self_evaluation_table_given_by_mistake_is_no_list(tmp_path):
    office_form(tmp_path / "甲县.xlsx", "甲县医保局")
    with pytest.raises(UnusableFile, match="这是绩效自评表, 不是单位名单"):
        roster_of(tmp_path / "甲县.xlsx")
