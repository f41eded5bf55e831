"""没有误报: tables computed from true inputs and printed with any habit never yield an error."""

import math
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.drawn_table import drawn, findings_of

REASON = "受外部因素影响, 已制定改进措施"


def millionths(low, high):
    return st.integers(low * 10**6 // 100, high * 10**6 // 100).map(lambda number: Fraction(number, 10**6))


amounts = millionths(1, 10**8)      # 0.01 to a million
shares = millionths(0, 100)
results = millionths(40, 120)
habits = st.sampled_from(["rounded", "truncated"])


def shown(number, digits, habit):
    """A true number as it gets printed: half up, or the rest cut off."""
    scaled = abs(number) * 10**digits
    whole = math.floor(scaled + Fraction(1, 2)) if habit == "rounded" else math.floor(scaled)
    text = f"{whole // 10**digits}.{whole % 10**digits:0{digits}d}" if digits else str(whole)
    return f"-{text}" if number < 0 and whole else text


class Printer:
    """How one office prints: its decimals, its habit, and whether it computes on from what it printed."""

    def __init__(self, draw):
        self.digits = draw(st.integers(0, 6))
        self.habit = draw(habits)
        self.rate_habit = draw(habits)
        self.score_habit = draw(habits)
        self.goes_on_from_print = draw(st.booleans())

    def amount(self, number):
        return shown(number, self.digits, self.habit)

    def basis(self, number):
        printed = Fraction(self.amount(number))
        return printed if self.goes_on_from_print and printed else number

    def rate(self, part, whole):
        return shown(self.basis(part) / self.basis(whole) * 100, 2, self.rate_habit) + "%"

    def score(self, points):
        return shown(points, 2, self.score_habit)


@st.composite
def project_tables(draw):
    """Amounts, weights and results of a project, scored in proportion, as cells of the drawn table."""
    printer = Printer(draw)
    cells, scores = {"H21": ""}, []
    parts = [(draw(amounts), draw(amounts), draw(shares)) for _ in range(3)]
    parts = [(opening, budget, budget * spent) for opening, budget, spent in parts]
    rows = dict(zip((5, 6, 7, 8), [tuple(map(sum, zip(*parts, strict=True))), *parts], strict=True))
    for row, (opening, budget, executed) in rows.items():
        cells |= {f"C{row}": printer.amount(opening), f"D{row}": printer.amount(budget), f"E{row}": printer.amount(executed)}
        cells[f"G{row}"] = printer.rate(executed, budget)
    _, budget, executed = rows[5]
    cells["H5"] = printer.score(min(10 * printer.basis(executed) / printer.basis(budget), Fraction(10)))
    cells["I5"] = REASON
    scores.append(cells["H5"])
    weights = draw_weights(draw, 90, 7)
    cells |= {f"F{row}": str(weight) for row, weight in zip(range(12, 19), weights, strict=True)}
    cells |= {"A12": f"产出指标({sum(weights[:4])}分)", "A16": f"效益指标({sum(weights[4:6])}分)", "A18": f"满意度指标({weights[6]}分)"}
    for row, weight in zip(range(12, 19), weights, strict=True):
        cells |= {f"G{row}": str(weight)} if row in (14, 17) else draw_result(draw, printer, row, weight)
        scores.append(cells[f"G{row}"])
    cells["G19"] = str(float(sum(map(Fraction, scores))))
    return cells


def draw_weights(draw, total, count):
    cuts = sorted(draw(st.lists(st.integers(1, total - 1), min_size=count - 1, max_size=count - 1, unique=True)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def draw_result(draw, printer, row, weight):
    """A result of 40 % to 120 % of its target; scored by what was reached or, for a cost, by what was exceeded."""
    unit = {12: "人次", 15: "元/人"}.get(row, "%")
    target = draw(st.integers(1, 5000 if unit != "%" else 80))
    actual = target * draw(results)
    ratio = printer.basis(actual) / target
    earned = weight * (2 - ratio if row == 15 else ratio)
    score = printer.score(min(max(earned, Fraction(0)), Fraction(weight)))
    sign = "≤" if row == 15 else "≥"
    reason = "" if Fraction(score) == weight else REASON
    return {f"D{row}": f"{sign}{target}{unit}", f"E{row}": printer.amount(actual) + unit, f"G{row}": score, f"H{row}": reason}


@st.composite
def fund_tables(draw):
    """Income and expenditure of a fund in 亿元 with the shares and the balance that follow from them."""
    printer = Printer(draw)
    income, spent, income_budget, spent_budget = (draw(amounts) for _ in range(4))
    premium = income * draw(millionths(5, 100))
    benefit = spent * draw(millionths(50, 100))
    other = (spent - benefit) * draw(shares)
    balance = income - spent
    cells = {
        "D6": printer.amount(income_budget), "E6": printer.amount(income), "F6": printer.rate(income, income_budget),
        "D7": printer.amount(spent_budget), "E7": printer.amount(spent), "F7": printer.rate(spent, spent_budget),
        "E15": "≥0亿元", "F15": printer.amount(premium) + "亿元", "E16": "≥0亿元", "F16": printer.amount(benefit) + "亿元",
        "E17": "≥0%", "F17": printer.rate(premium, income), "E18": "≥0%", "F18": printer.rate(benefit, spent),
        "F19": printer.rate(other, spent), "E20": "保持收支平衡",
    }  # fmt: skip
    in_wan = draw(st.booleans())
    cells["F20"] = printer.amount(balance * 10**4) + "万元" if in_wan else printer.amount(balance) + "亿元"
    return cells


@st.composite
def transfer_tables(draw):
    """Money of three sources with its total, its execution and what is left."""
    printer = Printer(draw)
    parts = [(budget := draw(amounts), budget * draw(shares)) for _ in range(3)]
    cells = {}
    for row, (budget, executed) in zip((6, 7, 8, 9), [tuple(map(sum, zip(*parts, strict=True))), *parts], strict=True):
        cells |= {f"D{row}": printer.amount(budget), f"E{row}": printer.amount(executed), f"G{row}": printer.amount(budget - executed)}
        cells[f"F{row}"] = printer.rate(executed, budget)
    return cells


def errors_of(table):
    return [(finding.check, finding.cell, finding.message) for finding in findings_of(table) if finding.level == "error"]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(project_tables())
def test_a_project_table_computed_from_true_inputs_has_no_error(cells):
    assert errors_of(drawn("project", cells)) == []


@settings(max_examples=25, deadline=None, derandomize=True)
@given(fund_tables())
def test_a_fund_table_computed_from_true_inputs_has_no_error(cells):
    assert errors_of(drawn("fund", cells)) == []


@settings(max_examples=25, deadline=None, derandomize=True)
@given(transfer_tables())
def test_a_transfer_table_computed_from_true_inputs_has_no_error(cells):
    assert errors_of(drawn("transfer", cells)) == []
