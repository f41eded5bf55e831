"""快照: the shipped rulesets as Python literals, so that a click need not parse TOML.

``python -m perfeval_xl.rulesets.snapshot`` writes ``shipped.py`` after a TOML file changed; a test compares them.
"""

from __future__ import annotations

import json
from pathlib import Path

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.reading import read_edition

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

FOLDER = Path(__file__).parent
TARGET = FOLDER / "shipped.py"

_HEAD = '''"""自带的评分办法, written from the TOML files by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

from perfeval_xl.core.ruleset import CheckSetting, Ruleset, Sourced

SHIPPED = {
'''


def snapshot() -> str:
    """The text of ``shipped.py`` as the TOML files want it."""
    found = [read_edition(str(path)).ruleset for path in sorted(FOLDER.glob("*.toml"))]
    return _HEAD + "".join(_ruleset_text(ruleset) for ruleset in found) + "}\n"


def _ruleset_text(ruleset: Ruleset) -> str:
    histories = {name: _tuple([_sourced_text(sourced) for sourced in history]) for name, history in ruleset.items.items()}
    items = "".join(f"            {_quoted(name)}: {history},\n" for name, history in histories.items())
    checks = ", ".join(f"{_quoted(check)}: {_setting_text(setting)}" for check, setting in ruleset.checks.items())
    return (
        f"    {_quoted(ruleset.id)}: Ruleset(\n"
        f"        id={_quoted(ruleset.id)},\n"
        f"        title={_quoted(ruleset.title)},\n"
        f"        kinds={_tuple([_quoted(kind) for kind in ruleset.kinds])},\n"
        f"        items={{\n{items}        }},\n"
        f"        checks={{{checks}}},\n"
        f"        complete={ruleset.complete},\n"
        f"        based_on={_quoted(ruleset.based_on)},\n"
        "    ),\n"
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
    TARGET.write_text(snapshot(), encoding="utf-8", newline="\n")
