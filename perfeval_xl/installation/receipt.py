"""安装记录: what was put where, so that a later version and the removal find it; a damaged one counts as none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval_xl.installation.thing import FILE, KINDS, Entry

if TYPE_CHECKING:
    from perfeval_xl.installation.computer import Computer


class Receipt(NamedTuple):
    """安装记录: the things by their place, and the folders that were made, in the order they were made."""

    entries: tuple[Entry, ...] = ()
    folders: tuple[str, ...] = ()

    def known(self, place: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.place.lower() == place.lower()), None)

    @property
    def library_files(self) -> tuple[str, ...]:
        """放过的 DLL: one that is gone without having been removed was taken by somebody else."""
        return tuple(entry.place for entry in self.entries if entry.kind == FILE and entry.place.lower().endswith(".dll"))


def read_receipt(computer: Computer, path: str) -> Receipt:
    """读安装记录; an empty one where there is none."""
    content = computer.read(path)
    try:
        document = json.loads(content or b"{}")
        entries = tuple(_entry(each) for each in document.get("entries", ()))
        return Receipt(entries, tuple(str(folder) for folder in document.get("folders", ())))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Receipt()


def receipt_bytes(receipt: Receipt) -> bytes:
    """写成文件的内容, the same for the same installation."""
    document = {"entries": [entry._asdict() for entry in receipt.entries], "folders": list(receipt.folders)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _entry(each: dict[str, Any]) -> Entry:
    entry = Entry(str(each["kind"]), str(each["place"]), str(each["digest"]), bool(each["typed_into"]))
    if entry.kind not in KINDS:
        raise ValueError(entry.kind)
    return entry
