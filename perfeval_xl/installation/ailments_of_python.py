"""程序一侧的毛病: Python, versions, rule packs, and workbooks that exist twice."""

from __future__ import annotations

import ntpath
import re
from typing import TYPE_CHECKING

from perfeval_xl.installation.line import ERROR, OK, WARNING, Line
from perfeval_xl.workbook.vba.xlwings_module import wanted_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval_xl.installation.environment import Environment

_LEAST_PYTHON = (3, 11)
# How people's copies, OneDrive's and a mail program's are called: 表(1), 表 - 副本, 表-PC01, 表_冲突
_COPY = re.compile(r"(?i)[ _-]*(?:[(（]\d{1,2}[)）]|-? ?副本(?: ?[(（]\d+[)）])?|copy(?: ?\(\d+\))?|冲突.*|conflict.*|-(?:desktop|laptop|pc)-?\w*)$")


def python_lines(environment: Environment) -> Iterator[Line]:
    """Python 的版本和位数."""
    program = environment.program
    version = ".".join(map(str, program.python))
    said = f"{version}, {program.bits} 位, {program.executable}"
    if program.python[:2] < _LEAST_PYTHON:
        yield Line(ERROR, "Python", f"{said}: 版本太低", "请用 3.11 到 3.14 的 64 位 Python 重新运行 install.cmd")
    elif program.bits != 64:
        yield Line(ERROR, "Python", f"{said}: 不是 64 位, 没有 Excel 用的 DLL", "请用 64 位的 Python 重新运行 install.cmd; Excel 是 32 位的也一样")
    else:
        yield Line(OK, "Python", said)


def version_lines(environment: Environment) -> Iterator[Line]:
    """程序与 xlwings 的版本."""
    program, wanted = environment.program, wanted_version()
    if not program.xlwings:
        yield Line(ERROR, "版本", f"perfeval_xl {program.version}, 没有装 xlwings", "请重新运行 install.cmd")
    elif program.xlwings != wanted:
        advice = f"请装回 xlwings {wanted}: 重新运行 install.cmd"
        yield Line(ERROR, "版本", f"xlwings 是 {program.xlwings}, 工作簿里的宏要 {wanted}", advice)
    else:
        yield Line(OK, "版本", f"perfeval_xl {program.version}, xlwings {program.xlwings}")


def start_lines(environment: Environment) -> Iterator[Line]:
    """启动: whether Python answers at all when started as Excel starts it."""
    if environment.start_problem:
        advice = "请重新运行 install.cmd; 仍不行时请信息科看杀毒软件的拦截记录"
        yield Line(ERROR, "启动", f"Python 没有回答: {environment.start_problem}", advice)
    else:
        yield Line(OK, "启动", "Python 按 Excel 的方式启动, 有回答")


def rule_lines(environment: Environment) -> Iterator[Line]:
    """规则包."""
    for mistake in environment.rules_wrong:
        yield Line(ERROR, "规则包", mistake, "请用 setup --rules 重新安装这个规则包")
    if environment.rules and not environment.rules_wrong:
        yield Line(OK, "规则包", f"{'、'.join(environment.rules)} ({environment.rules_folder})")
    elif not environment.rules_wrong:
        yield Line(OK, "规则包", "没有装过, 用自带的评分办法")


def copy_lines(environment: Environment) -> Iterator[Line]:
    """同一张表有两份: people and programs that keep files in step make them, and then nobody knows which one was mailed."""
    for path, names in environment.files:
        name = path.replace("\\", "/").rpartition("/")[2]
        others = [other for other in names if other != name and is_copy(name, other)]
        if not names:
            yield Line(WARNING, "工作簿", f"{path} 所在的文件夹看不到", "请核对路径")
        elif f"~${name}" in names:
            yield Line(WARNING, "工作簿", f"{name} 正在 Excel 里打开着", "请保存并关闭, 再用命令校验和报送")
        if others:
            said = f"{name} 旁边还有像是副本的 {'、'.join(others)}"
            yield Line(WARNING, "工作簿", said, "请核对哪一份是最后填的, 把另一份移走或改名, 以免报错文件")


def is_copy(name: str, other: str) -> bool:
    """两个文件名是不是同一张表的两份.

    >>> is_copy("自评表.xlsm", "自评表(1).xlsm"), is_copy("自评表.xlsm", "自评表 - 副本.xlsx"), is_copy("甲.xlsx", "乙.xlsx")
    (True, True, False)
    """
    (stem, suffix), (other_stem, other_suffix) = ntpath.splitext(name), ntpath.splitext(other)
    kinds = (".xlsx", ".xlsm", ".xls")
    if other.startswith("~$") or suffix.lower() not in kinds or other_suffix.lower() not in kinds:
        return False
    plain, other_plain = _COPY.sub("", stem), _COPY.sub("", other_stem)
    return plain == other_plain and (plain, other_plain) != (stem, other_stem)


PROGRAM_CHECKS: tuple[Callable[[Environment], Iterator[Line]], ...] = (python_lines, version_lines, start_lines, rule_lines, copy_lines)
