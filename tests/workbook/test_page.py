"""校验结果网页: one page for many files, safe whatever a cell or a file name says, and of no use to an input's enemy."""

import os
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from perfeval_xl.core.finding import Consequence, Finding
from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.results.page import counts_of, page, safe, write_page
from perfeval_xl.workbook.results.page_style import HEADINGS

HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', '=HYPERLINK("http://x","y")', "</td></table></body>", "&lt;script&gt;",
    "javascript:alert(1)", "{{7*7}}", "甲\x00\x1b[31m乙", "\u202e倒过来", "'; DROP TABLE", "]]>", "<!--", "</style><style>*{display:none}",
]  # fmt: skip


class Reader(HTMLParser):
    """Tags with their attributes, and the text of each cell, as a browser takes the page apart."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.cells, self.text, self._open = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "td":
            self._open = []

    def handle_endtag(self, tag):
        if tag == "td":
            self.cells.append("".join(self._open))
            self._open = None

    def handle_data(self, data):
        (self.text if self._open is None else self._open).append(data)

    def rows(self):
        return [self.cells[start : start + len(HEADINGS)] for start in range(0, len(self.cells), len(HEADINGS))]


@pytest.fixture(scope="module")
def wrong(case_workbook, tmp_path_factory):
    book = openpyxl.load_workbook(case_workbook)
    for cell, value in {"H11": 11, "E12": 4, "G29": "95%以上"}.items():
        book["自评表"][cell] = value
    path = tmp_path_factory.mktemp("page") / "有错.xlsx"
    book.save(path)
    return examined(str(path))


def finding(text="问题", **more):
    fields = {"check": "B04", "level": "error", "sheet": "自评表", "cell": "H18", "item": text, "message": text, "written": text, "expected": text, "basis": text, "fix": text}
    return Finding(**{**fields, **more})


def with_findings(result, *findings):
    return result._replace(findings=(findings,), workbook=result.workbook._replace(sheets=()))


def test_each_finding_is_a_row_with_everything_said_about_it(wrong):
    one = finding("甲", message="自评表 H18 得分 6 大于分值 5", written="6", expected="不超过 5", fix="改为不超过 5", basis="财预〔2020〕10号", consequences=(Consequence("E01", "J18"),))
    reader = Reader(page([("有错.xlsx", with_findings(wrong, one))]))
    assert reader.rows() == [[
        "1", "✗错误", "B04", "自评表 H18", "甲", "自评表 H18 得分 6 大于分值 5", "6", "不超过 5",
        "H18: 改为不超过 5改好后一并消除: E01 J18", "财预〔2020〕10号", "须修改",
    ]]  # fmt: skip
    assert len(HEADINGS) == 11


def test_the_findings_are_those_of_the_check_in_its_order(wrong):
    rows = Reader(page([(wrong.path, wrong)])).rows()
    assert [(row[2], row[3], row[5]) for row in rows] == [(f.check, f"{f.sheet} {f.cell}", f.message) for f in wrong.all_findings]
    levels = [row[1] for row in rows]
    assert levels == sorted(levels, key=("✗错误", "▲核实", "●提示").index)


def test_the_counts_stand_on_top_in_words_and_marks(wrong):
    reader = Reader(page([("甲.xlsx", with_findings(wrong, finding(), finding(level="explain"), finding(level="explain", explanation="已附报告原件"))), ("乙.xlsx", "乙.xlsx: 文件是空的")]))
    text = "".join(reader.text)
    assert "✗错误 1 条 · ▲核实 1 条 · ●提示 0 条 · ✓已说明 1 条" in text
    assert "共 2 个文件: 可以报送 0 个, 须处理 1 个, 不能使用 1 个。" in text
    assert text.index("✗错误 1 条") < text.index("甲.xlsx")
    assert reader.cells[:12] == ["甲.xlsx", "✗须处理", "1", "1", "0", "1", "乙.xlsx", "✗不能使用", "—", "—", "—", "—"]
    assert "✗不能使用: 乙.xlsx: 文件是空的" in text


def test_what_was_not_read_and_left_over_explanations_are_told(wrong):
    text = "".join(Reader(page([("甲.xlsx", wrong._replace(unread=(Unread("汇总", "B3", "看不懂"),)))])).text)
    assert "没有读懂的地方 (1 处)" in text
    assert "? 汇总 B3 看不懂" in text


def test_a_clean_file_is_said_to_be_clean(wrong):
    text = "".join(Reader(page([("甲.xlsx", with_findings(wrong))])).text)
    assert "✓没有发现问题" in text
    assert "✓可以报送" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text_wherever_it_stands(wrong, text):
    (assessment,) = wrong.assessments
    table = assessment.table._replace(sheet=text)
    heading = table.heading._replace(unit=table.heading.unit._replace(text=text))
    hostile = with_findings(wrong, finding(text, sheet=text, cell=text, consequences=(Consequence(text, text),)))
    hostile = hostile._replace(assessments=(assessment._replace(table=table._replace(heading=heading)),), unread=(Unread(text, text, text),))
    made = page([(text, hostile), (text, text)])
    harmless = page([("甲", with_findings(wrong, finding())._replace(unread=(Unread("甲", "乙", "丙"),))), ("甲", "乙")])
    small = [(tag, "small") if tag == "small" else tag for tag, _ in Reader(made).tags if tag not in ("br", "small")]
    assert small == [tag for tag, _ in Reader(harmless).tags if tag not in ("br", "small")]
    assert not any(name.startswith("on") or "script" in (value or "") for _, attributes in Reader(made).tags for name, value in attributes.items())
    cleaned = re.sub("[\x00-\x1f\u202e]", "\ufffd", text)
    assert Reader(made).cells.count(cleaned) == 2 + 5
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", made)


def test_the_page_needs_nothing_from_outside(wrong):
    made = page([(wrong.path, wrong)])
    tags = Reader(made).tags
    assert {tag for tag, _ in tags} <= {"html", "head", "meta", "title", "style", "body", "header", "section", "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "br", "small", "span", "strong", "a", "ul", "li"}
    assert all(value.startswith("#") for _, attributes in tags for name, value in attributes.items() if name in ("href", "src"))
    assert not re.search(r"url\(|@import|https?:", made)
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}) in tags
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in tags
    assert "@page{size:A4 landscape" in made
    assert "@media screen and (max-width" in made


def test_links_of_the_list_lead_to_the_files_below(wrong):
    tags = Reader(page([("甲.xlsx", wrong), ("乙.xlsx", "坏了")])).tags
    targets = {attributes["href"][1:] for tag, attributes in tags if tag == "a"}
    assert targets == {attributes["id"] for tag, attributes in tags if "id" in attributes} == {"file1", "file2"}


def test_thousands_of_findings_and_very_long_texts_are_no_trouble(wrong):
    made = page([("甲.xlsx", with_findings(wrong, *[finding("字" * 5000)] * 500, *[finding()] * 5000))])
    assert len(Reader(made).rows()) == 5500
    assert "…(共 5000 字)" in made
    assert len(made) < 15_000_000


def test_a_very_long_text_is_cut_with_its_length():
    assert safe("a" * 2000) == "a" * 2000
    assert safe("<" * 2001) == "&lt;" * 2000 + "…(共 2001 字)"


def test_an_explained_question_is_counted_once():
    explained = [finding(level="explain"), finding(level="explain", explanation="已附报告"), finding(level="hint")]
    assert counts_of(explained).text == "✗错误 0 条 · ▲核实 1 条 · ●提示 1 条 · ✓已说明 1 条"


def test_the_same_findings_give_the_same_bytes(wrong, tmp_path):
    for name in ("一.html", "二.html"):
        write_page(str(tmp_path / name), [(wrong.path, wrong)])
    assert (tmp_path / "一.html").read_bytes() == (tmp_path / "二.html").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["一.html", "二.html"]


def test_an_input_is_never_written_over_whatever_it_is_called(wrong, tmp_path):
    source = tmp_path / "其实是表.html"
    source.write_bytes(b"input")
    (tmp_path / "别名.html").hardlink_to(source)
    for name in ("其实是表.html", "别名.html"):
        with pytest.raises(UnusableFile, match="这是要校验的文件"):
            write_page(str(tmp_path / name), [(str(source), wrong)])
    with pytest.raises(UnusableFile, match=r"应以 \.html 结尾"):
        write_page(wrong.path, [(wrong.path, wrong)])
    with pytest.raises(UnusableFile, match="保存的文件夹不存在"):
        write_page(str(tmp_path / "没有" / "页.html"), [(wrong.path, wrong)])
    assert source.read_bytes() == b"input"
    assert sorted(os.listdir(tmp_path)) == ["其实是表.html", "别名.html"]


def test_the_command_writes_one_page_for_all_files(perfeval, case_workbook, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"")
    ran = perfeval("check", case_workbook, "坏.xlsx", "--html", "页.html")
    assert (ran.code, ran.out.splitlines()[-1]) == (2, "网页已写入: 页.html")
    assert "共 2 个文件" in (tmp_path / "页.html").read_text("utf-8")
    again = perfeval("check", case_workbook, "--html", "页.html", "--json")
    assert again.out.startswith("{")
    assert "网页已写入" not in again.out
    assert "共 1 个文件" in (tmp_path / "页.html").read_text("utf-8")
