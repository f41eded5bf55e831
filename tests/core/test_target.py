import json
import math
import time
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_xl.core.reading.target import Reading, read_parts, read_split, read_text

DATA = Path(__file__).with_name("data")
SPELLINGS = json.loads((DATA / "spellings.json").read_text("utf-8"))
CERTAIN = [entry for entry in SPELLINGS if entry["confidence"] == "high"]
UNCERTAIN = [entry for entry in SPELLINGS if entry["confidence"] != "high"]
TYPED = [line for line in (DATA / "typed.txt").read_text("utf-8").splitlines() if not line.startswith("# ")]

KINDS = {"numeric", "interval", "qualitative", "enum", "date", "text", "composite", "missing", "invalid"}
CLERKS_KEYS = (
    "≥≤><=≈00112233445566778899.,%‰万亿元个月年日号季度至到-~—()（）[]±/：:一二三十百两不低于超过以上下内约左右前 ;；。、且每人次"
    "分之达成未部分含X余多+eE¥①\n第零无提高下降率同比为"
)
NASTY = [
    "9" * 100_000, "9," * 50_000, "((" * 50_000, "一二三" * 30_000, "1 2 " * 25_000, "≥" * 100_000, " " * 100_000, "\x00" * 100_000,
    "1-" * 50_000, "2024年" * 20_000, "大于" * 50_000 + "5", "(1)" * 30_000, "每月" * 50_000 + "1次", "1/" * 50_000, "达成" * 50_000,
    "111 " * 25_000, "ﷺ" * 100_000, "1e" * 50_000, "12月" * 30_000, "1,111" * 20_000, "\\" * 100_000, "&" * 100_000, "≥95%" * 25_000,
    "百分之" * 30_000, "十" * 100_000, "未出现" * 30_000,
]  # fmt: skip


def read_entry(entry):
    role = "target" if entry["role"] == "target" else "actual"
    if "split_columns" in entry:
        return read_split(*entry["raw"].split("|"), role=role, indicator=entry["indicator"])
    return read_text(entry["raw"], role=role, indicator=entry["indicator"])


def is_coherent(reading):
    ends = [(reading.low, reading.low_inclusive), (reading.high, reading.high_inclusive)]
    assert reading.kind in KINDS
    assert reading.confidence in ("high", "medium", "low")
    assert all((end is None) == (inclusive is None) for end, inclusive in ends)
    assert all(end is None or math.isfinite(end) for end, _ in ends)
    assert reading.low is None or reading.high is None or reading.low <= reading.high
    assert (reading.unit is None) == (reading.factor_to_base is None)
    assert 0 <= reading.ulp < math.inf
    if reading.kind in ("numeric", "interval"):
        assert reading.op
        assert reading.low is not None or reading.high is not None
    else:
        assert reading.low is None
        assert reading.high is None
    return True


@pytest.mark.parametrize("entry", CERTAIN, ids=lambda entry: entry["id"])
def test_a_spelling_found_in_real_tables_is_understood(entry):
    expected = {name: value for name, value in entry["parse"].items() if value is not None}
    if entry["id"] == "T052":  # last year's value stands in another cell: it is never invented
        expected["qualitative"] = expected["qualitative"].removesuffix(" (0.0077%)")
    reading = read_entry(entry)._asdict()
    assert {name: reading[name] for name in expected} == expected


@pytest.mark.parametrize("entry", UNCERTAIN, ids=lambda entry: entry["id"])
def test_a_doubtful_spelling_is_never_called_certain(entry):
    assert read_entry(entry).confidence != "high"


@pytest.mark.parametrize("entry", [entry for entry in UNCERTAIN if entry["id"] != "T170"], ids=lambda entry: entry["id"])
def test_a_doubtful_spelling_is_still_read_in_its_likeliest_way(entry):
    expected = {name: value for name, value in entry["parse"].items() if value is not None}
    reading = read_entry(entry)._asdict()
    assert {name: reading[name] for name in expected} == expected


def test_a_bare_day_number_is_a_number_unless_its_format_is_a_date():
    assert read_text("45657", role="actual")[1:4] == ("numeric", "plain", 45657.0)
    assert read_text(45657.0, role="actual", number_format="yyyy/m/d").qualitative == "= 2024-12-31"


def bounds(reading):
    if reading.low is None and reading.high is None:
        return "-"
    low = "-inf" if reading.low is None else f"{reading.low:.12g}"
    high = "inf" if reading.high is None else f"{reading.high:.12g}"
    return f"{'[' if reading.low_inclusive else '('}{low}, {high}{']' if reading.high_inclusive else ')'}"


