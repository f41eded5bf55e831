"""Forms of other offices, each in the few rows that make it different."""

from tests.workbook.typed_sheet import one, read, texts, typed

PLAIN = """
项目支出绩效自评表
项目名称|甲项目
一级指标|二级指标|三级指标|分值|指标值|完成值|得分|原因
产出|数量|人数|5|≥5|6|5|
"""


def reasons(table):
    return [note.reason for note in table.unread]


def names(table):
    return [row.level3.text for row in table.indicators]


def test_group_weights_beside_the_levels_are_not_taken_for_the_weight_of_a_row():
    table = one(
        """
部门整体支出绩效自评表（2022年度）
部门名称||某县医保局
评价指标||||||指标说明|评分标准|自评分|依据
一级指标||二级指标||三级指标|||||
名称|权重(%)|名称|权重(%)|名称|权重(%)||||
预算编制|20|编制质量|20|编制合理性|10|说明|标准甲|9|文件
||||编制规范性|10|说明|标准乙|10|文件
合计|||||20|||19|
""",
        "A1:J1 A3:F3 A4:B4 C4:D4 E4:F4 G3:G5 H3:H5 I3:I5 J3:J5 A6:A7 B6:B7 C6:C7 D6:D7",
    )
    assert (table.kind, table.heading.unit.text) == ("department", "某县医保局")
    assert [(row.level1.cell, row.level2.cell, row.level3.cell, row.weight.number) for row in table.indicators] == [
        ("A6", "C6", "E6", 10.0),
        ("A6", "C6", "E7", 10.0),
    ]
    assert [(row.written_score.number, row.evidence.text) for row in table.indicators] == [(9.0, "文件"), (10.0, "文件")]
    assert (table.total_weight.number, table.total_score.number) == (20.0, 19.0)


def test_amounts_typed_into_the_same_cell_as_their_names_are_reported_not_guessed():
    table = one(
        """
2023年度部门整体支出绩效自评表
省级预算部门名称||某局
年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|1000|1200|1100|10|91.67%|9.17
|按收入性质分：||||按支出性质分：||
|其中：一般公共预算：1200||||其中：基本支出：768.16万元||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标（50分）|数量指标|参保人数|≥23万人|23.9万人|10|9|超额
总分||||||100|98.17|
""",
        "A3:A6 B5:E5 F5:H5 B6:E6 F6:H6 A7:A8 A9:F9",
    )
    assert [(fund.label.text, fund.budget.number, fund.executed.number) for fund in table.funds] == [("年度资金总额", 1200.0, 1100.0)]
    assert [note.cell for note in table.unread] == ["B6", "F6"]
    assert table.money_unit == "万元"


def test_amounts_split_by_source_are_read_from_the_column_of_the_whole():
    table = one(
        """
部门整体支出绩效自评表
部门（单位）名称||某县医疗保障局|||||||||
年度主要任务|任务名称|主要内容|全年预算数(A)|||全年执行数(B)|||分值|执行率(B/A)|得分
|||总额|财政拨款|其他资金|总额|财政拨款|其他资金|||
|任务一|做好参保|100|90|10|99|90|9|10|99%|9.9
|金额合计||100|90|10|99|90|9|10|99%|9.9
年度绩效指标|一级指标|二级指标|三级指标|分值||指标值|完成值|得分|未完成原因
|产出|数量|人数|50||≥5|6|50|
""",
        "A3:A6 B3:B4 C3:C4 D3:F3 G3:I3 J3:J4 K3:K4 L3:L4",
    )
    assert [texts(fund[:8]) for fund in table.funds] == [
        [("B5", "任务一"), ("D5", "100"), ("G5", "99"), ("K5", "99%"), ("J5", "10"), ("L5", "9.9")],
        [("B6", "金额合计"), ("D6", "100"), ("G6", "99"), ("K6", "99%"), ("J6", "10"), ("L6", "9.9")],
    ]
    assert reasons(table) == [
        f"“{header}{source}”这一列与所读的一列同类, 没有读入" for header in ("全年预算数(A)", "全年执行数(B)") for source in ("财政拨款", "其他资金")
    ]


