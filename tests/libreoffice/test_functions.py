"""The cell functions in LibreOffice's cells: what Python gives, what blanks, omissions, errors and odd input do."""

import pytest

from perfeval_xl import __version__
from udfs import perfeval_udfs

BLANK = "Z1"    # a cell nobody fills
ANSWERS = {
    "=PE_EXECUTION_RATE(1707.31;1711.75)": 1707.31 / 1711.75,
    '=PE_EXECUTION_RATE("1,707.31";1711.75)': 1707.31 / 1711.75,
    "=PE_EXECUTION_RATE(0;100)": 0.0,
    "=PE_EXECUTION_RATE(5;0)": "",
    '=PE_COMPLETION_RATE("35407万元";"≥3.34亿元")': 354070000 / 334000000,
    '=PE_COMPLETION_RATE("68.68%";"65%-75%")': 1.0,
    '=PE_DEVIATION_RATE("8676";"8755")': -79 / 8755,
    '=PE_DEVIATION_POINTS("89.26%";"95%")': -5.74,
    '=PE_DEVIATION_POINTS("10个月";"≥6个月")': "",
    '=PE_SCORE(15;"8755";"8676")': 14.86,
    '=PE_SCORE(5;"≥95%";"89.26%";"step_deduction(points=0.5, per=1)")': 2.0,
    '=PE_SCORE(2;"=0%";"0.11%";"pass_fail")': 0.0,
    '=PE_SCORE(5;"≥0";"3")': 5.0,
    '=PE_SCORE(5;"50万元";"60万元")': 5.0,
    '=PE_SCORE(5;"50万元";"60万元";"";"项目成本")': 4.0,
    '=PE_SCORE(5;"严格执行";"达成年度指标")': None,
    "=PE_EXECUTION_SCORE(10;1707.31;1711.75)": 9.97,
    '=PE_EXECUTION_SCORE(10;85;100;"bands(100:1, 80:0.7, 60:0.5)")': 7.0,
    "=PE_SHARE(92586;103384)": 92586 / 103384,
    "=PE_SHARE(0.00005;2)": 0.000025,
    "=PE_SHARE(1E+16;4E+16)": 0.25,
    "=PE_PAYABLE_MONTHS(85139;8478)": 85139 / 8478,
    "=PE_GRADE(90)": "优",
    '=PE_GRADE(59.99;"fund-2022-65")': "差",
    '=PE_STATUS(5;"≥33%";"33.84%";5;"")': "达标",
    '=PE_STATUS(2;"=0%";"0.11%";0;"")': "请写原因",
    '=PE_READ_TARGET("≥90%")': "「≥90%」: 数量, 不小于 90%",
    "=PE_VERSION()": f"Python 版本 {__version__}",
}
BLANKS_IN = (
    "=PE_EXECUTION_RATE({};100)", "=PE_EXECUTION_RATE(100;{})", '=PE_COMPLETION_RATE({};"≥5个")', '=PE_DEVIATION_RATE("3个";{})',
    '=PE_DEVIATION_POINTS({};"≥5%")', '=PE_SCORE({};"≥5个";"3个")', '=PE_SCORE(5;{};"3个")', '=PE_SCORE(5;"≥5个";{})',
    "=PE_EXECUTION_SCORE(10;{};100)", "=PE_SHARE({};5)", "=PE_PAYABLE_MONTHS({};5)", "=PE_GRADE({})", "=PE_READ_TARGET({})",
)  # fmt: skip


@pytest.fixture(scope="module")
def sheet(calc_with_addin):
    """An empty workbook; ``sheet(formulas)`` gives the values of those formulas."""
    with calc_with_addin.new() as document:

        def values(formulas):
            cells = {f"Sheet1!A{row}": formula for row, formula in enumerate(formulas, 1)}
            document.put_formulas(cells)
            return dict(zip(formulas, document.values(cells).values(), strict=True))

        values.document = document
        yield values


