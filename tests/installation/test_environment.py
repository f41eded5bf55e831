"""What is gathered of a PC: each fact from the place Windows and Excel keep it."""

import sys

from perfeval_xl.installation.environment import excel_state, program_here, start_problem
from perfeval_xl.installation.model_computer import APP_PATHS
from tests.installation.pc import DLL, INTERPRETER, TRUST, install, payload, pc, program

HOME = r"C:\Users\张 伟\AppData"
SECURITY = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
LIBRARIES = {"perfeval64.dll": program(0x8664), "perfeval32.dll": program(0x14C)}


def installed(**settings):
    """A PC in order: Excel, everything installed, the interpreter there."""
    computer = pc()
    install(computer, payload(libraries=LIBRARIES))
    computer.add_folder(rf"{HOME}\Local\PerfEval\env\Scripts")
    computer.files[INTERPRETER] = b"python"
    for key, values in settings.items():
        computer.registry[key] = values
    return computer


def state(computer):
    return excel_state(computer, b"the add-in")


def test_a_pc_in_order():
    found = state(installed())
    assert found.interpreter == INTERPRETER
    assert found.interpreter_found
    assert found.libraries == (("perfeval64.dll", 64), ("perfeval32.dll", 32))
    assert found.addins == (rf"{HOME}\Roaming\Microsoft\Excel\XLSTART\perfeval.xlam",)
    assert (found.addin_is_current, found.addin_disabled, found.trusted, found.trust_forbidden) == (True, False, True, False)
    assert (found.macro_setting, found.macros_by_policy, found.child_rule, found.guards, found.libraries_lost) == (0, False, 0, (), ())
    assert (found.folder, found.guide_found, found.wps) == (rf"{HOME}\Local\PerfEval", True, "")


def test_a_pc_on_which_nothing_was_installed():
    found = state(pc())
    assert found.interpreter == rf"{HOME}\Local\PerfEval\python\pythonw.exe"
    assert (found.interpreter_found, found.libraries, found.addins, found.trusted, found.guide_found) == (False, (), (), False, False)


def test_the_last_interpreter_of_the_settings_file_counts_with_its_variables():
    computer = installed()
    computer.files[rf"{HOME}\Local\PerfEval\perfeval.conf"] = b"interpreter_win = D:\\a.exe\nINTERPRETER_WIN=%APPDATA%\\py\\pythonw.exe\n"
    assert state(computer).interpreter == rf"{HOME}\Roaming\py\pythonw.exe"


def test_a_library_that_was_installed_and_is_gone_is_remembered():
    computer = installed()
    del computer.files[DLL]
    found = state(computer)
    assert found.libraries_lost == (DLL,)
    assert found.libraries == (("perfeval32.dll", 32),)


def test_copies_of_the_add_in_are_found_wherever_excel_starts_from():
    computer = installed(**{r"HKCU\Software\Microsoft\Office\16.0\Excel\Options": {"AltStartup": r"%USERPROFILE%\启动"}})
    places = (rf"{HOME}\Roaming\Microsoft\AddIns", r"C:\Program Files\Microsoft Office\root\Office16\XLSTART", r"C:\Users\张 伟\启动")
    for folder in places:
        computer.add_folder(folder)
        computer.files[rf"{folder}\perfeval.xlam"] = b"the add-in"
    assert [path.rpartition("\\")[0] for path in state(computer).addins[1:]] == list(places)


def test_an_add_in_of_another_version_is_not_current():
    computer = installed()
    computer.files[rf"{HOME}\Roaming\Microsoft\Excel\XLSTART\perfeval.xlam"] = b"an older one"
    assert not state(computer).addin_is_current


def test_an_add_in_that_excel_has_disabled_is_told_by_the_name_in_the_value():
    key = r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
    assert state(installed(**{key: {"1A2B": "\x01c:\\users\\xlstart\\PERFEVAL.XLAM"}})).addin_disabled
    assert not state(installed(**{key: {"1A2B": "\x01other.xlam"}})).addin_disabled


def test_the_macro_setting_of_a_policy_comes_before_the_users_own():
    own = state(installed(**{SECURITY: {"VBAWarnings": 4}}))
    assert (own.macro_setting, own.macros_by_policy) == (4, False)
    both = state(installed(**{SECURITY: {"VBAWarnings": 1}, POLICY: {"VBAWarnings": 3}}))
    assert (both.macro_setting, both.macros_by_policy) == (3, True)


def test_trust_may_be_missing_moved_or_forbidden():
    computer = installed()
    computer.registry[TRUST]["Path"] = "D:\\"
    assert not state(computer).trusted
    for key in (SECURITY, POLICY):
        assert state(installed(**{rf"{key}\Trusted Locations": {"AllLocationsDisabled": 1}})).trust_forbidden


def test_the_rule_against_child_processes_is_found_as_policy_and_as_setting():
    rule = {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}
    for branch in ("Policies\\", ""):
        key = rf"HKLM\SOFTWARE\{branch}Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
        assert state(installed(**{key: rule})).child_rule == 1
        assert state(installed(**{key: {"other": "1"}})).child_rule == 0


def test_security_software_and_the_code_page_are_named():
    found = state(installed(**{r"HKLM\SOFTWARE\WOW6432Node\360Safe": {}, r"HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage": {"ACP": "936"}}))
    assert (found.guards, found.code_page) == (("360 安全卫士",), "936")


def test_wps_alone_is_told():
    computer = pc(excel=None)
    computer.registry[rf"{APP_PATHS}\et.exe"] = {"": r"D:\WPS\et.exe"}
    found = state(computer)
    assert (found.excel, found.wps) == (None, r"D:\WPS\et.exe")


def test_a_pc_without_user_folders_is_still_described():
    assert state(pc(LOCALAPPDATA="")).excel.bits == 64


def test_the_program_knows_its_own_versions():
    found = program_here()
    assert found.xlwings == "0.37.8"
    assert found.python >= (3, 11, 0)
    assert found.bits == 64


def test_python_is_started_as_excel_starts_it(tmp_path):
    assert start_problem(sys.executable) == ""
    broken, slow = tmp_path / "broken", tmp_path / "slow"
    broken.write_text("#!/bin/sh\necho 'ModuleNotFoundError: xlwings' >&2\nexit 1\n")
    slow.write_text("#!/bin/sh\nexec sleep 9\n")
    for path in (broken, slow):
        path.chmod(0o755)
    assert start_problem(str(broken)) == "ModuleNotFoundError: xlwings"
    assert start_problem(str(slow), 0.2) == "0 秒没有回答"
    assert start_problem(str(tmp_path / "none")).startswith("Windows 不让启动 (")
