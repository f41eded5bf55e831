"""进度账: outcomes by content, so that an interrupted run goes on and a second run only hashes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from perfeval_xl import __version__
from perfeval_xl.consolidate.outcome import Outcome, outcome_from

if TYPE_CHECKING:
    from types import TracebackType

_FORMAT = 5
_SECONDS = 0.2
_TABLES = (
    "CREATE TABLE IF NOT EXISTS outcome (sha256 TEXT, way TEXT, content BLOB, PRIMARY KEY (sha256, way))",
    "CREATE TABLE IF NOT EXISTS answer (mark TEXT, way TEXT, content TEXT, PRIMARY KEY (mark, way))",
)

_KEEP = "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)"


class Ledger:
    """进度账 in one SQLite file beside the summary. ``way``: the version and the ruleset by which files were examined.

    A ledger that is damaged or cannot be written is done without: files are examined again. What comes within a fifth of a
    second is written in one go, so that a run that is killed loses no more than that.
    """

    def __init__(self, path: Path, ruleset: str, marks: str = "") -> None:
        self._way = f"{_FORMAT}/{__version__}/{ruleset}/{marks}"
        self._book = _opened(path)
        self._waiting: list[tuple[str, str, bytes]] = []
        self._written_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.write()
        self._book.close()

    def known(self, digest: str) -> Outcome | None:
        """An outcome of the very same content examined in the very same way."""
        query = "SELECT content FROM outcome WHERE sha256 = ? AND way = ?"
        row = self._book.execute(query, (digest, self._way)).fetchone()
        try:
            return outcome_from(row[0]) if row else None
        except (ValueError, TypeError, KeyError):
            return None

    @property
    def is_empty(self) -> bool:
        """Nothing has been examined so far, in whatever way."""
        return self._book.execute("SELECT 1 FROM outcome LIMIT 1").fetchone() is None

    def answer(self, mark: str) -> str | None:
        """What was said of a batch with that mark."""
        row = self._book.execute("SELECT content FROM answer WHERE mark = ? AND way = ?", (mark, self._way)).fetchone()
        return str(row[0]) if row and mark else None

    def remember(self, mark: str, content: str) -> None:
        """Keep the last answer alone."""
        with self._or_done_without():
            self._book.execute("DELETE FROM answer")
            self._book.execute("INSERT INTO answer VALUES (?, ?, ?)", (mark, self._way, content))

    def keep(self, digest: str, outcome: Outcome) -> None:
        """Keep an outcome; it outlives a run that is broken off."""
        self._waiting.append((digest, self._way, outcome.as_bytes()))
        if time.monotonic() - self._written_at > _SECONDS:
            self.write()

    def write(self) -> None:
        """Write down what is waiting."""
        waiting, self._waiting = self._waiting, []
        self._written_at = time.monotonic()
        if not waiting:
            return
        with self._or_done_without():
            self._book.execute("BEGIN IMMEDIATE")
            self._book.executemany(_KEEP, waiting)
            self._book.execute("COMMIT")

    @contextmanager
    def _or_done_without(self) -> Iterator[None]:
        """A full disk, or another run that holds the ledger, costs the memory of this run and nothing else."""
        try:
            yield
        except sqlite3.DatabaseError:
            self._book.close()
            self._book = _ready(":memory:")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _ready(str(path))
    except sqlite3.DatabaseError:
        pass
    try:
        path.unlink(missing_ok=True)    # damaged, and nothing in it that cannot be made again
        return _ready(str(path))
    except (sqlite3.DatabaseError, OSError):
        return _ready(":memory:")


def _ready(place: str) -> sqlite3.Connection:
    """Outcomes are written without waiting for the disk."""
    book = sqlite3.connect(place, isolation_level=None)
    try:
        for step in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", *_TABLES):
            book.execute(step)
        book.execute("SELECT count(*) FROM outcome")
    except sqlite3.DatabaseError:
        book.close()
        raise
    return book
