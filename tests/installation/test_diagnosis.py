"""Invented PCs: what the self-check says of each, and who computes the cells there."""

import json
from pathlib import Path

import pytest

from perfeval_xl.cli import main
from perfeval_xl.installation.ailments_of_python import is_copy
from perfeval_xl.installation.diagnosis import diagnosed, exit_code, line_text, mode_of, verdict
from perfeval_xl.installation.diagnosis_page import page_bytes
from perfeval_xl.installation.environment import Environment, ExcelState, Program
from perfeval_xl.installation.line import Line
from perfeval_xl.installation.office import Excel
from perfeval_xl.workbook.vba.xlwings_module import wanted_version

FOLDER = r"C:\Users\张伟\AppData\Local\PerfEval"
EXCEL = Excel(r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE", "16.0", 64)
PROGRAM = Program("0.1.0", (3, 13, 1), 64, rf"{FOLDER}\env\Scripts\python.exe", wanted_version())
GOOD = ExcelState(
    EXCEL,
    interpreter=rf"{FOLDER}\env\Scripts\pythonw.exe",
    interpreter_found=True,
    libraries=(("perfeval64.dll", 64), ("perfeval32.dll", 32)),
    addins=(r"C:\Users\张伟\AppData\Roaming\Microsoft\Excel\XLSTART\perfeval.xlam",),
    folder=FOLDER,
)
HEALTHY = Environment("Windows", PROGRAM, GOOD)


def complaints(environment):
    """Level, topic and what is said, of every line that is not in order."""
    return [(line.level, line.topic, line.said) for line in diagnosed(environment) if line.level != "ok"]


def with_state(**changed):
    return HEALTHY._replace(state=GOOD._replace(**changed))


def test_a_pc_in_order_has_nothing_to_mend_and_python_computes():
    lines = diagnosed(HEALTHY)
    assert complaints(HEALTHY) == []
    assert exit_code(lines) == 0
    assert [line.topic for line in lines] == [
        "Python", "版本", "启动", "规则包", "Excel", "解释器", "DLL", "加载项", "宏", "受信任位置", "启动 Python", "代码页", "计算方式"
    ]  # fmt: skip
    assert lines[-1].said == "单元格由 Python 计算"
    assert verdict(lines) == "自检: 正常 13 项, 提醒 0 项, 错误 0 项。没有要处理的"


NATIVE, PYTHON = "内置公式", "Python"
EXCEL_CASES = {
    "no interpreter": ({"interpreter_found": False}, ("error", "解释器"), NATIVE),
    "a rare character outside the code page": ({"interpreter": r"C:\Users\㼆𠮷\pythonw.exe"}, ("error", "解释器"), NATIVE),
    "a Chinese user on an English Windows": ({"code_page": "1252"}, ("error", "解释器"), NATIVE),
    "a code page nobody knows": ({"code_page": "?"}, ("error", "解释器"), NATIVE),
    "no DLL": ({"libraries": ()}, ("error", "DLL"), NATIVE),
    "only the DLL of the other width": ({"libraries": (("perfeval32.dll", 32),)}, ("error", "DLL"), NATIVE),
    "a DLL of the wrong width": ({"libraries": (("perfeval64.dll", 32),)}, ("error", "DLL"), NATIVE),
    "a damaged DLL": ({"libraries": (("perfeval64.dll", 0),)}, ("error", "DLL"), NATIVE),
    "a DLL in quarantine": ({"libraries": (), "libraries_lost": (rf"{FOLDER}\perfeval64.dll",)}, ("error", "杀毒软件"), NATIVE),
    "child processes forbidden": ({"child_rule": 1}, ("error", "启动 Python"), NATIVE),
    "child processes asked about": ({"child_rule": 6}, ("error", "启动 Python"), NATIVE),
    "a path beyond what Excel takes": ({"interpreter": "C:\\" + "a" * 300 + "\\pythonw.exe"}, ("error", "路径"), NATIVE),
    "no add-in": ({"addins": ()}, ("error", "加载项"), PYTHON),
    "the add-in twice": ({"addins": GOOD.addins * 2}, ("warning", "加载项"), PYTHON),
    "an old add-in": ({"addin_is_current": False}, ("warning", "加载项"), PYTHON),
    "a disabled add-in": ({"addin_disabled": True}, ("error", "加载项"), PYTHON),
    "no macros at all": ({"macro_setting": 4}, ("error", "宏"), PYTHON),
    "only signed macros": ({"macro_setting": 3, "macros_by_policy": True}, ("warning", "宏"), PYTHON),
    "all macros": ({"macro_setting": 1}, ("warning", "宏"), PYTHON),
    "not trusted": ({"trusted": False}, ("warning", "受信任位置"), PYTHON),
    "trust forbidden": ({"trust_forbidden": True}, ("warning", "受信任位置"), PYTHON),
    "no guide": ({"guide_found": False}, ("warning", "使用说明"), PYTHON),
}


@pytest.mark.parametrize(("changed", "said", "mode"), EXCEL_CASES.values(), ids=EXCEL_CASES)
def test_each_ailment_of_excel_is_named_once_with_what_to_do(changed, said, mode):
    environment = with_state(**changed)
    wrong = [line for line in diagnosed(environment) if line.level != "ok"]
    assert [(line.level, line.topic) for line in wrong] == [said]
    assert wrong[0].advice
    assert exit_code(wrong) == 1
    assert mode_of(environment) == mode


def test_the_fall_back_to_native_formulas_is_said_in_plain_words():
    assert diagnosed(with_state(child_rule=1))[-1].said == "单元格由内置公式计算, 数值仍然正确, 可以照常填写、打印、报送"


def test_32_bit_excel_needs_the_32_bit_library_only():
    narrow = with_state(excel=EXCEL._replace(bits=32), libraries=(("perfeval32.dll", 32),))
    assert complaints(narrow) == []
    assert mode_of(narrow) == PYTHON


def test_an_excel_of_unknown_width_wants_both_libraries():
    assert complaints(with_state(excel=EXCEL._replace(bits=0))) == []
    lacking = with_state(excel=EXCEL._replace(bits=0), libraries=(("perfeval64.dll", 64),))
    assert complaints(lacking) == [("error", "DLL", "没有 perfeval32.dll, 32 位的 Excel 要用它")]


def test_audit_only_and_security_software_are_no_ailments():
    assert complaints(with_state(child_rule=2)) == []
    lines = diagnosed(with_state(guards=("360 安全卫士", "火绒")))
    assert [line.said for line in lines if line.topic == "启动 Python"] == [
        f"没有禁止规则; 装有360 安全卫士、火绒, 它可能会拦。如果「评分规则」表显示内置公式, 请信息科把 {FOLDER} 加入信任区"
    ]


def test_the_utf_8_code_page_writes_every_name():
    environment = with_state(code_page="65001", interpreter=r"C:\Users\㼆𠮷\pythonw.exe")
    assert complaints(environment) == []
    assert mode_of(environment) == PYTHON


def test_wps_alone_is_in_order_and_computes_natively():
    environment = with_state(excel=None, wps=r"D:\WPS\et.exe", addins=(), libraries=(), interpreter_found=False)
    assert complaints(environment) == []
    assert mode_of(environment) == NATIVE


def test_neither_excel_nor_wps_is_worth_a_word():
    assert complaints(with_state(excel=None)) == [("warning", "Excel", "没有 Excel 也没有 WPS")]


def test_where_there_is_no_windows_only_the_program_is_looked_at():
    linux = Environment("Linux", PROGRAM, None)
    assert complaints(linux) == []
    assert [line.said for line in diagnosed(linux) if line.topic == "Excel"] == [
        "没有 Excel: 这里是 Linux。校验、汇总等命令都能用, 只是不能在 Excel 里按按钮"
    ]
    assert mode_of(linux) == NATIVE


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"python": (3, 10, 9)}, ("error", "Python")),
        ({"bits": 32}, ("error", "Python")),
        ({"xlwings": "0.37.7"}, ("error", "版本")),
        ({"xlwings": ""}, ("error", "版本")),
    ],
)
def test_each_ailment_of_the_program_is_named_once(changed, said):
    wrong = [line for line in diagnosed(HEALTHY._replace(program=PROGRAM._replace(**changed))) if line.level != "ok"]
    assert [(line.level, line.topic) for line in wrong] == [said]
    assert "install.cmd" in wrong[0].advice


