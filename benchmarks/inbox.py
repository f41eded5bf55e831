"""收件箱 for benchmarks: received files that differ as those of real units do; made by patching bytes, a few milliseconds each.

Run: uv run python benchmarks/inbox.py submissions|foreign FOLDER NUMBER
``submissions``: every case of the project made into a submission by the program itself, then refilled; every record verifies.
``foreign``: the published layouts that tests/workbook/data/layouts keeps as skeletons, as plain workbooks without a record.
"""

import hashlib
import io
import re
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import xlsxwriter
from variation import unit_name, unit_values

from perfeval_xl.submission.canonical import digest, short_digest
from perfeval_xl.submission.making import Request, make_submission
from perfeval_xl.submission.record import record_of, record_sheet
from perfeval_xl.submission.verification import verified
from perfeval_xl.workbook.address import address, area, place
from perfeval_xl.workbook.examination import examined
from perfeval_xl.workbook.reading.reader import read_workbook

ROOT = Path(__file__).parents[1]
CASES, LAYOUTS = ROOT / "workbooks" / "cases", ROOT / "tests" / "workbook" / "data" / "layouts"
RESAVED = 0.25          # of the submissions are compressed, as a program that saved them again would have left them
STAMP = (2024, 3, 1, 9, 0, 0)
LOOK = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}


class Template:
    """A workbook taken apart, refilled for one unit after the other."""

    def __init__(self, path):
        workbook, result = read_workbook(path), examined(path)
        with zipfile.ZipFile(path) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._tables = [assessment.table for assessment in result.assessments]
        self._sheets = {sheet.name: {address(*spot): cell.value for spot, cell in sheet.cells.items()} for sheet in workbook.sheets}
        self._part_of = {sheet.name: sheet.part for sheet in workbook.sheets}
        self._record = record_of(workbook)
        self._spans = {name: _spans(self._parts[part]) for name, part in self._part_of.items()}
        texts = self._parts["xl/sharedStrings.xml"]
        self._texts, self._text_count = texts.removesuffix(b"</sst>"), texts.count(b"<si>")

    def filled(self, number, seed):
        """The unit's name and the bytes of its file."""
        draw = Random(f"{seed}/{number}")
        unit = unit_name(number, draw)
        said = {spot: value for spot, value in unit_values(self._tables, self._sheets, unit, draw).items() if spot[1] in self._spans[spot[0]]}
        parts, texts = dict(self._parts), []
        for sheet in {sheet for sheet, _ in said}:
            parts[self._part_of[sheet]] = self._refilled(sheet, {cell: value for (own, cell), value in said.items() if own == sheet}, texts)
        parts["xl/sharedStrings.xml"] = b"".join([self._texts, *(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode() for text in texts), b"</sst>"])
        if self._record:
            self._recorded(parts, unit, said)
        return unit, _package(parts, zipfile.ZIP_STORED if self._record and draw.random() >= RESAVED else zipfile.ZIP_DEFLATED)

    def _refilled(self, sheet, values, texts):
        """The sheet with these values; texts go to the end of the shared ones."""
        data, spans, pieces, end = self._parts[self._part_of[sheet]], self._spans[sheet], [], 0
        for start, stop, cell in sorted((*spans[cell][:2], cell) for cell in values):
            value, style = values[cell], spans[cell][2]
            if isinstance(value, str):
                texts.append(value)
                value, style = self._text_count + len(texts) - 1, f'{style} t="s"'
            pieces += [data[end:start], f'<c r="{cell}"{style}><v>{value!r}</v></c>'.encode()]
            end = stop
        return b"".join([*pieces, data[end:]])

    def _recorded(self, parts, unit, said):
        """A record that says what the file says now."""
        record = self._record
        cells = tuple(cell._replace(type="number" if isinstance(said[cell[:2]], float) else "text", value=_as_recorded(said[cell[:2]])) if cell[:2] in said else cell for cell in record.cells)
        added = said.keys() - {cell[:2] for cell in cells}
        extra = [cells[0]._replace(sheet=sheet, cell=cell, type="text", value=said[sheet, cell]) for sheet, cell in added if sheet == "自评表"]
        cells = tuple(sorted((*cells, *extra), key=lambda cell: (list(self._sheets).index(cell.sheet), place(cell.cell))))
        new = record._replace(unit=unit, cells=cells, digest=digest(cells, record.explanations))
        rows = "".join(
            f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t xml:space="preserve">{escape(str(row[0][0]))}</t></is></c></row>'
            for number, row in enumerate(record_sheet(new).rows, 1)
        )
        part = self._part_of["_pe_record"]
        parts[part] = re.sub(rb"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>".encode(), parts[part], flags=re.DOTALL)
        for name in ("docProps/custom.xml", self._part_of[self._tables[0].sheet]):
            parts[name] = parts[name].replace(record.digest.encode(), new.digest.encode()).replace(short_digest(record.digest).encode(), short_digest(new.digest).encode())


