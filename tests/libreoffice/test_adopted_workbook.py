"""An office's workbook after adoption, in a real spreadsheet engine: it opens, recalculates and computes what is typed."""

import random
import re

import pytest
import xlsxwriter

from perfeval_xl.core.rule import parse_rule
from perfeval_xl.workbook.adoption.adopt import adopt
from perfeval_xl.workbook.adoption.native_reach import natively_comparable
from perfeval_xl.workbook.adoption.undo import restored
from perfeval_xl.workbook.building.formulas import rule_row
from perfeval_xl.workbook.building.native import COLUMNS, row_formulas
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import CALC_SHEET, RULE_SHEET, UnusableFile
from tests.libreoffice.living import agrees
from tests.libreoffice.spelling_samples import BEYOND, Typist
from tests.workbook.adoption.office_files import SHEET, blank_form, plain_form, protected_form, rich_form

PAIRS = 250
NAMES = ("完成率", "参保人数", "项目成本")
ODD = (
    ("不低于-5", "-4"), ("≥-5%", "-4%"), ("0.95", "96%"), ("≤0", "0"), ("20240101", "20240101"), ("1900-2000", "1950"), ("≥1e3", "1000"),
    (0.95, 0.96), (1.0, "100%"), ("≥95%", 0.965), ("1,00人", "100人"), ("≥1,000人", "999人"), ("90%~95", "92%"), ("约95%", "95%"),
)  # fmt: skip


@pytest.fixture(scope="module", params=[plain_form, blank_form, protected_form, rich_form])
def adopted(request, tmp_path_factory):
    """The living workbook and what its filled cells are to show."""
    folder = tmp_path_factory.mktemp(request.param.__name__)
    office, living = request.param(folder / "官方.xlsx"), folder / "活.xlsm"
    adoption = adopt(str(office), str(living))
    return living, {f"{each.sheet}!{each.cell}": each.value for each in adoption.touched}


def test_it_opens_and_every_formula_shows_what_was_computed(adopted, either_calc):
    living, expected = adopted
    with either_calc.open(living) as document:
        shown = document.values(expected)
        assert {cell: value for cell, value in shown.items() if not agrees(expected[cell], value)} == {}
        assert document.sheets()[RULE_SHEET] is True
        assert document.sheets()[CALC_SHEET] is False


def test_formulas_of_the_office_follow(tmp_path, calc):
    living = tmp_path / "活.xlsm"
    adopt(str(rich_form(tmp_path / "官方.xlsx")), str(living))
    with calc.open(living) as document:
        assert document["填表说明!A1"] == pytest.approx(89.29)
        assert document["数据!A3"] == 3


def test_a_blank_form_computes_what_is_typed_into_it(tmp_path, either_calc):
    living = tmp_path / "活.xlsm"
    adopt(str(blank_form(tmp_path / "空表.xlsx")), str(living))
    typed = {
        "D5": 200.0, "E5": 150.0, "D12": "≥8755人", "E12": "8676人", "D13": "≥95%", "E13": 0.9, "D15": 0.9, "E15": "88.5%", "D16": "≥95%",
        "E16": "96%", "G14": 9.0,
    }  # fmt: skip
    with either_calc.open(living) as document:
        document.put({f"{SHEET}!{cell}": value for cell, value in typed.items()})
        shown = document.values(f"{SHEET}!{cell}" for cell in ("G5", "H5", "G12", "G13", "G15", "G16", "G17"))
        assert list(shown.values()) == [0.75, 7.5, 19.82, 18.95, 29.5, 10, pytest.approx(94.77)]
        assert document[f"{RULE_SHEET}!B6"] == "优"


def test_a_rate_that_counts_as_printed_is_rounded_before_it_earns_points(tmp_path, either_calc):
    living = tmp_path / "活.xlsm"
    adopt(str(blank_form(tmp_path / "空表.xlsx")), str(living), ruleset="jiangxi-bands")
    with either_calc.open(living) as document:
        assert document[f"{SHEET}!H5"] == ""
        document.put({f"{SHEET}!D5": 3.0, f"{SHEET}!E5": 2.9999})
        first = document[f"{SHEET}!H5"]
        document.put({f"{SHEET}!E5": None})
        assert (first, document[f"{SHEET}!H5"]) == (10, "")


