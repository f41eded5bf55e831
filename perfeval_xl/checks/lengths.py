"""A 字数: no text is longer than the form's own label allows."""

from __future__ import annotations

from perfeval_xl.checks.check import Mismatch, cells, numbered, row_item
from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Value

def within_limits(assessment: Assessment) -> Iterator[Mismatch]:
    """A07 字数: texts keep to the limit printed in their own label, 存在问题（200字以内）, spaces not counted.

    A blank and a label without a limit are not judged; the limit over the reasons holds for each row.
    """
    table = assessment.table
    for passage in table.passages:
        label = passage.label.text.replace("：", ":").partition(":")[0].strip()
        yield from _longer(passage.text, label, limit_in(label), -1)
    limit = limit_in(table.reason_title)
    if limit:
        for number, result in numbered(assessment):
            yield from _longer(result.indicator.reason, row_item(result), limit, number)


def _longer(value: Value, item: str, limit: int, row: int) -> Iterator[Mismatch]:
    if not 0 < limit < len(value.text) or not value.typed:
        return
    length = len("".join(value.text.split()))
    if limit < length:
        yield Mismatch(
            value, item, f"「{item}」写了 {length} 个字, 表上要求 {limit} 字以内", f"请精简到 {limit} 字以内",
            f"{length} 字", f"{limit} 字以内", cells(value), row=row,
        )  # fmt: skip


def limit_in(label: str) -> int:
    """标签里的字数上限, 0 without one.

    >>> limit_in("评价结论（200字以内）"), limit_in("不超过100字"), limit_in("说明（不少于50字）"), limit_in("存在问题")
    (200, 100, 0, 0)
    """
    if "字" not in label:
        return 0
    match = _limit().search("".join(label.split()))
    return int(match[1] or match[2]) if match else 0


@cache
def _limit() -> re.Pattern[str]:
    import re  # noqa: PLC0415 - few labels state a limit

    return re.compile(r"(\d{2,4})个?字(?:以内|之内|以下|内)|(?:不超过|不多于|限|控制在)(\d{2,4})个?字")
