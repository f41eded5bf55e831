"""选项卡「绩效自评」: what its buttons do beyond those of a form; Ribbon.bas calls these functions by name.

Each does what the command of the same name does, for the saved file of the workbook in front.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.excel import answer, answering, caller
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from typing import Any

_NEW_CONSOLE = 0x10     # CREATE_NEW_CONSOLE, which subprocess names on Windows only


def adopt() -> None:
    """按钮「接管此表」: a living copy of the office's own table beside the workbook in front, which stays as it is."""
    _make("adopt", "_接管", ".xlsm", "请打开它填写, 原来的文件没有改动。")


def make_report() -> None:
    """按钮「生成报告」: the draft of the 自评报告 beside the workbook in front."""
    _make("report", "_自评报告", ".docx", "请打开它核对、补充。")


def _make(command: str, addition: str, suffix: str, advice: str) -> None:
    book = caller()
    with answering(book, "正在生成……"):
        path = _saved_file(book)
        output = free_path(os.path.splitext(path)[0] + addition, suffix)  # noqa: PTH122
        code, said = spoken([command, path, "-o", output])
        if not os.path.exists(output):  # noqa: PTH110
            raise UnusableFile(said or f"没有生成, 退出码 {code}")
        answer(book, f"已生成: {os.path.basename(output)}, 在原工作簿旁边。{advice}")  # noqa: PTH119


def collect(folder: str) -> None:
    """按钮「汇总文件夹」: collects in a window of its own, for a click must not keep Excel waiting for minutes."""
    book = caller()
    with answering(book, "正在启动汇总……"):
        folder = os.path.normpath(folder)
        output = free_path(f"{folder.rstrip(os.sep)}_汇总", ".xlsx")
        subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [console_interpreter(), "-E", "-P", "-m", "perfeval_xl.ribbon", folder, output],
            creationflags=_NEW_CONSOLE if sys.platform == "win32" else 0,
        )
        answer(book, f"正在另一个窗口里汇总。完成后会打开 {os.path.basename(output)}, 它在所选文件夹旁边。")  # noqa: PTH119


def examine_computer() -> None:
    """按钮「自检」: every check of this PC on a page, and its verdict in a sentence."""
    book = caller()
    with answering(book, "正在自检……"):
        code, said = spoken(["doctor", "--page"])
        lines = said.splitlines() or [f"没有完成, 退出码 {code}"]
        answer(book, lines[-1])


def spoken(words: list[str]) -> tuple[int, str]:
    """A command's exit code and everything it says; there is no console where Excel has started Python."""
    from perfeval_xl.cli import main  # noqa: PLC0415 - a cell's call of this process needs none of it

    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(words)
    return code, said.getvalue().strip()


def free_path(stem: str, suffix: str) -> str:
    """A name that nothing has yet: 名字.xlsm, 名字(2).xlsm."""
    path, number = stem + suffix, 2
    while os.path.exists(path):  # noqa: PTH110
        path, number = f"{stem}({number}){suffix}", number + 1
    return path


def console_interpreter() -> str:
    """The interpreter that brings a console window, beside the one without."""
    folder, name = os.path.split(sys.executable)
    return os.path.join(folder, "python.exe") if name.lower() == "pythonw.exe" else sys.executable  # noqa: PTH118


def _saved_file(book: Any) -> str:
    path: str = book.api.FullName
    if not os.path.isfile(path):  # noqa: PTH113
        raise UnusableFile("请先把工作簿保存到本机 (云端打开的请另存一份)")
    if not book.api.Saved:
        raise UnusableFile("工作簿有改动还没有保存, 请先保存再按")
    return path


def collect_in_window(folder: str, output: str) -> int:
    """What the window of 汇总文件夹 does: collect, open the summary, and wait for a key where there is none."""
    from perfeval_xl.cli import main  # noqa: PLC0415 - as above

    code = main(["collect", folder, "-o", output])
    if os.path.exists(output) and hasattr(os, "startfile"):  # noqa: PTH110
        os.startfile(output)  # noqa: S606 - the summary just written
    else:
        input("按回车键关闭本窗口")
    return code


if __name__ == "__main__":
    sys.exit(collect_in_window(*sys.argv[1:3]))
