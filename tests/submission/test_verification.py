"""What the receiver is told: what was changed since the record was made, whichever program saved the file again."""

import json
from pathlib import Path

import openpyxl
import pytest

from perfeval_xl.submission.canonical import RECORD_SHEET
from perfeval_xl.submission.making import Request, make_submission
from perfeval_xl.submission.record import record_of, record_sheet
from perfeval_xl.submission.verification import verified
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.cell_patch import set_cells
from perfeval_xl.workbook.results.patch import put_sheet
from tests.submission.conftest import REASON
from tests.submission.office_form import office_form, tampered
from tests.workbook.libreoffice import convert


def changes(path):
    return [(change.sheet, change.cell, change.was, change.is_now) for change in verified(str(path)).changed]


@pytest.fixture(scope="module")
def batch(sent, questioned, tmp_path_factory):
    """Submissions of several families and shapes, one with an explanation, one with numbers of 17 digits."""
    folder = tmp_path_factory.mktemp("batch")
    made = [sent, make_submission(questioned, str(folder / "说明.xlsx"), Request()).path]
    for name in ("hefei-2024-district-department", "panzhihua-2024-transfer-capability"):
        form, case = case_named(name)
        build(form, case, str(folder / f"{name}.xlsm"))
        made.append(make_submission(str(folder / f"{name}.xlsm"), str(folder / f"{name}.xlsx"), Request(forced=REASON)).path)
    made.append(make_submission(str(office_form(folder / "项目表.xlsx")), str(folder / "项目.xlsx"), Request(forced=REASON)).path)
    return [Path(path) for path in made]


def test_each_submission_verifies_as_it_was_made_and_after_openpyxl_saved_it(batch, tmp_path):
    for path in batch:
        openpyxl.load_workbook(path).save(tmp_path / path.name)
        for version in (path, tmp_path / path.name):
            received = verified(str(version))
            assert (received.changed, received.remarks) == ((), ())
            assert received.is_unchanged


def test_each_submission_verifies_after_libreoffice_saved_it(batch, soffice, tmp_path):
    for number, path in enumerate(batch):
        (tmp_path / str(number)).mkdir()
        again = convert(soffice, str(path), "xlsx", tmp_path / str(number))[path.name]
        received = verified(str(again))
        assert (received.changed, received.remarks) == ((), ())
        assert [finding._replace() for finding in received.findings] == verified(str(path)).findings


def test_a_changed_digit_is_named_with_what_it_was(sent, tmp_path):
    assert changes(tampered(sent, tmp_path / "改.xlsx", H13=3.0)) == [("自评表", "H13", "4", "3")]


def test_a_changed_digit_is_named_after_another_program_saved_it(sent, soffice, tmp_path):
    page = openpyxl.load_workbook(sent)
    page["自评表"]["H13"] = 3.0
    page.save(tmp_path / "改.xlsx")
    (tmp_path / "又存").mkdir()
    again = convert(soffice, str(tmp_path / "改.xlsx"), "xlsx", tmp_path / "又存")["改.xlsx"]
    assert changes(tmp_path / "改.xlsx") == changes(again) == [("自评表", "H13", "4", "3")]
    assert [f.check for f in verified(str(again)).findings if f.level == "error"] != []


def test_a_changed_text_a_deleted_and_an_added_one_are_named(sent, tmp_path):
    was = read_workbook(sent).sheets[0].cells[11, 7].value
    path = tampered(sent, tmp_path / "改.xlsx", G11="99.9%", A1=None, P60="补充")
    assert sorted(changes(path)) == [
        ("自评表", "A1", "城乡居民医疗保险基金预算绩效目标自评表", ""),
        ("自评表", "G11", str(was) if isinstance(was, str) else f"{was:.15g}", "99.9%"),
        ("自评表", "P60", "", "补充"),
    ]


def test_a_number_that_became_a_text_is_a_change(sent, tmp_path):
    received = verified(str(tampered(sent, tmp_path / "改.xlsx", H13="4")))
    assert [(change.cell, change.was, change.is_now) for change in received.changed] == [("H13", "4", "4")]
    assert not received.is_unchanged


def test_a_changed_rule_and_an_added_rule_are_named(sent, tmp_path):
    set_cells(sent, str(tmp_path / "改.xlsx"), {"评分规则": {(4, 2): "mof-2020-10"}})
    assert [place[:2] for place in changes(tmp_path / "改.xlsx")] == [("评分规则", "B4")]
    project = make_submission(str(office_form(tmp_path / "表.xlsx")), str(tmp_path / "项目.xlsx"), Request(forced=REASON)).path
    book = openpyxl.load_workbook(project)
    book.create_sheet("评分规则")["B4"] = "anhui-2024"
    book.save(tmp_path / "加.xlsx")
    assert ("评分规则", "B4", "", "anhui-2024") in changes(tmp_path / "加.xlsx")


