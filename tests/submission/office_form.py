"""An office's own project form with everything that may and that may not travel along."""

import io
import zipfile

import xlsxwriter

from perfeval_xl.workbook.results.cell_patch import set_cells

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fea7355b6c0000000049454e44ae426082"
)
HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值", "分值", "得分", "偏差原因分析及改进措施")
ROWS = (
    ("产出指标", "数量指标", "培训人数", "≥120人次", "130人次", 30, 30, ""),
    ("产出指标", "质量指标", "培训合格率", "≥95%", "96.4%", 20, 20, ""),
    ("效益指标", "社会效益指标", "政策知晓率", "≥80%", "85%", 30, 30, ""),
    ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", 10, 10, "问卷 320 份"),
)


def office_form(path, unit="某县医保局", year=2024, remark=""):
    """The form, filled, with all of that; ``remark``: a text in N48."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"author": "经办张三", "company": "甲公司", "comments": "内部"})
        sheet, hidden = book.add_worksheet("自评表"), book.add_worksheet("隐藏底稿")
        hidden.hide()
        hidden.write_string("A1", "底稿里的密数")
        _draw(sheet, unit, year)
        _decorate(book, sheet)
        sheet.write_string("N48", remark)
        book.define_name("经办", "=自评表!$B$3")
        book.define_name("底稿", "=隐藏底稿!$A$1")
    _with_traces(path)
    return path


def _draw(sheet, unit, year):
    sheet.merge_range("A1:H1", "项目支出绩效自评表")
    sheet.merge_range("A2:H2", f"（{year}年度）")
    for row, (label, value) in enumerate((("项目名称", "医保经办能力提升"), ("主管部门", "某县财政局"), ("实施单位", unit)), 3):
        sheet.write_string(f"A{row}", label)
        sheet.merge_range(f"B{row}:H{row}", value)
    for column, text in enumerate(("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")):
        sheet.write_string(5, column, text)
    for column, value in enumerate(("年度资金总额", "", 100, 100, 100, 10, 1, 10)):
        sheet.write(6, column, value)
    for column, text in enumerate(("年度总体目标", "提升经办能力", "", "", "已全部完成年初设定的目标")):
        sheet.write_string(7, column, text)
    for column, text in enumerate(HEADINGS):
        sheet.write_string(9, column, text)
    for number, row in enumerate(ROWS, 10):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.write_string("A15", "总分")
    sheet.write("F15", 100)
    sheet.write("G15", 100)


def _decorate(book, sheet):
    for row, text in enumerate(("=0%", "+1", "@x", "-5.74%"), 40):
        sheet.write_string(f"N{row}", text)
    sheet.write_number("N44", 0.1 + 0.2)
    sheet.write_formula("N45", "=NA()", None, "#N/A")
    sheet.write_boolean("N46", True)
    sheet.write_formula("N47", "=SUM(D7,隐藏底稿!B1)/8", None, 12.5)
    sheet.insert_image("K3", "C:\\Users\\zhang\\公章.png", {"image_data": io.BytesIO(PIXEL), "description": "C:\\Users\\zhang\\公章.png"})
    sheet.write_comment("A1", "按省厅格式", {"author": "经办张三"})
    sheet.write_url("B3", "https://www.gov.cn/", string="医保经办能力提升")
    sheet.write_url("C3", "external:D:/elsewhere.xlsx")
    sheet.conditional_format("H11:H14", {"type": "formula", "criteria": "=$H11>$E11", "format": book.add_format({"bold": True})})
    sheet.conditional_format("G11:G14", {"type": "formula", "criteria": "=底稿>1", "format": book.add_format({"bold": True})})
    sheet.data_validation("A20", {"validate": "list", "source": "=隐藏底稿!$A$1:$A$3"})
    sheet.set_footer("&C第 &P 页")
    sheet.print_area("A1:H16")


def _with_traces(path):
    """The folder of the sender, as Excel writes it into the workbook part."""
    trace = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
        '<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\zhang\\"/>'
        "</mc:Choice></mc:AlternateContent>"
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book = parts["xl/workbook.xml"].replace(b"<bookViews>", trace.encode() + b"<bookViews>")
    parts["xl/workbook.xml"] = book.replace(b'fullCalcOnLoad="1"', b"")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def tampered(source, target, **cells):
    """Other values in cells of the table."""
    from perfeval_xl.workbook.address import place

    set_cells(str(source), str(target), {"自评表": {place(cell): value for cell, value in cells.items()}})
    return target
