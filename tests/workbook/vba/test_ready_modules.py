"""The modules an adoption carries are the very ones the sources and xlwings' own import_udfs give."""

import pytest

from perfeval_xl.workbook.vba.macros import macro_project
from perfeval_xl.workbook.vba.ready_modules import TARGET, ready_document, ready_modules, ready_project
from tests.workbook.vba.conformance import decompressed


def test_the_shipped_modules_are_what_the_sources_give_now():
    assert TARGET.read_text("utf-8") == ready_document(), "run python -m perfeval_xl.workbook.vba.ready_modules"


@pytest.mark.parametrize("sheets", [(), ("PeRules", "PeResults", "PeCalc"), tuple(f"Sheet{number}" for number in range(1, 41))])
def test_a_ready_project_is_byte_for_byte_the_one_that_is_put_together_anew(sheets):
    assert ready_project(sheets) == macro_project("perfeval.xlsm", sheets).binary


def test_the_wrapper_among_them_is_the_text_xlwings_wrote():
    wrapper = next(module for module in ready_modules() if module.name == "xlwings_udfs")
    written = next(module for module in macro_project("perfeval.xlsm", ()).modules if module.name == "xlwings_udfs")
    assert decompressed(wrapper.stream).decode("ascii") == written.text
    assert "udfs.perfeval_udfs" in written.text


def test_a_sheet_named_like_one_of_the_modules_is_refused():
    with pytest.raises(ValueError, match="must differ"):
        ready_project(["buttons"])
