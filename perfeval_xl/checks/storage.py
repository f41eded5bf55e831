"""D 单元格里存的: where what Excel stores differs from what the form shows, or from what was typed."""

from __future__ import annotations

from unicodedata import normalize

from perfeval_xl.checks.check import Mismatch, cells, nothing_follows, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.finding import HINT
from perfeval_xl.core.measure import AMBIGUOUS_SCALE, Measure
from perfeval_xl.core.number import plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import NUMBER, TEXT, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_AMOUNTS = ("initial_budget", "budget", "in_place", "executed", "balance", "weight", "written_score")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME_WORDS = ("时效", "时间", "时限", "期限", "日期", "及时", "进度", "按时", "按期")
_LONGEST_DAY, _ARTEFACT_DIGITS = 9, 9
_TIMES_100 = (0.3, 3.0)     # a share this many times its target after division by 100 was multiplied twice


def display_hides_shortfall(assessment: Assessment) -> Iterator[Mismatch]:
    """D10 显示精度: the actual value reaches its target only as displayed; the number in the cell does not.

    Judged where the cell holds a number. Blanks are A02's.
    """
    for number, result in numbered(assessment):
        value, measure = result.indicator.actual, result.measure
        if value.state != NUMBER or value.number is None or not isinstance(measure, Measure) or result.actual.op != "plain":
            continue
        low = result.actual.low
        if not low:
            continue
        factor = 100.0 if value.text.endswith(("%", "％")) else 1.0
        stored = value.number * factor
        if abs(stored - low) > max(result.actual.ulp, 0.0) or not measure.is_met:
            continue
        exact = measure._replace(actual=float(f"{stored * measure.actual / low:.12g}"))
        if not exact.is_met:
            full = plain(stored, 6) + (value.text[-1] if factor != 1.0 else "")
            yield Mismatch(
                value, row_item(result), f"完成值显示为 {shown(value)}, 单元格里存的是 {full}, 其实没有达到指标值 {shown(result.indicator.target)}",
                "请增加显示的小数位数, 按实际数判断", shown(value), full, cells(value, result.indicator.target), row=number,
                mends=nothing_follows(value),
            )  # fmt: skip


def stored_as_meant(assessment: Assessment) -> Iterator[Mismatch]:
    """D17 单元格格式: numbers stored as text, ranges turned into dates, percent signs that multiplied, binary residue.

    Numbers stored as text are one finding per form, at the first, and a hint where every number of their columns is a text. Our own formulas are not judged, nor are blanks.
    """
    yield from _texts_for_numbers(assessment)
    for number, result in numbered(assessment):
        indicator = result.indicator
        yield from _dates_for_ranges(result, number)
        yield from _wrong_percent(result, number)
        for value in (indicator.target, indicator.actual, indicator.written_score):
            if len(value.text) > _ARTEFACT_DIGITS and "." in value.text:
                yield from _residue(value, row_item(result), number)


def _texts_for_numbers(assessment: Assessment) -> Iterator[Mismatch]:
    """Asked where numbers and texts stand in one column, so that a sum leaves some out; all texts alike are a hint."""
    if not any(map(_is_text_number, _numbers(assessment))):
        return
    columns = _columns(assessment)
    found = [value for column in columns for value in column if _is_text_number(value)]
    if found:
        is_mixed = any(any(map(_is_text_number, column)) and any(value.state == NUMBER for value in column) for column in columns)
        places = "、".join(value.cell for value in found[:5]) + (" 等" if len(found) > 5 else "")
        yield Mismatch(
            found[0], "以文本形式存储的数字", f"共 {len(found)} 格数字以文本形式存储 ({places}), 求和公式不会计入", "请选中这些单元格, 用「数据」-「分列」直接点完成, 或点绿色小三角选「转换为数字」",
            shown(found[0]), plain(found[0].number or 0.0), cells(*found), "" if is_mixed else HINT, mends=nothing_follows(found[0]),
        )  # fmt: skip


def _numbers(assessment: Assessment) -> Iterator[Value]:
    """Every amount, weight and score, wherever it is printed."""
    for fund in assessment.table.funds:
        yield from (getattr(fund, field) for field in _AMOUNTS)
    for result in assessment.indicators:
        yield result.indicator.weight
        yield result.indicator.written_score


def _columns(assessment: Assessment) -> list[list[Value]]:
    """The columns of amounts and points, without what is printed in a label."""
    table = assessment.table
    columns = [[value for fund in table.funds if (value := getattr(fund, field)).cell != fund.label.cell] for field in _AMOUNTS]
    for field in ("weight", "written_score"):
        column: list[Value] = []
        for result in assessment.indicators:
            item, value = result.indicator, getattr(result.indicator, field)
            column += [] if value.cell in (item.level1.cell, item.level2.cell, item.group.cell, item.level3.cell) else [value]
        columns.append(column)
    return columns


