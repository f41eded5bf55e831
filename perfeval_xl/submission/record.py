"""报送记录: what a submission says about itself, on a very hidden sheet; provenance, not proof."""

from __future__ import annotations

import json

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import (
    DIGESTS,
    RECORD_SHEET,
    SHA256,
    BusinessCell,
    SignedExplanation,
    digest,
)
from perfeval_xl.workbook.results.new_sheet import NewSheet

if TYPE_CHECKING:
    from typing import Any

    from perfeval_xl.workbook.grid import Workbook

FORMAT = 1
_CHUNK = 16_000     # a cell holds 32,767 characters, a rare one counts as two
_LABEL = "perfeval_xl 报送记录, 请勿改动"
_MOST_CHUNKS = 2_000


class SubmissionRecord(Record):
    """报送记录. ``findings`` are those open or explained when it was made; ``forced`` the reason given for sending with errors."""

    engine: str
    template: str
    ruleset: str
    unit: str
    year: int | None
    made_at: str
    algorithm: str
    digest: str
    counts: dict[str, int]
    findings: tuple[dict[str, str], ...]
    explanations: tuple[SignedExplanation, ...]
    cells: tuple[BusinessCell, ...]
    forced: str = ""
    keeps_formulas: bool = False
    signature: str = ""
    public_key: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the record's digest is that of its own cells and explanations."""
        return digest(self.cells, self.explanations, self.algorithm) == self.digest

    @property
    def signed_bytes(self) -> bytes:
        """What a signature covers: everything but the signature itself."""
        return _text(self._replace(signature="", public_key="")).encode("utf-8")


def _text(record: SubmissionRecord) -> str:
    entries = {"format": FORMAT, **record._asdict()}
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def record_sheet(record: SubmissionRecord) -> NewSheet:
    """记录表页: the record as JSON, cut into cells."""
    text = _text(record)
    chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
    rows = [[(_LABEL, "text", "")], *([(chunk, "text", "")] for chunk in chunks)]
    return NewSheet(RECORD_SHEET, rows, widths=(40.0,), state="veryHidden")


def record_of(workbook: Workbook) -> SubmissionRecord | None:
    """读出报送记录; None where there is none or where it cannot be understood."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == RECORD_SHEET), None)
    if sheet is None or len(sheet.cells) > _MOST_CHUNKS:
        return None
    chunks = [str(cell.value) for (row, column), cell in sorted(sheet.cells.items()) if column == 1 and row > 1]
    try:
        return _record(json.loads("".join(chunks)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _record(data: dict[str, Any]) -> SubmissionRecord | None:
    if data.pop("format") != FORMAT or data["algorithm"] not in DIGESTS:
        return None
    texts = ("engine", "template", "ruleset", "unit", "made_at", "digest", "forced", "signature", "public_key")
    if not all(isinstance(data[name], str) for name in texts) or not isinstance(data["year"], int | None):
        return None
    record = SubmissionRecord(**data)
    return record._replace(
        cells=_cells(data["cells"]),
        explanations=tuple(SignedExplanation(*map(str, said)) for said in record.explanations),
        findings=tuple({str(name): str(value) for name, value in entry.items()} for entry in record.findings),
        counts={str(level): int(count) for level, count in record.counts.items()},
    )


def _cells(entries: list[list[object]]) -> tuple[BusinessCell, ...]:
    """As they were written; what another program made of them is brought back to texts."""
    if {*map(len, entries)} <= {len(BusinessCell._fields)} and {type(part) for entry in entries for part in entry} <= {str}:
        return tuple([tuple.__new__(BusinessCell, entry) for entry in entries])
    return tuple(BusinessCell(*map(str, entry)) for entry in entries)


__all__ = ["FORMAT", "SHA256", "SubmissionRecord", "record_of", "record_sheet"]
