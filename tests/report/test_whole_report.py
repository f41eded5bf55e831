"""What only the whole report shows: facts stated twice, groups and totals, annexes, tables inside the text, the table beside it."""

import pytest

from perfeval_xl.report.review import review_text, statements_of
from perfeval_xl.report.text import Paragraph, ReportText
from perfeval_xl.workbook.examination import examined


def report(*paragraphs):
    rows = (paragraph if isinstance(paragraph, tuple) else (paragraph,) for paragraph in paragraphs)
    return ReportText("报告.txt", tuple(Paragraph(n, "\t".join(row), row if len(row) > 1 else ()) for n, row in enumerate(rows, start=1)))


def found(*paragraphs, assessments=()):
    return [(f.check, f.level, f.place[0], f.expected) for f in review_text(report(*paragraphs), assessments).findings]


@pytest.fixture(scope="module")
def bazhou(case_workbook):
    return examined(str(case_workbook)).assessments


def test_an_amount_stated_twice_for_one_day_is_one_amount():
    texts = ("截至2023年12月底，全州居民医保基金累计结余85137万元。", "截至2023年末，全州居民医保基金累计结余85139万元，运行平稳。")
    assert found(*texts, "截至2023年末，全州居民医保基金累计结余85139万元。") == [("E08", "error", 1, "85139万元")]


def test_other_years_other_units_and_other_counties_are_no_repetition():
    assert found("2023年全州居民医保基金收入104642万元。", "2022年全州居民医保基金收入93155万元。") == []
    assert found("2023年全州居民医保基金收入104642万元。", "2023年全州居民医保基金收入10.46亿元。") == []
    counties = (f"{number}. 2023年城乡居民基本医疗保险基金收入{amount}万元。" for number, amount in ((1, 100), (2, 120), (3, 130)))
    assert found(*counties) == []


def test_an_amount_ten_thousand_times_another_is_a_slip_of_the_unit():
    assert found("2023年全州居民医保基金收入104642万元。", "2023年全州居民医保基金收入104642元。")[0][:2] == ("D09", "explain")


def test_one_balance_rate_named_in_two_ways_is_a_question():
    texts = ("2023年除医疗服务能力提升中央补助资金结余率为8.9%外，其他项目没有结余。", "2023年医疗服务能力提升中央补助资金没有用完，资金结余率为12.54%。")
    assert found(*texts) == [("C10", "explain", 2, "8.9%")]


def test_annexes_are_reports_of_their_own():
    assert found("2023年城乡居民基本医疗保险工作经费73.86万元。", "附件2", "2023年城乡居民基本医疗保险工作经费73万元。") == []


GROUPS = (
    "三、自评综合得分为{total}分，等级为优。",
    "（一）预算执行（满分10分，实得9.97分）",
    "（二）产出（满分50分，实得{output}分）",
    "1.数量（满分10分，实得9分）",
    "2.时效（满分10分，实得10分）",
    "3.质量（满分15分，实得15分）",
    "4.成本（满分15分，实得14分）",
    "（三）效益（满分30分，实得30分）",
    "（四）满意度（满分10分，实得10分）",
)


def grouped(total, output):
    return [text.format(total=total, output=output) for text in GROUPS]


def test_the_points_of_a_group_are_those_of_its_items():
    assert found(*grouped(97.97, 48)) == []
    assert found(*grouped(97.97, 50)) == [("B06", "error", 3, "48分")]


def test_the_total_is_the_sum_of_the_groups():
    assert found(*grouped(99.97, 48)) == [("B06", "error", 1, "97.97分")]


def test_numbered_items_add_up_to_the_total():
    items = [f"{number}.第{number}项指标已完成，得{points}分。" for number, points in enumerate((20, 20, 20, 20, 18), start=1)]
    assert found("自评得分98分。", *items) == []
    assert found("自评得分96分。", *items) == [("B06", "explain", 1, "98分")]


def test_indicators_counted_in_the_text_are_those_gone_through():
    *opening, benefit, satisfaction = grouped(97.97, 48)
    benefits = (benefit, "1.社会（满分15分，实得15分）", "2.可持续（满分15分，实得15分）")
    texts = (*opening, *benefits, satisfaction, "1.服务对象（满分10分，实得10分）")
    assert found("设执行率和3个一级指标，7个二级指标。", *texts) == []
    assert found("设执行率和3个一级指标，9个二级指标。", *texts) == [("A11", "explain", 1, "7")]


