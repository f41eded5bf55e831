"""A generated draft against its own table: nothing to say, and exactly one thing after one number was changed."""

import pytest

from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.recognition import recognised
from perfeval_xl.report.review import review_text
from perfeval_xl.report.text import Paragraph
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.examination import examined, examined_workbook
from perfeval_xl.workbook.grid import Workbook
from tests.report.draft_text import changed, number_facts, report_text
from tests.workbook.drawn_form import drawn_form


@pytest.fixture(scope="module")
def fund(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "基金.xlsx"
    build(*case_named("bazhou-2023-resident-fund"), str(path))
    return examined(str(path)).assessments


def drawn(seed):
    return examined_workbook(Workbook("画出的表", (drawn_form(seed)[0],))).assessments


def replaced(report, number, text):
    paragraphs = [Paragraph(number, text) if paragraph.number == number else paragraph for paragraph in report.paragraphs]
    return report._replace(paragraphs=tuple(paragraphs))


def place_of(report, words):
    return next(paragraph for paragraph in report.paragraphs if words in paragraph.text)


def test_a_fresh_draft_is_recognised_without_a_mismatch(fund):
    report = report_text(drafted(fund))
    found = recognised(report, fund)
    assert (found.text, found.mismatches) == (report, ())
    assert found.as_drafted


@pytest.mark.parametrize("case", ["hefei-2024-district-department", "panzhihua-2023-center-department"])
def test_what_the_draft_repeats_word_for_word_from_the_table_is_not_asked_again(case, tmp_path):
    path = tmp_path / "表.xlsx"
    build(*case_named(case), str(path))
    assessments = examined(str(path)).assessments
    assert review_text(report_text(drafted(assessments)), assessments).findings == ()


def test_one_changed_number_is_one_mismatch_and_nothing_follows_from_it(fund):
    draft = drafted(fund)
    whole = report_text(draft)
    for place, run in enumerate(number_facts(draft)):
        found = recognised(report_text(draft, place), fund)
        assert len(found.mismatches) == 1, run
        assert found.mismatches[0].written in changed(run.text)
        assert found.mismatches[0].expected in run.text
        assert ["".join(p.text.split()) for p in found.text.paragraphs] == ["".join(p.text.split()) for p in whole.paragraphs]
        assert review_text(found.text, fund).findings == ()


@pytest.mark.parametrize("seed", range(8))
def test_one_changed_number_of_any_drawn_form_is_one_mismatch(seed):
    assessments = drawn(seed)
    draft = drafted(assessments)
    for place, run in enumerate(number_facts(draft)):
        found = recognised(report_text(draft, place), assessments)
        assert [mismatch.expected in run.text for mismatch in found.mismatches] == [True], run


def test_the_mismatch_names_the_cell_and_quotes_the_place(fund):
    report = report_text(drafted(fund))
    paragraph = place_of(report, "收入预算10.16亿元")
    wrong = replaced(report, paragraph.number, paragraph.text.replace("10.46", "10.64"))
    (mismatch,) = recognised(wrong, fund).mismatches
    assert (mismatch.paragraph, mismatch.written, mismatch.expected) == (paragraph.number, "10.64亿元", "10.46亿元")
    assert mismatch.quote == "实际收入10.64亿元"
    assert mismatch.cell == fund[0].table.funds[0].executed.cell


def test_an_amount_in_another_unit_is_the_same_amount(fund):
    report = report_text(drafted(fund))
    paragraph = place_of(report, "收入预算10.16亿元")
    same = replaced(report, paragraph.number, paragraph.text.replace("10.46亿元", "104600万元"))
    assert recognised(same, fund).mismatches == ()


def test_a_target_may_not_be_rounded(fund):
    report = report_text(drafted(fund))
    paragraph = place_of(report, "指标值为≥89.31%")
    wrong = replaced(report, paragraph.number, paragraph.text.replace("89.31", "89.3"))
    assert [mismatch.written for mismatch in recognised(wrong, fund).mismatches] == ["≥89.3%"]


def test_filled_gaps_and_rewritten_reasons_are_no_mismatch(fund):
    report = report_text(drafted(fund))
    for words, text in (("【请填写：单位名称】", "巴州医保局"), ("原因和改进措施：", "原因和改进措施：疫苗支出75万元, 今后列入预算。")):
        report = replaced(report, place_of(report, words).number, text)
    assert recognised(report, fund).mismatches == ()


def test_a_sentence_written_anew_is_left_to_the_reader_of_free_text(fund):
    report = report_text(drafted(fund))
    paragraph = place_of(report, "自评总分为98分")
    anew = replaced(report, paragraph.number, "经自评，总得分为97分，等级为优。")
    found = recognised(anew, fund)
    assert (found.text, found.mismatches) == (anew, ())
    assert paragraph.number not in found.as_drafted


def test_two_wrong_numbers_of_one_sentence_are_two_mismatches(fund):
    report = report_text(drafted(fund))
    paragraph = place_of(report, "支出预算10.62亿元")
    wrong = replaced(report, paragraph.number, paragraph.text.replace("10.62", "10.26").replace("97.36", "93.76"))
    assert [mismatch.written for mismatch in recognised(wrong, fund).mismatches] == ["10.26亿元", "93.76%"]


def test_a_number_changed_in_a_text_quoted_from_the_table_is_one_mismatch(fund):
    report = report_text(drafted(fund))
    quoted = place_of(report, "110万元")
    found = review_text(replaced(report, quoted.number, quoted.text.replace("110万元", "170万元", 1)), fund).findings
    assert [(finding.check, finding.level, finding.written, finding.expected) for finding in found] == [("E07", "error", "170", "110")]


def test_a_quoted_text_that_was_rewritten_is_left_to_the_clerk(fund):
    report = report_text(drafted(fund))
    quoted = place_of(report, "110万元")
    start = quoted.text.index("其他支出")
    found = review_text(replaced(report, quoted.number, quoted.text[:start] + "主要是接种费用列支, 下一年度纳入预算。"), fund).findings
    assert [finding for finding in found if finding.level == "error"] == []
