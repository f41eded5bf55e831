"""Each function of the cells, called through CallUDF with what Excel hands over: what is right, what is blank, what is wrong."""

import json
from pathlib import Path

import pytest

from perfeval_xl.core.evaluation import evaluated
from perfeval_xl.core.scoring import execution_score
from tests.udfs.asked import ARGUMENTS, OPTIONAL, asked, every_argument, failed, with_argument
from tests.windows.entry import ERRORS
from tests.windows.session import At, Day, Failed, Money, Omitted

NUMERIC = [name for name in ARGUMENTS if name not in ("pe_grade", "pe_status", "pe_read_target")]
WORDED = {("pe_score", 3), ("pe_score", 4), ("pe_execution_score", 3), ("pe_grade", 1), ("pe_status", 4), ("pe_status", 5)}  # rule, name, ruleset, reason
MEASURED = {("pe_completion_rate", 0), ("pe_completion_rate", 1), ("pe_deviation_rate", 0), ("pe_deviation_rate", 1),
            ("pe_deviation_points", 0), ("pe_deviation_points", 1), ("pe_score", 1), ("pe_score", 2),
            ("pe_status", 1), ("pe_status", 2), ("pe_read_target", 0)}  # fmt: skip
NUMBERS = [place for place in every_argument() if place not in WORDED | MEASURED]
SPELLINGS = json.loads((Path(__file__).parents[1] / "core" / "data" / "spellings.json").read_text("utf-8"))
RULESETS = Path(__file__).parents[2] / "perfeval_xl" / "rulesets"
CELLS = {"A1": "≥90%", "A2": "80%", "B1": 10, "C1": None, "C2": "", "C3": "  ", "D1": 5, "D2": None, "D3": None, "E1": "完成", "E2": "达标"}


def answers_of(questions, cells=None):
    return dict(zip(questions, asked(*questions, cells=cells), strict=True))


def wrong_ones(questions, cells=None):
    """The questions that got an answer where the cell should show an error."""
    return {question: answer for question, answer in answers_of(questions, cells).items() if not failed(answer)}


def test_what_a_cell_gets_for_well_filled_rows():
    assert answers_of([(name, *arguments) for name, arguments in ARGUMENTS.items()]) == {
        ("pe_execution_rate", 1707.31, 1711.75): 1707.31 / 1711.75,
        ("pe_completion_rate", "3.54亿元", "≥3.34亿元"): 354 / 334,
        ("pe_deviation_rate", "3.54亿元", "≥3.34亿元"): 0.0598802395209581,
        ("pe_deviation_points", "33.84%", "≥33%"): 0.84,
        ("pe_score", 15.0, "8755", "8676", "proportional", "社会保险费收入"): 14.86,
        ("pe_execution_score", 10.0, 85.0, 100.0, "bands(100:1, 80:0.7, 60:0.5)"): 7.0,
        ("pe_share", 92586.0, 103384.0): 92586 / 103384,
        ("pe_payable_months", 85139.0, 8478.0): 85139 / 8478,
        ("pe_grade", 95.0, "mof-2020-10"): "优",
        ("pe_status", 5.0, "≥33%", "33.84%", 5.0, "", "proportional"): "达标",
        ("pe_read_target", "≥90%"): "「≥90%」: 数量, 不小于 90%",
    }


def test_the_version_is_told_so_that_a_cell_can_show_which_engine_computes():
    from perfeval_xl import __version__

    assert asked(("pe_version",)) == [f"Python 版本 {__version__}"]


@pytest.mark.parametrize("blank", [At("C1"), At("C2"), At("C3"), At("C1:C2"), "", "  ", Omitted()], ids=str)
def test_a_blank_gives_a_blank_whichever_cell_it_stands_in(blank):
    asked_with_a_blank = [with_argument(name, position, blank) for name, position in every_argument() if (name, position) not in WORDED]
    told = {question: answer for question, answer in answers_of(asked_with_a_blank, CELLS).items() if answer != ""}
    assert told == {
        with_argument("pe_status", 0, blank): "达标",
        with_argument("pe_status", 1, blank): "达标",
        with_argument("pe_status", 3, blank): "达标",
        with_argument("pe_status", 2, blank): "未填写",
    }


@pytest.mark.parametrize("blank", [At("C1"), At("C3"), " ", Omitted()], ids=str)
def test_an_optional_argument_left_blank_takes_its_default(blank):
    answers = asked(*(with_argument(name, position, blank) for name, position in OPTIONAL.items()), cells=CELLS)
    assert answers == [14.86, 8.5, "优", "达标"]


