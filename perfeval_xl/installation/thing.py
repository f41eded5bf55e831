"""一样东西 of the installation: a file, a shortcut or a registry key; how to see it, put it there and take it away."""

from __future__ import annotations

import hashlib
import json
import ntpath
from typing import NamedTuple

from perfeval_xl.installation.computer import Computer, Setting, Shortcut, free_name

FILE, SHORTCUT, SETTINGS = "file", "shortcut", "settings"
KINDS = {FILE: "文件", SHORTCUT: "快捷方式", SETTINGS: "注册表"}
Content = bytes | Shortcut | dict[str, Setting]


class Thing(NamedTuple):
    """要放的一样东西. ``typed_into``: people write into it, so what they wrote is kept, whatever is installed or removed."""

    place: str
    content: Content
    purpose: str
    typed_into: bool = False

    @property
    def kind(self) -> str:
        if isinstance(self.content, bytes):
            return FILE
        return SHORTCUT if isinstance(self.content, Shortcut) else SETTINGS

    @property
    def entry(self) -> Entry:
        return Entry(self.kind, self.place, digest_of(self.content), self.typed_into)


class Entry(NamedTuple):
    """放过的一样东西, as the receipt remembers it."""

    kind: str
    place: str
    digest: str
    typed_into: bool


def digest_of(content: Content) -> str:
    """摘要 of a thing's content.

    >>> digest_of(b"")[:8]
    'e3b0c442'
    """
    plain = content if isinstance(content, bytes) else json.dumps(content, sort_keys=True).encode()
    return hashlib.sha256(plain).hexdigest()


def present_digest(computer: Computer, kind: str, place: str, names: tuple[str, ...] = ()) -> str:
    """摘要 of what stands there now; "" where nothing does. Of a key only the values called ``names`` count, if any are given."""
    found: Content | None
    if kind == FILE:
        found = computer.read(place)
    elif kind == SHORTCUT:
        found = computer.shortcut(place)
    else:
        values = computer.settings(place)
        found = None if values is None else {name: value for name, value in values.items() if not names or name in names}
    return "" if found is None else digest_of(found)


def is_put(computer: Computer, thing: Thing) -> bool:
    """已经放好 exactly as wanted."""
    names = tuple(thing.content) if isinstance(thing.content, dict) else ()
    return present_digest(computer, thing.kind, thing.place, names) == digest_of(thing.content)


def put(computer: Computer, thing: Thing, known: Entry | None) -> str:
    """放好; the name under which somebody's own file was kept, else "". ``known``: what the receipt says stood there."""
    kept = ""
    if isinstance(thing.content, bytes):
        kept = _kept(computer, thing, known)
        computer.write(thing.place, thing.content)
    elif isinstance(thing.content, Shortcut):
        computer.make_shortcut(thing.place, thing.content)
    else:
        computer.set_settings(thing.place, thing.content)
    return kept


def _kept(computer: Computer, thing: Thing, known: Entry | None) -> str:
    """What somebody wrote into the file that is to be replaced goes to a free name beside it."""
    present = computer.read(thing.place) if thing.typed_into else None
    if present is None or (known is not None and digest_of(present) == known.digest):
        return ""
    name = free_name(computer, thing.place)
    computer.write(name, present)
    return name


def take_away(computer: Computer, entry: Entry) -> bool:
    """拿走; False where it holds what somebody typed, which stays."""
    if entry.typed_into and present_digest(computer, entry.kind, entry.place) not in ("", entry.digest):
        return False
    if entry.kind == SETTINGS:
        computer.delete_key(entry.place)
    else:
        computer.delete(entry.place)
    return True


def folder_of(thing: Thing) -> str:
    """要有的文件夹; "" for a registry key.

    >>> folder_of(Thing("C:/甲/乙.txt", b"", ""))
    'C:/甲'
    """
    return "" if thing.kind == SETTINGS else ntpath.dirname(thing.place)