def test_the_engine_cell_names_python_with_the_add_in_and_native_formulas_without(tmp_path, calc, calc_with_addin):
    living = tmp_path / "活.xlsm"
    adopt(str(plain_form(tmp_path / "官方.xlsx")), str(living))
    with calc.open(living) as document:
        assert document[f"{RULE_SHEET}!B3"] == "内置公式"
    with calc_with_addin.open(living) as document:
        assert document[f"{RULE_SHEET}!B3"].startswith("Python 版本")


def test_the_buttons_run_our_macros(tmp_path, calc):
    living = tmp_path / "活.xlsm"
    adopt(str(plain_form(tmp_path / "官方.xlsx")), str(living))
    with calc.open(living, macros=True) as document:
        assert [(button.sheet, button.label) for button in document.buttons()] == [
            ("校验结果", "校验"), ("校验结果", "重新计算"), ("校验结果", "生成报送件"), ("校验结果", "转到第一个错误")
        ]  # fmt: skip


def test_what_the_engine_makes_of_it_is_still_the_same_table(tmp_path, calc):
    living = tmp_path / "活.xlsm"
    adopt(str(plain_form(tmp_path / "官方.xlsx")), str(living))
    with calc.open(living) as document:
        document.save(tmp_path / "另存.xlsx")
    with pytest.raises(UnusableFile, match="没有采用前的原件"):
        restored(str(tmp_path / "另存.xlsx"))
    before, after = (examined(str(tmp_path / name)).assessments[0] for name in ("活.xlsm", "另存.xlsx"))
    assert [result.computed_score for result in after.indicators] == [result.computed_score for result in before.indicators]


@pytest.fixture(scope="module")
def spelled(tmp_path_factory):
    """Rows as people type them, each with the formulas that read it."""
    chance = random.Random(7)
    rows = [Typist(chance).row() for _ in range(PAIRS)]
    rows += [row._replace(target=text.format("95%")) for row, text in zip(rows, BEYOND, strict=False)]
    rows += [rows[0]._replace(target=target, actual=actual) for target, actual in ODD]
    path = tmp_path_factory.mktemp("spelled") / "写法.xlsx"
    with xlsxwriter.Workbook(path) as book:
        table, rules, helpers = book.add_worksheet(SHEET), book.add_worksheet(RULE_SHEET), book.add_worksheet(CALC_SHEET)
        for number, row in enumerate(rows):
            line = rule_row(number)
            for column, value in enumerate((row.weight, row.target, row.actual)):
                table.write_string(line - 1, column, value) if isinstance(value, str) else table.write(line - 1, column, value)
            rules.write_string(line - 1, 1, NAMES[number % len(NAMES)])
            rules.write_string(line - 1, 2, "proportional")
            where = {name: f"{SHEET}!{letter}{line}" for name, letter in (("weight", "A"), ("target", "B"), ("actual", "C"))}
            for name, formula in row_formulas(line, **where, rule=parse_rule("proportional"), guess="higher").items():
                helpers.write_formula(f"{COLUMNS[name]}{line}", "=" + formula)
    return path, rows


def test_what_native_formulas_read_is_known_in_advance(spelled, calc):
    """What is called readable in advance is what the formulas themselves take apart, over seeded spellings."""
    path, rows = spelled
    with calc.open(path) as document:
        column = f"{CALC_SHEET}!{COLUMNS['comparable']}"
        shown = document.rows(f"{column}{rule_row(0)}:{column.partition('!')[2]}{rule_row(len(rows) - 1)}")
    foreseen = [natively_comparable(row.target, row.actual, NAMES[number % len(NAMES)]) for number, row in enumerate(rows)]
    wrong = [(row.target, row.actual, bool(cell)) for row, (cell,), known in zip(rows, shown, foreseen, strict=True) if known and not cell]
    missed = [(row.target, row.actual) for row, (cell,), known in zip(rows, shown, foreseen, strict=True) if cell and not known]
    assert wrong == []
    assert [pair for pair in missed if not is_half_named(pair)] == []
    assert sum(foreseen) > PAIRS / 3


def is_half_named(pair):
    """A range with its unit behind the first end alone, which is left to Python on purpose."""
    return any(isinstance(text, str) and re.search(r"\d[^\d.,~～—–−－至到 -]+ ?[-~～—–−－至到] ?[\d.,]+$", text) for text in pair)
