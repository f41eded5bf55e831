"""评分办法: what an official document says, dated and sourced, as the core needs it."""

from __future__ import annotations

from perfeval_xl.core.record import Record
from perfeval_xl.core.rule import Rule, parse_rule

Day = tuple[int, int, int]

UNVERIFIED = "待核"        # where the wording of a rule was not seen
WEIGHT_CLASSES = ("execution", "decision", "process", "cost", "output", "benefit", "satisfaction")


class NoRuleInForceError(LookupError):
    """No value is in force on that day; names the ruleset, the item and the day."""

    def __init__(self, ruleset: str, item: str, day: Day) -> None:
        year, month, date = day
        super().__init__(f"评分办法 {ruleset} 的「{item}」在 {year:04d}-{month:02d}-{date:02d} 没有生效的规定")
        self.ruleset, self.item, self.day = ruleset, item, day


class Sourced(Record):
    """一项规定: its value and where it stands. ``article`` is 待核 where the wording was not seen."""

    value: float | str
    since: Day
    until: Day | None       # exclusive; None while still in force
    document: str           # 文号, e.g. 财预〔2020〕10号
    article: str
    note: str = ""

    @property
    def basis(self) -> str:
        """依据 as printed beside a finding; a document not known itself has no article to tell."""
        if self.article == UNVERIFIED and UNVERIFIED in self.document:
            return self.document
        return f"{self.document} {self.article}".strip()

    def covers(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class CheckSetting(Record):
    """A check softened, sharpened or switched off by a ruleset, with the written reason."""

    level: str              # error | explain | hint | off
    reason: str


class Ruleset(Record):
    """评分办法 with the history of every item; ask ``on`` for what holds on a day."""

    id: str
    title: str
    kinds: tuple[str, ...]
    items: dict[str, tuple[Sourced, ...]]
    checks: dict[str, CheckSetting] = {}  # noqa: RUF012 - never mutated; NamedTuple needs a default
    complete: bool = True
    based_on: str = ""

    def on(self, day: Day) -> Rules:
        """What holds on ``day``; raises NoRuleInForceError before the first rule of any item and after its last."""
        return Rules(self, day, {item: self._in_force(item, day) for item in self.items})

    def _in_force(self, item: str, day: Day) -> Sourced:
        for sourced in self.items[item]:
            if sourced.covers(day):
                return sourced
        raise NoRuleInForceError(self.id, item, day)


class Rules(Record):
    """The rules in force on one day; items a ruleset does not regulate give the stated default."""

    ruleset: Ruleset
    day: Day
    values: dict[str, Sourced]

    def number(self, item: str, default: float) -> float:
        sourced = self.values.get(item)
        return default if sourced is None else float(sourced.value)

    def rule(self, item: str = "rule.default") -> Rule:
        """The scoring rule of ``item``; proportional where the ruleset names none."""
        sourced = self.values.get(item)
        parsed = parse_rule("proportional" if sourced is None else str(sourced.value))
        if isinstance(parsed, Rule):
            return parsed
        raise ValueError(parsed)

    @property
    def default_rule_text(self) -> str:
        """The text of the default scoring rule, as 评分规则 holds it."""
        sourced = self.values.get("rule.default")
        return "proportional" if sourced is None else str(sourced.value)

    @property
    def rate_digits(self) -> int | None:
        """执行率保留的小数位数 before scoring, of the ratio 0…1; None where rates stay unrounded."""
        sourced = self.values.get("rate_digits")
        return None if sourced is None else int(sourced.value)

    def basis(self, item: str) -> str:
        sourced = self.values.get(item)
        return sourced.basis if sourced else "审核惯例"

    @property
    def weights(self) -> dict[str, float]:
        """一级分值 by class, in points of 100; empty where the ruleset leaves them open.

        A class worth 0 is not part of the set: so a local ruleset drops a class of the one it is based on.
        """
        found = {name: self.values.get(f"weight.{name}") for name in WEIGHT_CLASSES}
        return {name: float(sourced.value) for name, sourced in found.items() if sourced is not None and sourced.value}

    @property
    def grades(self) -> tuple[tuple[float, str], ...]:
        """等级 from the best down: (at least, word)."""
        rows = [(float(s.value), item.removeprefix("grade.")) for item, s in self.values.items() if item.startswith("grade.")]
        return tuple(sorted(rows, reverse=True))

    def grade(self, total: float) -> str:
        """等级 of a total out of 100; "" where the ruleset names no grades."""
        return next((word for least, word in self.grades if total >= least), "")

    def level(self, check: str, default: str) -> str:
        setting = self.ruleset.checks.get(check)
        return setting.level if setting else default
