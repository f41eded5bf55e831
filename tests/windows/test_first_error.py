"""按钮「转到第一个错误」: from 校验结果 to the cell, whoever wrote 校验结果."""

import pytest

from tests.windows.session import told

TABLE, RESULT = "自评表", "校验结果"
NOTHING_LEFT = "「校验结果」里没有需要处理的单元格; 改动后请再按「校验」"
WRONG = [("fill", TABLE, "G18", "2.9亿元"), ("fill", TABLE, "J18", "基金收入少于预算, 因征缴政策年中调整"), ("fill", TABLE, "H15", 99.0), ("fill", TABLE, "H12", 99.0)]


def went(path, *steps):
    outcome = told(path, *steps, ("click", "go_to_first_error"))
    assert not outcome.raised
    return outcome


def test_the_first_error_is_selected_whatever_stands_before_it(living):
    outcome = went(living, *WRONG, ("click", "validate"), ("go_to", RESULT))
    assert outcome.selected == [TABLE, "H12"]
    assert outcome.front == TABLE
    assert outcome.said[-2:] == ["正在查找……", False]


def test_nothing_is_written_and_the_results_are_read_once(living):
    before = told(living, *WRONG, ("click", "validate"))
    after = went(living, *WRONG, ("click", "validate"))
    assert after.sheets == before.sheets
    assert [note["act"] for note in after.notes[len(before.notes) :]] == ["read"]


def test_without_errors_the_first_finding_still_open_is_selected(living):
    assert went(living, ("click", "validate")).selected == [TABLE, "F25"]


def test_a_question_that_was_explained_is_passed_over(living):
    wrong = [("fill", TABLE, "G20", "20%"), ("fill", TABLE, "J20", "年中政策调整, 个人缴费减少")]
    first = told(living, *wrong, ("click", "validate"))
    rows = {place: (level, number) for number, (level, place) in enumerate(first.results("BD"), 5)}
    level, row = rows["自评表 G20"]
    assert level == "▲核实"
    assert went(living, *wrong, ("click", "validate")).selected == [TABLE, "G20"]
    explained = [("type", RESULT, f"K{row}", "分母口径与本表不同, 已附说明"), ("click", "validate")]
    assert went(living, *wrong, ("click", "validate"), *explained).selected == [TABLE, "F25"]


def test_an_explanation_whose_problem_has_gone_leads_nowhere(living):
    told_wrong = [("fill", TABLE, "G20", "20%"), ("click", "validate"), ("type", RESULT, "K5", "分母口径与本表不同, 已附说明")]
    mended = [("fill", TABLE, "G20", "33.84%"), ("fill", TABLE, "G25", "1.40%, 同期三个月利率 1.10%"), ("fill", TABLE, "J28", "基金结余较多, 已调整预算")]
    outcome = went(living, *told_wrong, *mended, ("click", "validate"))
    assert [status for (status,) in outcome.results("L")] == ["问题已消除"]
    assert (outcome.selected, outcome.said[-1]) == (None, NOTHING_LEFT)


def test_before_the_first_check_there_is_nothing_to_go_to(living, without_results):
    assert went(living).said[-1] == NOTHING_LEFT
    assert went(without_results).said[-1] == NOTHING_LEFT


def test_results_the_command_line_wrote_serve_as_well(living, tmp_path, perfeval):
    from openpyxl import load_workbook

    book = load_workbook(living)
    book[TABLE]["H15"] = 99
    book.save(tmp_path / "错.xlsx")
    perfeval("check", tmp_path / "错.xlsx", "--write", "-o", tmp_path / "查过.xlsx")
    assert went(tmp_path / "查过.xlsx").selected == [TABLE, "H15"]


def test_a_finding_on_another_table_is_found_too(two_tables):
    outcome = went(two_tables, ("fill", "自评表 (2)", "H15", 99.0), ("click", "validate"))
    assert outcome.selected == ["自评表 (2)", "H15"]
    assert outcome.front == "自评表 (2)"


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (("hide", TABLE), "问题在隐藏的工作表「自评表」的 H12, 请先取消隐藏"),
        (("hide_well", TABLE), "问题在隐藏的工作表「自评表」的 H12, 请先取消隐藏"),
        (("rename", TABLE, "自评"), "没有工作表「自评表」了, 请再按「校验」"),
    ],
)
def test_a_sheet_that_cannot_be_shown_is_named(living, step, sentence):
    assert went(living, *WRONG, ("click", "validate"), step).said[-1] == sentence
