"""What a worksheet part can say, and what of it arrives; every part here is written by hand."""

import pytest

from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.grid import Area, Cell, ErrorValue, UnusableFile
from perfeval_xl.workbook.opc.package import DAMAGED, OVERSIZED
from perfeval_xl.workbook.reading.xlsx import read_xlsx
from tests.workbook.hostile import (
    MAIN,
    RELATIONSHIPS,
    STRICT_MAIN,
    STRICT_RELATIONSHIPS,
    book,
    cells,
    links,
    worksheet,
    zipped,
)


def read(*sheets, **more):
    return read_xlsx("表.xlsx", zipped(book(*sheets, **more)))


def cells_of(rows, **more):
    return read(worksheet(rows), **more).sheets[0].cells


def shared(*items):
    text = "".join(f"<si>{item}</si>" for item in items)
    return {
        "more": [("sharedStrings", "sharedStrings.xml")],
        "parts": {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{text}</sst>'},
    }


def styled(number_formats, *numbers):
    custom = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in number_formats.items())
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    style = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{custom}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs count="{len(numbers)}">{xfs}</cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="no"/></dxf></dxfs></styleSheet>'
    )
    return {"more": [("styles", "styles.xml")], "parts": {"xl/styles.xml": style}}


def test_every_type_of_value_arrives():
    found = cells_of(
        '<row r="1"><c r="A1"><v>12.5</v></c><c r="B1" t="n"><v>1e3</v></c><c r="C1" t="s"><v>0</v></c>'
        '<c r="D1" t="inlineStr"><is><t>行内</t></is></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#DIV/0!</v></c>'
        '<c r="G1" t="str"><f>A1&amp;""</f><v>12.5</v></c><c r="H1" t="d"><v>2023-12-31</v></c></row>',
        **shared("<t>医保</t>"),
    )
    values = {place: cell.value for place, cell in found.items()}
    assert values == {
        (1, 1): 12.5, (1, 2): 1000.0, (1, 3): "医保", (1, 4): "行内", (1, 5): True, (1, 6): "#DIV/0!", (1, 7): "12.5", (1, 8): 45291.0,
    }  # fmt: skip
    assert isinstance(values[1, 1], float)
    assert isinstance(values[1, 6], ErrorValue)
    assert not isinstance(values[1, 7], ErrorValue)
    assert found[1, 7].formula == 'A1&""'


def test_runs_are_one_text_and_phonetic_hints_are_none():
    texts = shared(
        "<r><t>执行</t></r><r><rPr><b/></rPr><t xml:space='preserve'>率 </t></r>",
        "<t>数量</t><rPh sb='0' eb='1'><t>SHU</t></rPh>",
        "<t>一_x000D_二_x005F_x0041_</t>",
        "<t/>",
    )
    rows = "".join(f'<c r="{letter}1" t="s"><v>{index}</v></c>' for index, letter in enumerate("ABCD"))
    rows += '<c r="E1" t="inlineStr"><is><r><t>行</t></r><rPh><t>HANG</t></rPh><r><t>内</t></r></is></c>'
    found = cells_of(f'<row r="1">{rows}</row>', **texts)
    assert {place: cell.value for place, cell in found.items()} == {
        (1, 1): "执行率 ", (1, 2): "数量", (1, 3): "一\r二_x0041_", (1, 5): "行内",
    }  # fmt: skip


def test_cells_without_value_and_formula_are_not_stored():
    found = cells_of(
        '<row r="1"><c r="A1" s="1"/><c r="B1"></c><c r="C1" t="str"><v></v></c><c r="D1"><f>E1</f></c>'
        '<c r="E1"><f></f></c><c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f>E1</f><v/></c></row>'
    )
    assert found == {(1, 4): Cell(None, "E1"), (1, 6): Cell("", '""'), (1, 7): Cell(None, "E1")}


def test_cells_and_rows_without_reference_stand_after_the_one_before():
    found = cells_of("<row><c><v>1</v></c><c r='D1'><v>2</v></c><c/><c><v>3</v></c></row><row r='5'><c><v>4</v></c></row><row><c><v>5</v></c></row>")
    assert {place: cell.value for place, cell in found.items()} == {(1, 1): 1.0, (1, 4): 2.0, (1, 6): 3.0, (5, 1): 4.0, (6, 1): 5.0}


def test_a_shared_formula_is_seen_from_each_of_its_cells():
    found = cells_of(
        '<row r="2"><c r="C2"><f t="shared" ref="C2:C4" si="0">ROUND(A2/B$1,2)</f><v>1</v></c></row>'
        '<row r="3"><c r="C3"><f t="shared" si="0"/><v>2</v></c></row><row r="4"><c r="C4"><f t="shared" si="0"/></c></row>'
        '<row r="5"><c r="C5"><f t="shared" si="7"/><v>3</v></c></row>'
    )
    assert [found[row, 3].formula for row in (2, 3, 4, 5)] == ["ROUND(A2/B$1,2)", "ROUND(A3/B$1,2)", "ROUND(A4/B$1,2)", "#REF!"]


