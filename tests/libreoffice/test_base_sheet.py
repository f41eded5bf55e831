"""基础数据 alive in LibreOffice: what it computes, what the form takes from it, and how it judges what was typed."""

import pytest

from perfeval_xl.core.assessment import assessed
from perfeval_xl.core.figure_amounts import AMOUNTS
from perfeval_xl.core.figure_ratios import FIGURES
from perfeval_xl.core.table import Value
from perfeval_xl.rulesets.loader import load
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.workbook.building.base_sheet import verdict
from perfeval_xl.workbook.building.builder import case_named, form_named
from perfeval_xl.workbook.building.case import blank_case
from perfeval_xl.workbook.building.computed_actual import HEAD_ROW, RESULT_ROWS, Entries, asked_rows
from perfeval_xl.workbook.building.living import living
from tests.libreoffice.living import built, differences, with_indicator

AMOUNT_CELLS = {amount.key: f"基础数据!C{row}" for row, amount in enumerate(AMOUNTS, HEAD_ROW + 1)}
FUND = {
    "income_budget": 101560, "income_actual": 104642, "premium_budget": 33375, "premium_actual": 35407, "interest_actual": 1182,
    "expenditure_budget": 106208, "expenditure_actual": 103384, "benefit_budget": 94859, "benefit_actual": 92586, "other_actual": 110,
    "opening_balance": 83881, "closing_balance": 85139, "time_deposit": 20000, "monthly_expenditure": 8478, "handed_up_budget": 0,
    "handed_up_actual": 1200.5, "pool_income_actual": 220258, "pool_current_balance": 59601.78, "insured": 42.94, "repeated": 169,
}  # fmt: skip


def expected(entries, table):
    """Every computed cell of 基础数据 and every 完成值 that follows from it, by its address."""
    cells = {}
    stated = {row.figure.key: row.value for row in reversed(asked_rows(table))}
    for figure in FIGURES:
        value = entries.value(figure)
        cells[f"基础数据!E{RESULT_ROWS[figure.key]}"] = "" if value is None else value
        if figure.key in stated:
            cells[f"基础数据!G{RESULT_ROWS[figure.key]}"] = verdict(figure, value, stated[figure.key].text)
    for row in asked_rows(table):
        if row.value.computed:
            cells[row.actual] = "" if row.value.number is None else row.value.number
    return cells


def rules(book):
    return rules_of(load(book.case.ruleset), book.case.year)


def scores(table, book):
    results = assessed(table, rules(book)).indicators
    return {
        book.cell(number, "written_score"): "" if result.computed_score is None else result.computed_score
        for number, result in enumerate(results)
        if number in book.formulas
    }


def computed(book, case, entries):
    """The table that a clerk gets with these amounts on 基础数据."""
    return living(book.form, case._replace(figures=entries), rules(book)).assessment.table


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    form = form_named("fund")
    return built(form, blank_case(form, 2025), tmp_path_factory.mktemp("blank") / "blank.xlsm")


@pytest.fixture(scope="module")
def bazhou(tmp_path_factory):
    form, case = case_named("bazhou-2023-resident-fund")
    return built(form, case, tmp_path_factory.mktemp("case") / "bazhou.xlsm")


def test_a_blank_form_stays_blank(blank, either_calc):
    entries = Entries({}, {})
    table = computed(blank, blank.case, entries)
    wanted = expected(entries, table)
    assert set(wanted.values()) == {""}
    with either_calc.open(blank.path) as document:
        assert differences(document, wanted) == {}


