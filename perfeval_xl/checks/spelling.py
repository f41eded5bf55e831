"""D 写法: signs and letters that a reader, or the system a table is imported into, takes for something else."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, fund_item, nothing_follows, numbered, row_item, shown
from perfeval_xl.core.assessment import Assessment, IndicatorResult
from perfeval_xl.core.finding import EXPLAIN
from perfeval_xl.core.reading.spelling import has_digit
from perfeval_xl.core.reading.target import read_parts, read_text
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.table import TEXT, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.reading.target import Reading

_ODD = "≧⩾≦⩽﹦＝＞＜﹥﹤０１２３４５６７８９"
_LOOKALIKES = str.maketrans(_ODD, "≥≥≤≤==><><0123456789")
_MISTAKEN, _ODD_MARKS = frozenset("OoIl"), frozenset(_ODD)
_SUSPECTS = _MISTAKEN | _ODD_MARKS | {","}
_LETTERS = str.maketrans("OoIl", "0011")
_AMOUNTS = (("initial_budget", "年初预算数"), ("budget", "全年预算数"), ("in_place", "到位数"), ("executed", "全年执行数"), ("balance", "结余"))
_SIGNS = (">=", ">", "<=", "<", "=", "between")
_LONGEST_UNIT, _THOUSAND, _UNIT_MARKS = 4, 3, "万亿元分% "
_MISREAD_FROM, _MISREAD_TO = 210, 300      # 292 % is a scanned ≥92 %


def range_sign(assessment: Assessment) -> Iterator[Mismatch]:
    """D12 区间的写法: a target range typed with "-", which reporting systems refuse and others take for a minus.

    Not asked of fund tables, whose national form prints its ranges so. Blanks are A02's.
    """
    for number, result in numbered(assessment) if assessment.table.kind != "fund" else ():
        value, target = result.indicator.target, result.target
        text = value.text
        if target.kind != "interval" or target.confidence != "high" or target.low is None:
            continue
        better = "".join("~" if mark in "-－" and _number_before(text, at) == target.low else mark for at, mark in enumerate(text))
        if better != text:
            yield Mismatch(
                value, row_item(result), f"指标值 {shown(value)} 的区间用「-」连接, 系统导入时可能被拒绝或当成负号", f"请改写为 {better}",
                shown(value), better, cells(value), row=number,
            )  # fmt: skip


def _number_before(text: str, end: int) -> float | None:
    """The number whose digits, with at most a unit or a bracket between, end before a place."""
    last = end
    while last and not text[last - 1].isdigit() and end - last < _LONGEST_UNIT:
        last -= 1
    first = last
    while first and (text[first - 1].isdecimal() or text[first - 1] == "."):
        first -= 1
    digits = text[first:last]
    return float(digits) if digits.replace(".", "", 1).isdecimal() else None


def misread_characters(assessment: Assessment) -> Iterator[Mismatch]:
    """D13 形近字符: letters typed for digits, ≥ scanned as 2 or W, ≧ and ﹦ of other keyboards, amounts with impossible commas.

    What cannot be read as a number at all is asked (核实); the rest are hints. Blanks are not judged.
    """
    for number, result in numbered(assessment):
        indicator, may_be_scanned = result.indicator, _may_be_scanned(result.target)
        sign, target = indicator.sign.text, indicator.target
        if sign:
            yield from _odd_signs(indicator.sign, row_item(result), number)
            target = target._replace(text=target.text.removeprefix(sign))
        for value in (target, indicator.actual):
            if may_be_scanned or _is_suspect(value.text):
                yield from _misread(result, value, number)
        for value, label in ((indicator.weight, "分值"), (indicator.written_score, "得分")):
            if is_malformed(value):
                yield _malformed(value, label, row_item(result), number)
    for fund in assessment.table.funds:
        for field, label in _AMOUNTS:
            if is_malformed(getattr(fund, field)):
                yield _malformed(getattr(fund, field), label, fund_item(fund), -1)


def _is_suspect(text: str) -> bool:
    """A character that is easily taken for another, or a letter in front."""
    first = text.lstrip()[:1]
    return not _SUSPECTS.isdisjoint(text) or (first.isascii() and first.isalpha())


def _misread(result: IndicatorResult, value: Value, row: int) -> Iterator[Mismatch]:
    text = value.text.strip()
    if not value.typed or not text:
        return
    meant = _meant(result, value, text)
    if meant:
        is_read = read_text(text).kind in ("numeric", "interval")
        yield Mismatch(
            value, row_item(result), f"{shown(value)} 里可能有认错的字符", f"请核对, 是不是 {meant}", shown(value), meant, cells(value),
            "" if is_read else EXPLAIN, row,
        )  # fmt: skip
    elif not _ODD_MARKS.isdisjoint(text) and has_digit(text.translate(_LOOKALIKES)):
        yield from _odd_signs(value, row_item(result), row)


def _odd_signs(value: Value, item: str, row: int) -> Iterator[Mismatch]:
    better = value.text if _ODD_MARKS.isdisjoint(value.text) else value.text.translate(_LOOKALIKES)
    if value.typed and better != value.text:
        yield Mismatch(
            value, item, f"{shown(value)} 用了不常用的符号, 系统导入时可能不认", f"请改为 {better}", shown(value), better, cells(value),
            row=row, mends=nothing_follows(value),
        )  # fmt: skip


def _meant(result: IndicatorResult, value: Value, text: str) -> str:
    """What was meant by 1OO%, W95% or 292%; "" where nothing suggests a slip."""
    digits = _with_digits(text)
    if digits != text and read_text(digits).kind == "numeric":
        return digits
    percent = text[1:].strip()
    if text[0].isascii() and text[0].isalpha() and percent[-1:] in ("%", "％") and percent[:-1].replace(".", "", 1).isdigit():
        return f"≥{percent}"
    whole, comma, rest = text.lstrip("≥≤><= ").partition(",")
    decimals = rest[: next((at for at, mark in enumerate(rest) if not mark.isdigit()), len(rest))]
    if comma and whole.isdecimal() and 0 < len(decimals) < _THOUSAND and not has_digit(rest[len(decimals) :]):
        return text.replace(",", ".")
    return _scanned_sign(result, value, text)


def _with_digits(text: str) -> str:
    """O and l among digits as 0 and 1; a word of letters stays."""
    if _MISTAKEN.isdisjoint(text):
        return text
    better = list(text)
    for at, mark in enumerate(text):
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if mark in "Oo" and better[at - 1 : at] and better[at - 1].isdigit() and not (after.isascii() and after.isalpha() and after not in "Oo"):
            better[at] = "0"
        elif mark in "Il" and after.isdigit() and not (before.isascii() and before.isalpha()):
            better[at] = "1"
    return "".join(better)


def _scanned_sign(result: IndicatorResult, value: Value, text: str) -> str:
    if value.cell != result.indicator.target.cell or not _may_be_scanned(result.target):
        return ""
    reached = result.actual.high if result.actual.dimension == "ratio" else None
    if text[0] != "2" or (reached is not None and reached > 150):
        return ""
    return f"≥{text[1:].strip()}"


def _may_be_scanned(target: Reading) -> bool:
    is_share = target.unit == "%" and target.op == "plain" and target.low == target.high
    return is_share and target.low is not None and _MISREAD_FROM <= target.low < _MISREAD_TO


def is_malformed(value: Value) -> bool:
    """写坏的数: digits and their marks alone, and yet no number: 1O, 15,0,0 or 12.5.5."""
    if value.state != TEXT or value.number is not None or not value.typed or not has_digit(value.text):
        return False
    text = value.text.strip().rstrip(_UNIT_MARKS)
    return not text.translate(_LETTERS).strip("0123456789.,，。 ") and not _is_number(text)


def _malformed(value: Value, label: str, item: str, row: int) -> Mismatch:
    return Mismatch(
        value, item, f"{label} {shown(value)} 不是一个能计算的数", "请重新填写这个数, 千分位逗号和小数点要在正确的位置", shown(value), "数值",
        cells(value), EXPLAIN, row,
    )  # fmt: skip


def _is_number(text: str) -> bool:
    """Digits with at most one point, and commas only between groups of three."""
    whole, _, fraction = text.strip().partition(".")
    first, *groups = whole.split(",")
    is_grouped = not groups or (len(first) <= _THOUSAND and all(len(group) == _THOUSAND for group in groups))
    return all(part.isdecimal() for part in (first, *groups)) and is_grouped and (not fraction or fraction.isdecimal())


def one_threshold(assessment: Assessment) -> Iterator[Mismatch]:
    """D15 一项指标一个目标: a target with two thresholds has one score for two questions. Blanks are A02's."""
    for number, result in numbered(assessment):
        value = result.indicator.target
        if result.target.kind != "composite":
            continue
        parts = [part for part in read_parts(value.text) if part.op in _SIGNS]
        if len(parts) > 1:
            yield Mismatch(
                value, row_item(result), f"指标值「{shown(value)}」里有 {len(parts)} 个目标, 一个得分说不清哪个完成了", "请分成几项指标, 或分别写明完成值和得分",
                shown(value), "一项指标一个目标", cells(value, result.indicator.actual), row=number,
            )  # fmt: skip
