"""宏工作簿的工程: everything an .xlsm or the add-in of ours carries, from text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfeval_xl.core.memory import cache
from perfeval_xl.workbook.vba.messages import messages_module
from perfeval_xl.workbook.vba.procedures import WORKBOOK_CODE_NAME
from perfeval_xl.workbook.vba.project import vba_project
from perfeval_xl.workbook.vba.source import (
    WORKBOOK_BASE,
    WORKSHEET_BASE,
    Module,
    read_sources,
    standard_module,
)
from perfeval_xl.workbook.vba.udf_wrapper import UdfWrapper, udf_wrapper
from perfeval_xl.workbook.vba.xlwings_module import xlwings_module

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES = Path(__file__).parents[3] / "workbooks" / "vba"
MESSAGES = Path(__file__).with_name("messages.toml")
ADDIN_MESSAGES = Path(__file__).with_name("addin_messages.toml")
UDF_MODULE = "udfs.perfeval_udfs"
_ADDIN_ONLY, _WORKBOOK_ONLY = ("Ribbon",), ("Buttons", "IndicatorRow")  # the other buttons work on their own workbook
_WORKBOOK_PROJECT, _ADDIN_PROJECT = "VBAProject", "PerfEval"  # an add-in's name meets those of open workbooks


class MacroProject(NamedTuple):
    """宏工程. ``binary``: xl/vbaProject.bin; ``macro_options``: function → its texts in the function wizard."""

    binary: bytes
    modules: tuple[Module, ...]
    macro_options: dict[str, dict[str, Any]]


def macro_project(
    workbook_name: str,
    sheet_code_names: Sequence[str],
    udf_module: str = UDF_MODULE,
) -> MacroProject:
    """生成一个工作簿的宏工程.

    Args:
        workbook_name: as the file will be called; ``.xlam`` makes an add-in that serves the workbook in front.
        sheet_code_names: code names of the worksheets in their order, ``Sheet1`` …; the workbook's is ThisWorkbook.
        udf_module: the Python module whose functions cells may call.

    Raises XlwingsTextError, UdfWrapperError or SourceError when the build's own material does not fit.
    """
    addin = workbook_name.lower().endswith(".xlam")
    documents = {WORKBOOK_CODE_NAME: WORKBOOK_BASE, **dict.fromkeys(sheet_code_names, WORKSHEET_BASE)}
    wrapper = _wrapper(udf_module, addin=addin)
    left_out = _WORKBOOK_ONLY if addin else _ADDIN_ONLY
    modules = (
        *(module for module in read_sources(SOURCES, documents) if module.name not in left_out),
        messages_module("\n".join(path.read_text("utf-8") for path in ((MESSAGES, ADDIN_MESSAGES) if addin else (MESSAGES,)))),
        xlwings_module(addin=addin),
        standard_module("xlwings_udfs", wrapper.text),
    )
    return MacroProject(
        vba_project(modules, _ADDIN_PROJECT if addin else _WORKBOOK_PROJECT), modules, wrapper.macro_options
    )


@cache
def _wrapper(udf_module: str, *, addin: bool) -> UdfWrapper:
    """One child process for all workbooks of a build: the wrapper knows its workbook only as add-in or not."""
    return udf_wrapper(udf_module, "perfeval.xlam" if addin else "perfeval.xlsm")
