"""写对的部分: what of a ruleset file with mistakes can be judged all the same, so that all mistakes are told at once."""

from __future__ import annotations

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.core.ruleset import UNVERIFIED
from perfeval_xl.rulesets.items import WEIGHT, item_of
from perfeval_xl.rulesets.shape import entries, fits, item_mistakes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_HEAD = ("id", "title", "kinds", "complete")
_BLANK_DOCUMENT = {"title": "", "issued_by": "", "issued_on": UNVERIFIED, "in_force_from": UNVERIFIED, "seen": ""}


class SoundPart(Record):
    """写对的部分 in the shape of a file.

    ``doubtful``: what was left out, by name or beginning of a name, "" where nobody can tell; what needs all of them is
    not judged. ``lists_documents``: every document that is listed has its number.
    """

    data: dict[str, Any]
    doubtful: frozenset[str] = frozenset()
    lists_documents: bool = True


def sound_part(data: Mapping[str, Any]) -> SoundPart:
    """The whole of a right file; of another what is written as the format wants it."""
    items, documents = entries(data, "item"), entries(data, "document")
    names = [item.get("name") for item in items]
    sound = [item for number, item in enumerate(items, 1) if not [*item_mistakes(number, item)] and names.count(item["name"]) == 1]
    lost = {name if isinstance(name, str) and item_of(name) else "" for item, name in zip(items, names, strict=True) if item not in sound}
    lost |= {beginning for key, beginning in (("item", ""), ("complete", WEIGHT)) if key in data and not fits(key, data[key])}
    head = {key: data[key] for key in _HEAD if key in data and fits(key, data[key])}
    numbered = [document for document in documents if isinstance(document.get("number"), str)]
    filled = [{**_BLANK_DOCUMENT, "number": document["number"]} for document in numbered]
    return SoundPart({"id": "", "title": "", **head, "item": sound, "document": filled}, frozenset(lost), len(numbered) == len(documents))
