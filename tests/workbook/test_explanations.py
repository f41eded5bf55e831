"""出错说明: to which problem a text belongs, when it goes stale, and which texts explain nothing."""

import openpyxl
import pytest

from perfeval_xl.core.finding import ERROR, EXPLAIN, HINT, Finding
from perfeval_xl.workbook.examination import examined, exit_code
from perfeval_xl.workbook.results.explanations import Typed, explained, refusal
from perfeval_xl.workbook.results.result_rows import HEADINGS
from perfeval_xl.workbook.results.result_sheet import write_results

TEXT = "年中追加参保补助 49.17 万元, 已报财政批复"


def finding(check="B09", cell="G12", level=EXPLAIN, item="参保率", value="95%"):
    message = f"自评表 {cell} 完成值 {value} 已达到指标值 95%, 得分 9 低于分值 10 而没有说明, 请改为 10"
    return Finding(check, level, "自评表", cell, item, message, "9", "10", "依据", "改为 10")


def typed(of, text=TEXT):
    return Typed(of.check, f"{of.sheet} {of.cell}", of.message, text, of.item)


def statuses(findings, texts):
    return [(item.finding.cell if item.finding else "", item.typed, item.status) for item in explained(findings, texts)]


def test_an_explanation_counts_for_the_same_check_cell_and_values():
    assert statuses([finding()], [typed(finding())]) == [("G12", TEXT, "已说明")]


def test_the_same_text_counts_for_a_hint_and_never_for_an_error():
    assert statuses([finding(level=HINT)], [typed(finding())]) == [("G12", TEXT, "已说明")]
    assert statuses([finding(level=ERROR)], [typed(finding())]) == [("G12", TEXT, "须修改")]


def test_a_changed_value_makes_it_stale_and_keeps_the_text():
    assert statuses([finding(value="96%")], [typed(finding())]) == [("G12", TEXT, "数值已变, 请重新说明")]


def test_another_check_at_the_same_cell_takes_nothing():
    assert statuses([finding(check="E03")], [typed(finding())]) == [("G12", "", "待说明"), ("", TEXT, "问题已消除")]


def test_line_breaks_and_spaces_of_the_cell_do_not_make_it_stale():
    stored = typed(finding())._replace(problem=finding().message.replace(", ", ",\n"))
    assert statuses([finding()], [stored]) == [("G12", TEXT, "已说明")]


def test_of_two_problems_at_one_cell_each_keeps_its_own_text():
    first, second = finding(value="95%"), finding(value="97%")
    assert statuses([first, second], [typed(second, "第二个问题的说明, 已经核对"), typed(first)]) == [
        ("G12", TEXT, "已说明"),
        ("G12", "第二个问题的说明, 已经核对", "已说明"),
    ]


def test_a_row_put_in_above_takes_the_explanation_along():
    assert statuses([finding(cell="G13")], [typed(finding(cell="G12"))]) == [("G13", TEXT, "已说明")]


def test_it_does_not_move_to_another_indicator_or_to_other_values():
    waiting = [("G13", "", "待说明"), ("", TEXT, "问题已消除")]
    assert statuses([finding(cell="G13", item="合格率")], [typed(finding(cell="G12"))]) == waiting
    assert statuses([finding(cell="G13", value="96%")], [typed(finding(cell="G12"))]) == waiting


def test_of_two_rows_that_look_alike_it_moves_to_neither():
    assert statuses([finding(cell="G13"), finding(cell="G14")], [typed(finding(cell="G12"))]) == [
        ("G13", "", "待说明"), ("G14", "", "待说明"), ("", TEXT, "问题已消除"),
    ]  # fmt: skip


