"""生成报送件: check again, write the macro-free copy with its record, read it back."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from perfeval_xl import __version__
from perfeval_xl.core.finding import ERROR, EXPLAIN, level_counts
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.submission.canonical import (
    SHA256,
    SignedExplanation,
    business_cells,
    digest,
    one_line_end,
    short_digest,
)
from perfeval_xl.submission.computed_values import computed_values
from perfeval_xl.submission.file_name import free_path
from perfeval_xl.submission.footer import LABEL, with_footer
from perfeval_xl.submission.plain_package import kept_sheets, make_plain
from perfeval_xl.submission.properties import replace_properties
from perfeval_xl.submission.record import SubmissionRecord, record_sheet
from perfeval_xl.submission.unit import same_unit, stated_unit
from perfeval_xl.workbook.examination import Examined, examined, exit_code
from perfeval_xl.workbook.grid import RESULT_SHEET, UnusableFile
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.opc.splice import Tree
from perfeval_xl.workbook.reading.reader import read_workbook
from perfeval_xl.workbook.results.explanations import refusal
from perfeval_xl.workbook.results.patch import put_sheet
from perfeval_xl.workbook.results.result_rows import result_rows
from perfeval_xl.workbook.results.result_sheet import result_sheet

if TYPE_CHECKING:
    from perfeval_xl.core.finding import Finding
    from perfeval_xl.submission.plain_package import Kept
    from perfeval_xl.workbook.results.explanations import Explained

_PATCHABLE = (".xlsx", ".xlsm")


class OpenFindingsError(Exception):
    """还有没处理的问题: nothing was made; ``examined`` says which."""

    def __init__(self, sentence: str, result: Examined) -> None:
        super().__init__(sentence)
        self.examined = result


class Request(Record):
    """怎样生成: ``keeps_formulas`` native formulas stay; ``forced`` a written reason to send with open findings.

    ``unit``: whose table it is, for forms without a line for it.
    """

    keeps_formulas: bool = False
    forced: str = ""
    ruleset: str = ""
    key: str = ""
    algorithm: str = SHA256
    unit: str = ""


class Made(Record):
    """生成了什么."""

    path: str
    record: SubmissionRecord
    code: str


def make_submission(path: str, target: str, request: Request) -> Made:
    """生成报送件 beside or at ``target`` (a file name, a folder, or "" for the workbook's own folder).

    Raises OpenFindingsError while findings are open and no reason was given, UnusableFile where the file cannot be used.
    """
    if not path.lower().endswith(_PATCHABLE):
        raise UnusableFile(f"{path}: 只能由 .xlsx 或 .xlsm 工作簿生成报送件, 请先在 Excel 或 WPS 中另存为 .xlsx")
    result = examined(path, request.ruleset)
    _demand_settled(result, request.forced)
    _demand_unit(result, request.unit)
    kept = kept_sheets(result.workbook, computed_values(result, is_stale=_is_stale(path)), (each.table.sheet for each in result.assessments))
    record = _signed(_record(result, kept, request), request.key)
    output = _target(path, target, record, result.assessments[0].table.heading.title.text)
    if Path(output).exists():
        raise UnusableFile(f"{output}: 文件已存在, 没有覆盖; 请换一个文件名")
    _write(path, output, kept, record, result, keeps_formulas=request.keeps_formulas)
    _demand_same(output, record)
    return Made(output, record, short_digest(record.digest))


def _is_stale(path: str) -> bool:
    """Whether the file asks to be calculated on opening: what its formulas show is older than its inputs."""
    with tempfile.TemporaryDirectory() as folder:
        edit = PackageEdit(path, os.path.join(folder, "plain.xlsx"), drops_macros=True)  # noqa: PTH118
        settings = Tree(edit.read(edit.workbook), depth=1).root.find("calcPr")
    return settings is not None and settings.attributes.get("fullCalcOnLoad") in ("1", "true")


def _demand_settled(result: Examined, forced: str) -> None:
    if forced:
        reason = refusal(forced)
        if reason:
            raise UnusableFile(f"--force 的理由没有采用: {reason}")
    elif exit_code(result.all_findings):
        errors = sum(finding.level == ERROR for finding in result.all_findings)
        waiting = sum(finding.level == EXPLAIN and not finding.explanation for finding in result.all_findings)
        sentence = f"还有没处理的问题 (错误 {errors} 个, 未说明的核实 {waiting} 个), 没有生成报送件"
        raise OpenFindingsError(f"{sentence}; 请改正错误, 核实的在「{RESULT_SHEET}」写出错说明", result)


def _demand_unit(result: Examined, unit: str) -> None:
    """What --unit says may complete the table, never contradict it."""
    stated = _unit(result)
    if unit and stated and not same_unit(unit, stated):
        raise UnusableFile(f"表上的单位是「{stated}」, --unit 写的是「{unit}」, 请改成一致")


def _record(result: Examined, kept: Kept, request: Request) -> SubmissionRecord:
    findings = result.all_findings
    cells = business_cells(kept.workbook)
    explanations = tuple(_said(item) for item in result.explained if item.typed)
    first = result.assessments[0]
    return SubmissionRecord(
        engine=__version__,
        template=first.table.form or "",
        ruleset=first.rules.ruleset.id,
        unit=_unit(result) or request.unit.strip(),
        year=first.table.heading.year,
        made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        algorithm=request.algorithm,
        digest=digest(cells, explanations, request.algorithm),
        counts=level_counts(findings),
        findings=tuple(_entry(finding) for finding in findings),
        explanations=explanations,
        cells=tuple(cells),
        forced=request.forced,
        keeps_formulas=request.keeps_formulas,
    )


def _unit(result: Examined) -> str:
    return next(filter(None, (stated_unit(each.table) for each in result.assessments)), "")


def _said(item: Explained) -> SignedExplanation:
    """What stands on 校验结果 beside a finding, or beside one that has gone."""
    found = item.finding
    check, place = (found.check, f"{found.sheet} {found.cell}") if found else (item.check, item.place)
    return SignedExplanation(check, place, one_line_end(item.typed))


def _entry(finding: Finding) -> dict[str, str]:
    names = ("check", "level", "sheet", "cell", "message", "explanation")
    return {name: getattr(finding, name) for name in names}


def _signed(record: SubmissionRecord, key: str) -> SubmissionRecord:
    if not key:
        return record
    from perfeval_xl.submission.signature import signed  # noqa: PLC0415 - needs an extra

    signature, public_key = signed(record.signed_bytes, Path(key))
    return record._replace(signature=signature, public_key=public_key)


def _target(path: str, target: str, record: SubmissionRecord, title: str) -> str:
    """Where the form names no unit, the name of the working file stands for it."""
    folder = Path(target) if target and Path(target).is_dir() else Path(path).parent
    if target and folder != Path(target):
        if not target.lower().endswith(".xlsx"):
            raise UnusableFile(f"{target}: 报送件没有宏, 文件名要以 .xlsx 结尾")
        return target
    return str(free_path(folder, record.unit or Path(path).stem, record.year, title))


def _write(path: str, output: str, kept: Kept, record: SubmissionRecord, result: Examined, *, keeps_formulas: bool) -> None:
    code = short_digest(record.digest)
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "plain.xlsx")  # noqa: PTH118 - PackageEdit takes texts
        checked = os.path.join(folder, "checked.xlsx")  # noqa: PTH118
        edit = PackageEdit(path, plain, drops_macros=True)
        replace_properties(edit, _properties(record, code))
        make_plain(edit, kept, keeps_formulas=keeps_formulas)
        parts = {sheet.name: sheet.part for sheet in kept.workbook.sheets}
        for name in dict.fromkeys(each.table.sheet for each in result.assessments):
            edit.write(parts[name], with_footer(edit.read(parts[name]), code))
        edit.save()
        homes = [each.table.sheet for each in result.assessments]
        put_sheet(plain, checked, result_sheet(result_rows(result.explained, homes, result.unread)))
        put_sheet(checked, output, record_sheet(record))


def _properties(record: SubmissionRecord, code: str) -> dict[str, str]:
    return {
        LABEL.strip(): code,
        "perfeval_digest": record.digest,
        "perfeval_algorithm": record.algorithm,
        "perfeval_engine": record.engine,
        "perfeval_ruleset": record.ruleset,
        "perfeval_unit": record.unit,
        "perfeval_year": str(record.year or ""),
    }


def _demand_same(output: str, record: SubmissionRecord) -> None:
    """The file as read back says what the record says; anything else is our own mistake."""
    cells = business_cells(read_workbook(output))
    if digest(cells, record.explanations, record.algorithm) != record.digest:
        Path(output).unlink()
        raise AssertionError("the submission does not read back as it was recorded")
