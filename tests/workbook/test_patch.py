"""One sheet put into someone else's workbook: what is ours is right, what is not ours keeps its very bytes."""

import csv
import io
import shutil
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwings
from openpyxl.styles import Font

from perfeval_xl.workbook.grid import Cell, UnusableFile
from perfeval_xl.workbook.opc.splice import Tree, escaped, spliced
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results import cell_styles
from perfeval_xl.workbook.results.cell_styles import STYLES, StyleSheet
from perfeval_xl.workbook.results.new_sheet import NewCell, NewSheet
from perfeval_xl.workbook.results.patch import put_sheet
from tests.workbook.hostile import (
    MAIN,
    RELATIONSHIPS,
    STRICT_MAIN,
    STRICT_RELATIONSHIPS,
    book,
    cells,
    compound,
    links,
    worksheet,
    zipped,
)
from tests.workbook.libreoffice import SHEETS_AS_CSV, convert

HEADINGS = ("序号", "级别", "单元格", "问题", "出错说明")
DANGEROUS = ["=1+1", "+50", "-得分", "@SUM(A1)", "\t=1", '<b>"&', "_x0041_", "甲\x07乙", "一\n二", "  空格  "]
RESULT = NewSheet(
    "校验结果",
    [
        [NewCell("校验结果", "title")],
        [NewCell("✗错误 1 条", "counts"), NewCell(3, "number"), NewCell(True), NewCell(None)],
        [NewCell(heading, "header") for heading in HEADINGS],
        [NewCell("1"), NewCell("✗错误", "error"), NewCell("自评表 F12", "link", "自评表!F12"), NewCell("超过分值"), NewCell("", "input")],
        [NewCell(text) for text in DANGEROUS],
    ],
    widths=(6, 9, 14, 46, 34),
    header_row=3,
)
OWN_PARTS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


@pytest.fixture
def official(tmp_path):
    """An office's workbook: formulas with cached values, a chart, a comment, a list, a conditional format, print set-up."""
    path = tmp_path / "自评表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("自评表")
        sheet.write_column("A1", [50, 40, 10])
        sheet.write_formula("A4", "=SUM(A1:A3)", made.add_format({"num_format": "0.00", "bold": True}), 100)
        sheet.write_comment("A1", "批注")
        sheet.data_validation("B1", {"validate": "list", "source": ["优", "良"]})
        sheet.conditional_format("A1:A3", {"type": "cell", "criteria": ">", "value": 45, "format": made.add_format({"font_color": "red"})})
        sheet.print_area("A1:C9")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=自评表!$A$1:$A$3"})
        sheet.insert_chart("E1", chart)
        made.define_name("总分", "=自评表!$A$4")
    return path


def parts(path):
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def put(source, sheet=RESULT, name="结果.xlsx"):
    target = source.with_name(name)
    put_sheet(str(source), str(target), sheet)
    return target


def test_every_other_part_keeps_its_bytes(official):
    before, after = parts(official), parts(put(official))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == OWN_PARTS | {"xl/worksheets/sheet2.xml"}
    assert before.keys() <= after.keys()
    assert len(before) >= 15


def test_the_input_is_never_touched(official):
    before = official.read_bytes()
    put(official)
    assert official.read_bytes() == before


def test_texts_numbers_and_blanks_arrive_and_no_text_is_a_formula(official):
    found = read_workbook(str(put(official))).sheets[-1]
    values = {place: cell.value for place, cell in found.cells.items()}
    assert [values[5, column] for column in range(1, 11)] == DANGEROUS
    assert (values[2, 2], values[2, 3]) == (3.0, True)
    assert (2, 4) not in values
    assert (4, 5) not in values
    assert {cell.formula for cell in found.cells.values()} == {""}


