"""规则 × 表样: how many damages were tried for each check on each form, as a Markdown table.

``python -m tests.checks.mutation.matrix`` prints it; with check ids behind it, what is wrong with these on which table.
"""

import json
import sys
import time
from functools import cache
from importlib import import_module

import openpyxl

from perfeval_xl.checks.catalogue import CHECKS
from perfeval_xl.cli import main as command_line
from perfeval_xl.workbook.building.builder import build, case_named
from tests.checks.mutation.damage import FAMILIES, faults
from tests.checks.mutation.sheet import sheets

for _module in ("completeness", "scores", "money", "values", "reasons", "credibility"):
    import_module(f"tests.checks.mutation.{_module}")


@cache
def tried(check):
    """Each damage of a check: (sheet, damage)."""
    return [(sheet, each) for sheet in sheets() for each in FAMILIES[check].damages(sheet)]


def matrix() -> str:
    """The table in Markdown; · where the form has no cell for the damage."""
    forms = list(dict.fromkeys(sheet.form for sheet in sheets()))
    lines = ["| 规则 | " + " | ".join(forms) + " | 合计 |", "|---|" + "--:|" * (len(forms) + 1)]
    whole = dict.fromkeys(forms, 0)
    for check in CHECKS:
        counts = dict.fromkeys(forms, 0)
        for sheet, _ in tried(check.id):
            counts[sheet.form] += 1
            whole[sheet.form] += 1
        lines.append(f"| {check.id} {check.title} | " + " | ".join(str(count or "·") for count in counts.values()) + f" | {sum(counts.values())} |")
    lines.append("| 合计 | " + " | ".join(map(str, whole.values())) + f" | {sum(whole.values())} |")
    return "\n".join(lines)


def all_faults(check, known):
    """What went wrong, a line for each damage that did."""
    return [f"{check} {sheet.source} {each.what}: {fault}" for sheet, each in tried(check) for fault in faults(each, FAMILIES[check], known)]


def damaged_file(case, cells, folder, capsys):
    """The roots the command line prints for the built case and for a copy with cells typed over in openpyxl."""
    built, copy = str(folder / "case.xlsx"), str(folder / "damaged.xlsx")
    build(*case_named(case), built)
    book = openpyxl.load_workbook(built)
    for cell, typed in cells.items():
        book["自评表"][cell] = typed
    book.save(copy)
    found = []
    for path in (built, copy):
        command_line(["check", path, "--json"])
        (report,) = json.loads(capsys.readouterr().out)["files"]
        found.append([f"{finding['check']} {finding['cell']}" for finding in report["findings"]])
    return found


def main(words):
    known: dict = {}
    for check in words:
        started = time.perf_counter()
        wrong = all_faults(check, known)
        print(f"{check}: {len(tried(check))} 处, {time.perf_counter() - started:.1f} s, {len(wrong)} 处不对", *wrong[:12], sep="\n  ")
    if not words:
        print(matrix())


if __name__ == "__main__":
    main(sys.argv[1:])
