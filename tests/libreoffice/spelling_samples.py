"""Targets and actual values as people type them: seeded, plausible, in the spellings the native formulas understand or not."""

from typing import NamedTuple

from perfeval_xl.workbook.building.native_reading import SIGN_WORDS, UNITS

SIGNS = ("≥", "≤", ">", "<", "=", "＞", "＜", "＝", ">=", "<=", "≧", "≦", "=>", "≥ ", " ≤ ", *(word for word, _ in SIGN_WORDS))
RANGE_MARKS = ("-", "~", "～", "—", "–", "－", "至", "到", " - ", "− ")
SUFFIXES = ("以上", "以下", "以内", "及以上", "（含）以上", "以上（含）", "(含)以下", "。")
SCALES = (("元", "千元", "万元", "百万元", "亿元"), ("人", "万人"), ("人次", "万人次"), ("%", "‰", "倍"), ("件", "万件"), ("米", "公里"), ("小时", "分钟"))
FACTORS = {"元": 1, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8, "人": 1, "万人": 1e4, "人次": 1, "万人次": 1e4, "%": 0.01,
           "‰": 0.001, "倍": 1, "件": 1, "万件": 1e4, "米": 1, "公里": 1e3, "小时": 60, "分钟": 1}  # fmt: skip
RULES = (
    "proportional", "pass_fail", "linear_excess", "reciprocal", "interval", "step_deduction(points=0.5, per=1)",
    "step_deduction(points=0.5, per=1, unit=pp, step=full)", "step_deduction(points=1, per=5, unit=percent)",
    "step_deduction(points=0.1, per=0.1, unit=percent, step=full)", "bands(100:1, 80:0.7, 60:0.5)",
    "bands(100:1, 95:0.9, 90:0.8, 85:0.6, direction=lower)", "proportional(direction=lower)", "pass_fail(direction=within)",
)  # fmt: skip
BEYOND = (
    "参保率{}", "约{}", "达到{}", "提高到{}", "下降{}", "第{}", "2025年{}", "{}左右", "±{}", "不到{}", "[{},99%)", "{}(21/21)", "{}/年", "{}——99%",
    "人均{}", "{}，同比增长5%", "0{}", "{}且≤99%", "不低于上年{}", "未超过{}", "{} 5", "{}多", "{}*", "{}?", "{}--3", "按时完成", "优", "三次", "{}\n",
)  # fmt: skip


class Sample(NamedTuple):
    """One row as typed. ``is_understood``: its spellings are those the native formulas document."""

    weight: float | None
    target: str | float | None
    actual: str | float | None
    is_understood: bool


class Typist:
    """Types rows; ``chance`` is a seeded random.Random."""

    def __init__(self, chance):
        self.chance = chance

    def row(self):
        """A weight, a target and an actual value near it."""
        value, unit = self.value(), self.chance.choice(("%", "%", "%", "", *UNITS))
        target, bound = self.target(value, unit)
        actual = self.actual(bound, unit)
        if self.chance.random() < 0.12:
            return Sample(self.weight(), self.beyond(target), actual, is_understood=False)
        if self.chance.random() < 0.05:
            return Sample(self.weight(), target, self.beyond(actual), is_understood=False)
        return Sample(self.weight(), self.blanked(target), self.blanked(actual), is_understood=True)

    def value(self):
        kind = self.chance.randrange(6)
        if kind == 0:
            return self.chance.choice((1, 2, 6, 12, 95, 100, 0.95, 0.5, 3.34, 1000, 33375))
        if kind == 1:
            return self.chance.randrange(1, 5_000_000)
        return round(self.chance.uniform(0.01, 120), self.chance.randrange(0, 4)) or 1.0

    def target(self, value, unit):
        """The text, and a value that lies on its bound."""
        kind, number = self.chance.randrange(10), self.number(value)
        if kind == 0 and unit:
            return self.chance.choice(("=0", "0", "＝0", "≤0", "0.00")) + unit, 0.0
        if kind == 1:
            value = self.chance.uniform(1, 80)
            first, last = f"{value:.1f}", f"{value * self.chance.uniform(1.01, 1.6):.1f}"
            return first + self.chance.choice(("", unit)) + self.chance.choice(RANGE_MARKS) + last + unit, value
        if kind == 2 and (unit or number.strip("0.０")):
            return number + unit + self.chance.choice(SUFFIXES), value
        if kind == 3:
            return number + unit, value
        if kind == 4 and not unit:
            return float(value), value
        signs = SIGNS if unit or number.strip("0.０．") else ("≥", ">", "=", "＝")
        return self.chance.choice(signs) + number + self.chance.choice(("", "", " ")) + unit, value

    def actual(self, bound, unit):
        """Near the bound, in its unit, another one of the same kind, none, or by mistake something else."""
        value = bound * self.chance.choice((1, 1, 1, 0.999, 1.001, 0.95, 0.8, 1.2, self.chance.uniform(0, 2.5))) + (bound == 0) * self.chance.choice((0, 0.11))
        scale = next((names for names in SCALES if unit in names), None)
        kind = self.chance.randrange(10)
        if kind == 0 and scale:
            other = self.chance.choice(scale)
            return self.number(value * FACTORS[unit] / FACTORS[other]) + other
        if kind == 1:
            return self.number(value)
        if kind == 2 and not unit:
            return float(self.number(value).replace(",", ""))
        if kind == 3:
            return self.number(value) + self.chance.choice(("%", "", *UNITS))
        return self.number(value) + unit

    def number(self, value):
        digits = self.chance.choice((0, 1, 2, 2, 3, 4))
        plain = f"{value:.{digits}f}"
        style = self.chance.randrange(12)
        if style == 0:
            return f"{value:,.{digits}f}"
        if style == 1:
            return plain.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
        return plain

    def weight(self):
        return self.chance.choice((None, 0.0, *(float(self.chance.randrange(1, 31)) for _ in range(8)), self.chance.randrange(1, 100) / 2, 33.33))

    def beyond(self, text):
        return self.chance.choice(BEYOND).format(text)

    def blanked(self, text):
        return None if self.chance.random() < 0.02 else text