def test_zero_is_a_number_and_not_a_blank():
    assert asked(
        ("pe_execution_rate", 0, 5),
        ("pe_completion_rate", 0, 5),
        ("pe_deviation_rate", 0, 5),
        ("pe_score", 0, 5, 5),
        ("pe_score", 10, "=0", 0),
        ("pe_score", 10, "0", 3, "pass_fail"),
        ("pe_execution_score", 10, 0, 100),
        ("pe_share", 0, 8),
        ("pe_payable_months", 0, 8),
        ("pe_grade", 0),
        ("pe_status", 5, 90, 0, 5, ""),
    ) == [0.0, 0.0, -1.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, "差", "请写原因"]


def test_nothing_is_divided_by_zero():
    assert asked(
        ("pe_execution_rate", 5, 0),
        ("pe_share", 5, 0),
        ("pe_payable_months", 5, 0),
        ("pe_completion_rate", 5, 0),
        ("pe_deviation_rate", 5, 0),
        ("pe_execution_score", 10, 5, 0),
    ) == ["", "", "", "", "", 0.0]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_in_any_cell_is_an_error_and_never_a_blank_or_a_number(error):
    cells = {"A1": error}
    assert not wrong_ones([with_argument(name, position, At("A1")) for name, position in every_argument()], cells)
    assert not wrong_ones([with_argument(name, position, error) for name, position in every_argument()])


def test_a_missing_value_in_the_cell_is_named():
    assert asked(("pe_execution_rate", At("A1"), 5), cells={"A1": "#N/A"}) == [Failed("ValueError: 引用的单元格是错误值 #N/A")]


@pytest.mark.parametrize("value", [Day("2023-12-31"), True, False], ids=str)
def test_a_day_or_a_logical_value_is_no_number(value):
    cells = {"A1": value}
    assert not wrong_ones([with_argument(name, position, At("A1")) for name, position in every_argument()], cells)
    assert not wrong_ones([with_argument(name, position, value) for name, position in every_argument()])


@pytest.mark.parametrize(
    "words",
    ["完成", "10分", "约10", "1_000", "1e3", "nan", "inf", "-inf", "1,2", "12,34", "1,2345", "0x10", "12%", "10-20", "½", "٣", "--1", "1 2", "."],
)
def test_words_where_a_number_belongs_are_an_error(words):
    assert not wrong_ones([with_argument(name, position, words) for name, position in NUMBERS])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1,234.56", 1234.56), (" 1234.56 ", 1234.56), ("１，２３４．５６", 1234.56), ("－5", -5.0), ("+5", 5.0), (".5", 0.5), ("5.", 5.0), ("0", 0.0)],
)
def test_a_number_typed_as_text_counts_as_the_number(typed, meant):
    assert asked(("pe_share", typed, 2), ("pe_share", At("A1"), 2), cells={"A1": typed}) == [meant / 2, meant / 2]


def test_an_amount_in_a_currency_format_counts_as_its_number():
    cells = {"A1": Money("1707.31"), "B1": Money("1711.75"), "C1": Money("8755"), "D1": Money("8676")}
    assert asked(
        ("pe_execution_rate", At("A1"), At("B1")), ("pe_score", 15, At("C1"), At("D1")), ("pe_read_target", At("C1")), cells=cells
    ) == [1707.31 / 1711.75, 14.86, "「8755」: 数量, 8755"]


@pytest.mark.parametrize("merged", ["D1:D3", "D1:E3"])
def test_a_merged_range_has_the_value_of_its_first_cell(merged):
    cells = {"D1": 5, "D2": None, "D3": None, "E1": None, "E2": None, "E3": None}
    assert asked(("pe_share", At(merged), 10), ("pe_score", At(merged), 100, 50), cells=cells) == [0.5, 2.5]


def test_a_range_of_one_cell_is_that_cell():
    assert asked(("pe_score", At("B1:B1"), At("A1:A1"), At("A2:A2")), cells=CELLS) == [8.89]


def test_several_values_where_one_belongs_are_an_error():
    places = every_argument()
    assert not wrong_ones([with_argument(name, position, At("E1:E2")) for name, position in places], CELLS)
    assert not wrong_ones([with_argument(name, position, ((1, 2), (3, 4))) for name, position in places])


@pytest.mark.parametrize("rule", ["按比例", "5", "step_deduction(points=0)", "bands", "proportional(", "bands(100:2)"])
def test_a_rule_nobody_knows_is_an_error(rule):
    assert not wrong_ones([("pe_score", 10, 100, 50, rule), ("pe_execution_score", 10, 50, 100, rule), ("pe_score", 10, 100, 50, 5)])


