"""The draft through the command line: nothing to say; one changed number, one finding at its sentence."""

import json

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
