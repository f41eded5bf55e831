"""What an office's workbook holds besides cells survives: every other part byte for byte, nothing of it executed or lost."""

import re

import pytest

from perfeval_xl.workbook.adoption.adopt import adopt, adopted
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.vba.compound_file import compound_file
from tests.conftest import ROOT
from tests.workbook.adoption.office_files import (
    SHEET,
    packed,
    parts_of,
    plain_form,
    protected_form,
    rich_form,
)
from tests.workbook.vba.readers import olevba_sources

CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml"}
OURS = ("评分规则", "校验结果", "_pe_calc")


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """The office's parts and the living workbook's."""
    folder = tmp_path_factory.mktemp("rich")
    office, living = rich_form(folder / "官方.xlsx"), folder / "活.xlsm"
    adopt(str(office), str(living))
    return parts_of(office), parts_of(living)


def test_every_other_part_is_carried_over_byte_for_byte(rich):
    before, after = rich
    assert {name for name in before if before[name] != after.get(name)} == CHANGED | {"xl/calcChain.xml"}
    assert "xl/calcChain.xml" not in after


def test_carried_parts_keep_their_compressed_bytes(tmp_path):
    office = rich_form(tmp_path / "官方.xlsx")
    data = adopted(str(office), ruleset="", replace=False, macros_too=True).data
    before, after = Package(office.read_bytes()), Package(data)
    kept = [name for name in before.members if name not in CHANGED | {"xl/calcChain.xml"}]
    assert "xl/media/image1.png" in kept
    assert [bytes(after.packed(after.members[name])) for name in kept] == [bytes(before.packed(before.members[name])) for name in kept]


def test_new_parts_are_our_sheets_the_macros_the_buttons_and_the_original(rich):
    before, after = rich
    assert sorted(set(after) - set(before)) == [
        "customXml/_rels/item2.xml.rels", "customXml/item2.xml", "customXml/itemProps1.xml", "xl/drawings/vmlDrawing3.vml", "xl/vbaProject.bin",
        "xl/worksheets/_rels/sheet5.xml.rels", "xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml", "xl/worksheets/sheet6.xml",
    ]  # fmt: skip


def test_the_sheet_of_the_table_changes_in_its_filled_cells_and_marks_alone(rich):
    before, after = (_without_cells(parts["xl/worksheets/sheet1.xml"].decode()) for parts in rich)
    marks = re.findall(r"<conditionalFormatting[^>]*>(?:(?!</cond).)*pe_marks.*?</conditionalFormatting>", after)
    assert len(marks) == 1
    assert after.replace(marks[0], "") == before


def _without_cells(sheet):
    """The part without the cells that get a formula."""
    return re.sub(r'<c r="(?:G5|G6|G7|H5|G12|G13|G15|G17)".*?(?:/>|</c>)', "", sheet)


def test_names_stay_in_their_order_and_with_their_sheets(rich):
    before, after = (re.findall(r"<definedName [^>]*>[^<]*</definedName>", parts["xl/workbook.xml"].decode()) for parts in rich)
    assert [name for name in after if name in before] == before
    names = [re.search(r'name="([^"]+)"', name)[1].casefold() for name in after]
    assert names == sorted(names)
    assert {"pe_marks", "pe_rows", "pe_rules", "pe_calc"} <= set(names)


def test_the_office_s_sheets_stand_first_and_ours_behind(rich):
    workbook = rich[1]["xl/workbook.xml"].decode()
    assert re.findall(r'<sheet name="([^"]+)"', workbook) == [SHEET, "填表说明", "数据", *OURS]
    assert re.search(r'<sheet name="_pe_calc"[^>]*state="veryHidden"', workbook)
    assert 'codeName="ThisWorkbook"' in workbook
    assert 'fullCalcOnLoad="1"' in workbook


def test_the_vba_project_knows_our_sheets_and_those_that_have_a_name_already(tmp_path):
    office = rich_form(tmp_path / "官方.xlsx")
    parts = parts_of(office)
    sheet = re.sub(rb"<sheetPr[^>]*/?>(?:.*?</sheetPr>)?", b"", parts["xl/worksheets/sheet1.xml"], count=1)
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"(<worksheet[^>]*>)", rb'\1<sheetPr codeName="Sheet7"/>', sheet, count=1)
    office.write_bytes(packed(parts))
    living = tmp_path / "活.xlsm"
    adopt(str(office), str(living))
    modules = set(olevba_sources(parts_of(living)["xl/vbaProject.bin"]))
    assert {"ThisWorkbook", "Sheet7", "PeRules", "PeResults", "PeCalc", "Buttons", "xlwings_udfs"} <= modules


def test_the_buttons_stand_on_our_sheet(rich):
    drawing = rich[1]["xl/drawings/vmlDrawing3.vml"].decode()
    assert re.findall(r"Buttons\.(\w+)", drawing) == ["ValidateSheet", "RecalculateSheet", "MakeSubmission", "GoToFirstError"]
    assert rich[1]["xl/drawings/vmlDrawing1.vml"] == rich[0]["xl/drawings/vmlDrawing1.vml"]


def test_without_macros_the_workbook_stays_an_xlsx(tmp_path):
    office, living = plain_form(tmp_path / "官方.xlsx"), tmp_path / "活.xlsx"
    adopt(str(office), str(living))
    parts = parts_of(living)
    assert "xl/vbaProject.bin" not in parts
    assert b"macroEnabled" not in parts["[Content_Types].xml"]
    assert not [name for name in parts if name.endswith(".vml")]


