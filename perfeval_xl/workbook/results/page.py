"""校验结果网页: the findings of one or many files as one page that needs nothing but itself.

It is read on a phone, printed on A4 and mailed on; it asks for no script, no font and no address, and every text from a
workbook is escaped and kept inside its own cell.
"""

from __future__ import annotations

import os
import re
from html import escape

from perfeval_xl.core.finding import ERROR, EXPLAIN, HINT, LEVELS, Finding
from perfeval_xl.core.labels import KINDS, MARKS
from perfeval_xl.core.labels import LEVELS as LEVEL_NAMES
from perfeval_xl.core.number import plain
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.workbook.examination import Examined, exit_code
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_output import write_bytes
from perfeval_xl.workbook.results.page_style import HEADINGS, STYLE
from perfeval_xl.workbook.results.result_rows import stale_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.core.table import Unread
    from perfeval_xl.workbook.results.explanations import Explained

Outcome = tuple[str, Examined | str]    # a path with what was found, or with why the file cannot be used
_ENDINGS = (".html", ".htm")
_MOST_TEXT = 2000
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class Counts(Record):
    """各级条数; the explained ones apart."""

    error: int = 0
    explain: int = 0
    hint: int = 0
    explained: int = 0

    @property
    def text(self) -> str:
        named = zip(LEVELS, (self.error, self.explain, self.hint), strict=True)
        parts = [f"{MARKS[level]}{LEVEL_NAMES[level]} {count} 条" for level, count in named]
        return " · ".join([*parts, f"✓已说明 {self.explained} 条"])


def write_page(path: str, outcomes: Sequence[Outcome]) -> None:
    """写出网页, whole or not at all; the files it speaks of are never written over.

    Raises UnusableFile with one sentence for a name that is no web page's, for an input, and where nothing can be written.
    """
    if not path.lower().endswith(_ENDINGS):
        raise UnusableFile(f"{path}: 网页的文件名应以 .html 结尾, 例如 校验结果.html")
    if os.path.exists(path) and any(os.path.exists(name) and os.path.samefile(name, path) for name, _ in outcomes):  # noqa: PTH110, PTH121
        raise UnusableFile(f"{path}: 这是要校验的文件, 不能用网页覆盖, 请换一个文件名")
    write_bytes(path, page(outcomes).encode("utf-8"))