REFUSED = [
    ("无", "说明太笼统, 请写清具体原因"),
    ("已核实", "说明太笼统, 请写清具体原因"),
    ("情况属实。", "说明太笼统, 请写清具体原因"),
    ("经核实, 情况属实, 数据准确无误!", "说明太笼统, 请写清具体原因"),
    ("没问题没问题没问题", "说明太笼统, 请写清具体原因"),
    ("——……", "说明太笼统, 请写清具体原因"),
    ("汛期停工了", "说明太短, 至少 6 个字"),
    ("  汛 期 停 工 了 。。。", "说明太短, 至少 6 个字"),
    ("啊啊啊啊啊啊啊", "说明只是重复的字, 请写清具体原因"),
    ("改了改了改了改了", "说明只是重复的字, 请写清具体原因"),
    ("202406301530", "说明里没有文字, 请写清具体原因"),
    ("asdfghjkl", "说明里没有文字, 请写清具体原因"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_text_that_explains_nothing_is_refused_with_the_reason(text, why):
    assert refusal(text) == why
    assert statuses([finding()], [typed(finding(), text)]) == [("G12", text, why)]


@pytest.mark.parametrize("text", ["汛期停工半月", "财政年底追加", "已核实, 汛期停工", "系 COVID-19 停训", TEXT])
def test_a_short_but_real_reason_is_accepted(text):
    assert refusal(text) == ""


def test_a_copy_of_the_message_or_of_a_part_of_it_is_refused():
    message = finding().message
    for copied in (message, message.removeprefix("自评表 G12 "), "得分9低于分值10而没有说明"):
        assert refusal(copied, message) == "说明照抄了问题, 请写清具体原因"
    assert refusal(f"完成值 95% 按人社局口径统计, {TEXT}", message) == ""


def test_a_refused_hint_stays_a_hint_with_its_text():
    assert statuses([finding(level=HINT)], [typed(finding(), "无")]) == [("G12", "无", "供参考")]


def fund(path, satisfaction="100%"):
    """A small table whose satisfaction of 100 % without a survey is asked."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    for row in (
        ["项目支出绩效自评表"], ["（2024年度）"], ["项目名称", "培训项目"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "培训人次", "≥200人次", "212人次", 50, 50], ["效益指标", "社会效益指标", "政策知晓率", "≥90%", "93.1%", 30, 30],
        ["满意度指标", "服务对象满意度指标", "参训人员满意度", "≥90%", satisfaction, 20, 20],
    ):  # fmt: skip
        sheet.append(row)
    book.save(path)
    return str(path)


def explain(path, text):
    """What a clerk does: opens the copy, finds the row of F01, types beside it, saves."""
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    row = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, HEADINGS.index("规则") + 1).value == "F01")
    sheet.cell(row, HEADINGS.index("出错说明") + 1, text)
    book.save(path)


def status_of(path):
    book = openpyxl.load_workbook(path)
    sheet = book["校验结果"]
    return {
        sheet.cell(row, 3).value: (sheet.cell(row, HEADINGS.index("出错说明") + 1).value or "", sheet.cell(row, HEADINGS.index("状态") + 1).value)
        for row in range(5, sheet.max_row + 1)
        if sheet.cell(row, 3).value in ("F01", "A02")
    }


def rerun(path):
    write_results(examined(str(path)), str(path) + ".tmp.xlsx")
    return str(path) + ".tmp.xlsx"


def test_an_explanation_is_kept_over_runs_goes_stale_and_comes_back(tmp_path):
    first = rerun(fund(tmp_path / "自评.xlsx"))
    assert exit_code([f for f in examined(first).all_findings if f.check == "F01"]) == 1
    said = "年底发放问卷 120 份, 收回 118 份, 均为满意"
    explain(first, said)
    assert [f.explanation for f in examined(first).all_findings if f.check == "F01"] == [said]
    second = rerun(first)
    assert status_of(second)["F01"] == (said, "已说明")

    def with_satisfaction(path, text):
        book = openpyxl.load_workbook(path)
        book["自评表"]["E7"] = text
        book.save(path)

    with_satisfaction(second, "99.95%")
    third = rerun(second)
    assert status_of(third)["F01"] == (said, "数值已变, 请重新说明")
    assert exit_code([f for f in examined(third).all_findings if f.check == "F01"]) == 1

    again = rerun(third)
    assert status_of(again)["F01"] == (said, "数值已变, 请重新说明")
    explain(again, "按 99.95% 重新核对了 120 份问卷")
    assert status_of(rerun(again))["F01"] == ("按 99.95% 重新核对了 120 份问卷", "已说明")
    with_satisfaction(third, "100%")
    assert status_of(rerun(third))["F01"] == (said, "已说明")

    with_satisfaction(second, "94%")
    gone = rerun(second)
    assert status_of(gone)["F01"] == (said, "问题已消除")
    with_satisfaction(gone, "100%")
    back = rerun(gone)
    assert status_of(back)["F01"] == (said, "已说明")
