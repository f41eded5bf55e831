"""The buttons of the tab: what they make beside the workbook in front, and what they say in the status bar."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from perfeval_xl import ribbon
from tests.windows.session import run_button


class Book:
    """A workbook in front, as far as these buttons look at it."""

    def __init__(self, path, *, saved=True):
        self.api = SimpleNamespace(FullName=str(path), Saved=saved)
        self.said = []
        self.app = self

    def __setattr__(self, name, value):
        if name == "status_bar":
            self.said.append(value)
        else:
            super().__setattr__(name, value)


@pytest.fixture
def form(tmp_path, case_workbook):
    from openpyxl import load_workbook

    book = load_workbook(case_workbook, data_only=True)
    for name in book.sheetnames[1:]:
        del book[name]
    book.defined_names.clear()
    path = tmp_path / "某单位 自评表.xlsx"
    book.save(path)
    return path


@pytest.fixture
def front(monkeypatch):
    def put(path, **state):
        book = Book(path, **state)
        monkeypatch.setattr(ribbon, "caller", lambda: book)
        return book

    return put


def test_adopting_makes_a_living_copy_beside_the_workbook_and_leaves_it_alone(front, form):
    before = form.read_bytes()
    book = front(form)
    ribbon.adopt()
    assert book.said[-1] == "已生成: 某单位 自评表_接管.xlsm, 在原工作簿旁边。请打开它填写, 原来的文件没有改动。"
    assert (form.parent / "某单位 自评表_接管.xlsm").is_file()
    assert form.read_bytes() == before


def test_an_earlier_copy_is_never_written_over(front, form):
    earlier = form.with_name("某单位 自评表_接管.xlsm")
    earlier.write_bytes(b"earlier")
    book = front(form)
    ribbon.adopt()
    assert book.said[-1].startswith("已生成: 某单位 自评表_接管(2).xlsm")
    assert earlier.read_bytes() == b"earlier"


def test_what_cannot_be_adopted_is_one_sentence(front, tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"nothing")
    book = front(path)
    ribbon.adopt()
    assert book.said[0] == "正在生成……"
    assert len(book.said) == 2
    assert "\n" not in book.said[1]
    assert [each.name for each in tmp_path.iterdir()] == ["坏.xlsx"]


@pytest.mark.parametrize(("name", "saved", "said"), [("没有.xlsx", True, "请先把工作簿保存到本机 (云端打开的请另存一份)"), ("有.xlsx", False, "工作簿有改动还没有保存, 请先保存再按")])
def test_only_a_saved_workbook_is_taken(front, tmp_path, name, saved, said):
    (tmp_path / "有.xlsx").touch()
    book = front(tmp_path / name, saved=saved)
    ribbon.adopt()
    assert book.said[-1] == said


def test_a_report_is_asked_of_the_command_of_that_name(front, form, monkeypatch):
    asked = []

    def spoken(words):
        asked.append(words)
        Path(words[-1]).touch()
        return 0, ""

    monkeypatch.setattr(ribbon, "spoken", spoken)
    book = front(form)
    ribbon.make_report()
    assert asked == [["report", str(form), "-o", str(form.with_name("某单位 自评表_自评报告.docx"))]]
    assert book.said[-1] == "已生成: 某单位 自评表_自评报告.docx, 在原工作簿旁边。请打开它核对、补充。"


def test_the_report_is_written_beside_the_workbook(front, form):
    book = front(form)
    ribbon.make_report()
    assert book.said[-1].startswith("已生成: 某单位 自评表_自评报告.docx")
    assert form.with_name("某单位 自评表_自评报告.docx").read_bytes()[:2] == b"PK"


def test_what_a_command_says_is_what_the_status_bar_says(front, form, monkeypatch):
    monkeypatch.setattr(ribbon, "spoken", lambda _: (2, "没有指标"))
    book = front(form)
    ribbon.make_report()
    assert book.said[-1] == "没有指标"


def test_the_self_check_opens_its_page_and_says_its_verdict(front, form, monkeypatch, tmp_path):
    shown = []
    monkeypatch.setattr("perfeval_xl.cli.drop.show_page", shown.append)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    book = front(form)
    ribbon.examine_computer()
    assert len(shown) == 1
    assert book.said[-1].startswith("自检: 正常 ")


def test_collecting_starts_a_window_of_its_own(front, form, monkeypatch):
    started = []
    monkeypatch.setattr(subprocess, "Popen", lambda words, **_: started.append(words))
    book = front(form)
    ribbon.collect(f"{form.parent}/")
    output = f"{form.parent}_汇总.xlsx"
    assert started == [[sys.executable, "-E", "-P", "-m", "perfeval_xl.ribbon", str(form.parent), output]]
    assert book.said[-1] == f"正在另一个窗口里汇总。完成后会打开 {form.parent.name}_汇总.xlsx, 它在所选文件夹旁边。"


def test_the_window_collects_and_waits_for_a_key_where_it_cannot_open_the_summary(case_workbook, tmp_path, monkeypatch):
    received, output = tmp_path / "收件", tmp_path / "收件_汇总.xlsx"
    received.mkdir()
    shutil.copy(case_workbook, received)
    asked = []
    monkeypatch.setattr("builtins.input", asked.append)
    assert ribbon.collect_in_window(str(received), str(output)) == 0
    assert output.is_file()
    assert asked == ["按回车键关闭本窗口"]


def test_a_window_is_opened_by_the_interpreter_that_has_one(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/PerfEval/pythonw.exe")
    assert ribbon.console_interpreter() == "/opt/PerfEval/python.exe"
    monkeypatch.setattr(sys, "executable", "/opt/PerfEval/python3")
    assert ribbon.console_interpreter() == "/opt/PerfEval/python3"


def test_the_tabs_command_runs_on_the_way_excel_takes_and_leaves_the_cells_alone():
    sheets = {"自评表": {"A1": "项目支出绩效自评表"}}
    for call in ("adopt()", "make_report()"):
        assert run_button(f"import perfeval_xl.ribbon; perfeval_xl.ribbon.{call}", sheets) == sheets
