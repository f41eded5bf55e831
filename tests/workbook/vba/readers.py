"""第三方读者: what oletools and olefile read from a project; nobody here wrote them."""

from __future__ import annotations

import io
import warnings
import zipfile
from importlib.util import find_spec
from pathlib import Path

import olefile

SITE = Path(find_spec("xlwings").origin).parent


def olevba_sources(binary: bytes) -> dict[str, str]:
    """Module name → source, by olevba."""
    with warnings.catch_warnings():  # oletools uses names pyparsing calls deprecated
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser("vbaProject.bin", data=binary)
        return {stream.partition("/")[2]: source for _, stream, _, source in parser.extract_all_macros()}


def ole_streams(binary: bytes) -> dict[str, bytes]:
    """Path → content, by olefile, which must find nothing to complain about."""
    ole = olefile.OleFileIO(io.BytesIO(binary), raise_defects=olefile.DEFECT_UNSURE)
    assert ole.parsing_issues == []
    return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def authored_by_excel() -> bytes:
    """The project of the one workbook in xlwings' wheel that Excel itself wrote."""
    with zipfile.ZipFile(SITE / "quickstart.xlsm") as package:
        return package.read("xl/vbaProject.bin")
