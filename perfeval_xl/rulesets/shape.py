"""写法: whether a ruleset file is written as the format wants it; every mistake a sentence, never an exception.

The file is TOML. At the top ``id``, ``title``, ``kinds``, ``complete`` and ``based_on``; then ``[[document]]``
(what is cited), ``[[item]]`` (what is regulated, with dated and sourced ``values``; ``to`` is the last day in
force) and ``[[check]]`` (a check made softer, sharper or switched off, with the reason).
"""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.rule import Rule, parse_rule
from perfeval_xl.core.ruleset import UNVERIFIED
from perfeval_xl.rulesets.items import CHECK_RANGES, ITEM_NAMES, RULE, WHOLE, Item, is_check, item_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

KINDS = ("fund", "transfer", "department", "project")
LEVELS = ("error", "explain", "hint", "off")


class Key(Record):
    """一个键: which values fit it, and how its line is written."""

    fits: Callable[[Any], bool]
    line: str
    required: bool = True


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_text_or_number(value: object) -> bool:
    return _is_text(value) or _is_number(value)


def _is_day(value: object) -> bool:
    return hasattr(value, "year") and not hasattr(value, "hour")


def _is_known_day(value: object) -> bool:
    return value == UNVERIFIED or _is_day(value)


def _is_level(value: object) -> bool:
    return value in LEVELS


def _are_kinds(value: object) -> bool:
    return isinstance(value, list) and bool(value) and len(value) == len({*map(str, value)} & {*KINDS})


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


_TOP = {
    "id": Key(_is_text, 'id = "mybureau-2024"'),
    "title": Key(_is_text, 'title = "我局绩效自评评分办法"'),
    "kinds": Key(_are_kinds, 'kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)', required=False),
    "complete": Key(_is_flag, "complete = true 或 complete = false", required=False),
    "based_on": Key(_is_text, 'based_on = "mof-2020-10"', required=False),
    "document": Key(_are_tables, "[[document]] 段", required=False),
    "item": Key(_are_tables, "[[item]] 段", required=False),
    "check": Key(_are_tables, "[[check]] 段", required=False),
}
_DOCUMENT = {
    "number": Key(_is_text, 'number = "财预〔2020〕10号"'),
    "title": Key(_is_text, 'title = "项目支出绩效评价管理办法"'),
    "issued_by": Key(_is_text, 'issued_by = "财政部"'),
    "issued_on": Key(_is_known_day, 'issued_on = 2020-02-25 (日期不加引号; 不知道就写 "待核")'),
    "in_force_from": Key(_is_known_day, 'in_force_from = 2020-02-25 (日期不加引号; 不知道就写 "待核")'),
    "seen": Key(_is_text, 'seen = "已核对原文" 或 seen = "待核: 未见全文"'),
    "url": Key(_is_text, 'url = "https://…"', required=False),
}
_ITEM = {
    "name": Key(_is_text, 'name = "weight.output"'),
    "label": Key(_is_text, 'label = "产出指标"'),
    "unit": Key(_is_text, 'unit = "points"'),
    "values": Key(_are_tables, 'values = [{ from = 2024-01-01, value = 50, document = "…", article = "…" }]'),
}
_VALUE = {
    "from": Key(_is_day, "from = 2024-01-01 (日期不加引号)"),
    "to": Key(_is_day, "to = 2024-12-31 (最后有效的一天, 日期不加引号)", required=False),
    "value": Key(_is_text_or_number, "value = 50"),
    "document": Key(_is_text, 'document = "财预〔2020〕10号"'),
    "article": Key(_is_text, 'article = "第十五条" (没有看到原文就写 "待核")'),
    "note": Key(_is_text, 'note = "…"', required=False),
}
_CHECK = {
    "id": Key(_is_text, 'id = "B10"'),
    "level": Key(_is_level, 'level = "hint" (可用 error, explain, hint, off)'),
    "reason": Key(_is_text, 'reason = "…"'),
}


def shape_mistakes(data: Mapping[str, Any]) -> Iterator[str]:
    """写法上的错处, in the order of the file; nothing when it can be built."""
    yield from _key_mistakes("文件开头", data, _TOP)
    yield from _identity_mistakes(data)
    for number, document in enumerate(entries(data, "document"), 1):
        yield from _key_mistakes(f"第 {number} 个 [[document]] ", document, _DOCUMENT)
    for number, item in enumerate(entries(data, "item"), 1):
        yield from item_mistakes(number, item)
    for number, check in enumerate(entries(data, "check"), 1):
        yield from _check_mistakes(number, check)
    for table, key in (("document", "number"), ("item", "name"), ("check", "id")):
        yield from _repeated(table, key, entries(data, table))


