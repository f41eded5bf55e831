"""基础数据 in a built workbook, read back: amounts by name, 完成值 that follow from them, typed ones untouched."""

import openpyxl
import pytest

from perfeval_xl.core.figure_amounts import AMOUNTS
from perfeval_xl.core.figure_ratios import FIGURES
from perfeval_xl.workbook.building.base_sheet import ALIKE, DIFFERENT, INCOMPARABLE, verdict
from perfeval_xl.workbook.building.builder import build, case_named, form_named
from perfeval_xl.workbook.building.case import Row, blank_case
from perfeval_xl.workbook.building.computed_actual import RESULT_ROWS, Entries, actual_formula, entries_from
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.reading.reader import read_workbook

BY_KEY = {figure.key: figure for figure in FIGURES}
AMOUNTS_GIVEN = {
    "income_actual": 104642.0, "premium_actual": 35407.0, "expenditure_actual": 103384.0, "benefit_actual": 92586.0, "other_actual": 110.0,
    "interest_actual": 1182.0, "opening_balance": 83881.0, "closing_balance": 85139.0, "monthly_expenditure": 8478.0,
}  # fmt: skip
NAMES = {
    "社会保险费收入占基金收入比重": "33.84%", "社会保险待遇支出占基金支出比重": "89.56%", "其他支出占基金支出比重": "0.11%", "利息收益率": "1.40%",
    "基金静态可支付月数": "10.04个月",
}  # fmt: skip


def made(path, case):
    build(form_named("fund"), case, str(path))
    return examined(str(path))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A form whose targets and amounts are typed and whose 完成值 follow."""
    case = blank_case(form_named("fund"), 2024)
    targets = {"社会保险费收入占基金收入比重": "≥33%", "社会保险待遇支出占基金支出比重": "≥89.31%", "其他支出占基金支出比重": "=0%", "基金静态可支付月数": "≥6个月"}
    rows = tuple(Row({**row.values, "target": targets.get(row.get("level3"))}) for row in case.indicators)
    entries = Entries(AMOUNTS_GIVEN, {"payable_months": "自填月均支出"})
    return made(tmp_path_factory.mktemp("filled") / "filled.xlsx", case._replace(indicators=rows, figures=entries))


def actuals(result):
    return {each.indicator.name: each.indicator.actual for each in result.assessments[0].indicators}


def test_amounts_come_back_by_their_names(filled):
    figures = dict(filled.assessments[0].table.figures)
    assert [*figures] == [amount.name for amount in AMOUNTS]
    assert {amount.key: figures[amount.name].number for amount in AMOUNTS if not figures[amount.name].is_blank} == AMOUNTS_GIVEN
    assert figures["基金收入决算"].cell == "基础数据!C6"


def test_an_actual_value_that_follows_reads_back_as_computed_and_as_shown(filled):
    found = actuals(filled)
    assert {name: found[name].text for name in NAMES} == NAMES
    assert {found[name].computed for name in NAMES} == {True}
    assert {found[name].typed for name in NAMES} == {False}


def test_scores_follow_from_computed_actual_values(filled):
    scores = {each.indicator.name: each.computed_score for each in filled.assessments[0].indicators}
    assert [scores[name] for name in NAMES if name != "利息收益率"] == [4.0, 4.0, 0.0, 10.0]


def test_no_computed_actual_value_is_blamed(filled):
    cells = {value.cell for name, value in actuals(filled).items() if name in NAMES}
    assert [finding.message for finding in filled.all_findings if finding.cell in cells and finding.level == "error"] == []


def test_a_blank_form_is_blank_and_still_computes(tmp_path):
    result = made(tmp_path / "blank.xlsx", blank_case(form_named("fund"), None))
    found = actuals(result)
    assert {(found[name].text, found[name].computed) for name in NAMES} == {("", True)}
    assert {value.is_blank for _, value in result.assessments[0].table.figures} == {True}
    assert result.unread == ()


def test_only_a_fund_has_the_sheet(tmp_path):
    form = form_named("project")
    build(form, blank_case(form, None), str(tmp_path / "project.xlsx"))
    assert "基础数据" not in [sheet.name for sheet in read_workbook(str(tmp_path / "project.xlsx")).sheets]


def test_a_typed_actual_value_stays_beside_its_computed_one(tmp_path):
    form, case = case_named("bazhou-2023-resident-fund")
    build(form, case, str(tmp_path / "bazhou.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "bazhou.xlsx", data_only=True)
    row = RESULT_ROWS["premium_share"]
    assert book["自评表"]["G20"].value == "33.84%"
    assert round(book["基础数据"][f"E{row}"].value, 6) == 0.338363
    assert (book["基础数据"][f"F{row}"].value, book["基础数据"][f"G{row}"].value) == ("33.84%", "一致")


def test_the_formula_of_an_actual_value_holds_our_function_and_the_native_quotient():
    assert actual_formula(BY_KEY["premium_share"]) == (
        'IFERROR(0+PE_SHARE(基础数据!$C$51,基础数据!$D$51),IF(COUNT(基础数据!$C$51,基础数据!$D$51)=2,IF(基础数据!$D$51=0,"",基础数据!$C$51/基础数据!$D$51),""))'
    )
    assert "0+PE_PAYABLE_MONTHS(" in actual_formula(BY_KEY["payable_months"])


@pytest.mark.parametrize(
    ("value", "stated", "word"),
    [(0.3384, "33.84%", ALIKE), (0.3384, "33.9%", DIFFERENT), (0.3384, "较高", INCOMPARABLE), (None, "33.84%", ""), (0.3384, "", "")],
)
def test_a_stated_value_is_judged_in_one_word(value, stated, word):
    assert verdict(BY_KEY["premium_share"], value, stated) == word


@pytest.mark.parametrize("data", [{"figures": {"income": 1}}, {"figure_variants": {"share": "x"}}])
def test_an_unknown_key_in_a_case_is_our_own_mistake(data):
    with pytest.raises(KeyError):
        entries_from(data)
