"""The first cell and the first click: what is imported on the way, and what the process can still do afterwards."""

import json
import subprocess
import sys

import pytest

DOORS = ("udfs.perfeval_udfs", "perfeval_xl.excel")
HEAVY = ("numpy", "pandas", "polars", "matplotlib", "PIL", "plotly", "openpyxl", "xlsxwriter")


def python(code):
    """The JSON document a fresh interpreter prints last."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("door", DOORS)
def test_no_heavy_package_is_imported_though_they_are_installed(door):
    code = f"import sys, json, importlib.util as u, {door}; from udfs.lean_xlwings import lean_xlwings; lean_xlwings()\n"
    names = f"[name for name in {HEAVY!r} if sys.modules.get(name)], [name for name in {HEAVY[:2]!r} if u.find_spec(name)]"
    loaded, installed = python(f"{code}print(json.dumps([{names}]))")
    assert (loaded, installed) == ([], ["numpy", "pandas"])


def test_pandas_can_still_be_imported_and_used_afterwards():
    code = f"import json, {', '.join(DOORS)}; import numpy, pandas; print(json.dumps(int(pandas.DataFrame({{'分值': [1, 2]}})['分值'].sum() + numpy.int64(1))))"
    assert python(code) == 4


def test_a_package_that_was_loaded_before_stays():
    assert python(f"import json, sys, numpy; before = numpy; import {', '.join(DOORS)}; print(json.dumps(sys.modules['numpy'] is before))") is True


def test_without_xlwings_the_functions_are_plain_functions():
    code = "import sys, json; sys.modules['xlwings'] = None; import udfs.perfeval_udfs as f; print(json.dumps(f.pe_score(15, '8755', '8676')))"
    assert python(code) == 14.86


def test_a_broken_xlwings_is_not_mistaken_for_a_missing_one(tmp_path):
    (tmp_path / "xlwings.py").write_text("import no_such_module")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import udfs.perfeval_udfs"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'no_such_module'"
