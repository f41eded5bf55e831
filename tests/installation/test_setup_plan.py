"""plan → apply → the plan is empty → remove → nothing is left, on PCs as offices have them."""

import json

import pytest

from perfeval_xl.installation.computer import Shortcut
from perfeval_xl.installation.places import places_of
from perfeval_xl.workbook.grid import UnusableFile
from tests.installation.pc import (
    DLL,
    INTERPRETER,
    TEMPLATE,
    TRUST,
    install,
    payload,
    pc,
    remove,
    state,
    steps,
)

SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


def one_drive():
    found = pc()
    found.registry[SHELL_FOLDERS] = {"Desktop": r"%USERPROFILE%\OneDrive - 某市医保局\桌面"}
    found.add_folder(r"C:\Users\张 伟\OneDrive - 某市医保局\桌面")
    return found


PCS = {
    "Chinese user with a space": pc,
    "desktop in OneDrive": one_drive,
    "32-bit Excel 2010": lambda: pc(excel=r"C:\Program Files (x86)\Microsoft Office\Office14\EXCEL.EXE", machine=0x14C),
    "no Excel": lambda: pc(excel=None),
    "XLSTART is there already": lambda: with_folder(pc(), r"C:\Users\张 伟\AppData\Roaming\Microsoft\Excel\XLSTART"),
}


def with_folder(computer, folder):
    computer.add_folder(folder)
    return computer


@pytest.mark.parametrize("made", PCS.values(), ids=PCS)
def test_installing_twice_changes_nothing_and_removing_leaves_nothing(made):
    computer = made()
    before = state(computer)
    done = install(computer)
    assert len(done.done) == len(steps(made())) > 0
    assert (done.kept, done.refused) == ((), ())
    assert steps(computer) == []
    installed = state(computer)
    install(computer)
    assert state(computer) == installed
    assert remove(computer).refused == ()
    assert state(computer) == before


def test_everything_stands_where_macros_and_excel_look_for_it():
    computer = pc()
    install(computer)
    assert computer.files[DLL] == b"dll 64"
    assert computer.files[r"C:\Users\张 伟\AppData\Roaming\Microsoft\Excel\XLSTART\perfeval.xlam"] == b"the add-in"
    assert computer.files[TEMPLATE] == b"a blank form"
    assert computer.registry[TRUST] == {
        "Path": "C:\\Users\\张 伟\\AppData\\Local\\PerfEval\\templates\\", "AllowSubfolders": 0, "Description": "绩效自评 空白表"
    }  # fmt: skip
    assert computer.shortcuts[r"C:\Users\张 伟\Desktop\校验自评表.lnk"] == Shortcut(
        INTERPRETER, "-E -P -m perfeval_xl drop", "把自评表拖到这里, 看哪里要改"
    )
    inside = computer.names(r"C:\Users\张 伟\Desktop\绩效自评")
    assert inside == ("使用说明.lnk", "校验.lnk", "空白自评表.lnk", "自检.lnk")


def test_the_interpreter_is_written_in_ascii_whatever_the_users_name():
    computer = pc()
    install(computer)
    written = computer.files[r"C:\Users\张 伟\AppData\Local\PerfEval\perfeval.conf"]
    assert written == b"INTERPRETER_WIN=%LOCALAPPDATA%\\PerfEval\\env\\Scripts\\pythonw.exe\r\n"


def test_no_settings_file_where_the_interpreter_stands_where_macros_look_anyway():
    computer = pc()
    install(computer, payload(interpreter=r"C:\Users\张 伟\AppData\Local\PerfEval\python\pythonw.exe"))
    assert r"C:\Users\张 伟\AppData\Local\PerfEval\perfeval.conf" not in computer.files


def test_a_python_that_vba_cannot_find_is_told_before_anything_is_done():
    computer = pc()
    before = state(computer)
    with pytest.raises(UnusableFile, match="请把 Python 装到"):
        install(computer, payload(interpreter=r"D:\工具\Python\pythonw.exe"))
    assert state(computer) == before


def test_the_icons_go_to_the_desktop_that_is_shown():
    computer = one_drive()
    assert places_of(computer).desktop_folder == r"C:\Users\张 伟\OneDrive - 某市医保局\桌面\绩效自评"


def test_without_excel_there_is_no_add_in_no_library_and_no_trust():
    computer = pc(excel=None)
    install(computer)
    assert computer.registry == {}
    assert not [path for path in computer.files if path.endswith((".dll", ".xlam", ".conf"))]
    assert TEMPLATE in computer.files


