"""Other formats: values, merges and states through a child process that may die; every end is a sentence."""

import datetime as dt
import json
import subprocess
import sys

import pytest
import xlsxwriter

from perfeval_xl.core.table import Unread
from perfeval_xl.workbook.grid import Area, Cell, UnusableFile
from perfeval_xl.workbook.reading import foreign, foreign_child
from perfeval_xl.workbook.reading.foreign import read_foreign
from perfeval_xl.workbook.reading.reader import read_workbook
from tests.workbook.hostile import book, cells, compound, worksheet, zipped
from tests.workbook.libreoffice import convert

GAVE_UP = "文件内容异常（可能在很远的行列误填了内容），读取时超出内存或时间限制。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """One workbook with everything a foreign format can carry."""
    path = tmp_path_factory.mktemp("foreign") / "自评表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("自评表")
        sheet.merge_range("A1:C1", "2023年度绩效自评表")
        sheet.write_row("A2", ["指标", 98.5, True])
        sheet.write_formula("A3", "=B2*2", None, 197)
        sheet.write_datetime("B3", dt.datetime(2023, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("A20005", "太远")
        book.add_worksheet("隐藏").hide()
    return path


@pytest.mark.parametrize(("suffix", "merges"), [("xls", (Area(1, 1, 1, 3),)), ("ods", ())])
def test_old_and_open_formats_give_values_merges_and_states(soffice, source, tmp_path, suffix, merges):
    path = convert(soffice, source, suffix, tmp_path)[f"自评表.{suffix}"]
    found = read_workbook(str(path))
    assert [(sheet.name, sheet.state) for sheet in found.sheets] == [("自评表", "visible"), ("隐藏", "hidden")]
    assert found.sheets[0].cells == {
        (1, 1): Cell("2023年度绩效自评表"), (2, 1): Cell("指标"), (2, 2): Cell(98.5), (2, 3): Cell(True),
        (3, 1): Cell(197.0), (3, 2): Cell(45291.0, number_format="yyyy\\-mm\\-dd" if suffix == "xls" else "yyyy/m/d"),
    }  # fmt: skip
    assert found.sheets[0].merges == merges
    assert not found.has_macros
    assert [(place.sheet, place.cell) for place in found.unread] == [("", ""), ("自评表", "A20005")]
    assert found.unread[0].reason.startswith("旧格式（.xls）的文件读不到公式" if suffix == "xls" else "这种格式的文件只能读到值")


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_the_name_of_a_file_does_not_decide_how_it_is_read(soffice, source, tmp_path, suffix):
    path = convert(soffice, source, suffix, tmp_path)[f"自评表.{suffix}"].rename(tmp_path / "改了名.xlsx")
    assert read_workbook(str(path)).sheets[0].cells[2, 2] == Cell(98.5)


def test_a_reader_that_aborts_is_survived(tmp_path):
    path = tmp_path / "远.xlsx"
    path.write_bytes(zipped(book(worksheet(cells(1) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))))
    with pytest.raises(UnusableFile) as caught:
        read_foreign(str(path), "xlsb", b"")
    assert str(caught.value) == GAVE_UP


def test_a_reader_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(foreign, "SECONDS", 0.001)
    with pytest.raises(UnusableFile) as caught:
        read_foreign(str(tmp_path / "表.xls"), "xls", b"")
    assert str(caught.value) == GAVE_UP


def test_a_reader_that_cannot_be_started_is_a_sentence_too(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(UnusableFile) as caught:
        read_foreign(str(tmp_path / "表.xls"), "xls", b"")
    assert str(caught.value) == GAVE_UP


@pytest.mark.parametrize("content", [compound({"Workbook": b"x" * 5000}), zipped({"[Content_Types].xml": "", "xl/workbook.bin": "x"})])
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "表.xls"
    path.write_bytes(content)
    with pytest.raises(UnusableFile) as caught:
        read_workbook(str(path))
    assert str(caught.value) == "文件已损坏，或者是读不了的旧格式。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"


def test_sheets_without_cells_and_covered_values_are_named(tmp_path, monkeypatch):
    said = {
        "sheets": [
            {"name": "图", "state": "Visible", "kind": "ChartSheet", "cells": [], "merges": [], "strays": 0},
            {
                "name": "表", "state": "VeryHidden", "kind": "WorkSheet", "strays": 0, "merges": [[1, 1, 1, 2]],
                "cells": [[1, 1, "t", "题"], [1, 2, "n", 5.0], [2, 1, "d", "2023-12-31T06:00:00"], [2, 2, "h", "18:00:00"], [2, 3, "u", 1.5]],
            },
        ]
    }  # fmt: skip
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, json.dumps(said).encode()))
    found = read_foreign("表.xls", "xls", compound({"Workbook": b"", "_VBA_PROJECT_CUR": b""}))
    assert found.has_macros
    assert [(sheet.name, sheet.state) for sheet in found.sheets] == [("表", "veryHidden")]
    assert found.sheets[0].cells == {
        (1, 1): Cell("题"),
        (2, 1): Cell(45291.25, number_format="yyyy/m/d h:mm:ss"),
        (2, 2): Cell(0.75, number_format="h:mm:ss"),
        (2, 3): Cell(1.5, number_format="[h]:mm:ss"),
    }
    assert found.unread[1:] == (
        Unread("图", "", "不是普通工作表（图表或宏），没有读取。"),
        Unread("表", "B1", "被合并单元格盖住的内容没有读取（B1，共 1 个），在 Excel 里也看不到。"),
    )


def test_the_child_imports_nothing_of_this_package():
    code = f"import runpy, sys; runpy.run_path({foreign_child.__file__!r}); print([n for n in sys.modules if n.startswith('perfeval')])"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_manual_saved_in_another_format_is_not_read_either(soffice, tmp_path, suffix):
    """So that a submission saved anew in that format says the same as before."""
    path = tmp_path / "自评表.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("自评表").write("A1", "甲")
        made.add_worksheet("使用手册").write("A1", "乙")
    found = read_workbook(str(convert(soffice, path, suffix, tmp_path)[f"自评表.{suffix}"]))
    assert [(sheet.name, [cell.value for cell in sheet.cells.values()]) for sheet in found.sheets] == [("自评表", ["甲"]), ("使用手册", [])]
