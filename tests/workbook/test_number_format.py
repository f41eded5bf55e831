"""What a cell shows under its format; LibreOffice is asked for a second opinion where it follows Excel."""

import csv
import datetime as dt

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from perfeval_xl.workbook.grid import ErrorValue
from perfeval_xl.workbook.reading.number_format import decimals_shown, display, is_date, is_percent
from perfeval_xl.workbook.reading.serial_date import civil, serial
from tests.workbook.libreoffice import AS_SHOWN, convert

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "text", "unit"),
    [
        (0.0, "0", 1.0),
        (98.0, "98", 1.0),
        (-98.5, "-98.5", 0.1),
        (10.46, "10.46", 0.01),
        (0.1 + 0.2, "0.3", 0.1),
        (1 / 3, "0.333333333", 1e-9),
        (-1 / 3, "-0.333333333", 1e-9),
        (1e6 / 3, "333333.3333", 1e-4),
        (123456789.123, "123456789.1", 0.1),
        (12345678901.5, "12345678902", 1.0),
        (99999999999.6, "1E+11", 1e11),
        (123456789012.0, "1.23457E+11", 1e6),
        (0.0001, "0.0001", 1e-4),
        (0.00012345678912, "0.000123457", 1e-9),
        (0.00002, "0.00002", 1e-5),
        (0.0000123456, "1.23456E-05", 1e-10),
        (1e-10, "1E-10", 1e-10),
    ],
)
def test_general_shows_eleven_characters_at_most(value, text, unit):
    assert display(value) == text
    assert decimals_shown(value) == unit


@pytest.mark.parametrize(
    ("value", "number_format", "text", "unit"),
    [
        (2.675, "0.00", "2.68", 0.01),
        (10.4642, "0.00", "10.46", 0.01),
        (10.1, "0.00", "10.10", 0.01),
        (10.1, "0.##", "10.1", 0.1),
        (10.0, "0.0000", "10.0000", 1e-4),
        (99.5, "0", "100", 1.0),
        (1234567.891, "#,##0", "1,234,568", 1.0),
        (1234567.891, "#,##0.00", "1,234,567.89", 0.01),
        (0.5, "#.00", ".50", 0.01),
        (0.98437, "0%", "98%", 0.01),
        (0.98437, "0.00%", "98.44%", 1e-4),
        (1.0295, "0.00%", "102.95%", 1e-4),
        (0.285, "0%", "29%", 0.01),
        (98.0, '0"%"', "98%", 1.0),
        (1826.5, '0.00"万元"', "1826.50万元", 0.01),
        (5.0, 'General"个"', "5个", 1.0),
        (1234567.0, "#,##0,", "1,235", 1000.0),
        (1234567.0, '0.0,,"百万"', "1.2百万", 1e5),
        (123456.0, '0!.0,"万元"', "12.3万元", 1000.0),
        (7.0, "00000", "00007", 1.0),
        (1234567.0, "000-0000", "123-4567", 1.0),
        (12345.678, "0.00E+00", "1.23E+04", 100.0),
        (99.999, "0.00E+00", "1.00E+02", 1.0),
        (1234.5, ACCOUNTING, "1,234.50", 0.01),
        (-1234.5, ACCOUNTING, "-1,234.50", 0.01),
        (0.0, ACCOUNTING, "-", 1.0),
        (1234.5, "¥#,##0.00", "¥1,234.50", 0.01),
        (1234.5, "[$¥-804]#,##0.00;[Red]-[$¥-804]#,##0.00", "¥1,234.50", 0.01),
        (-3.5, "0.00;[Red]-0.00", "-3.50", 0.01),
        (-3.5, "0.00_);(0.00)", "(3.50)", 0.01),
        (0.0, '0.00;-0.00;"零"', "零", 1.0),
        (12000.0, '[>=10000]0.0,"千";0.0', "12.0千", 100.0),
        (12.0, '[>=10000]0.0,"千";0.0', "12.0", 0.1),
        (-12.0, '[>=10000]0.0,"千";0.0', "-12.0", 0.1),
        (-5.0, '[<0]"负"0;0', "负5", 1.0),
        (5.0, "@", "5", 1.0),
        (0.25, "# ?/?", "0.25", 0.01),
        (3.0, ";;;", "", 1.0),
        (3.0, '"已完成"', "已完成", 1.0),
        (1e15, "0.0", "1000000000000000.0", 0.1),
        (8.5, "G/通用格式", "8.5", 0.1),
    ],
)
def test_numbers_are_shown_as_excel_shows_them(value, number_format, text, unit):
    assert display(value, number_format) == text
    assert decimals_shown(value, number_format) == unit


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (45291.0, "yyyy-mm-dd", "2023-12-31"),
        (45291.0, "yyyy/m/d", "2023/12/31"),
        (45291.0, 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        (45291.0, 'm"月"d"日"', "12月31日"),
        (45291.0, "yyyy-mm-dd;@", "2023-12-31"),
        (45291.0, "[$-F800]dddd, mmmm dd, yyyy", "Sunday, December 31, 2023"),
        (45291.0, "d-mmm-yy", "31-Dec-23"),
        (45291.0, "yyyy.mm.dd", "2023.12.31"),
        (45291.0, "[$-804]aaaa;@", "星期日"),
        (45291.0, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年十二月三十一日"),
        (45292.0, '[DBNum1][$-804]m"月"d"日"', "一月一日"),
        (45291.75, "yyyy/m/d h:mm", "2023/12/31 18:00"),
        (45291.75, "h:mm AM/PM", "6:00 PM"),
        (45291.25, "上午/下午h:mm", "上午6:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.0, "h:mm:ss", "0:00:00"),
        (45291.0 + 3661.25 / 86400, "h:mm:ss.00", "1:01:01.25"),
        (0.5 - 0.001 / 86400, "h:mm:ss", "12:00:00"),
        (59.0, "yyyy-mm-dd", "1900-02-28"),
        (60.0, "yyyy-mm-dd", "1900-02-29"),
        (61.0, "yyyy-mm-dd", "1900-03-01"),
        (2958465.0, "yyyy-mm-dd", "9999-12-31"),
        (2958466.0, "yyyy-mm-dd", "2958466"),
        (-1.0, "yyyy-mm-dd", "-1"),
    ],
)
def test_dates_are_shown_as_excel_shows_them(value, number_format, text):
    assert display(value, number_format) == text
    assert decimals_shown(value, number_format) == 1.0


def test_the_other_date_system_starts_four_years_later():
    assert display(0.0, "yyyy-mm-dd", date1904=True) == "1904-01-01"
    assert display(45291.0 - 1462, "yyyy-mm-dd", date1904=True) == "2023-12-31"


def test_what_is_no_number_is_shown_as_it_is():
    assert display(None, "0.00") == ""
    assert display(True, "0.00") == "TRUE"
    assert display(False) == "FALSE"
    assert display(ErrorValue("#DIV/0!"), "0.00%") == "#DIV/0!"
    assert display("达标", "0.00") == "达标"
    assert display("达标", '0;-0;0;"结果: "@') == "结果: 达标"
    assert display("达标", ACCOUNTING) == "达标"
    assert display("达标", ";;;") == ""


def test_percent_and_date_formats_are_known():
    assert [is_percent(code) for code in ("0%", "0.00%", "0.0%_ ", "General", '0"%"', "0\\%")] == [True, True, True, False, False, False]
    assert [is_date(code) for code in ("yyyy/m/d", 'm"月"d"日"', "[h]:mm", "mm:ss.0", "General", '0"日"', "0.00E+00", "[Red]0")] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip


@given(st.text('0#?.,%@"\\_*[]<>=;yYmMdDhHsSaAeEgG/:!+-$ 年GeneralAM/PM', max_size=16), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_and_no_number_is_too_odd_to_be_shown(number_format, value):
    assert isinstance(display(value, number_format), str)
    assert decimals_shown(value, number_format) > 0
    assert isinstance(is_date(number_format), bool)


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)))
def test_serials_are_those_of_the_calendar(day):
    number = (day - dt.date(1899, 12, 30)).days
    assert civil(number) == (day.year, day.month, day.day)
    assert serial(day.year, day.month, day.day) == number