def test_without_a_column_of_weights_the_weight_printed_in_the_name_counts():
    table = one("""
部门整体支出绩效自评表
部门：某局
一级指标|二级指标|三级指标|得分
部门决策(25分)|目标任务(15分)|相关性(5分)|5
||明确性(7.5 分)|4
|预算编制(10分)|测算依据|8
总分|||98
评价等级|优
""")
    assert [(row.weight.cell, row.weight.text, row.weight.number) for row in table.indicators] == [
        ("C4", "5", 5.0),
        ("C5", "7.5", 7.5),
        ("B6", "10", 10.0),
    ]
    assert (table.total_score.number, table.grade.cell, table.grade.text) == (98.0, "B8", "优")


def test_a_weight_printed_in_the_label_of_several_rows_belongs_to_none_of_them():
    table = one(
        """
自评表
一级指标|二级指标|三级指标|指标值|完成值|得分
产出(60分)|数量(60分)|人数|5|6|30
||户数|5|6|30
""",
        "A3:A4 B3:B4",
    )
    assert [row.weight.exists for row in table.indicators] == [False, False]


def test_tables_side_by_side_are_two_tables():
    tables, notes = read(
        typed(
            """
项目支出绩效自评表|||||||项目支出绩效自评表
项目名称|甲项目||||||项目名称|乙项目
一级指标|二级指标|三级指标|指标值|完成值|得分||一级指标|二级指标|三级指标|指标值|完成值|得分
产出|数量|人数|5|6|10||产出|质量|合格率|90%|95%|20
总分|||||10||总分|||||20
""",
            "A1:F1 H1:M1",
        )
    )
    assert [(table.region, table.heading.name.text, names(table), table.total_score.cell) for table in tables] == [
        ("A1:F5", "甲项目", ["人数"], "F5"),
        ("H1:M5", "乙项目", ["合格率"], "M5"),
    ]
    assert notes == []


def test_tables_one_below_the_other_without_titles_are_told_apart_by_their_names():
    tables, _ = read(typed(f"{PLAIN.strip()}\n总分|||5|||5\n{PLAIN.strip().partition(chr(10))[2].replace('甲', '乙')}"))
    assert [(table.region, table.heading.name.text) for table in tables] == [("A1:H5", "甲项目"), ("A6:H8", "乙项目")]


def test_a_header_repeated_on_the_next_page_goes_on_with_the_same_table():
    table = one("""
项目支出绩效自评表
项目名称|甲项目
一级指标|二级指标|三级指标|分值|指标值|完成值|得分
产出|数量|人数|5|5|6|5
一级指标|二级指标|三级指标|分值|指标值|完成值|得分
效益|社会|知晓率|5|5|6|5
合计|||10|||10
总分（含预算执行）|||20|||20
""")
    assert names(table) == ["人数", "知晓率"]
    assert (table.total_weight.cell, table.total_score.cell) == ("D8", "G8")


def test_section_lines_subtotals_and_column_numbers_are_no_indicators():
    table = one(
        """
项目支出绩效自评表(2024年度)
项目名称|甲项目
绩效指标|分值|指标值|完成值|得分
1|2|3|4|5
一、产出指标
参保人数|5|5|6|5
小计|5|||5
二、效益指标
知晓率|5|5|6|5
预算执行率|10|100%|90%|9
总计|20|||19
""",
        "A5:E5 A8:E8",
    )
    assert names(table) == ["参保人数", "知晓率", "预算执行率"]
    assert (table.total_weight.number, table.total_score.number) == (20.0, 19.0)


def test_one_header_over_three_columns_of_labels_means_the_three_levels():
    table = one(
        """
项目支出绩效自评表
绩效指标|||分值|指标值|完成值|得分
产出|数量|人数|5|5|6|5
|质量|合格率|10|90%|95%|10
""",
        "A2:C2 A3:A4",
    )
    assert [(row.level1.cell, row.level2.cell, row.level3.cell) for row in table.indicators] == [
        ("A3", "B3", "C3"),
        ("A3", "B4", "C4"),
    ]


def test_of_several_columns_of_one_kind_the_one_of_the_self_evaluation_is_read():
    table = one("""
项目支出绩效自评表
一级指标|二级指标|三级指标|权重|分值|实施期指标值|年度指标值|完成值|自评得分|复核得分|偏差率|备注
产出|数量|人数|5%|5|4|6|6|5|4|2%|无
""")
    (row,) = table.indicators
    assert (row.weight.cell, row.target.cell, row.written_score.cell) == ("E3", "G3", "I3")
    assert reasons(table) == []


