"""汇总工作簿: its frame, totals and charts by XlsxWriter, its rows by row_markup; texts of others are always texts."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from perfeval_xl.consolidate.arrival import Situation
from perfeval_xl.consolidate.destination import refusing
from perfeval_xl.consolidate.outcome import TableOutcome
from perfeval_xl.consolidate.summary_package import Page, fill_frame
from perfeval_xl.consolidate.summary_rows import (
    FINDINGS,
    HEADINGS,
    STATISTICS,
    SUMMARY,
    Row,
    counted,
    row_counts,
    rows_of,
)
from perfeval_xl.core.labels import LEVELS
from perfeval_xl.core.number import exact_sum

_MOST_ROWS = 1_000_000      # below a heading; a sheet has 1,048,576 rows
_FORMATS = {
    "预算数(万元)": "#,##0.00", "执行数(万元)": "#,##0.00", "执行率": "0.00%", "完成率": "0.00%", "偏差率": "0.00%", "得分": "0.00", "计算得分": "0.00", "各项之和": "0.00", "差": "0.00",
}  # fmt: skip
_USUAL_WIDTH = 12
_WIDTHS = {
    "单位": 26, "报送时间": 17, "文件": 30, "说明": 60, "表名": 30, "问题": 50, "怎么改": 36, "原因": 36, "三级指标": 30, "二级指标": 16, "指标值": 20, "完成值": 20, "依据": 26,
    "表类": 14, "年度": 7, "评分办法": 16, "预算数(万元)": 15, "执行数(万元)": 15, "执行率": 9, "分值": 8, "得分": 10, "计算得分": 10, "各项之和": 10, "差": 8, "等级": 7,
    "错误": 8, "核实": 8, "提示": 8, "已说明": 8, "完成率": 10, "偏差率": 10, "单元格": 8, "级别": 7, "规则": 7,
}  # fmt: skip
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "宋体", "font_size": 14, "bold": True},
    "head": {"font_name": "宋体", "font_size": 10, "bold": True, "bg_color": "#D9E2F3", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "text": {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True},
    "quoted": {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True, "quote_prefix": True},
    "total": {"font_name": "宋体", "font_size": 10, "border": 1, "bold": True, "bg_color": "#F2F2F2"},
}  # fmt: skip
_RATES = ("不足50%", "50%-60%", "60%-70%", "70%-80%", "80%-90%", "90%-100%", "100%", "超过100%")
_SCORES = ("60以下", "60-70", "70-80", "80-90", "90-95", "95-100", "100")
_MOST_CHECKS = 15
_SAME = 0.005


def write_summary(situation: Situation, path: Path) -> None:
    """写出汇总工作簿, whole or not at all. Raises UnusableFile where it cannot be written."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    frame = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(frame, options) as book:
        summary = _Summary(book, situation)
        summary.write()
    try:
        with refusing(path):
            fill_frame(frame, partial, summary.pages)
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


class _Summary:
    """The frame of one summary: everything but the rows, which fill the ``pages`` afterwards."""

    def __init__(self, book: Any, situation: Situation) -> None:
        self._book, self._situation = book, situation
        self._formats: dict[tuple[str, str], Any] = {}
        self.pages: list[Page] = []

    def write(self) -> None:
        for name, count in row_counts(self._situation).items():
            rows = iter(rows_of(name, self._situation))
            self._table(name, rows, min(count, _MOST_ROWS))
            for number, done in enumerate(range(_MOST_ROWS, count, _MOST_ROWS), 2):
                self._table(f"{name}({number})", rows, min(count - done, _MOST_ROWS))
        _Statistics(self._book, self._situation, self._format).write()

    def _format(self, look: str, number: str = "") -> Any:
        key = look, number
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_LOOKS[look], **({"num_format": number} if number else {})})
        return self._formats[key]

    def _table(self, name: str, rows: Iterator[Row], count: int) -> None:
        kind = name.partition("(")[0]
        headings = HEADINGS[kind]
        sheet = self._book.add_worksheet(name)
        widths = tuple(_WIDTHS.get(heading, _USUAL_WIDTH) for heading in headings)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{name}: {self._situation.sentence}", self._format("title"))
        top = 2 if kind != SUMMARY else 5
        if kind == SUMMARY:
            self._totals(sheet, top)
        for column, heading in enumerate(headings):
            sheet.write_string(top, column, heading, self._format("head"))
            sheet.write_blank(top + 1, column, None, self._format("text", _FORMATS.get(heading, "")))
        sheet.write_blank(top + 2, 0, None, self._format("quoted"))
        self.pages.append(Page(len(self.pages) + 1, top + 2, count, islice(rows, count), widths))
        sheet.autofilter(top, 0, top + max(count, 1), len(headings) - 1)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&C第 &P 页 共 &N 页")

    def _totals(self, sheet: Any, top: int) -> None:
        """合计 and 核对 above the rows, as formulas over whatever the filter shows."""
        arrivals = counted(self._situation)
        tables = [table for arrival in arrivals for table in arrival.outcome.tables]
        first, last = top + 2, max(top + 1 + len(tables), top + 2)
        total, money, rate = (self._format("total", text) for text in ("", "#,##0.00", "0.00%"))
        sheet.write_string(2, 0, "合计 (筛选后的)", total)
        amounts: dict[str, list[float | None]] = {"F": [t.budget for t in tables], "G": [t.executed for t in tables], "I": [t.score for t in tables], "J": [t.points for t in tables]}
        sums = {column: exact_sum([amount for amount in found if amount is not None]) for column, found in amounts.items()}
        for column, amount in sums.items():
            sheet.write_formula(f"{column}3", f"=SUBTOTAL(109,{column}{first}:{column}{last})", money, amount)
        sheet.write_formula("H3", '=IF(F3=0,"",G3/F3)', rate, sums["G"] / sums["F"] if sums["F"] else "")
        sheet.write_string(3, 0, "核对 (应为 0)", total)
        sheet.write_formula("K4", f'=COUNTIF(K{first}:K{last},">0.005")+COUNTIF(K{first}:K{last},"<-0.005")', total, self._unequal(tables))
        sheet.write_string("B4", "差: 总得分不等于各项之和的表数; 错误、核实、提示: 与「校验发现」的条数之差")
        for column, heading in (("M", "错误"), ("N", "核实"), ("O", "提示")):
            formula = f"=SUM({column}{first}:{column}{last})-COUNTIF('{FINDINGS}'!$C:$C,\"{heading}\")"
            sheet.write_formula(f"{column}4", formula, total, 0)

    @staticmethod
    def _unequal(tables: list[TableOutcome]) -> int:
        return sum(table.score is not None and abs(table.score - table.points) > _SAME for table in tables)


