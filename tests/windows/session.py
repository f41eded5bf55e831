"""Excel 的一次会话: worksheet functions called and buttons' commands run as on Windows, each batch in a child process.

What happens between the COM call and the function is xlwings' own code: ``XLPython.CallUDF``, ``call_udf``, the
converters, ``Book.caller``. Only pywin32 and the workbook are stood in for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any, NamedTuple

SHEET = "自评表"


class At(NamedTuple):
    """Cells handed to a function: ``=f(B5:C7)``."""

    range: str
    sheet: str = SHEET


class Omitted(NamedTuple):
    """An Optional argument the formula leaves out; the wrapper hands it over all the same."""

    omitted: bool = True


class Call(NamedTuple):
    """A cell's formula: a function of a module with its arguments; ``cell`` is where the formula stands."""

    module: str
    function: str
    args: tuple[Any, ...] = ()
    cell: str = "Z1"


class Failed(NamedTuple):
    """What Excel would show in the cell: the text of an exception."""

    error: str


def call_functions(calls: list[Call], cells: dict[str, Any] | None = None) -> list[Any]:
    """The answer of each call, in one child; ``cells``: address → value of the sheet 自评表."""
    answers = _child({"sheets": {SHEET: cells or {}}, "calls": [_plain(call) for call in calls]})["answers"]
    return [Failed(answer["error"]) if isinstance(answer, dict) else answer for answer in answers]


def run_button(command: str, sheets: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """RunPython's command against a workbook of these sheets; the cells as it leaves them.

    An exception of the command raises RuntimeError with its text.
    """
    answer = _child({"sheets": sheets, "command": command})
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["sheets"]


def _plain(call: Call) -> dict[str, Any]:
    marked = [arg._asdict() if isinstance(arg, (At, Omitted)) else arg for arg in call.args]
    return call._asdict() | {"args": marked}


def _child(job: dict[str, Any]) -> dict[str, Any]:
    child = subprocess.run(
        [sys.executable, "-m", "tests.windows.session"],
        input=json.dumps(job),
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    assert child.returncode == 0, child.stderr
    return json.loads(child.stdout)


def _serve(job: dict[str, Any]) -> dict[str, Any]:
    from perfeval_xl.workbook.vba.windows_stand_ins import install
    from tests.windows.cells import Workbook

    xlwings = install()
    book = Workbook(job["sheets"])
    if "calls" in job:
        return {"answers": [_answer(xlwings, book, call) for call in job["calls"]]}
    xlwings.windows.BOOK_CALLER = book
    try:
        xlwings.server.XLPython().Exec(job["command"])
    except Exception as problem:  # noqa: BLE001 - the COM server hands any exception to VBA
        return {"error": f"{type(problem).__name__}: {problem}"}
    return {"sheets": book.values()}


def _answer(xlwings: Any, book: Any, call: dict[str, Any]) -> Any:
    args = tuple(_handed_over(book, arg) for arg in call["args"])
    caller = book.ActiveSheet.Range(call["cell"])
    try:
        return xlwings.server.XLPython().CallUDF(call["module"], call["function"], args, book, caller)
    except Exception as problem:  # noqa: BLE001 - as above
        return {"error": f"{type(problem).__name__}: {problem}"}


def _handed_over(book: Any, arg: Any) -> Any:
    from tests.windows.cells import MISSING, as_com

    if isinstance(arg, dict):
        return MISSING if "omitted" in arg else book.Worksheets(arg["sheet"]).Range(arg["range"])
    return as_com(arg)


if __name__ == "__main__":
    import contextlib

    with contextlib.redirect_stdout(sys.stderr):
        served = _serve(json.load(sys.stdin))
    json.dump(served, sys.stdout, default=str)
