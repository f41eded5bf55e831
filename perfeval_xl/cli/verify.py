"""命令 verify: what was changed in a received file since its record was made, and every check again."""

from __future__ import annotations

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.submission.record import SubmissionRecord
    from perfeval_xl.submission.verification import Verified

HELP = """
用法: perfeval-xl verify 报送件.xlsx [--ruleset 编号] [--key 公钥] [--json]

核对收到的报送件: 按单元格重新计算摘要 (另存过也不影响), 指出改动了哪些单元格, 再把全部审核规则跑一遍。

  --ruleset 编号  按这个办法审核; 不写就用报送时的办法
  --key 公钥      核对签名

例: perfeval-xl verify 某县医保局_2024_自评表_v1.xlsx
"""
_MOST_SHOWN = 30
_SIGNED = {"": "", "unsigned": "没有签名", "good": "签名正确", "bad": "签名不对: 不是这把公钥的主人签的, 或签名后被改过"}


def run(words: list[str]) -> int:
    """0 unchanged and clean, 1 changed, without a record or with open findings."""
    options = options_of(words, HELP, ("ruleset=", "key=", "json"), least=1, most=1)
    if options is None:
        return 0
    from perfeval_xl.submission.verification import GOOD, verified  # noqa: PLC0415 - the help needs none of it
    from perfeval_xl.workbook.examination import exit_code  # noqa: PLC0415

    outcome = verified(options.words[0], ruleset=options.text("ruleset"), key=options.text("key"))
    if options.has("json"):
        from perfeval_xl.cli.document import print_json  # noqa: PLC0415 - only with --json

        print_json(_document(outcome))
    else:
        print(_screen(outcome))
    is_proved = outcome.is_unchanged and outcome.signature in ("", GOOD)
    return 0 if is_proved and not exit_code(outcome.findings) else 1


def _document(outcome: Verified) -> dict[str, Any]:
    from perfeval_xl.cli.document import check_entry  # noqa: PLC0415 - only with --json

    return {
        "file": outcome.path,
        "record": _record_entry(outcome.record),
        "unchanged": outcome.is_unchanged,
        "changed": [{"sheet": c.sheet, "cell": c.cell, "was": c.was, "is": c.is_now} for c in outcome.changed],
        "remarks": list(outcome.remarks),
        "signature": outcome.signature or None,
        "findings": check_entry(outcome.examined)["findings"],
    }


def _record_entry(record: SubmissionRecord | None) -> dict[str, Any] | None:
    if record is None:
        return None
    names = ("engine", "template", "ruleset", "unit", "year", "made_at", "algorithm", "digest", "counts", "forced", "public_key")
    return {name: getattr(record, name) for name in names} | {"explanations": [said._asdict() for said in record.explanations]}


def _screen(outcome: Verified) -> str:
    from perfeval_xl.cli.check import counts_text, finding_text, shown  # noqa: PLC0415 - beside its only use

    lines = [outcome.path, *_record_lines(outcome)]
    lines += [f"✗ {remark}" for remark in outcome.remarks]
    lines = [shown(line) for line in lines]
    if outcome.is_unchanged:
        lines.append("✓ 与报送记录一致, 没有改动")
    elif outcome.record is not None and outcome.changed:
        lines.append(f"✗ 报送以后改动了 {len(outcome.changed)} 处:")
        lines += [shown(f"    {c.sheet} {c.cell}: 原为 {_said(c.was)}, 现为 {_said(c.is_now)}") for c in outcome.changed[:_MOST_SHOWN]]
        lines += [f"    …… 其余 {len(outcome.changed) - _MOST_SHOWN} 处见 --json"] if len(outcome.changed) > _MOST_SHOWN else []
    lines += [_SIGNED[outcome.signature]] if outcome.signature else []
    lines += [finding_text(finding) for finding in outcome.findings]
    return "\n".join([*lines, counts_text(outcome.findings)])


def _record_lines(outcome: Verified) -> list[str]:
    record, used = outcome.record, outcome.examined.assessments[0].rules.ruleset.id
    if record is None:
        return []
    lines = [f"  {record.unit or '未写单位'} · {record.year or '未写年度'} · 报送时间 {moment_text(record.made_at)} · 评分办法 {record.ruleset} · 工具版本 {record.engine}"]
    if used != record.ruleset:
        lines.append(f"▲ 报送时用的评分办法是 {record.ruleset}, 现在按 {used} 审核")
    return lines + ([f"▲ 带着未处理的问题报送, 理由: {record.forced}"] if record.forced else [])


def moment_text(moment: str) -> str:
    """报送时间的写法: the record's own clock, with its zone unless that is 北京时间; another text as it stands.

    >>> moment_text("2026-11-22T10:30:05+08:00"), moment_text("2026-01-02T03:04:05+06:00")
    ('2026年11月22日 10:30', '2026年1月2日 03:04 (UTC+06:00)')
    """
    from datetime import datetime, timedelta  # noqa: PLC0415 - the help needs none of it

    try:
        made = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    offset = made.utcoffset()
    zone = "" if offset in (None, timedelta(hours=8)) else f" ({made.tzname()})"
    return f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}{zone}"


def _said(text: str) -> str:
    return f"「{text}」" if text else "空"
