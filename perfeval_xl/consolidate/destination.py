"""写到哪里: folders that are made, and files that cannot be written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """写不进去的文件: one that cannot be written is the user's to close, not ours to crash on."""
    try:
        yield
    except OSError:
        raise UnusableFile(f"不能写入“{path}”: 请检查文件夹, 或关闭正在 Excel 里打开的同名文件") from None


def folder_made(folder: Path) -> Path:
    """要写入的文件夹, made where it is not there. Raises UnusableFile where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UnusableFile(f"不能建立文件夹“{folder}”, 请检查路径") from None
    return folder
