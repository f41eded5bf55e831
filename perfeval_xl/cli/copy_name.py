"""副本的名字: where a checked copy goes; a copy that is there already may hold what a clerk has typed since."""

from __future__ import annotations

from os.path import exists, samefile, splitext

from perfeval_xl.workbook.grid import UnusableFile


def copy_name(path: str, given: str = "") -> str:
    """给定的名字, or 原名_校验, or 原名_校验(2) and so on. Raises UnusableFile where the given file is there already."""
    if given:
        if exists(given) and not samefile(given, path):  # noqa: PTH110, PTH121 - the file itself is refused where it would be written
            raise UnusableFile(f"{given}: 文件已存在, 没有覆盖; 请换一个文件名")
        return given
    stem, suffix = splitext(path)  # noqa: PTH122
    name, number = f"{stem}_校验{suffix}", 2
    while exists(name):  # noqa: PTH110
        name, number = f"{stem}_校验({number}){suffix}", number + 1
    return name
