"""C15 基础数据算出的指标: a typed 完成值 against what the amounts on 基础数据 give."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, nothing_follows, numbered, row_item, shown
from perfeval_xl.core.figure import may_agree, name_words, result_text
from perfeval_xl.core.figure_amounts import filled_amounts
from perfeval_xl.core.figure_ratios import figure_named
from perfeval_xl.core.finding import EXPLAIN, HINT
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment, IndicatorResult
    from perfeval_xl.core.figure import Figure, Variant
    from perfeval_xl.core.table import Value

# What an indicator's name may hold beside the words of the figure itself; anything else may make it one of a part of the fund.
_NEUTRAL = (
    "城乡居民", "城镇职工", "城镇居民", "居民", "职工", "基本", "医疗", "养老", "失业", "工伤", "社会", "保险", "医保", "社保", "基金", "费", "情况", "指标",
    "全年", "当年", "本年", "当期", "年度", "年末", "累计", "滚存", "静态", "结余", "支付", "可", "占", "比重", "比例", "比率", "百分比", "个月", "月",
    "数", "总", "率", "的", "单位", "平均", "人员", "人数", "%", "(", ")",
)  # fmt: skip


def results_agree(assessment: Assessment) -> Iterator[Mismatch]:
    """A 完成值 that no formula in use for this indicator gives, with amounts as printed. Blanks on either side are not judged.

    Asked where there is one formula only, else a hint: offices may divide by what 基础数据 does not ask for. An
    indicator whose name holds further words (生育, 门诊 …) is about a part of the fund and not judged.
    """
    amounts = filled_amounts(assessment.table.figures)
    for number, result in numbered(assessment):
        figure = figure_named(row_item(result)) if result.indicator.actual.typed else None
        if figure is not None and _is_of_the_whole(row_item(result), figure):
            yield from _contradicted(result, figure, amounts, number)


def _is_of_the_whole(name: str, figure: Figure) -> bool:
    rest = name_words(name)
    for word in sorted([*_NEUTRAL, *(word for group in figure.words for word in group)], key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest


def _contradicted(result: IndicatorResult, figure: Figure, amounts: dict[str, Value], row: int) -> Iterator[Mismatch]:
    spans = {key: value.interval for key, value in amounts.items()}
    results = [(variant, span) for variant in figure.variants if (span := variant.span(spans)) is not None]
    if not results or any(may_agree(span, figure.unit, result.actual) is not False for _, span in results):
        return
    actual, numbers = result.indicator.actual, {key: value.number for key, value in amounts.items()}
    said = "; ".join(_worked(variant, figure.unit, numbers) for variant, _ in results)
    expected = "、".join(_result(variant, figure.unit, numbers) for variant, _ in results)
    is_sure = len(figure.variants) == 1
    yield Mismatch(
        actual, row_item(result), f"完成值 {shown(actual)} 与基础数据算出的不符: {said}", f"请核对, 按基础数据应为 {expected.replace('、', ' 或 ')}, 用别的口径算的请写明",
        shown(actual), expected, cells(actual, *(amounts[key] for variant, _ in results for key in variant.keys)),
        EXPLAIN if is_sure else HINT, row, () if is_sure else nothing_follows(actual),
    )  # fmt: skip


def _worked(variant: Variant, unit: str, numbers: dict[str, float | None]) -> str:
    from perfeval_xl.core.figure_work import quotient_text  # noqa: PLC0415 - only for a finding

    worked = f"{quotient_text(variant, numbers)} = {_result(variant, unit, numbers)}"
    return f"按「{variant.name}」{worked}" if variant.name else worked


def _result(variant: Variant, unit: str, numbers: dict[str, float | None]) -> str:
    return result_text(variant.value(numbers) or 0.0, unit)
