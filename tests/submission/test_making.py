"""What a submission holds and what stays behind."""

import re
import zipfile

import openpyxl
import pytest

from perfeval_xl.consolidate.examining import outcome_of
from perfeval_xl.submission.making import OpenFindingsError, Request, make_submission
from perfeval_xl.submission.verification import verified
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.cell_patch import set_cells
from tests.submission.conftest import REASON
from tests.submission.office_form import PIXEL, office_form

LOOKS = ("font", "fill", "border", "alignment")


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office's own workbook with everything that may and may not travel, and its submission."""
    folder = tmp_path_factory.mktemp("office")
    source = office_form(folder / "上报.xlsx")
    made = make_submission(str(source), str(folder / "报送.xlsx"), Request(forced=REASON))
    return source, made.path


def test_it_looks_like_the_working_table(fund, sent):
    before, after = openpyxl.load_workbook(fund)["自评表"], openpyxl.load_workbook(sent)["自评表"]
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert {key: (look.width, look.hidden) for key, look in after.column_dimensions.items()} == {
        key: (look.width, look.hidden) for key, look in before.column_dimensions.items()
    }
    assert (after.print_area, after.print_title_rows) == (before.print_area, before.print_title_rows)
    assert (after.page_setup.paperSize, after.page_setup.orientation) == (before.page_setup.paperSize, before.page_setup.orientation)
    for row in before.iter_rows():
        for cell in row:
            other = after[cell.coordinate]
            assert other.number_format == cell.number_format
            assert [repr(getattr(other, look)) for look in LOOKS] == [repr(getattr(cell, look)) for look in LOOKS]


def test_no_macro_function_button_or_helper_sheet_is_in_it(sent):
    found = parts(sent)
    assert not [name for name in found if re.search(r"vba|vml|ctrlProps|externalLink|calcChain", name)]
    assert not [name for name, data in found.items() if b"PE_" in data or b"<f>" in data or b"macroEnabled" in data]
    assert openpyxl.load_workbook(sent).sheetnames == ["自评表", "基础数据", "评分规则", "校验结果", "_pe_record"]
    assert openpyxl.load_workbook(sent)["_pe_record"].sheet_state == "veryHidden"


def test_names_of_people_folders_and_hidden_sheets_stay_behind(office):
    source, path = office
    secrets = ("经办张三", "底稿里的密数", "C:\\Users", "甲公司", "隐藏底稿", "elsewhere.xlsx")
    said_before = b"".join(parts(source).values()).decode("utf-8", "replace")
    said = b"".join(parts(path).values()).decode("utf-8", "replace")
    assert [secret for secret in secrets if secret not in said_before] == []
    assert [secret for secret in secrets if secret in said] == []


def test_pictures_comments_names_conditions_and_web_links_travel_along(office):
    _, path = office
    page = openpyxl.load_workbook(path)["自评表"]
    assert [data for name, data in parts(path).items() if name.startswith("xl/media/")] == [PIXEL]
    assert b"<xdr:pic>" in parts(path)["xl/drawings/drawing1.xml"]
    assert page["A1"].comment.text == "按省厅格式"
    assert page["B3"].hyperlink.target == "https://www.gov.cn/"
    assert page["C3"].hyperlink is None
    assert [rule.formula for rules in page.conditional_formatting for rule in rules.rules] == [["$H11>$E11"]]
    assert list(openpyxl.load_workbook(path).defined_names) == ["经办"]


def test_formulas_become_the_values_they_show_and_texts_stay_texts(office):
    _, path = office
    page = openpyxl.load_workbook(path)["自评表"]
    assert [page[f"N{row}"].value for row in range(40, 47)] == ["=0%", "+1", "@x", "-5.74%", 0.3, "#N/A", True]
    assert [page[f"N{row}"].data_type for row in range(40, 47)] == ["s", "s", "s", "s", "n", "e", "b"]
    assert [page[f"N{row}"].quotePrefix for row in range(40, 45)] == [True, True, True, True, False]
    assert page["N47"].value == 12.5


def test_native_formulas_stay_where_they_are_asked_for(fund, tmp_path):
    path = make_submission(str(fund), str(tmp_path / "报送.xlsx"), Request(keeps_formulas=True)).path
    page, shown = openpyxl.load_workbook(path)["自评表"], openpyxl.load_workbook(path, data_only=True)["自评表"]
    formulas = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    assert len(formulas) > 8
    assert not [formula for formula in formulas.values() if "PE_" in formula.upper()]
    assert shown["H30"].value == openpyxl.load_workbook(fund, data_only=True)["自评表"]["H30"].value
    assert verified(path).is_unchanged