def test_what_was_added_explains_the_change_of_the_budget():
    texts = ("年初部门预算安排1632.87万元，全年预算安排1711.75万元。", "因参保人数增加，追加{}万元。")
    assert found(texts[0], texts[1].format(78.88)) == []
    assert found(texts[0], texts[1].format(49.17)) == [("C08", "explain", 2, "78.88万元")]


def test_shares_and_balances_find_their_amounts_in_other_sentences():
    texts = ("2024年职工医保基金收入282099.73万元。", "2024年职工医保基金支出224428.66万元。")
    right = ("2024年职工医保基金当期结余57671.07万元。", "上解13715万元，占基金支出合计数的6.11%。")
    assert found(*texts, *right) == []
    wrong = ("2024年职工医保基金当期结余75671.07万元。", "上解13715万元，占基金支出合计数的7.11%。")
    assert found(*texts, *wrong) == [("C11", "explain", 3, "57671.07万元"), ("E08", "explain", 4, "6.11%")]


def test_a_budget_named_elsewhere_is_the_base_of_a_rate():
    budget = "2023年居民医保基金收入预算101560万元。"
    assert found(budget, "2023年居民医保基金收入104642万元，完成全年预算的103.03%。") == []
    assert found(budget, "2023年居民医保基金收入104642万元，完成全年预算的99.57%。") == [("E08", "explain", 2, "103.03%")]


def test_a_sentence_broken_by_the_end_of_a_line_is_read_whole():
    lines = ("全年共安排部门预算资金1711.75万元，资金到位及时，全年实际执行1707.31", "万元，预算执行率97.94%。")
    assert found(*lines) == [("E09", "error", 2, "99.74%")]


def test_the_same_target_stands_in_text_and_table():
    rows = (("三级指标", "分值", "指标值", "完成值"), ("社会保险待遇支出", "5", "≤9.49亿元", "9.26亿元"))
    assert found("居民医保待遇支出94859万元，指标值设置为小于等于9.48亿元。", *rows) == [("E08", "explain", 1, "≤9.49亿元")]
    assert found("居民医保待遇支出94859万元，指标值设置为小于等于9.49亿元。", *rows) == []


def test_the_table_says_otherwise(bazhou):
    texts = (
        "2023年居民医保基金收入104642万元，完成收入预算的99.57%。",
        "2023年居民医保保费收入占基金收入比重为38.34%。",
        "居民医保待遇支出预算94859万元，绩效指标设置为小于等于9.48亿元。",
        "自评总得分为96分。",
        "产出指标权重为30分，得分为30分。",
        "三级指标共16条。",
    )
    assert found(*texts, assessments=bazhou) == [
        ("E07", "explain", 1, "102.95%"), ("E07", "error", 2, "33.84%"), ("E07", "explain", 3, "≤9.49亿元"),
        ("E07", "error", 4, "98分"), ("E07", "error", 5, "28分"), ("A11", "explain", 6, "19"),
    ]  # fmt: skip


def test_what_agrees_with_the_table_is_read_and_raises_nothing(bazhou):
    texts = (
        "2023年居民医保基金收入104642万元，完成收入预算的103.03%；支出103384万元。",
        "2023年居民医保保费收入占基金收入比重为33.84%，指标值≥33%。",
        "2022年居民医保保费收入占基金收入比重为31.2%。",
        "居民医保可支付10个月，参保人员满意度为95%。",
        "总得分为98分。三级指标共19条，二级指标共11条，一级指标共5条。",
    )
    assert found(*texts, assessments=bazhou) == []
    read = [s for s in statements_of(report(*texts), bazhou) if s.kind in ("table", "count")]
    assert len(read) >= 6


def test_one_number_gives_one_finding_with_all_that_speaks_against_it(bazhou):
    text = "2023年居民医保收入预算101560万元，实际总收入104642万元，完成预算的99.57%。"
    (finding,) = review_text(report(text), bazhou).findings
    assert (finding.check, finding.level) == ("E07", "error")
    assert "104642万元÷101560万元=103.03%" in finding.message
    assert "10.46÷10.16=102.95%" in finding.message
    assert finding.place == (1, "2023年居民医保收入预算101560万元，实际总收入104642万元，完成预算的99.57%")


def test_a_budget_said_a_hundred_times_still_speaks_against_a_rate():
    said = [f"第{number}项说明，全州居民医保基金收入预算101560万元。" for number in range(100)]
    assert found(*said, "全州居民医保基金收入104642万元，完成全年预算的99.57%。") == [("E08", "explain", 101, "103.03%")]
