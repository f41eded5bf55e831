"""有效期: the days on which a ruleset changes, and the day by which a table is judged."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from perfeval_xl.core.ruleset import Day, Rules, Ruleset, Sourced

_END_OF_TIME = (9999, 12, 31)


def days_of_change(ruleset: Ruleset) -> list[Day]:
    """变动日: the first day on which all items are in force, and each later day on which one changes."""
    histories = [*ruleset.items.values()]
    start = max(history[0].since for history in histories)
    end = min(history[-1].until or _END_OF_TIME for history in histories)
    changes = {sourced.since for history in histories for sourced in history}
    return sorted(day for day in changes if start <= day < end)


def rules_of(ruleset: Ruleset, year: int | None) -> Rules:
    """某年度的表所适用的规定: those in force on 31 December of ``year``; without a year the newest.

    Raises NoRuleInForceError before the first rule and after the last.
    """
    return ruleset.on(days_of_change(ruleset)[-1] if year is None else (year, 12, 31))


def years_in_force(ruleset: Ruleset) -> tuple[int, int | None]:
    """适用年度: the first and the last year whose tables it judges; no last year while it is in force.

    The last is before the first where it holds on no 31 December.
    """
    ends = [history[-1].until for history in ruleset.items.values() if history[-1].until]
    return days_of_change(ruleset)[0][0], min(ends)[0] - 1 if ends else None


def last_day(sourced: Sourced) -> Day | None:
    """最后有效的一天; None while still in force."""
    if sourced.until is None:
        return None
    from datetime import date, timedelta  # noqa: PLC0415 - a listing's business, not a check's

    day = date(*sourced.until) - timedelta(days=1)
    return day.year, day.month, day.day
