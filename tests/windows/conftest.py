"""The sample functions import xlwings; the tests' own process leaves that to a child."""

import shutil

import pytest

collect_ignore = ["sample_functions.py"]


@pytest.fixture(scope="session")
def built(living_workbook):
    """The workbook that is opened and clicked in; tests leave it alone."""
    return living_workbook


@pytest.fixture
def living(built, tmp_path):
    """A copy in a folder of its own."""
    return shutil.copy(built, tmp_path / built.name)


@pytest.fixture
def without_results(built, tmp_path):
    """A workbook that never had 校验结果, as an office sends it; also without macros."""
    from openpyxl import load_workbook

    book = load_workbook(built)
    book.remove(book["校验结果"])
    path = tmp_path / "外来.xlsx"
    book.save(path)
    return path


@pytest.fixture
def two_tables(built, tmp_path):
    """Two sheets, each with a table of its own."""
    from openpyxl import load_workbook

    book = load_workbook(built)
    book.copy_worksheet(book["自评表"]).title = "自评表 (2)"
    path = tmp_path / "两张表.xlsx"
    book.save(path)
    return path