def test_the_column_that_tells_more_or_less_is_kept_beside_the_signs_whatever_its_header():
    for header in ("指标性质|指标方向", "指标属性|指标性质", "正反向|比较符号"):
        table = one(f"""
项目支出绩效自评表
一级指标|二级指标|三级指标|{header}|指标值|完成值|计量单位|分值|得分
产出|数量|租车次数|正向|小于等于|1|1|次|8|8
产出|质量|租车达标率|正向|等于|100|100|%|7|7
""")
        assert texts([row.polarity for row in table.indicators]) == [("D3", "正向"), ("D4", "正向")]
        assert texts([row.target for row in table.indicators]) == [("F3", "小于等于1次"), ("F4", "等于100%")]
        assert reasons(table) == []


def test_a_column_that_tells_quantities_from_words_is_no_direction():
    table = one("""
项目支出绩效自评表
一级指标|二级指标|三级指标|指标性质|符号|指标值|完成值|计量单位|分值|得分
产出|数量|租车次数|定量|≥|1|1|次|8|8
""")
    (row,) = table.indicators
    assert (row.sign.cell, row.polarity.exists) == ("E3", False)


def test_columns_that_cannot_be_told_apart_and_unknown_ones_are_reported():
    table = one("""
项目支出绩效自评表
一级指标|二级指标|三级指标|分值|指标值|实际甲|实际乙|得分|某列
产出|数量|人数|5|5|6|6|5|有内容
""")
    assert [row.actual.exists for row in table.indicators] == [False]
    assert [(note.cell, note.reason) for note in table.unread] == [
        ("F2", "有 2 列都像“全年完成值”, 无法确定用哪一列, 这一项没有读入"),
        ("G2", "有 2 列都像“全年完成值”, 无法确定用哪一列, 这一项没有读入"),
        ("I2", "“某列”这一列不认识, 没有读入"),
    ]


def test_a_numbering_before_the_name_under_one_header_is_passed_over():
    table = one("自评表\n一级指标|二级指标|三级指标||指标值|完成值|得分\n产出|数量|指标1：|参保人数|5|6|5", "C2:D2")
    assert [(row.level3.cell, row.level3.text) for row in table.indicators] == [("D3", "参保人数")]


def test_goals_one_below_the_other_and_funds_in_one_line_are_read():
    table = one(
        """
绩效自评表
项目名称|甲项目|评价年度|2023年
全年预算数（万元）|100|全年执行数（万元）|95.5|执行率|95.5|分值|10|得分|9.55
年度总体目标|预期目标|做好甲
|实际完成情况|完成甲
一级指标|二级指标|三级指标|分值|指标值|完成值|得分
产出|数量|人数|5|5|6|5
""",
        "A4:A5 C4:J4 C5:J5",
    )
    (fund,) = table.funds
    assert texts(fund) == [("A3", "全年预算数（万元）"), ("B3", "100"), ("D3", "95.5"), ("F3", "95.5"), ("H3", "10"), ("J3", "9.55")]
    assert (fund.written_rate.number, table.heading.year, table.money_unit) == (0.955, 2023, "万元")
    assert (table.goal_planned.text, table.goal_done.text) == ("做好甲", "完成甲")


def test_the_total_may_stand_in_one_cell_below_or_in_the_head():
    head = one(PLAIN.replace("项目名称|甲项目", "项目名称|甲项目|自评得分|98分"))
    below = one(PLAIN + "总分：97.5")
    glued = one(PLAIN.replace("项目名称", "项目总得分99分\n项目名称"))
    assert [(table.total_score.cell, table.total_score.text, table.total_score.number) for table in (head, below, glued)] == [
        ("D2", "98分", 98.0),
        ("A5", "97.5", 97.5),
        ("A2", "99", 99.0),
    ]


def test_rows_below_the_total_are_not_read_but_reported():
    table = one(PLAIN + "总分|||5|||5|\n|另|户数|5|3|3|5")
    assert names(table) == ["人数"]
    assert [(note.cell, note.reason) for note in table.unread] == [("B6", "合计行下面还有像指标的一行, 没有读入")]