def test_trust_reaches_no_further_than_the_folder_of_templates():
    computer = pc()
    install(computer)
    assert [key for key in computer.registry if "Trusted" in key] == [TRUST]
    assert computer.registry[TRUST]["AllowSubfolders"] == 0


def test_excel_installed_later_gets_its_part_by_a_second_run():
    computer = pc(excel=None)
    install(computer)
    with_excel = pc()
    computer.registry.update(with_excel.registry)
    computer.files.update(with_excel.files)
    assert [step.entry.place.rpartition("\\")[2] for step in steps(computer)] == [
        "perfeval64.dll", "perfeval32.dll", "perfeval.conf", "perfeval.xlam", "PerfEval"
    ]  # fmt: skip


def test_a_new_version_replaces_what_differs_and_takes_away_what_is_gone():
    computer = pc()
    install(computer, payload(templates={"旧表.xlsm": b"old", "项目支出绩效自评表.xlsm": b"a blank form"}))
    later = payload(addin=b"the add-in of next year")
    assert [(step.action, step.entry.place.rpartition("\\")[2]) for step in steps(computer, later)] == [
        ("remove", "旧表.xlsm"), ("replace", "perfeval.xlam")
    ]  # fmt: skip
    install(computer, later)
    assert steps(computer, later) == []


def test_what_somebody_typed_into_a_template_is_kept_at_the_next_version():
    computer = pc()
    install(computer)
    computer.files[TEMPLATE] = b"filled in"
    assert steps(computer) == []
    later = payload(templates={"项目支出绩效自评表.xlsm": b"a newer form"})
    done = install(computer, later)
    copy = TEMPLATE.replace(".xlsm", " (2).xlsm")
    assert (computer.files[TEMPLATE], computer.files[copy]) == (b"a newer form", b"filled in")
    assert done.kept == (f"{TEMPLATE} 里有填写的内容, 已另存为 {copy}",)


def test_what_somebody_typed_into_a_template_survives_the_removal():
    computer = pc()
    install(computer)
    computer.files[TEMPLATE] = b"filled in"
    done = remove(computer)
    assert done.kept == (f"{TEMPLATE} 里有填写的内容, 没有删除",)
    assert [path for path in computer.files if "PerfEval" in path] == [TEMPLATE]
    assert computer.shortcuts == {}


def test_a_file_of_somebody_else_under_the_name_of_a_template_is_kept():
    computer = with_folder(pc(), r"C:\Users\张 伟\AppData\Local\PerfEval\templates")
    computer.files[TEMPLATE] = b"somebody's own"
    install(computer)
    assert computer.files[TEMPLATE.replace(".xlsm", " (2).xlsm")] == b"somebody's own"


def test_a_file_in_the_desktop_folder_that_is_not_ours_stays_with_its_folder():
    computer = pc()
    install(computer)
    computer.files[r"C:\Users\张 伟\Desktop\绩效自评\2025年自评表.xlsx"] = b"theirs"
    remove(computer)
    assert computer.names(r"C:\Users\张 伟\Desktop\绩效自评") == ("2025年自评表.xlsx",)


def test_the_dll_in_use_is_told_and_the_rest_is_done_and_the_next_run_finishes(monkeypatch):
    computer = pc()
    write = computer.write

    def refusing(path, content):
        if path == DLL:
            raise PermissionError(path)
        write(path, content)

    monkeypatch.setattr(computer, "write", refusing)
    done = install(computer)
    assert done.refused == (f"放入文件 {DLL}: Excel 与 Python 之间的桥: Windows 不允许。请关闭 Excel 和 WPS 后再运行一次",)
    monkeypatch.undo()
    assert [step.entry.place for step in steps(computer)] == [DLL]
    assert install(computer).refused == ()
    assert steps(computer) == []


def test_a_damaged_receipt_counts_as_none_and_is_written_anew():
    computer = pc()
    install(computer)
    path = places_of(computer).receipt
    for content in (b"\xff", b"[]", b'{"entries": [{}]}', b'{"entries": [{"kind": "?", "place": "", "digest": "", "typed_into": 0}]}'):
        computer.files[path] = content
        install(computer)
        assert len(json.loads(computer.files[path])["entries"]) == 12
        assert steps(computer) == []


def test_windows_without_a_user_folder_is_one_sentence():
    computer = pc(LOCALAPPDATA="")
    with pytest.raises(UnusableFile, match="LOCALAPPDATA"):
        places_of(computer)
