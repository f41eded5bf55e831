"""写报告: from the workbook to a .docx that did not exist before."""

from __future__ import annotations

import os
from pathlib import Path

from perfeval_xl.core.finding import ERROR
from perfeval_xl.core.record import TYPE_CHECKING, Record
from perfeval_xl.report.draft.drafting import drafted
from perfeval_xl.report.draft.word import word_bytes
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package_output import write_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfeval_xl.core.assessment import Assessment
    from perfeval_xl.report.draft.content import Draft


class Written(Record):
    """写出的报告: what the clerk still has to fill in, and how many errors the table has."""

    gaps: tuple[str, ...]
    errors: int


def write_draft(path: str, output: str, ruleset: str = "", layout: str = "", template: str = "") -> Written:
    """起草报告并写出; raises UnusableFile with one sentence where a file cannot be used or exists already."""
    if not output.lower().endswith(".docx"):
        raise UnusableFile(f"{output}: 报告的名字应以 .docx 结尾")
    if Path(output).exists():
        raise UnusableFile(f"{output}: 文件已存在, 请换一个文件名")
    result = examined(path, ruleset, layout=layout)
    draft = drafted(result.assessments)
    save_new(output, _from_template(template, draft, result.assessments) if template else word_bytes(draft))
    return Written(tuple(draft.gaps), sum(finding.level == ERROR for finding in result.all_findings))


def _from_template(template: str, draft: Draft, assessments: Sequence[Assessment]) -> bytes:
    from perfeval_xl.report.draft.template import filled_template  # noqa: PLC0415 - docxtpl only with --template

    return filled_template(template, draft, assessments)


def save_new(output: str, data: bytes) -> None:
    """Write a file that must not exist; half a file is never left behind."""
    half = f"{output}.{os.getpid()}.tmp"
    try:
        Path(half).write_bytes(data)
        _named(half, output)
    except FileExistsError:
        raise UnusableFile(f"{output}: 文件已存在, 请换一个文件名") from None
    except OSError as reason:
        raise UnusableFile(write_refusal(output, reason)) from None
    finally:
        Path(half).unlink(missing_ok=True)


def _named(half: str, output: str) -> None:
    """Give the whole file its name unless another has it; memory sticks know no second name for a file, there it is claimed first."""
    try:
        os.link(half, output)
    except FileExistsError:
        raise
    except OSError:
        Path(output).touch(exist_ok=False)
        Path(half).replace(output)
