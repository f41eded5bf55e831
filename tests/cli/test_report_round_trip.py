"""The draft through the command line: nothing to say; one changed number, one finding at its sentence."""

import json

import openpyxl
from docx import Document


def findings_in_text(ran):
    return [finding for finding in json.loads(ran.out)["files"][0]["findings"] if finding["place"]]


def test_a_draft_agrees_with_its_table_and_a_changed_rate_is_found(perfeval, case_workbook, tmp_path):
    assert perfeval("report", case_workbook, "-o", "报告.docx").code == 0
    assert findings_in_text(perfeval("check", case_workbook, "--report", "报告.docx", "--json")) == []
    document = Document(tmp_path / "报告.docx")
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "102.95%" in run.text)
    run.text = run.text.replace("102.95%", "99.57%")
    document.save(tmp_path / "改过.docx")
    (finding,) = findings_in_text(perfeval("check", case_workbook, "--report", "改过.docx", "--json"))
    assert (finding["check"], finding["level"], finding["written"], finding["expected"]) == ("E07", "error", "99.57%", "102.95%")
    assert "99.57%" in finding["place"]["quote"]
    assert finding["place"]["paragraph"] > 1


def test_why_an_explanation_of_the_report_does_not_count_is_in_the_document_and_on_the_screen(perfeval, case_workbook, tmp_path):
    (tmp_path / "报告.txt").write_text("基金收入预算完成率99.57%。\n", encoding="utf-8")
    assert perfeval("check", case_workbook, "--report", "报告.txt", "--write", "-o", "校验.xlsx").code == 1
    book = openpyxl.load_workbook(tmp_path / "校验.xlsx")
    sheet = book["报告校验"]
    row = next(row for row in range(5, sheet.max_row + 1) if "核实" in str(sheet.cell(row, 2).value))
    sheet.cell(row, 10, "延期")
    book.save(tmp_path / "说明.xlsx")
    shown = perfeval("check", "说明.xlsx", "--report", "报告.txt").out
    assert shown.count("出错说明没有采纳: 说明太短, 至少 6 个字") == 1
    refused = [finding["explanation_refused"] for finding in findings_in_text(perfeval("check", "说明.xlsx", "--report", "报告.txt", "--json"))]
    assert refused.count("说明太短, 至少 6 个字") == 1
