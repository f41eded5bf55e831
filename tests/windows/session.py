"""Excel 的一次会话: worksheet functions called and buttons clicked as on Windows, in one child process that stays.

What happens between the COM call and the function is xlwings' own code: ``XLPython.CallUDF``, ``call_udf``, the
converters, ``Book.caller``. Only pywin32 and the workbook are stood in for. The child stays, like the server that
answers Excel: what one call leaves behind the next one meets.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

SHEET = "自评表"


class At(NamedTuple):
    """Cells handed to a function: ``=f(B5:C7)``."""

    range: str
    sheet: str = SHEET


class Omitted(NamedTuple):
    """An Optional argument the formula leaves out; the wrapper hands it over all the same."""

    omitted: bool = True


class Day(NamedTuple):
    """A cell in a date format."""

    day: str


class Money(NamedTuple):
    """A cell in a currency format: COM hands over a Decimal."""

    money: str


class Call(NamedTuple):
    """A cell's formula: a function of a module with its arguments; ``cell`` is where the formula stands."""

    module: str
    function: str
    args: tuple[Any, ...] = ()
    cell: str = "Z1"


class Failed(NamedTuple):
    """What Excel would show in the cell: the text of an exception."""

    error: str


class Outcome(NamedTuple):
    """What a story leaves behind. ``opened``, ``sheets``: sheet → address → value, formula, number_format."""

    raised: str
    opened: dict[str, dict[str, dict[str, Any]]]
    sheets: dict[str, dict[str, dict[str, Any]]]
    said: list[Any]
    saved: list[str]
    printed: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    front: str
    selected: list[str] | None
    looks: dict[str, list[list[Any]]]
    links: dict[str, list[str]]
    shapes: dict[str, list[str]]
    books: list[str]
    alerts: bool

    def value(self, sheet: str, cell: str) -> Any:
        return self.sheets[sheet].get(cell, {"value": None})["value"]

    def formula(self, sheet: str, cell: str) -> str:
        return self.sheets[sheet].get(cell, {"formula": ""})["formula"]

    def area(self, sheet: str, first_row: int, columns: str) -> list[list[Any]]:
        """The rows of these columns from ``first_row`` to the last that holds anything."""
        filled = [cell for cell, held in self.sheets[sheet].items() if held["value"] not in (None, "")]
        last = max((int(re.sub("[A-Z]", "", cell)) for cell in filled), default=0)
        return [[self.value(sheet, f"{column}{row}") for column in columns] for row in range(first_row, last + 1)]

    def results(self, columns: str = "BCD") -> list[list[Any]]:
        """The rows of 校验结果 below its heading."""
        return self.area("校验结果", 5, columns)


def call_functions(calls: list[Call], cells: dict[str, Any] | None = None) -> list[Any]:
    """The answer of each call; ``cells``: address → value of the sheet 自评表. A tuple is an array of values."""
    return called(calls, cells)[0]


def called(calls: list[Call], cells: dict[str, Any] | None = None) -> tuple[list[Any], list[dict[str, Any]]]:
    """The answers, and every transfer of cells between Excel and Python."""
    sheets = {SHEET: {address: _marked(value) for address, value in (cells or {}).items()}}
    plain = [call._asdict() | {"args": [_marked(arg) for arg in call.args]} for call in calls]
    served = _asked({"sheets": sheets, "calls": plain})
    return [Failed(answer["error"]) if isinstance(answer, dict) else answer for answer in served["answers"]], served["notes"]


