"""Excel 一侧的毛病: the interpreter it starts, the DLL, the add-in, macros, trust, and what security software forbids."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from perfeval_xl.installation.line import ERROR, OK, WARNING, Line
from perfeval_xl.workbook.vba.installation import LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from perfeval_xl.installation.environment import ExcelState

_AGAIN = "请运行安装程序 (install.cmd 或 perfeval-xl setup)"
_ADMIN = "请信息科"
_BLOCKED, _WARNED = 1, 6     # the states of a Defender rule that stop a program
_LONGEST_PATH = 259
_LONGEST_COMMAND = 2047      # bytes of the command line the DLL can hold
_COMMAND_AROUND = 200        # what stands in it beside the interpreter
_UTF8_PAGE = "65001"


def excel_lines(state: ExcelState) -> Iterator[Line]:
    """Excel 和 WPS."""
    excel = state.excel
    if excel is not None:
        bits = f"{excel.bits} 位" if excel.bits else "位数不明"
        yield Line(OK, "Excel", f"{excel.version}, {bits}, {excel.path}")
    elif state.wps:
        yield Line(OK, "Excel", f"没有 Excel, 有 WPS ({state.wps}): 表里用内置公式; 校验请把文件拖到桌面图标「校验自评表」上")
    else:
        yield Line(WARNING, "Excel", "没有 Excel 也没有 WPS", "请安装 Excel 2010 以上或 WPS; 只校验文件不需要, 可拖到桌面图标「校验自评表」上")
    if excel is not None and state.wps:
        yield Line(OK, "WPS", "同时装有 WPS: 要用按钮请用 Excel 打开 (右键文件, 打开方式, Excel)")


def interpreter_lines(state: ExcelState) -> Iterator[Line]:
    """Excel 要启动的 Python."""
    if state.excel is None:
        return
    if not state.interpreter_found:
        yield Line(ERROR, "解释器", f"Excel 要用的 {state.interpreter} 不在", _AGAIN)
        return
    page = _codec(state.code_page)
    if not _can_be_written(state.interpreter, page):
        said = f"{state.interpreter} 里有系统代码页 {state.code_page} 写不出的字, Excel 启动不了它"
        yield Line(ERROR, "解释器", said, "请把 Python 装到只有常用字的路径, 或换一个用户名只含常用字的 Windows 账户")
    elif len(state.interpreter.encode(page, "replace")) + _COMMAND_AROUND > _LONGEST_COMMAND:
        yield Line(ERROR, "解释器", "路径太长, 启动 Python 的命令放不下", "请把 Python 装到短一些的路径")
    else:
        yield Line(OK, "解释器", state.interpreter)


def library_lines(state: ExcelState) -> Iterator[Line]:
    """DLL: there, as wide as Excel, and not taken away by an antivirus program."""
    if state.excel is None:
        return
    for path in state.libraries_lost:
        said = f"安装过的 {path} 不见了, 多半被杀毒软件隔离"
        yield Line(ERROR, "杀毒软件", said, f"{_ADMIN}把文件夹 {state.folder} 加入信任区, 再重新安装")
    found = dict(state.libraries)
    for bits in (state.excel.bits,) if state.excel.bits else (64, 32):
        name = LIBRARIES[f"xlwings{bits}"]
        if name in found and found[name] == bits:
            yield Line(OK, "DLL", f"{name}, {bits} 位, 与 Excel 相符")
        elif name in found:
            wrong = f"{found[name]} 位" if found[name] else "不是完好的程序"
            yield Line(ERROR, "DLL", f"{name} 应是 {bits} 位, 实际{wrong}", _AGAIN)
        elif not state.libraries_lost:
            yield Line(ERROR, "DLL", f"没有 {name}, {bits} 位的 Excel 要用它", _AGAIN)


def addin_lines(state: ExcelState) -> Iterator[Line]:
    """加载项."""
    if state.excel is None:
        return
    if state.addin_disabled:
        advice = "在 Excel 里: 文件, 选项, 加载项, 管理选「禁用项目」, 转到, 选中 perfeval.xlam 后启用"
        yield Line(ERROR, "加载项", "Excel 把 perfeval.xlam 停用了", advice)
    if not state.addins:
        yield Line(ERROR, "加载项", "没有装, 选项卡「绩效自评」不会出现", _AGAIN)
    elif len(state.addins) > 1:
        yield Line(WARNING, "加载项", f"有 {len(state.addins)} 份: {'、'.join(state.addins)}", "请只留第一份, 其余删去, 否则选项卡会出现两次")
    elif not state.addin_is_current:
        yield Line(WARNING, "加载项", "不是这个版本的", _AGAIN)
    else:
        yield Line(OK, "加载项", state.addins[0])


def macro_lines(state: ExcelState) -> Iterator[Line]:
    """宏设置: 1 runs all, 2 asks, 3 runs only signed ones, 4 runs none; not set is 2."""
    if state.excel is None:
        return
    who = "单位统一设置" if state.macros_by_policy else "Excel 里设置"
    way = f"{_ADMIN}放开" if state.macros_by_policy else "在 Excel 里: 文件, 选项, 信任中心, 宏设置, 选「禁用所有宏, 并发出通知」"
    if state.macro_setting == 4:
        yield Line(ERROR, "宏", f"{who}为一律不运行: 加载项和按钮不能用", way)
    elif state.macro_setting == 3:
        yield Line(WARNING, "宏", f"{who}为只运行签名的宏: 没有签名的工作簿里按钮不能用, 加载项可以", way)
    elif state.macro_setting == 1:
        yield Line(WARNING, "宏", f"{who}为全部运行: 收到的文件里的宏也会运行, 不安全", way)
    else:
        yield Line(OK, "宏", "打开带宏的工作簿时会询问")


def trust_lines(state: ExcelState) -> Iterator[Line]:
    """受信任位置."""
    if state.excel is None:
        return
    if state.trust_forbidden:
        said = "受信任位置被停用: 打开空白表时要按一次「启用内容」"
        yield Line(WARNING, "受信任位置", said, f"可以照常用; 要免去这一步, {_ADMIN}允许受信任位置")
    elif not state.trusted:
        yield Line(WARNING, "受信任位置", "空白表所在的文件夹没有登记, 打开时要按一次「启用内容」", _AGAIN)
    else:
        yield Line(OK, "受信任位置", "空白表所在的文件夹已登记")


def child_process_lines(state: ExcelState) -> Iterator[Line]:
    """禁止 Office 启动别的程序 的规则, and security software that may do the same."""
    if state.excel is None:
        return
    if state.child_rule in (_BLOCKED, _WARNED):
        said = "系统规则禁止 Office 启动别的程序 (Defender ASR), Excel 启动不了 Python"
        advice = f"{_ADMIN}给 EXCEL.EXE 启动 {state.interpreter} 开例外; 不开也行: 表用内置公式, 校验把文件拖到桌面图标「校验自评表」上"
        yield Line(ERROR, "启动 Python", said, advice)
    elif state.guards:
        advice = f"如果「评分规则」表显示内置公式, {_ADMIN}把 {state.folder} 加入信任区"
        yield Line(OK, "启动 Python", f"没有禁止规则; 装有{'、'.join(state.guards)}, 它可能会拦。{advice}")
    else:
        yield Line(OK, "启动 Python", "没有禁止规则")


def path_lines(state: ExcelState) -> Iterator[Line]:
    """代码页和路径长度."""
    longest = max((state.interpreter, *state.addins), key=len, default="")
    if len(longest) > _LONGEST_PATH:
        yield Line(ERROR, "路径", f"{longest} 有 {len(longest)} 个字符, Excel 最多认 {_LONGEST_PATH} 个", "请换到短一些的路径安装")
    if state.code_page == _UTF8_PAGE:
        said = "Windows 开了「使用 UTF-8 提供全球语言支持」, 个别旧软件会显示乱码"
        yield Line(OK, "代码页", f"{state.code_page}: {said}; 本程序不受影响")
    elif state.code_page:
        yield Line(OK, "代码页", state.code_page)


def _codec(code_page: str) -> str:
    try:
        return codecs.lookup(f"cp{code_page}").name
    except LookupError:
        return "ascii"


def _can_be_written(text: str, codec: str) -> bool:
    return text.encode(codec, "replace").decode(codec) == text


def guide_lines(state: ExcelState) -> Iterator[Line]:
    """使用说明."""
    if not state.guide_found:
        yield Line(WARNING, "使用说明", "没有找到, 按钮「帮助」打不开", _AGAIN)


EXCEL_CHECKS: tuple[Callable[[ExcelState], Iterator[Line]], ...] = (
    excel_lines, interpreter_lines, library_lines, addin_lines, macro_lines, trust_lines, child_process_lines, path_lines, guide_lines,
)  # fmt: skip
PYTHON_NEEDS: tuple[Callable[[ExcelState], Iterator[Line]], ...] = (interpreter_lines, library_lines, child_process_lines, path_lines)