def test_protection_stays_and_is_told(tmp_path):
    office, living = protected_form(tmp_path / "官方.xlsx"), tmp_path / "活.xlsm"
    adoption = adopt(str(office), str(living))
    guard = re.compile(rb"<sheetProtection[^>]*>")
    before, after = (guard.findall(parts_of(path)["xl/worksheets/sheet1.xml"]) for path in (office, living))
    assert before == after != []
    assert adoption.notes == ["工作表「自评表」有保护: 保护没有动, 公式已写入", "工作簿结构有保护: 保护没有动; 「生成报送件」要先撤销它"]


def test_a_workbook_written_with_prefixes_is_adopted_in_its_own_spelling(tmp_path):
    office = plain_form(tmp_path / "官方.xlsx")
    parts = parts_of(office)
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        declared = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", parts[name])
        parts[name] = declared.replace(main, main.replace(b"xmlns=", b"xmlns:x="), 1)
    office.write_bytes(packed(parts))
    living = tmp_path / "活.xlsm"
    adoption = adopt(str(office), str(living))
    assert {each.cell for each in adoption.touched} == {"G5", "G6", "G7", "H5", "G12", "G13", "G15", "G17"}
    written = parts_of(living)
    assert re.search(rb'<x:c r="G12" s="\d+"><x:f>IFERROR', written["xl/worksheets/sheet1.xml"])
    assert re.search(rb'<x:sheet name="[^"]*" sheetId="2"', written["xl/workbook.xml"])
    assert [each.fund.written_rate.number for each in examined(str(living)).assessments[0].funds][2] == 1.0


@pytest.mark.parametrize("name", OURS)
def test_a_sheet_of_our_name_is_refused(tmp_path, name):
    office = plain_form(tmp_path / "官方.xlsx", before=lambda book: book.create_sheet(name))
    with pytest.raises(UnusableFile, match=f"已经有一张「{name}」"):
        adopt(str(office), str(tmp_path / "活.xlsm"))
    assert not (tmp_path / "活.xlsm").exists()


def test_a_workbook_with_macros_of_its_own_is_refused(tmp_path, built_xlsm):
    with pytest.raises(UnusableFile, match="有自己的宏"):
        adopt(str(built_xlsm), str(tmp_path / "活.xlsm"))


def test_a_workbook_of_ours_needs_no_adoption(tmp_path):
    with pytest.raises(UnusableFile, match="已经是本工具的工作簿"):
        adopt(str(ROOT / "workbooks/cases/bazhou-2023-resident-fund.xlsm"), str(tmp_path / "活.xlsm"))


@pytest.fixture(scope="module")
def built_xlsm(tmp_path_factory):
    """A form with a VBA project."""
    folder = tmp_path_factory.mktemp("macros")
    office = plain_form(folder / "官方.xlsx")
    parts = parts_of(office)
    link = b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link + b"</Relationships>")
    parts["xl/vbaProject.bin"] = b"whatever"
    path = folder / "有宏.xlsm"
    path.write_bytes(packed(parts))
    return path


def test_an_adopted_workbook_is_not_adopted_twice(tmp_path):
    office, living = plain_form(tmp_path / "官方.xlsx"), tmp_path / "活.xlsm"
    adopt(str(office), str(living))
    with pytest.raises(UnusableFile, match="已经是采用过的工作簿"):
        adopt(str(living), str(tmp_path / "又一份.xlsm"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("旧.xls", compound_file({"Workbook": b"\x09\x08\x10\x00" + bytes(5000)})),
        ("表.ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})),
        ("表.xlsb", packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b""})),
    ],
)
def test_other_formats_are_refused_with_what_to_do(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnusableFile, match=r"不能原样采用。请用 Excel 或 WPS 打开, 另存为"):
        adopt(str(path), str(tmp_path / "活.xlsm"))


def test_a_strict_workbook_takes_our_sheets_in_its_own_edition(tmp_path):
    office = plain_form(tmp_path / "官方.xlsx")
    parts = {name: _strict(data) if name.endswith((".xml", ".rels")) else data for name, data in parts_of(office).items()}
    office.write_bytes(packed(parts))
    living = tmp_path / "活.xlsm"
    adopt(str(office), str(living))
    written = parts_of(living)
    assert not [name for name in written if name.startswith("xl/worksheets/") and b"schemas.openxmlformats.org/spreadsheetml" in written[name]]
    rate = examined(str(living)).workbook.sheets[0].cells[5, 7]
    assert (rate.number_format, rate.value) == ("0.00%", 1707.31 / 1711.75)


def _strict(data):
    for transitional, strict in (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        data = data.replace(transitional, strict)
    return data


def test_a_workbook_whose_sheet_has_a_comment_drawing_keeps_it(rich):
    before, after = rich
    assert before["xl/worksheets/_rels/sheet1.xml.rels"] == after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert before["xl/comments1.xml"] == after["xl/comments1.xml"]


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    office, living = plain_form(tmp_path / "官方.xlsx"), tmp_path / "活.xlsm"
    living.write_bytes(b"mine")
    with pytest.raises(UnusableFile, match="文件已存在"):
        adopt(str(office), str(living))
    assert living.read_bytes() == b"mine"


def test_the_same_office_file_gives_the_same_bytes(tmp_path):
    office = rich_form(tmp_path / "官方.xlsx")
    assert adopted(str(office), ruleset="", replace=True, macros_too=True) == adopted(str(office), ruleset="", replace=True, macros_too=True)