def test_a_python_that_does_not_answer_is_told_and_cells_compute_natively():
    environment = HEALTHY._replace(start_problem="ModuleNotFoundError: No module named 'xlwings'")
    assert complaints(environment) == [("error", "启动", "Python 没有回答: ModuleNotFoundError: No module named 'xlwings'")]
    assert mode_of(environment) == NATIVE


def test_rule_packs_are_listed_and_a_broken_one_is_told():
    assert [line.said for line in diagnosed(HEALTHY._replace(rules=("bureau-2026",), rules_folder="R")) if line.topic == "规则包"] == ["bureau-2026 (R)"]
    broken = HEALTHY._replace(rules=("bureau-2026",), rules_wrong=("评分办法 bureau-2026.toml: 第 1 行不合 TOML 写法",))
    assert complaints(broken) == [("error", "规则包", "评分办法 bureau-2026.toml: 第 1 行不合 TOML 写法")]


def test_a_workbook_with_copies_beside_it_is_told():
    names = ("2025年自评表.xlsm", "2025年自评表(1).xlsm", "2025年自评表 - 副本.xlsx", "2024年自评表.xlsm", "~$2025年自评表.xlsm")
    environment = HEALTHY._replace(files=(("D:/报表/2025年自评表.xlsm", names),))
    assert [said for _, _, said in complaints(environment)] == [
        "2025年自评表.xlsm 正在 Excel 里打开着",
        "2025年自评表.xlsm 旁边还有像是副本的 2025年自评表(1).xlsm、2025年自评表 - 副本.xlsx",
    ]