def test_an_array_formula_belongs_to_every_cell_it_fills():
    found = cells_of(
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><f t="dataTable" ref="B2:B2" r1="A1" r2=""/><v>2</v></c></row>'
    )
    assert [found[place].formula for place in ((1, 1), (2, 1), (1, 2), (2, 2))] == ["B1:B2*2", "B1:B2*2", "", "TABLE(A1,)"]


def test_number_formats_come_from_the_cell_style():
    found = cells_of(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c><c r="D1" s="3"><v>1</v></c><c r="E1" s="9"><v>1</v></c></row>',
        **styled({176: "0.0000_ ", 200: "0.00&quot;万元&quot;"}, 0, 10, 176, 200),
    )
    assert [found[1, column].number_format for column in range(1, 6)] == ["General", "0.00%", "0.0000_ ", '0.00"万元"', "General"]


def test_locale_dependent_formats_are_those_of_a_chinese_excel():
    found = cells_of('<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>1</v></c></row>', **styled({}, 14, 57))
    assert [cell.number_format for cell in found.values()] == ["yyyy/m/d", 'yyyy"年"m"月"']


def test_the_other_edition_of_the_standard_and_prefixes_are_read():
    rows = '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:f>A1</x:f><x:v>2</x:v></x:c></x:row>'
    sheet = (
        f'<x:worksheet xmlns:x="{STRICT_MAIN}"><x:sheetData>{rows}</x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A3:B4"/></x:mergeCells></x:worksheet>'
    )
    workbook = (
        f'<x:workbook xmlns:x="{STRICT_MAIN}" xmlns:q="{STRICT_RELATIONSHIPS}">'
        '<x:sheets><x:sheet name="自评表" sheetId="4" q:id="rId1"/></x:sheets></x:workbook>'
    )
    parts = book(sheet) | {
        "xl/workbook.xml": workbook,
        "_rels/.rels": links(("officeDocument", "/xl/workbook.xml"), root=STRICT_RELATIONSHIPS),
        "xl/_rels/workbook.xml.rels": links(
            ("worksheet", "/xl/worksheets/sheet1.xml"), ("sharedStrings", "./texts/../strings.xml"), root=STRICT_RELATIONSHIPS
        ),
        "xl/strings.xml": f'<x:sst xmlns:x="{STRICT_MAIN}"><x:si><x:t>医保</x:t></x:si></x:sst>',
    }
    sheet = read_xlsx("表.xlsx", zipped(parts)).sheets[0]
    assert (sheet.name, sheet.part) == ("自评表", "xl/worksheets/sheet1.xml")
    assert sheet.cells == {(1, 1): Cell("医保"), (1, 2): Cell(2.0, "A1")}
    assert sheet.merges == (Area(3, 1, 4, 2),)


def test_elements_of_other_namespaces_are_no_cells():
    odd = '<ext xmlns:o="urn:other"><o:c r="B9"><o:v>9</o:v></o:c></ext>'
    assert read(worksheet(cells(1), after=f"<extLst>{odd}</extLst>")).sheets[0].cells == {(1, 1): Cell(1.0)}


def test_a_part_in_utf16_is_read():
    parts = book("") | {"xl/worksheets/sheet1.xml": worksheet(cells(1)).encode("utf-16")}
    assert read_xlsx("表.xlsx", zipped(parts)).sheets[0].cells == {(1, 1): Cell(1.0)}


def test_states_hidden_rows_and_columns_names_and_the_date_system_arrive():
    sheet = worksheet(
        '<row r="1" hidden="1"/><row r="2" hidden="0"/><row r="3" hidden="true"><c r="A3"><v>1</v></c></row>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="false"/><col min="250" max="16384" hidden="1"/></cols>',
    )
    entries = "".join(f'<sheet name="表 {n}" sheetId="{n}" state="{state}" r:id="rId1"/>' for n, state in enumerate(("visible", "hidden", "veryHidden"), 1))
    names = '<definedName name="总分">表!$A$1</definedName><definedName name="_xlnm.Print_Area" localSheetId="1">\'表 2\'!$A$1:$C$9</definedName>'
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><workbookPr date1904="1"/><sheets>{entries}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )
    found = read_xlsx("表.xlsx", zipped(book(sheet) | {"xl/workbook.xml": workbook}))
    assert [sheet.state for sheet in found.sheets] == ["visible", "hidden", "veryHidden"]
    assert found.sheets[0].hidden_rows == {1, 3}
    assert found.sheets[0].hidden_columns == {2, 3, *range(250, 257)}
    assert found.date1904
    assert not found.has_macros
    assert found.defined_names == {"总分": "表!$A$1", "'表 2'!_xlnm.Print_Area": "'表 2'!$A$1:$C$9"}


def test_dates_written_as_text_follow_the_date_system():
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><workbookPr date1904="true"/><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
    parts = book(worksheet('<row r="1"><c r="A1" t="d"><v>2023-12-31T12:00:00</v></c></row>')) | {"xl/workbook.xml": workbook}
    assert read_xlsx("表.xlsx", zipped(parts)).sheets[0].cells == {(1, 1): Cell(45291.5 - 1462)}


