import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_xl.workbook.vba.project import vba_project
from perfeval_xl.workbook.vba.source import (
    WORKBOOK_BASE,
    WORKSHEET_BASE,
    class_module,
    document_module,
    standard_module,
)
from tests.workbook.vba.conformance import Project, decompressed, findings
from tests.workbook.vba.readers import SITE, authored_by_excel, ole_streams, olevba_sources

DOCUMENTS = (document_module("ThisWorkbook", WORKBOOK_BASE), document_module("Sheet1", WORKSHEET_BASE))


def wheel_modules():
    """A standard module of 46 KB and a class, both by other people."""
    return (
        standard_module("xlwings", (SITE / "xlwings.bas").read_text("ascii")),
        class_module("Dictionary", (SITE / "addin" / "Dictionary.cls").read_text("ascii")),
    )


def assert_conforms(modules, name="VBAProject"):
    binary = vba_project(modules, name)
    sources = {module.name: module.text for module in modules}
    assert findings(binary) == []
    assert Project(binary).sources == sources
    assert olevba_sources(binary) == sources
    assert set(ole_streams(binary)) == {
        "PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{name}" for name in sources)
    }  # fmt: skip


def test_all_three_kinds_of_modules_come_back_byte_for_byte():
    assert_conforms((*DOCUMENTS, *wheel_modules()))


def test_a_source_file_keeps_every_byte_but_its_line_ends():
    text = (SITE / "xlwings.bas").read_bytes()
    assert Project(vba_project(wheel_modules())).sources["xlwings"].encode() == text


@pytest.mark.parametrize("size", [0, 1, 4000, 4060, 4096, 8192, 400_000])
def test_a_module_of_any_size_comes_back(size):
    line = '    If total <> expected Then report = report & "at " & address & vbCrLf\r\n'
    assert_conforms((*DOCUMENTS, standard_module("Big", (line * (size // len(line) + 1))[:size])))


@pytest.mark.parametrize("count", [1, 2, 9, 60, 120])
def test_any_number_of_modules_comes_back(count):
    assert_conforms(
        [standard_module(f"Module{number}", f"Sub S{number}()\nEnd Sub\n") for number in range(count)]
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=900), max_size=40))
def test_any_ascii_text_comes_back(lines):
    binary = vba_project((*DOCUMENTS, standard_module("Text", "\n".join(["' code", *lines]))))
    assert findings(binary) == []
    assert Project(binary).sources["Text"] == 'Attribute VB_Name = "Text"\r\n' + "".join(
        f"{line}\r\n" for line in "\n".join(["' code", *lines]).splitlines()
    )


def test_the_same_modules_give_the_same_bytes():
    modules = (*DOCUMENTS, *wheel_modules())
    assert vba_project(modules) == vba_project(modules)


def test_another_project_name_gives_another_identifier():
    first, second = Project(vba_project(DOCUMENTS)), Project(vba_project(DOCUMENTS, "PerfEval"))
    assert (first.value("Name"), second.value("Name")) == ("VBAProject", "PerfEval")
    assert first.value("ID") != second.value("ID")
    assert second.findings == []


@pytest.mark.parametrize(
    ("names", "project"),
    [
        (["A", "a"], "P"),
        (["P"], "p"),
        (["dir"], "P"),
        (["_VBA_PROJECT"], "P"),
        (["A"], "name with blanks"),
        (["A"], "x" * 32),
    ],
)
def test_names_that_clash_or_do_not_fit_are_refused(names, project):
    modules = [standard_module("A", "")._replace(name=name) for name in names]
    with pytest.raises(ValueError, match="names"):
        vba_project(modules, project)


def test_text_that_is_not_ascii_never_gets_into_a_project():
    with pytest.raises(UnicodeEncodeError):
        vba_project([standard_module("A", "")._replace(text='Attribute VB_Name = "A"\r\n\' 中文\r\n')])


def excel_and_ours():
    """Excel's own quickstart.xlsm, and its four modules written anew by us."""
    excel = ole_streams(authored_by_excel())
    sheets = [document_module(name, WORKSHEET_BASE) for name in ("Sheet1",)]
    module = standard_module("Module1", olevba_sources(authored_by_excel())["Module1"])
    ours = ole_streams(
        vba_project((DOCUMENTS[0], *sheets, module, document_module("Sheet2", WORKSHEET_BASE)))
    )
    return excel, ours


def test_document_modules_read_as_excel_writes_them():
    ours = Project(vba_project((*DOCUMENTS, document_module("Sheet2", WORKSHEET_BASE)))).sources
    excel = olevba_sources(authored_by_excel())
    assert {name: excel[name] for name in ours} == ours


def test_the_project_stream_differs_from_excels_only_where_projects_differ():
    excel, ours = (streams["PROJECT"].decode().split("\r\n") for streams in excel_and_ours())
    own = ("ID=", "CMG=", "DPB=", "GC=", "Package=")

    def common(lines):
        return [line for line in lines[: lines.index("[Workspace]")] if not line.startswith(own)]

    assert common(ours) == common(excel)
    assert excel_and_ours()[0]["PROJECTwm"] == excel_and_ours()[1]["PROJECTwm"]


def records(data):
    """Identifier and data of each record of an uncompressed dir stream."""
    position, found = 0, []
    while position < len(data):
        identifier = int.from_bytes(data[position : position + 2], "little")
        size = 6 if identifier == 0x09 else int.from_bytes(data[position + 2 : position + 6], "little")
        found.append((identifier, data[position + 6 : position + 6 + size]))
        position += 6 + size
    return found


def test_the_module_records_have_excels_order_and_content():
    excel, ours = (records(decompressed(streams["VBA/dir"])) for streams in excel_and_ours())
    by_rule = {0x31: bytes(4), 0x2C: b"\xff\xff"}  # without caches: offset 0 and no cookie
    start = (
        [identifier for identifier, _ in excel].index(0x0F),
        [identifier for identifier, _ in ours].index(0x0F),
    )
    expected = [
        (identifier, by_rule.get(identifier, data))
        for identifier, data in excel[start[0] :]
        if identifier != 0x13
    ]
    assert [record for record in ours[start[1] :] if record[0] != 0x13] == expected
