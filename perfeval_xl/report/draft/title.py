"""标题: what a report is called, from the kind, the year and the name in the table's heading."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.draft.piece import FACT, Run, gap, one_line, runs

if TYPE_CHECKING:
    from perfeval_xl.core.table import Heading, Table

_ENDS = {"fund": ("基金", "预算"), "transfer": ("转移支付",), "department": ("部门整体支出",), "project": ("项目",)}
REPORT = "绩效自评报告"


def title_of(table: Table) -> tuple[Run, ...]:
    """2023年度城乡居民医疗保险基金预算绩效自评报告."""
    return runs(year_of(table.heading), name_of(table), ending_of(table), REPORT)


def ending_of(table: Table) -> str:
    """基金预算, 转移支付, 部门整体支出 or 项目, less what the name itself ends with."""
    name, ending = one_line(name_cell(table)[0]), ""
    for word in _ENDS[table.kind]:
        ending += "" if name.endswith((word, ending + word)) else word
    return "" if "补助资金" in name else ending


def name_of(table: Table) -> Run:
    """险种, 项目 or 部门名称; a department's own unit stands for its name."""
    text, cell = name_cell(table)
    return Run(FACT, text, cell) if text else gap({"fund": "险种名称", "department": "单位名称"}.get(table.kind, "项目名称"))


def name_cell(table: Table) -> tuple[str, str]:
    """The name on one line and the cell it stands in."""
    heading = table.heading
    cells = (heading.name, heading.unit, heading.department) if table.kind == "department" else (heading.name,)
    return next(((one_line(cell.text), cell.cell) for cell in cells if one_line(cell.text)), ("", ""))


def year_of(heading: Heading) -> Run:
    """2023年度, or a gap."""
    return Run(FACT, f"{heading.year}年度", heading.title.cell) if heading.year else gap("年度")
