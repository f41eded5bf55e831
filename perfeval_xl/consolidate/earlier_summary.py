"""以前的汇总: the one kind of file that a summary replaces, known before hundreds of files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.consolidate.summary_rows import SITUATION, SUMMARY
from perfeval_xl.workbook.grid import UnusableFile
from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.relationships import workbook_part
from perfeval_xl.workbook.reading.outline import Outline
from perfeval_xl.workbook.reading.reader import file_bytes
from perfeval_xl.workbook.reading.sniff import OOXML, verdict

if TYPE_CHECKING:
    from pathlib import Path


def demand_own_summary(path: Path) -> None:
    """只替换以前的汇总: raises UnusableFile where the file is there and is anything else."""
    if path.exists() and not {SITUATION, SUMMARY} <= _sheets(path):
        raise UnusableFile(f"{path}: 文件已存在, 又不是以前的汇总, 请换一个文件名")


def _sheets(path: Path) -> set[str]:
    try:
        data = file_bytes(str(path))
        if verdict(data)[0] != OOXML:
            return set()
        package = Package(data)
        return {name for name, _, _ in Outline(package, workbook_part(package)).sheets}
    except UnusableFile:
        return set()