class _Statistics:
    """统计: counts beside native charts."""

    def __init__(self, book: Any, situation: Situation, look: Any) -> None:
        self._book, self._look = book, look
        tables = [table for arrival in counted(situation) for table in arrival.outcome.tables]
        named: Counter[str] = Counter()
        for arrival in counted(situation):
            named.update(arrival.outcome.tally)
        self._blocks = (
            ("执行率分布", "表数", _tally(_RATES, (_rate_band(t.execution_rate) for t in tables if t.execution_rate is not None))),
            ("得分分布", "表数", _tally(_SCORES, (_score_band(t.score) for t in tables if t.score is not None))),
            ("最常见的问题", "次数", [(_named(check), count) for check, count in named.most_common(_MOST_CHECKS)]),
        )

    def write(self) -> None:
        sheet = self._book.add_worksheet(STATISTICS)
        sheet.set_column(0, 0, 18)
        placed: list[tuple[str, int, int]] = []
        row = 0
        for title, unit, counts in self._blocks:
            sheet.write_string(row, 0, title, self._look("head"))
            sheet.write_string(row, 1, unit, self._look("head"))
            for number, (label, count) in enumerate(counts, row + 1):
                sheet.write_string(number, 0, label, self._look("text"))
                sheet.write_number(number, 1, count, self._look("text"))
            placed.append((title, row, len(counts)))
            row += max(len(counts) + 3, 18)
        for title, top, length in placed:
            self._chart(sheet, title, top, max(length, 1))
        sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)

    def _chart(self, sheet: Any, title: str, top: int, length: int) -> None:
        chart = self._book.add_chart({"type": "bar" if title == "最常见的问题" else "column"})
        chart.add_series({
            "name": title,
            "categories": [STATISTICS, top + 1, 0, top + length, 0],
            "values": [STATISTICS, top + 1, 1, top + length, 1],
            "data_labels": {"value": True},
        })  # fmt: skip
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_size({"width": 620, "height": 320})
        if title == "最常见的问题":
            chart.set_y_axis({"reverse": True})
        sheet.insert_chart(top, 3, chart)


def _named(check: str) -> str:
    """规则 and the level in words."""
    number, _, level = check.partition(" ")
    return f"{number} {LEVELS[level]}"


def _tally(bands: tuple[str, ...], found: Iterator[str]) -> list[tuple[str, int]]:
    counts = Counter(found)
    return [(band, counts[band]) for band in bands]


def _rate_band(rate: float) -> str:
    """执行率的档.

    >>> _rate_band(0.49), _rate_band(0.9), _rate_band(1.0), _rate_band(1.03)
    ('不足50%', '90%-100%', '100%', '超过100%')
    """
    if rate >= 1:
        return "100%" if rate == 1 else "超过100%"
    return _RATES[max(0, int(rate * 10) - 4)]


def _score_band(score: float) -> str:
    """得分的档.

    >>> _score_band(59.9), _score_band(94), _score_band(95), _score_band(100)
    ('60以下', '90-95', '95-100', '100')
    """
    if score < 60:
        return "60以下"
    if score >= 100:
        return "100"
    return "95-100" if score >= 95 else _SCORES[int(score / 10) - 5]
