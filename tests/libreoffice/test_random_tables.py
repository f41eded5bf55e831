"""Random tables: the command line, the add-in and the native formulas agree to the last printed digit."""

import random

import pytest

from perfeval_xl.core.measure import Measure
from perfeval_xl.core.reading.target import read_text
from perfeval_xl.core.reading.unit import unit_of
from perfeval_xl.workbook.building.builder import form_named
from perfeval_xl.workbook.building.case import Case, Row
from perfeval_xl.workbook.building.native import COLUMNS
from perfeval_xl.workbook.building.native_reading import SIGN_WORDS, UNITS
from perfeval_xl.workbook.building.rule_sheet import rule_row
from tests.libreoffice.living import agrees, built, rule_values
from tests.libreoffice.spelling_samples import RANGE_MARKS, RULES, SUFFIXES, Sample, Typist

ROWS = 20                       # of a table
TABLES, AT_ONCE = 200, 5        # tables in all, and in one workbook
TYPED = ("level3", "weight", "target", "actual")
NAMES = ("完成率", "参保人数", "项目成本", "满意度", "投诉次数", "药占比", "培训", "不合格率", "支出率")  # each with its own direction
SHOWN = ("direction", "low", "high", "actual", "completion", "deviation", "points")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """Five tables of twenty rows, one below the other; every row has a rule of its own."""
    rows = tuple(
        Row({"level1": "产出指标", "level2": f"第{number // ROWS}张", "level3": "完成率", "rule": RULES[number % len(RULES)]})
        for number in range(ROWS * AT_ONCE)
    )
    case = Case("随机", 2025, "万元", "mof-2020-10", {}, (Row({"label": "合计"}),), {}, rows, "无")
    return built(form_named("fund"), case, tmp_path_factory.mktemp("random") / "random.xlsx")


@pytest.fixture(scope="module")
def native(workbook, calc):
    with calc.open(workbook.path) as document:
        yield document


@pytest.fixture(scope="module")
def with_addin(workbook, calc_with_addin):
    """Rules written so that only Python knows them: a score shown is the add-in's, never a native one."""
    with calc_with_addin.open(workbook.path) as document:
        document.put({f"评分规则!{COLUMNS['rule']}{rule_row(number)}": f" {row.get('rule')} " for number, row in enumerate(workbook.case.indicators)})
        yield document


def _typed(workbook, samples, names=("完成率",)):
    """The case with these samples in its rows, and names in turn; rows without a sample are blank."""
    blank = Sample(None, None, None, is_understood=True)
    filled = [*samples, *[blank] * (len(workbook.case.indicators) - len(samples))]
    typed = (
        {"level3": names[number % len(names)], "weight": each.weight, "target": each.target, "actual": each.actual}
        for number, each in enumerate(filled)
    )
    rows = zip(workbook.case.indicators, typed, strict=True)
    return workbook.case._replace(indicators=tuple(Row({**row.values, **values}) for row, values in rows))


def _fill(workbook, document, case):
    area = workbook.rows(0, len(case.indicators) - 1, TYPED)
    document.put_rows(area, [[row.get(field) for field in TYPED] for row in case.indicators])


def _shown(workbook, document):
    """For each row what 评分规则 shows and the score on the table."""
    last = len(workbook.case.indicators) - 1
    side = document.rows(f"评分规则!{COLUMNS['direction']}{rule_row(0)}:{COLUMNS['score']}{rule_row(last)}")
    scores = document.rows(workbook.rows(0, last, ("written_score",)))
    names = ("direction", "low", "high", "actual", "completion", "deviation", "points", "basis", "score")
    return [{**dict(zip(names, row, strict=True)), "table score": score} for row, (score,) in zip(side, scores, strict=True)]


def _disagreements(results, shown, samples):
    """What a native row shows differently; nothing at all is right only for spellings that are not documented."""
    for result, cells, sample in zip(results, shown, samples, strict=False):
        want = rule_values(result)
        is_silent = {cells[name] for name in (*SHOWN, "score", "table score")} == {""}
        if is_silent and not sample.is_understood:
            continue
        score = "" if result.computed_score is None else result.computed_score
        right = all(agrees(want[name], cells[name]) for name in SHOWN) and cells["score"] == cells["table score"] == score
        if not right:
            yield sample, result.rule.name, want, cells


