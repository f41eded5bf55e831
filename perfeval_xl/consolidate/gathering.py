"""汇总的全过程: list the files, examine those not yet known, say who has sent."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from perfeval_xl.consolidate.arrival import Situation, situation_of
from perfeval_xl.consolidate.ledger import Ledger
from perfeval_xl.consolidate.outcome import UNREACHABLE, Outcome
from perfeval_xl.consolidate.received import Received, received_files
from perfeval_xl.consolidate.work import Done, Task, examined_all, summon
from perfeval_xl.workbook.grid import UnusableFile


@dataclass(frozen=True)
class Errand:
    """一次汇总: where the files are, where the ledger is kept, who should have sent, and by which rules."""

    source: Path
    ledger: Path
    units: tuple[str, ...] = ()
    ruleset: str = ""
    jobs: int = 1
    cluster: str = ""


def gathered(errand: Errand, told: Callable[[int, int], object] = max) -> Situation:
    """汇总一批文件; ``told`` hears after each file how many of how many are done; by default nobody listens.

    Raises UnusableFile when there is nothing to read at all.
    """
    with Batch(errand) as batch:
        return batch.situation(told)


class Batch:
    """一批收到的文件, listed and hashed; examined only where the ledger does not know them."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._workspace = tempfile.TemporaryDirectory()
        self._ledger = Ledger(errand.ledger, errand.ruleset, _marks(errand.ruleset))
        if not errand.cluster and self._ledger.is_empty:
            summon()

    def __enter__(self) -> Self:
        try:
            self._list()
        except UnusableFile:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._ledger.__exit__(None, None, None)
        self._workspace.cleanup()

    def _list(self) -> None:
        found = list(received_files(self._errand.source, Path(self._workspace.name)))
        self._files = [(file, "" if file.reason else file.digest()) for file in found if not file.is_other]
        self._others = [file.name for file in found if file.is_other]
        if not self._files:
            raise UnusableFile(f"{self._errand.source}: 里面没有表格文件 (.xlsx .xlsm .xls .ods, 或装着它们的 .zip .eml)")

    def answer(self, output: Path) -> str | None:
        """What was said of the very same files the last time, as long as that summary lies there untouched."""
        return self._ledger.answer(self._mark(output))

    def remember(self, output: Path, answer: str) -> None:
        """Keep what was said of these files and the summary just written."""
        self._ledger.remember(self._mark(output), answer)

    def _mark(self, output: Path) -> str:
        try:
            state = output.stat()
        except OSError:
            return ""
        files = [(file.name, file.modified, file.reason, digest) for file, digest in self._files]
        said = json.dumps([str(output), state.st_size, state.st_mtime_ns, self._errand.units, files, self._others])
        return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()

    def situation(self, told: Callable[[int, int], object] = max, meanwhile: Callable[[], object] = bool) -> Situation:
        """报送情况, every file examined or known; ``meanwhile`` is called while the first files are examined."""
        outcomes: dict[str, Outcome] = {}
        for number, (name, outcome) in enumerate(_outcomes(self._files, self._errand, self._ledger, meanwhile), 1):
            outcomes[name] = outcome
            told(number, len(self._files))
        self._ledger.write()
        read = ((file.name, file.modified, outcomes[file.name]) for file, _ in self._files)
        return situation_of(read, self._errand.units, self._others)


def _marks(ruleset: str) -> str:
    """A ruleset file of the office is part of the way files are examined: its content counts, not its name."""
    if not ruleset.endswith(".toml"):
        return ""
    return Received("", Path(ruleset), 0.0).digest() if Path(ruleset).is_file() else ""


def _outcomes(
    files: list[tuple[Received, str]], errand: Errand, ledger: Ledger, meanwhile: Callable[[], object]
) -> Iterator[tuple[str, Outcome]]:
    """Known outcomes first; each content is examined once however often it came."""
    names: dict[str, list[str]] = {}
    paths: dict[str, Path] = {}
    for file, digest in files:
        if file.reason:
            yield file.name, Outcome(reason=file.reason)
            continue
        if not digest:
            yield file.name, Outcome(reason=UNREACHABLE)
            continue
        known = ledger.known(digest)
        if known is not None:
            yield file.name, known
            continue
        names.setdefault(digest, []).append(file.name)
        paths.setdefault(digest, file.path)
    tasks = ((digest, str(path)) for digest, path in paths.items())
    for digest, outcome in _examined(tasks, errand, meanwhile):
        ledger.keep(digest, outcome)
        for name in names[digest]:
            yield name, outcome


def _examined(tasks: Iterator[Task], errand: Errand, meanwhile: Callable[[], object]) -> Iterator[Done]:
    if not errand.cluster:
        return examined_all(tasks, errand.ruleset, errand.jobs, meanwhile=meanwhile)
    from perfeval_xl.consolidate.cluster import examined_on_cluster  # noqa: PLC0415 - few have one

    return examined_on_cluster(tasks, errand.ruleset, errand.cluster)
