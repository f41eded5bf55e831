"""Collecting many received files beside merely reading them with pandas + openpyxl and with calamine; a second run beside hashing.

Run: uv run python benchmarks/collect.py [number of files] [submissions|foreign]
Two inboxes: submissions of this program, each with a record that verifies, and foreign tables in 22 published layouts. No two
files say the same (benchmarks/variation.py). All candidates run one after the other in each of several rounds of one
run; figures are medians of the whole processes, ratios are of the same run. pandas reads a sample with every
template in it and is scaled. «CPU» is that of the command's own process, without the workers of collect.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from inbox import KINDS, fill

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
ROUNDS, PANDAS_SHARE, MEGABYTE, THOUSAND = 3, 10, 1024, 1000
READ_ALL = """
import sys, pathlib, python_calamine
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names: book.get_sheet_by_name(name).to_python()
"""
PANDAS = """
import sys, pathlib, pandas, time, openpyxl
start = time.perf_counter()
for path in sorted(pathlib.Path(sys.argv[1]).iterdir())[:int(sys.argv[2])]:
    pandas.read_excel(path, engine="openpyxl", sheet_name=None, header=None)
print(time.perf_counter() - start)
"""
HASH = """
import sys, pathlib, hashlib
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    with path.open("rb") as file: hashlib.file_digest(file, "sha256")
"""
READING, RIVAL, OURS, HASHING, AGAIN = "pandas.read_excel(engine=openpyxl)", "calamine, one process", "collect --jobs 2", "hashing", "collect again, nothing changed"


def _seconds(command):
    """Wall clock and CPU of the process; a sample says for itself how long the reading alone took."""
    start, before = time.perf_counter(), os.times()
    said = subprocess.run(command, check=False, stdout=subprocess.PIPE, encoding="utf-8").stdout
    passed, after = time.perf_counter() - start, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return (float(said), spent) if PANDAS in command else (passed, spent)


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


def _candidates(folder, inbox, sample):
    python = sys.executable
    collect = [python, "-m", "perfeval_xl", "collect", str(inbox), "--jobs", "2", "--json", "-o", str(folder / "summary.xlsx")]
    return {
        READING: [python, "-c", PANDAS, str(inbox), str(sample)],
        RIVAL: [python, "-c", READ_ALL, str(inbox)],
        OURS: collect,
        HASHING: [python, "-c", HASH, str(inbox)],
        AGAIN: collect,
    }


def _forgotten(folder):
    for path in folder.glob(".summary*"):
        path.unlink()


def _measured(kind):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        templates = fill(folder / "inbox", kind, FILES)
        print(f"{kind}: {FILES} files from {templates} templates, made in {time.perf_counter() - start:.1f} s")
        sample = min(FILES, max(1, round(FILES / PANDAS_SHARE / templates)) * templates)
        candidates = _candidates(folder, folder / "inbox", sample)
        took = {label: [] for label in candidates}
        for _ in range(ROUNDS):
            _forgotten(folder)
            for label, command in candidates.items():
                took[label].append(_seconds(command))
        _forgotten(folder)
        _printed(took, FILES / sample)
        print(f"memory of collect, all processes together: {_memory(candidates[OURS]):.0f} MB\n")


def _printed(took, share):
    wall = {label: statistics.median(passed for passed, _ in times) for label, times in took.items()}
    wall[READING] *= share
    for label, seconds in wall.items():
        cpu = "" if label == READING else f"   CPU {statistics.median(spent for _, spent in took[label]) / FILES * THOUSAND:6.2f} ms a file"
        print(f"{label:<38}{seconds:8.2f} s {seconds / FILES * THOUSAND:8.2f} ms a file   {seconds / wall[OURS]:6.2f} x collect{cpu}")
    print(f"again / hashing: {wall[AGAIN] / wall[HASHING]:.2f}")


if __name__ == "__main__":
    for wanted in sys.argv[2:] or KINDS:
        _measured(wanted)
