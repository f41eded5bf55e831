"""命令 check: every check on one or more workbooks."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.finding import EXPLAIN, EXPLAINED, Finding, level_counts
from perfeval_xl.core.labels import KINDS, LEVELS, MARKS
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.examination import Examined, examined, exit_code
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from perfeval_xl.cli.options import Options
    from perfeval_xl.cli.report_check import ReportOutcome
    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Unread

HELP = """
用法: perfeval-xl check 文件… [--report 报告] [--ruleset 编号] [--goals 绩效目标表] [--layout 版面] [--json] [--write [-o 新文件]] [--html 网页]

校验自评表, 逐条列出问题所在的单元格、怎么改和依据。不会改动原文件。

  --ruleset 编号    用哪一套评分办法 (或一个 .toml 文件); 不写时按表内写明的或表的种类
  --goals 文件      与批复的绩效目标表对照: 指标、指标值、分值有没有变
  --layout 版面     照 layout show 写出、改正过的版面读表
  --report 报告     校验自评报告 (.docx .txt .md, 带文字的 .pdf): 文中的数与金额、前后文、自评表是否一致; 可以不带文件单独用
  --json            输出一个 JSON 文档
  --write           把「校验结果」写进副本, 默认名为 原名_校验 (已有时加序号); Word 报告的副本带批注
  -o 新文件         副本写到哪里
  --returned 退回单 上级退回的 .xlsx: 哪几项已经改好, 没改好的在哪个单元格
  --html 网页       把全部文件的结果写成一个网页, 可在手机上看、打印、转发

