"""Reports as files: .docx, .txt, .md and .pdf are read alike; what cannot be used says so in one sentence."""

import io
import json
import zipfile

import docx
import openpyxl
import pypdf
import pytest

from perfeval_xl.report.review import reviewed
from perfeval_xl.report.text import read_report
from perfeval_xl.workbook.grid import UnusableFile

WRONG = "全年职工医保基金支出224428.66万元，完成支出预算231991.90万元的99.74%。"


def write_docx(path, *paragraphs, rows=()):
    document = docx.Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for piece in text.split("|"):
            paragraph.add_run(piece)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(cells.cells, values, strict=True):
                cell.text = value
    document.save(path)
    return str(path)


def test_a_word_report_is_read_in_the_order_of_its_paragraphs_and_rows(tmp_path):
    path = write_docx(tmp_path / "报告.docx", "一、情况", "", "全年支出|100万元。", rows=(("指标", "指标值"), ("满意度", "≥90%")))
    assert [(p.number, p.text) for p in read_report(path).paragraphs] == [(1, "一、情况"), (2, "全年支出100万元。"), (3, "指标\t指标值"), (4, "满意度\t≥90%")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_report_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = tmp_path / "报告.txt"
    path.write_bytes(f"前言。\n\n{WRONG}\n".encode(encoding))
    (finding,) = reviewed(str(path)).findings
    assert (finding.check, finding.place[0], finding.expected) == ("E09", 2, "96.74%")


def blank_pdf():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def pdf_bytes(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def locked_pdf():
    writer = blank_pdf()
    writer.encrypt("secret", algorithm="RC4-128")
    return pdf_bytes(writer)


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空.txt", b"", "没有文字"),
        ("空白.md", b" \n\n\t\n", "没有文字"),
        ("图.txt", b"\x89PNG\x00\x00", "不是文字文件"),
        ("坏.docx", b"PK\x03\x04 broken", "损坏"),
        ("别的.docx", zipped(a="1"), "损坏"),
        ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("表.xlsx", zipped(a="1"), "报告应为"),
        ("扫描.pdf", pdf_bytes(blank_pdf()), "扫描件"),
        ("锁.pdf", locked_pdf(), "密码"),
        ("坏.pdf", b"%PDF-1.7 broken", "损坏"),
        ("长.txt", "字".encode() * 1_000_001, "万字"),
    ],
)
def test_what_cannot_be_used_says_so_in_one_sentence(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnusableFile, match=reason) as refusal:
        read_report(str(path))
    assert "\n" not in str(refusal.value)


def test_a_missing_report_is_said_to_be_missing(tmp_path):
    with pytest.raises(UnusableFile, match="没有这个文件"):
        read_report(str(tmp_path / "无.docx"))


def test_a_folder_is_no_report(tmp_path):
    (tmp_path / "夹.docx").mkdir()
    with pytest.raises(UnusableFile, match=r"夹\.docx: 这是文件夹, 不是报告$"):
        read_report(str(tmp_path / "夹.docx"))


def test_the_command_checks_a_report_alone(perfeval, tmp_path):
    (tmp_path / "报告.txt").write_text(f"前言。\n{WRONG}\n", "utf-8")
    ran = perfeval("check", "--report", "报告.txt", "--json")
    (entry,) = json.loads(ran.out)["files"]
    assert ran.code == 1
    assert (entry["file"], entry["summary"]["error"], entry["unread"]) == ("报告.txt", 1, [])
    (finding,) = entry["findings"]
    assert finding["place"] == {"paragraph": 2, "quote": WRONG.rstrip("。")}
    assert (finding["sheet"], finding["cell"], finding["check"]) == (None, None, "E09")
    said = perfeval("check", "--report", "报告.txt").out
    assert f"报告第 2 段「{WRONG.rstrip('。')}」" in said


def test_a_clean_report_gives_zero_and_an_unusable_one_two(perfeval, tmp_path):
    (tmp_path / "好.txt").write_text(WRONG.replace("99.74", "96.74"), "utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    assert perfeval("check", "--report", "好.txt").code == 0
    ran = perfeval("check", "--report", "空.txt", "--json")
    assert ran.code == 2
    assert json.loads(ran.out)["files"][0]["unread"][0]["reason"] == "空.txt: 报告里没有文字"


def test_with_a_table_its_entry_holds_the_findings_of_the_report_too(perfeval, case_workbook, tmp_path):
    (tmp_path / "报告.txt").write_text("自评总得分为96分。", "utf-8")
    ran = perfeval("check", case_workbook, "--report", "报告.txt", "--json")
    (entry,) = json.loads(ran.out)["files"]
    (finding,) = [f for f in entry["findings"] if f["place"]]
    assert (ran.code, entry["kind"], entry["summary"]["error"]) == (1, "fund", 1)
    assert (finding["check"], finding["expected"], finding["place"]) == ("E07", "98分", {"paragraph": 1, "quote": "自评总得分为96分"})


def test_findings_stand_on_a_sheet_of_their_own_and_explanations_stay(perfeval, case_workbook, tmp_path):
    (tmp_path / "报告.txt").write_text("次均费用较改革前下降17.5个百分点。", "utf-8")
    ran = perfeval("check", case_workbook, "--report", "报告.txt", "--write", "-o", "副本.xlsx")
    assert ran.code == 1
    book = openpyxl.load_workbook(tmp_path / "副本.xlsx")
    sheet = book["报告校验"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][:5] == ["序号", "级别", "规则", "段落", "原文"]
    assert rows[1][:5] == [1, "▲核实", "D08", 1, "次均费用较改革前下降17.5个百分点"]
    assert "校验结果" in book.sheetnames
    sheet["J5"] = "原文引自省局通报, 已与省局核对口径"
    book.save(tmp_path / "说明.xlsx")
    again = perfeval("check", "说明.xlsx", "--report", "报告.txt", "--json")
    (finding,) = [f for f in json.loads(again.out)["files"][0]["findings"] if f["place"]]
    assert (again.code, finding["explanation"]) == (0, "原文引自省局通报, 已与省局核对口径")


def test_findings_are_comments_in_a_copy_of_a_word_report(perfeval, tmp_path):
    path = write_docx(tmp_path / "报告.docx", "前言。", "全年职工医保基金支出224428.66万元，|完成支出预算231991.90万元的99.74%|，运行平稳。")
    before = (tmp_path / "报告.docx").read_bytes()
    assert perfeval("check", "--report", path, "--write").code == 1
    copy = docx.Document(tmp_path / "报告_校验.docx")
    (comment,) = copy.comments
    assert comment.text.startswith("E09 报告第 2 段")
    assert "96.74%" in comment.text
    assert (tmp_path / "报告.docx").read_bytes() == before
    assert copy.paragraphs[1].text == "全年职工医保基金支出224428.66万元，完成支出预算231991.90万元的99.74%，运行平稳。"