def test_a_workbook_in_a_folder_that_is_not_there_is_told():
    assert complaints(HEALTHY._replace(files=(("Z:/没有/表.xlsx", ()),))) == [("warning", "工作簿", "Z:/没有/表.xlsx 所在的文件夹看不到")]


@pytest.mark.parametrize("other", ["表（2）.xlsx", "表 (3).xlsm", "表-副本(2).xlsx", "表-DESKTOP-4K2.xlsx", "表_冲突文件_张伟.xlsx", "表 copy.xlsx"])
def test_names_that_people_and_programs_give_to_copies(other):
    assert is_copy("表.xlsx", other)
    assert is_copy(other, "表.xlsx")


@pytest.mark.parametrize(("one", "other"), [("表.xlsx", "表.xlsm"), ("表1.xlsx", "表2.xlsx"), ("表.xlsx", "表(1).docx"), ("表.xlsx", "~$表(1).xlsx"), ("表-A.xlsx", "表-B.xlsx")])
def test_names_of_different_tables(one, other):
    assert not is_copy(one, other)


def test_a_line_says_what_to_do_below_it():
    assert line_text(Line("error", "DLL", "没有", "请重装")) == "✗错误 DLL: 没有\n      怎么办: 请重装"
    assert line_text(Line("ok", "DLL", "有")) == "✓正常 DLL: 有"


def test_the_page_shows_first_what_to_mend_and_escapes_every_text():
    page = page_bytes([Line("ok", "甲", "好"), Line("error", "<乙>", "坏 & 错", "修")]).decode()
    assert page.index("&lt;乙&gt;") < page.index("<td>甲</td>")
    assert "坏 &amp; 错" in page
    assert "<script" not in page


def test_the_command_speaks_and_ends_with_the_verdict(capsys):
    code = main(["doctor"])
    said = capsys.readouterr().out.splitlines()
    assert code == 0
    assert said[-1].startswith("自检: 正常 6 项, ")


def test_the_command_gives_json(capsys, tmp_path):
    (tmp_path / "表.xlsx").touch()
    (tmp_path / "表(1).xlsx").touch()
    assert main(["doctor", str(tmp_path / "表.xlsx"), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["mode"], document["version"]) == (NATIVE, "0.1.0")
    assert [line["said"] for line in document["lines"] if line["level"] == "warning"] == ["表.xlsx 旁边还有像是副本的 表(1).xlsx"]


def test_the_command_opens_a_page(monkeypatch, capsys, tmp_path):
    shown = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("perfeval_xl.cli.drop.show_page", shown.append)
    assert main(["doctor", "--page"]) == 0
    assert "自检" in Path(shown[0]).read_text("utf-8")
    assert shown[0].endswith("自检.html")
