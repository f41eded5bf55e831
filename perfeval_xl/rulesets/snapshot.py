"""快照: the shipped rulesets as Python literals, one module each, so that a click parses no TOML and loads only its own.

``python -m perfeval_xl.rulesets.snapshot`` writes the folder ``shipped`` after a TOML file changed; a test compares them.
"""

from __future__ import annotations

import json
from pathlib import Path

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.loader import module_name
from perfeval_xl.rulesets.reading import read_edition

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

FOLDER = Path(__file__).parent
TARGET = FOLDER / "shipped"

_BY = "written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."


def snapshot() -> dict[str, str]:
    """The text of every module of ``shipped`` by its file name, as the TOML files want it."""
    found = [read_edition(str(path)).ruleset for path in sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem)]
    return {"__init__.py": _index(found), **{f"{module_name(ruleset.id)}.py": _module(ruleset) for ruleset in found}}


def write_snapshot() -> None:
    """Write the modules and remove those of rulesets that are gone."""
    wanted = snapshot()
    TARGET.mkdir(exist_ok=True)
    for path in TARGET.glob("*.py"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")


def _index(rulesets: list[Ruleset]) -> str:
    names = "".join(f"    {_quoted(ruleset.id)},\n" for ruleset in rulesets)
    return f'"""自带的评分办法, {_BY}"""\n\nIDS = (\n{names})\n'


def _module(ruleset: Ruleset) -> str:
    used = ", ".join((*(("CheckSetting",) if ruleset.checks else ()), "Ruleset", "Sourced"))
    return (
        f'"""自带的评分办法 {ruleset.id}, {_BY}"""\n\n'
        f"from perfeval_xl.core.ruleset import {used}\n\n"
        f"RULESET = Ruleset(\n{_ruleset_text(ruleset)})\n"
    )


def _ruleset_text(ruleset: Ruleset) -> str:
    histories = {name: _tuple([_sourced_text(sourced) for sourced in history]) for name, history in ruleset.items.items()}
    items = "".join(f"        {_quoted(name)}: {history},\n" for name, history in histories.items())
    checks = ", ".join(f"{_quoted(check)}: {_setting_text(setting)}" for check, setting in ruleset.checks.items())
    return (
        f"    id={_quoted(ruleset.id)},\n"
        f"    title={_quoted(ruleset.title)},\n"
        f"    kinds={_tuple([_quoted(kind) for kind in ruleset.kinds])},\n"
        f"    items={{\n{items}    }},\n"
        f"    checks={{{checks}}},\n"
        f"    complete={ruleset.complete},\n"
        f"    based_on={_quoted(ruleset.based_on)},\n"
    )


def _tuple(parts: list[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _sourced_text(sourced: Sourced) -> str:
    value = _quoted(sourced.value) if isinstance(sourced.value, str) else repr(sourced.value)
    texts = ", ".join(_quoted(text) for text in (sourced.document, sourced.article, sourced.note))
    return f"Sourced({value}, {sourced.since}, {sourced.until}, {texts})"


def _setting_text(setting: CheckSetting) -> str:
    return f"CheckSetting({_quoted(setting.level)}, {_quoted(setting.reason)})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    write_snapshot()
