"""取评分办法: shipped ones and those of the office's rule packs by id, any other from its file."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.office import office_defaults, office_ids, office_ruleset
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.rulesets.shipped import IDS

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Ruleset

# The ruleset of each kind of table by its first year, newest first.
_DEFAULTS = {
    "fund": ((2023, "fund-2022-65"),),
    "transfer": ((2020, "mof-2020-10"),),
    "department": ((2020, "mof-2020-10"),),
    "project": ((2020, "mof-2020-10"),),
}


def load(ruleset_id: str) -> Ruleset:
    """按编号取自带的或规则包里的评分办法; raises RulesetError for an id that is neither.

    >>> load("mof-2020-10").on((2024, 12, 31)).weights
    {'execution': 10.0, 'output': 50.0, 'benefit': 30.0, 'satisfaction': 10.0}
    """
    if ruleset_id not in IDS:
        if ruleset_id in office_ids():
            return office_ruleset(ruleset_id)
        raise RulesetError(f"「{ruleset_id}」", f"没有这个编号, 自带的有 {', '.join(IDS)}; 自己的办法请给文件")
    module = __import__(f"perfeval_xl.rulesets.shipped.{module_name(ruleset_id)}", fromlist=["RULESET"])   # importlib would cost a millisecond
    ruleset: Ruleset = module.RULESET
    return ruleset


def module_name(ruleset_id: str) -> str:
    """The module of ``shipped`` that holds the ruleset of that id.

    >>> module_name("mof-2020-10")
    'mof_2020_10'
    """
    return ruleset_id.replace("-", "_")


def load_file(path: str) -> Ruleset:
    """读一个单位自己的评分办法文件; raises RulesetError naming the file, the item and what to write.

    ``based_on`` names a shipped ruleset or a file ``<id>.toml`` in the same folder.
    """
    from perfeval_xl.rulesets.reading import edition_file  # noqa: PLC0415 - tomllib only where a file is read

    return edition_file(path).ruleset


def available() -> tuple[str, ...]:
    """自带的和规则包里的评分办法的编号.

    >>> "mof-2020-10" in available()
    True
    """
    return (*IDS, *(each for each in office_ids() if each not in IDS))


def default_for(kind: str, year: int | None) -> str:
    """没有指定时用的评分办法: the newest made for ``kind`` (fund, transfer, department, project) by ``year``.

    What a rule pack names for such a year comes before what is shipped. Without a year the newest. A year before the
    first gives the first, whose ``on`` then says that nothing was in force.

    >>> default_for("fund", 2023), default_for("project", None)
    ('fund-2022-65', 'mof-2020-10')
    """
    of_packs = tuple((since, ruleset_id) for named, since, ruleset_id in office_defaults() if named == kind)
    choices = of_packs + _DEFAULTS[kind]
    return next((ruleset_id for since, ruleset_id in choices if year is None or since <= year), choices[-1][1])
