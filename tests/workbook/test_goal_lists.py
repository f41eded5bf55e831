"""Several goals of one year: all are read, in order, each line one goal."""

from tests.workbook.typed_sheet import one

REST = """一级指标|二级指标|三级指标|分值|指标值|完成值|得分
产出|数量|人数|100|≥5|6|100
"""
HEAD = "项目支出绩效自评表\n项目名称|甲项目\n"


def goals(text, merges=""):
    table = one(HEAD + text + REST, merges)
    return (table.goal_planned.cell, table.goal_planned.text), (table.goal_done.cell, table.goal_done.text), [note.cell for note in table.unread]


def test_goals_one_a_row_below_their_headers_are_joined_in_order():
    text = "年度目标|预期目标||实际完成情况\n|目标1：做好甲||完成甲\n|目标2：做好乙||完成乙\n|目标3：做好丙||完成丙\n"
    assert goals(text, "A3:A6 B3:C3 B4:C4 B5:C5 B6:C6") == (("B4", "目标1：做好甲\n目标2：做好乙\n目标3：做好丙"), ("D4", "完成甲\n完成乙\n完成丙"), [])


def test_the_numbers_of_goals_in_cells_of_their_own_are_no_part_of_them():
    text = "年度目标|预期目标||实际完成情况\n|目标1|做好甲|完成甲\n|目标2|做好乙|完成乙\n"
    assert goals(text, "A3:A5 B3:C3") == (("C4", "做好甲\n做好乙"), ("D4", "完成甲\n完成乙"), [])


def test_one_completion_may_answer_for_several_goals():
    text = "年度目标|预期目标||实际完成情况\n|做好甲||全部完成\n|做好乙||\n"
    assert goals(text, "A3:A5 B3:C3 B4:C4 B5:C5 D4:D5") == (("B4", "做好甲\n做好乙"), ("D4", "全部完成"), [])


def test_numbered_labels_with_their_texts_beside_them_are_goals_too():
    text = "目标1|做好甲|完成情况|完成甲\n目标2|做好乙|完成情况|完成乙\n"
    assert goals(text) == (("B3", "做好甲\n做好乙"), ("D3", "完成甲\n完成乙"), [])


def test_goals_and_what_was_done_may_stand_one_below_the_other():
    text = "年度目标一|做好甲\n完成情况一|完成甲\n年度目标二|做好乙\n完成情况二|完成乙\n"
    assert goals(text) == (("B3", "做好甲\n做好乙"), ("B4", "完成甲\n完成乙"), [])


def test_goals_in_columns_are_joined_where_each_has_its_completion_below():
    text = "年度目标|做好甲|做好乙\n完成情况|完成甲|完成乙\n"
    assert goals(text) == (("B3", "做好甲\n做好乙"), ("B4", "完成甲\n完成乙"), [])


def test_a_note_beside_the_goal_is_no_second_goal():
    text = "年度目标|做好甲|报局务会审定\n完成情况|完成甲\n"
    assert goals(text) == (("B3", "做好甲"), ("B4", "完成甲"), [])


def test_the_goal_of_several_years_is_left_to_itself():
    text = "中长期目标|建成体系\n年度目标|做好甲\n完成情况|完成甲\n"
    assert goals(text) == (("B4", "做好甲"), ("B5", "完成甲"), [])


def test_a_row_of_reasons_below_the_goal_is_no_goal():
    text = "年度目标|预期目标||实际完成情况\n|做好甲||完成甲\n|偏差原因||没有偏差，无需说明\n"
    planned, done, _ = goals(text, "A3:A5 B3:C3 B4:C4 B5:C5")
    assert (planned, done) == (("B4", "做好甲"), ("D4", "完成甲"))


def test_what_looks_like_a_goal_outside_its_block_is_said_to_be_unread():
    text = "年度目标|预期目标||实际完成情况\n|做好甲||完成甲\n单位职责|管理基金||检查机构\n"
    assert goals(text, "A3:A4 B3:C3 B4:C4 B5:C5") == (("B4", "做好甲"), ("D4", "完成甲"), ["B5"])
