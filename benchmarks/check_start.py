"""How much a check costs beside a bare interpreter and beside merely opening the file with openpyxl.

Run: uv run python benchmarks/check_start.py [workbook.xlsx]
All candidates run interleaved in random order in one run; figures are medians and ratios of the same run.
"""

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 25


def _case_workbook(folder):
    from perfeval_xl.workbook.building.builder import build, case_named

    form, case = case_named("bazhou-2023-resident-fund")
    path = Path(folder) / "case.xlsx"
    build(form, case, str(path))
    return path


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[1] if len(sys.argv) > 1 else str(_case_workbook(folder))
        script = str(Path(sys.executable).with_name("perfeval-xl"))
        candidates = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "perfeval-xl check FILE": [script, "check", path],
            "openpyxl.load_workbook(FILE)": [sys.executable, "-c", f"import openpyxl; openpyxl.load_workbook({path!r})"],
        }
        seconds = {name: [] for name in candidates}
        for _ in range(ROUNDS):
            for name in random.sample(list(candidates), len(candidates)):
                start = time.perf_counter()
                subprocess.run(candidates[name], stdout=subprocess.DEVNULL, check=False)
                seconds[name].append(time.perf_counter() - start)
        bare = statistics.median(seconds["python -c pass"])
        for name, times in seconds.items():
            middle = statistics.median(times)
            print(f"{name:<32}{middle * 1000:8.1f} ms   {middle / bare:5.2f} x bare")


if __name__ == "__main__":
    main()
