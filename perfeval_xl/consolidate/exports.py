"""给分析人员的数据: the long tables as CSV files or as one Parquet folder, through pandas."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval_xl.consolidate.destination import folder_made, refusing
from perfeval_xl.consolidate.summary_rows import FINDINGS, HEADINGS, INDICATORS, SITUATION, SUMMARY, rows_of
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    import pandas as pd

    from perfeval_xl.consolidate.arrival import Situation

_SHEETS = (SITUATION, SUMMARY, INDICATORS, FINDINGS)
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(situation: Situation, folder: Path) -> list[Path]:
    """每张表一个 CSV (UTF-8 with BOM, which Excel understands); a text that looks like a formula gets an apostrophe."""
    written = []
    for name, frame in _frames(situation):
        texts = frame.select_dtypes(include=["object", "string"]).columns
        frame[texts] = frame[texts].map(harmless)
        path = folder_made(folder) / f"{name}.csv"
        with refusing(path):
            frame.to_csv(path, index=False, encoding="utf-8-sig")
        written.append(path)
    return written


def write_parquet(situation: Situation, folder: Path) -> list[Path]:
    """每张表一个 Parquet file. Raises UnusableFile where pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise UnusableFile('--parquet 需要 pyarrow, 请运行: uv pip install "perfeval_xl[parquet]"')
    written = []
    for name, frame in _frames(situation):
        path = folder_made(folder) / f"{name}.parquet"
        with refusing(path):
            frame.to_parquet(path, index=False)
        written.append(path)
    return written


def harmless(value: object) -> object:
    """不会被当作公式的文字.

    >>> harmless("=HYPERLINK(1)"), harmless("95%"), harmless(None)
    ("'=HYPERLINK(1)", '95%', None)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_MARKS) else value


def _frames(situation: Situation) -> list[tuple[str, pd.DataFrame]]:
    import pandas as pd  # noqa: PLC0415 - only for analysts

    return [(name, pd.DataFrame(list(rows_of(name, situation)), columns=list(HEADINGS[name]))) for name in _SHEETS]
