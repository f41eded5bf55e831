"""子进程: reads one .xls, .xlsb or .ods with calamine and prints what it holds as one JSON document.

Started as a program by ``foreign``, never imported by it: calamine may abort the whole process on a
hostile file. It imports nothing of this package, so that it runs wherever its file lies.
Output: {"sheets": [{"name", "state", "kind", "cells": [[row, column, kind, value]], "merges": [[4 numbers]],
"strays", "first_stray"}]} or {"error": "password" | "damaged"}; kinds: n number, t text, b logical,
d date, h time of day, u duration; numbers of rows and columns are one-based.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import python_calamine

MEMORY_LIMIT = 1 << 30


def limit_memory() -> None:
    """内存上限: where the operating system knows one (not Windows) and lets it be lowered."""
    try:
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        return


def document(path: str, last_row: int, last_column: int) -> dict[str, Any]:
    """工作簿的内容 as plain values ready for JSON."""
    try:
        with open(path, "rb") as file, python_calamine.CalamineWorkbook.from_filelike(file) as book:  # noqa: PTH123 - told by content, not by name
            return {"sheets": [_sheet(book, meta, last_row, last_column) for meta in book.sheets_metadata]}
    except python_calamine.PasswordError:
        return {"error": "password"}
    except (python_calamine.CalamineError, OSError):
        return {"error": "damaged"}


def _sheet(book: Any, meta: Any, last_row: int, last_column: int) -> dict[str, Any]:
    state = str(meta.visible).rpartition(".")[2]
    kind = str(meta.typ).rpartition(".")[2]
    found: dict[str, Any] = {"name": meta.name, "state": state, "kind": kind, "cells": [], "merges": [], "strays": 0}
    if kind != "WorkSheet":
        return found
    sheet = book.get_sheet_by_name(meta.name)
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.to_python(), top + 1):
        for column, value in enumerate(values, left + 1):
            if value == "":
                continue
            if row > last_row or column > last_column:
                found["strays"] += 1
                found.setdefault("first_stray", [row, column])
            else:
                found["cells"].append([row, column, *_plain(value)])
    found["merges"] = [
        [first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1] for first, last in sheet.merged_cell_ranges or ()
    ]
    return found


def _plain(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, (int, float)):
        return "n", float(value)
    if isinstance(value, dt.timedelta):
        return "u", value.total_seconds() / 86_400
    if isinstance(value, dt.time):
        return "h", value.isoformat()
    if isinstance(value, dt.date):
        return "d", value.isoformat()
    return "t", str(value)


def main() -> None:
    """一次读取: arguments are the path, the last row and the last column to keep."""
    path, last_row, last_column = sys.argv[1:4]
    limit_memory()
    sys.stdout.buffer.write(json.dumps(document(path, int(last_row), int(last_column))).encode())


if __name__ == "__main__":
    main()
