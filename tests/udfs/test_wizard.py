"""What the function wizard of Excel shows, and the wrapper Excel calls."""

import re

import pytest

from perfeval_xl.workbook.vba.macros import UDF_MODULE
from perfeval_xl.workbook.vba.udf_wrapper import udf_wrapper
from tests.udfs.asked import ARGUMENTS, OPTIONAL

FUNCTIONS = [*ARGUMENTS, "pe_score_table", "pe_version"]
CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def wrapper():
    return udf_wrapper(UDF_MODULE, "perfeval.xlsm")


def test_the_cells_may_call_these_functions_and_no_others(wrapper):
    assert sorted(wrapper.macro_options) == sorted(FUNCTIONS)
    assert sorted(re.findall(r"^Function (\w+)\(", wrapper.text, re.MULTILINE)) == sorted(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_explains_itself_and_its_arguments_in_chinese_within_the_wizards_room(wrapper, name):
    texts = wrapper.macro_options[name]
    signature = re.search(rf"^Function {name}\((.*)\)$", wrapper.text, re.MULTILINE)[1]
    explained = texts.get("ArgumentDescriptions", [])
    assert texts["Category"] == "绩效自评"
    assert len(explained) == len([argument for argument in signature.split(",") if argument])
    for text in (texts["Description"], *explained):
        assert CHINESE.search(text)
        assert len(text) < 255, "xlwings cuts at 255"


def test_only_the_arguments_with_a_default_are_optional(wrapper):
    signatures = dict(re.findall(r"^Function (\w+)\((.*)\)$", wrapper.text, re.MULTILINE))
    optional = {name: [argument.startswith("Optional ") for argument in signature.split(", ")].index(True) for name, signature in signatures.items() if "Optional" in signature}
    assert optional == OPTIONAL | {"pe_score_table": 1}


def test_names_and_arguments_are_ascii_and_no_cell_address(wrapper):
    assert wrapper.text.isascii()
    for name in FUNCTIONS:
        assert re.fullmatch(r"pe_[a-z_]+", name)


def test_every_call_names_the_module_by_its_full_name(wrapper):
    calls = re.findall(r'XLPy\.CallUDF\("([^"]+)", "(\w+)"', wrapper.text)
    assert {module for module, _ in calls} == {UDF_MODULE}
    assert len(calls) == 2 * len(FUNCTIONS)


def test_a_failure_in_a_cell_is_handed_over_as_its_text(wrapper):
    for name in FUNCTIONS:
        assert f"failed:\n    {name} = Err.Description\n" in wrapper.text


def test_the_arguments_of_the_design_come_first_and_whatever_follows_is_optional(wrapper):
    signatures = dict(re.findall(r"^Function (\w+)\((.*)\)$", wrapper.text, re.MULTILINE))
    designed = {
        "pe_execution_rate": "executed, budget",
        "pe_completion_rate": "actual, target",
        "pe_deviation_rate": "actual, target",
        "pe_deviation_points": "actual, target",
        "pe_score": "weight, target, actual, rule",
        "pe_execution_score": "weight, executed, budget, rule",
        "pe_share": "part, whole",
        "pe_payable_months": "balance, monthly_expenditure",
        "pe_grade": "total, ruleset",
        "pe_status": "weight, target, actual, score, reason, rule",
        "pe_read_target": "content",
        "pe_score_table": "table, ruleset",
        "pe_version": "",
    }
    for name, arguments in designed.items():
        first, rest = signatures[name].replace("Optional ", "")[: len(arguments)], signatures[name].split(", ")[len(arguments.split(", ")) :]
        assert first == arguments
        assert all(argument.startswith("Optional ") for argument in rest)