例: perfeval-xl check 自评表.xlsx
    perfeval-xl check 自评表.xlsx --write
    perfeval-xl check 自评表.xlsx --report 自评报告.docx
    perfeval-xl check 收到/*.xlsx --html 校验结果.html
"""
_MANY = 3       # files from which on a bar says how far it has come


def run(words: list[str]) -> int:
    """Exit code 0, 1 or 2; one unusable file among several stays in the result, exit code 2."""
    alone = int(not any(word.partition("=")[0] == "--report" for word in words))
    options = options_of(words, HELP, ("ruleset=", "goals=", "layout=", "report=", "json", "write", "output=", "html=", "returned="), least=alone)
    if options is None:
        return 0
    output = options.text("output")
    _demand_one_file(options)
    asked = (options.text("ruleset"), options.text("goals"), options.text("layout"))
    outcomes = [_outcome(path, *asked) for path in _followed(options.words, quiet=options.has("json"))]
    quiet = options.has("json")
    report = _report(options, outcomes) if options.has("report") else None
    if options.has("html"):
        _write_page(outcomes, options.text("html"))
    if quiet and report is None:
        _print_json(outcomes, options.text("returned"))
    for path, outcome in outcomes:
        if isinstance(outcome, str):
            print(shown_lines(outcome), file=sys.stderr)
            continue
        if not quiet:
            _show(outcome, options.text("returned"))
        if options.has("write") and report is None:
            _write(outcome, path, output, quiet=quiet)
    if options.has("html") and not quiet:
        print(f"网页已写入: {options.text('html')}")
    return max([*(_code(outcome) for _, outcome in outcomes), _finished(report, options) if report is not None else 0])


def _demand_one_file(options: Options) -> None:
    """What is said of one file cannot be said of several."""
    if options.text("output") and (len(options.words) > 1 or not options.has("write")):
        raise UnusableFile("-o 只能和一个文件、--write 一起用")
    if options.has("returned") and len(options.words) != 1:
        raise UnusableFile("--returned 只能和一个文件一起用")


def _report(options: Options, outcomes: list[tuple[str, Examined | str]]) -> ReportOutcome:
    from perfeval_xl.cli.report_check import ReportOutcome  # noqa: PLC0415 - only with --report

    return ReportOutcome(options.text("report"), outcomes)


def _finished(report: ReportOutcome, options: Options) -> int:
    """Say and write what was found in the report; its exit code."""
    from perfeval_xl.cli.report_check import print_document, show_report, write_copies  # noqa: PLC0415 - only with --report

    if options.has("json"):
        print_document(report)
    else:
        show_report(report)
    if options.has("write"):
        write_copies(report, options.text("output"), quiet=options.has("json"))
    return report.code


def _code(outcome: Examined | str) -> int:
    return 2 if isinstance(outcome, str) else exit_code(outcome.all_findings)


def _outcome(path: str, ruleset: str, goals: str, layout: str) -> tuple[str, Examined | str]:
    try:
        return path, examined(path, ruleset, goals, layout)
    except UnusableFile as reason:
        return path, _sentences(path, reason)


def _sentences(path: str, reason: UnusableFile) -> str:
    """One line each, the first with the file; a line break inside one comes from a cell or a name."""
    named = reason.args if path in str(reason) else (f"{path}: {reason.args[0]}", *reason.args[1:])
    return "\n".join(" ".join(sentence.splitlines()) for sentence in named)


def _print_json(outcomes: list[tuple[str, Examined | str]], slip: str = "") -> None:
    from perfeval_xl.cli.document import check_entry, print_json, unusable_entry  # noqa: PLC0415 - only with --json

    entries = [unusable_entry(path, o) if isinstance(o, str) else check_entry(o) for path, o in outcomes]
    if not slip:
        print_json({"files": entries})
        return
    from perfeval_xl.cli.returned import returned_entries  # noqa: PLC0415 - only with --returned

    known = (returned_entries(slip, outcome) for _, outcome in outcomes if not isinstance(outcome, str))
    print_json({"files": entries, "returned": next(known, [])})


def _write(outcome: Examined, path: str, given: str, *, quiet: bool) -> None:
    from perfeval_xl.cli.copy_name import copy_name  # noqa: PLC0415 - only with --write
    from perfeval_xl.workbook.results.result_sheet import write_results  # noqa: PLC0415 - only with --write

    target = copy_name(path, given)
    write_results(outcome, target)
    if not quiet:
        print(f"校验结果已写入: {target}")


def _write_page(outcomes: list[tuple[str, Examined | str]], path: str) -> None:
    from perfeval_xl.workbook.results.page import write_page  # noqa: PLC0415 - only with --html

    write_page(path, outcomes)


def _followed(paths: list[str], *, quiet: bool) -> Iterable[str]:
    if quiet or len(paths) < _MANY or not is_terminal(sys.stderr):
        return paths
    from perfeval_xl.cli.terminal import followed  # noqa: PLC0415 - rich only where a person is looking

    return followed(paths)


def _show(outcome: Examined, slip: str = "") -> None:
    if is_terminal(sys.stdout):
        from perfeval_xl.cli.terminal import show_report  # noqa: PLC0415 - rich only where a person is looking

        show_report(outcome)
    else:
        print(report_text(outcome))
    if slip:
        from perfeval_xl.cli.returned import returned_text  # noqa: PLC0415 - only with --returned

        print(returned_text(slip, outcome))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is looking at what is written there."""
    return stream is not None and stream.isatty()


def report_text(outcome: Examined) -> str:
    """What goes into a pipe, and word for word what the terminal shows."""
    lines = []
    refused = outcome.refused
    for assessment, findings in zip(outcome.assessments, outcome.findings, strict=True):
        lines.append(heading_text(outcome, assessment))
        lines += [finding_text(finding, refused.get(finding, "")) for finding in findings]
    lines += [f"  {unread_text(note)}" for note in outcome.unread]
    lines.append(counts_text(outcome.all_findings))
    return "\n".join(lines)


def heading_text(outcome: Examined, assessment: Assessment) -> str:
    """文件 · 工作表 · 年度和种类 · 评分办法, 总分 等级."""
    table, total = assessment.table, assessment.computed_total
    year = f"{table.heading.year}年 " if table.heading.year else ""
    said = "" if total is None else f", 总分 {total:g} {assessment.grade}"
    return shown(f"{outcome.path} · {table.sheet} · {year}{KINDS[table.kind]} · 评分办法 {assessment.rules.ruleset.id}{said}")


def shown(text: str) -> str:
    r"""在终端里显示的文字: no control character of a cell or a file name reaches the terminal.

    >>> shown("甲\x1b[31m乙\n丙")
    '甲�[31m乙 丙'
    """
    if text.isprintable():
        return text
    return "".join(" " if mark in "\n\r\t" else mark if mark.isprintable() or mark in "\u3000\xa0" else "\ufffd" for mark in text)


def shown_lines(text: str) -> str:
    r"""在终端里显示的几句话: the line breaks between them are ours.

    >>> shown_lines("甲\x1b乙\n丙").splitlines()
    ['甲�乙', '丙']
    """
    return "\n".join(map(shown, text.split("\n")))


def unread_text(note: Unread) -> str:
    """One place that was not read."""
    return shown(f"? {note.sheet} {note.cell} {note.reason}".replace("  ", " "))


def finding_text(finding: Finding, refused: str = "") -> str:
    """One finding on two lines, with what follows from it."""
    first, *more = finding_lines(finding, refused)
    return "\n      ".join([f"  {mark_of(finding)} {finding.check} {first}", *more])


def mark_of(finding: Finding) -> str:
    """级别 with its mark; ✓ once a question is explained."""
    mark = "✓" if finding.level == EXPLAIN and finding.explanation else MARKS[finding.level]
    return mark + LEVELS[finding.level]


def finding_lines(finding: Finding, refused: str = "") -> list[str]:
    """What is wrong and how to mend it, the basis, what goes away with it; ``refused``: why its 出错说明 does not count."""
    lines = [finding.message, f"依据: {finding.basis}"]
    if refused:
        lines.append(f"出错说明没有采纳: {refused}")
    if finding.consequences:
        lines.append(f"改好后一并消除: {', '.join(f'{far.check} {far.cell}' for far in finding.consequences)}")
    return [shown(line) for line in lines]


def counts_text(findings: list[Finding]) -> str:
    """错误 0 · 核实 1 · 提示 2, and 已说明 where there is something to count."""
    counts = level_counts(findings)
    explained = f" · 已说明 {counts[EXPLAINED]}" if counts[EXPLAINED] else ""
    return " · ".join(f"{words} {counts[level]}" for level, words in LEVELS.items()) + explained
