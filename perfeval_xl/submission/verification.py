"""核对报送件: what a received file says now against what its record says it said; every check is run again."""

from __future__ import annotations

from pathlib import Path

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import RECORD_SHEET, BusinessCell, SignedExplanation, business_cells
from perfeval_xl.submission.record import SubmissionRecord, record_of
from perfeval_xl.workbook.examination import Examined, examined_workbook
from perfeval_xl.workbook.grid import RESULT_SHEET
from perfeval_xl.workbook.layout.header_words import OUR_SHEETS
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.explanations import typed_explanations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval_xl.core.finding import Finding

UNSIGNED, GOOD, BAD = "unsigned", "good", "bad"


class Change(Record):
    """改动: a cell, what it was when the record was made, and what it is now; "" for nothing."""

    sheet: str
    cell: str
    was: str
    is_now: str


class Verified(Record):
    """核对结果. ``signature``: unsigned, good or bad, "" when no key was given."""

    path: str
    record: SubmissionRecord | None
    examined: Examined
    changed: tuple[Change, ...]
    remarks: tuple[str, ...]
    signature: str

    @property
    def is_unchanged(self) -> bool:
        """The file says what its record says, and the record is whole and of this signer."""
        return self.record is not None and not self.changed and not self.remarks and self.signature != BAD

    @property
    def findings(self) -> list[Finding]:
        return self.examined.all_findings


def verified(path: str, *, ruleset: str = "", key: str = "") -> Verified:
    """核对一份收到的文件. Raises UnusableFile when it cannot be read.

    ``ruleset``: what the receiver checks by; else what the file names. ``key``: the sender's public key file.
    """
    workbook = read_workbook(path)
    record = record_of(workbook)
    business = workbook._replace(sheets=tuple(sheet for sheet in workbook.sheets if sheet.name != RECORD_SHEET))
    result = examined_workbook(business, ruleset or (record.ruleset if record and _is_known(record.ruleset) else ""))
    if record is None:
        damaged = any(sheet.name == RECORD_SHEET for sheet in workbook.sheets)
        remarks = ("报送记录已被改坏, 不能核对",) if damaged else ("文件里没有报送记录, 不是用本工具生成的报送件, 或者记录被删掉了",)
        return Verified(path, None, result, (), remarks, "")
    now = business_cells(business)
    said = [SignedExplanation(typed.check, typed.place, typed.text) for typed in typed_explanations(workbook)]
    changes = (*_cell_changes(record.cells, now), *_explanation_changes(record.explanations, said))
    return Verified(path, record, result, changes, tuple(_remarks(record, result)), _signature(record, key))


def _is_known(ruleset: str) -> bool:
    from perfeval_xl.rulesets.loader import available  # noqa: PLC0415 - beside its only use

    return ruleset in available()


def _cell_changes(was: Iterable[BusinessCell], now: Iterable[BusinessCell]) -> Iterator[Change]:
    before = {(cell.sheet, cell.cell): cell for cell in was}
    after = {(cell.sheet, cell.cell): cell for cell in now}
    for place in dict.fromkeys([*before, *after]):
        old, new = before.get(place), after.get(place)
        if place[0] in OUR_SHEETS and old is None:
            continue
        if old is None or new is None or (old.type, old.value) != (new.type, new.value):
            yield Change(*place, old.value if old else "", new.value if new else "")


def _explanation_changes(was: Iterable[SignedExplanation], now: Iterable[SignedExplanation]) -> Iterator[Change]:
    before = {(said.check, said.place): said.text for said in was}
    after = {(said.check, said.place): said.text for said in now}
    for check, place in dict.fromkeys([*before, *(key for key in after if key in before)]):
        old, new = before[check, place], after.get((check, place), "")
        if old != new:
            yield Change(RESULT_SHEET, f"{check} {place}", old, new)


def _remarks(record: SubmissionRecord, result: Examined) -> Iterator[str]:
    if not record.is_whole:
        yield "报送记录里的摘要与记录的内容不符, 记录被改过"
    heading = result.assessments[0].table.heading
    unit = (heading.unit.text or heading.name.text or heading.department.text).strip()
    if record.unit != unit:
        yield f"报送记录是「{record.unit}」的, 表上写的是「{unit}」"
    if record.year != heading.year:
        yield f"报送记录是 {record.year or '未写'} 年度的, 表上写的是 {heading.year or '未写'} 年度"


def _signature(record: SubmissionRecord, key: str) -> str:
    if not key:
        return ""
    if not record.signature:
        return UNSIGNED
    from perfeval_xl.submission.signature import is_signed_by  # noqa: PLC0415 - needs an extra

    return GOOD if is_signed_by(record.signed_bytes, record.signature, Path(key)) else BAD
