import inspect

import pytest

from perfeval_xl.workbook.extension.registry import Argument, RegistryError, cell_functions
from udfs import perfeval_udfs

FUNCTIONS = "udfs.perfeval_udfs"


@pytest.fixture(scope="module")
def functions():
    return {function.name: function for function in cell_functions(FUNCTIONS)}


def test_the_register_holds_every_function_for_cells(functions):
    assert list(functions) == sorted(name for name in vars(perfeval_udfs) if name.startswith("pe_"))


def test_arguments_are_those_of_the_python_function(functions):
    for name, function in functions.items():
        parameters = inspect.signature(getattr(perfeval_udfs, name)).parameters.values()
        assert [(each.name, each.is_optional) for each in function.arguments] == [
            (each.name, each.default is not inspect.Parameter.empty) for each in parameters
        ]


def test_everything_is_described_in_chinese_as_briefly_as_excel_allows(functions):
    for function in functions.values():
        for text in (function.doc, *(argument.doc for argument in function.arguments)):
            assert any("一" <= character <= "鿿" for character in text), function
            assert len(text) <= 255


def test_an_argument_carries_what_the_wizard_shows(functions):
    assert functions["pe_share"].arguments == (
        Argument("part", "部分, 如待遇支出", is_optional=False), Argument("whole", "总额, 如基金支出", is_optional=False),
    )  # fmt: skip


def test_only_the_whole_table_function_gives_rows(functions):
    assert [name for name, function in functions.items() if function.gives_rows] == ["pe_score_table"]


def test_a_module_that_cannot_be_imported_is_named():
    with pytest.raises(RegistryError, match=r"(?s)udfs\.nowhere: .*No module named 'udfs\.nowhere'"):
        cell_functions("udfs.nowhere")
