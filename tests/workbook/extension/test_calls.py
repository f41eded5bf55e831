import pytest

from perfeval_xl.workbook.extension.calls import called


def _given(*arguments, gives_rows=False):
    seen = []
    called(lambda *values: seen.append(values) or ((),), arguments, gives_rows=gives_rows)
    return seen[0]


def test_a_blank_cell_is_none():
    assert _given("", "≥90%") == (None, "≥90%")


def test_the_text_zero_is_a_zero():
    assert _given("0", "0.0") == ("0", "0.0")


def test_a_number_that_calc_writes_with_an_exponent_is_a_number():
    assert _given("5E-05", "1E+16", "PE_SCORE", "≥5E-05") == (0.00005, 1e16, "PE_SCORE", "≥5E-05")


def test_an_omitted_or_blank_optional_argument_is_none():
    assert _given("5", None, 0.0) == ("5", None, None)


def test_blanks_in_a_table_are_none():
    assert _given(((5.0, "≥90%", "", ""), (0.0, "", "", "")), gives_rows=True) == (((5.0, "≥90%", None, None), (0.0, None, None, None)),)


@pytest.mark.parametrize(("answer", "shown"), [(4.5, 4.5), (5, 5.0), (True, 1.0), (False, 0.0), ("", ""), ("优", "优")])
def test_an_answer_is_a_number_or_a_text(answer, shown):
    result = called(lambda: answer, (), gives_rows=False)
    assert (result, type(result)) == (shown, type(shown))


def test_rows_are_answered_as_rows():
    assert called(lambda: [[1, ""], [True, "x"]], (), gives_rows=True) == ((1.0, ""), (1.0, "x"))


def test_a_mistake_stays_an_exception():
    with pytest.raises(ValueError, match="只能引用一个单元格"):
        called(_refusing, (), gives_rows=False)


def _refusing():
    raise ValueError("只能引用一个单元格")
