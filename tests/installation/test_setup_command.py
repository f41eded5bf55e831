"""setup and drop as a person runs them, where there is no Windows."""

import json
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest

from perfeval_xl.cli import main
from perfeval_xl.cli.drop import NOTHING_DROPPED
from perfeval_xl.installation.guide import guide_bytes
from perfeval_xl.installation.payload import payload_here, payload_shown
from perfeval_xl.workbook.grid import UnusableFile


def test_the_plan_is_shown_for_a_pc_with_excel(capsys):
    assert main(["setup", "--plan"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "这里不是 Windows。下面是在一台装有 64 位 Excel 的电脑上会做的事:"
    assert said[1] == r"Excel 16.0, 64 位: C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
    assert r"  放入文件 %APPDATA%\Microsoft\Excel\XLSTART\perfeval.xlam: 选项卡「绩效自评」" in said


def test_the_plan_as_json_names_every_step(capsys):
    assert main(["setup", "--plan", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["excel"]["bits"] == 64
    assert {step["action"] for step in document["steps"]} == {"add"}
    assert {step["kind"] for step in document["steps"]} == {"file", "shortcut", "settings"}
    assert document["steps"][-1]["place"] == r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\PerfEval"


@pytest.mark.parametrize("words", [["setup"], ["setup", "--remove"]])
def test_installing_is_refused_in_one_sentence(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err == "setup 用于装有 Windows 的电脑; 在这里可用 setup --plan 看它会做什么, 用 setup --rules 安装规则包\n"


def test_a_python_without_the_libraries_is_told():
    with pytest.raises(UnusableFile, match="64 位的 Python"):
        payload_here()


@pytest.fixture
def windows_python(tmp_path, monkeypatch):
    """An xlwings that came with its libraries, as on Windows, and an interpreter with its window-less brother."""
    names = ("xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll", "pythonw.exe")
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    files = [SimpleNamespace(name=name, locate=lambda name=name: tmp_path / name) for name in names]
    monkeypatch.setattr("importlib.metadata.files", lambda _: files)
    monkeypatch.setattr("perfeval_xl.installation.payload.window_interpreter", lambda _: str(tmp_path / "pythonw.exe"))
    return tmp_path


def test_the_libraries_are_those_the_installed_xlwings_lists(windows_python):
    found = payload_here()
    assert found.libraries == {"perfeval32.dll": b"xlwings32-0.37.8.dll", "perfeval64.dll": b"xlwings64-0.37.8.dll"}
    assert found.interpreter == str(windows_python / "pythonw.exe")


@pytest.mark.parametrize(("gone", "said"), [("xlwings64-0.37.8.dll", "没有找到 xlwings 的 perfeval64.dll"), ("pythonw.exe", "没有找到 .*pythonw.exe")])
def test_what_is_gone_is_named(windows_python, gone, said):
    (windows_python / gone).unlink()
    with pytest.raises(UnusableFile, match=said):
        payload_here()


def test_every_shipped_form_comes_as_a_template_under_a_name_of_its_own():
    forms = [each.name for each in (resources.files("workbooks") / "forms").iterdir() if each.name.endswith(".xlsm")]
    templates = payload_shown().templates
    assert len(templates) == len(forms) > 0
    assert templates["社会保险基金预算绩效目标自评表.xlsm"] == (resources.files("workbooks") / "forms" / "fund.xlsm").read_bytes()


def test_the_guide_needs_nothing_but_itself():
    guide = guide_bytes().decode()
    assert "http" not in guide.replace("http-equiv", "")
    assert "<script" not in guide
    assert 'src="data:image/png;base64,iVBOR' in guide
    assert "{" not in guide.partition("<body>")[2]


@pytest.fixture
def shown(monkeypatch, tmp_path):
    pages = []
    monkeypatch.setattr("perfeval_xl.cli.drop.show_page", pages.append)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return pages


def test_a_file_dropped_on_the_icon_opens_the_page_of_its_findings(shown, case_workbook, capsys):
    assert main(["drop", str(case_workbook)]) == 0
    assert Path(case_workbook).name in Path(shown[0]).read_text("utf-8")
    assert capsys.readouterr().out == f"网页已写入: {shown[0]}\n"


def test_a_file_that_cannot_be_used_is_told_on_the_page_too(shown, case_workbook, tmp_path):
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"nothing")
    assert main(["drop", str(case_workbook), str(broken)]) == 2
    page = Path(shown[0]).read_text("utf-8")
    assert "坏.xlsx" in page
    assert Path(case_workbook).name in page


def test_a_double_click_on_the_icon_says_how_it_is_used(shown):
    assert main(["drop"]) == 2
    assert NOTHING_DROPPED in Path(shown[0]).read_text("utf-8")


def test_a_click_without_a_console_works_too(shown, case_workbook, monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    assert main(["drop", str(case_workbook)]) == 0
    assert len(shown) == 1
