"""What every native formula keeps to, so that Excel 2010, WPS and LibreOffice all compute it."""

import re

import pytest

from perfeval_xl.core.rule import RULE_NAMES, parse_rule
from perfeval_xl.workbook.address import column_number
from perfeval_xl.workbook.building.native import COLUMNS, SHOWN_RESULTS, row_formulas

LONGEST, DEEPEST, LONGEST_TEXT = 8192, 64, 255
EXCEL_2010 = {
    "ABS", "AND", "COUNT", "EXACT", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISERROR", "ISNUMBER", "LEFT", "LEN", "MAX", "MID", "MIN", "N",
    "NOT", "OR", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP", "SUBSTITUTE", "SUMPRODUCT", "TEXT", "TRIM", "VALUE",
}  # fmt: skip
WITH_OPTIONS = {
    "bands": "bands(100:1, 95:0.9, 90:0.8, 85:0.7, 80:0.6, 75:0.5, 70:0.4, 65:0.3, 60:0.2, 50:0.1)",
    "step_deduction": "step_deduction(points=0.123456789, per=0.123456789, unit=percent, step=started, direction=lower)",
}


@pytest.fixture(scope="module", params=RULE_NAMES)
def formulas(request):
    """The formulas of a far away row under each rule, with as many options as it takes."""
    rule = parse_rule(WITH_OPTIONS.get(request.param, request.param))
    where = {name: f"'2025年城乡居民基本医疗保险基金自评表'!{column}1048576" for name, column in (("weight", "E"), ("target", "F"), ("actual", "G"))}
    return row_formulas(1048576, **where, rule=rule, guess="higher")


def _without_texts(formula):
    return re.sub(r"'[^']*'!", "", re.sub(r'"[^"]*"', '""', formula))


def _nesting(formula):
    """How deep functions stand inside functions; plain brackets do not count."""
    deepest, open_brackets = 0, []
    for match in re.finditer(r"([A-Z]*)\(|\)", _without_texts(formula)):
        if match[0] == ")":
            open_brackets.pop()
        else:
            open_brackets.append(bool(match[1]))
        deepest = max(deepest, sum(open_brackets))
    assert open_brackets == []
    return deepest


def test_every_column_is_filled_or_shown_elsewhere(formulas):
    assert set(COLUMNS) - set(formulas) == {"name", "rule", "basis"}
    assert set(SHOWN_RESULTS) <= set(formulas)


def test_columns_are_all_different(formulas):
    assert len(set(map(column_number, COLUMNS.values()))) == len(COLUMNS)


def test_formulas_fit_into_excel(formulas):
    assert max(map(len, formulas.values())) < LONGEST
    assert max(map(_nesting, formulas.values())) <= DEEPEST
    assert max(len(text) for formula in formulas.values() for text in re.findall(r'"([^"]*)"', formula)) <= LONGEST_TEXT


def test_only_functions_of_excel_2010_occur(formulas):
    used = {name for formula in formulas.values() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", _without_texts(formula))}
    assert used <= EXCEL_2010


def test_no_array_but_constants(formulas):
    """A range where one value is wanted would become an array formula in one Excel and an @ in another."""
    assert not [name for name, formula in formulas.items() if re.search(r"[A-Z]\$?[0-9]+:", _without_texts(formula))]


def test_a_judged_rule_has_no_formula():
    where = {"weight": "E5", "target": "F5", "actual": "G5"}
    assert {row_formulas(10, **where, rule=parse_rule(name), guess="higher")["score"] for name in ("qualitative", "manual")} == {'""'}
