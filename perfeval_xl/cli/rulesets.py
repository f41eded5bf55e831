"""命令 rulesets: the official rules the tool knows, what they rest on, and what differs between them."""

from __future__ import annotations

from perfeval_xl.cli.document import print_json
from perfeval_xl.cli.options import options_of
from perfeval_xl.core.labels import KINDS, LEVELS
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.core.ruleset import UNVERIFIED
from perfeval_xl.rulesets.difference import difference_text, differences, value_text
from perfeval_xl.rulesets.loader import available, default_for
from perfeval_xl.rulesets.periods import last_day, years_in_force
from perfeval_xl.rulesets.reading import edition, edition_below, edition_file, shipped_path
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.ruleset import Day, Sourced
    from perfeval_xl.rulesets.edition import Document, Edition

HELP = """
用法: perfeval-xl rulesets [编号或文件.toml] [--json]

列出自带的评分办法: 适用的表、有效年度、依据的文件 (文号、发文机关、是否核对过原文)、与上级办法的不同。
写编号时逐项列出规定的值、起止日期、条款和依据; 写自己的 .toml 文件时先检查它, 有错逐条说明, 退出码 2。

  --json    输出一个 JSON 文档

例: perfeval-xl rulesets
    perfeval-xl rulesets mof-2020-10
    perfeval-xl rulesets 我局办法.toml
"""
_CHECK_LEVELS = {**LEVELS, "off": "不查"}


def run(words: list[str]) -> int:
    """0; 2 with one sentence per mistake for an unknown id or a file that is no ruleset."""
    options = options_of(words, HELP, ("json",), most=1)
    if options is None:
        return 0
    wanted = options.words[0] if options.words else ""
    try:
        found = [_found(wanted)] if wanted else [_found(ruleset_id) for ruleset_id in available()]
    except RulesetError as error:
        raise UnusableFile(*error.args) from error
    if options.has("json"):
        entries = [_entry(*pair, whole=bool(wanted)) for pair in found]
        print_json(entries[0] if wanted else entries)
    else:
        print("\n\n".join(_text(*pair, whole=bool(wanted)) for pair in found))
    return 0


def _found(wanted: str) -> tuple[Edition, Edition | None]:
    """The edition of that id or file, and the one below it."""
    if wanted in available():
        return edition(wanted), edition_below(edition(wanted), shipped_path(wanted))
    if not wanted.lower().endswith(".toml"):
        raise UnusableFile(f"没有评分办法「{wanted}」, 可用: {', '.join(available())}; 自己的办法请写文件名, 以 .toml 结尾")
    own = edition_file(wanted)
    return own, edition_below(own, wanted)


def _text(found: Edition, below: Edition | None, *, whole: bool) -> str:
    ruleset = found.ruleset
    lines = [f"{ruleset.id}  {ruleset.title}", f"    适用: {_names(ruleset.kinds)}; {_years_text(found)}"]
    defaults = _default_kinds(ruleset.id)
    lines += [f"    没有指定办法时用于: {_names(defaults)}"] if defaults else []
    lines += [] if ruleset.complete else ["    分值没有规定全, 不核对各类分值的合计"]
    lines += [f"    文件: {_document_text(document)}" for document in found.documents if whole or not below or document not in below.documents]
    if below is not None:
        said = [difference_text(each) for each in differences(found, below)] + _check_texts(found, below)
        lines.append(f"    以 {below.ruleset.id} 为底, 不同: {'; '.join(said) or '没有'}")
    if whole:
        lines += ["规定:", *(line for name in ruleset.items for line in _item_lines(found, name))]
        lines += ["审核规则:"] if ruleset.checks else []
        lines += [f"    {check} {_CHECK_LEVELS[setting.level]}: {setting.reason}" for check, setting in ruleset.checks.items()]
    return "\n".join(lines)


def _check_texts(found: Edition, below: Edition) -> list[str]:
    checks = found.ruleset.checks
    return [f"{name} {_CHECK_LEVELS[checks[name].level]}" for name in checks if checks[name] != below.ruleset.checks.get(name)]


def _item_lines(found: Edition, name: str) -> list[str]:
    lines = []
    for sourced in found.ruleset.items[name]:
        until = f" 至 {_day_text(last_day(sourced))}" if sourced.until else ""
        value = value_text(name, sourced.value)
        lines.append(f"    {name}  {found.labels[name]}: {value}  ({_day_text(sourced.since)} 起{until}; {sourced.basis})")
        lines += [f"        {sourced.note}"] if sourced.note else []
    return lines


def _document_text(document: Document) -> str:
    """The title of a document that nobody saw is only a description, so it stands without 《》."""
    issuer = "发文机关待核" if document.issued_by == UNVERIFIED else document.issued_by
    title = document.title if UNVERIFIED in document.number else f"《{document.title}》"
    return f"{document.number} {title} {issuer}; {'已核对原文' if document.is_verified else '原文待核'}"


def _names(kinds: tuple[str, ...]) -> str:
    return "、".join(KINDS[kind] for kind in kinds)


def _years_text(found: Edition) -> str:
    first, last = years_in_force(found.ruleset)
    if last is None:
        return f"{first} 年度起"
    if last < first:
        return "没有一个年度的 12 月 31 日有效, 不能用于任何表"
    return f"{first} 年度" if first == last else f"{first} 到 {last} 年度"


def _default_kinds(ruleset_id: str) -> tuple[str, ...]:
    return tuple(kind for kind in KINDS if default_for(kind, None) == ruleset_id)


def _day_text(day: Day | None) -> str:
    return "{:04d}-{:02d}-{:02d}".format(*day) if day else UNVERIFIED


def _entry(found: Edition, below: Edition | None, *, whole: bool) -> dict[str, Any]:
    """One ruleset of ``--json``; ``items`` only where one was asked for."""
    ruleset = found.ruleset
    first, last = years_in_force(ruleset)
    items = {"items": [_item_entry(found, below, name, each) for name, history in ruleset.items.items() for each in history]}
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "kinds": list(ruleset.kinds),
        "default_for": list(_default_kinds(ruleset.id)),
        "complete": ruleset.complete,
        "first_year": first,
        "last_year": last,
        "based_on": ruleset.based_on or None,
        "differs": [each._asdict() for each in differences(found, below)],
        "documents": [_document_entry(document) for document in found.documents],
        "checks": [{"id": name, "level": setting.level, "reason": setting.reason} for name, setting in ruleset.checks.items()],
        **(items if whole else {}),
    }


def _item_entry(found: Edition, below: Edition | None, name: str, sourced: Sourced) -> dict[str, Any]:
    last = last_day(sourced)
    return {
        "name": name,
        "label": found.labels[name],
        "value": sourced.value,
        "text": value_text(name, sourced.value),
        "from": _day_text(sourced.since),
        "to": _day_text(last) if last else None,
        "document": sourced.document,
        "article": sourced.article,
        "basis": sourced.basis,
        "note": sourced.note or None,
        "inherited": below is not None and sourced in below.ruleset.items.get(name, ()),
    }


def _document_entry(document: Document) -> dict[str, Any]:
    return {
        "number": document.number,
        "title": document.title,
        "issued_by": document.issued_by,
        "issued_on": _day_text(document.issued_on),
        "in_force_from": _day_text(document.in_force_from),
        "seen": document.seen,
        "verified": document.is_verified,
        "url": document.url or None,
    }
