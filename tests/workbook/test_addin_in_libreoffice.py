"""Another engine opens the add-in and finds every module of it."""

import re
import zipfile

from perfeval_xl.workbook.building.addin import build_addin
from tests.workbook.libreoffice import convert


def test_libreoffice_opens_the_add_in_and_keeps_its_modules(soffice, tmp_path):
    build_addin(str(tmp_path))
    as_workbook = (tmp_path / "perfeval.xlam").rename(tmp_path / "perfeval.xlsm")
    parts = {}
    with zipfile.ZipFile(as_workbook) as package:
        for name in package.namelist():
            parts[name] = package.read(name).replace(b"excel.addin.macroEnabled", b"excel.sheet.macroEnabled")
    with zipfile.ZipFile(as_workbook, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    converted = convert(soffice, as_workbook, "ods", tmp_path)["perfeval.ods"]
    with zipfile.ZipFile(converted) as package:
        modules = {found[1] for name in package.namelist() if (found := re.fullmatch(r"Basic/PerfEval/(\w+)\.xml", name))}
        ribbon = package.read("Basic/PerfEval/Ribbon.xml").decode()
    assert modules == {"ThisWorkbook", "Sheet1", "Installation", "Ribbon", "Messages", "xlwings", "xlwings_udfs"}
    assert "RibbonValidate" in ribbon
