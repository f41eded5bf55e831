"""进度账: outcomes by content, so that an interrupted run goes on and a second run only hashes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Self

from perfeval_xl import __version__
from perfeval_xl.consolidate.outcome import Outcome, outcome_from

if TYPE_CHECKING:
    from types import TracebackType

_FORMAT = 1
_TABLE = "CREATE TABLE IF NOT EXISTS outcome (sha256 TEXT, way TEXT, content TEXT, PRIMARY KEY (sha256, way))"
_EACH = 25          # outcomes between two commits


class Ledger:
    """进度账 in one SQLite file beside the summary. ``way``: the version and the ruleset by which files were examined.

    A ledger that is damaged or cannot be written is done without: files are examined again.
    """

    def __init__(self, path: Path, ruleset: str, marks: str = "") -> None:
        self._way = f"{_FORMAT}/{__version__}/{ruleset}/{marks}"
        self._pending = 0
        self._book = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._book.commit()
        self._book.close()

    def known(self, digest: str) -> Outcome | None:
        """An outcome of the very same content examined in the very same way."""
        query = "SELECT content FROM outcome WHERE sha256 = ? AND way = ?"
        row = self._book.execute(query, (digest, self._way)).fetchone()
        try:
            return outcome_from(json.loads(row[0])) if row else None
        except (ValueError, TypeError, KeyError):
            return None

    def keep(self, digest: str, outcome: Outcome) -> None:
        """Keep an outcome; on the disk after some more."""
        content = json.dumps(outcome.as_data(), ensure_ascii=False, separators=(",", ":"))
        self._book.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)", (digest, self._way, content))
        self._pending += 1
        if self._pending >= _EACH:
            self._book.commit()
            self._pending = 0


def _opened(path: Path) -> sqlite3.Connection:
    for place in (str(path), ":memory:"):
        book = sqlite3.connect(place)
        try:
            book.execute(_TABLE)
            book.execute("SELECT count(*) FROM outcome")
        except sqlite3.DatabaseError:
            book.close()
            if place == ":memory:":
                raise
        else:
            return book
    raise AssertionError("an empty ledger in memory can always be made")
