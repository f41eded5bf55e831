import pytest

from perfeval_xl.core.reading.unit import Unit, comparable, converted, unit_at, unit_of


@pytest.mark.parametrize(
    ("text", "printed", "dimension", "factor"),
    [
        ("元", "元", "money", 1.0),
        ("千元", "千元", "money", 1e3),
        ("万元", "万元", "money", 1e4),
        ("百万元", "百万元", "money", 1e6),
        ("亿元", "亿元", "money", 1e8),
        ("万亿元", "万亿元", "money", 1e12),
        ("％", "%", "ratio", 0.01),
        ("百分比", "百分比", "ratio", 0.01),
        ("‰", "‰", "ratio", 0.001),
        ("倍", "倍", "ratio", 1.0),
        ("百分点", "百分点", "pp", 1.0),
        ("个百分点", "百分点", "pp", 1.0),
        ("人", "人", "count", 1.0),
        ("万人", "万人", "count", 1e4),
        ("万人次", "万人次", "count", 1e4),
        ("户次", "户次", "count", 1.0),
        ("台（套）", "台(套)", "count", 1.0),
        ("粒", "粒", "count", 1.0),
        ("座", "座", "count", 1.0),
        ("自然村", "自然村", "count", 1.0),
        ("次/年", "次/年", "count", 1.0),
        ("次/月", "次/月", "count", 12.0),
        ("次/季度", "次/季度", "count", 4.0),
        ("分钟", "分钟", "duration_min", 1.0),
        ("小时", "小时", "duration_min", 60.0),
        ("天", "天", "duration_day", 1.0),
        ("日", "日", "duration_day", 1.0),
        ("周", "周", "duration_day", 7.0),
        ("工作日", "工作日", "duration_wday", 1.0),
        ("个工作日", "工作日", "duration_wday", 1.0),
        ("个月", "个月", "duration_month", 1.0),
        ("年", "年", "duration_month", 12.0),
        ("元/人", "元/人", "unit_price", 1.0),
        ("元／人／年", "元/人/年", "unit_price", 1.0),
        ("元/人·年", "元/人/年", "unit_price", 1.0),
        ("元每人每年", "元/人/年", "unit_price", 1.0),
        ("万元/户", "万元/户", "unit_price", 1e4),
        ("件/万人", "件/万人", "density", 1.0),
        ("分", "分", "points", 1.0),
        ("㎡", "m2", "area", 1.0),
        ("平方公里", "平方公里", "area", 1e6),
        ("公里", "公里", "length", 1e3),
        ("公斤", "公斤", "weight", 1.0),
        ("万吨", "万吨", "weight", 1e7),
        ("kWh", "kWh", "energy", 1.0),
        ("万", "万", "none", 1e4),
        ("亿", "亿", "none", 1e8),
    ],
)
def test_a_unit_has_a_dimension_and_a_factor(text, printed, dimension, factor):
    assert unit_of(text)[:3] == (printed, dimension, factor)


@pytest.mark.parametrize("text", ["", " ", "/", "-", "无", "定性", "无单位", "2024年度的数据说明", "5"])
def test_what_names_no_unit_is_none(text):
    assert unit_of(text) is None


@pytest.mark.parametrize(
    ("text", "start", "unit", "end"),
    [
        ("37个基层医疗机构", 2, "个", 3),
        ("100户以上", 3, "户", 4),
        ("5粒以上", 1, "粒", 2),
        ("12.5万 元", 4, "万元", 7),
        ("3万余人", 1, "万人", 4),
        ("2台（套）", 1, "台(套)", 5),
        ("100个内设机构", 3, "个", 4),
        ("50元/100元", 2, "元", 3),
        ("30米易县", 2, None, 2),
        ("90成效", 2, None, 2),
        ("5基层机构", 1, None, 1),
        ("90", 2, None, 2),
    ],
)
def test_the_unit_behind_a_number_ends_where_other_words_begin(text, start, unit, end):
    found, found_end = unit_at(text, start)
    assert (found.printed if found else None, found_end) == (unit, end)


def test_money_is_converted_exactly():
    assert converted(35407, unit_of("万元"), unit_of("亿元")) == 3.5407
    assert converted(3.34, unit_of("亿元"), unit_of("万元")) == 33400.0
    assert converted(101400, unit_of("元"), unit_of("万元")) == 10.14


@pytest.mark.parametrize(
    ("value", "one", "other", "expected"),
    [
        (95, "%", "‰", 950.0),
        (1.5, "倍", "%", 150.0),
        (9, "成", "%", 90.0),
        (23.9, "万人", "人", 239000.0),
        (2, "年", "个月", 24.0),
        (1.5, "小时", "分钟", 90.0),
        (300, "亩", "公顷", 20.0),
        (12, "次/年", "次/月", 1.0),
        (400, "元/人", "元", 400.0),
        (5, "天", "工作日", None),
        (5, "%", "百分点", None),
        (37, "个", "%", None),
        (5, "元/人", "元/户", None),
    ],
)
def test_only_units_of_one_dimension_are_converted(value, one, other, expected):
    assert converted(value, unit_of(one), unit_of(other)) == expected


def test_a_missing_unit_and_a_bare_myriad_fit_every_unit():
    assert comparable(None, unit_of("%"))
    assert comparable(unit_of("亿"), unit_of("亿元"))
    assert not comparable(unit_of("人"), unit_of("元"))


def test_a_unit_is_a_plain_value():
    assert unit_of("万元") == Unit("万元", "money", 10000.0, "")
