"""One LibreOffice without and one with the add-in, each started once per test session when first needed."""

import pytest

from perfeval_xl.workbook.extension.package import write_extension
from tests.conftest import demand_libreoffice
from tests.libreoffice.engine import Engine


@pytest.fixture(scope="session")
def calc():
    """LibreOffice as anyone has it: our functions are unknown names."""
    demand_libreoffice()
    with Engine() as engine:
        yield engine


@pytest.fixture(scope="session")
def calc_with_addin(tmp_path_factory):
    """LibreOffice with our extension installed."""
    demand_libreoffice()
    extension = tmp_path_factory.mktemp("extension") / "perfeval.oxt"
    write_extension(str(extension))
    with Engine(extension) as engine:
        yield engine
