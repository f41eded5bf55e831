"""Collecting many submissions beside merely reading the same files with pandas + openpyxl and with calamine, and a second run beside hashing.

Run: uv run python benchmarks/collect.py [number of files]
All candidates run one after the other in each of several rounds of one run; figures are medians and ratios of the same
run. pandas reads every tenth file and is scaled. Every file is a submission of its own that verifies.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
ROUNDS, PANDAS_SHARE, MEGABYTE = 3, 10, 1024
CASES = ("bazhou-2023-resident-fund", "hefei-2024-district-department", "panzhihua-2024-transfer-capability", "panzhihua-2023-center-project-drg")
READ_ALL = """
import sys, pathlib, python_calamine
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names: book.get_sheet_by_name(name).to_python()
"""
PANDAS = """
import sys, pathlib, pandas, time, openpyxl
start = time.perf_counter()
for path in sorted(pathlib.Path(sys.argv[1]).iterdir())[::int(sys.argv[2])]:
    pandas.read_excel(path, engine="openpyxl", sheet_name=None, header=None)
print(time.perf_counter() - start)
"""
HASH = """
import sys, pathlib, hashlib
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    with path.open("rb") as file: hashlib.file_digest(file, "sha256")
"""


def _submissions(folder):
    from perfeval_xl.submission.canonical import digest
    from perfeval_xl.submission.making import Request, make_submission
    from perfeval_xl.submission.record import record_of, record_sheet
    from perfeval_xl.workbook.address import place
    from perfeval_xl.workbook.building.builder import build, case_named
    from perfeval_xl.workbook.examination import examined
    from perfeval_xl.workbook.reading.reader import read_workbook
    from perfeval_xl.workbook.results.cell_patch import set_cells
    from perfeval_xl.workbook.results.patch import put_sheet

    inbox = folder / "inbox"
    inbox.mkdir()
    made = []
    for name in CASES:
        form, case = case_named(name)
        build(form, case, str(folder / f"{name}.xlsm"))
        made.append(make_submission(str(folder / f"{name}.xlsm"), str(folder / f"{name}.xlsx"), Request(forced="催报, 余下问题下周补报")).path)
    records = [record_of(read_workbook(path)) for path in made]
    units = [examined(path).assessments[0].table.heading.unit.cell for path in made]
    for number in range(FILES):
        kind, unit = number % len(made), f"unit{number:04d}"
        record, source = records[kind]._replace(unit=unit), made[kind]
        if units[kind]:
            source = str(folder / "unit.xlsx")
            set_cells(made[kind], source, {"自评表": {place(units[kind]): unit}})
            record = record._replace(cells=tuple(cell._replace(value=unit) if cell[:2] == ("自评表", units[kind]) else cell for cell in record.cells))
        put_sheet(source, str(inbox / f"{unit}_v1.xlsx"), record_sheet(record._replace(digest=digest(record.cells, record.explanations))))
    return inbox


def _seconds(command):
    """Of the whole process; a sample says for itself how long the reading alone took."""
    start = time.perf_counter()
    said = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8").stdout
    passed = time.perf_counter() - start
    return float(said) if PANDAS in command else passed


def _memory(command):
    """The largest resident size of the process and all its children together, sampled."""
    most = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, _together(process.pid))
            time.sleep(0.05)
    return most / MEGABYTE


def _together(pid):
    """Proportional sizes, for shared pages count once."""
    total = 0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            total += int(line.split()[1]) if line.startswith("Pss:") else 0
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += _together(child)
    except (OSError, ValueError):
        return total
    return total


def _candidates(folder, inbox):
    python = sys.executable
    collect = [python, "-m", "perfeval_xl", "collect", str(inbox), "--jobs", "2", "--json", "-o"]
    return {
        "pandas.read_excel(engine=openpyxl)": [python, "-c", PANDAS, str(inbox), str(PANDAS_SHARE)],
        "calamine, one process": [python, "-c", READ_ALL, str(inbox)],
        "collect --jobs 2": [*collect, str(folder / "summary.xlsx")],
        "hashing": [python, "-c", HASH, str(inbox)],
        "collect again, nothing changed": [*collect, str(folder / "summary.xlsx")],
    }


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = _submissions(folder)
        candidates = _candidates(folder, inbox)
        seconds = {label: [] for label in candidates}
        for _ in range(ROUNDS):
            for path in folder.glob(".summary*"):
                path.unlink()
            for label, command in candidates.items():
                seconds[label].append(_seconds(command))
        middle = {label: statistics.median(times) for label, times in seconds.items()}
        middle["pandas.read_excel(engine=openpyxl)"] *= PANDAS_SHARE
        for label, time_taken in middle.items():
            print(f"{label:<38}{time_taken:8.2f} s {time_taken / FILES * 1000:8.2f} ms a file   {time_taken / middle['collect --jobs 2']:6.2f} x collect")
        print(f"again / hashing: {middle['collect again, nothing changed'] / middle['hashing']:.2f}")
        for path in folder.glob(".summary*"):
            path.unlink()
        print(f"memory of collect, all processes together: {_memory(candidates['collect --jobs 2']):.0f} MB")


if __name__ == "__main__":
    main()
