"""安装计划: what has to be done so that a PC holds exactly the things wanted; doing it twice changes nothing."""

from __future__ import annotations

import ntpath
from typing import TYPE_CHECKING, NamedTuple

from perfeval_xl.installation.receipt import Receipt, read_receipt, receipt_bytes
from perfeval_xl.installation.thing import (
    KINDS,
    Entry,
    Thing,
    folder_of,
    is_put,
    present_digest,
    put,
    take_away,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfeval_xl.installation.computer import Computer

ADD, REPLACE, REMOVE = "add", "replace", "remove"
_VERBS = {ADD: "放入", REPLACE: "更新", REMOVE: "拿走"}


class Step(NamedTuple):
    """一步: what is done with the thing at ``place``; ``thing`` is None where something is taken away."""

    action: str
    entry: Entry
    purpose: str
    thing: Thing | None = None

    @property
    def sentence(self) -> str:
        said = f"{_VERBS[self.action]}{KINDS[self.entry.kind]} {self.entry.place}"
        return f"{said}: {self.purpose}" if self.purpose else said


class Done(NamedTuple):
    """做完的事: sentences of what was done, what was kept of somebody's own, and what Windows refused."""

    done: tuple[str, ...]
    kept: tuple[str, ...]
    refused: tuple[str, ...]


def steps_to(computer: Computer, wanted: Sequence[Thing], receipt_path: str) -> list[Step]:
    """计划: what is no longer wanted goes, what is missing or different comes; empty where all is in place."""
    receipt = read_receipt(computer, receipt_path)
    places = {thing.place.lower() for thing in wanted}
    gone = [Step(REMOVE, entry, "") for entry in receipt.entries if entry.place.lower() not in places]
    return gone + [step for thing in wanted if (step := _step(computer, thing, receipt)) is not None]


def _step(computer: Computer, thing: Thing, receipt: Receipt) -> Step | None:
    known = receipt.known(thing.place)
    is_there = bool(present_digest(computer, thing.kind, thing.place))
    if is_put(computer, thing) and known is not None:
        return None
    if thing.typed_into and known is not None and known.digest == thing.entry.digest and is_there:
        return None     # somebody works in it, and we have nothing newer
    return Step(REPLACE if is_there else ADD, thing.entry, thing.purpose, thing)


def carried_out(computer: Computer, steps: Sequence[Step], receipt_path: str) -> Done:
    """执行计划. One step that Windows refuses does not stop the others; the receipt says what is really there."""
    work = _Work(computer, read_receipt(computer, receipt_path))
    for step in steps:
        work.carry_out(step)
    work.close(receipt_path)
    return Done(tuple(work.done), tuple(work.kept), tuple(work.refused))


class _Work:
    """The hands: they remember what was done while it is being done."""

    def __init__(self, computer: Computer, receipt: Receipt) -> None:
        self._computer, self._receipt = computer, receipt
        self._entries = {entry.place.lower(): entry for entry in receipt.entries}
        self._folders = list(receipt.folders)
        self.done: list[str] = []
        self.kept: list[str] = []
        self.refused: list[str] = []

    def carry_out(self, step: Step) -> None:
        try:
            if step.thing is None:
                self._take_away(step.entry)
            else:
                self._put(step.thing)
        except OSError:
            self.refused.append(f"{step.sentence}: Windows 不允许。请关闭 Excel 和 WPS 后再运行一次")
        else:
            self.done.append(step.sentence)

    def _put(self, thing: Thing) -> None:
        self._make(folder_of(thing))
        kept = put(self._computer, thing, self._receipt.known(thing.place))
        if kept:
            self.kept.append(f"{thing.place} 里有填写的内容, 已另存为 {kept}")
        self._entries[thing.place.lower()] = thing.entry

    def _take_away(self, entry: Entry) -> None:
        if not take_away(self._computer, entry):
            self.kept.append(f"{entry.place} 里有填写的内容, 没有删除")
        self._entries.pop(entry.place.lower(), None)

    def _make(self, folder: str) -> None:
        if not folder or self._computer.names(folder) is not None:
            return
        self._make(ntpath.dirname(folder))
        self._computer.make_folder(folder)
        self._folders.append(folder)

    def close(self, receipt_path: str) -> None:
        """The receipt of what is there now; with nothing left it goes too, and then the folders that are empty."""
        if self._entries:
            self._make(ntpath.dirname(receipt_path))
            self._computer.write(receipt_path, receipt_bytes(Receipt(tuple(self._entries.values()), tuple(self._folders))))
            return
        self._computer.delete(receipt_path)
        self._remove_folders(reversed(self._folders))

    def _remove_folders(self, folders: Iterable[str]) -> None:
        for folder in folders:
            if self._computer.names(folder) == ():
                self._computer.remove_folder(folder)
