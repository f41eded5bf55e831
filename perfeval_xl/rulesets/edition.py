"""评分办法文件的内容: a ruleset together with the documents and labels its file states."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.ruleset import UNVERIFIED, CheckSetting, Ruleset, Sourced
from perfeval_xl.rulesets.items import GRADE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from perfeval_xl.core.ruleset import Day

VERIFIED = "已核对"


class Document(Record):
    """一份文件: number, title, issuer and dates; a date not known is None. ``seen`` says what was seen of it."""

    number: str
    title: str
    issued_by: str
    issued_on: Day | None
    in_force_from: Day | None
    seen: str
    url: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether its wording was compared: ``seen`` begins with 已核对, and its number is known."""
        return self.seen.startswith(VERIFIED) and UNVERIFIED not in self.number


class Edition(Record):
    """评分办法及其出处: ``labels`` are the Chinese names of the items."""

    ruleset: Ruleset
    documents: tuple[Document, ...]
    labels: dict[str, str]


def edition_of(data: Mapping[str, Any], parent: Edition | None) -> Edition:
    """Build from a well-shaped TOML document; what it does not state comes from ``parent``.

    An item replaces the parent's whole history of it, and stating one grade replaces all grades.
    """
    own = {item["name"]: _history(item["values"]) for item in data.get("item", ())}
    labels = {item["name"]: item["label"] for item in data.get("item", ())}
    checks = {check["id"]: CheckSetting(check["level"], check["reason"]) for check in data.get("check", ())}
    documents = {document["number"]: _document(document) for document in data.get("document", ())}
    kinds, complete = tuple(data.get("kinds", ())), data.get("complete", True)
    if parent is not None:
        inherited = _inherited(parent, own)
        own = {**{name: parent.ruleset.items[name] for name in inherited}, **own}
        labels = {**{name: parent.labels[name] for name in inherited}, **labels}
        checks = {**parent.ruleset.checks, **checks}
        documents = {**{document.number: document for document in parent.documents}, **documents}
        kinds, complete = kinds or parent.ruleset.kinds, data.get("complete", parent.ruleset.complete)
    ruleset = Ruleset(data["id"], data["title"], kinds, own, checks, complete, data.get("based_on", ""))
    return Edition(ruleset, tuple(documents.values()), labels)


def _inherited(parent: Edition, own: Mapping[str, object]) -> list[str]:
    own_grades = any(name.startswith(GRADE) for name in own)
    return [name for name in parent.ruleset.items if not (own_grades and name.startswith(GRADE))]


def _history(values: list[dict[str, Any]]) -> tuple[Sourced, ...]:
    return tuple(sorted((_sourced(value) for value in values), key=lambda sourced: sourced.since))


def _sourced(value: Mapping[str, Any]) -> Sourced:
    stated = value["value"]
    return Sourced(
        stated if isinstance(stated, str) else float(stated),
        _day(value["from"]),
        _day_after(value["to"]) if "to" in value else None,
        value["document"],
        value["article"],
        value.get("note", ""),
    )


def _document(document: Mapping[str, Any]) -> Document:
    issued_on, in_force_from = (_known_day(document[key]) for key in ("issued_on", "in_force_from"))
    number, title, issued_by, seen = (document[key] for key in ("number", "title", "issued_by", "seen"))
    return Document(number, title, issued_by, issued_on, in_force_from, seen, document.get("url", ""))


def _known_day(stated: date | str) -> Day | None:
    return None if isinstance(stated, str) else _day(stated)


def _day(stated: date) -> Day:
    return stated.year, stated.month, stated.day


def _day_after(stated: date) -> Day | None:
    """The file names the last day in force, the core the first day after it; 9999-12-31 means no end."""
    return None if stated == stated.max else _day(stated.fromordinal(stated.toordinal() + 1))
