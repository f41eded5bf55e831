"""整表计算: one call for the whole table, raw values in and out."""

import pytest

from perfeval_xl.core.evaluation import evaluated
from tests.udfs.asked import MODULE, asked, failed
from tests.windows.session import SHEET, At, Call, Day, Failed, Money, Omitted, called

ROWS = [
    (15, "8755", "8676", "proportional"),
    (5, "≥33%", "33.84%", None),
    (2, "=0%", "0.11%", "pass_fail"),
    (8, "65%-75%", "68.68%", "interval"),
    (5, 0.95, 0.8926, "step_deduction(points=0.5, per=1)"),
    (10, "按时拨付", "达成年度指标", "manual"),
]
NOTHING = ("", "", "", "")


def cells_of(rows):
    return {f"{column}{number}": value for number, row in enumerate(rows, 2) for column, value in zip("BCDE", row, strict=True)}


def table_of(rows, *more):
    """What the function gives for these rows in B2:E…"""
    answer = asked(("pe_score_table", At(f"B2:E{len(rows) + 1}"), *more), cells=cells_of(rows))[0]
    return answer if failed(answer) else [tuple(row) for row in (answer if isinstance(answer[0], list) else [answer])]


def expected(weight, target, actual, rule):
    return tuple("" if value is None else value for value in evaluated(weight, target, actual, rule or "proportional"))


def test_a_table_gives_score_rate_deviation_and_points_of_each_row():
    assert table_of(ROWS) == [expected(*row) for row in ROWS]
    assert table_of(ROWS)[0] == (14.86, 8676 / 8755, -0.00902341519131925, "")
    assert table_of(ROWS)[2] == (0.0, "", "", 0.11)


def test_a_table_of_a_hundred_rows_is_one_call_and_one_read_of_the_range():
    rows = ROWS[:4] * 25
    call = Call(MODULE, "pe_score_table", (At("B2:E101"),))
    answers, notes = called([call], cells_of(rows))
    assert len(answers[0]) == 100
    assert notes == [{"act": "read", "sheet": SHEET, "area": "$B$2:$E$101", "member": "Value", "cells": 400}]


def test_a_single_row_is_a_table_too():
    assert table_of(ROWS[:1]) == [expected(*ROWS[0])]


def test_a_row_that_cannot_be_computed_is_blank_and_leaves_the_others_alone():
    wrong = [
        ("#DIV/0!", "90%", "80%", None),
        (5, "#N/A", "80%", None),
        (5, "90%", "#CALC!", None),
        (5, "90%", "80%", "#REF!"),
        (5, Day("2023-12-31"), "80%", None),
        (True, "90%", "80%", None),
        (5, "≥1家", "3%", None),
        (5, "90%", "80%", "按比例"),
        ("十分", "90%", "80%", None),
        (-5, "90%", "80%", None),
        (5, "90%", "9" * 400, None),
    ]
    answers = table_of([row for each in wrong for row in (each, ROWS[0])])
    assert answers == [NOTHING, expected(*ROWS[0])] * len(wrong)


def test_blank_rows_are_blank_and_so_is_the_score_of_a_row_without_a_weight():
    blank = [(None, None, None, None), ("", "  ", "", "　"), (5, None, "80%", None), (5, "90%", "", None)]
    assert table_of([*blank, (None, "90%", "80%", None)]) == [NOTHING] * 4 + [("", *expected(None, "90%", "80%", None)[1:])]


def test_a_cell_covered_by_a_merge_is_blank():
    assert table_of([(5, "90%", "80%", "pass_fail"), (None, "90%", "95%", None)])[1] == ("", *expected(None, "90%", "95%", None)[1:])


def test_amounts_in_a_currency_format_and_numbers_typed_as_text_count():
    rows = [(Money("10"), Money("8755"), Money("8676"), None), ("10", "8,755", "8,676", " ")]
    assert table_of(rows) == [expected(10, "8755", "8676", None)] * 2


@pytest.mark.parametrize("ruleset", ["", None, Omitted(), "mof-2020-10", At("G1")], ids=str)
def test_a_row_without_a_rule_takes_the_one_of_the_ruleset(ruleset):
    from perfeval_xl.rulesets.loader import load
    from perfeval_xl.rulesets.periods import rules_of

    default = rules_of(load("mof-2020-10"), None).default_rule_text
    assert table_of([ROWS[1]], ruleset) == [expected(*ROWS[1][:3], default)]


def test_another_ruleset_brings_another_rule():
    assert [row[0] for row in table_of([(5, "90%", "80%", None)] * 2, "fund-2022-65")] == [0.0, 0.0]
    assert [row[0] for row in table_of([(5, "90%", "80%", None)] * 2)] == [4.44, 4.44]


def test_an_unknown_ruleset_is_an_error_for_the_whole_table():
    assert table_of(ROWS, "no-such-rules").error.startswith("RulesetError: ")


@pytest.mark.parametrize("area", ["B2:D7", "B2:F7", "B2", "B2:B5"])
def test_anything_but_four_columns_is_refused_with_a_sentence(area):
    answer = asked(("pe_score_table", At(area)), cells=cells_of(ROWS))[0]
    assert answer == Failed("ValueError: 请选四列: 分值、指标值、完成值、评分规则")


def test_an_array_another_formula_hands_over_counts_as_a_table():
    assert asked(("pe_score_table", tuple(ROWS[:2]))) == [[list(expected(*row)) for row in ROWS[:2]]]