def test_a_ruleset_nobody_knows_is_an_error_that_names_those_there_are():
    assert asked(("pe_grade", 95, "../mof-2020-10"))[0].error.startswith("RulesetError: ")
    shipped = sorted(file.stem for file in RULESETS.glob("*.toml"))
    assert {"fund-2022-65", "mof-2020-10", "mof-2021-101"} < set(shipped)
    assert asked(("pe_grade", 95, "mof-1999-1")) == [
        Failed(f"RulesetError: 评分办法 「mof-1999-1」: 没有这个编号, 自带的有 {', '.join(shipped)}; 自己的办法请给文件")
    ]


def test_what_cannot_be_compared_is_an_error():
    pairs = [("3%", "≥1家"), ("按时", "≥90%"), ("95%", "及时拨付"), ("2次", "≥30天")]
    questions = [(name, actual, target) for actual, target in pairs for name in ("pe_completion_rate", "pe_deviation_rate", "pe_deviation_points")]
    assert not wrong_ones(questions + [("pe_score", 5, target, actual) for actual, target in pairs])


def test_a_weight_below_zero_is_an_error_and_so_is_a_result_no_cell_can_hold():
    assert not wrong_ones([("pe_score", -1, 90, 80), ("pe_share", 1e308, 1e-308), ("pe_execution_rate", 1e300, 1e-300)])


def test_a_judged_indicator_has_no_computed_score():
    assert asked(("pe_score", 10, "按时拨付", "达成年度指标", "manual"), ("pe_score", 10, "优", "优", "qualitative")) == ["", ""]


def test_the_indicators_name_says_what_a_target_without_a_sign_wants():
    assert asked(("pe_score", 5, 10, 8, "", "培训场次"), ("pe_score", 5, 10, 8, "", "投诉件数"), ("pe_score", 5, 10, 8)) == [4.0, 5.0, 4.0]


def test_points_are_only_told_of_percentages():
    assert asked(("pe_deviation_points", "8676", "8755"), ("pe_deviation_points", "70%", "65%-75%")) == ["", 0.0]


def test_a_numeric_cell_gets_a_number_a_blank_or_an_error_and_nothing_else():
    values = [None, 0, -3, 0.9, 1e15, "≥90%", "0.11%", "65%-75%", "10个月", "完成", "", "　", "9" * 400, At("A1"), At("C1:C2")]
    questions = [with_argument(name, position, value) for name in NUMERIC for position in range(len(ARGUMENTS[name])) for value in values]
    kinds = {type(answer) for answer in asked(*questions, cells=CELLS) if answer != ""}
    assert kinds == {float, Failed}


def numeric(role):
    kinds = ("numeric", "interval")
    return sorted({entry["raw"] for entry in SPELLINGS if entry["parse"]["kind"] in kinds and (entry["role"] == "target") == (role == "target") and "split_columns" not in entry})


def core_says(weight, target, actual, rule):
    try:
        return ["" if value is None else value for value in evaluated(weight, target, actual, rule)]
    except ValueError:
        return [Failed] * 4


def test_spellings_of_real_tables_give_in_cells_what_core_gives():
    actuals = [0.0, 95.0, 0.9, *numeric("actual")[::3]]
    rows = [(5.0, target, actual, rule) for target in numeric("target") for actual in actuals for rule in ("", "step_deduction(points=0.5, per=1)")]
    in_cells = asked(*(("pe_score", *row) for row in rows))
    told = [Failed if failed(answer) else answer for answer in in_cells]
    assert len(rows) > 2000
    assert told == [core_says(*row)[0] for row in rows]
    assert sum(isinstance(score, float) for score in told) > len(rows) / 5


def test_deviations_in_cells_are_those_of_core():
    rows = [(target, actual) for target in numeric("target") for actual in ("95%", "3.54亿元", 12.0)]
    for number, name in enumerate(("pe_completion_rate", "pe_deviation_rate", "pe_deviation_points"), 1):
        told = asked(*((name, actual, target) for target, actual in rows))
        assert [Failed if failed(answer) else answer for answer in told] == [core_says(None, *row, "")[number] for row in rows]


def test_execution_scores_in_cells_are_those_of_core():
    rows = [(weight, executed, 1711.75, rule) for weight in (0.0, 4.5, 10.0) for executed in (0.0, 1.005, 1026.9, 1707.31, 1711.75, 2000.0) for rule in ("", "bands(100:1, 80:0.7, 60:0.5)")]
    assert asked(*(("pe_execution_score", *row) for row in rows)) == [execution_score(*row) for row in rows]