def page(outcomes: Sequence[Outcome]) -> str:
    """网页的全文: counts on top, then each file with its tables."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>绩效自评表校验结果</title><style>{STYLE}</style></head><body>",
        *_overview(outcomes),
    ]
    for number, (path, outcome) in enumerate(outcomes, 1):
        parts += _unusable(number, path, outcome) if isinstance(outcome, str) else _file(number, path, outcome)
    return "\n".join([*parts, "</body></html>", ""])


def safe(text: object) -> str:
    """转义后的文字: no tag, no control character, none of the marks that turn the writing direction; very long ones are cut.

    >>> safe('<script>alert("1")</script>'), safe("甲" * 3000)[-12:]
    ('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;', '甲…(共 3000 字)')
    """
    whole = str(text)
    shown = whole if len(whole) <= _MOST_TEXT else f"{whole[:_MOST_TEXT]}…(共 {len(whole)} 字)"
    return escape(_HARMFUL.sub("�", shown))


def counts_of(findings: Sequence[Finding]) -> Counts:
    """Counts by level; an explained question is counted as explained alone."""
    explained = sum(finding.level == EXPLAIN and bool(finding.explanation) for finding in findings)
    error, explain, hint = (sum(finding.level == level for finding in findings) for level in (ERROR, EXPLAIN, HINT))
    return Counts(error, explain - explained, hint, explained)


def _overview(outcomes: Sequence[Outcome]) -> Iterator[str]:
    usable = [outcome for _, outcome in outcomes if not isinstance(outcome, str)]
    findings = [finding for outcome in usable for finding in outcome.all_findings]
    broken = len(outcomes) - len(usable)
    yield "<header><h1>绩效自评表校验结果</h1>"
    yield f'<p class="counts">{counts_of(findings).text}</p>'
    waiting = sum(bool(exit_code(outcome.all_findings)) for outcome in usable)
    yield f"<p>共 {len(outcomes)} 个文件: 可以报送 {len(usable) - waiting} 个, 须处理 {waiting} 个, 不能使用 {broken} 个。</p>"
    if len(outcomes) > 1:
        yield '<table class="files"><thead><tr><th>文件</th><th>结论</th><th>错误</th><th>核实</th><th>提示</th><th>已说明</th></tr></thead><tbody>'
        yield from (_file_line(number, path, outcome) for number, (path, outcome) in enumerate(outcomes, 1))
        yield "</tbody></table>"
    yield "</header>"


def _file_line(number: int, path: str, outcome: Examined | str) -> str:
    link = f'<td><a href="#file{number}">{safe(path)}</a></td>'
    if isinstance(outcome, str):
        return f'<tr>{link}<td class="error">✗不能使用</td><td>—</td><td>—</td><td>—</td><td>—</td></tr>'
    counts = "".join(f"<td>{count}</td>" for count in counts_of(outcome.all_findings))
    return f"<tr>{link}{_verdict(outcome, 'td')}{counts}</tr>"


def _verdict(outcome: Examined, tag: str) -> str:
    if exit_code(outcome.all_findings):
        return f'<{tag} class="error">✗须处理</{tag}>'
    return f'<{tag} class="done">✓可以报送</{tag}>'


def _unusable(number: int, path: str, reason: str) -> Iterator[str]:
    yield f'<section id="file{number}"><h2>{safe(path)}</h2><p class="error">✗不能使用: {safe(reason)}</p></section>'


def _file(number: int, path: str, outcome: Examined) -> Iterator[str]:
    yield f'<section id="file{number}"><h2>{safe(path)}</h2>'
    yield f'<p class="counts">{_verdict(outcome, "strong")} · {counts_of(outcome.all_findings).text}</p>'
    left = iter(outcome.explained)
    for assessment, findings in zip(outcome.assessments, outcome.findings, strict=True):
        yield from _table(assessment, [next(left) for _ in findings])
    yield from _remaining(list(left))
    yield from _unread(outcome.unread)
    yield "</section>"


def _table(assessment: Assessment, items: list[Explained]) -> Iterator[str]:
    table, total = assessment.table, assessment.computed_total
    year = f"{table.heading.year}年 " if table.heading.year else ""
    said = "" if total is None else f" · 算出总分 {plain(total)} {assessment.grade}"
    yield f"<h3>{safe(table.sheet)}</h3>"
    who = table.heading.unit.text or table.heading.name.text
    yield f'<p class="about">{safe(who)}{" · " if who else ""}{year}{KINDS[table.kind]} · 评分办法 {safe(assessment.rules.ruleset.id)}{safe(said)}</p>'
    if not items:
        yield '<p class="done">✓没有发现问题</p>'
        return
    head = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    yield f'<table class="findings"><thead><tr>{head}</tr></thead><tbody>'
    for number, item in enumerate(items, 1):
        if item.finding is not None:
            yield _row(number, item, item.finding)
    yield "</tbody></table>"


def _row(number: int, item: Explained, finding: Finding) -> str:
    settled = finding.level == EXPLAIN and bool(finding.explanation)
    level = f'<td class="{finding.level}">{MARKS[finding.level]}{LEVEL_NAMES[finding.level]}</td>'
    texts = (finding.check, _where(finding), finding.item, finding.message, finding.written, finding.expected)
    cells = "".join(f"<td>{safe(text)}</td>" for text in texts)
    stale = f"<br><small>{safe(stale_note(item.typed, item.problem))}</small>" if item.problem else ""
    mend = f"{finding.cell}: {finding.fix}" if finding.cell else finding.fix
    fix = f"<td>{safe(mend)}{_consequences(finding)}{stale}</td><td>{safe(finding.basis)}</td>"
    said = f"{safe(item.typed)}<br>" if item.typed else ""
    status = f'<td>{said}<span class="{"done" if settled else "status"}">{"✓" if settled else ""}{safe(item.status)}</span></td>'
    return f"<tr><td>{number}</td>{level}{cells}{fix}{status}</tr>"


def _where(finding: Finding) -> str:
    """The cell, or the paragraph of a report."""
    if finding.place is None:
        return f"{finding.sheet} {finding.cell}"
    return f"第 {finding.place[0]} 段「{finding.place[1]}」"


def _consequences(finding: Finding) -> str:
    if not finding.consequences:
        return ""
    named = "、".join(safe(f"{far.check} {far.cell}") for far in finding.consequences)
    return f"<br><small>改好后一并消除: {named}</small>"


def _remaining(items: list[Explained]) -> Iterator[str]:
    if items:
        lines = "".join(f"<li>{safe(item.check)} {safe(item.place)}: {safe(item.typed)}</li>" for item in items)
        yield f"<h3>问题已消除的出错说明</h3><ul>{lines}</ul>"


def _unread(notes: Sequence[Unread]) -> Iterator[str]:
    if notes:
        lines = "".join(f"<li>? {safe(f'{note.sheet} {note.cell}'.strip())} {safe(note.reason)}</li>" for note in notes)
        yield f"<h3>没有读懂的地方 ({len(notes)} 处)</h3><ul>{lines}</ul>"