@pytest.mark.parametrize("line", TYPED)
def test_what_clerks_type_is_understood(line):
    text, role, *expected = line.split(" | ")
    reading = read_text(text, role=role)
    factor = "-" if reading.factor_to_base is None else f"{reading.factor_to_base:.12g}"
    assert [
        reading.kind, reading.op or "-", bounds(reading), reading.unit or "-", reading.dimension, factor,
        reading.qualitative or "-", reading.confidence,
    ] == expected  # fmt: skip


def test_there_are_more_than_a_hundred_and_twenty_spellings_of_our_own():
    known = {entry["raw"] for entry in SPELLINGS}
    assert len({line.split(" | ")[0] for line in TYPED} - known) >= 120


@pytest.mark.parametrize(
    ("text", "ulp"),
    [
        ("3.34亿元", 0.01), ("90", 1.0), ("90.0%", 0.1), ("≥89.31%", 0.01), ("1.1%~1.357%", 0.1), ("0.0255%", 0.0001), ("3万人", 1.0),
        ("1,234.56万元", 0.01), ("12 345.6万元", 0.1), (".5", 0.1), ("1.", 1.0), ("1.5e3", 1.0), ("-0.300000152587891", 0.1),
        ("70%±5%", 1.0), ("达成年度指标", 0.0), ("1/3", 0.0),
    ],
)  # fmt: skip
def test_the_last_printed_digit_is_known(text, ulp):
    assert read_text(text).ulp == ulp


class TestStoredNumbers:
    """Cells that hold a number, not a text."""

    @pytest.mark.parametrize(
        ("value", "number_format", "raw", "low", "unit", "ulp"),
        [
            (0.09, "0.00%", "9.00%", 9.0, "%", 0.01),
            (0.9, "0%", "90%", 90.0, "%", 1.0),
            (0.9557, "0%", "95.57%", 95.57, "%", 0.01),
            (1.1802, "0.0%", "118.02%", 118.02, "%", 0.01),
            (0.07, "0%", "7%", 7.0, "%", 1.0),
            (90.0, "General", "90", 90.0, None, 1.0),
            (90, "General", "90", 90.0, None, 1.0),
            (3.5, "0.00", "3.50", 3.5, None, 0.01),
            (1234567.891, "#,##0.00", "1234567.891", 1234567.891, None, 0.001),
            (3.34, '0.00"亿元"', "3.34亿元", 3.34, "亿元", 0.01),
            (12.0, "0\\个", "12个", 12.0, "个", 1.0),
            (-5.0, "0.00_);(0.00)", "-5.00", -5.0, None, 0.01),
            (-0.3, "0%;[Red]-0%", "-30%", -30.0, "%", 1.0),
            (0.1 + 0.2, "0.0", "0.3", 0.3, None, 0.1),
            (123456.0, '0!.0,"万"', "123456", 123456.0, None, 1.0),
            (13812345678.0, "General", "13812345678", 13812345678.0, None, 1.0),
            (1e20, "General", "100000000000000000000", 1e20, None, 1.0),
        ],
    )
    def test_the_number_format_tells_percent_unit_and_decimals(self, value, number_format, raw, low, unit, ulp):
        reading = read_text(value, role="actual", number_format=number_format)
        assert (reading.raw, reading.kind, reading.low, reading.high) == (raw, "numeric", low, low)
        assert (reading.unit, reading.ulp) == (unit, ulp)

    def test_a_sign_in_the_number_format_is_a_comparison(self):
        assert read_text(0.95, number_format='"≥"0%')[2:6] == (">=", 95.0, True, None)

    @pytest.mark.parametrize(
        ("value", "number_format", "role", "kind", "meaning"),
        [
            (45657.0, "yyyy/m/d", "actual", "date", "= 2024-12-31"),
            (45657.0, 'yyyy"年"m"月"d"日"', "target", "date", "= 2024-12-31"),
            (45292.0, '[$-804]yyyy"年"m"月"d"日";@', "target", "date", "= 2024-01-01"),
            (45657.0, 'm"月"d"日"', "target", "date", "= 12-31"),
            (45660.0, 'm"月"d"日"', "actual", "date", "= 01-03"),
            (45660.0, 'm"月"d"日"', "target", "invalid", None),
            (45660.0, "d-mmm", "target", "invalid", None),
            (45660.0, "mmm-yy", "target", "invalid", None),
            (95.0, "yyyy/m/d", "target", "invalid", None),
            (0.5, "h:mm", "actual", "invalid", None),
        ],
    )
    def test_a_date_format_means_a_date_or_an_entry_that_excel_destroyed(self, value, number_format, role, kind, meaning):
        reading = read_text(value, role=role, number_format=number_format)
        assert (reading.kind, reading.qualitative, reading.low) == (kind, meaning, None)

    @pytest.mark.parametrize("value", [1.0, 0.95, -0.3])
    def test_a_bare_target_up_to_one_is_a_ratio(self, value):
        assert read_text(value)[7:10] == ("1", "ratio", 1.0)

    def test_a_bare_actual_value_takes_the_unit_of_its_target(self):
        assert read_text(1.0, role="actual")[7:10] == (None, "none", None)

    def test_a_bare_target_in_a_row_that_counts_is_no_ratio(self):
        assert read_text(1.0, indicator="建设项目数量").unit is None

    def test_logical_values_are_yes_and_no(self):
        assert [read_text(value).qualitative for value in (True, False)] == ["yes", "no"]

    @pytest.mark.parametrize("value", [math.nan, math.inf, 10**400, b"95", [1], object(), Decimal("sNaN"), 1j])
    def test_what_no_cell_can_hold_is_invalid(self, value):
        assert read_text(value).kind == "invalid"

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(Decimal("3.34"), 3.34), (Fraction(5, 2), 2.5), (date(2024, 12, 31), None), (datetime(2024, 12, 31, 8, 30), None)],
    )
    def test_numbers_and_dates_of_other_libraries_are_read_too(self, value, expected):
        reading = read_text(value, role="actual")
        assert (reading.low, reading.qualitative) == (expected, None if expected else "= 2024-12-31")