def _is_text_number(value: Value) -> bool:
    if value.state != TEXT or value.number is None or value.computed:
        return False
    digits = value.text if value.text.isascii() else normalize("NFKC", value.text)
    digits = digits.strip().replace(",", "").replace(".", "", 1).lstrip("+-")
    return digits.isascii() and digits.isdigit()


def _dates_for_ranges(result: IndicatorResult, row: int) -> Iterator[Mismatch]:
    """A day where the other cell of the row holds a quantity: 1-3 typed into a cell becomes 1月3日. Not where time is measured."""
    indicator = result.indicator
    for value, reading, other in (
        (indicator.target, result.target, result.actual),
        (indicator.actual, result.actual, result.target),
    ):
        is_quantity = other.kind in ("numeric", "interval") and other.unit is not None
        if not is_quantity or not _is_day(value.text, reading.kind) or not value.typed:
            continue
        if not any(word in indicator.level2.text + row_item(result) for word in _TIME_WORDS):
            yield Mismatch(
                value, row_item(result), f"{shown(value)} 是日期, 而这一项是数量, 可能是 Excel 把「1-3」「3/5」一类的内容变成了日期",
                "请先把单元格设为文本格式, 再重新填写", shown(value), "数量", cells(value), row=row,
            )  # fmt: skip


def _is_day(text: str, kind: str) -> bool:
    """A day as Excel displays it: 1月3日, 2024年1月3日, 2024/1/3, 2024-01-03, 3-Jan."""
    if kind not in ("date", "invalid") and "-" not in text:
        return False
    bare = text.strip()
    if any(month in bare for month in _MONTHS):
        return bare.isascii() and len(bare) <= _LONGEST_DAY and "-" in bare and any(mark.isdigit() for mark in bare)
    if kind not in ("date", "invalid"):
        return False
    pieces = bare.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").split("-")
    has_day = bare.endswith("日") or len(pieces) == 3
    return has_day and 2 <= len(pieces) <= 3 and all(piece.isdigit() for piece in pieces)


def _wrong_percent(result: IndicatorResult, row: int) -> Iterator[Mismatch]:
    """1 or 0.95 beside a target in %; 9500 % where 95 was typed into a cell of percent format."""
    actual, target = result.indicator.actual, result.indicator.target
    if actual.number is None or not actual.typed:
        return
    if result.measure == AMBIGUOUS_SCALE and result.actual.unit in (None, "1"):
        meant = f"{plain((result.actual.low or 0.0) * 100)}%"
        yield _percent_mismatch(result, row, f"完成值 {shown(actual)} 没有百分号, 而指标值是 {shown(target)}, 分不清是 {shown(actual)}% 还是 {meant}", meant)
    elif isinstance(result.measure, Measure) and result.measure.is_ratio and actual.state == NUMBER and result.target.unit == "%":
        share, bound = result.measure.actual, result.measure.bound
        if 0 < bound <= 1 and share > 10 and _TIMES_100[0] <= share / 100 / bound <= _TIMES_100[1]:
            meant = f"{plain(share)}%"
            yield _percent_mismatch(result, row, f"完成值 {shown(actual)} 多乘了 100: 单元格是百分比格式, 又填了 {plain(share)}", meant)


def _percent_mismatch(result: IndicatorResult, row: int, problem: str, meant: str) -> Mismatch:
    actual = result.indicator.actual
    return Mismatch(
        actual, row_item(result), problem, f"请改填 {meant}", shown(actual), meant, cells(actual, result.indicator.target), row=row,
    )  # fmt: skip


def _residue(value: Value, item: str, row: int) -> Iterator[Mismatch]:
    """0.30000000000000004: the residue of a binary sum, pasted as text."""
    text = value.text
    fraction = text.partition(".")[2]
    digits = fraction[: next((at for at, mark in enumerate(fraction) if not mark.isdigit()), len(fraction))]
    if not value.typed or len(digits) < _ARTEFACT_DIGITS or not ("00000" in digits or "99999" in digits):
        return
    whole = text.partition(".")[0].lstrip("≥≤><=")
    if not whole.isdigit():
        return
    better = plain(rounded(float(f"{whole}.{digits}"), 6))
    yield Mismatch(
        value, item, f"{shown(value)} 是计算留下的尾数", f"请改为 {better}", shown(value), better, cells(value), row=row,
        mends=nothing_follows(value),
    )  # fmt: skip