def _as_recorded(value):
    return value if isinstance(value, str) else format(value + 0.0, ".15g")


def _spans(sheet):
    """Where each cell lies in its part, with its style."""
    found = re.finditer(rb'<c r="([A-Z]+\d+)"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', sheet, re.DOTALL)
    return {each[1].decode(): (each.start(), each.end(), (each[2] or b"").decode()) for each in found}


def _package(parts, method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, STAMP), data, method)
    return buffer.getvalue()


def submission_templates(folder):
    """Every case as a submission."""
    for case in sorted(CASES.glob("*.xlsm")):
        yield Template(make_submission(str(case), str(folder / f"{case.stem}.xlsx"), Request(forced="催报, 余下问题下周补报", unit="")).path)


def foreign_templates(folder):
    """Every layout skeleton as a workbook with borders, as offices keep them."""
    for source in sorted(LAYOUTS.glob("*.toml")):
        path = folder / f"{source.stem}.xlsx"
        _draw(tomllib.loads(source.read_text("utf-8")), path)
        yield Template(str(path))


def _draw(data, path):
    cells = {place(where): value if isinstance(value, list) else (value, "General") for where, value in data["cells"].items()}
    merged = [area(text) for text in data.get("merges", "").split()]
    last = max([row for row, _ in cells] + [each.last_row for each in merged]), max([column for _, column in cells] + [each.last_column for each in merged])
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, looks = book.add_worksheet("自评表"), {}
        for row in range(1, last[0] + 1):
            for column in range(1, last[1] + 1):
                value, code = cells.get((row, column), (None, "General"))
                look = looks.setdefault(code, book.add_format({**LOOK, "num_format": code}))
                sheet.write(row - 1, column - 1, value, look)
        for each in merged:
            corner, code = cells.get((each.first_row, each.first_column), (None, "General"))
            sheet.merge_range(each.first_row - 1, each.first_column - 1, each.last_row - 1, each.last_column - 1, corner or "", looks[code])
            if corner is not None:
                sheet.write(each.first_row - 1, each.first_column - 1, corner, looks[code])
        for row in data.get("hidden_rows", ()):
            sheet.set_row(row - 1, None, None, {"hidden": True})
        sheet.set_column(0, last[1] - 1, 14)


KINDS = {"submissions": submission_templates, "foreign": foreign_templates}


def fill(folder, kind, number):
    """Files of that kind, no two alike, every template in turn; how many templates there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as workspace:
        templates = list(KINDS[kind](Path(workspace)))
    for each in range(number):
        unit, data = templates[each % len(templates)].filled(each, kind)
        (folder / f"{each:04d}_{unit}_v1.xlsx").write_bytes(data)
    if kind == "submissions":
        _demand_whole(folder, len(templates))
    return len(templates)


def _demand_whole(folder, kinds):
    """Of each kind the records say what the files say, and no two files are alike."""
    paths = sorted(folder.iterdir())
    wrong = [(path.name, found.changed[:3], found.remarks) for path in paths[: 3 * kinds] if not (found := verified(str(path))).is_unchanged]
    if wrong or len({hashlib.sha256(path.read_bytes()).digest() for path in paths}) != len(paths):
        raise SystemExit(f"the submissions are none: {wrong[:3]}")


if __name__ == "__main__":
    fill(Path(sys.argv[2]), sys.argv[1], int(sys.argv[3]))
