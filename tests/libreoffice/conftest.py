"""One LibreOffice without and one with the add-in, each started once per test session when first needed."""

import pytest

from perfeval_xl.workbook.extension.package import write_extension
from tests.conftest import demand_libreoffice
from tests.libreoffice.engine import Engine


@pytest.fixture(scope="session")
def extension(tmp_path_factory):
    """The path of our extension, built from the functions as they are now."""
    path = tmp_path_factory.mktemp("extension") / "perfeval.oxt"
    write_extension(str(path))
    return path


@pytest.fixture(scope="session")
def calc():
    """LibreOffice as anyone has it: our functions are unknown names, native formulas compute."""
    demand_libreoffice()
    with Engine() as engine:
        yield engine


@pytest.fixture(scope="session")
def calc_with_addin(extension):
    """LibreOffice with our extension installed."""
    demand_libreoffice()
    with Engine(extension) as engine:
        yield engine


@pytest.fixture(params=["calc", "calc_with_addin"])
def either_calc(request):
    """A test that holds for both."""
    return request.getfixturevalue(request.param)