class TestSplitColumns:
    """指标性质, 指标值 and 度量单位 in three cells."""

    @pytest.mark.parametrize(
        ("columns", "op", "low", "high", "unit", "dimension", "confidence"),
        [
            (("≥", 95.0, "%"), ">=", 95.0, None, "%", "ratio", "high"),
            (("大于等于", "95", "％"), ">=", 95.0, None, "%", "ratio", "high"),
            (("不超过", "30", "万元"), "<=", None, 30.0, "万元", "money", "high"),
            (("＞", "12", "次/年"), ">", 12.0, None, "次/年", "count", "high"),
            (("≥", "1000", "人（次）"), ">=", 1000.0, None, "人(次)", "count", "high"),
            (("≥", "3", "自然村"), ">=", 3.0, None, "自然村", "count", "medium"),
            (("", "50", "个"), "plain", 50.0, 50.0, "个", "count", "high"),
            ((None, "95%", None), "plain", 95.0, 95.0, "%", "ratio", "medium"),
            (("定量", "95", "%"), "plain", 95.0, 95.0, "%", "ratio", "medium"),
            (("≥", "65-75", "%"), "between", 65.0, 75.0, "%", "ratio", "high"),
            (("≤", "28.8万元", "%"), "<=", None, 28.8, "万元", "money", "high"),
            (("≥", "≥95%", "%"), ">=", 95.0, None, "%", "ratio", "high"),
            (("≥", "10", "/"), ">=", 10.0, None, None, "none", "high"),
            (("定性", "95", "%"), "plain", 95.0, 95.0, "%", "ratio", "medium"),
            (("2", "95", "%"), ">=", 95.0, None, "%", "ratio", "medium"),
            ((5.0, 30.0, "万元"), "<=", None, 30.0, "万元", "money", "medium"),
            (("反向指标", "5", "%"), "<=", None, 5.0, "%", "ratio", "medium"),
        ],
    )
    def test_the_columns_are_read_as_one_value(self, columns, op, low, high, unit, dimension, confidence):
        reading = read_split(*columns)
        assert (reading.op, reading.low, reading.high) == (op, low, high)
        assert (reading.unit, reading.dimension, reading.confidence) == (unit, dimension, confidence)

    @pytest.mark.parametrize(
        ("columns", "kind", "meaning"),
        [
            (("定性", "符合规定", ""), "qualitative", "compliance statement"),
            (("定性", "优良中低差", ""), "enum", "grade list"),
            (("=", "达成年度指标", ""), "enum", "band 1 (100%-80%)"),
            (("≥", None, "%"), "missing", None),
            (("10", "100", "%"), "missing", None),
        ],
    )
    def test_words_stay_words_whatever_the_other_columns_say(self, columns, kind, meaning):
        reading = read_split(*columns)
        assert (reading.kind, reading.qualitative) == (kind, meaning)

    def test_a_stored_percentage_needs_no_second_percent_sign(self):
        assert read_split("≥", 0.95, "%", number_format="0%")[:6] == ("≥|95%|%", "numeric", ">=", 95.0, True, None)

    def test_a_stored_ratio_beside_a_percent_sign_is_doubtful(self):
        assert read_split("≥", 0.95, "%").confidence == "medium"


