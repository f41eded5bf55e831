"""汇总的全过程: list the files, examine those not yet known, say who has sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from perfeval_xl.consolidate.arrival import Situation, situation_of
from perfeval_xl.consolidate.cluster import examined_on_cluster
from perfeval_xl.consolidate.ledger import Ledger
from perfeval_xl.consolidate.outcome import UNREACHABLE, Outcome
from perfeval_xl.consolidate.received import Received, received_files
from perfeval_xl.consolidate.work import examined_all
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
    with tempfile.TemporaryDirectory() as folder, Ledger(errand.ledger, errand.ruleset, _marks(errand.ruleset)) as ledger:
        found = list(received_files(errand.source, Path(folder)))
        files = [file for file in found if not file.is_other]
        if not files:
            raise UnusableFile(f"{errand.source}: 里面没有表格文件 (.xlsx .xlsm .xls .ods, 或装着它们的 .zip .eml)")
        outcomes: dict[str, Outcome] = {}
        for number, (name, outcome) in enumerate(_outcomes(files, errand, ledger), 1):
            outcomes[name] = outcome
            told(number, len(files))
        others = [file.name for file in found if file.is_other]
        return situation_of(((file.name, file.modified, outcomes[file.name]) for file in files), errand.units, others)


def _marks(ruleset: str) -> str:
    """A ruleset file of the office is part of the way files are examined: its content counts, not its name."""
    if not ruleset.endswith(".toml"):
        return ""
    return Received("", Path(ruleset), 0.0).digest() if Path(ruleset).is_file() else ""


def _outcomes(files: list[Received], errand: Errand, ledger: Ledger) -> Iterator[tuple[str, Outcome]]:
    """Known outcomes first; each content is examined once however often it came."""
    names: dict[str, list[str]] = {}
    paths: dict[str, Path] = {}
    for file in files:
        if file.reason:
            yield file.name, Outcome(reason=file.reason)
            continue
        digest = file.digest()
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
    work = examined_on_cluster(tasks, errand.ruleset, errand.cluster) if errand.cluster else examined_all(tasks, errand.ruleset, errand.jobs)
    for digest, outcome in work:
        ledger.keep(digest, outcome)
        for name in names[digest]:
            yield name, outcome