def test_openpyxl_reads_the_sheet_with_its_looks(official):
    made = openpyxl.load_workbook(put(official))
    sheet = made["校验结果"]
    assert made.sheetnames == ["自评表", "校验结果"]
    assert [cell.value for cell in sheet[3]][:5] == list(HEADINGS)
    assert [sheet.cell(5, column).data_type for column in (1, 2, 3, 4)] == ["s"] * 4
    assert all(sheet.cell(5, column).quotePrefix for column in (1, 2, 3, 4))
    assert not sheet["A3"].quotePrefix
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:J5"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["D"].width == 46
    assert sheet["C4"].hyperlink.location == "自评表!F12"
    assert (sheet["A3"].font.b, sheet["A3"].fill.fgColor.rgb, sheet["A3"].alignment.wrap_text) == (True, "FFD9E2F3", True)
    assert (sheet["B4"].font.color.rgb, sheet["E4"].protection.locked, sheet["D4"].alignment.wrap_text) == ("FFC00000", False, True)
    assert made["自评表"]["A4"].font.b
    assert made["自评表"]["A4"].number_format == "0.00"
    assert made.defined_names["总分"].attr_text == "自评表!$A$4"
    assert made["自评表"].print_area == "'自评表'!$A$1:$C$9"


def test_the_second_time_replaces_the_sheet_and_adds_nothing(official):
    once = put(official)
    again = put(once, name="再次.xlsx")
    assert parts(again) == parts(once)
    shorter = put(once, RESULT._replace(rows=[[NewCell("没有问题")]], header_row=0), "三.xlsx")
    made = openpyxl.load_workbook(shorter)
    assert made.sheetnames == ["自评表", "校验结果"]
    assert [[cell.value for cell in row] for row in made["校验结果"].iter_rows()] == [["没有问题"]]
    assert made["校验结果"].auto_filter.ref is None
    assert made["校验结果"].print_title_rows is None
    assert b"_FilterDatabase" not in parts(shorter)["xl/workbook.xml"]


def test_a_replaced_sheet_keeps_its_module_and_its_drawings(tmp_path):
    source = tmp_path / "按钮.xlsx"
    with xlsxwriter.Workbook(source) as made:
        made.add_worksheet("自评表")
        sheet = made.add_worksheet("校验结果")
        sheet.set_vba_name("Sheet7")
        sheet.insert_textbox("A1", "说明")
        sheet.write_comment("B9", "批注")
        sheet.write("A30", "旧的一行")
    after = parts(put(source, RESULT._replace(name="校验结果")))
    markup = after["xl/worksheets/sheet2.xml"].decode()
    assert 'codeName="Sheet7"' in markup
    assert markup.index("<pageSetup") < markup.index("<drawing ") < markup.index("<legacyDrawing ")
    assert "旧的一行" not in markup
    assert after["xl/worksheets/_rels/sheet2.xml.rels"] == parts(source)["xl/worksheets/_rels/sheet2.xml.rels"]
    assert openpyxl.load_workbook(source.with_name("结果.xlsx"))["校验结果"]["A1"].value == "校验结果"


def test_a_sheet_name_is_met_without_regard_to_case(tmp_path):
    source = tmp_path / "表.xlsx"
    source.write_bytes(zipped(book(worksheet(cells(1))) | {"xl/workbook.xml": _workbook('<sheet name="Result" sheetId="5" r:id="rId1"/>')}))
    made = openpyxl.load_workbook(put(source, NewSheet("RESULT", [[NewCell("新")]])))
    assert made.sheetnames == ["Result"]
    assert made["Result"]["A1"].value == "新"