def is_identifier(text: str) -> bool:
    """办法编号: small letters, digits and hyphens only, because files and cells carry it.

    >>> is_identifier("mof-2020-10"), is_identifier("../x"), is_identifier("办法")
    (True, False, False)
    """
    return text.isascii() and text.replace("-", "").isalnum() and text == text.lower()


def _identity_mistakes(data: Mapping[str, Any]) -> Iterator[str]:
    for key in ("id", "based_on"):
        if _is_text(data.get(key)) and not is_identifier(data[key]):
            yield f"文件开头的 {key}「{data[key]}」只能用小写字母、数字和短横, 例如 mybureau-2024"
    if "based_on" in data:
        return
    if "kinds" not in data:
        yield f"文件开头缺少 kinds, 请写 {_TOP['kinds'].line}"
    if not data.get("item"):
        yield "没有任何规定; 请写 [[item]] 段, 或用 based_on 指明以哪个办法为底"


def fits(key: str, value: object) -> bool:
    """合乎写法: whether a value may stand at the top of a file."""
    return _TOP[key].fits(value)


def item_mistakes(number: int, item: Mapping[str, Any]) -> Iterator[str]:
    """一个项目的错处; ``number`` names an item without a name."""
    name = item.get("name")
    where = f"「{name}」" if _is_text(name) else f"第 {number} 个 [[item]] "
    yield from _key_mistakes(where, item, _ITEM)
    if item.get("values") == []:
        yield f"{where}的 values 是空的, 请写 {_ITEM['values'].line}"
    if not isinstance(name, str) or not _is_text(name):
        return
    kind = item_of(name)
    if kind is None:
        yield f"没有{where}这个项目, {_guess(name)}可用: {', '.join(ITEM_NAMES)} (grade. 后面写等级名)"
    elif _is_text(item.get("unit")) and item["unit"] != kind.unit:
        yield f'{where}的单位应写 unit = "{kind.unit}", 不是「{item["unit"]}」'
    for position, value in enumerate(entries(item, "values"), 1):
        yield from _value_mistakes(f"{where}第 {position} 个值", value, kind)


def _guess(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a misspelt name

    close = get_close_matches(name, ITEM_NAMES, 1)
    return f"是不是 {close[0]}? " if close else ""


def _value_mistakes(where: str, value: Mapping[str, Any], kind: Item | None) -> Iterator[str]:
    yield from _key_mistakes(where, value, _VALUE)
    stated = value.get("value")
    if kind is None or not _is_text_or_number(stated):
        return
    if kind.unit == RULE:
        yield from _rule_mistakes(where, stated, kind)
    elif not isinstance(stated, (int, float)) or not kind.low <= stated <= kind.high:
        yield f"{where}应是 {kind.low:g} 到 {kind.high:g} 的数, 不是「{stated}」"
    elif kind.unit in WHOLE and not isinstance(stated, int):
        yield f"{where}应是 {kind.low:g} 到 {kind.high:g} 的整数, 不是「{stated}」"


def _rule_mistakes(where: str, stated: object, kind: Item) -> Iterator[str]:
    if not isinstance(stated, str):
        yield f'{where}应是评分规则的文字, 例如 "{kind.rules[0]}", 不是「{stated}」'
        return
    rule = parse_rule(stated)
    if not isinstance(rule, Rule):
        yield f"{where}读不懂: {rule}"
    elif rule.name not in kind.rules:
        yield f"{where}不能用 {rule.name}, 可用: {', '.join(kind.rules)}"


def _check_mistakes(number: int, check: Mapping[str, Any]) -> Iterator[str]:
    yield from _key_mistakes(f"第 {number} 个 [[check]] ", check, _CHECK)
    if _is_text(check.get("id")) and not is_check(check["id"]):
        meant = f"是不是 {check['id'].upper()}? " if is_check(check["id"].upper()) else ""
        yield f"没有审核规则「{check['id']}」; {meant}编号是 {CHECK_RANGES}, 见 perfeval-xl checks"


def _key_mistakes(where: str, table: Mapping[str, Any], keys: Mapping[str, Key]) -> Iterator[str]:
    for name, key in keys.items():
        if name not in table:
            if key.required:
                yield f"{where}缺少 {name}, 请写 {key.line}"
        elif not key.fits(table[name]):
            yield f"{where}的 {name} 不能是「{_shown(table[name])}」, 请写 {key.line}"
    for name in table:
        if name not in keys:
            yield f"{where}有不认识的键「{name}」, 可用: {', '.join(keys)}"


def _shown(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return "、".join(value)
    if isinstance(value, (list, dict)):
        return "一组值"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _repeated(table: str, key: str, found: list[Mapping[str, Any]]) -> Iterator[str]:
    names = [entry[key] for entry in found if _is_text(entry.get(key))]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"[[{table}]]「{name}」写了 {names.count(name)} 次, 请合并成一段"


def entries(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """各段: the tables under a key, of whatever else stands there nothing."""
    value = table.get(key)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