def test_the_footer_carries_the_short_digest_beside_the_offices_own(office):
    _, path = office
    code = verified(path).record.digest[:16].upper()
    footer = openpyxl.load_workbook(path)["自评表"].oddFooter
    assert footer.left.text == f"报送校验码 {code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}"
    assert footer.center.text == "第 &P 页"


def test_open_findings_are_refused_and_a_written_reason_travels_along(fund, tmp_path):
    wrong, target = str(tmp_path / "错.xlsm"), str(tmp_path / "报送.xlsx")
    set_cells(str(fund), wrong, {"自评表": {(11, 8): 99.0}})
    with pytest.raises(OpenFindingsError, match=r"还有没处理的问题 \(错误 1 个, 未说明的核实 0 个\)") as refused:
        make_submission(wrong, target, Request())
    assert [f.cell for f in refused.value.examined.all_findings if f.level == "error"] == ["H11"]
    with pytest.raises(UnusableFile, match="说明太短"):
        make_submission(wrong, target, Request(forced="急用"))
    assert not (tmp_path / "报送.xlsx").exists()
    received = verified(make_submission(wrong, target, Request(forced=REASON)).path)
    assert (received.record.forced, received.record.counts["error"], received.is_unchanged) == (REASON, 1, True)


def test_what_was_explained_stays_explained_at_the_receivers(questioned, tmp_path):
    received = verified(make_submission(questioned, str(tmp_path / "报送.xlsx"), Request()).path)
    assert [(f.cell, f.explanation) for f in received.findings if f.level == "explain"] == [("G20", "分母口径与本表不同, 已附说明")]
    assert [(said.place, said.text) for said in received.record.explanations] == [("自评表 G20", "分母口径与本表不同, 已附说明")]
    assert received.is_unchanged
    counts = outcome_of(received.path).counts
    assert (counts["explain"], counts["explained"]) == (0, 1)


def test_the_unit_comes_from_the_table_or_from_who_sends_it(fund, sent, tmp_path):
    assert verified(sent).record.unit == "巴州医疗保障局"
    assert sent.endswith("巴州医疗保障局_2023_城乡居民医疗保险基金预算绩效目标自评表_v1.xlsx")
    nameless = make_submission(str(fund), str(tmp_path), Request()).path
    assert verified(nameless).record.unit == ""
    assert nameless.endswith("巴州2023_2023_城乡居民医疗保险基金预算绩效目标自评表_v1.xlsx")
    stated = office_form(tmp_path / "项目.xlsx")
    with pytest.raises(UnusableFile, match="表上的单位是「某县医保局」, --unit 写的是「乙县医保局」"):
        make_submission(str(stated), str(tmp_path), Request(forced=REASON, unit="乙县医保局"))


def test_an_existing_submission_gets_a_successor_and_a_named_one_is_never_overwritten(fund, tmp_path):
    names = [make_submission(str(fund), str(tmp_path), Request(unit="甲县")).path[-7:] for _ in range(2)]
    assert names == ["v1.xlsx", "v2.xlsx"]
    with pytest.raises(UnusableFile, match="文件已存在, 没有覆盖"):
        make_submission(str(fund), next(map(str, tmp_path.glob("*v1.xlsx"))), Request())


def test_where_no_submission_can_be_made_a_sentence_says_why(fund, tmp_path):
    (tmp_path / "表.ods").write_bytes(b"PK")
    with pytest.raises(UnusableFile, match=r"请先在 Excel 或 WPS 中另存为 \.xlsx"):
        make_submission(str(tmp_path / "表.ods"), "", Request())
    with pytest.raises(UnusableFile, match=r"文件名要以 \.xlsx 结尾"):
        make_submission(str(fund), str(tmp_path / "报送.xlsm"), Request())
    uncomputed = tmp_path / "未算.xlsx"
    book = openpyxl.load_workbook(office_form(tmp_path / "表.xlsx"))
    book.save(uncomputed)
    with pytest.raises(UnusableFile, match="自评表 N45 的公式没有算出的数"):
        make_submission(str(uncomputed), str(tmp_path / "报送.xlsx"), Request(forced=REASON))


def test_the_office_s_own_file_is_left_as_it_was(fund, tmp_path):
    before = fund.read_bytes()
    make_submission(str(fund), str(tmp_path / "报送.xlsx"), Request())
    assert fund.read_bytes() == before
    assert read_workbook(str(tmp_path / "报送.xlsx")).has_macros is False