def test_macros_are_noticed():
    assert read(worksheet(), more=[("vbaProject", "vbaProject.bin")], parts={"xl/vbaProject.bin": b"x"}).has_macros


def test_sheets_that_hold_no_cells_are_named():
    parts = book(worksheet(cells(1)), worksheet())
    parts["xl/_rels/workbook.xml.rels"] = links(("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "worksheets/sheet2.xml"))
    found = read_xlsx("表.xlsx", zipped(parts))
    assert [sheet.name for sheet in found.sheets] == ["表1"]
    assert found.unread == (Unread("表2", "", "图表工作表，里面没有单元格，没有读取。"),)


def test_a_sheet_whose_part_is_missing_is_named_and_the_others_are_read():
    parts = book(worksheet(cells(1)), worksheet())
    del parts["xl/worksheets/sheet2.xml"]
    found = read_xlsx("表.xlsx", zipped(parts))
    assert [sheet.name for sheet in found.sheets] == ["表1"]
    assert found.unread == (Unread("表2", "", "文件里缺少这个工作表的内容，没有读取。"),)


def test_what_a_merge_covers_is_not_taken_for_filled_in():
    found = read(worksheet(cells(1, 2, 3) + cells(4, row=2), after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))
    assert found.sheets[0].cells == {(1, 1): Cell(1.0), (1, 3): Cell(3.0)}
    assert found.sheets[0].merges == (Area(1, 1, 2, 2),)
    assert found.unread == (Unread("表1", "B1", "被合并单元格盖住的内容没有读取（B1、A2，共 2 个），在 Excel 里也看不到。"),)


def test_a_merge_of_the_whole_sheet_is_no_burden():
    found = read(worksheet(cells(1), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    assert found.sheets[0].merges == (Area(1, 1, 1_048_576, 16_384),)
    assert found.sheets[0].cells == {(1, 1): Cell(1.0)}


def test_merges_that_overlap_beyond_measure_mean_a_damaged_file():
    merges = '<mergeCell ref="A1:IV20000"/><mergeCell ref="A1:B2"/>'
    with pytest.raises(UnusableFile, match=DAMAGED):
        read(worksheet(cells(1), after=f"<mergeCells>{merges}</mergeCells>"))


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='B2'><v>一百</v></c>",
        "<c r='B2'><v>nan</v></c>",
        "<c r='B2'><v>1e999</v></c>",
        "<c r='B2'><v>1_000</v></c>",
        "<c r='B2' t='s'><v>0</v></c>",
        "<c r='B2' t='s'><v>-1</v></c>",
        "<c r='B2' t='b'><v>2</v></c>",
        "<c r='B2' t='d'><v>昨天</v></c>",
        "<c r='B2' t='?'><v>1</v></c>",
    ],
)
def test_a_value_of_the_wrong_type_is_named_and_not_guessed(cell):
    found = read(worksheet(f"<row r='2'><c r='A2'><v>1</v></c>{cell}</row>"))
    assert found.sheets[0].cells == {(2, 1): Cell(1.0)}
    assert found.unread == (Unread("表1", "B2", "单元格内容已损坏，读不出值（共 1 个）。请重新填写。"),)


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='1'><c r='A0'><v>1</v></c></row>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row r='一'><c><v>1</v></c></row>",
        "<row r='99999999999'/>",
        "<row r='1'>",
        "<row r='1'>&unknown;</row>",
    ],
)
def test_impossible_places_and_broken_markup_mean_a_damaged_file(rows):
    with pytest.raises(UnusableFile, match=DAMAGED):
        read(worksheet(rows))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
def test_entity_bombs_are_refused_before_they_unfold(part):
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    parts = book(worksheet(cells(1)))
    parts[part] = bomb + parts[part]
    with pytest.raises(UnusableFile, match="文档定义（DTD）"):
        read_xlsx("表.xlsx", zipped(parts))


def test_a_workbook_without_its_main_part_is_damaged():
    parts = book(worksheet())
    del parts["xl/workbook.xml"]
    with pytest.raises(UnusableFile, match=DAMAGED):
        read_xlsx("表.xlsx", zipped(parts))


def test_two_hundred_sheets_are_read_and_a_thousand_are_too_many():
    found = read(*(worksheet(cells(number)) for number in range(200)))
    assert [sheet.cells[1, 1].value for sheet in found.sheets] == [float(number) for number in range(200)]
    entries = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1001))
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{entries}</sheets></workbook>'
    with pytest.raises(UnusableFile, match=OVERSIZED):
        read_xlsx("表.xlsx", zipped(book(worksheet()) | {"xl/workbook.xml": workbook}))


@pytest.mark.parametrize("name", ["_pe_calc", "使用手册"])
def test_our_own_sheets_of_formulas_and_of_words_are_there_but_not_read(name):
    parts = book(worksheet(cells(1, 2)), worksheet(cells(3, 4)))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("表2", name)
    found = read_xlsx("表.xlsx", zipped(parts))
    assert [(sheet.name, len(sheet.cells), sheet.part) for sheet in found.sheets] == [
        ("表1", 2, "xl/worksheets/sheet1.xml"),
        (name, 0, "xl/worksheets/sheet2.xml"),
    ]
    assert found.unread == ()
