"""C 社保基金: identities between the amounts and the ratios of one fund table."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, numbered, row_item, shown
from perfeval_xl.checks.money import FACTORS, nominal
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.number import Interval, percent, plain, printed
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import ABSENT, Fund, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURE_UNIT = "万元"     # of every amount of money on 基础数据
_SHARES = (("收入比重", "收入", ("保险费收入", "保费收入")), ("支出比重", "支出", ("待遇支出",)))
_SPENT = ("待遇", "其他", "上解", "转移", "补助下级")
_IDENTITIES = (
    ("年末累计结余", "年初累计结余", "当期结余", 1, "年初累计结余加当期结余"),
    ("当期结余", "基金收入决算", "基金支出决算", -1, "基金收入减基金支出"),
    ("统筹基金当期结余", "统筹基金收入决算", "统筹基金支出决算", -1, "统筹基金收入减支出"),
)
_FIGURES_OF = (
    dict.fromkeys(("社会保险费收入", "保险费收入", "保费收入", "基本医疗保险费收入"), "保险费收入决算")
    | dict.fromkeys(("社会保险待遇支出", "待遇支出", "基本医疗保险待遇支出"), "待遇支出决算")
    | dict.fromkeys(("当期结余", "基金当期结余"), "当期结余")
    | dict.fromkeys(("累计结余", "基金累计结余", "年末累计结余", "基金年末累计结余", "基金滚存结余"), "年末累计结余")
)
_OF_A_PART = ("统筹", "个人账户", "保费", "保险费", "待遇", "利息", "补贴", "率")


def balance_is_difference(assessment: Assessment) -> Iterator[Mismatch]:
    """C11 当期结余 = 收入 − 支出 and 年末累计结余 = 年初累计结余 + 当期结余, in indicators of the whole fund and in 基础数据.

    Blanks are not judged.
    """
    yield from _balance_of_accounts(assessment)
    income, spent = _amount(assessment, "收入"), _amount(assessment, "支出")
    if income is None or spent is None:
        return
    for number, result in numbered(assessment):
        stated = _money(result) if "当期结余" in row_item(result) else None
        if stated is None or any(word in row_item(result) for word in _OF_A_PART):
            continue
        difference = income.minus(spent)
        if not difference.meets(stated):
            expected = plain((nominal(income) - nominal(spent)) / (result.actual.factor_to_base or 1.0), 4) + (result.actual.unit or "")
            yield Mismatch(
                result.indicator.actual, row_item(result), f"当期结余 {shown(result.indicator.actual)} 不等于收入减支出 {expected}",
                f"请改为 {expected}", shown(result.indicator.actual), expected,
                cells(result.indicator.actual, *_fund_values(assessment)), row=number,
            )  # fmt: skip


def _balance_of_accounts(assessment: Assessment) -> Iterator[Mismatch]:
    figures = dict(assessment.table.figures)
    for result, first, second, sign, said in _IDENTITIES:
        stated, one, two = (figures.get(name, ABSENT) for name in (result, first, second))
        if not stated.typed or stated.interval is None or one.interval is None or two.interval is None:
            continue
        span = one.interval.plus(two.interval) if sign > 0 else one.interval.minus(two.interval)
        if not span.meets(stated.interval):
            expected = plain((one.number or 0.0) + sign * (two.number or 0.0))
            yield Mismatch(
                stated, result, f"{result} {shown(stated)} 不等于{said} {expected}", f"请核对这三项, 按现有数应为 {expected}",
                shown(stated), expected, cells(stated, one, two),
            )  # fmt: skip


def accounts_agree(assessment: Assessment) -> Iterator[Mismatch]:
    """C15 与决算一致: budget and execution of the fund and the amounts named in indicators equal those on 基础数据, as do
    the ratios that follow from them and that the table itself does not contradict already (C11, C12, C13).

    基础数据 holds 万元; both sides count as printed. Without 基础数据, or with a blank there, nothing is judged.
    """
    figures = dict(assessment.table.figures)
    factor = FACTORS.get(assessment.table.money_unit)
    for word in ("收入", "支出") if figures and factor else ():
        rows = _funds(assessment, word)
        for name, label, value in [] if len(rows) != 1 else [("预算", "全年预算数", rows[0].budget), ("决算", "全年执行数", rows[0].executed)]:
            stated = None if value.interval is None or not value.typed else value.interval.times(factor or 1.0)
            said = f"{fund_item(rows[0])} {label}", assessment.table.money_unit
            for mismatch in _unlike_accounts(figures, f"基金{word}{name}", value, stated, said, -1):
                yield mismatch._replace(inputs=(*mismatch.inputs, *cells(assessment.table.heading.money_unit)))
    for number, result in numbered(assessment) if figures else ():
        name = _FIGURES_OF.get(row_item(result), "")
        if name:
            yield from _unlike_accounts(figures, name, result.indicator.actual, _money(result), (row_item(result), result.actual.unit or ""), number)
    if any(value.number is not None for value in figures.values()):
        from perfeval_xl.checks.computed_figures import results_agree  # noqa: PLC0415 - only where 基础数据 is filled

        contradicted = [mismatch for mismatch in results_agree(assessment) if mismatch.item not in _FIGURES_OF]
        known = _said_of_ratios(assessment) if contradicted else set()
        yield from (mismatch for mismatch in contradicted if mismatch.place.cell not in known)


def _said_of_ratios(assessment: Assessment) -> set[str]:
    """Cells that the table itself contradicts: nothing is said twice of them."""
    found = (*balance_is_difference(assessment), *shares_add_up(assessment), *shares_share_their_base(assessment))
    return {mismatch.place.cell for mismatch in found}


def _unlike_accounts(
    figures: dict[str, Value], name: str, value: Value, stated: Interval | None, said: tuple[str, str], row: int,
) -> Iterator[Mismatch]:  # fmt: skip
    """One amount of the form, in 元, against its figure; ``said``: how the form names it, and its unit."""
    figure, (item, unit) = figures.get(name, ABSENT), said
    if figure.interval is None or stated is None or not value.typed:
        return
    booked = figure.interval.times(FACTORS[FIGURE_UNIT])
    if not booked.meets(stated):
        expected = plain((figure.number or 0.0) * FACTORS[FIGURE_UNIT] / FACTORS.get(unit, 1.0), 4)
        yield Mismatch(
            value, item, f"{shown(value)} 与基础数据「{name}」{shown(figure)}{FIGURE_UNIT} 不一致", f"请核对决算, 两处填同一个数, 按基础数据应为 {expected}{unit}",
            shown(value), f"{expected}{unit}", cells(value, figure), row=row,
        )  # fmt: skip


def shares_add_up(assessment: Assessment) -> Iterator[Mismatch]:
    """C12 支出构成合计 100%: 待遇, 其他 and 上解 together; never more than 100, and 100 where 上解 is listed too."""
    rows = [
        (number, result, word)
        for number, result in numbered(assessment)
        if result.actual.dimension == "ratio" and "占基金支出" in row_item(result)
        and (word := next((word for word in _SPENT if word in row_item(result)), ""))
    ]  # fmt: skip
    if len({word for _, _, word in rows}) < 2:
        return
    spans = [_ratio(result) for _, result, _ in rows]
    total = Interval(sum(span.low for span in spans), sum(span.high for span in spans))
    complete = any(word in ("上解", "转移") for _, _, word in rows)
    if total.low > 1 + 1e-9 or (complete and total.high < 1 - 1e-9):
        place = rows[-1][1].indicator.actual
        added = sum(result.actual.low or 0.0 for _, result, _ in rows) / 100
        written = percent(added)
        yield Mismatch(
            place, "支出构成", f"待遇、其他、上解等支出占比合计 {written}, 不是 100%", _shares_fix(added),
            written, "100%", cells(*(result.indicator.actual for _, result, _ in rows)), row=rows[-1][0],
        )  # fmt: skip


def _shares_fix(added: float) -> str:
    if added > 1:
        return f"请改正写多的占比, 合计多出 {percent(added - 1)}"
    return f"请补列没有列出的支出或改正占比, 合计还差 {percent(1 - added)}"


def shares_share_their_base(assessment: Assessment) -> Iterator[Mismatch]:
    """C13 同一基数: a share printed as indicator equals the amounts of the same table. Blanks are not judged."""
    for number, result in numbered(assessment):
        for words, base_word, parts in _SHARES if result.actual.dimension == "ratio" else ():
            name = row_item(result)
            if words not in name or not any(part in name for part in parts):
                continue
            base, part = _amount(assessment, base_word), _part(assessment, parts)
            share = part[1].over(base) if part and base and base.low > 0 else None
            if share is not None and part is not None and not share.meets(_ratio(result)):
                expected = percent(nominal(part[1]) / nominal(base)) if base else ""
                yield Mismatch(
                    result.indicator.actual, name,
                    f"{shown(result.indicator.actual)} 与本表 {row_item(part[0])} {shown(part[0].indicator.actual)} ÷ 基金{base_word} 得出的 {expected} 不符",
                    f"请改为 {expected}, 另有基数的请写明用的是哪个数", shown(result.indicator.actual), expected,
                    cells(result.indicator.actual, part[0].indicator.actual, *_fund_values(assessment)), row=number,
                )  # fmt: skip


def unit_fits_amounts(assessment: Assessment) -> Iterator[Mismatch]:
    """D09 数量级: 保险费收入 and 待遇支出 are large parts of the fund's own income and expenditure; a thousandfold part,
    or a thousandth, means that the unit of the funding block (or of the row) is wrong. Blanks are not judged.
    """
    for word, parts in (("收入", ("保险费收入", "保费收入")), ("支出", ("待遇支出",))):
        whole, part = _amount(assessment, word), _part(assessment, parts)
        if whole is None or part is None or whole.low <= 0 or part[1].low <= 0:
            continue
        if part[1].low > whole.high * 1000 or part[1].high * 1000 < whole.low:
            unit = assessment.table.heading.money_unit
            place = unit if unit.exists else _fund(assessment, word).executed
            yield Mismatch(
                place, "计量单位", f"{row_item(part[0])} {shown(part[0].indicator.actual)} 与基金{word} {shown(_fund(assessment, word).executed)}{assessment.table.money_unit} 相差一千倍以上",
                _unit_fix(assessment, whole, part[1]), assessment.table.money_unit, "与指标同一数量级",
                cells(place, part[0].indicator.actual, *_fund_values(assessment)),
            )  # fmt: skip
            return


def _unit_fix(assessment: Assessment, whole: Interval, part: Interval) -> str:
    """The unit under which the part is between all and a thousandth of the whole, where just one unit gives that."""
    in_units = whole.times(1 / FACTORS[assessment.table.money_unit])
    fitting = [unit for unit, factor in FACTORS.items() if in_units.high * factor >= part.low and in_units.low * factor <= part.high * 1000]
    return f"请核对表头的金额单位, 按指标里的金额应为「{fitting[0]}」" if len(fitting) == 1 else "请核对表头和这一项的金额单位, 把写错的改过来"


def _fund(assessment: Assessment, word: str) -> Fund:
    return _funds(assessment, word)[0]


def _funds(assessment: Assessment, word: str) -> list[Fund]:
    """Rows of the whole income or expenditure, not of a part of it."""
    rows = [fund for fund in assessment.table.funds if word in fund.words]
    return [fund for fund in rows if not any(part in fund.words for part in _OF_A_PART)]


def _amount(assessment: Assessment, word: str) -> Interval | None:
    """Executed income or expenditure in 元."""
    factor = FACTORS.get(assessment.table.money_unit)
    rows = _funds(assessment, word)
    if factor is None or len(rows) != 1 or rows[0].executed.interval is None:
        return None
    return rows[0].executed.interval.times(factor)


def _part(assessment: Assessment, names: tuple[str, ...]) -> tuple[IndicatorResult, Interval] | None:
    for _, result in numbered(assessment):
        item = row_item(result)
        amount = _money(result) if "比重" not in item and any(name in item for name in names) else None
        if amount is not None:
            return result, amount
    return None


def _money(result: IndicatorResult) -> Interval | None:
    reading = result.actual
    if reading.dimension != "money" or reading.op != "plain" or reading.low is None:
        return None
    return printed(reading.low, reading.ulp).times(reading.factor_to_base or 1.0)


def _ratio(result: IndicatorResult) -> Interval:
    return printed(result.actual.low or 0.0, result.actual.ulp).times(result.actual.factor_to_base or 0.01)


def _fund_values(assessment: Assessment) -> tuple[Value, ...]:
    return (*(fund.executed for fund in assessment.table.funds), assessment.table.heading.money_unit)