def test_a_formula_in_place_of_a_value_is_a_change_even_where_it_shows_the_same(sent, tmp_path):
    book = openpyxl.load_workbook(sent)
    book["自评表"]["H13"] = "=2+2"
    book.save(tmp_path / "改.xlsx")
    assert ("自评表", "H13", "", "公式 =2+2") in changes(tmp_path / "改.xlsx")


def test_a_changed_an_added_and_a_removed_explanation_are_named(questioned, tmp_path):
    path = make_submission(questioned, str(tmp_path / "报送.xlsx"), Request()).path
    said = "分母口径与本表不同, 已附说明"
    for text, now in (("分母口径不同, 经局长办公会同意", "分母口径不同, 经局长办公会同意"), (None, "")):
        set_cells(path, str(tmp_path / "改.xlsx"), {"校验结果": {(5, 11): text}})
        assert [place[0::2] + place[3:] for place in changes(tmp_path / "改.xlsx")] == [("校验结果", said, now)]
    set_cells(path, str(tmp_path / "加.xlsx"), {"校验结果": {(6, 11): "群众反映良好, 已走访核实"}})
    assert [place[0::2] + place[3:] for place in changes(tmp_path / "加.xlsx")] == [("校验结果", "", "群众反映良好, 已走访核实")]


def test_a_record_of_another_submission_is_found_out(sent, batch, tmp_path):
    foreign = record_of(read_workbook(str(batch[2])))
    put_sheet(sent, str(tmp_path / "换.xlsx"), record_sheet(foreign))
    received = verified(str(tmp_path / "换.xlsx"))
    assert not received.is_unchanged
    assert len(received.changed) > 100
    assert "报送记录是 2024 年度的, 表上写的是 2023 年度" in received.remarks


def test_a_record_of_the_same_form_of_another_unit_is_found_out_by_its_unit(tmp_path):
    one, other = (
        make_submission(str(office_form(tmp_path / f"{unit}表.xlsx", unit)), str(tmp_path / f"{unit}.xlsx"), Request(forced=REASON)).path
        for unit in ("甲县医保局", "乙县医保局")
    )
    put_sheet(one, str(tmp_path / "换.xlsx"), record_sheet(record_of(read_workbook(other))))
    received = verified(str(tmp_path / "换.xlsx"))
    assert received.remarks == ("报送记录是「乙县医保局」的, 表上写的是「甲县医保局」",)
    assert [(change.cell, change.was, change.is_now) for change in received.changed] == [("B5", "乙县医保局", "甲县医保局")]


def test_a_record_that_was_edited_no_longer_fits_its_own_digest(sent, tmp_path):
    record = record_of(read_workbook(sent))
    cells = tuple(cell._replace(value="3") if cell.cell == "H13" else cell for cell in record.cells)
    put_sheet(sent, str(tmp_path / "改.xlsx"), record_sheet(record._replace(cells=cells)))
    assert verified(str(tmp_path / "改.xlsx")).remarks == ("报送记录里的摘要与记录的内容不符, 记录被改过",)


@pytest.mark.parametrize("text", ["{}", "[1]", '{"format":1', '{"format":1,"counts":{"error":1e999}}', "[" * 100_000, None])
def test_a_spoilt_record_is_said_to_be_spoilt(sent, tmp_path, text):
    set_cells(sent, str(tmp_path / "坏.xlsx"), {RECORD_SHEET: {(2, 1): text and text[:16_000]}})
    received = verified(str(tmp_path / "坏.xlsx"))
    assert (received.record, received.remarks) == (None, ("报送记录已被改坏, 不能核对",))


def test_a_file_without_a_record_is_checked_all_the_same(fund):
    received = verified(str(fund))
    assert received.remarks == ("文件里没有报送记录, 不是用本工具生成的报送件, 或者记录被删掉了",)
    assert {finding.level for finding in received.findings} == {"hint"}


def test_formulas_without_values_are_said_to_need_excel(fund, tmp_path):
    path = make_submission(str(fund), str(tmp_path / "报送.xlsx"), Request(keeps_formulas=True)).path
    openpyxl.load_workbook(path).save(tmp_path / "又存.xlsx")
    (remark,) = verified(str(tmp_path / "又存.xlsx")).remarks
    assert remark.endswith("个公式没有算出的数 (由不会计算的程序另存过), 这些数不能核对, 请在 Excel 里打开、保存一次再核对")


def test_the_record_is_plain_json_in_cells_that_excel_can_hold(sent):
    cells = next(sheet.cells for sheet in read_workbook(sent).sheets if sheet.name == RECORD_SHEET)
    chunks = [cell.value for (row, _), cell in sorted(cells.items()) if row > 1]
    assert max(len(chunk.encode("utf-16-le")) // 2 for chunk in chunks) <= 32_767
    assert json.loads("".join(chunks))["unit"] == "巴州医疗保障局"
