"""One province, drawn up once per session."""

import shutil

import openpyxl
import pytest

from tests.conftest import demand_libreoffice
from tests.consolidate.province import drawn_up


@pytest.fixture(scope="session")
def changed_by_libreoffice(tmp_path_factory):
    """Changes a digit of a submission and lets LibreOffice save it."""
    from tests.workbook.libreoffice import convert

    demand_libreoffice()
    soffice, numbers = shutil.which("soffice"), iter(range(1000))

    def change(source, target):
        folder = tmp_path_factory.mktemp(f"lo{next(numbers)}")
        book = openpyxl.load_workbook(source)
        book["自评表"]["H13" if book["自评表"]["A1"].value.startswith("城乡") else "G11"] = 3
        book.save(folder / "改.xlsx")
        shutil.copy(convert(soffice, str(folder / "改.xlsx"), "xlsx", folder)["改.xlsx"], target)

    return change


@pytest.fixture(scope="session")
def province(tmp_path_factory, changed_by_libreoffice):
    return drawn_up(tmp_path_factory.mktemp("省"), changed_by_libreoffice)
