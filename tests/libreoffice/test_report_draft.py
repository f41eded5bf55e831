"""The report draft on paper: LibreOffice Writer prints it on A4, with every sentence and the page numbers."""

import os
import subprocess
from pathlib import Path

import pytest

from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.writing import write_draft
from perfeval_xl.workbook.examination import examined
from tests.libreoffice.picture import page_count, page_size, page_text, pictures

HOW_TO_GET_WRITER = "需要 LibreOffice Writer: apt-get install libreoffice-writer"
_BLANK_PAGE = 3_000     # bytes of a .png at 40 dpi that shows nothing


@pytest.fixture(scope="module")
def writer(soffice):
    """The path of a soffice that has Writer."""
    if not (Path(soffice).resolve().parent / "libswlo.so").exists():
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_GET_WRITER)
        pytest.skip(HOW_TO_GET_WRITER)
    return soffice


@pytest.fixture(scope="module")
def paper(writer, case_workbook, tmp_path_factory):
    """The draft of the 巴州 case as .pdf."""
    folder = tmp_path_factory.mktemp("report")
    write_draft(str(case_workbook), str(folder / "报告.docx"))
    subprocess.run(
        [writer, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "报告.docx"],
        env={**os.environ, "PATH": f"{os.path.dirname(writer)}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    return folder / "报告.pdf"


def test_the_report_is_printed_on_a_handful_of_a4_pages(paper):
    assert page_size(paper) == (210, 297)
    assert 4 <= page_count(paper) <= 8


def test_every_sentence_of_the_draft_is_on_paper(paper, case_workbook):
    printed = page_text(paper)
    for number in range(page_count(paper), 0, -1):
        assert f"—{number}—" in printed
        printed = printed.replace(f"—{number}—", "")
    draft = drafted(examined(str(case_workbook)).assessments)
    missing = [run.text for run in draft.runs if "".join(run.text.split()) not in printed]
    assert missing == []


def test_no_page_is_blank(paper, tmp_path):
    sizes = [picture.stat().st_size for picture in pictures(paper, tmp_path, 40)]
    assert [size for size in sizes if size < _BLANK_PAGE] == []
