"""命令 score: rates, deviations, scores, total and grade, without Excel."""

from __future__ import annotations

import sys

from perfeval_xl.cli.check import is_terminal, shown
from perfeval_xl.cli.document import print_json, score_document
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.labels import KINDS
from perfeval_xl.core.number import percent, plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.examination import examined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.assessment import Assessment, FundResult, IndicatorResult
    from perfeval_xl.core.table import Value

HELP = """
用法: perfeval-xl score 文件 [--ruleset 编号] [--layout 版面] [--json]

不用 Excel 计算自评表: 执行率、完成率、偏差、各项得分、总分和等级。
「算出」是按评分办法计算的得分, 由人评定的写「人工」; 「填报」是表上写的, 与算出的不同用 ≠ 标出。
某一格怎样算出来的, 用 perfeval-xl why 看。

例: perfeval-xl score 自评表.xlsx
"""
HEADINGS = ("指标", "分值", "指标值", "完成值", "完成率", "偏差", "算出", "填报")
_NONE, _BY_PEOPLE = "—", "人工"


class Scoring(Record):
    """一张表的计算结果 as lines and rows of text, the same for a terminal and a pipe."""

    opening: list[str]
    rows: list[tuple[str, ...]]
    closing: list[str]


def run(words: list[str]) -> int:
    """Always 0 once the file could be read."""
    options = options_of(words, HELP, ("ruleset=", "layout=", "json"), least=1, most=1)
    if options is None:
        return 0
    result = examined(options.words[0], options.text("ruleset"), layout=options.text("layout"))
    if options.has("json"):
        print_json(score_document(result))
        return 0
    if not is_terminal(sys.stdout):
        print("\n\n".join(score_text(assessment) for assessment in result.assessments))
        return 0
    from perfeval_xl.cli.terminal import show_sheet  # noqa: PLC0415 - rich only where a person is looking

    for assessment in result.assessments:
        scoring = scoring_of(assessment)
        show_sheet(scoring.opening, HEADINGS, scoring.rows, scoring.closing)
    return 0


def scoring_of(assessment: Assessment) -> Scoring:
    """The whole computation of one table as texts."""
    table = assessment.table
    opening = [f"{table.sheet} · {KINDS[table.kind]} · 评分办法 {assessment.rules.ruleset.id}"]
    opening += [f"  {_fund_line(fund)}" for fund in assessment.funds if fund.execution_rate is not None]
    total, written = assessment.computed_total, table.total_score
    said = "总分 " + ("还不能计算, 有指标没有得分" if total is None else f"{plain(total)} {assessment.grade}".strip())
    if written.typed and written.number is not None:
        said += f", 表上填报 {plain(written.number)}{'' if total is None or abs(total - written.number) < 0.005 else ' ≠'}"
    rows = [_row(result) for result in assessment.indicators]
    return Scoring([shown(line) for line in opening], rows, [said])


def _fund_line(result: FundResult) -> str:
    fund = result.fund
    line = f"{fund.label.text.strip().rstrip(':：')} 执行率 {percent(result.execution_rate or 0.0)}"
    full = fund.full_marks.number
    if result.score is None or full is None:
        return line
    return f"{line}, 得分 {plain(result.score)} / {plain(full)}"


def _row(result: IndicatorResult) -> tuple[str, ...]:
    indicator, rate = result.indicator, result.completion_rate
    cells = (
        indicator.name.strip() or "(未写名称的指标)", _number(indicator.weight.number), _text(indicator.target), _text(indicator.actual),
        _NONE if rate is None else percent(rate), _deviation(result), _computed(result), _written(result),
    )  # fmt: skip
    return tuple(shown(cell) for cell in cells)


def _text(value: Value) -> str:
    return " ".join(value.text.split()) or _NONE


def _number(value: float | None) -> str:
    return _NONE if value is None else plain(value)


def _deviation(result: IndicatorResult) -> str:
    if result.deviation_points is not None:
        return f"{plain(result.deviation_points, 4)} 个百分点"
    return _NONE if result.deviation_rate is None else percent(result.deviation_rate)


def _computed(result: IndicatorResult) -> str:
    return _BY_PEOPLE if result.rule.is_judged or not result.stands_alone else _number(result.computed_score)


def _written(result: IndicatorResult) -> str:
    written, computed = result.indicator.written_score, result.computed_score
    if not written.typed:
        return _NONE
    differs = written.number is not None and computed is not None and abs(written.number - computed) >= 0.005
    return " ".join(written.text.split()) + (" ≠" if differs else "")


def score_text(assessment: Assessment) -> str:
    """What goes into a pipe, and word for word what the terminal shows."""
    scoring = scoring_of(assessment)
    return "\n".join([*scoring.opening, *aligned([HEADINGS, *scoring.rows]), *scoring.closing])


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """行列对齐: every column as wide as its widest cell; a Chinese character takes two places.

    >>> aligned([("指标", "分值"), ("a", "5")])
    ['  指标  分值', '  a     5']
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [f"  {line}".rstrip() for line in lines]


def _width(text: str) -> int:
    from unicodedata import east_asian_width  # noqa: PLC0415 - not needed for --json

    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in text)