def test_every_function_gives_pythons_answer(sheet):
    shown = sheet(list(ANSWERS))
    assert {formula: value for formula, value in shown.items() if isinstance(value, str) or value is None} == {
        formula: value for formula, value in ANSWERS.items() if isinstance(value, str) or value is None
    }
    for formula, value in shown.items():
        assert value == (pytest.approx(ANSWERS[formula], rel=1e-14) if isinstance(value, float) else ANSWERS[formula]), formula


def test_a_blank_cell_gives_a_blank_and_zero_does_not(sheet):
    formulas = [formula.format(BLANK) for formula in BLANKS_IN]
    assert set(sheet(formulas).values()) == {""}
    assert sheet(["=PE_EXECUTION_RATE(0;100)", '=PE_SCORE(5;"≥5个";0)', "=PE_GRADE(0)"]) == {
        "=PE_EXECUTION_RATE(0;100)": 0.0, '=PE_SCORE(5;"≥5个";0)': 0.0, "=PE_GRADE(0)": "差",
    }  # fmt: skip


def test_an_omitted_and_a_blank_rule_are_both_the_default(sheet):
    formulas = ['=PE_SCORE(5;"≥5个";"4个")', f'=PE_SCORE(5;"≥5个";"4个";{BLANK})', '=PE_SCORE(5;"≥5个";"4个";"")', '=PE_SCORE(5;"≥5个";"4个";"proportional")']
    assert set(sheet(formulas).values()) == {4.0}


def test_wrong_input_is_an_error_that_the_native_part_replaces(sheet):
    wrong = ['PE_SCORE(5;"≥5个";"3%")', 'PE_SCORE("五";"≥5个";"3个")', 'PE_SCORE(5;"≥5个";"3个";"halves")', "PE_EXECUTION_RATE(1/0;5)", 'PE_GRADE(90;"nowhere")']
    assert set(sheet([f"={each}" for each in wrong]).values()) == {None}
    assert set(sheet([f'=IFERROR(0+{each};"native")' for each in wrong]).values()) == {"native"}


def test_a_blank_answer_is_replaced_by_the_native_part_too(sheet):
    assert sheet([f'=IFERROR(0+PE_SCORE(5;"≥5个";{BLANK});"native")']).popitem()[1] == "native"


def test_a_whole_table_in_one_call(sheet):
    rows = [[5, "≥90%", "80%", None], [5, "≥90%", None, None], [2, "=0%", "0.11%", "pass_fail"], [8, "65%-75%", "68.68%", None], [1, "优", "良", None]]
    sheet.document.put_rows("Sheet1!C1:F5", rows)
    places = [f"=INDEX(PE_SCORE_TABLE(C1:F5);{row};{column})" for row in range(1, 6) for column in range(1, 5)]
    shown = list(sheet(places).values())
    assert [shown[start : start + 4] for start in range(0, 20, 4)] == [
        [4.44, pytest.approx(8 / 9), pytest.approx(-1 / 9), -10.0],
        ["", "", "", ""],
        [0.0, "", "", pytest.approx(0.11)],
        [8.0, 1.0, 0.0, 0.0],
        ["", "", "", ""],
    ]


def test_the_project_can_take_the_place_of_the_bundled_code(tmp_path, extension):
    """A developer's LibreOffice runs the code that lies in PERFEVAL_PYPATH."""
    from tests.libreoffice.engine import Engine

    (tmp_path / "udfs").mkdir()
    (tmp_path / "udfs" / "__init__.py").write_text("")
    names = [name for name in dir(perfeval_udfs) if name.startswith("pe_")]
    functions = "\n".join(f"def {name}(*_): return 'project'" for name in names)
    (tmp_path / "udfs" / "perfeval_udfs.py").write_text(functions)
    with Engine(extension, {"PERFEVAL_PYPATH": str(tmp_path)}) as engine, engine.new() as document:
        document.put_formulas({"Sheet1!A1": "=PE_VERSION()"})
        assert document["Sheet1!A1"] == "project"
