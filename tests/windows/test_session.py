import pytest

from perfeval_xl.workbook.vba.windows_stand_ins import ComError
from tests.windows.cells import letters, position
from tests.windows.session import SHEET, At, Call, Failed, Omitted, call_functions, run_button
from tests.windows.workbooks import Workbook

SAMPLE = "tests.windows.sample_functions"
CELLS = {"A1": 85, "B1": 100, "A2": "≥90%", "B2": None, "A3": "#DIV/0!", "B3": True, "C3": 0.5}


def rate(*args):
    return Call(SAMPLE, "sample_rate", args)


@pytest.fixture(scope="module")
def answers():
    calls = [
        rate(At("A1"), At("B1")),
        rate(85, Omitted()),
        rate(At("B2"), At("B1")),
        rate(At("A2"), At("B1")),
        rate(At("A1"), 0),
        Call(SAMPLE, "sample_table", (At("A1:B3"),)),
        Call(SAMPLE, "sample_table", (At("C3"),)),
        Call(SAMPLE, "sample_where", ("replaced by xlwings",), "F12"),
        Call("tests.windows.no_such_module", "f"),
    ]
    return call_functions(calls, CELLS)


def test_numbers_in_cells_reach_the_function_and_its_answer_comes_back(answers):
    assert answers[0] == 0.85


def test_an_omitted_argument_takes_its_default(answers):
    assert answers[1] == 0.85


def test_a_blank_cell_is_none_for_the_function(answers):
    assert answers[2] == ""


def test_an_exception_becomes_the_text_the_cell_shows(answers):
    assert answers[3] == Failed("TypeError: unsupported operand type(s) for /: 'str' and 'float'")
    assert answers[4] == Failed("ZeroDivisionError: float division by zero")


def test_a_range_arrives_row_by_row_with_errors_as_texts(answers):
    assert answers[5] == [["85.0", "100.0"], ["'≥90%'", "None"], ["'#DIV/0!'", "True"]]


def test_a_single_cell_asked_for_as_a_table_is_a_table(answers):
    assert answers[6] == "0.5"


def test_the_calling_cell_is_known(answers):
    assert answers[7] == "$F$12"


def test_a_module_that_is_not_there_is_an_error_in_the_cell(answers):
    assert answers[8] == Failed("ModuleNotFoundError: No module named 'tests.windows.no_such_module'")


def test_a_buttons_command_reads_and_writes_the_calling_workbook():
    sheets = {"资金表": {"A1": 1, "A2": 2.5, "A3": 3, "D9": "#N/A"}, "说明": {"A1": "不动"}}
    assert run_button(f"import {SAMPLE}; {SAMPLE}.write_total()", sheets) == {
        "资金表": {
            "A1": 1.0,
            "A2": 2.5,
            "A3": 3.0,
            "A4": 6.5,
            "B1": "合计",
            "C1": "已写",
            "B2": "资金表",
            "D9": "#N/A",
        },
        "说明": {"A1": "不动"},
    }


def test_a_buttons_command_that_fails_says_why():
    with pytest.raises(RuntimeError, match="TypeError: "):
        run_button(f"import {SAMPLE}; {SAMPLE}.write_total()", {SHEET: {"A1": "文字"}})


def test_addresses_count_as_excel_counts():
    assert [position(address) for address in ("A1", "Z9", "AA10", "XFD1048576")] == [
        (1, 1), (9, 26), (10, 27), (1048576, 16384)
    ]  # fmt: skip
    assert [letters(column) for column in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_a_workbook_gives_back_what_was_put_in():
    sheets = {SHEET: {"A1": 1.0, "AA3": "文字", "B2": "#REF!", "C1": False}}
    assert Workbook(sheets).values() == {SHEET: {"A1": 1.0, "C1": False, "B2": "#REF!", "AA3": "文字"}}
    assert issubclass(ComError, Exception)