def test_libreoffice_shows_the_same(soffice, tmp_path):
    formats = [
        "0", "0.00", "0.0000", "#,##0", "#,##0.00", "0%", "0.00%", ACCOUNTING, '0.00"万元"', '0"%"', "0.00;[Red]-0.00", "0.00_);(0.00)",
        "00000", "000-0000", "0.00E+00", "¥#,##0.00", "0.0#", '"约"0', '#,##0;-#,##0;"零"', '[>=100]0;[<0]"负"0.0;0.00', "[$¥-804]#,##0.00", "\\+0.0;\\-0.0;0",
    ]  # fmt: skip
    dates = ["yyyy-mm-dd", 'm"月"d"日"', 'yyyy"年"m"月"', "yyyy/m/d h:mm", "yyyy-mm-dd;@", "[h]:mm", "h:mm AM/PM", "yy-m-d"]
    numbers = [0, 1, -1, 0.5, -0.5, 2.675, 0.98437, 1.029527559, -0.98437, 99.995, 1234.5, -1234.567, 12345678.9, 100]
    days = [100, 45291, 45291.75, 45292.25]
    path = tmp_path / "格式.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 40, 40)
        for column, code in enumerate([*formats, *dates]):
            for row, value in enumerate(numbers if code in formats else days):
                sheet.write_number(row, column, value, book.add_format({"num_format": code}))
    with convert(soffice, path, AS_SHOWN, tmp_path)["格式.csv"].open(encoding="utf-8", newline="") as file:
        theirs = list(csv.reader(file))
    for column, code in enumerate([*formats, *dates]):
        for row, value in enumerate(numbers if code in formats else days):
            assert display(float(value), code) == theirs[row][column].strip(), (code, value)
