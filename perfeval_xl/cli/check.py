"""命令 check: every check on one or more workbooks."""

from __future__ import annotations

import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.finding import EXPLAIN, Finding
from perfeval_xl.core.labels import KINDS, LEVELS, MARKS
from perfeval_xl.workbook.examination import Examined, examined, exit_code
from perfeval_xl.workbook.grid import UnusableFile

HELP = """
用法: perfeval-xl check 文件… [--ruleset 编号] [--json] [--write [-o 新文件]]

校验自评表, 逐条列出问题所在的单元格、怎么改和依据。不会改动原文件。

  --ruleset 编号    用哪一套评分办法 (或一个 .toml 文件); 不写时按表内写明的或表的种类
  --json            输出一个 JSON 文档
  --write           把「校验结果」写进副本, 默认名为 原名_校验
  -o 新文件         副本写到哪里

例: perfeval-xl check 自评表.xlsx
    perfeval-xl check 自评表.xlsx --write
"""


def run(words: list[str]) -> int:
    """Exit code 0, 1 or 2; one unusable file among several stays in the result, exit code 2."""
    options = options_of(words, HELP, ("ruleset=", "json", "write", "output="), least=1)
    if options is None:
        return 0
    output = options.text("output")
    if output and (len(options.words) > 1 or not options.has("write")):
        raise UnusableFile("-o 只能和一个文件、--write 一起用")
    outcomes = [_outcome(path, options.text("ruleset")) for path in options.words]
    if options.has("json"):
        _print_json(outcomes)
    for path, outcome in outcomes:
        if isinstance(outcome, str):
            print(outcome, file=sys.stderr)
        elif not options.has("json"):
            print(report_text(outcome))
        if options.has("write") and not isinstance(outcome, str):
            _write(outcome, output or path, given=bool(output), quiet=options.has("json"))
    if any(isinstance(outcome, str) for _, outcome in outcomes):
        return 2
    return max(exit_code(outcome.all_findings) for _, outcome in outcomes if not isinstance(outcome, str))


def _outcome(path: str, ruleset: str) -> tuple[str, Examined | str]:
    try:
        return path, examined(path, ruleset)
    except UnusableFile as reason:
        text = str(reason)
        return path, text if path in text else f"{path}: {text}"


def _print_json(outcomes: list[tuple[str, Examined | str]]) -> None:
    from perfeval_xl.cli.document import check_entry, print_json, unusable_entry  # noqa: PLC0415 - only with --json

    entries = [unusable_entry(path, o) if isinstance(o, str) else check_entry(o) for path, o in outcomes]
    print_json({"files": entries})


def _write(outcome: Examined, path: str, *, given: bool, quiet: bool) -> None:
    from perfeval_xl.workbook.results.result_sheet import write_results  # noqa: PLC0415 - only with --write

    stem, dot, suffix = path.rpartition(".")
    target = path if given else f"{stem}_校验{dot}{suffix}"
    write_results(outcome, target)
    if not quiet:
        print(f"校验结果已写入: {target}")


def report_text(outcome: Examined) -> str:
    """What a person reads in the terminal."""
    lines = []
    for assessment, findings in zip(outcome.assessments, outcome.findings, strict=True):
        table = assessment.table
        year = f"{table.heading.year}年 " if table.heading.year else ""
        total = assessment.computed_total
        said = "" if total is None else f", 总分 {total:g} {assessment.grade}"
        lines.append(f"{outcome.path} · {table.sheet} · {year}{KINDS[table.kind]} · 评分办法 {assessment.rules.ruleset.id}{said}")
        lines += [finding_text(finding) for finding in findings]
    lines += [f"  ? {note.sheet} {note.cell} {note.reason}".replace("  ", " ") for note in outcome.unread]
    lines.append(counts_text(outcome.all_findings))
    return "\n".join(lines)


def finding_text(finding: Finding) -> str:
    """One finding on two lines, with what follows from it."""
    mark = "✓" if finding.level == EXPLAIN and finding.explanation else MARKS[finding.level]
    text = f"  {mark}{LEVELS[finding.level]} {finding.check} {finding.message}\n      依据: {finding.basis}"
    if finding.consequences:
        text += f"\n      改好后一并消除: {', '.join(f'{far.check} {far.cell}' for far in finding.consequences)}"
    return text


def counts_text(findings: list[Finding]) -> str:
    """错误 0 · 核实 1 · 提示 2."""
    counts = {level: sum(finding.level == level for finding in findings) for level in LEVELS}
    return " · ".join(f"{LEVELS[level]} {count}" for level, count in counts.items())
