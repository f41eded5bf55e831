import ast
import io
import re
import tomllib
import zipfile

import pytest
import xlsxwriter

from perfeval_xl.workbook.vba.macros import ADDIN_MESSAGES, MESSAGES, SOURCES, macro_project
from perfeval_xl.workbook.vba.procedures import (
    ADD_ROW,
    FIRST_ERROR,
    RECALCULATE,
    SUBMIT,
    VALIDATE,
    WORKBOOK_CODE_NAME,
)
from tests.workbook.vba.conformance import Project, findings
from tests.workbook.vba.readers import olevba_sources
from tests.workbook.vba.test_messages import spoken
from tests.workbook.vba.vba_text import names, procedures, unclosed

SAMPLE = "tests.windows.sample_functions"
BUTTONS = (VALIDATE, RECALCULATE, ADD_ROW, SUBMIT, FIRST_ERROR)
SHEETS = ("Sheet1", "Sheet2")
RUN_BY_THEMSELVES = r"(?i)\b(auto_?(open|close|exec|new)|(workbook|worksheet|sheet|app)_\w+|document_\w+)\b"
# Everything our own modules may name beside what they and xlwings declare.
LANGUAGE = {
    "and", "as", "boolean", "byref", "byval", "close", "dim", "do", "each", "else", "end", "eof", "error", "exit", "explicit",
    "false", "for", "freefile", "function", "goto", "if", "in", "input", "integer", "is", "line", "long", "loop",
    "module", "next", "not", "nothing", "object", "on", "open", "option", "or", "private", "public", "set", "step", "string",
    "sub", "then", "to", "true", "variant", "while", "cstr", "chrw", "createobject", "err", "description", "instr",
    "left", "len", "mid", "msgbox", "replace", "right", "split", "trim", "ucase", "vbcrlf", "vbexclamation", "vblf",
}  # fmt: skip
EXCEL = {
    "activecell", "activesheet", "activeworkbook", "allowmultiselect", "application", "calculatefull", "cells", "clearcontents", "columns", "copy", "count",
    "exists", "filedialog", "followhyperlink", "formula", "hasformula", "insert", "iribboncontrol", "mergecells", "name", "names", "protect", "protectcontents",
    "range", "referstorange", "row", "rowheight", "rows", "selecteditems", "show", "statusbar", "thisworkbook", "title", "unprotect", "vartype", "vbinformation", "vbstring",
    "worksheet",
}  # fmt: skip


@pytest.fixture(scope="module")
def workbook():
    return macro_project("demo.xlsm", SHEETS, SAMPLE)


@pytest.fixture(scope="module")
def addin():
    return macro_project("perfeval.xlam", SHEETS[:1], SAMPLE)


def texts(project):
    return {module.name: module.text for module in project.modules}


def own_sources():
    return [path.stem for path in sorted(SOURCES.glob("*.bas"), key=lambda path: path.stem.lower())]


def test_a_workbook_carries_exactly_these_modules(workbook):
    own = [name for name in own_sources() if name != "Ribbon"]
    assert {"Buttons", "Installation"} <= set(own)
    assert list(texts(workbook)) == ["ThisWorkbook", *SHEETS, *own, "Messages", "xlwings", "xlwings_udfs"]


def test_the_add_in_has_the_callbacks_of_its_ribbon_in_place_of_the_buttons(addin):
    assert list(texts(addin)) == [
        "ThisWorkbook",
        "Sheet1",
        "Installation",
        "Ribbon",
        "Messages",
        "xlwings",
        "xlwings_udfs",
    ]
    assert Project(addin.binary).value("Name") == "PerfEval"


def test_both_projects_conform_and_olevba_reads_every_source_byte_for_byte(workbook, addin):
    for project in (workbook, addin):
        assert findings(project.binary) == []
        assert olevba_sources(project.binary) == texts(project)


def test_xlsxwriter_takes_the_project_and_binds_its_buttons(workbook, tmp_path):
    path = tmp_path / "demo.xlsm"
    with xlsxwriter.Workbook(str(path)) as file:
        sheets = [file.add_worksheet("自评表"), file.add_worksheet("校验结果")]
        for row, macro in enumerate(BUTTONS):
            sheets[0].insert_button(
                row * 2, 8, {"macro": macro, "caption": "按钮", "width": 90, "height": 28}
            )
        file.add_vba_project(io.BytesIO(workbook.binary), True)
        file.set_vba_name(WORKBOOK_CODE_NAME)
        for sheet, name in zip(sheets, SHEETS, strict=True):
            sheet.set_vba_name(name)
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/vbaProject.bin") == workbook.binary
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
    assert re.findall(r"<x:FmlaMacro>\[0\]!(.*?)</x:FmlaMacro>", drawing) == list(BUTTONS)


def test_a_second_build_gives_the_same_bytes(workbook):
    assert macro_project("demo.xlsm", SHEETS, SAMPLE).binary == workbook.binary


def test_the_wizards_texts_come_with_the_project(workbook):
    assert workbook.macro_options["sample_rate"]["Category"] == "绩效评价"


def test_nothing_runs_by_itself(workbook, addin):
    for text in (*texts(workbook).values(), *texts(addin).values()):
        assert not [name for name in procedures(text) if re.search(RUN_BY_THEMSELVES, name)]


