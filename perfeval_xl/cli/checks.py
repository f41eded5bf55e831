"""命令 checks: every check with its level, basis and state under one ruleset."""

from __future__ import annotations

from perfeval_xl.cli.document import print_json
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.labels import LEVELS, MARKS
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.rulesets.loader import available, load, load_file
from perfeval_xl.rulesets.periods import rules_of
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from perfeval_xl.checks.check import Check, CrossCheck
    from perfeval_xl.core.ruleset import Rules

HELP = """
用法: perfeval-xl checks [--ruleset 编号] [--json]

列出全部审核规则: 编号、名称、在所选评分办法下的级别、依据、是否启用 (停用或放宽的写明理由)、查什么。

  --ruleset 编号    哪一套评分办法 (或一个 .toml 文件), 默认 mof-2020-10
  --json            输出一个 JSON 文档

例: perfeval-xl checks --ruleset fund-2022-65
"""
_DEFAULT = "mof-2020-10"
_OFF = "off"
_STATES = {"on": "启用", "softened": "放宽", "sharpened": "收紧", "off": "停用"}


class Listed(Record):
    """一条审核规则 as a ruleset applies it. ``status``: on, softened, sharpened or off; ``reason`` why it is not simply on."""

    id: str
    title: str
    level: str
    own_level: str
    basis: str
    status: str
    reason: str
    looks_for: str


def run(words: list[str]) -> int:
    """Always 0 for a known ruleset."""
    options = options_of(words, HELP, ("ruleset=", "json"), most=0)
    if options is None:
        return 0
    rules = _rules(options.text("ruleset", _DEFAULT))
    checks = listed(rules)
    if options.has("json"):
        print_json([{"ruleset": rules.ruleset.id, **check._asdict()} for check in checks])
    else:
        print(checks_text(checks, rules))
    return 0


def _rules(wanted: str) -> Rules:
    if not wanted.endswith(".toml") and wanted not in available():
        raise UnusableFile(f"没有评分办法「{wanted}」, 可用: {', '.join(available())}")
    try:
        return rules_of(load_file(wanted) if wanted.endswith(".toml") else load(wanted), None)
    except RulesetError as error:
        raise UnusableFile(*error.args) from error


def listed(rules: Rules) -> list[Listed]:
    """Every check of the catalogue under these rules, in its order."""
    from perfeval_xl.checks.catalogue import CHECKS, GOAL_CHECKS, WORKBOOK_CHECKS  # noqa: PLC0415 - the help needs none of them

    own = [_listed(check, rules, rules.basis(check.basis), _looks_for(check)) for check in CHECKS]
    crossed = [_listed(check, rules, check.basis, f"{check.title} ({check.occasion})") for check in (*WORKBOOK_CHECKS, *GOAL_CHECKS)]
    return sorted(own + crossed, key=lambda entry: entry.id)


def _listed(check: Check | CrossCheck, rules: Rules, basis: str, looks_for: str) -> Listed:
    level = rules.level(check.id, check.level)
    setting = rules.ruleset.checks.get(check.id)
    reason = setting.reason if setting else ""
    status = _status(check.level, level)
    return Listed(check.id, check.title, level, check.level, basis, status, reason if status != "on" else "", looks_for)


def _status(own: str, level: str) -> str:
    if level == _OFF:
        return _OFF
    if level == own:
        return "on"
    ranks = [*LEVELS]
    return "softened" if ranks.index(level) > ranks.index(own) else "sharpened"


def _looks_for(check: Check) -> str:
    """The first sentence of the check's own docstring, without the id it begins with."""
    paragraph = (check.find.__doc__ or "").strip().partition("\n\n")[0]
    words = " ".join(paragraph.split()).removeprefix(check.id).strip()
    return words.partition(". ")[0].rstrip(".") if words else check.title


def checks_text(checks: list[Listed], rules: Rules) -> str:
    """What a person reads in the terminal."""
    counts = {state: sum(check.status == state for check in checks) for state in _STATES}
    said = " · ".join(f"{_STATES[state]} {count}" for state, count in counts.items() if count)
    lines = [f"评分办法 {rules.ruleset.id} {rules.ruleset.title} · 审核规则 {len(checks)} 条: {said}"]
    for check in checks:
        level = "○停用" if check.level == _OFF else MARKS[check.level] + LEVELS[check.level]
        lines.append(f"  {check.id} {level} {check.title} · 依据: {check.basis}")
        lines.append(f"      查: {check.looks_for}")
        if check.status != "on":
            lines.append(f"      {_STATES[check.status]} (本来是{LEVELS[check.own_level]}): {check.reason}")
    return "\n".join(lines)
