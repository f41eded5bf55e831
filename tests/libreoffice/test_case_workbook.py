"""The published table of 巴州 2023 and the blank form, alive in LibreOffice: Python, add-in and native formulas agree."""

import pytest

from perfeval_xl import __version__
from perfeval_xl.workbook.building.builder import case_named, form_named
from perfeval_xl.workbook.building.case import blank_case
from perfeval_xl.workbook.building.rule_sheet import rule_row
from tests.libreoffice.living import built, differences, with_fund, with_indicator
from tests.libreoffice.picture import page_count, page_size, page_text, rendered

PREMIUMS, BENEFITS, SHARE, OTHERS, HOSPITAL, MONTHS = 7, 8, 9, 11, 15, 17


@pytest.fixture(scope="module", params=[".xlsx", ".xlsm"])
def bazhou(request, tmp_path_factory):
    form, case = case_named("bazhou-2023-resident-fund")
    return built(form, case, tmp_path_factory.mktemp("case") / f"bazhou{request.param}")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The workbook as people get it."""
    form, case = case_named("bazhou-2023-resident-fund")
    return built(form, case, tmp_path_factory.mktemp("shipped") / "bazhou.xlsm")


@pytest.fixture(scope="module", params=["calc", "calc_with_addin"])
def opened(request, shipped):
    """The shipped workbook, opened once; who changes it puts it back."""
    with request.getfixturevalue(request.param).open(shipped.path) as document:
        yield document


@pytest.fixture
def typing(shipped, opened):
    """Type into the opened workbook; what stood there comes back afterwards."""
    before = {}

    def put(values):
        unknown = [address for address in values if address not in before]
        before.update({address: None if value == "" else value for address, value in opened.values(unknown).items()})
        opened.put(values)

    yield put
    opened.put(before)
    assert differences(opened, shipped.expected(shipped.case)) == {}


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    form = form_named("fund")
    return built(form, blank_case(form, 2025, rows=3), tmp_path_factory.mktemp("blank") / "blank.xlsx")


def test_every_computed_cell_shows_what_python_computes(bazhou, either_calc):
    with either_calc.open(bazhou.path) as document:
        assert differences(document, bazhou.expected(bazhou.case)) == {}


def test_the_workbook_shows_the_published_rates_scores_total_and_grade(bazhou, either_calc):
    with either_calc.open(bazhou.path) as document:
        rates = [f"自评表!{bazhou.placement.fund(number, 'written_rate').cell}" for number in (0, 1)]
        scores = [bazhou.cell(number, "written_score") for number in (PREMIUMS, OTHERS)]
        assert [cell.text for cell in document.cells(*rates, *scores).values()] == ["102.95%", "97.36%", "5", "0"]
        assert (document["评分规则!B5"], document["评分规则!B6"]) == (98.0, "优")


def test_the_add_in_alone_gives_every_score(bazhou, calc_with_addin):
    scores = {address: value for address, value in bazhou.expected(bazhou.case).items() if address.startswith("自评表")}
    with calc_with_addin.open(bazhou.path) as document:
        document.put({f"评分规则!C{rule_row(number)}": "pass_fail " for number in bazhou.formulas})  # no native formula knows it
        assert {document[f"评分规则!L{rule_row(number)}"] for number in bazhou.formulas} == {""}
        assert differences(document, scores) == {}


def test_the_engine_cell_names_python_with_the_add_in(bazhou, calc_with_addin):
    with calc_with_addin.open(bazhou.path) as document:
        assert document["评分规则!B3"] == f"Python 版本 {__version__}"


def test_the_engine_cell_names_the_native_formulas_without_the_add_in(bazhou, calc):
    with calc.open(bazhou.path) as document:
        assert document["评分规则!B3"] == "内置公式"


def test_opening_is_enough_for_the_extension_to_find_its_functions(bazhou, calc_with_addin):
    with calc_with_addin.open(bazhou.path, recalculated=False) as document:
        assert document["评分规则!B3"] == f"Python 版本 {__version__}"


def test_buttons_run_our_macros(bazhou, either_calc):
    with either_calc.open(bazhou.path) as document:
        found = {(button.sheet, button.label, button.macro.rpartition(".")[0]) for button in document.buttons()}
        modules = document.modules().get("VBAProject", {})
    if bazhou.path.endswith(".xlsx"):
        assert (found, modules) == (set(), {})
    else:
        labels = ("校验", "重新计算", "增加指标行", "生成报送件", "转到第一个错误")
        assert found == {("自评表", label, "VBAProject.Buttons") for label in labels}
        assert {"Buttons", "xlwings", "xlwings_udfs"} <= set(modules)


CHANGES = {
    "actual missed": {PREMIUMS: {"actual": "3.2亿元"}},
    "actual in another unit": {PREMIUMS: {"actual": "35407万元"}, MONTHS: {"actual": "5个月"}},
    "target in words": {PREMIUMS: {"target": "不低于3.6亿元"}, BENEFITS: {"target": "不超过9亿元"}},
    "target in full width": {SHARE: {"target": "＞＝３４％"}},
    "range met and missed": {HOSPITAL: {"actual": "75.01%"}, SHARE: {"target": "30%至33%", "actual": "32%"}},
    "zero reached": {OTHERS: {"actual": "0%"}},
    "number instead of text": {MONTHS: {"target": 6, "actual": 10}},
    "weight": {PREMIUMS: {"weight": 7.5}, MONTHS: {"weight": 7.5}},
    "actual emptied": {PREMIUMS: {"actual": None}, HOSPITAL: {"actual": None}},
    "target emptied": {SHARE: {"target": None}},
    "weight emptied": {BENEFITS: {"weight": None}},
    "other quantity": {BENEFITS: {"actual": "97%"}, MONTHS: {"actual": "10人"}},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_indicator_is_computed_at_once(shipped, opened, typing, change):
    case = shipped.case
    for number, values in change.items():
        case = with_indicator(case, number, **values)
        typing({shipped.cell(number, field): value for field, value in values.items()})
    assert differences(opened, _judged_alike(shipped, case)) == {}


def _judged_alike(living, case):
    """The workbook keeps the rule of every row: a row emptied by hand is not turned into a judged one."""
    rows = [row.get("rule") or result.rule.name for row, result in zip(case.indicators, living.assessment(living.case).indicators, strict=True)]
    for number, rule in enumerate(rows):
        case = with_indicator(case, number, rule=rule)
    return living.expected(case)


@pytest.mark.parametrize(
    "amounts",
    [{"budget": 10.0, "executed": 9.87}, {"executed": None}, {"budget": None}, {"budget": 0}, {"budget": 3, "executed": 0}],
    ids=str,
)
def test_a_changed_amount_changes_its_rate(shipped, opened, typing, amounts):
    typing({f"自评表!{shipped.placement.fund(1, field).cell}": value for field, value in amounts.items()})
    assert differences(opened, shipped.expected(with_fund(shipped.case, 1, **amounts))) == {}


def test_a_changed_rule_works_with_the_add_in(shipped, calc_with_addin):
    with calc_with_addin.open(shipped.path) as document:
        document.put({shipped.cell(PREMIUMS, "actual"): "3.2亿元", "评分规则!C17": "proportional"})
        assert document[shipped.cell(PREMIUMS, "written_score")] == 4.79
        document.put({"评分规则!C17": "step_deduction(points=1, per=2, unit=percent)"})
        assert document[shipped.cell(PREMIUMS, "written_score")] == 2.0


def test_a_changed_rule_leaves_the_native_score_blank(shipped, calc):
    with calc.open(shipped.path) as document:
        document.put({shipped.cell(PREMIUMS, "actual"): "3.2亿元", "评分规则!C17": "proportional"})
        assert document[shipped.cell(PREMIUMS, "written_score")] == ""


def test_an_unknown_rule_leaves_the_score_blank(shipped, opened, typing):
    typing({"评分规则!C17": "halves"})
    assert opened[shipped.cell(PREMIUMS, "written_score")] == ""


def test_a_blank_form_shows_weights_and_nothing_else(blank, either_calc):
    expected = blank.expected(blank.case)
    assert {value for value in expected.values() if value != ""} == {100.0}
    with either_calc.open(blank.path) as document:
        assert differences(document, expected) == {}


def test_the_form_prints_on_landscape_a4_without_its_buttons(bazhou, calc, tmp_path):
    pdf, pictures = rendered(calc, bazhou.path, tmp_path, sheet="自评表")
    assert (page_count(pdf), page_size(pdf), len(pictures)) == (2, (297, 210), 2)
    text = page_text(pdf)
    assert "城乡居民医疗保险基金预算绩效目标自评表" in text
    assert "增加指标行" not in text


def test_the_rules_print_on_one_page(bazhou, calc, tmp_path):
    pdf, _ = rendered(calc, bazhou.path, tmp_path, sheet="评分规则")
    assert page_count(pdf) == 1


def test_a_blank_form_computes_what_is_typed_into_it(blank, either_calc):
    typed = {
        7: {"target": "≥3.34亿元", "actual": "3.54亿元"}, 8: {"target": "≤9.49亿元", "actual": "9.6亿元"}, 9: {"target": "33%", "actual": "32.9%"},
        19: {"level3": "当年结余", "weight": 3, "target": "≥0", "actual": "1258万元"}, 20: {"level3": "平均住院费用", "weight": 2, "target": "9000元", "actual": "9100元"},
    }  # fmt: skip
    case = blank.case
    with either_calc.open(blank.path) as document:
        for number, values in typed.items():
            case = with_indicator(case, number, **values)
            document.put({blank.cell(number, field): value for field, value in values.items()})
        scores = [document[blank.cell(number, "written_score")] for number in typed]
        assert scores == [5.0, 0.0, 0.0, 3.0, 0.0]
        assert differences(document, blank.expected(case)) == {}
