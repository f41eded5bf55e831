"""核对报送件: what a received file says now against what its record says it said; every check is run again."""

from __future__ import annotations

from pathlib import Path

from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import (
    RECORD_SHEET,
    BusinessCell,
    SignedExplanation,
    business_cells,
    is_business,
    one_line_end,
)
from perfeval_xl.submission.record import SubmissionRecord, record_of
from perfeval_xl.submission.unit import same_unit, stated_unit
from perfeval_xl.workbook.address import address
from perfeval_xl.workbook.examination import Examined, examined_workbook
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.explanations import typed_explanations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfeval_xl.core.finding import Finding
    from perfeval_xl.workbook.grid import Workbook

UNSIGNED, GOOD, BAD = "unsigned", "good", "bad"
_DAMAGED_RECORD = "报送记录已被改坏, 不能核对"
_NO_RECORD = "文件里没有报送记录, 不是用本工具生成的报送件, 或者记录被删掉了"
_NO_VALUES = "有 {} 个公式没有算出的数 (由不会计算的程序另存过), 这些数不能核对, 请在 Excel 里打开、保存一次再核对"


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
    result = _examined(business, ruleset, record)
    if record is None:
        damaged = any(sheet.name == RECORD_SHEET for sheet in workbook.sheets)
        return Verified(path, None, result, (), (_DAMAGED_RECORD if damaged else _NO_RECORD,), "")
    now = business_cells(business)
    said = [SignedExplanation(typed.check, typed.place, one_line_end(typed.text)) for typed in typed_explanations(workbook)]
    formulas = _formulas(business)
    empty = {place for place, (_, has_value) in formulas.items() if not has_value} if record.keeps_formulas else set()
    changes = [change for change in _cell_changes(record.cells, now) if (change.sheet, change.cell) not in empty]
    if not record.keeps_formulas:
        changes += _formula_changes(formulas, now)
    changes += _explanation_changes(record.explanations, said)
    remarks = (*_remarks(record, result), *([_NO_VALUES.format(len(empty))] if empty else []))
    return Verified(path, record, result, tuple(changes), remarks, _signature(record, key))


def _examined(workbook: Workbook, ruleset: str, record: SubmissionRecord | None) -> Examined:
    """By the receiver's rules, else by the record's where they fit the table, else by the table's own."""
    if not ruleset and record and _is_known(record.ruleset):
        try:
            return examined_workbook(workbook, record.ruleset)
        except UnusableFile:    # a ruleset that is not in force in the table's year
            return examined_workbook(workbook)
    return examined_workbook(workbook, ruleset)


def _formulas(workbook: Workbook) -> dict[tuple[str, str], tuple[str, bool]]:
    """Formula cells of the business sheets: the formula, and whether it shows anything."""
    return {
        (sheet.name, address(*place)): (cell.formula, cell.value is not None)
        for sheet in workbook.sheets
        for place, cell in sheet.cells.items() if cell.formula and is_business(sheet.name, place[1])
    }  # fmt: skip


def _formula_changes(formulas: dict[tuple[str, str], tuple[str, bool]], now: list[BusinessCell]) -> Iterator[Change]:
    """A formula in a file that was sent without any, even where it shows the old value."""
    if not formulas:
        return
    shown = {(cell.sheet, cell.cell): cell.value for cell in now}
    for place, (formula, _) in formulas.items():
        if formula.upper().removesuffix("()") == shown.get(place):
            continue    # LibreOffice saves TRUE and #N/A as formulas
        yield Change(*place, shown.get(place, ""), f"公式 ={formula}")


def _is_known(ruleset: str) -> bool:
    from perfeval_xl.rulesets.loader import available  # noqa: PLC0415 - beside its only use

    return ruleset in available()


def _cell_changes(was: tuple[BusinessCell, ...], now: list[BusinessCell]) -> Iterator[Change]:
    if list(was) == now:
        return
    before = {(cell.sheet, cell.cell): cell for cell in was}
    after = {(cell.sheet, cell.cell): cell for cell in now}
    for place in dict.fromkeys([*before, *after]):
        old, new = before.get(place), after.get(place)
        if old is None or new is None or (old.type, old.value) != (new.type, new.value):
            yield Change(*place, old.value if old else "", new.value if new else "")


def _explanation_changes(was: Iterable[SignedExplanation], now: Iterable[SignedExplanation]) -> Iterator[Change]:
    before, after = _texts(was), _texts(now)
    for check, place in dict.fromkeys([*before, *after]):
        old, new = before.get((check, place), ""), after.get((check, place), "")
        if old != new:
            yield Change(RESULT_SHEET, f"{check} {place}", old, new)


def _texts(said: Iterable[SignedExplanation]) -> dict[tuple[str, str], str]:
    """Explanations by what they explain; several of one check at one cell together."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in said:
        found.setdefault((each.check, each.place), []).append(each.text)
    return {key: "\n".join(sorted(texts)) for key, texts in found.items()}


def _remarks(record: SubmissionRecord, result: Examined) -> Iterator[str]:
    if not record.is_whole:
        yield "报送记录里的摘要与记录的内容不符, 记录被改过"
    heading = result.assessments[0].table.heading
    unit = next(filter(None, (stated_unit(each.table) for each in result.assessments)), "")
    if unit and not same_unit(record.unit, unit):
        yield f"报送记录是「{record.unit or '未写单位'}」的, 表上写的是「{unit}」"
    if record.year != heading.year:
        yield f"报送记录是 {record.year or '未写'} 年度的, 表上写的是 {heading.year or '未写'} 年度"


def _signature(record: SubmissionRecord, key: str) -> str:
    if not key:
        return ""
    if not record.signature:
        return UNSIGNED
    from perfeval_xl.submission.signature import is_signed_by  # noqa: PLC0415 - needs an extra

    return GOOD if is_signed_by(record.signed_bytes, record.signature, Path(key)) else BAD
