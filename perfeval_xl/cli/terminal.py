"""终端: the same report in colours and frames, where a person is looking; imported only then.

What is said is word for word what goes into a pipe; only its layout differs.
"""

from __future__ import annotations

import sys

from rich.console import Console, Group
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from perfeval_xl.cli.check import counts_text, finding_lines, heading_text, mark_of, unread_text
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from perfeval_xl.core.finding import Finding
    from perfeval_xl.workbook.examination import Examined

_COLOURS = {"✗": "bold red", "▲": "bold yellow", "●": "blue", "✓": "green"}


def show_report(outcome: Examined, console: Console | None = None) -> None:
    """校验报告: one panel for each table, places not read, then the counts."""
    screen = console or Console(highlight=False)
    refused = outcome.refused
    for assessment, findings in zip(outcome.assessments, outcome.findings, strict=True):
        body = _findings(findings, refused) if findings else Text("")
        screen.print(Panel(body, title=Text(heading_text(outcome, assessment)), title_align="left", border_style=_border(findings)))
    for note in outcome.unread:
        screen.print(Text(unread_text(note), style="magenta"))
    screen.print(Text(counts_text(outcome.all_findings), style="bold"))


def _findings(findings: Sequence[Finding], refused: dict[Finding, str]) -> RenderableType:
    """One row for each finding: its level in a column of its own, so that long sentences wrap beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for finding in findings:
        first, *more = finding_lines(finding, refused.get(finding, ""))
        said = Group(Text(first), *(Text(line, style="dim") for line in more))
        level = mark_of(finding)
        grid.add_row(Text(level, style=_COLOURS[level[0]]), Text(finding.check, style="bold"), said)
    return grid


def _border(findings: Sequence[Finding]) -> str:
    marks = {mark_of(finding)[0] for finding in findings}
    return next((colour.split()[-1] for mark, colour in _COLOURS.items() if mark in marks), "green")


def show_sheet(opening: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]], closing: Sequence[str], console: Console | None = None) -> None:
    """一张表 between its opening and closing lines; a column of numbers stands right."""
    screen = console or Console(highlight=False)
    for number, line in enumerate(opening):
        screen.print(Text(line, style="" if number else "bold"))
    table = Table(header_style="bold", show_lines=False)
    for place, heading in enumerate(headings):
        is_number = all(row[place] == "人工" or row[place][:1] in "+-0123456789—" for row in rows)
        table.add_column(Text(heading), justify="right" if is_number and place else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    screen.print(table)
    for line in closing:
        screen.print(Text(line, style="bold"))


def followed(paths: Sequence[str]) -> Iterator[str]:
    """逐个文件, with a bar on the error stream."""
    columns = TextColumn("校验"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("", total=len(paths))
        for path in paths:
            progress.update(task, description=path)
            yield path
            progress.advance(task)
