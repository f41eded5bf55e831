"""一份文件的结果 as plain data: it travels between processes and into the ledger, and is read without the means to make one.

Of a batch only what tells the files apart is kept as values; indicators and findings, which are most of it, stay compressed
per file until the summary needs them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

UNREACHABLE = "文件读不到了 (被移走, 或没有权限), 没有读取"
NO_RECORD, UNCHANGED, CHANGED = "none", "unchanged", "changed"
FINDING_FIELDS = ("check", "level", "sheet", "cell", "item", "message", "written", "expected", "basis", "fix", "explanation")
_QUICKLY = 1    # twice the bytes of the usual level, a third of its time
as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

# 一级指标 二级指标 三级指标 指标值 完成值 分值 得分 计算得分 完成率 偏差率 原因 单元格
IndicatorRow = tuple[str, str, str, str, str, float | None, float | None, float | None, float | None, float | None, str, str]


@dataclass(frozen=True)
class TableOutcome:
    """一张表: amounts in 万元 (a table that names no unit is taken to be in 万元), rates as ratios."""

    sheet: str
    kind: str
    form: str
    year: int | None
    unit: str
    title: str
    ruleset: str
    budget: float | None
    executed: float | None
    execution_rate: float | None
    score: float | None
    grade: str
    points: float
    indicator_count: int = 0


@dataclass(frozen=True)
class Outcome:
    """一份文件: ``reason`` why it could not be used, "" when it could; ``status`` of its record.

    ``counts``: findings by level; those that are explained count under ``explained`` and no longer under ``explain``.
    ``tally``: how many findings of each check and level, as 「B06 error」; ``details``: the indicators of every
    table and the findings as ``packed`` gave them, read anew each time they are asked for.
    """

    reason: str = ""
    tables: list[TableOutcome] = field(default_factory=list)
    tally: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    status: str = NO_RECORD
    unit: str = ""
    made_at: str = ""
    engine: str = ""
    template: str = ""
    has_macros: bool = False
    changed: list[list[str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    forced: str = ""
    dangers: list[str] = field(default_factory=list)
    details: bytes = b""

    @property
    def indicators(self) -> list[list[IndicatorRow]]:
        """指标明细 of each table."""
        found: list[list[IndicatorRow]] = _unpacked(self.details)[0]
        return found

    @property
    def findings(self) -> list[list[str]]:
        """校验发现, each by ``FINDING_FIELDS``."""
        found: list[list[str]] = _unpacked(self.details)[1]
        return found

    def as_bytes(self) -> bytes:
        """For the ledger: a line of JSON of all else, then the details as they came; half a character becomes a question mark."""
        head = {**vars(self), "tables": [vars(table) for table in self.tables]}
        del head["details"]
        return as_json(head).encode("utf-8", "replace") + b"\n" + self.details


def outcome_from(content: bytes) -> Outcome:
    """The Outcome that ``as_bytes`` gave; ValueError, TypeError or KeyError for anything else."""
    head, _, details = content.partition(b"\n")
    data = json.loads(head)
    tables = [TableOutcome(**table) for table in data["tables"]]
    return Outcome(**{**data, "tables": tables, "details": details})


def packed(indicators: Sequence[Sequence[IndicatorRow]], findings: Sequence[Sequence[object]]) -> bytes:
    """指标明细 of each table and 校验发现 for ``details``; half a character becomes a question mark."""
    return zlib.compress(as_json([indicators, findings]).encode("utf-8", "replace"), _QUICKLY)


def _unpacked(details: bytes) -> Any:
    return json.loads(zlib.decompress(details)) if details else ([], [])
