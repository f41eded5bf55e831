"""An office's own template: filled with our sentences, and never a program."""

import zipfile

import pytest
from docx import Document

from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.template import filled_template
from perfeval_xl.report.text import read_report
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile
from tests.report.draft_text import texts

ONLY_NAMES = "模板里只能用 {{ 名称 }}、{% for 行 in 名称 %} 和 {% if 名称 %}, 不能用函数、运算和过滤器"
ONLY_LOOPS = "模板里的循环只能写成 {% for 行 in 名称 %}, 最多两层"
NOT_PAIRED = "模板里的占位符写得不对, 请检查 {{ }} 和 {% %} 是否成对、一个占位符里的字体是否一致"


@pytest.fixture(scope="module")
def fund(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "基金.xlsx"
    build(*case_named("bazhou-2023-resident-fund"), str(path))
    return examined(str(path)).assessments


@pytest.fixture
def filled(fund, tmp_path):
    """The paragraphs of a template made of these paragraphs and, if given, one table row."""

    def fill(*paragraphs, row=(), assessments=fund):
        document = Document()
        document.core_properties.author = "某人"
        for text in paragraphs:
            document.add_paragraph(text)
        if row:
            table = document.add_table(3, len(row))
            table.rows[0].cells[0].text, table.rows[2].cells[0].text = "{%tr for 行 in 指标表 %}", "{%tr endfor %}"
            for cell, text in zip(table.rows[1].cells, row, strict=True):
                cell.text = text
        document.save(tmp_path / "模板.docx")
        data = filled_template(str(tmp_path / "模板.docx"), drafted(assessments), assessments)
        (tmp_path / "报告.docx").write_bytes(data)
        return [paragraph.text for paragraph in read_report(str(tmp_path / "报告.docx")).paragraphs]

    return fill


def refusal(fill, *paragraphs):
    with pytest.raises(UnusableFile) as reason:
        fill(*paragraphs)
    return str(reason.value).partition(": ")[2]


def test_names_become_the_words_and_numbers_of_the_table(filled):
    said = filled("{{ 年度 }}年{{ 名称 }}: {{ 总分 }}分{% if 等级 %} ({{ 等级 }}){% endif %}", "共{{ 三级指标数 }}项")
    assert said == ["2023年城乡居民医疗保险: 98分 (优)", "共19项"]


def test_a_chapter_gives_the_same_paragraphs_as_our_own_document(filled, fund):
    assert filled("{{ 未达成原因和改进措施 }}") == texts(drafted(fund), "未达成原因和改进措施")


def test_rows_of_a_table_repeat(filled):
    rows = filled("得分", row=("{{ 行.名称 }}", "{{ 行.得分 }}", "{{ 行.扣分 }}"))
    assert len(rows) == 20
    assert rows[12] == "其他支出占基金支出比重\t0\t2"


def test_each_table_of_a_workbook_can_be_told(filled, fund):
    assert filled("{% for 表 in 各表 %}{{ 表.标题 }} {{ 表.总分 }};{% endfor %}", assessments=(*fund, *fund)) == [
        "2023年度城乡居民医疗保险基金预算绩效自评报告 98;2023年度城乡居民医疗保险基金预算绩效自评报告 98;",
    ]


def test_the_author_of_the_template_is_not_carried_into_the_report(filled, tmp_path):
    filled("{{ 标题 }}")
    properties = Document(tmp_path / "报告.docx").core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


def test_markup_in_a_name_stays_text(filled, fund):
    table = fund[0].table
    hostile = table.heading.name._replace(text="</w:t>{{ 7*7 }}{% raw %}&amp;<b>")
    named = (fund[0]._replace(table=table._replace(heading=table.heading._replace(name=hostile))),)
    assert filled("{{ 名称 }}", assessments=named) == ["</w:t>{{ 7*7 }}{% raw %}&amp;<b>"]


@pytest.mark.parametrize(
    "program",
    [
        "{{ 7*7 }}", "{{ ''.__class__ }}", "{{ 总分.__class__ }}", "{{ 总分|upper }}", "{{ 总分.upper() }}", "{{ range(9) }}", "{% set 甲 = 1 %}",
        "{% include 'passwd' %}", "{{ 指标表[0] }}", "{% macro 甲() %}{% endmacro %}", "{{ 总分 ~ 总分 }}", "{{ 1 if 总分 is defined else 2 }}",
    ],
)  # fmt: skip
def test_a_program_in_a_template_is_refused(filled, program):
    assert refusal(filled, program) == ONLY_NAMES


def test_an_unknown_name_is_told_with_the_known_ones(filled):
    assert refusal(filled, "{{ 局长 }}").startswith("模板里的名称「局长」不认识, 可用: 标题、年度、名称、")


def test_an_unknown_name_of_a_row_is_told(filled):
    assert refusal(filled, "{% for 行 in 指标表 %}{{ 行.局长 }}{% endfor %}") == "模板里有一行用了没有的名称 (局长), 请对照名称表"


def test_an_open_placeholder_is_told(filled):
    assert refusal(filled, "{% for 行 in 指标表 %}没有结尾") == NOT_PAIRED


@pytest.mark.parametrize(
    "loop",
    [
        "{% for 甲 in 指标表 %}{% for 乙 in 指标表 %}{% for 丙 in 指标表 %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for 甲 in 指标表 recursive %}x{% endfor %}", "{% for 甲 in 指标表 if 甲.得分 %}x{% endfor %}",
    ],
)  # fmt: skip
def test_only_plain_loops_run(filled, loop):
    assert refusal(filled, loop) == ONLY_LOOPS


def test_a_loop_runs_over_lists_only(filled):
    assert refusal(filled, "{% for 甲 in 总分 %}x{% endfor %}") == "模板里的循环只能用 资金表、指标表、扣分表、得分表 和 各表"


def test_a_template_that_would_grow_too_large_is_refused_before_it_runs(filled):
    bomb = "{% for 甲 in 指标表 %}{% for 乙 in 指标表 %}" + "{{ 绩效目标实现情况分析 }}" * 60 + "{% endfor %}{% endfor %}"
    assert refusal(filled, bomb) == "模板套上这张表后过大, 请减少循环里的内容"


def test_a_file_that_is_no_document_is_refused(fund, tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no package")
    with pytest.raises(UnusableFile, match=r"模板损坏或不是 Word 文档"):
        filled_template(str(tmp_path / "坏.docx"), drafted(fund), fund)


def test_a_package_that_unpacks_to_too_much_is_refused(fund, tmp_path):
    with zipfile.ZipFile(tmp_path / "大.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 61_000_000)
    with pytest.raises(UnusableFile, match="模板解开后过大"):
        filled_template(str(tmp_path / "大.docx"), drafted(fund), fund)