def test_formulas_of_a_replaced_sheet_leave_the_calculation_chain(tmp_path):
    source = tmp_path / "表.xlsx"
    chain = f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>'
    made = book(worksheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'), more=[("calcChain", "calcChain.xml")], parts={"xl/calcChain.xml": chain})
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace("</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>')
    source.write_bytes(zipped(made))
    kept = parts(put(source, RESULT))
    assert kept["xl/calcChain.xml"] == chain.encode()
    gone = parts(put(source, NewSheet("表1", [[NewCell("值")]]), "换.xlsx"))
    assert "xl/calcChain.xml" not in gone
    assert b"calcChain" not in gone["[Content_Types].xml"] + gone["xl/_rels/workbook.xml.rels"]


def test_a_strict_workbook_with_prefixes_is_patched_in_its_own_edition(tmp_path):
    workbook = (
        f'<x:workbook xmlns:x="{STRICT_MAIN}" xmlns:q="{STRICT_RELATIONSHIPS}"><x:sheets>'
        '<x:sheet name="自评表" sheetId="4" q:id="rId1"/></x:sheets></x:workbook>'
    )
    sheet = f'<worksheet xmlns="{STRICT_MAIN}"><sheetData/></worksheet>'
    made = book(sheet) | {
        "xl/workbook.xml": workbook,
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml"), root=STRICT_RELATIONSHIPS),
        "xl/_rels/workbook.xml.rels": links(("worksheet", "worksheets/sheet1.xml"), root=STRICT_RELATIONSHIPS),
    }
    source = tmp_path / "表.xlsx"
    source.write_bytes(zipped(made))
    target = put(source)
    after = parts(target)
    assert '<x:sheet name="校验结果" sheetId="5" q:id="rId3"/>' in after["xl/workbook.xml"].decode()
    assert f'<worksheet xmlns="{STRICT_MAIN}">'.encode() in after["xl/worksheets/sheet2.xml"]
    assert f'Type="{STRICT_RELATIONSHIPS}/worksheet" Target="worksheets/sheet2.xml"'.encode() in after["xl/_rels/workbook.xml.rels"]
    found = read_workbook(str(target))
    assert [(sheet.name, len(sheet.cells)) for sheet in found.sheets] == [("自评表", 0), ("校验结果", 23)]
    assert read_workbook(str(put(target, name="再.xlsx"))) == found._replace(path=str(tmp_path / "再.xlsx"))


def test_a_workbook_without_styles_and_with_empty_containers_gets_them(tmp_path):
    source = tmp_path / "表.xlsx"
    made = book(worksheet(cells(1))) | {"xl/workbook.xml": _workbook('<sheet name="表" sheetId="1" r:id="rId1"/>', "<definedNames/>")}
    source.write_bytes(zipped(made))
    sheet = openpyxl.load_workbook(put(source))["校验结果"]
    assert sheet["A3"].font.b
    assert sheet["A5"].value == "=1+1"


def test_a_hidden_sheet_of_our_own_is_hidden(official):
    made = openpyxl.load_workbook(put(official, NewSheet("_pe_record", [[NewCell("记录")]], state="veryHidden")))
    assert made["_pe_record"].sheet_state == "veryHidden"


def test_macros_survive_and_the_name_must_fit(tmp_path):
    source = tmp_path / "宏.xlsm"
    shutil.copy(f"{xlwings.__path__[0]}/quickstart_standalone.xlsm", source)
    before, after = parts(source), parts(put(source, name="结果.xlsm"))
    assert after["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert read_workbook(str(tmp_path / "结果.xlsm")).has_macros
    with pytest.raises(UnusableFile, match=r"工作簿含有宏，结果要存成 \.xlsm 文件"):
        put(source, name="结果.xlsx")


def test_the_only_copy_is_never_overwritten(official, tmp_path):
    for target in (official, tmp_path / "." / "自评表.xlsx", tmp_path / "别名.xlsx"):
        if target.name == "别名.xlsx":
            target.hardlink_to(official)
        with pytest.raises(UnusableFile, match="不能覆盖原来的文件。请换一个文件名保存结果。"):
            put_sheet(str(official), str(target), RESULT)


def test_what_cannot_be_patched_is_refused_and_leaves_nothing(official, tmp_path):
    old = tmp_path / "旧.xls"
    old.write_bytes(compound({"Workbook": b"x"}))
    with pytest.raises(UnusableFile, match=r"只能写入 \.xlsx 或 \.xlsm 文件"):
        put(old)
    with pytest.raises(UnusableFile, match=r"工作簿不含宏，结果要存成 \.xlsx 文件"):
        put(official, name="结果.xlsm")
    with pytest.raises(UnusableFile, match="找不到这个文件"):
        put(tmp_path / "没有.xlsx")
    chart = tmp_path / "图表.xlsx"
    with xlsxwriter.Workbook(chart) as made:
        made.add_worksheet()
        pie = made.add_chart({"type": "pie"})
        pie.add_series({"values": "=Sheet1!$A$1:$A$3"})
        made.add_chartsheet("校验结果").set_chart(pie)
    with pytest.raises(UnusableFile, match="名为“校验结果”的不是普通工作表"):
        put(chart)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["图表.xlsx", "旧.xls", "自评表.xlsx"]


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a[1]", "'a", "a'"])
def test_a_name_no_sheet_may_have_is_our_mistake(official, name):
    with pytest.raises(ValueError, match="no sheet may be called"):
        put(official, NewSheet(name, []))


def test_rows_are_high_enough_for_their_text(official):
    rows = [[NewCell("字" * 45), NewCell("短")], [NewCell("a" * 20)], [NewCell("一\n二\n三")], [NewCell("题" * 45, "title")]]
    markup = parts(put(official, NewSheet("高", rows, widths=(31,))))["xl/worksheets/sheet2.xml"].decode()
    assert [f'<row r="{row}" ht="{height}">' in markup for row, height in ((1, 45), (2, 15), (3, 45), (4, 26))] == [True] * 4


def test_styles_are_added_once_and_old_ones_stay_where_they_are():
    made = openpyxl.Workbook()
    made.active["A1"].font = Font(b=True)
    buffer = io.BytesIO()
    made.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        data = package.read("xl/styles.xml")
    sheet = StyleSheet(data)
    numbers = {name: sheet.index(name, False) for name in STYLES}
    assert len(set(numbers.values())) == len(STYLES)
    assert sheet.index("text", True) not in numbers.values()
    once = sheet.part()
    again = StyleSheet(once)
    assert {name: again.index(name, False) for name in STYLES} == numbers
    assert again.part() == once
    for box in Tree(data, depth=2).root.children:
        old = [Tree(data, depth=2).outer(item) for item in box.children]
        new = Tree(once, depth=2).root.find(box.local)
        assert [Tree(once, depth=2).outer(item) for item in new.children][:len(old)] == old
    assert set(STYLES) == set(cell_styles.STYLES)


def test_text_for_xml_is_escaped_both_ways(tmp_path):
    text = 'a<b>"c"&\x00_x0041_\r\n\ud800\uffff'
    assert escaped(text) == "a&lt;b&gt;&quot;c&quot;&amp;_x0000__x005F_x0041__x000D_&#10;_xD800__xFFFF_"


def test_edits_are_made_at_their_places():
    tree = Tree(b"<a x='>'><b/><c>1</c></a>", depth=1)
    assert [tree.outer(child) for child in tree.root.children] == [b"<b/>", b"<c>1</c>"]
    assert spliced(tree.data, [(tree.root.children[1].start, tree.root.children[1].end, b"")]) == b"<a x='>'><b/></a>"
    with pytest.raises(UnusableFile, match="文件内部的编码少见"):
        Tree('<?xml version="1.0" encoding="GBK"?><a/>'.encode("gbk"), depth=1)


def test_libreoffice_opens_the_result(soffice, official, tmp_path):
    files = convert(soffice, put(put(official), name="再.xlsx"), SHEETS_AS_CSV, tmp_path)
    with files["再-校验结果.csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[2][:5] == list(HEADINGS)
    assert rows[4][:4] == ["=1+1", "+50", "-得分", "@SUM(A1)"]
    with files["再-自评表.csv"].open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["50", "40", "10", "100"]


def test_a_plain_cell_of_another_sheet_is_read_as_before(official):
    assert read_workbook(str(put(official))).sheets[0].cells[4, 1] == Cell(100.0, "SUM(A1:A3)", "0.00")


def _workbook(sheets, more=""):
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{sheets}</sheets>{more}</workbook>'
