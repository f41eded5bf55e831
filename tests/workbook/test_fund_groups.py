"""Columns of amounts in groups side by side: one fund for each group, or nothing where that is not certain."""

import pytest

from tests.workbook.typed_sheet import one

REST = """一级指标|二级指标|三级指标|分值|指标值|完成值|得分
产出|数量|人数|100|≥5|6|100
"""
HEAD = "部门整体支出绩效自评表\n部门名称|某局\n"


def read(text, merges):
    table = one(HEAD + text + REST, merges)
    return [(fund.label.text, fund.words, fund.budget.number, fund.executed.number, fund.written_rate.number) for fund in table.funds], table.unread


def test_income_and_spending_over_one_row_are_two_funds():
    text = "收支（万元）|本年收入|||本年支出||\n|预算数|决算数|完成率|预算数|决算数|执行率\n|100|99|99%|100|97|97%\n"
    found, unread = read(text, "A3:A5 B3:D3 E3:G3")
    assert found == []
    assert unread


@pytest.mark.parametrize(("first", "second"), [("部门收入", "部门支出"), ("财政拨款", "其他资金"), ("中央补助资金", "地方配套资金")])
def test_two_groups_over_one_row_are_two_funds_by_the_names_of_the_groups(first, second):
    text = f"资金（万元）|{first}|||{second}||\n|预算数|决算数|完成率|预算数|决算数|执行率\n|100|99|99%|80|78|97.5%\n"
    found, unread = read(text, "A3:A5 B3:D3 E3:G3")
    assert found == [(first, first, 100, 99, 0.99), (second, second, 80, 78, 0.975)]
    assert unread == ()


def test_budget_and_accounts_over_the_same_sources_are_a_fund_for_each_source():
    text = "资金（万元）|预算数||决算数|\n|财政拨款|其他资金|财政拨款|其他资金\n|100|20|99|18\n"
    found, unread = read(text, "A3:A5 B3:C3 D3:E3")
    assert found == [("财政拨款", "财政拨款", 100, 99, None), ("其他资金", "其他资金", 20, 18, None)]
    assert unread == ()


def test_what_is_stated_once_belongs_to_the_group_of_the_whole():
    text = "资金（万元）|预算数|||决算数|||执行率\n|合计|财政拨款|其他资金|合计|财政拨款|其他资金|\n|120|100|20|117|99|18|97.5%\n"
    found, unread = read(text, "A3:A5 B3:D3 E3:G3 H3:H4")
    assert found == [("资金（万元）", "合计", 120, 117, 0.975), ("财政拨款", "财政拨款", 100, 99, None), ("其他资金", "其他资金", 20, 18, None)]
    assert unread == ()


def test_groups_over_several_rows_are_named_by_row_and_group():
    text = "项目|财政拨款||其他资金|\n|预算数|执行数|预算数|执行数\n基本支出|100|99|20|18\n项目支出|50|40|10|10\n"
    found, unread = read(text, "A3:A4 B3:C3 D3:E3")
    assert [name for name, *_ in found] == ["基本支出(财政拨款)", "项目支出(财政拨款)", "基本支出(其他资金)", "项目支出(其他资金)"]
    assert [amounts for _, _, *amounts in found] == [[100, 99, None], [50, 40, None], [20, 18, None], [10, 10, None]]
    assert unread == ()


def test_lists_side_by_side_have_labels_of_their_own():
    text = "收入（万元）|||支出（万元）||\n项目|预算数|决算数|科目|预算数|决算数\n个人缴费|100|99|住院待遇|90|88\n财政补助|200|200|门诊待遇|60|59\n"
    found, unread = read(text, "A3:C3 D3:F3")
    assert [(name, words) for name, words, *_ in found] == [
        ("个人缴费", "个人缴费(收入)"), ("财政补助", "财政补助(收入)"), ("住院待遇", "住院待遇(支出)"), ("门诊待遇", "门诊待遇(支出)"),
    ]  # fmt: skip
    assert [amounts for _, _, *amounts in found] == [[100, 99, None], [200, 200, None], [90, 88, None], [60, 59, None]]
    assert unread == ()


@pytest.mark.parametrize(("first", "second"), [("2022年", "2023年"), ("上半年", "下半年"), ("甲", "乙")])
def test_years_and_words_that_name_no_money_are_no_groups(first, second):
    text = f"资金（万元）|{first}||{second}|\n|预算数|决算数|预算数|决算数\n|100|99|80|78\n"
    found, _ = read(text, "A3:A5 B3:C3 D3:E3")
    assert not any(name in (first, second) for name, *_ in found)


def test_several_rows_of_the_whole_go_by_their_own_names():
    text = (
        "资金（万元）|项目|合计||统筹基金||个人账户|\n||预算数|决算数|预算数|决算数|预算数|决算数\n"
        "|基金收入|120|117|100|99|20|18\n|基金支出|90|88|75|74|15|14\n"
    )
    found, unread = read(text, "A3:A6 B3:B4 C3:D3 E3:F3 G3:H3")
    names = ["基金收入", "基金支出", "基金收入(统筹基金)", "基金支出(统筹基金)", "基金收入(个人账户)", "基金支出(个人账户)"]
    assert [row[1] for row in found] == names
    assert unread == ()