def test_typed_amounts_fill_the_form_and_its_scores(blank, either_calc):
    entries = Entries({key: float(value) for key, value in FUND.items()}, {"payable_months": "自填月均支出"})
    case = blank.case
    for number, target in {9: "≥33%", 10: "≥89.31%", 11: "=0%", 17: "≥6个月"}.items():
        case = with_indicator(case, number, target=target)
    table = computed(blank, case, entries)
    with either_calc.open(blank.path) as document:
        document.put({AMOUNT_CELLS[key]: value for key, value in FUND.items()})
        document.put({f"基础数据!B{RESULT_ROWS['payable_months']}": "自填月均支出"})
        document.put({blank.cell(number, "target"): case.indicators[number].get("target") for number in (9, 10, 11, 17)})
        assert differences(document, expected(entries, table)) == {}
        assert differences(document, scores(table, blank)) == {}
        shown = document.cells(*(blank.cell(number, "actual") for number in (9, 10, 11, 14, 17)))
        assert [cell.text for cell in shown.values()] == ["33.84%", "89.56%", "0.11%", "1.40%", "10.04个月"]
        assert [document[blank.cell(number, "written_score")] for number in (9, 10, 11, 17)] == [4.0, 4.0, 0.0, 10.0]


def test_a_choice_of_denominator_changes_the_months(blank, either_calc):
    choice = f"基础数据!B{RESULT_ROWS['payable_months']}"
    with either_calc.open(blank.path) as document:
        document.put({AMOUNT_CELLS[key]: value for key, value in FUND.items()})
        for name in ("月均预算支出", "月均决算支出", "月均预算支出(不含上解)", "月均决算支出(不含上解)", "自填月均支出", "别的"):
            document.put({choice: name})
            entries = Entries({key: float(value) for key, value in FUND.items()}, {"payable_months": name})
            assert differences(document, expected(entries, computed(blank, blank.case, entries))) == {}


@pytest.mark.parametrize("values", [{"expenditure_actual": 0}, {"expenditure_actual": None}, {"income_actual": -5, "premium_actual": 0}], ids=str)
def test_zero_and_blank_denominators_give_blanks_not_errors(blank, either_calc, values):
    amounts = {**FUND, **values}
    entries = Entries({key: float(value) for key, value in amounts.items() if value is not None}, {})
    with either_calc.open(blank.path) as document:
        document.put({AMOUNT_CELLS[key]: value for key, value in amounts.items()})
        assert differences(document, expected(entries, computed(blank, blank.case, entries))) == {}


def test_typed_values_are_kept_and_compared(bazhou, either_calc):
    table = computed(bazhou, bazhou.case, bazhou.case.figures)
    with either_calc.open(bazhou.path) as document:
        assert differences(document, expected(bazhou.case.figures, table)) == {}
        assert document[bazhou.cell(9, "actual")] == "33.84%"
        verdicts = {key: document[f"基础数据!G{RESULT_ROWS[key]}"] for key in ("premium_share", "benefit_share", "other_share", "interest_yield", "payable_months")}
    assert verdicts == {"premium_share": "一致", "benefit_share": "一致", "other_share": "一致", "interest_yield": "", "payable_months": "一致"}


@pytest.mark.parametrize(
    ("typed", "verdict_shown"),
    [
        ("33.84%", "一致"), ("33.83%", "一致"), ("33.85%", "不一致"), ("34%", "一致"), ("33%", "一致"), ("32%", "不一致"), ("338.4‰", "一致"), ("较高", "不能比较"),
        ("33%-34%", "不能比较"), ("≥33%", "不能比较"), ("3个月", "不能比较"), (None, ""), ("-33.84%", "不一致"), ("0%", "不一致"),
    ],
)  # fmt: skip
def test_a_stated_share_is_held_against_the_computed_one(bazhou, either_calc, typed, verdict_shown):
    case = with_indicator(bazhou.case, 9, actual=typed)
    row = RESULT_ROWS["premium_share"]
    figure = next(figure for figure in FIGURES if figure.key == "premium_share")
    assert verdict(figure, bazhou.case.figures.value(figure), Value("G18", typed or "").text) == verdict_shown
    with either_calc.open(bazhou.path) as document:
        document.put({bazhou.cell(9, "actual"): case.indicators[9].get("actual")})
        assert document[f"基础数据!G{row}"] == verdict_shown
