"""报送件文件名: 单位_年度_表名_v序号.xlsx."""

from __future__ import annotations

import re

from perfeval_xl.core.record import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST_PART = 40


def submission_name(unit: str, year: int | None, title: str, version: int) -> str:
    """文件名 without anything Windows forbids.

    >>> submission_name("某县医保局", 2024, "项目支出绩效自评表", 2), submission_name("甲/乙:丙", None, "", 1)
    ('某县医保局_2024_项目支出绩效自评表_v2.xlsx', '甲乙丙_自评表_v1.xlsx')
    """
    parts = [_clean(unit) or "未填单位", str(year) if year else "", _clean(title) or "自评表", f"v{version}"]
    return "_".join(part for part in parts if part) + ".xlsx"


def free_path(folder: Path, unit: str, year: int | None, title: str) -> Path:
    """下一个序号的文件: an existing submission is never overwritten."""
    version = 1
    while (folder / submission_name(unit, year, title, version)).exists():
        version += 1
    return folder / submission_name(unit, year, title, version)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text).strip(".")[:_LONGEST_PART]