class TestTheNameOfTheRow:
    """What the indicator's name settles."""

    def test_the_only_percentage_is_the_value_of_a_rate(self):
        reading = read_text("应参保23万人，实参保22.9万人，参保率99.57%", role="actual", indicator="基本医保参保率")
        assert (reading.low, reading.unit, reading.confidence) == (99.57, "%", "medium")

    def test_two_bounds_are_two_targets_though_one_of_them_is_a_percentage(self):
        assert read_text("≥90, 差错率≤3%", indicator="群众满意度").kind == "composite"

    def test_months_are_counted_where_the_row_counts_months(self):
        assert read_text("6月", indicator="基金可支付月数")[3:8] == (6.0, True, 6.0, True, "月")

    @pytest.mark.parametrize(
        ("indicator", "dimension"), [("医疗救助资金支出", "money"), ("困难人员补助人数", "count"), ("困难人员补助资金", "money"), ("", "none")]
    )
    def test_a_bare_myriad_takes_its_kind_from_the_name(self, indicator, dimension):
        assert read_text("3.2万", role="actual", indicator=indicator).dimension == dimension

    def test_none_means_zero_where_the_row_counts_what_should_not_happen(self):
        assert read_text("无", role="actual", indicator="有责投诉次数").qualitative == "zero occurrence"
        assert read_text("无", role="actual", indicator="参保率").kind == "missing"

    def test_at_most_zero_is_a_rate_of_change_only_where_the_row_may_be_one(self):
        assert read_text("≤0", indicator="三公经费变动率").unit == "%"
        assert read_text("≤0", indicator="投诉次数").unit is None


def test_several_thresholds_in_one_cell_can_be_read_one_by_one():
    parts = read_parts("药品网采率>85%, 高值耗材网采率>75%")
    assert [(part.op, part.low, part.unit) for part in parts] == [(">", 85.0, "%"), (">", 75.0, "%")]
    assert [part.low for part in read_parts("总投入1,200万元，惠及5.5万人")] == [1200.0, 5.5]
    assert read_parts("符合规定") == ()


@pytest.mark.parametrize("raw", ["", "   ", "\u3000", "\n", "\u200b", None])
def test_a_blank_is_missing_and_not_zero(raw):
    assert read_text(raw)[1:4] == ("missing", None, None)


@pytest.mark.parametrize("raw", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "########"])
def test_an_error_is_not_a_blank(raw):
    assert read_text(raw).kind == "invalid"


def full_width(text):
    return "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)


@pytest.mark.parametrize("entry", [entry for entry in CERTAIN if "split_columns" not in entry], ids=lambda entry: entry["id"])
def test_full_width_spaces_and_a_full_stop_change_nothing(entry):
    role = "target" if entry["role"] == "target" else "actual"
    expected = read_text(entry["raw"], role=role)[1:]
    for variant in (full_width(entry["raw"]), f"\u3000{entry['raw']}\u00a0", f"\ufeff{entry['raw']}。"):
        assert read_text(variant, role=role)[1:] == expected


@given(st.text(CLERKS_KEYS, max_size=25), st.sampled_from(["target", "actual"]), st.sampled_from(["", "参保率", "可支付月数", "投诉次数"]))
def test_no_text_breaks_the_reader(text, role, indicator):
    reading = read_text(text, role=role, indicator=indicator)
    assert is_coherent(reading)
    assert reading.raw == text


@given(st.text(max_size=300))
def test_no_text_of_any_script_breaks_the_reader(text):
    assert is_coherent(read_text(text))
    assert all(map(is_coherent, read_parts(text)))


objects = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.binary(), st.decimals(), st.dates(), st.datetimes(), st.fractions(),
    st.complex_numbers(), st.lists(st.integers()),
)  # fmt: skip


@given(objects, st.text('0#?.,%;"元亿ymdhs/-[]\\_!*@ E+General≥', max_size=12))
def test_no_object_and_no_number_format_breaks_the_reader(value, number_format):
    assert is_coherent(read_text(value, number_format=number_format))


@given(st.text(CLERKS_KEYS, max_size=6), st.one_of(st.text(CLERKS_KEYS, max_size=10), objects), st.text(CLERKS_KEYS + "台套", max_size=5))
def test_no_columns_break_the_reader(sign, value, unit):
    assert is_coherent(read_split(sign, value, unit))


@given(st.integers(0, 10**9), st.integers(0, 4), st.sampled_from(["", "%", "万元", "亿元", "人", "个月", "元/人/年"]))
def test_every_printed_number_comes_back_as_printed(units, decimals, unit):
    printed = f"{units / 10**decimals:.{decimals}f}"
    reading = read_text(f"≥{printed}{unit}")
    assert (reading.op, reading.low, reading.unit or "", reading.ulp) == (">=", float(printed), unit, 1 / 10.0**decimals)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:6]))
def test_a_cell_of_a_hundred_thousand_characters_is_read_at_once(text):
    started = time.process_time()
    reading = read_text(text)
    assert time.process_time() - started < 0.2
    assert is_coherent(reading)
    assert isinstance(reading, Reading)