def test_a_funding_block_that_is_not_understood_is_reported():
    table = one(PLAIN.replace("一级指标", "资金（万元）|总额|100\n一级指标", 1))
    assert [(note.cell, note.reason) for note in table.unread] == [
        ("A3", "这里像资金块, 但没有认出预算数、执行数的表头, 没有读入")
    ]


def test_a_formula_saved_without_its_result_is_never_blamed_and_reported_unless_it_is_ours():
    table = one("""
自评表
一级指标|二级指标|三级指标|分值|指标值|完成值|得分
产出|数量|人数|=SUM(A1:A2)|5|6|=PE_SCORE(D3,E3,F3)
产出|数量|户数|=SUM(A1) -> 5|5|6|=IFERROR(0+PE_SCORE(D4,E4,F4),0) -> 4.5
""")
    first, second = table.indicators
    assert (first.weight.state, first.weight.computed, first.written_score.computed) == ("blank", True, True)
    assert (second.weight.number, second.weight.computed) == (5.0, False)
    assert (second.written_score.number, second.written_score.computed) == (4.5, True)
    assert [note.cell for note in table.unread] == ["D3"]
    assert reasons(table)[0].startswith("公式未计算")


def test_signatures_are_read_from_one_cell_or_from_the_cells_beside():
    table = one(PLAIN + "填表人：某甲  联系电话：0000  填报日期：    年   月   日\n单位负责人|某乙")
    assert [(label, value.cell, value.text) for label, value in table.signatures] == [
        ("填表人", "A5", "某甲"),
        ("联系电话", "A5", "0000"),
        ("填报日期", "A5", ""),
        ("单位负责人", "B6", "某乙"),
    ]


def test_the_nearest_department_and_the_office_that_spends_answer_for_the_table():
    table = one("""
某补助资金绩效自评表
转移支付（项目）名称|某补助
中央主管部门|甲部
地方主管部门|某县医疗保障局|资金使用单位|某县医保中心/某某
一级指标|二级指标|三级指标|指标值|完成值|原因
产出|数量|人数|5|6|
""")
    heading = table.heading
    assert (table.kind, heading.name.text, heading.department.cell, heading.unit.cell) == ("transfer", "某补助", "B4", "D4")
    assert [label for label, _ in heading.required] == ["转移支付(项目)名称", "中央主管部门", "地方主管部门", "资金使用单位"]


def test_what_is_no_self_evaluation_is_said_and_not_read():
    goals = typed("项目支出绩效目标申报表\n项目名称|甲\n一级指标|二级指标|三级指标|指标值\n产出|数量|人数|5", name="目标")
    blank = typed(PLAIN.replace("|甲项目", "").replace("|人数|5|≥5|6|5", "||5"), name="空表")
    hidden = typed(PLAIN, name="去年", state="hidden")
    tables, notes = read(goals, blank, hidden, typed(PLAIN))
    assert [table.sheet for table in tables] == ["自评表"]
    assert [(note.sheet, note.cell, note.reason) for note in notes] == [
        ("目标", "A1", "这是绩效目标表或监控表, 不是自评表, 没有读入"),
        ("去年", "A1", "隐藏的工作表里另有一张自评表, 没有读入"),
        ("空表", "A1", "空白表样, 没有填写内容, 没有读入"),
    ]


def test_a_blank_form_alone_is_read_as_the_form_it_is():
    table = one(PLAIN.replace("|甲项目", "").replace("|人数|5|≥5|6|5", "|人数|5"))
    assert [(row.weight.number, row.target.is_blank, row.target.cell) for row in table.indicators] == [(5.0, True, "E4")]


def test_a_workbook_without_a_table_gets_one_sentence():
    tables, notes = read(typed("目录\n1|收入表"), typed("项目支出绩效目标申报表\n一级指标|二级指标|三级指标|指标值", name="目标"))
    assert tables == []
    assert notes[0].reason == "没有找到绩效自评表: 工作表“目标”: 这是绩效目标表或监控表, 不是自评表, 没有读入"
    assert read(typed("目录\n1|收入表"))[1][0].reason.startswith("没有找到绩效自评表: 表头里要有")
