"""命令 drop: what the desktop icon 校验自评表 runs for the files dropped on it; the answer is a page in the browser."""

from __future__ import annotations

import os
import sys

from perfeval_xl.cli.options import options_of
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.examination import exit_code
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from perfeval_xl.workbook.examination import Examined

HELP = """
用法: perfeval-xl drop 文件…

桌面图标「校验自评表」用的命令: 校验拖上去的文件, 把结果写成一个网页并打开。不用 Excel, 文件不会改动。

例: perfeval-xl drop 自评表.xlsx
"""
NOTHING_DROPPED = "没有文件。请把自评表 (.xlsx .xlsm .xls .ods) 拖到桌面图标「校验自评表」上再松开。"
PAGE = "校验结果.html"


def run(words: list[str]) -> int:
    """As ``check``: 0, 1 or 2; the page opens in every case."""
    options = options_of(words, HELP, ())
    if options is None:
        return 0
    outcomes = [_outcome(path) for path in options.words] or [("校验自评表", NOTHING_DROPPED)]
    page = written_page(outcomes)
    show_page(page)
    print(f"网页已写入: {page}")
    return max(2 if isinstance(outcome, str) else exit_code(outcome.all_findings) for _, outcome in outcomes)


def _outcome(path: str) -> tuple[str, Examined | str]:
    from perfeval_xl.workbook.examination import examined  # noqa: PLC0415 - the help needs none of it

    try:
        return path, examined(path)
    except UnusableFile as reason:
        return path, str(reason)


def written_page(outcomes: list[tuple[str, Examined | str]]) -> str:
    """The page in the user's own temporary folder; a new one each time, for the last one may still be open."""
    from tempfile import mkdtemp  # noqa: PLC0415

    from perfeval_xl.workbook.results.page import write_page  # noqa: PLC0415

    path = os.path.join(mkdtemp(prefix="perfeval-"), PAGE)  # noqa: PTH118
    write_page(path, outcomes)
    return path


def show_page(path: str) -> None:
    """Open it in the browser, by the system's own way."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a page just written
        return
    import webbrowser  # noqa: PLC0415 - only where Windows does not do it

    webbrowser.open(f"file://{path}")