def test_each_button_names_one_public_sub_without_arguments(workbook):
    for macro in BUTTONS:
        module, _, procedure = macro.partition(".")
        owners = [name for name, text in texts(workbook).items() if procedure in procedures(text)]
        assert owners == [module]
        assert procedures(texts(workbook)[module])[procedure] == ("Public", "Sub", "")


def test_only_the_buttons_and_the_functions_show_in_excels_lists(workbook, addin):
    shown = {
        name for name, text in (texts(workbook) | texts(addin)).items() if "Option Private Module" not in text
    }
    assert shown == {"ThisWorkbook", "Sheet1", "Sheet2", "Buttons", "Ribbon", "xlwings_udfs"}
    public = {
        name for name, (reach, _, _) in procedures(texts(workbook)["Buttons"]).items() if reach != "Private"
    }
    assert {f"Buttons.{name}" for name in public} == set(BUTTONS)


def test_each_button_asks_python_for_the_function_of_its_name(workbook):
    text = texts(workbook)["Buttons"]
    asked = dict(re.findall(r'Sub (\w+)\(\)\r\n    AskPython "(\w+)"\r\n', text))
    assert (
        asked.items()
        >= {
            "ValidateSheet": "validate",
            "MakeSubmission": "make_submission",
            "GoToFirstError": "go_to_first_error",
        }.items()
    )
    answers = ast.parse((SOURCES.parents[1] / "perfeval_xl" / "excel.py").read_text("utf-8")).body
    assert set(asked.values()) <= {node.name for node in answers if isinstance(node, ast.FunctionDef)}
    assert 'RunPython "import perfeval_xl.excel; perfeval_xl.excel." & action & "()"' in text
    assert "Sub RecalculateSheet()\r\n    Application.CalculateFull\r\nEnd Sub" in text


CALLBACK = r"Public Sub (\w+)\(control As IRibbonControl\)\r\n((?:    .*\r\n)+)End Sub"
ASKED = r'AskAboutWorkbook "([\w.]+)", "(\w+)\('


def test_every_callback_of_the_ribbon_asks_for_a_function_that_is_there(addin):
    text = texts(addin)["Ribbon"]
    callbacks = dict(re.findall(CALLBACK, text))
    public = [name for name, (reach, _, _) in procedures(text).items() if reach != "Private"]
    assert list(callbacks) == public
    asked = {name: re.findall(ASKED, body) for name, body in callbacks.items()}
    assert {name for name, found in asked.items() if not found} == {"RibbonRecalculate", "RibbonHelp"}
    assert "    Application.CalculateFull\r\n" in callbacks["RibbonRecalculate"]
    for room, function in [each for found in asked.values() for each in found]:
        path = SOURCES.parents[1] / f"{room.replace('.', '/')}.py"
        assert function in {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_a_chosen_folder_reaches_python_as_a_text_and_never_as_code(addin):
    assert """Quoted = "'" & Replace(Replace(path, "\\", "/"), "'", "\\'") & "'"\r\n""" in texts(addin)["Ribbon"]
    for path in (r"C:\收件", "\\\\server\\share'; import os; '", r"D:\a'b", "C:\\"):
        quoted = "'" + path.replace("\\", "/").replace("'", "\\'") + "'"
        assert ast.literal_eval(quoted) == path.replace("\\", "/")


@pytest.mark.parametrize("name", [*own_sources(), "Messages"])
def test_our_own_modules_close_their_blocks_declare_their_names_and_misspell_none(workbook, addin, name):
    text = (texts(workbook) | texts(addin))[name]
    assert unclosed(text) == []
    assert "\r\nOption Explicit\r\n" in text
    project = texts(addin) if name in texts(addin) else texts(workbook)
    declared = {each for module in project.values() for each in procedures(module)} | set(project)
    declared |= set(re.findall(r"(?:Dim|Private|Public|Static|ByRef|ByVal|[(,]) *(\w+) As ", text))
    declared |= set(re.findall(r"^(\w+):\r$", text, re.MULTILINE))
    assert names(text) <= LANGUAGE | EXCEL | {each.lower() for each in declared}


def test_the_messages_say_what_messages_toml_says(workbook):
    written = tomllib.loads(MESSAGES.read_text("utf-8"))
    assert spoken(next(module for module in workbook.modules if module.name == "Messages")) == written
    used = {name for text in texts(workbook).values() for name in re.findall(r"Messages\.(\w+)\(\)", text)}
    assert used == set(written)


def test_the_add_in_says_what_its_two_files_say(addin):
    written = tomllib.loads(MESSAGES.read_text("utf-8")) | tomllib.loads(ADDIN_MESSAGES.read_text("utf-8"))
    assert spoken(next(module for module in addin.modules if module.name == "Messages")) == written
    used = {name for text in texts(addin).values() for name in re.findall(r"Messages\.(\w+)\(\)", text)}
    assert set(tomllib.loads(ADDIN_MESSAGES.read_text("utf-8"))) <= used <= set(written)


def test_a_missing_python_is_told_in_words_a_clerk_can_act_on():
    text = tomllib.loads(MESSAGES.read_text("utf-8"))["PythonMissing"]
    assert text.split("\n") == [
        "未找到 Python 运行环境，这个按钮暂时不能用。",
        "表内数值由内置公式计算，可以照常填写、打印。",
        "请先运行安装程序；已经安装过的，请运行“自检”查看原因。",
    ]


def test_sources_in_the_repository_are_ascii():
    for path in SOURCES.glob("*.bas"):
        assert path.read_bytes().isascii()
