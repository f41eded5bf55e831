"""读法说明: a reading as a Chinese sentence."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval_xl.core.reading.target import Reading

_KINDS = {
    "numeric": "数量", "interval": "区间", "qualitative": "定性", "enum": "完成档次", "date": "日期", "text": "文字",
    "composite": "含多个数, 请分行填写", "missing": "没有值", "invalid": "不成立",
}  # fmt: skip
_SURE = {"high": "", "medium": " (把握不大, 请核对)", "low": " (没有把握, 请核对)"}


def reading_text(reading: Reading) -> str:
    """One reading as a sentence.

    >>> from perfeval_xl.core.reading.target import read_text
    >>> reading_text(read_text("≥90%"))
    '「≥90%」: 数量, 不小于 90%'
    """
    parts = [_KINDS.get(reading.kind, reading.kind), _bounds(reading), reading.qualitative or ""]
    return f"「{reading.raw}」: " + ", ".join(part for part in parts if part) + _SURE[reading.confidence]


def _bounds(reading: Reading) -> str:
    unit = reading.unit or ""
    if reading.low is not None and reading.low == reading.high:
        return f"{reading.low:g}{unit}"
    low = "" if reading.low is None else f"{'不小于' if reading.low_inclusive else '大于'} {reading.low:g}{unit}"
    high = "" if reading.high is None else f"{'不大于' if reading.high_inclusive else '小于'} {reading.high:g}{unit}"
    return " 且 ".join(part for part in (low, high) if part)
