"""Workbooks as offices make them: a form of their own, and everything around it that must survive."""

import io
import struct
import zipfile
import zlib

import xlsxwriter
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

SHEET = "自评表"
TITLE = "2024年度城乡居民参保补助项目支出绩效自评表"
FUNDS = {5: ("年度资金总额", 1711.75, 1711.75, 1707.31, 10), 6: ("其中：财政拨款", 1700, 1700, 1695.56, None), 7: ("其他资金", 11.75, 11.75, 11.75, None)}
INDICATORS = {
    12: ("产出指标", "数量指标", "参保人数", "≥8755人", "8676人", 20, None),
    13: (None, "质量指标", "报销比例", "≥95%", 0.965, 20, None),
    14: (None, "时效指标", "发放及时性", "及时", "及时", 10, 10),
    15: ("效益指标", "社会效益指标", "政策知晓率", 0.9, "88.5%", 30, None),
    16: ("满意度指标", "服务对象满意度", "参保对象满意度", "满意度达到95%", "96%", 10, None),
}
HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
FUND_HEADINGS = ("项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
RATIOS = {"E13": "0.00%", "D15": "0%"}
TOTAL_ROW = 17


def cells(funds=None, indicators=None):
    """Every cell of the form by its address."""
    found = {"A1": TITLE, "A2": "项目名称", "B2": "城乡居民参保补助", "A3": "主管部门", "B3": "某县医疗保障局", "E3": "实施单位", "F3": "某县医保中心"}
    found |= dict(zip((f"{letter}4" for letter in "ABCDEFGH"), FUND_HEADINGS, strict=True))
    for row, (label, *values) in (FUNDS if funds is None else funds).items():
        found |= {f"B{row}": label, **dict(zip((f"{letter}{row}" for letter in "CDEF"), values, strict=True))}
    found |= {"A8": "年度总体目标", "B8": "预期目标", "E8": "实际完成情况", "B9": "应保尽保", "E9": "已经完成"}
    found |= dict(zip((f"{letter}11" for letter in "ABCDEFGH"), HEADINGS, strict=True))
    for row, values in (INDICATORS if indicators is None else indicators).items():
        found |= dict(zip((f"{letter}{row}" for letter in "ABCDEFG"), values, strict=True))
    found |= {f"A{TOTAL_ROW}": "总分", f"F{TOTAL_ROW}": 100, "A18": "填表人：", "E18": "联系电话："}
    return {address: value for address, value in found.items() if value is not None}


def draw(sheet, contents=None):
    """The form on an openpyxl sheet, styled as offices do."""
    thin = Border(*(Side("thin") for _ in range(4)))
    for row in sheet["A4:H17"]:
        for cell in row:
            cell.font, cell.border, cell.alignment = Font("仿宋", 11), thin, Alignment("center", "center", wrap_text=True)
    for address, value in (cells() if contents is None else contents).items():
        sheet[address] = value
    for address, code in RATIOS.items():
        sheet[address].number_format = code
    sheet["G12"].fill, sheet["G12"].number_format = PatternFill("solid", "FFFF99"), "0.0"
    for area in ("A1:H1", "A4:A7", "A8:A9", "B8:D8", "E8:H8", "B9:D9", "E9:H9", "A12:A14", "B2:H2", "F3:H3"):
        sheet.merge_cells(area)
    sheet.column_dimensions["C"].width = 26
    sheet.row_dimensions[1].height = 33
    sheet.print_area, sheet.print_title_rows = "A1:H18", "11:11"
    return sheet


def plain_form(path, contents=None, *, changed=None, before=None):
    """One sheet with the form. ``changed``: cells to write differently, None empties; ``before`` gets the workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    draw(sheet, contents)
    for address, value in (changed or {}).items():
        sheet[address] = value
    if before:
        before(book)
    book.save(path)
    return path


def blank_form(path, *, before=None):
    """The form as it is sent out: labels and weights, nothing else."""
    funds = {row: (label, None, None, None, weight) for row, (label, _, _, _, weight) in FUNDS.items()}
    indicators = {row: (*values[:3], None, None, values[5], None) for row, values in INDICATORS.items()}
    contents = cells(funds, indicators)
    for address in ("B2", "B3", "F3", "B9", "E9"):
        del contents[address]
    return plain_form(path, contents, before=before)


def protected_form(path):
    """A sheet with a password, all but the input cells locked."""

    def protect(book):
        sheet = book[SHEET]
        sheet.protection.set_password("official")
        sheet.protection.sheet = True
        sheet["E12"].protection = Protection(locked=False)
        book.security.lockStructure = True

    return plain_form(path, before=protect)


def rich_form(path):
    """The form with pictures, charts, comments, buttons, validations, formats over formats, other sheets and foreign parts."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, notes, hidden = book.add_worksheet(SHEET), book.add_worksheet("填表说明"), book.add_worksheet("数据")
        look, ratio = book.add_format({"border": 1, "font_name": "仿宋"}), book.add_format({"border": 1, "num_format": "0.00%"})
        for row in range(3, 17):
            for column in range(8):
                sheet.write_blank(row, column, None, look)
        for address, value in cells().items():
            sheet.write(address, value, ratio if address in RATIOS else look)
        sheet.write_rich_string("B2", "城乡居民", book.add_format({"bold": True}), "参保", "补助")
        sheet.insert_image("J2", "seal.png", {"image_data": io.BytesIO(_picture())})
        sheet.write_comment("E12", "以参保登记为准")
        sheet.insert_button("J8", {"caption": "打印"})
        sheet.insert_textbox("J12", "本表一式三份")
        sheet.data_validation("E14", {"validate": "list", "source": ["及时", "不及时"]})
        sheet.conditional_format("E12:E16", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("G12:G16", {"type": "cell", "criteria": "<", "value": 0, "format": book.add_format({"bg_color": "red"})})
        sheet.add_sparkline("J20", {"range": "数据!A1:A3"})
        sheet.set_header("&C&G", {"image_center": "seal.png", "image_data_center": io.BytesIO(_picture())})
        sheet.print_area("A1:H18")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$1:$A$3"})
        notes.insert_chart("B2", chart)
        notes.write_formula("A1", "=自评表!G17", None, 0)
        hidden.hide()
        hidden.write_column("A1", [1, 2, 3])
        book.define_name("参保数据", "=数据!$A$1:$A$3")
        book.define_name("zz_last", "=数据!$A$3")
    path.write_bytes(_with_foreign_parts(buffer.getvalue()))
    return path


def _with_foreign_parts(data):
    """Parts only Excel and WPS write: custom XML, cell pictures, printer settings, the order of calculation, code names."""
    parts = _parts(data)
    links = parts["xl/_rels/workbook.xml.rels"]
    new = (
        ("rId90", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml", "../customXml/item1.xml"),
        ("rId91", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml"),
        ("rId92", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain", "calcChain.xml"),
    )
    tags = "".join(f'<Relationship Id="{own}" Type="{kind}" Target="{target}"/>' for own, kind, target in new)
    parts["xl/_rels/workbook.xml.rels"] = links.replace(b"</Relationships>", tags.encode() + b"</Relationships>")
    parts["customXml/item1.xml"] = b'<office xmlns="urn:office">A-17</office>'
    parts["xl/cellimages.xml"] = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    parts["xl/calcChain.xml"] = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="2"/></calcChain>'
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>'
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
    )
    parts["[Content_Types].xml"] = types
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<sheetPr>", b'<sheetPr codeName="Sheet1">', 1) if b"<sheetPr>" in sheet else sheet
    return packed(parts)


def _parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def parts_of(path):
    """Every part of a file by name."""
    return _parts(path.read_bytes())


def packed(parts):
    """A package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def _picture():
    """A red dot as .png."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
