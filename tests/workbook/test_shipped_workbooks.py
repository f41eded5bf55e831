"""The shipped macro workbooks as read by programs no one here wrote."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.workbook.vba.readers import olevba_sources

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "workbooks").rglob("*.xlsm"))
OWN_MACROS = {"ValidateSheet", "RecalculateSheet", "AddIndicatorRow", "MakeSubmission", "GoToFirstError"}
RUNS_BY_ITSELF = re.compile(r"\b(?:Auto_?Open|Auto_?Close|Auto_?Exec|Workbook_\w+|Worksheet_\w+|Document_\w+)\b", re.IGNORECASE)


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request):
    return request.param


def sources(path):
    with zipfile.ZipFile(path) as package:
        return olevba_sources(package.read("xl/vbaProject.bin"))


def test_olevba_gives_our_sources_back_line_by_line(shipped):
    found = sources(shipped)
    for source in (ROOT / "workbooks" / "vba").glob("*.bas"):
        if source.stem != "Ribbon":
            assert found[source.stem].splitlines() == source.read_text("ascii").splitlines(), source.name


def test_no_macro_runs_by_itself(shipped):
    for name, text in sources(shipped).items():
        procedures = re.findall(r"^\s*(?:Public |Private )?(?:Sub|Function) (\w+)", text, re.MULTILINE)
        assert [each for each in procedures if RUNS_BY_ITSELF.fullmatch(each)] == [], name


def test_the_package_reaches_for_nothing_outside(shipped):
    with zipfile.ZipFile(shipped) as package:
        names = package.namelist()
        relations = b"".join(package.read(name) for name in names if name.endswith(".rels"))
        sheets = b"".join(package.read(name) for name in names if "/worksheets/" in name)
    assert not [name for name in names if "externalLink" in name or "connections" in name or "queryTable" in name]
    assert b'TargetMode="External"' not in relations
    assert not re.search(rb"\[\d+\]", sheets)


def test_openpyxl_keeps_project_and_buttons_over_a_round_trip(shipped, tmp_path):
    book = openpyxl.load_workbook(shipped, keep_vba=True)
    book["自评表"]["A1"] = "改过"
    book.save(tmp_path / "往返.xlsm")
    with zipfile.ZipFile(shipped) as before, zipfile.ZipFile(tmp_path / "往返.xlsm") as after:
        assert after.read("xl/vbaProject.bin") == before.read("xl/vbaProject.bin")
        drawing = next(after.read(name) for name in after.namelist() if name.endswith(".vml"))
    assert {macro.decode() for macro in re.findall(rb"<x:FmlaMacro>\[0\]!Buttons\.(\w+)<", drawing)} == OWN_MACROS


def test_computed_cells_call_our_functions_and_fall_back(shipped):
    sheet = openpyxl.load_workbook(shipped)["自评表"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
    scores = [formula for formula in formulas if "PE_" in formula]
    assert len(scores) > 1
    assert all(formula.startswith("=IFERROR(0+PE_") and formula.endswith(")") for formula in scores)


def test_every_formula_has_a_cached_value_so_that_a_preview_shows_numbers():
    case = next(path for path in SHIPPED if path.stem.startswith("bazhou"))
    formulas, values = openpyxl.load_workbook(case)["自评表"], openpyxl.load_workbook(io.BytesIO(case.read_bytes()), data_only=True)["自评表"]
    places = [cell.coordinate for row in formulas.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert [place for place in places if values[place].value is None] == []
    assert (values["H30"].value, values["I6"].value) == (98, pytest.approx(10.46 / 10.16))
