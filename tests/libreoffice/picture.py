"""Workbooks as paper: pages to count, pictures for people's eyes."""

import re
import subprocess
from pathlib import Path


def page_count(pdf):
    """How many pages a .pdf has."""
    return int(re.search(r"^Pages:\s+(\d+)", _run("pdfinfo", pdf), re.MULTILINE)[1])


def page_size(pdf):
    """Width and height of the first page in millimetres, rounded."""
    width, height = re.search(r"^Page size:\s+([\d.]+) x ([\d.]+) pts", _run("pdfinfo", pdf), re.MULTILINE).groups()
    return round(float(width) * 25.4 / 72), round(float(height) * 25.4 / 72)


def page_text(pdf):
    """The words on the pages, without spaces and line breaks."""
    return "".join(_run("pdftotext", pdf, "-").split())


def pictures(pdf, folder, dots_per_inch=80):
    """One .png for each page, in order."""
    stem = Path(pdf).stem
    _run("pdftoppm", "-r", str(dots_per_inch), "-png", pdf, Path(folder) / stem)
    return sorted(path for path in Path(folder).iterdir() if re.fullmatch(rf"{re.escape(stem)}-\d+\.png", path.name))


def rendered(engine, workbook, folder, sheet="", dots_per_inch=80):
    """A workbook as LibreOffice prints it: the .pdf and its pictures in ``folder``."""
    with engine.open(workbook) as document:
        pdf = document.pdf(Path(folder) / f"{Path(workbook).stem}{sheet and '-'}{sheet}.pdf", sheet)
    return pdf, pictures(pdf, folder, dots_per_inch)


def _run(*command):
    return subprocess.run([str(each) for each in command], check=True, capture_output=True, encoding="utf-8").stdout
