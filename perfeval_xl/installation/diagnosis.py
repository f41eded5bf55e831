"""自检: what is in order on a PC, what is not and what to do; every check sees only the Environment, whatever system runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval_xl.installation.ailments_of_excel import EXCEL_CHECKS, PYTHON_NEEDS
from perfeval_xl.installation.ailments_of_python import PROGRAM_CHECKS
from perfeval_xl.installation.line import ERROR, OK, WARNING, Line

if TYPE_CHECKING:
    from perfeval_xl.installation.environment import Environment

PYTHON_MODE, NATIVE_MODE = "Python", "内置公式"
_NAMES = {ERROR: "错误", WARNING: "提醒", OK: "正常"}
_MARKS = {ERROR: "✗", WARNING: "▲", OK: "✓"}


def diagnosed(environment: Environment) -> list[Line]:
    """全部检查 in the order in which a person would look, and at the end what computes the cells."""
    lines = [line for check in PROGRAM_CHECKS for line in check(environment)]
    state = environment.state
    if state is None:
        lines.append(Line(OK, "Excel", f"没有 Excel: 这里是 {environment.system}。校验、汇总等命令都能用, 只是不能在 Excel 里按按钮"))
    else:
        lines += [line for check in EXCEL_CHECKS for line in check(state)]
    return [*lines, _mode_line(mode_of(environment))]


def mode_of(environment: Environment) -> str:
    """单元格由谁计算: Python, or the native formulas beside it where something on the way to Python is broken."""
    state = environment.state
    if state is None or state.excel is None or environment.start_problem:
        return NATIVE_MODE
    broken = any(line.level == ERROR for check in PYTHON_NEEDS for line in check(state))
    return NATIVE_MODE if broken else PYTHON_MODE


def _mode_line(mode: str) -> Line:
    if mode == PYTHON_MODE:
        return Line(OK, "计算方式", "单元格由 Python 计算")
    return Line(OK, "计算方式", "单元格由内置公式计算, 数值仍然正确, 可以照常填写、打印、报送")


def exit_code(lines: list[Line]) -> int:
    """0 when nothing has to be mended, else 1."""
    return int(any(line.level != OK for line in lines))


def verdict(lines: list[Line]) -> str:
    """一句话的结论.

    >>> verdict([Line("ok", "甲", "好"), Line("error", "乙", "坏", "修")])
    '自检: 正常 1 项, 提醒 0 项, 错误 1 项。先看: 乙 坏'
    """
    counts = ", ".join(f"{_NAMES[level]} {sum(line.level == level for line in lines)} 项" for level in (OK, WARNING, ERROR))
    first = next((line for level in (ERROR, WARNING) for line in lines if line.level == level), None)
    return f"自检: {counts}。" + (f"先看: {first.topic} {first.said}" if first else "没有要处理的")


def line_text(line: Line) -> str:
    """一项 on one or two lines."""
    said = f"{_MARKS[line.level]}{_NAMES[line.level]} {line.topic}: {line.said}"
    return f"{said}\n      怎么办: {line.advice}" if line.advice else said


def line_entry(line: Line) -> dict[str, str | None]:
    """一项 of ``--json``."""
    return {"level": line.level, "topic": line.topic, "said": line.said, "advice": line.advice or None}
