"""Every shipped case, built and calculated anew in LibreOffice: each formula shows what Python put beside it."""

from pathlib import Path

import openpyxl
import pytest

from perfeval_xl import __version__
from perfeval_xl.workbook.building.builder import build, case_named, names_in
from tests.libreoffice.living import differences

ENGINE_CELL = "评分规则!B3"     # names the engine that computed, so it differs

# Rows of 评分规则 whose 完成值 is a sentence around a number: Python reads it, the native formulas rather leave the row blank.
PROSE = {"panzhihua-2024-transfer-capability": (23, 24)}
MEASURE_COLUMNS = "DEFGHIJ"


@pytest.fixture(scope="module", params=names_in("cases"))
def workbook(request, tmp_path_factory):
    form, case = case_named(request.param)
    path = tmp_path_factory.mktemp("cases") / f"{request.param}.xlsm"
    build(form, case, str(path))
    return str(path)


def computed_cells(path):
    """Every formula's cell with the value that Python wrote as its result; "" for a blank."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": "" if cell.value is None else cell.value
        for sheet in values
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
        if formulas[sheet.title][cell.coordinate].data_type == "f"
    }


def test_every_formula_shows_what_python_computed(workbook, either_calc):
    cells = computed_cells(workbook)
    engine = cells.pop(ENGINE_CELL)
    prose = {f"评分规则!{column}{row}": "" for row in PROSE.get(Path(workbook).stem, ()) for column in MEASURE_COLUMNS}
    with either_calc.open(workbook) as document:
        assert differences(document, {**cells, **prose}) == {}
        assert document[ENGINE_CELL] in (engine, f"Python 版本 {__version__}")


def test_no_cell_shows_an_error(workbook, either_calc):
    cells = computed_cells(workbook)
    with either_calc.open(workbook) as document:
        assert {place: shown for place, shown in document.cells(*cells).items() if shown.error} == {}
