"""本单位的办法: TOML files in a folder of this PC, brought by ``setup --rules``; they count like shipped ones."""

from __future__ import annotations

import os

from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.refusal import RulesetError

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.core.ruleset import Ruleset

DEFAULTS = "defaults.toml"      # [[default]] kind, since (a year), ruleset: what a pack wants used where nobody chose
VARIABLE = "PERFEVAL_RULES"


def office_folder() -> str:
    """规则文件夹: PERFEVAL_RULES, else beside the installed program, else in the user's own folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return chosen
    local = os.environ.get("LOCALAPPDATA")
    return f"{local}/PerfEval/rules" if local else os.path.expanduser("~/.local/share/PerfEval/rules")  # noqa: PTH111 - pathlib costs a click


@cache
def office_ids() -> tuple[str, ...]:
    """本单位办法的编号: the names of the files in the folder; () where there is none."""
    try:
        names = os.listdir(office_folder())  # noqa: PTH208 - as above
    except OSError:
        return ()
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name != DEFAULTS))


def office_path(ruleset_id: str) -> str:
    """The file of that id."""
    return f"{office_folder()}/{ruleset_id}.toml"


@cache
def office_ruleset(ruleset_id: str) -> Ruleset:
    """按编号取本单位的办法; raises RulesetError where the file is wrong by now."""
    from perfeval_xl.rulesets.reading import edition_file  # noqa: PLC0415 - tomllib only where a file is read

    return edition_file(office_path(ruleset_id)).ruleset


@cache
def office_defaults() -> tuple[tuple[str, int, str], ...]:
    """规则包指定的默认办法: kind, first year, id, newest first; () for almost every PC, at the price of one look."""
    path = f"{office_folder()}/{DEFAULTS}"
    if not os.path.exists(path):  # noqa: PTH110
        return ()
    import tomllib  # noqa: PLC0415 - only where a pack brought defaults

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return defaults_of(tomllib.load(file), office_ids())
    except (OSError, ValueError) as error:
        raise RulesetError(DEFAULTS, f"规则包指定的默认办法读不懂, 请重新安装规则包 ({type(error).__name__})") from None


def defaults_of(document: dict[str, Any], ids: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
    """The defaults a file names; ValueError for another shape or for a ruleset that is not among ``ids``.

    >>> defaults_of({"default": [{"kind": "fund", "since": 2026, "ruleset": "fund-2026"}]}, ("fund-2026",))
    (('fund', 2026, 'fund-2026'),)
    """
    found = document.get("default")
    if set(document) != {"default"} or not isinstance(found, list):
        raise ValueError("default")
    return tuple(sorted((_default(entry, ids) for entry in found), key=lambda each: -each[1]))


def _default(entry: Any, ids: tuple[str, ...]) -> tuple[str, int, str]:
    if not isinstance(entry, dict) or set(entry) != {"kind", "since", "ruleset"}:
        raise ValueError("default")
    kind, since, ruleset_id = entry["kind"], entry["since"], entry["ruleset"]
    if kind not in ("fund", "transfer", "department", "project") or type(since) is not int or ruleset_id not in ids:
        raise ValueError("default")
    return kind, since, ruleset_id
