"""加载项: perfeval.xlam from text, byte for byte the same each time: macros, a ribbon tab, and one empty hidden sheet."""

from __future__ import annotations

import hashlib
import os
from importlib import resources

from perfeval_xl.workbook.opc.package_output import write_package
from perfeval_xl.workbook.vba.macros import macro_project
from perfeval_xl.workbook.vba.procedures import WORKBOOK_CODE_NAME

ADDIN = "perfeval.xlam"
RIBBON = "addin/customUI14.xml"
SOURCES = (RIBBON, "vba/*.bas")
_SHEET_CODE_NAME = "Sheet1"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RIBBON_LINK = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_MACRO_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def build_addin(folder: str) -> str:
    """Write perfeval.xlam into ``folder``; returns its SHA-256."""
    path = os.path.join(folder, ADDIN)  # noqa: PTH118 - as the builder beside it
    write_package(path, addin_parts())
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.sha256(file.read()).hexdigest()


def addin_parts() -> dict[str, bytes]:
    """加载项的部件 by name."""
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _links((f"{_OFFICE}/officeDocument", "xl/workbook.xml"), (_RIBBON_LINK, "customUI/customUI14.xml")),
        "xl/workbook.xml": _workbook(),
        "xl/_rels/workbook.xml.rels": _links(
            (f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"), (f"{_OFFICE}/styles", "styles.xml"), (_MACRO_LINK, "vbaProject.bin")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetPr codeName="{_SHEET_CODE_NAME}"/><sheetData/></worksheet>',
        "xl/styles.xml": _styles(),
    }
    parts = {name: (_HEAD + text).encode() for name, text in texts.items()}
    parts["xl/vbaProject.bin"] = macro_project(ADDIN, (_SHEET_CODE_NAME,)).binary
    parts["customUI/customUI14.xml"] = (resources.files("workbooks") / RIBBON).read_bytes()
    return parts


def _content_types() -> str:
    overrides = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_SPREADSHEET}.worksheet+xml",
        "/xl/styles.xml": f"{_SPREADSHEET}.styles+xml",
        "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    }
    kinds = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )


def _links(*links: tuple[str, str]) -> str:
    lines = (f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(links, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _workbook() -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="{WORKBOOK_CODE_NAME}"/>'
        '<bookViews><workbookView visibility="hidden"/></bookViews>'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _styles() -> str:
    """The least a workbook has: one font, two fills, one border, one format."""
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
