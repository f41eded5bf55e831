"""Which cells of an office's form get a formula, which are left, and what the formulas give."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter
from openpyxl import load_workbook

from perfeval_xl import rulesets
from perfeval_xl.workbook.adoption.adopt import adopted
from perfeval_xl.workbook.adoption.computed_cell import LINKED_FORMULA, OWN_FORMULA, PRINTED, TYPED, WORDS
from tests.workbook.adoption.office_files import (
    FUNDS,
    INDICATORS,
    SHEET,
    blank_form,
    cells,
    plain_form,
)

RULESETS = Path(rulesets.__file__).parent
JUDGED = "定性指标, 由人评分"
BEYOND = "指标值或完成值的写法内置公式读不了, 没有 Python 时会算不出"
LOOKS = ("font", "border", "fill", "alignment", "protection")
FILLED = {
    "G5": 1707.31 / 1711.75, "G6": 1695.56 / 1700, "G7": 1.0, "H5": 9.97, "G12": 19.82, "G13": 20.0, "G15": 29.5, "G17": 89.29,
}  # fmt: skip


@pytest.fixture
def adopt(tmp_path):
    """Adopt a form with some cells written differently."""

    def run(changed=None, *, replace=False, ruleset="", before=None, contents=None):
        path = plain_form(tmp_path / "自评表.xlsx", contents, changed=changed, before=before)
        adoption = adopted(str(path), ruleset=ruleset, replace=replace, macros_too=False)
        return SimpleNamespace(
            given={each.cell: each.value for each in adoption.touched},
            touches={each.cell: each for each in adoption.touched},
            reasons={each.cell: each.reason for each in adoption.kept},
            adoption=adoption,
        )

    return run


def test_rates_scores_and_the_total_are_filled_and_nothing_else(adopt):
    assert adopt().given == FILLED


def test_what_people_judge_or_typed_or_native_formulas_cannot_read_is_left_with_the_reason(adopt):
    assert adopt().reasons == {"G14": TYPED, "G16": BEYOND, "F17": PRINTED}


def test_a_blank_form_gets_every_formula_and_shows_nothing_yet(tmp_path):
    adoption = adopted(str(blank_form(tmp_path / "空表.xlsx")), ruleset="", replace=False, macros_too=False)
    assert {each.cell: each.value for each in adoption.touched} == dict.fromkeys(
        ("G5", "G6", "G7", "H5", *(f"G{row}" for row in INDICATORS), "G17"), ""
    )


def test_targets_that_are_set_before_the_year_ends_wait_for_their_actual_values(adopt):
    result = adopt({f"E{row}": None for row in INDICATORS} | {"G14": None})
    assert {cell: result.given.get(cell) for cell in ("G12", "G13", "G15")} == dict.fromkeys(("G12", "G13", "G15"), "")
    assert result.reasons == {"G14": JUDGED, "G16": BEYOND, "F17": PRINTED}


def test_numbers_give_way_only_when_asked(adopt):
    typed = {"G12": 15, "G5": 0.5, "G17": 95}
    assert {cell: adopt(typed).reasons[cell] for cell in typed} == dict.fromkeys(typed, TYPED)
    replaced = adopt(typed, replace=True)
    assert replaced.given == FILLED
    assert {cell: replaced.touches[cell].was for cell in typed} == {"G12": "15.0", "G5": "0.5", "G17": "95"}


def test_words_and_judged_scores_never_give_way(adopt):
    result = adopt({"G6": "—", "G12": "见附件"}, replace=True)
    assert {cell: result.reasons[cell] for cell in ("G6", "G12", "G14")} == {"G6": WORDS, "G12": WORDS, "G14": JUDGED}


def test_a_number_that_cannot_be_computed_now_is_not_replaced(adopt):
    assert adopt({"G7": 1, "D7": 0, "E7": 0}, replace=True).reasons["G7"] == "现在算不出数来, 原来的数没有换掉"


def test_the_offices_own_formula_gives_way_only_when_asked(adopt):
    assert adopt({"G6": "=E6/D6"}).reasons["G6"] == OWN_FORMULA
    replaced = adopt({"G6": "=E6/D6"}, replace=True)
    assert (replaced.touches["G6"].was, replaced.given["G6"]) == ("=E6/D6", 1695.56 / 1700)


def test_a_formula_other_cells_are_stored_with_never_gives_way(adopt):
    from openpyxl.worksheet.formula import ArrayFormula

    assert adopt({"G6": ArrayFormula("G6:G7", "=E6:E7/D6:D7")}, replace=True).reasons["G6"] == LINKED_FORMULA


def test_a_rate_gets_a_percent_format_only_where_the_cell_has_none(adopt):
    def as_percent(book):
        book[SHEET]["G6"].number_format = "0%"

    touches = adopt(before=as_percent).touches
    assert {cell: touches[cell].number_format for cell in ("G5", "G6", "H5", "G12")} == {"G5": "0.00%", "G6": "", "H5": "", "G12": ""}


def test_under_a_heading_in_percent_the_rate_is_a_number_of_percent(adopt):
    result = adopt({"G4": "执行率（％）"})
    assert (result.given["G5"], result.touches["G5"].number_format) == (99.74, "")
    assert "ROUND(100*PE_EXECUTION_RATE(E5,D5),2)" in result.touches["G5"].formula


def test_a_cell_in_text_format_gets_a_format_in_which_a_formula_computes(adopt):
    def as_text(book):
        book[SHEET]["G12"].number_format = book[SHEET]["G5"].number_format = "@"

    touches = adopt(before=as_text).touches
    assert (touches["G12"].number_format, touches["G5"].number_format) == ("General", "0.00%")


def test_numbers_typed_as_text_count_in_every_formula(adopt):
    funds = {row: (label, *(f"{value:,}" if value else None for value in values)) for row, (label, *values) in FUNDS.items()}
    rows = {row: (*values[:5], str(values[5]), None if values[6] is None else str(values[6])) for row, values in INDICATORS.items()}
    result = adopt(contents=cells(funds, rows))
    assert result.given == FILLED
    assert 'VALUE(SUBSTITUTE(D5,",",""))' in result.touches["G5"].formula


def test_amounts_with_a_unit_leave_the_rate_to_people(adopt):
    result = adopt({"D5": "1711.75万元"})
    assert "G5" not in result.given
    assert result.reasons["G5"].startswith("预算数或执行数不是单独的数")


def test_scores_written_with_their_unit_leave_the_total_to_people(adopt):
    result = adopt({"G14": "10分"})
    assert "G17" not in result.given
    assert result.reasons["G17"].startswith("各行里有公式不能相加的内容")


def test_a_total_is_filled_only_where_the_rows_it_adds_are_worth_the_whole(adopt):
    result = adopt({"F15": 20})
    assert "G17" not in result.given
    assert result.reasons["G17"].startswith("能加到的分值合计不是 100")


def test_a_row_without_points_of_its_own_is_no_row_to_score(adopt):
    result = adopt({"F13": None})
    assert result.reasons["G13"] == "这一行没有分值, 别的行有, 不单独算分"


def test_where_the_office_still_has_to_set_the_weights_every_row_waits_for_them(tmp_path):
    def without_weights(book):
        for row in (*FUNDS, *INDICATORS):
            book[SHEET][f"F{row}"] = None

    path = blank_form(tmp_path / "空表.xlsx", before=without_weights)
    adoption = adopted(str(path), ruleset="", replace=False, macros_too=False)
    assert {each.cell for each in adoption.touched} >= {f"G{row}" for row in INDICATORS}


def test_a_score_merged_over_several_rows_is_left(adopt):
    result = adopt(before=lambda book: book[SHEET].merge_cells("G12:G13"))
    assert result.reasons["G12"] == "分值或得分和别的行合并, 不能逐行计算"


def test_a_target_in_three_columns_is_put_together_by_the_formula(tmp_path):
    contents = cells()
    for row, (sign, number, unit) in {12: ("≥", 8755, "人"), 13: ("≥", 95, "%"), 14: (None, None, None), 15: ("≥", 0.9, "%"), 16: ("≥", "95", "%")}.items():
        contents |= {f"D{row}": sign, f"I{row}": number, f"J{row}": unit}
    contents |= {"D11": "指标性质", "I11": "指标值", "J11": "度量单位", "D14": "定性"}
    path = plain_form(tmp_path / "三栏.xlsx", {cell: value for cell, value in contents.items() if value is not None})
    adoption = adopted(str(path), ruleset="", replace=False, macros_too=False)
    given = {each.cell: each.value for each in adoption.touched}
    assert (given["G12"], given["G13"], given["G16"]) == (19.82, 20.0, 10.0)


def test_two_tables_on_one_sheet_each_have_their_rows_and_totals(tmp_path):
    def twice(book):
        sheet = book[SHEET]
        for row in sheet["A1:H18"]:
            for cell in row:
                sheet.cell(cell.row + 22, cell.column, cell.value)
        sheet["G34"] = None
        sheet["E34"] = "8755人"

    path = plain_form(tmp_path / "两张.xlsx", before=twice)
    adoption = adopted(str(path), ruleset="", replace=False, macros_too=False)
    formulas = {each.cell: each.formula for each in adoption.touched}
    assert (formulas["G17"], formulas["G39"]) == ("评分规则!$B$5", "评分规则!$C$5")
    assert "评分规则!$C$15" in formulas["G34"].replace("$C15", "$C$15")
    assert {each.cell: each.value for each in adoption.touched}["G34"] == 20.0
    assert adoption.ruleset == ""


def test_the_ruleset_asked_for_is_written_down(adopt):
    assert adopt(ruleset="mof-2021-101").adoption.ruleset == "mof-2021-101"


def test_a_ruleset_from_a_file_is_told_but_not_named(adopt, tmp_path):
    own = tmp_path / "本县.toml"
    own.write_text((RULESETS / "mof-2020-10.toml").read_text("utf-8").replace('id = "mof-2020-10"', 'id = "own-county"'), "utf-8")
    adoption = adopt(ruleset=str(own)).adoption
    assert (adoption.ruleset, len(adoption.notes)) == ("", 1)
    assert adoption.notes[0].endswith(f"校验时请加 --ruleset {own}")


def test_cells_keep_everything_but_their_content(adopt, tmp_path):
    result = adopt()
    (tmp_path / "新.xlsx").write_bytes(result.adoption.data)
    before, after = (load_workbook(tmp_path / name)[SHEET] for name in ("自评表.xlsx", "新.xlsx"))
    for row in before["A1:H18"]:
        for cell in row:
            other = after[cell.coordinate]
            assert [repr(getattr(other, look)) for look in LOOKS] == [repr(getattr(cell, look)) for look in LOOKS]
            if cell.coordinate not in FILLED:
                assert (other.value, other.number_format) == (cell.value, cell.number_format)
    assert after["G12"].number_format == "0.0"
    assert sorted(map(str, after.merged_cells.ranges)) == sorted(map(str, before.merged_cells.ranges))


def test_what_is_left_over_of_a_fund_gets_no_rate(tmp_path):
    rows = (
        ("某市2024年城乡居民基本医疗保险基金预算绩效自评表",), ("险种名称", "城乡居民基本医疗保险"), ("", "预算数（万元）", "执行数（万元）", "执行率"),
        ("收入", 100, 90, None), ("支出", 80, 76, None), ("当年结余", 20, 14, None), ("累计结余", 50, 44, 0.88),
        ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "评分依据"), ("产出指标", "数量指标", "参保人数", 100, "≥10人", "12人", None, "台账"),
    )  # fmt: skip
    path = tmp_path / "官方.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    adoption = adopted(str(path), ruleset="", replace=False, macros_too=False)
    assert [each.cell for each in adoption.touched if each.field == "执行率"] == ["D4", "D5"]
    assert {each.cell: each.reason for each in adoption.kept if each.field == "执行率"} == {
        "D6": "结余没有执行率, 空着没有填", "D7": "已有内容, 没有改; 加 --replace 可以换成公式",
    }  # fmt: skip
