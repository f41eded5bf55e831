"""Fills any form of the project with as many indicators as wanted: targets of every sort, met and missed, texts and amounts."""

from perfeval_xl.workbook.building.case import Case, Row
from perfeval_xl.workbook.building.form import FUNDS, INDICATORS, MANAGEMENT
from perfeval_xl.workbook.building.native_reading import UNITS

LEVEL1 = ("产出指标", "效益指标", "满意度指标")
LEVEL2 = ("数量指标", "质量指标", "时效指标")
# sign, value, unit and what was reached: more and less is better, an interval, words, a bare number, and nothing yet
SAMPLES = (
    ("≥", "95", "%", "96.4%"), ("≥", "120", "人次", "100人次"), ("≤", "3.5", "天", "4天"), ("=", "0", "%", "0%"), ("", "65%-75%", "", "68.68%"),
    ("定性", "及时支付", "", "及时支付"), ("≥", "3.34", "亿元", "35407万元"), ("", "8", "个", None),
)  # fmt: skip
assert all(unit in (*UNITS, "") for _, _, unit, _ in SAMPLES)


def filled_case(form, count, year=2025, ruleset=None):
    """A case of the form with ``count`` indicators in groups of level 1 and level 2."""
    texts = {box.field: f"填写的{box.field}" for box in form.boxes}
    return Case(
        title=form.title,
        year=year,
        money_unit=form.money_unit,
        ruleset=ruleset or form.ruleset,
        heading={field: texts[field] for field in ("name", "department", "unit", "central") if field in texts},
        funds=funds(form),
        goals={"planned": "目标1：保障待遇\n目标2：基金安全", "done": "已完成"},
        indicators=tuple(indicator(form, number, count) for number in range(count)),
        note="按决算填报",
        passages={field: text for field, text in texts.items() if field in ("conclusion", "problems", "measures", "content")},
        management=tuple(Row({**entry, "situation": "资金按因素法分配", "mending": "无"}) for entry in form.block(MANAGEMENT).entries),
    )


def funds(form):
    """The printed rows with amounts in every part; a total is left to its formula."""
    columns = [column.field for column in form.block(FUNDS).columns]
    amounts = {"initial_budget": 100.0, "budget": 110.5, "executed": 104.25}
    rows = []
    for number, entry in enumerate(form.block(FUNDS).entries):
        filled = {} if entry.get("sum") else {field: value + number for field, value in amounts.items() if field in columns}
        rows.append(Row({**entry, **filled}))
    return tuple(rows)


def indicator(form, number, count):
    columns = [column.field for column in form.block(INDICATORS).columns]
    sign, value, unit, actual = SAMPLES[number % len(SAMPLES)]
    level1 = LEVEL1[min(number * 3 // count, 2)]
    target = {"sign": sign, "target": value, "unit": unit} if "sign" in columns else {"target": sign.replace("定性", "") + value + unit}
    is_judged = sign == "定性"
    row = {
        "level1": level1,
        "level2": LEVEL2[number // 4 % 3],
        "level3": f"第{number + 1}项工作",
        "weight": 2.5,
        "actual": actual,
        "written_score": 2.5 if is_judged else None,
        "reason": None if number % 3 else "年中政策调整, 下一步加强测算",
        "evidence": "决算报表",
        "rule": "qualitative" if is_judged else "",
        **{field: text or None for field, text in target.items()},
    }
    return Row({field: entry for field, entry in row.items() if field in (*columns, "rule")})
