import pytest

from perfeval_xl.workbook.vba.source import (
    CLASS,
    DOCUMENT,
    STANDARD,
    WORKBOOK_BASE,
    WORKSHEET_BASE,
    Module,
    SourceError,
    class_module,
    document_module,
    read_sources,
    standard_module,
)

EXPORTED_CLASS = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "Basket"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = True
Attribute VB_Description = "Keeps\\r\\nthings"
Option Explicit
"""


def test_a_standard_module_keeps_its_header_and_gets_crlf():
    text = 'Attribute VB_Name = "Code"\nOption Explicit\n'
    assert standard_module("Code", text) == Module(
        "Code", STANDARD, 'Attribute VB_Name = "Code"\r\nOption Explicit\r\n'
    )


def test_an_exported_class_loses_its_preamble_and_gains_what_excel_needs_to_create_it():
    assert class_module("Basket", EXPORTED_CLASS) == Module(
        "Basket",
        CLASS,
        'Attribute VB_Name = "Basket"\r\n'
        'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
        "Attribute VB_GlobalNameSpace = False\r\n"
        "Attribute VB_Creatable = False\r\n"
        "Attribute VB_PredeclaredId = False\r\n"
        "Attribute VB_Exposed = True\r\n"
        "Attribute VB_TemplateDerived = False\r\n"
        "Attribute VB_Customizable = False\r\n"
        'Attribute VB_Description = "Keeps\\r\\nthings"\r\n'
        "Option Explicit\r\n",
        "Keeps\r\nthings",
    )


def test_a_document_module_carries_the_code_of_its_file_below_the_attributes():
    module = document_module("Sheet1", WORKSHEET_BASE, EXPORTED_CLASS.replace("Basket", "Sheet1"))
    assert (module.kind, module.description) == (DOCUMENT, "")
    assert module.text.startswith(
        f'Attribute VB_Name = "Sheet1"\r\nAttribute VB_Base = "{WORKSHEET_BASE}"\r\n'
    )
    assert module.text.endswith("Attribute VB_Customizable = True\r\nOption Explicit\r\n")


def test_a_folder_is_read_documents_first_then_modules_then_classes(tmp_path):
    (tmp_path / "b.bas").write_text("' b\n")
    (tmp_path / "A.bas").write_text("' a\n")
    (tmp_path / "Basket.cls").write_text(EXPORTED_CLASS)
    (tmp_path / "Sheet1.cls").write_text("' behind the sheet\n")
    (tmp_path / "messages.toml").write_text("")
    documents = {"ThisWorkbook": WORKBOOK_BASE, "Sheet1": WORKSHEET_BASE}
    modules = read_sources(tmp_path, documents)
    assert [(module.name, module.kind) for module in modules] == [
        ("ThisWorkbook", DOCUMENT), ("Sheet1", DOCUMENT), ("A", STANDARD), ("b", STANDARD), ("Basket", CLASS)
    ]  # fmt: skip
    assert modules[1].text.endswith("\r\n' behind the sheet\r\n")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("Code", 'Attribute VB_Name = "Node"\n', "module Code names itself Node"),
        ("Code", "Option Explicit\n' 中文\n", "Code, line 2: not ASCII"),
        ("Code", f"' {'x' * 1022}\n", "Code, line 1: longer than the 1023 characters VBA reads"),
        ("模块", "", "ASCII identifiers"),
        ("x" * 32, "", "at most 31 characters"),
        ("1st", "", "ASCII identifiers"),
    ],
)
def test_a_source_that_breaks_a_rule_is_refused(name, text, why):
    with pytest.raises(SourceError, match=why):
        standard_module(name, text)