def run_button(command: str, sheets: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """RunPython's command against a workbook of these sheets; the cells as it leaves them.

    An exception of the command raises RuntimeError with its text.
    """
    answer = _asked({"sheets": sheets, "command": command})
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["sheets"]


def told(path: Any, *steps: tuple[Any, ...]) -> Outcome:
    """The workbook file opened in Excel and these steps done there; each is a method of ``clerk.Clerk`` and what it is given."""
    answer = _asked({"file": str(path), "steps": steps})
    sheets = {name: answer["opened"][name] if cells is None else cells for name, cells in answer["sheets"].items()}
    return Outcome(**answer | {"sheets": sheets})


def live_cells(path: Any) -> list[list[Any]]:
    """What the button reads of a workbook just opened: per sheet its name and [row, column, value, is a formula, format]."""
    return _asked({"file": str(path), "live": True})["cells"]


def _marked(value: Any) -> Any:
    if isinstance(value, (At, Omitted, Day, Money)):
        return value._asdict()
    return [[_marked(each) for each in row] for row in value] if isinstance(value, tuple) else value


def _asked(job: dict[str, Any]) -> dict[str, Any]:
    child = _child()
    child.stdin.write(json.dumps(job) + "\n")
    child.stdin.flush()
    answer = child.stdout.readline()
    assert answer, "the child has died; its last words stand above"
    served = json.loads(answer)
    assert "broken" not in served, served["broken"]
    return served


@cache
def _child() -> Any:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.windows.session"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    atexit.register(_farewell, child)
    return child


def _farewell(child: Any) -> None:
    child.stdin.close()
    child.wait(10)
    child.stdout.close()


def _serve(job: dict[str, Any]) -> dict[str, Any]:
    from perfeval_xl.workbook.vba.windows_stand_ins import install

    xlwings = install()
    if "steps" in job:
        from tests.windows.clerk import Clerk

        return Clerk(xlwings, job["file"]).played(job["steps"])
    if "live" in job:
        return {"cells": _live(xlwings, job["file"])}
    from tests.windows.workbooks import Workbook

    if "calls" in job:
        cells = {address: _unmarked(value) for address, value in job["sheets"][SHEET].items()}
        book = Workbook({SHEET: cells})
        return {"answers": [_answer(xlwings, book, call) for call in job["calls"]], "notes": book.Application.notes}
    book = Workbook(job["sheets"])
    xlwings.windows.BOOK_CALLER = book
    try:
        xlwings.server.XLPython().Exec(job["command"])
    except Exception as problem:  # noqa: BLE001 - the COM server hands any exception to VBA
        return {"error": f"{type(problem).__name__}: {problem}"}
    return {"sheets": book.values()}


def _live(xlwings: Any, path: str) -> list[list[Any]]:
    from perfeval_xl.excel import live_workbook
    from tests.windows.files import opened

    book = xlwings.package.Book(impl=xlwings.windows.Book(opened(path)))
    return [
        [sheet.name, [[*place, cell.value, bool(cell.formula), cell.number_format] for place, cell in sheet.cells.items()]]
        for sheet in live_workbook(book).sheets
    ]


def _answer(xlwings: Any, book: Any, call: dict[str, Any]) -> Any:
    args = tuple(_handed_over(book, arg) for arg in call["args"])
    caller = book.ActiveSheet.Range(call["cell"])
    try:
        return xlwings.server.XLPython().CallUDF(call["module"], call["function"], args, book, caller)
    except Exception as problem:  # noqa: BLE001 - as above
        return {"error": f"{type(problem).__name__}: {problem}"}


def _handed_over(book: Any, arg: Any) -> Any:
    from tests.windows.cells import MISSING
    from tests.windows.entry import as_com, with_its_type

    if isinstance(arg, list):
        return tuple(tuple(_handed_over(book, each) for each in row) for row in arg)
    if isinstance(arg, dict) and not {"range", "omitted"}.isdisjoint(arg):
        return MISSING if "omitted" in arg else book.Worksheets(arg["sheet"]).Range(arg["range"])
    content = _unmarked(arg)
    return with_its_type(content.value, content.number_format) if isinstance(content, tuple) else as_com(content)


def _unmarked(value: Any) -> Any:
    from tests.windows.entry import Content, entered

    if isinstance(value, dict) and "day" in value:
        return entered(datetime.fromisoformat(value["day"]).date())
    if isinstance(value, dict):
        return Content(float(Decimal(value["money"])), "", '"¥"#,##0.00')
    return value


def _answered_line(line: str) -> str:
    import traceback

    try:
        return json.dumps(_serve(json.loads(line)), default=str)
    except Exception:  # noqa: BLE001 - told to the test that asked
        return json.dumps({"broken": traceback.format_exc()})


if __name__ == "__main__":
    import contextlib

    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        for line in sys.stdin:
            print(_answered_line(line), file=answers, flush=True)
