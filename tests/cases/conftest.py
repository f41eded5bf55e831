"""Every shipped case as a person gets it: built once, computed and checked by the command line's own way."""

import pytest

from perfeval_xl.workbook.building.builder import build, case_named, names_in
from perfeval_xl.workbook.examination import examined

CASES = names_in("cases")


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory):
    """The path of each built case by its name."""
    folder = tmp_path_factory.mktemp("cases")
    paths = {name: str(folder / f"{name}.xlsx") for name in CASES}
    for name, path in paths.items():
        build(*case_named(name), path)
    return paths


@pytest.fixture(scope="session")
def results(workbooks):
    """What computing and checking each case gives, by its name."""
    return {name: examined(path) for name, path in workbooks.items()}


@pytest.fixture(scope="session")
def assessments(results):
    """The one table of each case, computed."""
    return {name: result.assessments[0] for name, result in results.items()}
