"""The draft as a Word document: page, fonts, marked gaps, no names of people, the same bytes every time."""

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.word import word_bytes
from perfeval_xl.report.text import read_report
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.examination import examined
from tests.report.draft_text import report_text


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "基金.xlsx"
    build(*case_named("bazhou-2023-resident-fund"), str(path))
    return path


@pytest.fixture(scope="module")
def draft(workbook):
    return drafted(examined(str(workbook)).assessments)


@pytest.fixture(scope="module")
def document(draft):
    return Document(io.BytesIO(word_bytes(draft)))


def test_the_page_is_that_of_an_official_document(document):
    page = document.sections[0]
    sizes = page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin, page.right_margin
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]


@pytest.mark.parametrize(("style", "font", "size"), [("Normal", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16), ("Heading 2", "楷体_GB2312", 16)])
def test_every_level_has_its_official_font(document, style, font, size):
    look = document.styles[style]
    assert look.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert (look.font.size.pt, look.paragraph_format.line_spacing.pt) == (size, 28)


def test_the_foot_holds_the_page_number_between_dashes(document):
    foot = document.sections[0].footer.paragraphs[0]
    assert foot.text == "—  —"
    assert [node.text for node in foot._element.iter(qn("w:instrText"))] == [" PAGE "]


def test_exactly_the_gaps_are_highlighted(document, draft):
    marked = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == draft.gaps


def test_the_document_says_what_the_draft_says(draft, tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(word_bytes(draft))
    read = [paragraph.text for paragraph in read_report(str(path)).paragraphs]
    title, *rest = read
    assert title == "2023年度城乡居民医疗保险基金预算 绩效自评报告"
    kept = [paragraph for paragraph in report_text(draft).paragraphs if "\t" not in paragraph.text]
    assert rest[:5] == [paragraph.text for paragraph in kept[1:6]]
    assert "决策指标\t10\t10\t100.00%" in read


def test_no_person_and_no_hour_is_left_in_the_properties(document):
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments, properties.title) == (
        "", "", "", "2023年度城乡居民医疗保险基金预算绩效自评报告",
    )  # fmt: skip
    assert f"{properties.created:%Y-%m-%d %H:%M}" == f"{properties.modified:%Y-%m-%d %H:%M}" == "2000-01-01 00:00"


def test_the_same_table_gives_the_same_bytes(draft):
    data = word_bytes(draft)
    assert word_bytes(draft) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {member.date_time for member in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_the_command_writes_the_report_and_counts_its_gaps(perfeval, workbook, tmp_path):
    ran = perfeval("report", workbook, "-o", "报告.docx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "已写出: 报告.docx\n还有 10 处要填写, 报告里用黄底标出【请填写：…】。\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报告.docx"]


def test_an_existing_report_is_never_overwritten(perfeval, workbook, tmp_path):
    (tmp_path / "报告.docx").write_text("旧")
    ran = perfeval("report", workbook, "-o", "报告.docx")
    assert (ran.code, ran.out, ran.err) == (2, "", "报告.docx: 文件已存在, 请换一个文件名\n")
    assert (tmp_path / "报告.docx").read_text() == "旧"


def test_a_memory_stick_that_knows_no_links_gets_the_report_and_keeps_the_old_one(perfeval, workbook, tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert perfeval("report", workbook, "-o", "报告.docx").code == 0
    written = (tmp_path / "报告.docx").read_bytes()
    again = perfeval("report", workbook, "-o", "报告.docx")
    assert (again.code, again.err) == (2, "报告.docx: 文件已存在, 请换一个文件名\n")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("报告.docx", written)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["没有.xlsx", "-o", "报告.docx"], "找不到这个文件"),
        (["{table}"], "请用 -o 写明报告的名字"),
        (["{table}", "-o", "报告.pdf"], "报告.pdf: 报告的名字应以 .docx 结尾"),
        (["{table}", "-o", "没有/报告.docx"], "不能写入“没有/报告.docx”：保存的文件夹不存在"),
        (["{table}", "-o", "报告.docx", "--template", "没有.docx"], "没有.docx: 没有这个模板"),
        (["{table}", "-o", "报告.docx", "--template", "/"], "/: 这是文件夹, 不是模板"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(perfeval, workbook, tmp_path, arguments, sentence):
    ran = perfeval("report", *[word.format(table=workbook) for word in arguments])
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert sentence in ran.err
    assert not list(Path(tmp_path).iterdir())
