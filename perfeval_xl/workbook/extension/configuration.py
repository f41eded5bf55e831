"""扩展的配置: the XML parts of the extension, from the register of cell functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.workbook.extension.component_data import HEAD, component_data, text
from perfeval_xl.workbook.extension.toolbar import HANDLER, TITLE

if TYPE_CHECKING:
    from perfeval_xl.workbook.extension.registry import CellFunction

IDENTIFIER = "perfeval_xl.calc"
MODULES, INTERFACE = "perfeval.calc", "XCellFunctions"
ADDIN, JOB = "perfeval.calc.AddIn", "perfeval.calc.Binding"
_MEDIA_TYPES = {
    "types.rdb": "uno-typelibrary;type=RDB",
    "perfeval.components": "uno-components",
    "CalcAddIns.xcu": "configuration-data",
    "Jobs.xcu": "configuration-data",
    "Addons.xcu": "configuration-data",
    "CalcWindowState.xcu": "configuration-data",
    "ProtocolHandler.xcu": "configuration-data",
}


def method_name(function: str) -> str:
    """UNO 方法名, which is unique without regard to case and holds no underscore.

    >>> method_name("pe_execution_rate")
    'peExecutionRate'
    """
    first, *others = function.split("_")
    return first + "".join(word.capitalize() for word in others)


def manifest() -> str:
    """清单: which part of the extension is what."""
    entries = (
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="application/vnd.sun.star.{media_type}"/>\n'
        for part, media_type in _MEDIA_TYPES.items()
    )
    return f'{HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{"".join(entries)}</manifest:manifest>\n'


def description(version: str) -> str:
    """扩展说明: identifier, version and the name people see."""
    return (
        f'{HEAD}<description xmlns="http://openoffice.org/extensions/description/2006">\n'
        f'<identifier value="{IDENTIFIER}"/><version value="{version}"/>\n'
        f"<display-name><name>{TITLE} perfeval_xl</name></display-name>\n</description>\n"
    )


def components() -> str:
    """组件表, read without running the component: it is loaded when a cell first needs it."""
    return (
        f'{HEAD}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        '<component loader="com.sun.star.loader.Python" uri="addin.py">\n'
        f'<implementation name="{ADDIN}"><service name="com.sun.star.sheet.AddIn"/></implementation>\n'
        f'<implementation name="{JOB}"><service name="com.sun.star.task.Job"/></implementation>\n'
        "</component>\n"
        '<component loader="com.sun.star.loader.Python" uri="buttons.py">\n'
        f'<implementation name="{HANDLER}"><service name="com.sun.star.frame.ProtocolHandler"/></implementation>\n'
        "</component>\n</components>\n"
    )


def jobs() -> str:
    """打开文件时的任务: documents shown announce OnLoad, hidden and converted ones OnLoadFinished."""
    events = "".join(
        f'<node oor:name="{event}" oor:op="fuse"><node oor:name="JobList"><node oor:name="{JOB}" oor:op="replace"/></node></node>\n'
        for event in ("OnLoad", "OnLoadFinished")
    )
    job = f'<node oor:name="{JOB}" oor:op="replace"><prop oor:name="Service"><value>{JOB}</value></prop></node>'
    return component_data("Jobs", f'<node oor:name="Jobs">{job}</node>\n<node oor:name="Events">\n{events}</node>\n')


def add_in_functions(functions: tuple[CellFunction, ...]) -> str:
    """函数向导里的名称和说明. The compatibility name is what newer versions read from and write to .xlsx."""
    nodes = "".join(map(_function, functions))
    inner = f'<node oor:name="AddInFunctions">\n{nodes}</node>'
    return component_data("CalcAddIns", f'<node oor:name="AddInInfo"><node oor:name="{ADDIN}" oor:op="replace">{inner}</node></node>\n')


def _function(function: CellFunction) -> str:
    name = function.name.upper()
    arguments = "".join(
        f'<node oor:name="{argument.name}" oor:op="replace">{text("DisplayName", argument.name)}{text("Description", argument.doc)}</node>\n'
        for argument in function.arguments
    )
    return (
        f'<node oor:name="{method_name(function.name)}" oor:op="replace">\n'
        f'{text("DisplayName", name)}{text("CompatibilityName", name)}{text("Description", function.doc)}'
        '<prop oor:name="Category"><value>Add-In</value></prop>\n'
        f'<node oor:name="Parameters">\n{arguments}</node>\n</node>\n'
    )
