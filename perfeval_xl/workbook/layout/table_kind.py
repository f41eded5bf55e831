"""表类和表样: which family a table belongs to and, where its columns are a known layout, which."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.layout.header_words import (
    DEPARTMENT_KIND,
    FORMS,
    FUND_KIND,
    TRANSFER_HEAD,
    TRANSFER_KIND,
    bare,
    found,
    header_key,
)

if TYPE_CHECKING:
    from perfeval_xl.workbook.layout.heading import Line


def kind_of(title: str, lines: list[Line]) -> str:
    """表类 by the words of the title, then of the labels in the head: fund, transfer, department or project.

    >>> kind_of("城乡居民医疗保险基金预算绩效目标自评表", []), kind_of("部门整体支出绩效自评表", []), kind_of("自评表", [])
    ('fund', 'department', 'project')
    """
    heads = [header_key(line.label) for line in lines]
    if found(FUND_KIND, bare(title)) or any("险种" in head for head in heads):
        return "fund"
    for word in (DEPARTMENT_KIND, TRANSFER_KIND):
        if found(word, bare(title)):
            return word.role
    if any(found(TRANSFER_HEAD, head) for head in heads):
        return "transfer"
    roles = [line.role for line in lines]
    named_only_by_unit = "name" not in roles and any(head in ("部门", "部门单位名称", "部门名称") for head in heads)
    return "department" if named_only_by_unit else "project"


def form_of(kind: str, funds: tuple[str, ...], indicators: tuple[str, ...]) -> str:
    """表样 of a known layout, "" for another one: its columns in their order."""
    return next((name for name, layout in FORMS.items() if layout == (kind, funds, indicators)), "")
