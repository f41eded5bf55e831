import importlib
import re

import pytest

from perfeval_xl.workbook.vba.xlwings_module import (
    XlwingsTextError,
    check_version,
    patched,
    patches,
    xlwings_module,
)
from tests.workbook.vba.readers import SITE
from tests.workbook.vba.vba_text import names, procedures, statements, unclosed

ORIGINAL = (SITE / "xlwings.bas").read_text("ascii")


@pytest.fixture(scope="module", params=[False, True], ids=["workbook", "add-in"])
def text(request):
    return xlwings_module(addin=request.param).text


def test_every_patch_applies_to_the_installed_xlwings(text):
    assert text.startswith('Attribute VB_Name = "xlwings"\r\n')
    assert "'Changed for perfeval_xl" in text


def test_every_patch_has_a_name_and_a_reason():
    listed = patches()
    assert len({patch.name for patch in listed}) == len(listed) == 21
    assert min(len(patch.why) for patch in listed) > 20


def test_another_version_of_xlwings_stops_the_build_with_a_clear_sentence():
    with pytest.raises(XlwingsTextError) as stopped:
        check_version("0.37.9")
    assert str(stopped.value) == (
        "已安装的 xlwings 是 0.37.9, 改动清单只适用于 0.37.8。请安装 xlwings==0.37.8, 或按新版本逐条核对 patches.toml。"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('Lib "xlwings64-', 'Lib "xlwings128-', "改动 library-64 不再适用: 要改的文字应出现 4 次, 实际 1 次"),
        ("Function XLPy()", "Function XLPy(again)", "改动 read-once 不再适用: 要改的文字应出现 1 次, 实际 0 次"),
        ("' Legacy", "' Old", "改动 run-python 不再适用: 要改的段落内容变了"),
        ("Function SaveConfigToFile(", "Function Save(", "改动 no-settings-file 不再适用: 要改的段落找不到, 或者不止一处"),
    ],
)  # fmt: skip
def test_a_patch_that_no_longer_applies_says_which_and_why(old, new, sentence):
    with pytest.raises(XlwingsTextError) as stopped:
        patched(ORIGINAL.replace(old, new))
    assert sentence in str(stopped.value)


def test_a_patch_is_never_applied_twice():
    with pytest.raises(XlwingsTextError, match="private-module"):
        patched(patched(ORIGINAL))


def test_the_checker_of_blocks_has_nothing_to_say_of_the_original_and_finds_damage():
    assert unclosed(ORIGINAL) == []
    assert unclosed(ORIGINAL.replace("End If\n", "\n", 1)) != []
    assert unclosed(ORIGINAL.replace("End Function\n", "\n", 1)) != []


def test_all_blocks_of_the_changed_module_close(text):
    assert unclosed(text) == []


def test_nothing_calls_a_procedure_that_was_taken_out(text):
    gone = {name.lower() for name in set(procedures(ORIGINAL)) - set(procedures(text))}
    assert gone == {
        "getdirectorypath", "getconfigfilepath", "getdirectoryconfigfilepath", "getconfigfromsheet",
        "saveconfigtofile", "getconfigfromfile", "sql", "getfullname"
    }  # fmt: skip
    assert names(text) & gone == set()


def test_the_changes_bring_in_only_these_new_names(text):
    assert names(text) - names(ORIGINAL) <= {
        "installation", "folder", "setting", "startcommand", "failure", "longptr", "strptr", "typename",
        "static", "option", "module", "activeworkbook"
    }  # fmt: skip


def test_no_setting_comes_from_a_sheet_or_from_the_folder_of_a_workbook(text):
    code = "\n".join(statements(text))
    assert not re.search(r"SheetExists\([^)]*conf|\.FullName|(?<!Application)\.Path\b|Worksheets", code)
    assert ".conf" not in text
    assert '".py"' not in text
    assert "LICENSE_KEY" not in text
    assert "Dictionary" not in text
    assert "prepare_sys_path" not in text


def test_the_command_line_is_the_same_whichever_workbook_is_active(text):
    start = text.index("Function XLPyCommand()")
    command = text[start : text.index("End Function", start)]
    assert not re.search(r"Workbook\.|Document\.|Project\.", command)
    assert (
        '-E -P -B -c ""from udfs.lean_xlwings import lean_xlwings; lean_xlwings().serve(\'$(CLSID)\')""'
        in command
    )


def test_the_command_line_names_a_function_that_is_there():
    assert callable(importlib.import_module("udfs.lean_xlwings").lean_xlwings)


def test_the_library_is_ours_and_is_loaded_by_its_full_path_before_it_is_called(text):
    assert "xlwings64" not in text
    assert "xlwings32" not in text
    assert text.count('Lib "perfeval64.dll"') == 3
    assert text.count('Lib "perfeval32.dll"') == 6
    assert 'LoadLibrary(StrPtr(Installation.Folder() & "\\" & XLPyDLLName)) = 0' in text
    for caller in ("NDims", "XLPy", "KillPy"):
        body = re.search(rf"(?:Function|Sub) {caller}\(.*?End (?:Function|Sub)", text, re.DOTALL)[0]
        assert 0 < body.index("XLPyLoadDLL") < body.index("0 <> XLPyDLL")


def test_a_button_hands_python_its_own_workbook_and_in_an_add_in_the_one_in_front():
    assert '"BOOK_CALLER", ThisWorkbook' in xlwings_module().text
    assert "ActiveWorkbook" not in xlwings_module().text
    assert '"BOOK_CALLER", ActiveWorkbook' in xlwings_module(addin=True).text
    assert '--wb=" & """" & ActiveWorkbook.Name' in xlwings_module(addin=True).text


def test_the_licence_of_xlwings_stays_in_the_text(text):
    assert "'xlwings is distributed under a BSD 3-clause license." in text
    assert "'Copyright (C) 2014-present, Zoomer Analytics LLC." in text
