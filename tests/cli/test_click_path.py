"""A click is cheap: what ``check`` imports on its way to the answer."""

import subprocess
import sys

HEAVY = ("pandas", "numpy", "openpyxl", "xlsxwriter", "xlwings", "zipfile", "dataclasses", "pathlib", "json", "logging", "asyncio", "typing", "re")


def test_check_imports_no_heavy_module(case_workbook):
    code = (
        "import sys; from perfeval_xl.cli import main\n"
        f"code = main(['check', {str(case_workbook)!r}])\n"
        f"print('IMPORTED', [name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "IMPORTED [] 0"