@pytest.mark.parametrize("part", range(TABLES // AT_ONCE))
def test_native_formulas_agree_with_python(workbook, native, part):
    typist = Typist(random.Random(f"native {part}"))
    samples = [typist.row() for _ in range(ROWS * AT_ONCE)]
    case = _typed(workbook, samples, NAMES)
    _fill(workbook, native, case)
    results = workbook.assessment(case).indicators
    assert list(_disagreements(results, _shown(workbook, native), samples)) == []
    assert sum(isinstance(result.measure, Measure) for result in results) > ROWS * AT_ONCE / 2


@pytest.mark.parametrize("part", range(TABLES // AT_ONCE))
def test_the_add_in_agrees_with_python(workbook, with_addin, part):
    typist = Typist(random.Random(f"native {part}"))
    samples = [typist.row() for _ in range(ROWS * AT_ONCE)]
    case = _typed(workbook, samples, NAMES)
    _fill(workbook, with_addin, case)
    shown = _shown(workbook, with_addin)
    assert {cells["score"] for cells in shown} == {""}
    scores = [cells["table score"] for cells in shown]
    results = workbook.assessment(case).indicators
    assert scores == ["" if result.computed_score is None else result.computed_score for result in results]


def _understood(native, workbook, targets_and_actuals):
    samples = [Sample(10.0, target, actual, is_understood=True) for target, actual in targets_and_actuals]
    case = _typed(workbook, samples)
    _fill(workbook, native, case)
    results = workbook.assessment(case).indicators[: len(samples)]
    assert all(isinstance(result.measure, Measure) for result in results)
    assert list(_disagreements(results, _shown(workbook, native), samples)) == []


def test_every_documented_unit_is_understood(native, workbook):
    assert all(read_text(f"≥5.5{unit}").dimension == unit_of(unit).dimension for unit in UNITS)
    _understood(native, workbook, [(f"≥5.5{unit}", f"5{unit}") for unit in UNITS])


def test_every_documented_sign_is_understood(native, workbook):
    words = [word for word, _ in SIGN_WORDS]
    _understood(native, workbook, [(f"{sign}90%", f"{value}%") for sign in words for value in (89, 91)])
    signs = ("≥", "≤", ">", "<", "=", "＞", "＜", "＝", ">=", "<=", "≧", "≦", "⩾", "⩽", "=>", "=<", "≥=", "")
    _understood(native, workbook, [(f"{sign}90.5个月", f"{value}个月") for sign in signs for value in (90.4, 90.6)])


def test_every_documented_range_and_suffix_is_understood(native, workbook):
    _understood(native, workbook, [(f"65{unit}{mark}75%", f"{value}%") for unit in ("", "%") for mark in RANGE_MARKS for value in (60, 70, 80)])
    _understood(native, workbook, [(f"90%{suffix}", f"{value}%") for suffix in SUFFIXES for value in (89, 90, 91)])


def test_numbers_are_understood_however_they_are_printed(native, workbook):
    printed = ["8755", "8,755", "8,755.00", "1,234,567.89", "0.5", "0", "0.00", "100", "８７５５", "３．５", "-3.5", "0.123456789", 0.95, 8755, 0.1 + 0.2, -2]
    _understood(native, workbook, [(number, other) for number in printed for other in ("7", "8,700.5", 0.3)])


NEVER_GUESSED = (
    "2023年≥95%", "15个县参保率≥95%", "第3季度", "1.参保人数≥5万人", "100%(21/21)", "下降5%", "不到95%", "约5", "达到5%", "1,23", "12,34,567", "05",
    "007", "5.", "1.2.3", "9 5%", "1e5", "2024-10", "20240101", "13812345678", "±5%", "-65%--75%", "不低于-5%", "≥90%以上", "5*", "?", "~5", "5~",
    "5~6~7", "≥5~6", "3个-5人", "65%-75", "至5%", "2020-10个", "≤0", "5元/人", "5万", "零", "百分之五", "1/2", "[65%,75%)", "≥65%且≤75%", "#N/A",
    "=5+5", "5%%", "TRUE", "三-五个", "5 %6", "，5", "5，", "3。5%",
)  # fmt: skip


@pytest.mark.parametrize("actual", ["5", "70%", "3个"])
def test_what_is_not_documented_is_never_guessed(native, workbook, actual):
    samples = [Sample(10.0, target, actual, is_understood=False) for target in NEVER_GUESSED]
    samples += [Sample(10.0, actual, target, is_understood=False) for target in NEVER_GUESSED[: 100 - len(samples)]]
    case = _typed(workbook, samples)
    _fill(workbook, native, case)
    assert list(_disagreements(workbook.assessment(case).indicators, _shown(workbook, native), samples)) == []
