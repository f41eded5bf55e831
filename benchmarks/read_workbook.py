"""Reading one 60-row form: ours beside calamine, openpyxl and merely inflating the parts that are needed.

Run: uv run python benchmarks/read_workbook.py [workbook.xlsx]
All candidates run interleaved in random order in one run; figures are medians, ratios those of the same round.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

from perfeval_xl.workbook.opc.package import Package
from perfeval_xl.workbook.opc.package_edit import PackageEdit
from perfeval_xl.workbook.reading.reader import read_workbook

ROUNDS = 31
FLOOR = "inflate the parts (floor)"


def form(path):
    """Sixty rows by twelve columns, merged levels, formulas with cached values, two further sheets."""
    with xlsxwriter.Workbook(path) as book:
        sheet, data, notes = (book.add_worksheet(name) for name in ("自评表", "基础数据", "填报说明"))
        data.hide()
        text = book.add_format({"border": 1, "text_wrap": True})
        rate, score = (book.add_format({"border": 1, "num_format": code}) for code in ("0.00%", "0.00"))
        sheet.merge_range("A1:L1", "项目支出绩效自评表", book.add_format({"bold": True}))
        for row in range(3, 63):
            for column in range(1, 12):
                if column == 5:
                    sheet.write_formula(row, column, f"=IFERROR(E{row + 1}/D{row + 1},0)", rate, 0.98)
                elif column == 7:
                    sheet.write_formula(row, column, f"=ROUND(F{row + 1}*G{row + 1},2)", score, 4.9)
                elif column in (3, 4, 6):
                    sheet.write_number(row, column, 100 + row * column * 0.37, text)
                else:
                    sheet.write_string(row, column, f"三级指标 {row % 7} 第 {column} 项的完成情况说明", text)
            if row % 3 == 0:
                sheet.merge_range(row, 0, row + 2, 0, f"一级指标 {row}", text)
        for row in range(20):
            notes.write(row, 0, f"填报说明第 {row} 条：按照实际情况填写。")
            data.write_row(row, 0, ["基金收入", row * 100.5, "万元"])


def inflate(path):
    package = Package(Path(path).read_bytes())
    for name in package.members:
        if name.startswith(("xl/worksheets/sheet", "xl/sharedStrings", "xl/styles", "xl/workbook.xml")):
            package.read(name)


def calamine(path):
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            sheet.to_python()
            _ = sheet.merged_cell_ranges


def measured(candidates, path):
    """Seconds of each candidate, one figure per round."""
    seconds = {name: [] for name in candidates}
    for candidate in candidates.values():
        candidate(path)
    for _ in range(ROUNDS):
        for name in random.sample(list(candidates), len(candidates)):
            start = time.perf_counter()
            candidates[name](path)
            seconds[name].append(time.perf_counter() - start)
    return seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[1] if len(sys.argv) > 1 else str(Path(folder) / "form.xlsx")
        if len(sys.argv) == 1:
            form(path)
        candidates = {
            FLOOR: inflate,
            "ours: values, formulas, formats, merges": read_workbook,
            "calamine: values, merges": calamine,
            "openpyxl: values or formulas": openpyxl.load_workbook,
        }
        seconds = measured(candidates, path)
        for name, times in seconds.items():
            ratio = statistics.median(mine / floor for mine, floor in zip(times, seconds[FLOOR], strict=True))
            print(f"{name:<42}{statistics.median(times) * 1000:8.2f} ms   {ratio:7.1f} x floor")
        sheet = str(Path(folder) / "patched.xlsx")
        if path.endswith(".xlsx"):
            start = time.perf_counter()
            PackageEdit(path, sheet).save()
            print(f"{'copy, every part carried over':<42}{(time.perf_counter() - start) * 1000:8.2f} ms")


if __name__ == "__main__":
    main()
