import pytest

from perfeval_xl.workbook.vba.installation import FOLDER, INTERPRETER, LIBRARIES, SETTINGS_FILE, settings_text
from perfeval_xl.workbook.vba.macros import SOURCES, UDF_MODULE
from perfeval_xl.workbook.vba.xlwings_module import xlwings_module

VBA = (SOURCES / "Installation.bas").read_text("ascii")


def test_vba_and_the_installer_agree_on_every_name():
    assert f'Folder = ExpandEnvironmentStrings("{FOLDER}")' in VBA
    assert f'found("INTERPRETER_WIN") = Folder() & "\\{INTERPRETER}"' in VBA
    assert VBA.count(f'Folder() & "\\{SETTINGS_FILE}"') == 2
    assert f'found("UDF MODULES") = "{UDF_MODULE}"' in VBA
    assert all(f'"{name}"' in xlwings_module().text for name in LIBRARIES.values())


def test_the_settings_file_is_plain_lines():
    settings = {"INTERPRETER_WIN": r"D:\Python\pythonw.exe", "USE UDF SERVER": "False"}
    assert settings_text(settings) == "INTERPRETER_WIN=D:\\Python\\pythonw.exe\r\nUSE UDF SERVER=False\r\n"


def test_a_chinese_path_is_to_be_written_with_its_environment_variable():
    with pytest.raises(ValueError, match="%LOCALAPPDATA%"):
        settings_text({"INTERPRETER_WIN": r"C:\用户\pythonw.exe"})
